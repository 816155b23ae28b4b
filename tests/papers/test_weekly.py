"""R28: the workbook a person signs: columns, figures, page, and nothing in it that becomes a formula."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from bot.papers.cells import clean_text, csv_text, lines_needed
from bot.papers.tables import weekly_csv, weekly_json
from bot.papers.weekly import file_name, make_workbook
from bot.rules.reports.report import Sheet
from tests.papers.sheets import NOW, SHEET, D, a_row

R28 = [
    "日期", "客户", "项目", "销售", "支持类型", "工作内容", "方式/地点", "起止时间", "实际工时", "预估工作量", "系数",
    "核算工作量", "服务单号", "完成状态",
]  # fmt: skip
EVIL = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x")', "#N/A", "\t=1", "TRUE", "{=1}"]


def book_of(*sheets: Sheet, company: str = "测试公司") -> Any:
    return load_workbook(BytesIO(make_workbook(sheets, company, NOW)))


def texts(page: Any) -> list[str]:
    return [str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None]


def test_R28_columns_and_lines_are_the_rulebooks() -> None:
    page = book_of(SHEET).worksheets[0]
    assert [cell.value for cell in page[4]] == R28
    first = [cell.value for cell in page[5]]
    assert first.pop(0).date() == date(2026, 9, 14)
    assert first == [
        "欧莱雅", "CITRIX 安装", "张国华", "安装实施", "安装两台服务器", "现场", "09:00–17:30",
        7.5, 1, 1, 0.938, "ZC2026-0001", "已归档",
    ]  # fmt: skip
    assert [page.cell(8, column).value for column in (1, 9, 10, 12)] == ["合计", 19.5, 2, 2.538]


def test_R28_head_plan_problems_and_signatures_are_there() -> None:
    said = " ".join(texts(book_of(SHEET).worksheets[0]))
    for words in (
        "测试公司 技术周报", "工程师：李明", "2026-W38（9月14日—9月20日）", "ZB2026-W38-01", "2026-09-18", "下周计划",
        "AD升级", "存在问题", "多两台服务器", "工程师签字：___", "技术总监签字：___", "没有写明工时",
    ):  # fmt: skip
        assert words in said, words


def test_R28_over_the_year_end_both_years_are_named() -> None:
    said = " ".join(texts(book_of(replace(SHEET, week="2026-W53")).worksheets[0]))
    assert "2026-W53（2026年12月28日—2027年1月3日）" in said


def test_R28_a_signed_report_names_who_signed_by_mail() -> None:
    signed = replace(SHEET, signed_by="陈总", signed_on=date(2026, 9, 21))
    assert "技术总监签字：陈总（邮件签字）    日期：9月21日（周一）" in texts(book_of(signed).worksheets[0])


def test_R27_a_figure_of_the_directors_own_is_said_to_be_one() -> None:
    own = replace(SHEET, rows=(a_row(1, 14, days=D("2.5")),))
    note = "核算工作量与算式不同的，是总监另行核定的。"
    assert [any(note in text for text in texts(book_of(s).worksheets[0])) for s in (SHEET, own)] == [False, True]


def test_an_empty_report_and_a_draft_say_so() -> None:
    said = " ".join(texts(book_of(Sheet("2026-W38", "li@demo.cn", "李明")).worksheets[0]))
    assert all(words in said for words in ("编号：草稿", "无已确认的支持。", "无。"))


def test_R28_the_page_is_ready_to_print() -> None:
    page = book_of(SHEET).worksheets[0]
    assert (page.page_setup.orientation, int(page.page_setup.paperSize)) == ("landscape", 9)
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.freeze_panes, page.print_title_rows) == ("A5", "$4:$4")
    assert page["A5"].number_format == "yyyy-mm-dd"
    assert page["F5"].alignment.wrap_text
    assert all(page.cell(5, column).border.left.style == "thin" for column in range(1, 15))


@pytest.mark.parametrize("evil", EVIL)
def test_no_cell_becomes_a_formula(evil: str) -> None:
    row = a_row(1, 14, customer=evil, project=evil, content=evil, sales=evil, support_type=evil, where=evil)
    raw = make_workbook([replace(SHEET, rows=(row,), name=evil, problems=(evil,))], evil, NOW)
    with ZipFile(BytesIO(raw)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml
    assert "<f " not in xml
    page = load_workbook(BytesIO(raw)).worksheets[0]
    cell = page["B5"]
    assert (cell.value, cell.data_type) == (evil, "s")
    assert bool(cell.quotePrefix) is evil.startswith(("=", "+", "-", "@", "\t"))


def test_control_and_direction_characters_are_gone() -> None:
    row = a_row(1, 14, content="a\x00b\x0bc\u202ed\ud800e\r\nf" + "长" * 40_000)
    value = book_of(replace(SHEET, rows=(row,))).worksheets[0]["F5"].value
    assert value.startswith("abcde\nf长")
    assert len(value) == 32_000
    assert clean_text("") == ""


def test_the_company_gets_an_overview_and_a_page_for_each() -> None:
    other = replace(
        SHEET, name="李明", engineer="li2@demo.cn", ref="ZB2026-W38-02", rows=SHEET.rows[:1], signed_by="陈总"
    )
    slash = replace(SHEET, name="王/强*", ref="", rows=())
    book = book_of(SHEET, other, slash)
    assert book.sheetnames == ["公司汇总", "李明", "李明_2", "王强"]
    page = book["公司汇总"]
    assert [page.cell(5, n).value for n in range(1, 7)] == ["李明", "ZB2026-W38-01", 2, 19.5, 2, 2.538]
    assert [page.cell(8, n).value for n in (1, 3, 4, 6)] == ["合计", 2, 27, 3.476]
    assert [page.cell(n, 9).value for n in (5, 7)] == ["待签字", "草稿"]


def test_file_names() -> None:
    assert file_name([SHEET], "2026-W38") == "技术周报_2026-W38_李明.xlsx"
    assert file_name([SHEET, SHEET], "2026-W38", "csv") == "技术周报_2026-W38_公司.csv"


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("=1+1", "'=1+1"),
        (" -1", "' -1"),
        ("@x", "'@x"),
        ("+1", "'+1"),
        ("\t=1", "'\t=1"),
        ("欧莱雅", "欧莱雅"),
        ("", ""),
    ],
)
def test_csv_fields_are_no_formulas(text: str, field: str) -> None:
    assert csv_text(text) == field


def test_R28_csv_has_the_columns_and_excel_knows_its_letters() -> None:
    raw = weekly_csv([replace(SHEET, rows=(a_row(1, 14, content='说"好",\n=1'),))], company=True)
    assert raw.startswith(b"\xef\xbb\xbf")
    head, line = raw.decode("utf-8-sig").split("\r\n", 1)
    assert head.split(",") == ["工程师", *R28]
    assert line.startswith("李明,2026-09-14,欧莱雅,")
    assert '"说""好"",\n=1"' in line
    assert weekly_csv([SHEET], company=False).decode("utf-8-sig").split("\r\n")[0].split(",") == R28


def test_json_is_numbers_and_iso_days() -> None:
    found = weekly_json("2026-W38", [SHEET])
    assert (found["from"], found["to"], found["hours"], found["days"]) == ("2026-09-14", "2026-09-20", 19.5, 2.538)
    (engineer,) = found["engineers"]
    assert (engineer["state"], engineer["ref"]) == ("open", "ZB2026-W38-01")
    assert [(row["assumed"], row["times"]) for row in engineer["rows"]][:2] == [(False, "09:00–17:30"), (True, "")]


def test_a_cell_is_as_high_as_its_text() -> None:
    assert [lines_needed(t, 10) for t in ("", "一二三四", "一二三四五六七八九十", "a\nb")] == [1, 1, 2, 2]
