"""The monthly report's tables: their columns and lines, as CSV, and as JSON values (R36, R39)."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from bot.papers.cells import Look, Value
from bot.papers.tables import make_csv
from bot.rules.reports.month import Monthly
from bot.rules.times.hours import SHANGHAI, moment_words

Column = tuple[str, float, Look]
"""Its head, its width in a workbook, and the look of its cells."""

TEXT, _COUNT = Look(), Look(across="right")
_HOURS, _DAYS, _SHARE = (
    Look(across="right", form="0.0##"),
    Look(across="right", form="0.00#"),
    Look(across="right", form="0.0%"),
)
_STARS = Look(across="right", form="0.0")

RATE_COLUMNS: tuple[Column, ...] = (
    ("规则", 8, _COUNT), ("事项", 20, TEXT), ("按时", 9, _COUNT), ("视为完成", 10, _COUNT), ("逾期完成", 10, _COUNT),
    ("逾期未办", 10, _COUNT), ("合计", 9, _COUNT), ("按时率", 10, _SHARE),
)  # fmt: skip
ENGINEER_COLUMNS: tuple[Column, ...] = (
    ("工程师", 14, TEXT), ("支持次数", 10, _COUNT), ("实际工时", 11, _HOURS), ("预估工作量", 12, _DAYS),
    ("核算工作量", 12, _DAYS), ("负荷率", 10, _SHARE), ("平均评分", 10, _STARS), ("评分次数", 10, _COUNT),
)  # fmt: skip
CUSTOMER_COLUMNS: tuple[Column, ...] = (
    ("客户", 28, TEXT), ("新申请", 9, _COUNT), ("支持次数", 10, _COUNT), ("实际工时", 11, _HOURS),
    ("核算工作量", 12, _DAYS), ("平均评分", 10, _STARS), ("评分次数", 10, _COUNT),
)  # fmt: skip
TYPE_COLUMNS: tuple[Column, ...] = (
    ("支持类型", 20, TEXT), ("新申请", 9, _COUNT), ("支持次数", 10, _COUNT), ("核算工作量", 12, _DAYS),
    ("平均评分", 10, _STARS), ("评分次数", 10, _COUNT),
)  # fmt: skip
MISSED_COLUMNS: tuple[Column, ...] = (
    ("规则", 8, _COUNT), ("编号", 16, TEXT), ("客户", 24, TEXT), ("应办人", 12, TEXT), ("期限", 24, TEXT),
    ("办理时间", 24, TEXT),
)  # fmt: skip


def rate_lines(report: Monthly) -> list[tuple[Value, ...]]:
    """The on-time rates, a line a rule."""
    return [(r.rule, r.name, r.on_time, r.silent, r.late, r.waiting, r.all, r.share) for r in report.rates]


def engineer_lines(report: Monthly) -> list[tuple[Value, ...]]:
    """The engineers, most hours first."""
    return [(e.name, e.cases, e.hours, e.estimate, e.days, e.use, e.stars, e.rated) for e in report.engineers]


def customer_lines(report: Monthly) -> list[tuple[Value, ...]]:
    """The customers, most work first."""
    return [(c.name, c.requests, c.cases, c.hours, c.days, c.stars, c.rated) for c in report.customers]


def type_lines(report: Monthly) -> list[tuple[Value, ...]]:
    """The kinds of support, most work first."""
    return [(t.name, t.requests, t.cases, t.days, t.stars, t.rated) for t in report.types]


def missed_lines(report: Monthly) -> list[tuple[Value, ...]]:
    """Every deadline that was not kept."""
    return [
        (m.rule, m.ref, m.customer, m.owner, _moment(m.due_at), _moment(m.met_at) if m.met_at else "尚未办理")
        for m in report.missed
    ]


def _moment(at: datetime) -> str:
    return moment_words(at.astimezone(SHANGHAI))


def monthly_csv(report: Monthly) -> bytes:
    """All tables one below the other, each with its name and head."""
    lines: list[Sequence[Value]] = [("月份", report.month), ("工作日", report.working_days), ()]
    tables = (
        ("按时率", RATE_COLUMNS, rate_lines(report)),
        ("工程师", ENGINEER_COLUMNS, engineer_lines(report)),
        ("客户", CUSTOMER_COLUMNS, customer_lines(report)),
        ("支持类型", TYPE_COLUMNS, type_lines(report)),
        ("逾期明细", MISSED_COLUMNS, missed_lines(report)),
    )
    for name, columns, rows in tables:
        lines += [(name,), tuple(column for column, _, _ in columns), *rows, ()]
    return make_csv(lines)


def monthly_json(report: Monthly) -> dict[str, Any]:
    """The same as JSON values; shares are 0–1, moments ISO 8601 with offset."""
    return {
        "month": report.month,
        "working_days": report.working_days,
        "counts": dict(report.counts),
        "rates": [
            {
                "rule": r.rule, "name": r.name, "on_time": r.on_time, "silent": r.silent, "late": r.late,
                "waiting": r.waiting, "all": r.all, "share": _number(r.share),
            }
            for r in report.rates
        ],
        "engineers": [
            {
                "name": e.name, "cases": e.cases, "hours": float(e.hours), "estimate": float(e.estimate),
                "days": float(e.days), "use": float(e.use), "stars": _number(e.stars), "rated": e.rated,
            }
            for e in report.engineers
        ],
        "customers": [
            {
                "name": c.name, "requests": c.requests, "cases": c.cases, "hours": float(c.hours),
                "days": float(c.days), "stars": _number(c.stars), "rated": c.rated,
            }
            for c in report.customers
        ],
        "types": [
            {
                "name": t.name, "requests": t.requests, "cases": t.cases, "days": float(t.days),
                "stars": _number(t.stars), "rated": t.rated,
            }
            for t in report.types
        ],
        "missed": [
            {
                "rule": m.rule, "ref": m.ref, "customer": m.customer, "owner": m.owner,
                "due": m.due_at.astimezone(SHANGHAI).isoformat(),
                "met": m.met_at.astimezone(SHANGHAI).isoformat() if m.met_at else None,
            }
            for m in report.missed
        ],
        "stars": _number(report.stars),
        "rated": report.rated,
    }  # fmt: skip


def _number(value: Decimal | None) -> float | None:
    return float(value) if value is not None else None
