"""Makes a weekly report from cases and records: its lines, the plan for the next week, what hinders (R28, R29)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from bot.rules.assigning import support_days
from bot.rules.case import Case, Deadline
from bot.rules.mail import RequestFields
from bot.rules.policy import Policy
from bot.rules.reports.coefficients import coefficient, count_days, plain, share
from bot.rules.reports.report import ASSUMED, PlanRow, ReportRow, Sheet
from bot.rules.reports.work import WorkRecord, WorkSource
from bot.rules.scene import AWAITED
from bot.rules.times.hours import day_words
from bot.rules.times.weeks import Week
from bot.rules.words import Stage

REPORT_STATES = {
    Stage.APPROVED: "进行中",
    Stage.ON_SITE: "进行中",
    Stage.AWAITING_ACCEPTANCE: "已完成，待验收",
    Stage.ACCEPTED: "已验收",
    Stage.CLOSED: "已关闭",
    Stage.ARCHIVED: "已归档",
    Stage.SETTLED: "已核算",
}
"""完成状态 in the report's words; other stages have no work."""
_COMING = (Stage.APPROVED, Stage.ON_SITE)


@dataclass(frozen=True)
class Material:
    """What reports are made of: cases by id, all standing records of each of them, open deadlines, problems by case.

    `signed`: 人天 of the records that signed reports list, by record id; they stay as they are (R27).
    """

    cases: Mapping[int, Case]
    records: Mapping[int, tuple[WorkRecord, ...]]
    deadlines: tuple[Deadline, ...] = ()
    problems: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    signed: Mapping[int, Decimal] = field(default_factory=dict)


def make_sheet(
    policy: Policy, week: Week, engineer: str, records: Iterable[WorkRecord], material: Material, today: date
) -> Sheet:
    """The report of `engineer` (an address) listing `records`, with plan and problems of their open cases."""
    person = policy.company.find(engineer)
    listed = sorted(records, key=lambda r: (r.day, r.case_id))
    mine = tuple(c for c in material.cases.values() if engineer in c.engineers)
    return Sheet(
        week=str(week),
        engineer=engineer,
        name=person.name if person else engineer,
        rows=tuple(_row(policy, record, material) for record in listed),
        plan=tuple(_plan(case) for case in _coming(mine, week)),
        problems=(*_carried(listed, week), *_problems(policy, engineer, mine, material, today)),
        made_on=today,
    )


def _row(policy: Policy, record: WorkRecord, material: Material) -> ReportRow:
    case, whole = material.cases[record.case_id], material.records[record.case_id]
    fields = RequestFields(case.fields)
    sales = policy.company.find(case.sales)
    kind = fields.get("支持类型")
    assumed = record.source is WorkSource.ASSUMED
    return ReportRow(
        case_id=case.id,
        ref=case.ref,
        day=record.day,
        customer=case.customer,
        project=case.project,
        sales=sales.name if sales else case.sales_name,
        support_type=kind,
        content=record.content or fields.get("支持内容") or case.project,
        where=_where(case),
        times=_times(record, assumed=assumed),
        hours=record.hours,
        estimate=_estimate(case, record, whole),
        factor=coefficient(policy.coefficients, policy.hours, record, kind),
        days=_days_of(policy, case, record, material),
        state="已验收（视为完成）"
        if case.tacit and case.stage is Stage.ACCEPTED
        else REPORT_STATES.get(case.stage, ""),
    )


def _state(case: Case) -> str:
    tacit = case.tacit and case.stage is Stage.ACCEPTED
    return "已验收（视为完成）" if tacit else REPORT_STATES.get(case.stage, "")


def _times(record: WorkRecord, *, assumed: bool) -> str:
    if record.start and record.end:
        return f"{record.start:%H:%M}–{record.end:%H:%M}"
    return ASSUMED if assumed else ""


def _where(case: Case) -> str:
    fields = RequestFields(case.fields)
    parts = (case.mode or fields.get("支持方式"), fields.get("支持地点"))
    return " ".join(dict.fromkeys(p for p in parts if p))


