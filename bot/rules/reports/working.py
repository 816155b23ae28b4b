"""What the words about hours do to the records of work: said replaces assumed, the newest word the older (R27).

Pure: records in, records out. A record that stands in a report keeps its place there, whatever is said later.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from math import ceil

from bot.rules.applying import summarise
from bot.rules.case import Case
from bot.rules.decision import Decision, Say
from bot.rules.desk import Desk
from bot.rules.mail import Reading
from bot.rules.notice import NoticeKind as N
from bot.rules.policy import Policy
from bot.rules.reports.coefficients import plain
from bot.rules.reports.work import HOURS_A_DAY, WorkRecord, WorkSaid, WorkSource
from bot.rules.table import ASKED, Event
from bot.rules.words import Role, Stage

_SPEAKS = re.compile(r"工时|用时|耗时")
"""Outside of a report on the work, hours count only where the words say that they are meant."""
_REPORTS = frozenset({Event.COMPLETED, Event.RETROACTIVE, Event.LEFT_SITE})
_LONGEST_STAY = 40  # working days a completion may stand behind its confirmed day before the day is taken for a slip


@dataclass(frozen=True, slots=True)
class Worked:
    """All records of the case from now on; `problems`: words that could not be counted, a Chinese line each."""

    records: tuple[WorkRecord, ...]
    problems: tuple[str, ...] = ()


def note_work(decision: Decision, reading: Reading, event: Event | None, desk: Desk) -> Decision:
    """`decision`, with the hours its mail names put on the case; what could not be counted is asked of the writer."""
    case = decision.case
    if case is None or not decision.history or case.stage in _NO_WORK:
        return decision
    worked = find_worked(desk.policy, case, reading, event, desk.work)
    if worked is None:
        return decision
    line = work_line(desk.policy, worked.records, desk.work)
    told = "；".join(part for part in (line, *worked.problems) if part)
    if not told:
        return decision
    entry = replace(decision.history[0], why=f"{decision.history[0].why}；{told}")
    decision = replace(decision, work=worked.records, history=(entry, *decision.history[1:]))
    if not worked.problems:
        return decision
    ask = f"工时没有全部计入：{'；'.join(worked.problems)}。{HOW_TO_CORRECT}"
    return decision.and_say(Say(N.ASK, to=(reading.mail.sender.email,), text=summarise(reading), items=(ask,)))


HOW_TO_CORRECT = "请在本申请的邮件里回复更正，例如：更正工时：9月21日 9:00-17:30，7.5小时。"
_NO_WORK = frozenset({*ASKED, Stage.DECLINED, Stage.WITHDRAWN})


def find_worked(
    policy: Policy, case: Case, reading: Reading, event: Event | None, before: Iterable[WorkRecord]
) -> Worked | None:
    """The case's records after this mail of `case`'s engineer; None: it says nothing about work.

    `case` as it is after the event. Hours count from an engineer's mail alone.
    """
    said, problems = reading.work.said, reading.work.problems
    if event not in _REPORTS and (event is not None or not _SPEAKS.search(reading.mail.fresh_text)):
        return None
    if event is None and not (said or problems):
        return None
    writer = policy.company.find(reading.mail.sender.email)
    if writer is None or not (Role.ENGINEER in writer.roles or writer.address in case.engineers):
        return None
    day = policy.hours.local(reading.envelope.received_at).date()
    book = _Book(policy, case, reading, writer.address, day, tuple(before))
    for one in said:
        book.note(one)
    if event in _REPORTS:
        book.assume(whole=event is not Event.LEFT_SITE)
    return Worked(tuple(sorted(book.records, key=lambda r: (r.day, r.engineer))), (*problems, *book.problems))


class _Book:
    """The records of one case while one mail is read into them."""

    def __init__(
        self, policy: Policy, case: Case, reading: Reading, writer: str, day: date, before: tuple[WorkRecord, ...]
    ) -> None:
        self._policy, self._case, self._writer, self._day = policy, case, writer, day
        self._mail = reading.mail.message_id
        self._content = summarise_work(reading.mail.fresh_text)
        self._told: set[str] = set()  # engineers of whom this mail says hours
        self.records = list(before)
        self.problems: list[str] = []

    def note(self, said: WorkSaid) -> None:
        """Put one statement in."""
        for engineer in self._people(said.names):
            if said.day is None and not (said.start or said.end):
                self._replace_all(engineer, said)
            else:
                self._put_days(engineer, said)
            self._told.add(engineer)

    def assume(self, *, whole: bool) -> None:
        """Work is reported without hours: those of the confirmed days and the estimate, marked as such (估算).

        `whole`: the work is done, so that every engineer of the case gets some; else today's of the writer.
        """
        people = (self._case.engineers or (self._writer,)) if whole else (self._writer,)
        known = self._case.on is not None and self._case.on <= self._day
        for engineer in people:
            mine = [r for r in self.records if r.engineer == engineer]
            if engineer in self._told or (whole and mine and not known):
                continue
            there = {r.day for r in mine}
            days = tuple(d for d in self._days(whole=whole) if d not in there)
            left = self._estimate() - sum((r.hours for r in mine), Decimal(0))
            if left <= 0 and not whole:  # a day on the site is a day's work, whatever was estimated
                left = HOURS_A_DAY
            for day, hours in _spread(left, days, cap=HOURS_A_DAY):
                self._put(engineer, day, hours, WorkSource.ASSUMED)

    def _estimate(self) -> Decimal:
        """Hours of one engineer by the director's estimate; without one a day for each confirmed day (R9)."""
        people = max(len(self._case.engineers), 1)
        if self._case.days is not None and self._case.days > 0:
            return self._case.days * HOURS_A_DAY / people
        return HOURS_A_DAY * max(len(self._days(whole=True)), 1)

    def _days(self, *, whole: bool) -> tuple[date, ...]:
        """The days on which the work was done, as far as anybody said: the confirmed ones that have come."""
        on, until = self._case.on, self._case.until
        if not whole or on is None or on > self._day:
            return (self._day,)
        calendar = self._policy.hours.calendar
        last = min(until or self._stretch(on), self._day)
        days = [on + timedelta(days=n) for n in range((last - on).days + 1)]
        return tuple(d for d in days if d in {on, until} or calendar.works(d))

    def _stretch(self, on: date) -> date:
        """The last day of work confirmed for its first day alone: as many working days as were estimated."""
        people = max(len(self._case.engineers), 1)
        days = ceil((self._case.days or Decimal(1)) / people)
        calendar = self._policy.hours.calendar
        return calendar.next_working(on, count=min(days, _LONGEST_STAY) - 1) if days > 1 else on

    def _people(self, names: tuple[str, ...]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for name in names:
            people = self._policy.company.find_named(name, {Role.ENGINEER}) if name else ()
            if name and len(people) != 1:
                self.problems.append(f"“{name}”不明确是哪位工程师，其工时未计入")
            else:
                found[people[0].address if name else self._writer] = None
        return tuple(found) if names else (self._writer,)

    def _replace_all(self, engineer: str, said: WorkSaid) -> None:
        """A total without days: the whole of this engineer's work, laid on the days known for it."""
        hours = said.hours or Decimal(0)
        known = tuple(sorted(r.day for r in self.records if r.engineer == engineer))
        days = known or self._days(whole=True)
        spread = _spread(hours, days)
        kept = {day for day, _ in spread}
        self.records = [r for r in self.records if r.engineer != engineer or r.day in kept or r.report_id]
        for day, part in spread:
            self._put(engineer, day, part, WorkSource.SAID)

    def _put_days(self, engineer: str, said: WorkSaid) -> None:
        first = said.day or self._day
        calendar = self._policy.hours.calendar
        last = said.until or first
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        if len(days) > 1:  # of a range the rest days between are none of work, unless nothing else is left
            days = [d for d in days if calendar.works(d)] or days
        hours = said.hours or Decimal(0)
        parts = [(d, hours) for d in days] if said.each_day or len(days) == 1 else _spread(hours, tuple(days))
        for day, part in parts:
            self._put(engineer, day, part, WorkSource.SAID, said)

    def _put(self, engineer: str, day: date, hours: Decimal, source: WorkSource, said: WorkSaid | None = None) -> None:
        old = next((r for r in self.records if (r.engineer, r.day) == (engineer, day)), None)
        new = WorkRecord(
            engineer=engineer,
            day=day,
            hours=plain(hours),
            source=source,
            start=said.start if said else None,
            end=said.end if said else None,
            content=self._content or (old.content if old else ""),
            mail=self._mail,
            report_id=old.report_id if old else 0,
        )
        if old is not None:
            self.records.remove(old)
        self.records.append(new)


def _spread(hours: Decimal, days: tuple[date, ...], *, cap: Decimal | None = None) -> list[tuple[date, Decimal]]:
    """`hours` over `days`, eight a day; what is left over falls on the last day, or away when there is a `cap`."""
    parts: list[tuple[date, Decimal]] = []
    for number, day in enumerate(days):
        last = number == len(days) - 1 and cap is None
        part = hours if last else min(hours, HOURS_A_DAY)
        if part > 0:
            parts.append((day, part))
        hours -= part
    return parts


def summarise_work(text: str) -> str:
    """What was done, in one line of at most 120 characters: the mail's words without times, files and courtesies."""
    clauses = re.split(r"[\n,，、。;；!！]+", text)
    kept = [c.strip() for c in clauses if c.strip() and not _NO_CONTENT.search(c)]
    line = "，".join(kept)
    return line if len(line) <= 120 else line[:119] + "…"


_NO_CONTENT = re.compile(
    r"^\s*(?:已?(?:完成|离场|完毕|结束|搞定)(?:了|汇报)?|工作?已完成|现场|远程|您好|你好|大家好|各位好?|谢谢\S*|以上|请查收|如题)\s*[:：.]?\s*$"
    r"|附件|服务单|工时|用时|耗时|请(?:销售|验收|查收|总监)|领导"
    r"|\d\s*[:：]\s*\d\d|\d\s*(?:小时|人天|天|h\b)|半天|^\s*(?:今天|昨天|明天)?\s*(?:\d{1,2}月)?\d{1,2}[日号]\s*$"
)
"""Clauses that say how long, thank, or point at a file, and nothing of what was done."""


def work_line(policy: Policy, records: Iterable[WorkRecord], before: Iterable[WorkRecord]) -> str:
    """The new or changed records in one Chinese line for the history; "" when nothing changed."""
    old = {(r.engineer, r.day): (r.hours, r.source) for r in before}
    parts = []
    for record in records:
        if old.get((record.engineer, record.day)) == (record.hours, record.source):
            continue
        person = policy.company.find(record.engineer)
        mark = "（估算）" if record.source is WorkSource.ASSUMED else ""
        name = person.name if person else record.engineer
        parts.append(f"{name} {record.day.month}月{record.day.day}日 {record.hours}小时{mark}")
    return f"工时：{'、'.join(parts)}" if parts else ""
