"""R36: the monthly workbook with real charts; empty months too."""

from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from bot.papers.monthly import make_monthly_book
from bot.rules.reports.month import Monthly
from tests.papers.months import EMPTY, MONTH
from tests.papers.sheets import NOW


def book_of(report: Monthly) -> Any:
    return load_workbook(BytesIO(make_monthly_book(report, "测试公司", NOW)))


def cells(page: Any, row: int) -> list[object]:
    return [cell.value for cell in page[row]]


def test_R36_the_rates_stand_there_with_a_chart() -> None:
    page = book_of(MONTH)["概览"]
    assert page["A1"].value == "测试公司 技术支持月报 2026-09"
    assert cells(page, 5) == ["R8", "总监确认申请", 9, 0, 1, 0, 10, 0.9]
    assert cells(page, 6) == ["R23", "销售验收", 5, 3, 0, 0, 8, 0.625]
    assert (page["H5"].number_format, page["H7"].value) == ("0.0%", None)
    (chart,) = page._charts
    assert [str(series.val.numRef.f) for series in chart.series] == [f"'概览'!${c}$5:${c}$7" for c in "CDEF"]
    assert str(chart.series[0].cat.numRef.f) == "'概览'!$B$5:$B$7"


def test_R36_R39_engineers_customers_and_types_have_theirs() -> None:
    book = book_of(MONTH)
    assert cells(book["工程师"], 5) == ["李明", 4, 29.5, 4, 3.688, 0.168, 4.5, 2]
    assert cells(book["客户"], 5) == ["=欧莱雅", 2, 3, 30, 3.75, 4.5, 2]
    assert cells(book["支持类型"], 5) == ["安装实施", 3, 4, 4.75, 4.5, 2]
    assert [len(book[name]._charts) for name in ("工程师", "客户", "支持类型", "逾期明细")] == [1, 1, 1, 0]
    assert (book["客户"]["A5"].data_type, book["客户"]["A5"].quotePrefix) == ("s", True)


def test_R36_what_was_missed_is_listed() -> None:
    page = book_of(MONTH)["逾期明细"]
    assert cells(page, 5)[1:] == ["ZC2026-0003", "=1+1", "陈总", "9月18日（周五）16:00", "9月18日（周五）17:00"]
    assert cells(page, 6)[5] == "尚未办理"


def test_an_empty_month_is_a_workbook_too() -> None:
    book = book_of(EMPTY)
    assert [book[name]["A5"].value for name in book.sheetnames] == ["无"] * 5
