"""技术周报 as a workbook to be printed and signed: one engineer's, or the company's (R28)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from bot.papers.cells import Look, Value, lines_needed, put, put_across
from bot.papers.page import A4_LANDSCAPE, dress_page, finish
from bot.rules.reports.coefficients import count_days
from bot.rules.reports.report import ASSUMED, ReportRow, Sheet
from bot.rules.times.hours import day_words
from bot.rules.times.weeks import parse_week

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

COLUMNS: tuple[tuple[str, float], ...] = (
    ("日期", 11),
    ("客户", 13),
    ("项目", 16),
    ("销售", 8),
    ("支持类型", 10),
    ("工作内容", 34),
    ("方式/地点", 12),
    ("起止时间", 13),
    ("实际工时", 8),
    ("预估工作量", 8),
    ("系数", 7),
    ("核算工作量", 8),
    ("服务单号", 14),
    ("完成状态", 13),
)
"""R28's columns with their width in half-width characters."""
LAST = len(COLUMNS)
HEAD_ROW = 4
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_TITLE = Look(bold=True, size=16, across="center", border=False)
_HEAD = Look(bold=True, across="center", fill="DCE6F1")
_SECTION = Look(bold=True, size=10, fill="EEF1F5")
_PLAIN, _MIDDLE, _NOTE = Look(), Look(across="center"), Look(size=8, border=False, colour="5C6573")
_HOURS, _DAYS = Look(across="right", form="0.0##"), Look(across="right", form="0.00#")
_TOTAL, _TOTAL_HOURS = (
    Look(bold=True, across="center", fill="F3F6FB"),
    Look(bold=True, across="right", form="0.0##", fill="F3F6FB"),
)
_TOTAL_DAYS = Look(bold=True, across="right", form="0.00#", fill="F3F6FB")
_DATE = Look(across="center", form="yyyy-mm-dd")
_LINE = 13.5  # points a line of text takes


def row_values(row: ReportRow) -> tuple[Value, ...]:
    """A line of the report in R28's order."""
    return (
        row.day, row.customer, row.project, row.sales, row.support_type, row.content, row.where, row.times,
        row.hours, row.estimate, row.factor, row.days, row.ref, row.state,
    )  # fmt: skip


def make_workbook(sheets: Sequence[Sheet], company: str, now: datetime) -> bytes:
    """The .xlsx of one engineer's report; of several, with the company's overview first."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    if len(sheets) != 1:
        _overview(book.create_sheet("公司汇总"), sheets, company)
    taken: set[str] = set()
    for sheet in sheets:
        _engineer_page(book.create_sheet(_free_title(sheet.name, taken)), sheet, company)
    out = BytesIO()
    ref = sheets[0].ref if len(sheets) == 1 else ""
    finish(book, "技术周报", company, now, ref)
    book.save(out)
    return out.getvalue()


def _free_title(name: str, taken: set[str]) -> str:
    """A sheet's name: none of the characters Excel forbids, 31 at most, each once."""
    base = "".join(c for c in name if c not in "[]:*?/\\'")[:27] or "工程师"
    title, number = base, 1
    while title.casefold() in taken:
        number += 1
        title = f"{base}_{number}"
    taken.add(title.casefold())
    return title


def _engineer_page(page: "Worksheet", sheet: Sheet, company: str) -> None:
    dress_page(page, A4_LANDSCAPE, [width for _, width in COLUMNS], HEAD_ROW)
    put_across(page, 1, (1, LAST), f"{company} 技术周报".strip(), _TITLE)
    page.row_dimensions[1].height = 30
    _head_lines(page, sheet)
    for column, (name, _) in enumerate(COLUMNS, 1):
        put(page, HEAD_ROW, column, name, _HEAD)
    page.row_dimensions[HEAD_ROW].height = 2 * _LINE
    row = HEAD_ROW
    for row, line in enumerate(sheet.rows, HEAD_ROW + 1):
        _table_row(page, row, line)
    row = _total(page, row + 1, sheet)
    row = _plan(page, row + 1, sheet)
    row = _problems(page, row, sheet)
    _signatures(page, row, sheet)


