"""The weekly report as CSV and as JSON values, for other programs (R28, R36)."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

from bot.papers.cells import Value, csv_text
from bot.papers.weekly import COLUMNS, row_values
from bot.rules.reports.report import ASSUMED, Sheet
from bot.rules.times.weeks import parse_week

ENGINEER = "工程师"


def weekly_csv(sheets: Sequence[Sheet], *, company: bool) -> bytes:
    """R28's columns; the company's file begins with the engineer. UTF-8 with the mark by which Excel knows it."""
    head = [name for name, _ in COLUMNS]
    lines: list[list[Value]] = [[ENGINEER, *head] if company else [*head]]
    for sheet in sheets:
        for row in sheet.rows:
            values = list(row_values(row))
            lines.append([sheet.name, *values] if company else values)
    return make_csv(lines)


def make_csv(lines: Iterable[Iterable[Value]]) -> bytes:
    """Lines of values; text that Excel would take for a formula is quoted."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([[_field(value) for value in line] for line in lines])
    return out.getvalue().encode("utf-8-sig")


def _field(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return csv_text(value)
    return f"{value:f}" if isinstance(value, Decimal) else value.isoformat() if isinstance(value, date) else str(value)


def weekly_json(week: str, sheets: Sequence[Sheet]) -> dict[str, Any]:
    """The same as JSON values: numbers are numbers, days ISO dates."""
    span = parse_week(week)
    return {
        "week": week,
        "from": span.first.isoformat(),
        "to": span.last.isoformat(),
        "engineers": [_sheet_json(sheet) for sheet in sheets],
        "hours": float(sum((s.hours for s in sheets), Decimal(0))),
        "days": float(sum((s.days for s in sheets), Decimal(0))),
    }


def _sheet_json(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "address": sheet.engineer,
        "ref": sheet.ref or None,
        "state": "signed" if sheet.signed_by else "open" if sheet.ref else "draft",
        "signed_by": sheet.signed_by or None,
        "signed_on": sheet.signed_on.isoformat() if sheet.signed_on else None,
        "hours": float(sheet.hours),
        "estimate": float(sheet.estimate),
        "days": float(sheet.days),
        "rows": [
            {
                "date": row.day.isoformat(),
                "customer": row.customer,
                "project": row.project,
                "sales": row.sales,
                "type": row.support_type,
                "content": row.content,
                "where": row.where,
                "times": "" if row.times == ASSUMED else row.times,
                "assumed": row.times == ASSUMED,
                "hours": float(row.hours),
                "estimate": float(row.estimate) if row.estimate is not None else None,
                "factor": float(row.factor),
                "days": float(row.days),
                "ref": row.ref,
                "state": row.state,
            }
            for row in sheet.rows
        ],
        "plan": [
            {"when": p.when, "ref": p.ref, "customer": p.customer, "project": p.project, "content": p.content}
            for p in sheet.plan
        ],
        "problems": list(sheet.problems),
    }
