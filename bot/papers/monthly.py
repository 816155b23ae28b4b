"""The monthly report as a workbook with charts that Excel draws from its cells, as CSV, as JSON values (R36, R39)."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from bot.papers.cells import Look, Value, put, put_across
from bot.papers.page import A4_PORTRAIT, dress_page, finish
from bot.papers.tables import make_csv
from bot.rules.reports.month import Monthly
from bot.rules.times.hours import SHANGHAI, moment_words

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_TITLE = Look(bold=True, size=16, across="center", border=False)
_NOTE = Look(size=9, border=False, colour="5C6573")
_HEAD = Look(bold=True, across="center", fill="DCE6F1")
_TEXT, _COUNT = Look(), Look(across="right")
_HOURS, _DAYS, _SHARE = (
    Look(across="right", form="0.0##"),
    Look(across="right", form="0.00#"),
    Look(across="right", form="0.0%"),
)
_STARS = Look(across="right", form="0.0")
_COLOURS = ("1A7F4B", "5C6573", "B45309", "B42318")  # in time, silent, late, waiting
HEAD_ROW = 4

Column = tuple[str, float, Look]


def make_monthly_book(report: Monthly, company: str, now: datetime) -> bytes:
    """The .xlsx: overview with the rates, engineers, customers, kinds of support, and every deadline missed."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    _overview(book.create_sheet("概览"), report, company)
    _engineers(book.create_sheet("工程师"), report, company)
    _customers(book.create_sheet("客户"), report, company)
    _types(book.create_sheet("支持类型"), report, company)
    _missed(book.create_sheet("逾期明细"), report, company)
    finish(book, f"技术支持月报 {report.month}", company, now)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


