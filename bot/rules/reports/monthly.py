"""The month in figures: deadlines kept per rule, what happened, load, customers, ratings (R36, R39)."""

from datetime import date, datetime, timedelta

from bot.rules.matters.rating import average_ratings
from bot.rules.policy import Policy
from bot.rules.reports.kept_deadlines import judge_deadlines
from bot.rules.reports.month import Monthly, MonthMaterial, month_span
from bot.rules.reports.month_sums import sum_customers, sum_engineers, sum_types

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


def make_monthly(policy: Policy, month: date, material: MonthMaterial, now: datetime) -> Monthly:
    """The figures of the month that holds `month`, as at `now`."""
    first, last = month_span(month)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    working = sum(policy.hours.calendar.works(day) for day in days)
    rates, missed = judge_deadlines(policy, first, last, material, now)
    averages = average_ratings(material.rated)
    return Monthly(
        month=f"{first:%Y-%m}",
        working_days=working,
        counts=_count(policy, first, last, material),
        rates=rates,
        missed=missed,
        engineers=sum_engineers(policy, material, averages, working),
        customers=sum_customers(policy, first, last, material, averages),
        types=sum_types(policy, first, last, material, averages),
        stars=averages.overall.stars if averages.overall.count else None,
        rated=averages.overall.count,
    )


def _count(policy: Policy, first: date, last: date, material: MonthMaterial) -> tuple[tuple[str, int], ...]:
    """How often each thing happened in the month, by the cases' records."""
    entries = [
        e for lines in material.history.values() for e in lines if first <= policy.hours.local(e.at).date() <= last
    ]
    return tuple((label, sum(e.event in events for e in entries)) for label, events in _EVENTS)
