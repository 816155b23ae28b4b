"""The monthly report as a workbook: a sheet for each table, with its charts (R36, R39)."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from bot.papers.cells import Look, Value, put, put_across
from bot.papers.monthly_charts import add_bars, add_shares
from bot.papers.monthly_tables import (
    CUSTOMER_COLUMNS,
    ENGINEER_COLUMNS,
    MISSED_COLUMNS,
    RATE_COLUMNS,
    TEXT,
    TYPE_COLUMNS,
    Column,
    customer_lines,
    engineer_lines,
    missed_lines,
    rate_lines,
    type_lines,
)
from bot.papers.page import A4_PORTRAIT, dress_page, finish
from bot.rules.reports.month import Monthly

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_TITLE = Look(bold=True, size=16, across="center", border=False)
_NOTE = Look(size=9, border=False, colour="5C6573")
_HEAD = Look(bold=True, across="center", fill="DCE6F1")
HEAD_ROW = 4


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
            put(page, row, number, value, look if not isinstance(value, str) else TEXT)
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
        add_shares(page, f"A{row + 6}", "各规则的期限", HEAD_ROW, last)


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
        add_bars(page, f"A{last + 2}", "预估与核算工作量（人天）", (HEAD_ROW, last), (4, 5), "人天")


def _customers(page: "Worksheet", report: Monthly, company: str) -> None:
    title = f"{company} 客户 {report.month}".strip()
    last = _begin(page, title, "按核算工作量从多到少。", CUSTOMER_COLUMNS, customer_lines(report))
    if report.customers:
        add_bars(
            page, f"A{last + 2}", "核算工作量（人天）", (HEAD_ROW, min(last, HEAD_ROW + 15)), (5,), "人天", lying=True
        )


def _types(page: "Worksheet", report: Monthly, company: str) -> None:
    title = f"{company} 支持类型 {report.month}".strip()
    last = _begin(page, title, "申请里写明的支持类型。", TYPE_COLUMNS, type_lines(report))
    if report.types:
        add_bars(page, f"A{last + 2}", "核算工作量（人天）", (HEAD_ROW, last), (4,), "人天")


def _missed(page: "Worksheet", report: Monthly, company: str) -> None:
    title = f"{company} 逾期明细 {report.month}".strip()
    _begin(page, title, "期限在本月而没有按时办理的事项。", MISSED_COLUMNS, missed_lines(report))
