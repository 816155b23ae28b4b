"""When a case's people are invited, invited anew or called off: the entry follows the confirmed days (R9, RFC 5546)."""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.rules.case import Case
from bot.rules.notice import NoticeKind as N
from bot.rules.plans.invitation import Invitation
from bot.rules.policy import Policy
from bot.rules.table import AT_WORK, Row
from bot.rules.times.hours import OfficeHours

CARRIERS = frozenset({N.CONFIRMED, N.DECLINED, N.POSTPONED, N.WITHDRAWN})
"""The mails an invitation or its end rides on: it never costs one of its own (R46)."""

_SHORTEST = timedelta(hours=1)
_CLOCK = r"(?P<{0}h>\d{{1,2}})(?:[:：](?P<{0}m>[0-5]\d)|[点时](?P<{0}half>半)?)"
_HALF_DAY = r"(?P<part>上午|早上|中午|下午|晚上)?\s*"
_FROM = re.compile(
    _HALF_DAY + _CLOCK.format("a") + r"(?:\s*(?:-|–|—|~|～|至|到)\s*(?:上午|下午|晚上)?\s*" + _CLOCK.format("b") + ")?"
)
_MORNING, _AFTERNOON = re.compile("上午|早上"), re.compile("下午")


def uid_of(case: Case) -> str:
    """The entry's name for ever: of the case and of the company's mail domain, whichever mailbox sends it."""
    return f"zhichi-{case.ref.lower()}@{case.sales.rpartition('@')[2] or 'zhichi.invalid'}"


def find_ref(uid: str) -> str:
    """The case's reference in a UID of ours, "" in any other."""
    found = re.match(r"zhichi-(zc\d{4}-\d{4,9})@", uid, re.IGNORECASE)
    return found[1].upper() if found else ""


def invite(policy: Policy, row: Row, case: Case, now: datetime) -> Case:
    """The case with the entry its days call for, once `row` has changed it; as it was when no mail would carry it."""
    if CARRIERS.isdisjoint(row.notices):
        return case
    wanted, sent = _wanted(policy, case, policy.hours.local(now).date()), case.invitation
    if wanted is None:
        over = sent is None or sent.cancelled or case.stage in AT_WORK
        return case if over or sent is None else replace(case, invitation=_call_off(sent))
    if sent is None:
        return replace(case, invitation=wanted)
    if _entry(wanted) == _entry(sent):
        return case
    left = () if sent.cancelled else tuple(a for a in sent.people if a not in wanted.people)
    same_time = not sent.cancelled and (wanted.on, wanted.until, wanted.start) == (sent.on, sent.until, sent.start)
    answers = tuple((a, answer) for a, answer in sent.answers if a in wanted.people) if same_time else ()
    return replace(case, invitation=replace(wanted, sequence=sent.sequence + 1, left=left, answers=answers))


def _call_off(sent: Invitation) -> Invitation:
    return replace(sent, sequence=sent.sequence + 1, cancelled=True, left=(), answers=())


def _entry(invitation: Invitation) -> Invitation:
    """What others see of it."""
    return replace(invitation, sequence=0, left=(), answers=())


def _wanted(policy: Policy, case: Case, today: date) -> Invitation | None:
    """None: no confirmed day, nobody to go, not at work, or all of it is past."""
    if case.stage not in AT_WORK or case.on is None or not case.engineers:
        return None
    until = max(case.until or case.on, case.on)
    if until < today:
        return None
    start, end = hours_of(policy.hours, dict(case.fields).get("支持时间", "")) if until == case.on else (None, None)
    people = tuple(dict.fromkeys((*case.engineers, case.sales)))
    return Invitation(0, case.on, until, start, end, _place(case), people)


def _place(case: Case) -> str:
    said = dict(case.fields)
    there = said.get("支持地点") or said.get("客户地址") or case.customer
    return case.mode if case.mode in {"远程", "电话"} else there


def hours_of(hours: OfficeHours, said: str) -> tuple[time, time]:
    """From when to when on a single day: as the request's 支持时间 says, else the working hours.

    `下午2点到5点`, `14:00-17:30`, `上午`; a beginning alone lasts until closing.
    """
    for found in _FROM.finditer(said):
        start = _clock(found["ah"], found["am"], found["ahalf"], found["part"] or "")
        end = _clock(found["bh"], found["bm"], found["bhalf"], found["part"] or "") if found["bh"] else None
        if start and end and start < end:
            return start, end
        if start and not found["bh"]:
            return start, _until(hours, start)
    if _MORNING.search(said) and not _AFTERNOON.search(said):
        return hours.opening, hours.noon
    if _AFTERNOON.search(said) and not _MORNING.search(said):
        return hours.noon, hours.closing
    return hours.opening, hours.closing


def _clock(hour: str, minute: str | None, half: str | None, part: str) -> time | None:
    number = int(hour)
    if part in {"下午", "晚上"} and number < 12:
        number += 12
    return time(number, int(minute or (30 if half else 0))) if number < 24 else None


def _until(hours: OfficeHours, start: time) -> time:
    """Until closing; a later beginning gets an hour, within its day."""
    if start < hours.closing:
        return hours.closing
    later = datetime.combine(date.min, start) + _SHORTEST
    return later.time() if later.date() == date.min else time(23, 59)