def _head_lines(page: "Worksheet", sheet: Sheet) -> None:
    plain, right = Look(size=10, border=False), Look(size=10, border=False, across="right")
    week = parse_week(sheet.week)
    put_across(page, 2, (1, 3), f"工程师：{sheet.name}", Look(size=10, border=False, bold=True))
    put_across(page, 2, (4, 8), f"周次：{sheet.week}（{_span(week.first, week.last)}）", plain)
    put_across(page, 2, (9, 12), f"编制日期：{sheet.made_on.isoformat() if sheet.made_on else ''}", plain)
    put_across(page, 2, (13, LAST), f"编号：{sheet.ref or '草稿'}", right)
    page.row_dimensions[2].height = 20
    page.row_dimensions[3].height = 4


def _span(first: date, last: date) -> str:
    year = f"{first.year}年" if first.year != last.year else ""
    return f"{year}{first.month}月{first.day}日—{f'{last.year}年' if year else ''}{last.month}月{last.day}日"


def _table_row(page: "Worksheet", number: int, row: ReportRow) -> None:
    assumed = row.times == ASSUMED
    looks = [
        _DATE,
        _PLAIN,
        _PLAIN,
        _MIDDLE,
        _MIDDLE,
        _PLAIN,
        _PLAIN,
        _MIDDLE,
        _HOURS,
        _DAYS,
        _DAYS,
        _DAYS,
        _MIDDLE,
        _MIDDLE,
    ]
    looks[7:9] = [_with_italics(_MIDDLE), _with_italics(_HOURS)] if assumed else looks[7:9]
    for column, (value, look) in enumerate(zip(row_values(row), looks, strict=True), 1):
        put(page, number, column, value, look)
    _fit_height(page, number, row_values(row), [width for _, width in COLUMNS])


def _with_italics(look: Look) -> Look:
    return Look(across=look.across, form=look.form, italic=True, colour="B45309")


def _fit_height(page: "Worksheet", number: int, values: Iterable[Value], widths: Iterable[float]) -> None:
    lines = [lines_needed(v, w) for v, w in zip(values, widths, strict=True) if isinstance(v, str)]
    page.row_dimensions[number].height = max(18.0, _LINE * max(lines, default=1) + 4)


def _total(page: "Worksheet", number: int, sheet: Sheet) -> int:
    put_across(page, number, (1, 8), "合计", _TOTAL)
    put(page, number, 9, sheet.hours, _TOTAL_HOURS)
    put(page, number, 10, sheet.estimate, _TOTAL_DAYS)
    put(page, number, 11, "", _TOTAL)
    put(page, number, 12, sheet.days, _TOTAL_DAYS)
    put_across(page, number, (13, LAST), "", _TOTAL)
    page.row_dimensions[number].height = 20
    note = "单位：工时为小时，工作量为人天（8 小时为 1 人天）；核算工作量＝工时÷8×系数。"
    if any(row.times == ASSUMED for row in sheet.rows):
        note += f"起止时间栏为“{ASSUMED}”的，工程师没有写明工时，按确认的日期和预估工作量计。"
    if any(abs(row.days - count_days(row.hours, row.factor)) > Decimal("0.0005") for row in sheet.rows):
        note += "核算工作量与算式不同的，是总监另行核定的。"
    put_across(page, number + 1, (1, LAST), note, _NOTE)
    return number + 1


_PLAN_COLUMNS = (
    ("日期", 1, 2),
    ("客户", 3, 4),
    ("项目", 5, 6),
    ("内容", 7, 10),
    ("方式/地点", 11, 12),
    ("服务单号", 13, 14),
)


def _plan(page: "Worksheet", number: int, sheet: Sheet) -> int:
    page.row_dimensions[number].height = 20
    put_across(page, number, (1, LAST), "下周计划", _SECTION)
    if not sheet.plan:
        put_across(page, number + 1, (1, LAST), "无已确认的支持。", _PLAIN)
        return number + 2
    for name, first, last in _PLAN_COLUMNS:
        put_across(page, number + 1, (first, last), name, _HEAD)
    number += 1
    widths = [sum(w for _, w in COLUMNS[first - 1 : last]) for _, first, last in _PLAN_COLUMNS]
    for plan in sheet.plan:
        number += 1
        values = (plan.when, plan.customer, plan.project, plan.content, plan.where, plan.ref)
        for value, (_, first, last) in zip(values, _PLAN_COLUMNS, strict=True):
            put_across(page, number, (first, last), value, _PLAIN)
        _fit_height(page, number, values, widths)
    return number + 1


