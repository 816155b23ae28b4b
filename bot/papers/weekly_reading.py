"""A workbook that came back by mail, read as a weekly report (R28). Not its name, size or form is trusted.

Figures are read, formulas are not: what counts is the number the sender's program stored beside a formula.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from bot.papers.weekly import COLUMNS
from bot.rules.mail import Attachment
from bot.rules.reports.correcting import ReadBook, ReadRow

MOST_BYTES = 10_000_000
MOST_UNPACKED = 60_000_000
MOST_PARTS = 500
MOST_ROWS, MOST_COLUMNS = 3000, 60
_OLD = b"\xd0\xcf\x11\xe0"
_REF = re.compile(r"ZB\d{4}-W\d\d-\d{2,4}")
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
NEEDED = ("日期", "服务单号", "实际工时", "系数", "核算工作量")
_NAMES = frozenset(name for name, _ in COLUMNS)
_END = re.compile(r"\s*(?:合计|总计|下周计划)")
_WRITTEN_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s.*)?")


def is_table(file: Attachment) -> bool:
    """Whether the file is meant as a workbook, by its name or its first bytes; pictures and PDFs are not."""
    name = file.name.lower()
    return name.endswith((".xlsx", ".xls", ".xlsm", ".et", ".csv", ".ods"))


def read_books(files: Iterable[Attachment]) -> tuple[ReadBook, ...]:
    """Every attached workbook, read. Never raises: what is wrong with a file stands in its `problems`."""
    return tuple(_read(file) for file in files if is_table(file))


def _read(file: Attachment) -> ReadBook:
    if problem := _refuse(file):
        return ReadBook(file.name, problems=(f"“{file.name}”{problem}",))
    try:
        return _read_pages(file)
    except Exception:  # noqa: BLE001 - a workbook from outside breaks in ways nobody can list
        return ReadBook(file.name, problems=(f"“{file.name}”打不开，可能已损坏；请重新保存为 .xlsx 再发",))


def _refuse(file: Attachment) -> str:
    """Why the file is not even opened, in Chinese; "" when it may be."""
    if len(file.content) > MOST_BYTES:
        return f"太大（{len(file.content) // 1_000_000} MB），请去掉图片后再发"
    if file.content.startswith(_OLD):
        return "是旧的 .xls 格式或有密码；请另存为不加密的 .xlsx 再发"
    if not file.content.startswith(b"PK"):
        return "不是 .xlsx 文件；请用 Excel 或 WPS 另存为 .xlsx 再发"
    try:
        with ZipFile(BytesIO(file.content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > MOST_UNPACKED:
                return "内容过大或不正常，没有打开"
            if any(_declares(archive, p.filename) for p in parts if p.filename.endswith((".xml", ".rels"))):
                return "含有不允许的 XML 声明，没有打开"
    except (BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError):
        return "打不开，可能已损坏；请重新保存为 .xlsx 再发"
    return ""


def _declares(archive: ZipFile, name: str) -> bool:
    """A document type or entity, which no spreadsheet program writes; in UTF-16 too."""
    with archive.open(name) as part:
        head = part.read(4096)
    return bool(_DECLARED.search(head.replace(b"\x00", b"")))


@dataclass(frozen=True, slots=True)
class _Head:
    """Where the table begins, and in which column each name stands."""

    row: int
    columns: dict[str, int]


def _read_pages(file: Attachment) -> ReadBook:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(file.content), read_only=True, data_only=True, keep_links=False)
    try:
        for page in book.worksheets[:20]:
            rows = [list(row) for row in page.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)]
            ref = _find_ref(rows)
            if ref:
                return _read_table(file.name, ref, rows)
    finally:
        book.close()
    return ReadBook(file.name, problems=(f"“{file.name}”里没有周报编号（ZB…），不是机器人发出的周报",))


def _find_ref(rows: Sequence[Sequence[Any]]) -> str:
    for row in rows[:10]:
        for cell in row:
            if isinstance(cell, str) and (found := _REF.search(cell)):
                return found[0]
    return ""


def _read_table(name: str, ref: str, rows: list[list[Any]]) -> ReadBook:
    head = _find_head(rows)
    if head is None:
        return ReadBook(name, ref, problems=(f"“{name}”里找不到表头（{'、'.join(NEEDED)}）",))
    problems = list(_head_problems(rows[head.row - 1], head))
    if problems:
        return ReadBook(name, ref, problems=tuple(problems))
    found: list[ReadRow] = []
    for number, row in enumerate(rows[head.row :], head.row + 1):
        if _is_end(row):
            break
        if any(cell not in (None, "") for cell in row):
            read = _read_row(number, row, head, problems)
            if read:
                found.append(read)
    return ReadBook(name, ref, tuple(found), tuple(problems))


def _is_end(row: list[Any]) -> bool:
    first = next((cell for cell in row if cell not in (None, "")), None)
    return isinstance(first, str) and bool(_END.match(first))


def _find_head(rows: list[list[Any]]) -> _Head | None:
    """The first row in which at least three of the report's columns are named; the plan's head is none."""
    for number, row in enumerate(rows[:30], 1):
        if _is_end(row):
            return None
        named = [_folded(cell) for cell in row]
        if len(_NAMES & set(named)) >= 3:
            return _Head(number, {name: named.index(name) for name in _NAMES if name in named})
    return None


def _head_problems(row: list[Any], head: _Head) -> Iterator[str]:
    named = [_folded(cell) for cell in row]
    for name in NEEDED:
        if name not in head.columns:
            yield f"第{head.row}行表头里没有“{name}”这一列；请不要删除或改名"
        elif named.count(name) > 1:
            yield f"第{head.row}行表头里有{named.count(name)}个“{name}”"


def _folded(cell: Any) -> str:
    return "".join(str(cell).split()) if isinstance(cell, str) else ""


def _read_row(number: int, row: list[Any], head: _Head, problems: list[str]) -> ReadRow | None:
    def cell(name: str) -> Any:
        place = head.columns.get(name, -1)
        return row[place] if 0 <= place < len(row) else None

    before = len(problems)
    day = _day(cell("日期"))
    ref = str(cell("服务单号") or "").strip()
    if day is None:
        problems.append(f"第{number}行“日期”{_shown(cell('日期'))}读不懂，请写成 2026-09-21")
    if not ref:
        problems.append(f"第{number}行没有“服务单号”")
    hours, factor, days = (_number(number, n, cell(n), problems) for n in ("实际工时", "系数", "核算工作量"))
    if day is None or len(problems) > before:
        return None
    content = cell("工作内容")
    words = str(content).strip()[:500] if content else ""
    return ReadRow(number, day, ref, hours, factor, days, words)


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = _WRITTEN_DATE.fullmatch(value.strip()) if isinstance(value, str) else None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _number(row: int, name: str, value: Any, problems: list[str]) -> Decimal | None:
    """A number, also one typed as text (7.5小时); None when the cell is empty, or with a problem."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _HUGE:
        return Decimal(repr(value))
    found = _WRITTEN_NUMBER.fullmatch(str(value))
    if found is None:
        problems.append(f"第{row}行“{name}”{_shown(value)}不是数字")
    return Decimal(found[1]) if found else None


_HUGE = 1e9
_WRITTEN_NUMBER = re.compile(r"\s*([0-9]{1,6}(?:\.[0-9]{1,6})?)\s*(?:小时|人天|天|h)?\s*", re.ASCII)


def _shown(value: Any) -> str:
    text = " ".join(str(value if value is not None else "空").split())
    return f"（{text[:30]}）"
