"""A case's timeline (时间节点): the process's own milestones with those written by mail, planned and actual (R35, R41).

The process's are not kept anywhere: the deadlines say when each was due, the history when it was reached, so that no
chart can tell a story of its own.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.rules.case import Case, Deadline, DeadlineKind, Document, HistoryEntry
from bot.rules.notice import NoticeKind
from bot.rules.parts import who_decides
from bot.rules.plans.plan import Milestone
from bot.rules.plans.timeline import Bar, Span, Timeline, rest_days, working_slip
from bot.rules.policy import Policy
from bot.rules.words import Nature, Stage

REQUEST, CONFIRM, PROPOSAL, START = "申请", "确认", "方案", "支持开始"
COMPLETE, ACCEPT, CLOSE, ARCHIVE = "完成", "验收", "关闭", "归档"
PROCESS = (REQUEST, CONFIRM, PROPOSAL, START, COMPLETE, ACCEPT, CLOSE, ARCHIVE)

CHARTED = frozenset({NoticeKind.CLOSED, NoticeKind.ARCHIVED, NoticeKind.STATUS, NoticeKind.PLAN})
"""The mails that show where the case stands against its plan."""

_ORDER = {
    Stage.APPROVED: 1,
    Stage.ON_SITE: 2,
    Stage.AWAITING_ACCEPTANCE: 3,
    Stage.ACCEPTED: 4,
    Stage.CLOSED: 5,
    Stage.ARCHIVED: 6,
    Stage.SETTLED: 7,
}
_NO_FURTHER = frozenset({Stage.DECLINED, Stage.WITHDRAWN})
_PROPOSALS = frozenset({"项目方案", "实施方案"})


@dataclass(frozen=True)
class Record:
    """What the database knows of a case: deadlines, done ones too, history, files and written milestones."""

    case: Case
    deadlines: tuple[Deadline, ...] = ()
    history: tuple[HistoryEntry, ...] = ()
    documents: tuple[Document, ...] = ()
    milestones: tuple[Milestone, ...] = ()


@dataclass(frozen=True)
class _Facts:
    """A record with the questions a timeline asks of it."""

    policy: Policy
    record: Record
    today: date

    @property
    def reached(self) -> int:
        """How far the case has come, as a number."""
        return _ORDER.get(self.record.case.stage, 0)

    def day(self, moment: datetime) -> date:
        """The day in the company's zone."""
        return self.policy.hours.local(moment).date()

    def due(self, kind: DeadlineKind) -> Deadline | None:
        """The first deadline of that kind: what was planned before anything slipped."""
        return next((d for d in self.record.deadlines if d.kind is kind), None)

    def due_day(self, kind: DeadlineKind) -> date | None:
        """Its day."""
        found = self.due(kind)
        return self.day(found.due_at) if found else None

    def entered(self, stage: Stage) -> HistoryEntry | None:
        """The last time the case came to `stage`."""
        found = [e for e in self.record.history if e.to_stage is stage and e.from_stage is not stage]
        return found[-1] if found else None

    def entered_day(self, stage: Stage) -> date | None:
        """The day of it, when the case is still there or further."""
        entry = self.entered(stage)
        return self.day(entry.at) if entry and self.reached >= _ORDER[stage] else None

    def after(self, day: date | None, count: int) -> date | None:
        """`count` working days after `day`."""
        return self.policy.hours.calendar.next_working(day, count=count) if day else None

    def name(self, address: str) -> str:
        """The registered name behind an address."""
        person = self.policy.company.find(address)
        return person.name if person else address


@dataclass(frozen=True, slots=True)
class _Node:
    """A milestone of the process before it is measured."""

    name: str
    planned: date | None
    actual: date | None
    who: str
    provisional: bool = False


def lay_out(policy: Policy, record: Record, now: datetime) -> Timeline:
    """The case's timeline as it stands at `now` (aware)."""
    case, today = record.case, policy.hours.local(now).date()
    facts = _Facts(policy, record, today)
    written = {m.name: m for m in record.milestones if not m.dropped}
    bars = [_bar(facts, node, written.pop(node.name, None)) for node in _process(facts)]
    for milestone in written.values():
        bars.insert(_place(bars, milestone), _bar(facts, _Node(milestone.name, None, None, ""), milestone))
    subtitle = f"{case.project} · {case.ref}"
    rest = rest_days(policy.hours.calendar, tuple(bars), today)
    return Timeline(f"客户时间节点图：{case.customer}", subtitle, tuple(bars), today, rest)


def _place(bars: list[Bar], milestone: Milestone) -> int:
    """Before the first one planned later."""
    later = (n for n, bar in enumerate(bars) if bar.planned and bar.planned.first > milestone.first)
    return next(later, len(bars))


def _process(facts: _Facts) -> tuple[_Node, ...]:
    case = facts.record.case
    received = facts.day(case.received_at)
    nodes = [_Node(REQUEST, None if case.retroactive else received, received, case.sales)]
    if confirm := _confirm(facts):
        nodes.append(confirm)
    if case.stage in _NO_FURTHER:
        return tuple(nodes)
    return (*nodes, *_work(facts), *_ending(facts))


def _confirm(facts: _Facts) -> _Node | None:
    """None: the case began without a confirmation (R22)."""
    entry, due = facts.entered(Stage.APPROVED), facts.due_day(DeadlineKind.CONFIRM)
    if entry is None and due is None:
        return None
    actual = facts.day(entry.at) if entry and facts.reached else None
    who = entry.actor if entry else who_decides(facts.policy, facts.record.case, facts.today)
    return _Node(CONFIRM, due, actual, who)