def _problems(page: "Worksheet", number: int, sheet: Sheet) -> int:
    page.row_dimensions[number].height = 20
    put_across(page, number, (1, LAST), "存在问题", _SECTION)
    width = sum(w for _, w in COLUMNS)
    for line in sheet.problems or ("无。",):
        number += 1
        put_across(page, number, (1, LAST), line, _PLAIN)
        _fit_height(page, number, (line,), (width,))
    return number + 1


def _signatures(page: "Worksheet", number: int, sheet: Sheet) -> None:
    page.row_dimensions[number].height = 10
    line = Look(size=11, border=False)
    put_across(page, number + 1, (1, 6), "工程师签字：____________________    日期：______________", line)
    signed = "技术总监签字：__________________    日期：______________"
    if sheet.signed_by and sheet.signed_on:
        signed = f"技术总监签字：{sheet.signed_by}（邮件签字）    日期：{day_words(sheet.signed_on)}"
    put_across(page, number + 1, (7, LAST), signed, line)
    page.row_dimensions[number + 1].height = 36


_OVERVIEW: tuple[tuple[str, float], ...] = (
    ("工程师", 14), ("编号", 20), ("支持次数", 10), ("实际工时", 12), ("预估工作量", 12), ("核算工作量", 12),
    ("下周计划", 10), ("存在问题", 10), ("签字", 30),
)  # fmt: skip


def _overview(page: "Worksheet", sheets: Sequence[Sheet], company: str) -> None:
    dress_page(page, A4_LANDSCAPE, [width for _, width in _OVERVIEW], HEAD_ROW)
    put_across(page, 1, (1, len(_OVERVIEW)), f"{company} 技术周报汇总".strip(), _TITLE)
    page.row_dimensions[1].height = 30
    if sheets:
        week = parse_week(sheets[0].week)
        words = f"周次：{week}（{_span(week.first, week.last)}）"
        put_across(page, 2, (1, len(_OVERVIEW)), words, Look(size=10, border=False))
    page.row_dimensions[3].height = 4
    for column, (name, _) in enumerate(_OVERVIEW, 1):
        put(page, HEAD_ROW, column, name, _HEAD)
    for number, sheet in enumerate(sheets, HEAD_ROW + 1):
        _overview_row(page, number, sheet)
    _overview_total(page, HEAD_ROW + 1 + len(sheets), sheets)


def _overview_row(page: "Worksheet", number: int, sheet: Sheet) -> None:
    signed = f"{sheet.signed_by} {sheet.signed_on}" if sheet.signed_by else ("待签字" if sheet.ref else "草稿")
    cases = len({row.case_id for row in sheet.rows})
    values: tuple[Value, ...] = (
        sheet.name, sheet.ref or "—", cases, sheet.hours, sheet.estimate, sheet.days, len(sheet.plan),
        len(sheet.problems), signed,
    )  # fmt: skip
    looks = (_PLAIN, _MIDDLE, _MIDDLE, _HOURS, _DAYS, _DAYS, _MIDDLE, _MIDDLE, _PLAIN)
    for column, (value, look) in enumerate(zip(values, looks, strict=True), 1):
        put(page, number, column, value, look)
    page.row_dimensions[number].height = 20


def _overview_total(page: "Worksheet", number: int, sheets: Sequence[Sheet]) -> None:
    cases = len({row.case_id for sheet in sheets for row in sheet.rows})
    put_across(page, number, (1, 2), "合计", _TOTAL)
    put(page, number, 3, cases, _TOTAL)
    put(page, number, 4, sum((s.hours for s in sheets), Decimal(0)), _TOTAL_HOURS)
    put(page, number, 5, sum((s.estimate for s in sheets), Decimal(0)), _TOTAL_DAYS)
    put(page, number, 6, sum((s.days for s in sheets), Decimal(0)), _TOTAL_DAYS)
    put_across(page, number, (7, len(_OVERVIEW)), "", _TOTAL)
    page.row_dimensions[number].height = 20


def file_name(sheets: Sequence[Sheet], week: str, ending: str = "xlsx") -> str:
    """`技术周报_2026-W38_李明.xlsx`; 公司 for all engineers'."""
    who = sheets[0].name if len(sheets) == 1 else "公司"
    return f"技术周报_{week}_{who}.{ending}"
