"""Calendar weeks (ISO 8601, Monday to Sunday) and when their report is due (R28), on China's working days (R42)."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.rules.policy import Policy
from bot.rules.times.workdays import WorkCalendar

_WRITTEN = re.compile(r"(\d{4})-?W(\d{1,2})", re.IGNORECASE)
_LOOK_BACK = 3
"""Weeks: what a bot that slept longer missed, the next report carries."""


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """A week of the ISO calendar; its year may differ from that of its first or last days."""

    year: int
    number: int

    @property
    def first(self) -> date:
        """Its Monday."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its Sunday."""
        return self.first + timedelta(days=6)

    @property
    def following(self) -> "Week":
        """The next week."""
        return week_of(self.first + timedelta(days=7))

    def __str__(self) -> str:
        """`2026-W38`."""
        return f"{self.year}-W{self.number:02d}"


def week_of(day: date) -> Week:
    """The week that holds `day`."""
    found = day.isocalendar()
    return Week(found.year, found.week)


def parse_week(written: str) -> Week:
    """`2026-W38`; ValueError when there is no such week."""
    found = _WRITTEN.fullmatch(written.strip())
    if not found:
        raise ValueError(f"{written!r} is not a week; write 2026-W38")
    week = Week(int(found[1]), int(found[2]))
    try:
        week.first  # noqa: B018 - raises for a week that the year has not
    except ValueError as error:
        raise ValueError(f"{written!r}: {week.year} has no week {week.number}") from error
    return week


def report_day(calendar: WorkCalendar, week: Week, weekday: int) -> date | None:
    """The day on which the week is reported: `weekday` (1 Monday … 7 Sunday) if it is worked.

    Else the last working day of the week, make-up weekends included (调休); None when the whole week is off.
    """
    wanted = date.fromisocalendar(week.year, week.number, weekday)
    if calendar.works(wanted):
        return wanted
    days = (week.last - timedelta(days=n) for n in range(7))
    return next((day for day in days if calendar.works(day)), None)


def report_moment(policy: Policy, week: Week) -> datetime | None:
    """When the week's reports go out; None when nobody works in it."""
    day = report_day(policy.hours.calendar, week, policy.report.weekly_on)
    return datetime.combine(day, policy.report.weekly_at, policy.hours.zone) if day else None


def latest_due(policy: Policy, now: datetime) -> Week | None:
    """The newest week whose report moment has come."""
    today = policy.hours.local(now).date()
    weeks = (week_of(today - timedelta(days=7 * n)) for n in range(_LOOK_BACK))
    return next((w for w in weeks if (moment := report_moment(policy, w)) and moment <= now), None)
