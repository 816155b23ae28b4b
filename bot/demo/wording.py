"""English for what the bot's database holds in its own words."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from bot.rules.case import DeadlineKind
from bot.rules.diagram import STAGE_NAMES
from bot.rules.notice import NoticeKind as N
from bot.rules.times.hours import OfficeHours
from bot.rules.words import Stage

MORNING = frozenset({N.DIGEST, N.OVERVIEW})
"""What goes out on mornings, whatever happens in a scene."""

_NOTICES = {
    N.SUBJECT_HELP: "the cure",
    N.PROVE: "“was this you?”",
    N.FORM_MISSING: "“the signed form, please”",
    N.ACCEPTANCE: "“please accept”",
    N.CHASE_ACCEPTANCE: "the last call",
    N.OBJECTED: "the objection",
    N.DIGEST: "morning digest",
    N.OVERVIEW: "weekly overview",
}
NOTICES: Mapping[N, str] = {kind: _NOTICES.get(kind, kind.value.replace("_", " ")) for kind in N}

AWAITED = {
    DeadlineKind.CONFIRM: "the director decides",
    DeadlineKind.START: "the work may start",
    DeadlineKind.INFO: "sales answer",
    DeadlineKind.POSTPONED: "the director is asked again",
    DeadlineKind.COMPLETE: "the engineer reports completion",
    DeadlineKind.FORM: "the signed form is in",
    DeadlineKind.CHANGE: "sales settle the change",
    DeadlineKind.ACCEPT: "sales accept, or silence counts",
    DeadlineKind.RESEND: "the request is sent after all",
    DeadlineKind.CLOSE: "the director closes",
    DeadlineKind.DOCUMENTS: "the documents are in",
    DeadlineKind.SETTLE: "the workload is settled",
}
ANSWERS = {"unproved": "refused", "away": "ignored", "form": "noted"}
"""Entries of the record that move no case but are worth telling, by event."""


def moment(at: datetime) -> str:
    """A moment in English with its weekday: `Tue 22 Sep 11:20`."""
    return f"{day_name(at.date())} {at:%H:%M}"


def day_name(day: date) -> str:
    """A date in English with its weekday, whatever the machine's language: `Tue 22 Sep`."""
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return f"{['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][day.weekday()]} {day.day} {months[day.month - 1]}"


def stage_name(stage: Stage) -> str:
    """A stage in both languages."""
    return f"{STAGE_NAMES[stage]} {stage.value.replace('_', ' ')}"


def days_off_between(hours: OfficeHours, start: date, end: date) -> list[date]:
    """The days off after `start` and before `end`."""
    days = [start + timedelta(days=n) for n in range(1, (end - start).days)]
    return [day for day in days if not hours.calendar.works(day)]
