"""The month in figures: deadlines kept per rule (R8, R21, R23, R25, R26), load, customers, ratings (R36, R39)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from bot.rules.case import Case, Deadline, DeadlineKind, HistoryEntry
from bot.rules.mail import RequestFields
from bot.rules.matters.rating import Averages, Rated, average_ratings
from bot.rules.policy import Policy
from bot.rules.reports.coefficients import plain
from bot.rules.reports.report import ReportRow
from bot.rules.reports.work import HOURS_A_DAY


@dataclass(frozen=True, slots=True)
class Measured:
    """A rule whose deadline is measured: which deadline, and what on the case's record meets it."""

    rule: str
    name: str
    kind: DeadlineKind
    met_by: frozenset[str]
    silence: bool = False  # the rule itself counts silence: told apart from an answer


MEASURED = (
    Measured(
        "R8", "总监确认申请", DeadlineKind.CONFIRM,
        frozenset({"approve", "condition", "need_info", "postpone", "reject"}),
    ),
    Measured("R21", "工程师确认完成", DeadlineKind.COMPLETE, frozenset({"completed"})),
    Measured("R23", "销售验收", DeadlineKind.ACCEPT, frozenset({"accept", "object", "doubt"}), silence=True),
    Measured("R25", "总监确认关闭", DeadlineKind.CLOSE, frozenset({"close", "reject"})),
    Measured("R26", "工程师提交文档", DeadlineKind.DOCUMENTS, frozenset({"documents", "archive"})),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rate:
    """How a rule was kept in the month. `silent`: counted as accepted by silence; `waiting`: overdue and still open."""

    rule: str
    name: str
    on_time: int = 0
    late: int = 0
    silent: int = 0
    waiting: int = 0

    @property
    def all(self) -> int:
        """Every deadline of the month that was met, missed, or let pass."""
        return self.on_time + self.late + self.silent + self.waiting

    @property
    def share(self) -> Decimal | None:
        """The part kept in time, 0–1 with three places; None when there was nothing to keep."""
        return (Decimal(self.on_time) / self.all).quantize(Decimal("0.001"), ROUND_HALF_UP) if self.all else None


@dataclass(frozen=True, slots=True)
class Missed:
    """One deadline that was not kept."""

    rule: str
    ref: str
    customer: str
    owner: str  # name
    due_at: datetime
    met_at: datetime | None  # None: still open


@dataclass(frozen=True, slots=True)
class Load:
    """One engineer's month. `use`: hours of those that the month's working days have, 0–1."""

    name: str
    cases: int
    hours: Decimal
    estimate: Decimal
    days: Decimal
    use: Decimal
    stars: Decimal | None = None
    rated: int = 0


@dataclass(frozen=True, slots=True)
class CustomerLine:
    """One customer's month."""

    name: str
    requests: int
    cases: int  # with work in the month
    hours: Decimal
    days: Decimal
    stars: Decimal | None = None
    rated: int = 0


@dataclass(frozen=True, slots=True)
class TypeLine:
    """One 支持类型's month."""

    name: str
    requests: int
    cases: int
    days: Decimal
    stars: Decimal | None = None
    rated: int = 0


@dataclass(frozen=True)
class Monthly:
    """The whole report. `counts`: what happened, label → number."""

    month: str  # 2026-09
    working_days: int
    counts: tuple[tuple[str, int], ...]
    rates: tuple[Rate, ...]
    missed: tuple[Missed, ...]
    engineers: tuple[Load, ...]
    customers: tuple[CustomerLine, ...]
    types: tuple[TypeLine, ...]
    stars: Decimal | None = None
    rated: int = 0


@dataclass(frozen=True)
class MonthMaterial:
    """What the month is made of. `received`: receipt of a mail by its Message-ID, as far as it is on record.

    `deadlines`: due in the month, of all kinds; `history`: of the cases these belong to and of those in `cases`.
    `rows`: the work of the month as reports list it, with the engineer's address beside each line.
    """

    cases: Mapping[int, Case]
    deadlines: tuple[Deadline, ...]
    history: Mapping[int, tuple[HistoryEntry, ...]]
    received: Mapping[str, datetime] = field(default_factory=dict)
    rows: tuple[tuple[str, ReportRow], ...] = ()
    rated: tuple[Rated, ...] = ()


def month_span(month: date) -> tuple[date, date]:
    """First and last day of the month that holds `month`."""
    first = month.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return first, following - timedelta(days=1)


def make_monthly(policy: Policy, month: date, material: MonthMaterial, now: datetime) -> Monthly:
    """The figures of the month that holds `month`, as at `now`."""
    first, last = month_span(month)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    working = sum(policy.hours.calendar.works(day) for day in days)
    judged = [_judge(measured, material, now) for measured in MEASURED]
    judged = [(_with_prompt(policy, first, last, rate, material), missed) for rate, missed in judged]
    averages = average_ratings(material.rated)
    return Monthly(
        month=f"{first:%Y-%m}",
        working_days=working,
        counts=_count(policy, first, last, material),
        rates=tuple(rate for rate, _ in judged),
        missed=tuple(_name_owner(policy, m) for _, missed in judged for m in missed),
        engineers=_engineers(policy, material, averages, working),
        customers=_customers(policy, first, last, material, averages),
        types=_types(policy, first, last, material, averages),
        stars=averages.overall.stars if averages.overall.count else None,
        rated=averages.overall.count,
    )


def _judge(measured: Measured, material: MonthMaterial, now: datetime) -> tuple[Rate, list[Missed]]:
    counted = dict.fromkeys(("on_time", "late", "silent", "waiting"), 0)
    missed: list[Missed] = []
    for deadline in material.deadlines:
        if deadline.kind is not measured.kind:
            continue
        verdict, met_at = _verdict(measured, deadline, material, now)
        if verdict:
            counted[verdict] += 1
        if verdict in {"late", "waiting"}:
            case = material.cases[deadline.case_id]
            missed.append(Missed(measured.rule, case.ref, case.customer, deadline.owner, deadline.due_at, met_at))
    return Rate(measured.rule, measured.name, **counted), missed


def _with_prompt(policy: Policy, first: date, last: date, rate: Rate, material: MonthMaterial) -> Rate:
    """Closed with all documents there: no deadline was ever set for them, and they were in time (R26)."""
    if rate.rule != "R26":
        return rate
    prompt = 0
    for entries in material.history.values():
        closed = {e.at for e in entries if e.event == "close" and first <= policy.hours.local(e.at).date() <= last}
        prompt += sum(e.event == "documents" and e.at in closed for e in entries)
    return replace(rate, on_time=rate.on_time + prompt)


def _verdict(
    measured: Measured, deadline: Deadline, material: MonthMaterial, now: datetime
) -> tuple[str, datetime | None]:
    """on_time, late, silent, waiting; "" when it was overtaken by something else, or is not due yet.

    A mail counts from its receipt (R43), not from the moment the bot read it.
    """
    if deadline.done_at is None:
        return ("waiting", None) if deadline.due_at < now else ("", None)
    ended = [e for e in material.history.get(deadline.case_id, ()) if e.at == deadline.done_at]
    if measured.silence and any(e.event == "silence" for e in ended):
        return "silent", deadline.done_at
    met = next((e for e in ended if e.event in measured.met_by), None)
    if met is None:
        return "", None
    met_at = min(deadline.done_at, material.received.get(met.mail, deadline.done_at))
    return ("on_time" if met_at <= deadline.due_at else "late"), met_at


def _name_owner(policy: Policy, missed: Missed) -> Missed:
    person = policy.company.find(missed.owner)
    name = person.name if person else missed.owner
    return replace(missed, owner=name)


_EVENTS = (
    ("新申请", frozenset({"request", "retroactive", "emergency"})),
    ("总监同意", frozenset({"approve"})),
    ("不同意", frozenset({"reject"})),
    ("撤回", frozenset({"withdraw"})),
    ("报告完成", frozenset({"completed", "retroactive"})),
    ("验收", frozenset({"accept"})),
    ("视为完成", frozenset({"silence"})),
    ("提出异议", frozenset({"object"})),
    ("关闭", frozenset({"close"})),
    ("归档", frozenset({"documents", "archive"})),
    ("核算", frozenset({"settle", "signed"})),
)


def _count(policy: Policy, first: date, last: date, material: MonthMaterial) -> tuple[tuple[str, int], ...]:
    """How often each thing happened in the month, by the cases' records."""
    entries = [
        e for lines in material.history.values() for e in lines if first <= policy.hours.local(e.at).date() <= last
    ]
    return tuple((label, sum(e.event in events for e in entries)) for label, events in _EVENTS)


def _engineers(policy: Policy, material: MonthMaterial, averages: Averages, working: int) -> tuple[Load, ...]:
    stars = {a.name: a for a in averages.engineers}
    capacity = HOURS_A_DAY * max(working, 1)
    found = []
    for address in sorted({*(a for a, _ in material.rows), *stars}):
        rows = [row for a, row in material.rows if a == address]
        person = policy.company.find(address)
        hours = sum((r.hours for r in rows), Decimal(0))
        rated = stars.get(address)
        found.append(
            Load(
                name=person.name if person else address,
                cases=len({r.case_id for r in rows}),
                hours=plain(hours),
                estimate=plain(sum((r.estimate or Decimal(0) for r in rows), Decimal(0))),
                days=plain(sum((r.days for r in rows), Decimal(0))),
                use=(hours / capacity).quantize(Decimal("0.001"), ROUND_HALF_UP),
                stars=rated.stars if rated else None,
                rated=rated.count if rated else 0,
            )
        )
    return tuple(sorted(found, key=lambda load: (-load.hours, load.name)))


def _requested(policy: Policy, first: date, last: date, material: MonthMaterial) -> list[Case]:
    """Cases whose request came in the month."""
    return [c for c in material.cases.values() if first <= policy.hours.local(c.received_at).date() <= last]


def _customers(
    policy: Policy, first: date, last: date, material: MonthMaterial, averages: Averages
) -> tuple[CustomerLine, ...]:
    new = [c.customer for c in _requested(policy, first, last, material)]
    stars = {a.name: a for a in averages.customers}
    lines = []
    for name in {*new, *(row.customer for _, row in material.rows), *stars}:
        rows = [row for _, row in material.rows if row.customer == name]
        rated = stars.get(name)
        lines.append(
            CustomerLine(
                name=name,
                requests=new.count(name),
                cases=len({r.case_id for r in rows}),
                hours=plain(sum((r.hours for r in rows), Decimal(0))),
                days=plain(sum((r.days for r in rows), Decimal(0))),
                stars=rated.stars if rated else None,
                rated=rated.count if rated else 0,
            )
        )
    return tuple(sorted(lines, key=lambda line: (-line.days, -line.requests, line.name)))


def _types(
    policy: Policy, first: date, last: date, material: MonthMaterial, averages: Averages
) -> tuple[TypeLine, ...]:
    new = [_type(c) for c in _requested(policy, first, last, material)]
    stars = {a.name: a for a in averages.types}
    lines = []
    for name in {*new, *((row.support_type or _NO_TYPE) for _, row in material.rows), *stars}:
        rows = [row for _, row in material.rows if (row.support_type or _NO_TYPE) == name]
        rated = stars.get(name)
        lines.append(
            TypeLine(
                name=name,
                requests=new.count(name),
                cases=len({r.case_id for r in rows}),
                days=plain(sum((r.days for r in rows), Decimal(0))),
                stars=rated.stars if rated else None,
                rated=rated.count if rated else 0,
            )
        )
    return tuple(sorted(lines, key=lambda line: (-line.days, -line.requests, line.name)))


_NO_TYPE = "未注明"


def _type(case: Case) -> str:
    return RequestFields(case.fields).get("支持类型") or _NO_TYPE