RATE_COLUMNS: tuple[Column, ...] = (
    ("规则", 8, _COUNT), ("事项", 20, _TEXT), ("按时", 9, _COUNT), ("视为完成", 10, _COUNT), ("逾期完成", 10, _COUNT),
    ("逾期未办", 10, _COUNT), ("合计", 9, _COUNT), ("按时率", 10, _SHARE),
)  # fmt: skip
ENGINEER_COLUMNS: tuple[Column, ...] = (
    ("工程师", 14, _TEXT), ("支持次数", 10, _COUNT), ("实际工时", 11, _HOURS), ("预估工作量", 12, _DAYS),
    ("核算工作量", 12, _DAYS), ("负荷率", 10, _SHARE), ("平均评分", 10, _STARS), ("评分次数", 10, _COUNT),
)  # fmt: skip
CUSTOMER_COLUMNS: tuple[Column, ...] = (
    ("客户", 28, _TEXT), ("新申请", 9, _COUNT), ("支持次数", 10, _COUNT), ("实际工时", 11, _HOURS),
    ("核算工作量", 12, _DAYS), ("平均评分", 10, _STARS), ("评分次数", 10, _COUNT),
)  # fmt: skip
TYPE_COLUMNS: tuple[Column, ...] = (
    ("支持类型", 20, _TEXT), ("新申请", 9, _COUNT), ("支持次数", 10, _COUNT), ("核算工作量", 12, _DAYS),
    ("平均评分", 10, _STARS), ("评分次数", 10, _COUNT),
)  # fmt: skip
MISSED_COLUMNS: tuple[Column, ...] = (
    ("规则", 8, _COUNT), ("编号", 16, _TEXT), ("客户", 24, _TEXT), ("应办人", 12, _TEXT), ("期限", 24, _TEXT),
    ("办理时间", 24, _TEXT),
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


def _begin(
    page: "Worksheet", title: str, note: str, columns: Sequence[Column], lines: Sequence[Sequence[Value]]
) -> int:
    """Title, note and a table; the number of its last row."""
    dress_page(page, A4_PORTRAIT, [width for _, width, _ in columns], HEAD_ROW)
    last = len(columns)
    put_across(page, 1, (1, last), title, _TITLE)
    page.row_dimensions[1].height = 30
    put_across(page, 2, (1, last), note, _NOTE)
    page.row_dimensions[2].height = 28
    page.row_dimensions[3].height = 4
    return _table(page, HEAD_ROW, columns, lines)


def _table(page: "Worksheet", row: int, columns: Sequence[Column], lines: Sequence[Sequence[Value]]) -> int:
    for number, (name, _, _) in enumerate(columns, 1):
        put(page, row, number, name, _HEAD)
    page.row_dimensions[row].height = 20
    for line in lines or [("无",)]:
        row += 1
        for number, (_, _, look) in enumerate(columns, 1):
            value = line[number - 1] if number <= len(line) else None
            put(page, row, number, value, look if not isinstance(value, str) else _TEXT)
        page.row_dimensions[row].height = 18
    return row


def _overview(page: "Worksheet", report: Monthly, company: str) -> None:
    note = (
        "按时率＝按时÷合计，按期限所在的月份计；来信以服务器收到的时间为准。"
        "R23 到期未答复按规定视为完成，单列，不算按时答复。"
    )
    last = _begin(page, f"{company} 技术支持月报 {report.month}".strip(), note, RATE_COLUMNS, rate_lines(report))
    row = last + 2
    put_across(page, row, (1, 8), _sums(report), Look(size=10, border=False))
    page.row_dimensions[row].height = 34
    for place, (label, number) in enumerate(report.counts):
        line, column = row + 1 + 2 * (place // 8), 1 + place % 8
        put(page, line, column, label, Look(across="center", fill="F3F6FB", size=8))
        put(page, line + 1, column, number, Look(across="center", bold=True))
    if report.rates:
        _stacked(page, f"A{row + 6}", "各规则的期限", HEAD_ROW, last)


def _sums(report: Monthly) -> str:
    hours = sum((e.hours for e in report.engineers), Decimal(0))
    days = sum((e.days for e in report.engineers), Decimal(0))
    stars = f"，评分 {report.rated} 次，平均 {report.stars} 分" if report.stars is not None else "，尚无评分"
    return (
        f"{report.month} 共 {report.working_days} 个工作日；实际工时 {hours} 小时，核算工作量 {days} 人天{stars}。"
        "本月各项次数："
    )


def _engineers(page: "Worksheet", report: Monthly, company: str) -> None:
    note = "负荷率＝实际工时÷（工作日×8 小时）。已签字的周报按签字的数字，其余按目前的记录。"
    title = f"{company} 工程师负荷 {report.month}".strip()
    last = _begin(page, title, note, ENGINEER_COLUMNS, engineer_lines(report))
    if report.engineers:
        _bars(page, f"A{last + 2}", "预估与核算工作量（人天）", (HEAD_ROW, last), (4, 5), "人天")


def _customers(page: "Worksheet", report: Monthly, company: str) -> None:
    title = f"{company} 客户 {report.month}".strip()
    last = _begin(page, title, "按核算工作量从多到少。", CUSTOMER_COLUMNS, customer_lines(report))
    if report.customers:
        _bars(
            page, f"A{last + 2}", "核算工作量（人天）", (HEAD_ROW, min(last, HEAD_ROW + 15)), (5,), "人天", lying=True
        )


def _types(page: "Worksheet", report: Monthly, company: str) -> None:
    title = f"{company} 支持类型 {report.month}".strip()
    last = _begin(page, title, "申请里写明的支持类型。", TYPE_COLUMNS, type_lines(report))
    if report.types:
        _bars(page, f"A{last + 2}", "核算工作量（人天）", (HEAD_ROW, last), (4,), "人天")


def _missed(page: "Worksheet", report: Monthly, company: str) -> None:
    title = f"{company} 逾期明细 {report.month}".strip()
    _begin(page, title, "期限在本月而没有按时办理的事项。", MISSED_COLUMNS, missed_lines(report))


def _stacked(page: "Worksheet", anchor: str, title: str, head: int, last: int) -> None:
    """The rates as stacked bars: in time, silent, late, waiting."""
    from openpyxl.chart import BarChart, Reference

    chart = BarChart()
    chart.type, chart.grouping, chart.overlap = "bar", "percentStacked", 100
    chart.title, chart.height, chart.width = title, 8.5, 22
    chart.add_data(Reference(page, min_col=3, max_col=6, min_row=head, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(page, min_col=2, min_row=head + 1, max_row=last))
    chart.y_axis.number_format, chart.x_axis.scaling.orientation = "0%", "maxMin"
    _finish_chart(chart, _COLOURS)
    page.add_chart(chart, anchor)


def _bars(
    page: "Worksheet",
    anchor: str,
    title: str,
    rows: tuple[int, int],
    columns: tuple[int, ...],
    unit: str,
    *,
    lying: bool = False,
) -> None:
    from openpyxl.chart import BarChart, Reference

    head, last = rows
    chart = BarChart()
    chart.type = "bar" if lying else "col"
    chart.title, chart.height = title, max(8.0, 0.7 * (last - head) + 4) if lying else 8.5
    chart.width = 22
    for column in columns:
        chart.add_data(Reference(page, min_col=column, min_row=head, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(page, min_col=1, min_row=head + 1, max_row=last))
    chart.y_axis.title, chart.gapWidth = unit, 60
    if lying:
        chart.x_axis.scaling.orientation = "maxMin"
    if len(columns) == 1:
        chart.legend = None
    _finish_chart(chart, ("1F5FBF", "1A7F4B"))
    page.add_chart(chart, anchor)


def _finish_chart(chart: Any, colours: Sequence[str]) -> None:
    """Axes shown (newer programs hide them unless told), colours that stay apart in print."""
    chart.x_axis.delete = chart.y_axis.delete = False
    if chart.legend is not None:
        chart.legend.position = "b"
    for series, colour in zip(chart.series, colours, strict=False):
        series.graphicalProperties.solidFill = colour
        series.graphicalProperties.line.solidFill = colour


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