def _work(facts: _Facts) -> tuple[_Node, ...]:
    case = facts.record.case
    engineer = next(iter(case.engineers), "")
    planned = case.on or facts.due_day(DeadlineKind.START)
    nodes = [_Node(START, planned, _started(facts), engineer)]
    due_proposal = facts.due_day(DeadlineKind.PROPOSAL)
    if case.nature is Nature.PROJECT or due_proposal:
        sent = [facts.day(d.received_at) for d in facts.record.documents if d.label in _PROPOSALS]
        sent += [facts.day(e.at) for e in facts.record.history if e.event == "proposal"]
        nodes.insert(0, _Node(PROPOSAL, due_proposal or _day_before(facts, planned), min(sent, default=None), engineer))
    done = (
        facts.day(case.completed_at)
        if case.completed_at and facts.reached >= _ORDER[Stage.AWAITING_ACCEPTANCE]
        else None
    )
    due = facts.due(DeadlineKind.COMPLETE)
    complete = facts.due_day(DeadlineKind.COMPLETE) or facts.after(case.until or planned, 1)
    return (*nodes, _Node(COMPLETE, complete, done, engineer, bool(due and due.provisional)))


def _started(facts: _Facts) -> date | None:
    """The confirmed day once work is reported, or the day of the first report when that was earlier (R19, R21)."""
    case = facts.record.case
    reports = [facts.day(e.at) for e in facts.record.history if e.event == "left_site"]
    reports += [facts.day(case.completed_at)] if case.completed_at else []
    if not reports:
        return None
    return min(reports) if case.on is None else min(case.on, *reports)


def _day_before(facts: _Facts, start: date | None) -> date | None:
    """The last working day before the work: by then its documents are due (R15)."""
    day = start
    while day:
        day = date.fromordinal(day.toordinal() - 1)
        if facts.policy.hours.calendar.works(day):
            return day
    return None


def _ending(facts: _Facts) -> tuple[_Node, ...]:
    case, chase = facts.record.case, facts.policy.chase
    complete = _work(facts)[-1]
    accept = facts.due_day(DeadlineKind.ACCEPT) or facts.after(complete.actual or complete.planned, 1)
    accepted = facts.entered_day(Stage.ACCEPTED)
    close = facts.due_day(DeadlineKind.CLOSE) or facts.after(accepted or accept, chase.close_days)
    closed = facts.entered_day(Stage.CLOSED)
    archive = facts.due_day(DeadlineKind.DOCUMENTS) or facts.after(closed or close, chase.documents_days)
    director = who_decides(facts.policy, case, facts.today)
    return (
        _Node(ACCEPT, accept, accepted, case.sales),
        _Node(CLOSE, close, closed, director),
        _Node(ARCHIVE, archive, facts.entered_day(Stage.ARCHIVED), next(iter(case.engineers), "")),
    )


def _bar(facts: _Facts, node: _Node, said: Milestone | None) -> Bar:
    """The node measured; what was written by mail about it wins over what the process plans."""
    planned, current = (said.first, said.planned) if said else (node.planned, node.planned)
    actual = (said.actual if said else None) or node.actual
    until = min(actual, facts.today) if actual else facts.today
    measured = planned if actual else current
    slip = working_slip(facts.policy.hours.calendar, measured, until) if measured else 0
    return Bar(
        name=node.name,
        planned=Span(planned, planned) if planned else None,
        actual=Span(actual, actual) if actual else None,
        done=actual is not None,
        who=facts.name((said.who if said else "") or node.who),
        slip=slip,
        moved=Span(current, current) if current and current != planned else None,
        provisional=node.provisional and actual is None,
    )


def lay_out_customer(policy: Policy, customer: str, records: Iterable[Record], now: datetime) -> Timeline:
    """All cases of a customer, one bar each from the beginning of the support to its completion."""
    today = policy.hours.local(now).date()
    bars = tuple(_case_bar(policy, record, now, today) for record in records)
    rest = rest_days(policy.hours.calendar, bars, today)
    done = sum(bar.done for bar in bars)
    return Timeline(f"客户时间节点图：{customer}", f"{len(bars)} 个支持，完成 {done} 个", bars, today, rest)


def _case_bar(policy: Policy, record: Record, now: datetime, today: date) -> Bar:
    case = record.case
    nodes = {bar.name: bar for bar in lay_out(policy, replace(record, milestones=()), now).bars}
    start, end = nodes.get(START), nodes.get(COMPLETE)
    if start is None or end is None:
        return Bar(case.project, who=f"{case.ref} {_ENDED.get(case.stage, '')}".strip())
    planned = _join(start.planned, end.planned, lambda a, b: Span(a.first, max(a.first, b.last)))
    begun = start.actual or (Span(case.on, case.on) if case.stage is Stage.ON_SITE and case.on else None)
    last = end.actual or Span(today, today)
    actual = Span(min(begun.first, last.last), last.last) if begun else None
    slip = end.slip if (end.done or actual or case.stage in _ORDER) else 0
    return Bar(case.project, planned, actual, end.done, case.ref, slip)


_ENDED = {Stage.DECLINED: "未获同意", Stage.WITHDRAWN: "已撤回"}


def _join(first: Span | None, last: Span | None, both: Callable[[Span, Span], Span]) -> Span | None:
    return both(first, last) if first and last else first or last
