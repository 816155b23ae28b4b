"""Cells of a workbook and fields of a CSV from text that came by mail: never a formula, never a control character."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | Decimal | date | None
LONGEST = 32_000  # characters; a cell takes 32,767
_BAD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "%")
FONT = "微软雅黑"


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks. `form` is a number format, "" = the value's own."""

    bold: bool = False
    italic: bool = False
    size: float = 9
    across: str = "left"
    up: str = "center"
    wrap: bool = True
    border: bool = True
    fill: str = ""  # RRGGBB
    colour: str = "1F2329"
    form: str = ""


def clean_text(text: str) -> str:
    """`text` for a cell: line breaks stay, control and direction characters go."""
    return _BAD.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST]


def csv_text(text: str) -> str:
    """`text` for a CSV that Excel opens: what would be read as a formula is quoted with an apostrophe."""
    cleaned = clean_text(text)
    return f"'{cleaned}" if cleaned.lstrip().startswith(_STARTS_FORMULA) else cleaned


def put(sheet: "Worksheet", row: int, column: int, value: Value, look: Look = Look()) -> "Cell":
    """Write one cell; text stays text whatever it begins with."""
    cell = sheet.cell(row=row, column=column)
    if isinstance(value, str):
        cell.value = clean_text(value)
        cell.data_type = "s"
        cell.number_format = "@"
        if value.startswith(_STARTS_FORMULA):
            cell.quotePrefix = True
    else:
        cell.value = value
    _dress(cell, look)
    return cell


def put_across(sheet: "Worksheet", row: int, columns: tuple[int, int], value: Value, look: Look = Look()) -> None:
    """One value over several columns of a row, borders all round."""
    first, last = columns
    put(sheet, row, first, value, look)
    for column in range(first + 1, last + 1):
        _dress(sheet.cell(row=row, column=column), look)
    if last > first:
        sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)


def _dress(cell: "Cell", look: Look) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell.font = Font(name=FONT, size=look.size, bold=look.bold, italic=look.italic, color=look.colour)
    cell.alignment = Alignment(horizontal=look.across, vertical=look.up, wrap_text=look.wrap)
    if look.border:
        side = Side(style="thin", color="8A94A3")
        cell.border = Border(left=side, right=side, top=side, bottom=side)
    if look.fill:
        cell.fill = PatternFill("solid", fgColor=look.fill)
    if look.form:
        cell.number_format = look.form


def text_width(text: str) -> int:
    """How many half-width columns the longest line of `text` takes."""
    return max(sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in line) for line in text.split("\n"))


def lines_needed(text: str, width: float) -> int:
    """How many lines `text` takes in a column of `width` half-width characters."""
    room = max(width * 1.15 - 1.5, 2)  # a column's width counts characters larger than ours
    return sum(max(1, -(-text_width(line) // int(room))) for line in (text or " ").split("\n"))
