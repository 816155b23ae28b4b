"""The month summed by engineer, by customer and by kind of support (R36), with their ratings (R39)."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from bot.rules.case import Case
from bot.rules.mail import RequestFields
from bot.rules.matters.rating import Average, Averages
from bot.rules.policy import Policy
from bot.rules.reports.coefficients import plain
from bot.rules.reports.month import GroupLine, Load, MonthMaterial
from bot.rules.reports.report import ReportRow
from bot.rules.reports.work import HOURS_A_DAY

_NO_TYPE = "未注明"


def sum_engineers(policy: Policy, material: MonthMaterial, averages: Averages, working: int) -> tuple[Load, ...]:
    """Who worked or was rated, most hours first; `working`: working days of the month."""
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


def sum_customers(
    policy: Policy, first: date, last: date, material: MonthMaterial, averages: Averages
) -> tuple[GroupLine, ...]:
    """Who asked from `first` to `last`, was worked for or rated; most work first."""
    new = [case.customer for case in _requested(policy, first, last, material)]
    return _sum_groups(new, material, lambda row: row.customer, averages.customers)


def sum_types(
    policy: Policy, first: date, last: date, material: MonthMaterial, averages: Averages
) -> tuple[GroupLine, ...]:
    """The same by 支持类型."""
    new = [RequestFields(c.fields).get("支持类型") or _NO_TYPE for c in _requested(policy, first, last, material)]
    return _sum_groups(new, material, lambda row: row.support_type or _NO_TYPE, averages.types)


def _requested(policy: Policy, first: date, last: date, material: MonthMaterial) -> list[Case]:
    """Cases whose request came in the month."""
    return [c for c in material.cases.values() if first <= policy.hours.local(c.received_at).date() <= last]


def _sum_groups(
    new: list[str], material: MonthMaterial, group_of: Callable[[ReportRow], str], ratings: Iterable[Average]
) -> tuple[GroupLine, ...]:
    stars = {a.name: a for a in ratings}
    lines = []
    for name in {*new, *(group_of(row) for _, row in material.rows), *stars}:
        rows = [row for _, row in material.rows if group_of(row) == name]
        rated = stars.get(name)
        lines.append(
            GroupLine(
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
