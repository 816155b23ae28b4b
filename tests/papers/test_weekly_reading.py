"""R28: what came back by mail is read as a report, or refused with its place; nothing in it is trusted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import load_workbook

from bot.papers.weekly import make_workbook
from bot.papers.weekly_reading import MOST_BYTES, read_books
from bot.rules.mail import Attachment
from bot.rules.reports.correcting import ReadBook, correct
from tests.papers.sheets import NOW, SHEET, a_row

D = Decimal
RAW = make_workbook([SHEET], "测试公司", NOW)


def file(content: bytes, name: str = "周报.xlsx") -> Attachment:
    return Attachment(name, "application/octet-stream", content, "")


def read(content: bytes, name: str = "周报.xlsx") -> ReadBook:
    (book,) = read_books([file(content, name)])
    return book


def changed(change: Callable[[Any], None], raw: bytes = RAW) -> ReadBook:
    book = load_workbook(BytesIO(raw))
    change(book.worksheets[0])
    out = BytesIO()
    book.save(out)
    return read(out.getvalue())


def test_R28_what_was_sent_comes_back_unchanged() -> None:
    book = read(RAW)
    assert (book.ref, book.problems) == ("ZB2026-W38-01", ())
    first = book.rows[0]
    assert (first.number, first.day, first.ref) == (5, date(2026, 9, 14), "ZC2026-0001")
    assert (first.hours, first.factor, first.days) == (D("7.5"), D(1), D("0.938"))
    made = correct(SHEET, book)
    assert (made.sheet, made.changes, made.problems) == (SHEET, (), ())


def test_R28_evil_words_survive_the_way_there_and_back() -> None:
    evil = replace(SHEET, rows=(a_row(1, 14, content="=1+1", customer="+cmd", project="@x"),))
    made = correct(evil, read(make_workbook([evil], "=公司", NOW)))
    assert (made.sheet, made.problems) == (evil, ())


def move_column(page: Any) -> None:
    page.move_range("I4:I8", cols=10)


def own_note(page: Any) -> None:
    page.insert_rows(1)
    page["P6"] = "总监备注"


def text_date(page: Any) -> None:
    page["A5"] = "2026年9月14日"


@pytest.mark.parametrize(
    "change",
    [
        move_column,
        own_note,
        text_date,
        lambda page: page.__setitem__("I5", "7.5小时"),
        lambda page: page.__setitem__("I4", "实际 工时"),
        lambda page: page.delete_cols(3),
    ],
)
def test_R28_harmless_changes_are_understood(change: Callable[[Any], None]) -> None:
    book = changed(change)
    assert book.problems == ()
    assert [row.hours for row in book.rows] == [D("7.5"), D(8), D(4)]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda page: page.delete_cols(9), "第4行表头里没有“实际工时”这一列"),
        (lambda page: page.__setitem__("L4", "天数"), "第4行表头里没有“核算工作量”这一列"),
        (lambda page: page.__setitem__("O4", "系数"), "第4行表头里有2个“系数”"),
        (lambda page: page.__setitem__("A6", "周二"), "第6行“日期”（周二）读不懂"),
        (lambda page: page.__setitem__("M6", None), "第6行没有“服务单号”"),
        (lambda page: page.__setitem__("I6", "八"), "第6行“实际工时”（八）不是数字"),
        (lambda page: page.__setitem__("I6", True), "第6行“实际工时”（True）不是数字"),
        (lambda page: page.__setitem__("I6", 1e300), "不是数字"),
        (lambda page: page.__setitem__("M2", "无"), "没有周报编号"),
        (lambda page: page.delete_rows(4), "找不到表头"),
    ],
)
def test_R28_what_is_wrong_is_named_with_its_place(change: Callable[[Any], None], told: str) -> None:
    book = changed(change)
    assert any(told in problem for problem in book.problems), book.problems


def test_a_formula_counts_as_the_number_stored_beside_it_and_without_one_it_is_empty() -> None:
    book = changed(lambda page: page.__setitem__("L5", "=I5/8"))
    assert book.rows[0].days is None
    assert "是空的" in correct(SHEET, book).problems[0]


def zipped(**parts: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    """The report with one of its parts exchanged."""
    out = BytesIO()
    with ZipFile(BytesIO(RAW)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, content if info.filename == name else old.read(info))
    return out.getvalue()


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'
PART = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "不是 .xlsx"),
        (b"%PDF-1.4", "不是 .xlsx"),
        (b"PK\x03\x04 broken", "打不开"),
        (RAW[: len(RAW) // 2], "打不开"),
        (zipped(a=b"x"), "打不开"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "旧的 .xls 格式或有密码"),
        (b"PK" + bytes(MOST_BYTES), "太大"),
        (zipped(**{f"p{n}": b"" for n in range(600)}), "内容过大或不正常"),
        (zipped(a=bytes(70_000_000)), "内容过大或不正常"),
        (with_part(PART, LAUGHS), "不允许的 XML"),
        (with_part(PART, OUTSIDE), "不允许的 XML"),
        (with_part(PART, OUTSIDE.decode().encode("utf-16")), "不允许的 XML"),
        (with_part(PART, b"<worksheet><sheetData><row"), "打不开"),
        (with_part("xl/workbook.xml", b"<x/>"), "没有周报编号"),
    ],
    ids=lambda value: value if isinstance(value, str) else str(len(value)),
)
def test_hostile_and_broken_files_are_refused_with_a_word(content: bytes, told: str) -> None:
    book = read(content)
    assert book.rows == ()
    assert told in book.problems[0], book.problems


def test_pictures_and_scans_are_no_reports() -> None:
    assert read_books([file(b"%PDF", "签字扫描.pdf"), file(b"\xff\xd8", "照片.jpg"), file(RAW, "周报")]) == ()


def test_an_endless_sheet_is_read_as_far_as_a_report_goes() -> None:
    def stretch(page: Any) -> None:
        page.cell(row=1_048_576, column=16_384, value="x")

    assert len(changed(stretch).rows) == 3