def _estimate(case: Case, record: WorkRecord, whole: tuple[WorkRecord, ...]) -> Decimal | None:
    """The engineer's share of the director's estimate, told once: on the first line of their work on the case."""
    first = min((r.day for r in whole if r.engineer == record.engineer), default=record.day)
    if case.days is None or record.day != first:
        return None
    return plain((case.days / max(len(case.engineers), 1)).quantize(Decimal("0.001")))


def _days_of(policy: Policy, case: Case, record: WorkRecord, material: Material) -> Decimal:
    """R29's figure; when the director settled the case by reply, this line's share of what was settled (R27).

    What signed reports count of the case stays with them; work told later is counted for itself.
    """
    kind = RequestFields(case.fields).get("支持类型")
    whole = material.records[case.id]
    rest = [r for r in whole if r.id not in material.signed] or [record]
    counted = [count_days(r.hours, coefficient(policy.coefficients, policy.hours, r, kind)) for r in rest]
    done = sum((material.signed[r.id] for r in whole if r.id in material.signed), Decimal(0))
    if case.settled_days is not None and case.settled_days > done:
        counted = list(share(case.settled_days - done, tuple(counted)))
    place = next(n for n, r in enumerate(rest) if (r.engineer, r.day) == (record.engineer, record.day))
    return counted[place]


def _coming(cases: Iterable[Case], week: Week) -> list[Case]:
    """Confirmed for the next week, or begun and not done; by day."""
    following = week.following
    found = [
        case
        for case in cases
        if case.stage in _COMING
        and (case.stage is Stage.ON_SITE or (case.on and case.on <= following.last))
        and ((case.until or case.on or following.first) >= following.first or case.stage is Stage.ON_SITE)
    ]
    return sorted(found, key=lambda c: (c.on or week.last, c.id))


def _plan(case: Case) -> PlanRow:
    fields = RequestFields(case.fields)
    when = support_days(case) or "待定"
    begun = case.stage is Stage.ON_SITE
    return PlanRow(
        when=f"继续（{when}）" if begun else when,
        ref=case.ref,
        customer=case.customer,
        project=case.project,
        content=fields.get("支持内容"),
        where=_where(case),
    )


def _carried(records: list[WorkRecord], week: Week) -> tuple[str, ...]:
    """What is listed late, so that nobody takes it for a slip of the date."""
    late = sorted({r.day for r in records if r.day < week.first})
    words = "、".join(f"{d.month}月{d.day}日" for d in late)
    return (f"本期含以前未报的工作：{words}。",) if late else ()


def _problems(
    policy: Policy, engineer: str, cases: tuple[Case, ...], material: Material, today: date
) -> tuple[str, ...]:
    lines = []
    for case in cases:
        name = f"{case.ref} {case.customer}"
        if case.change:
            lines.append(f"{name}：变更待销售答复：{case.change}")
        if silent := _silent_day(policy, engineer, case, material, today):
            lines.append(f"{name}：{day_words(silent)}的支持尚无离场或完成汇报")
        lines += [f"{name}：{problem}" for problem in material.problems.get(case.id, ())]
    by_id = {case.id: case for case in cases}
    for deadline in material.deadlines:
        late = deadline.owner == engineer and policy.hours.local(deadline.due_at).date() < today
        if late and (case_ := by_id.get(deadline.case_id)):
            lines.append(f"{case_.ref} {case_.customer}：{AWAITED[deadline.kind]}，已逾期")
    return tuple(dict.fromkeys(lines))


def _silent_day(policy: Policy, engineer: str, case: Case, material: Material, today: date) -> date | None:
    """The first confirmed day gone by of which nobody told anything."""
    if case.stage not in _COMING or case.on is None:
        return None
    told = {r.day for r in material.records.get(case.id, ()) if r.engineer == engineer}
    span = ((case.until or case.on) - case.on).days + 1
    days = (case.on + timedelta(days=n) for n in range(span))
    works = policy.hours.calendar.works
    return next((d for d in days if d < today and d not in told and (works(d) or d == case.on)), None)
