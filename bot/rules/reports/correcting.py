"""A corrected report laid beside the one that was sent: what it changes, and what cannot be taken over (R28).

Lines are known by day and 服务单号. Only hours, coefficient, figure and words may change; all else is asked back with
its place, and then nothing of the file is taken over.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bot.rules.reports.coefficients import count_days, plain
from bot.rules.reports.report import ReportRow, Sheet

MOST_HOURS, MOST_DAYS, MOST_FACTOR = Decimal(24), Decimal(31), Decimal(10)


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A line as read from a workbook; `number` is its row there. None: the cell was empty."""

    number: int
    day: date
    ref: str
    hours: Decimal | None = None
    factor: Decimal | None = None
    days: Decimal | None = None
    content: str = ""


@dataclass(frozen=True, slots=True)
class ReadBook:
    """An attached workbook: `ref` the report's number in it, "" when it is none of ours. `problems` name the place."""

    name: str  # of the file
    ref: str = ""
    rows: tuple[ReadRow, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a file makes of the report. `changes`, `problems`: Chinese lines; with problems `sheet` is as it was."""

    sheet: Sheet
    changes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def correct(sheet: Sheet, book: ReadBook) -> Corrected:
    """`sheet` with the figures of `book`."""
    if book.problems:
        return Corrected(sheet, problems=book.problems)
    if book.ref != sheet.ref:
        return Corrected(sheet, problems=(f"“{book.name}”是周报 {book.ref}，这里要签的是 {sheet.ref}",))
    problems: list[str] = []
    found = _by_key(book, problems)
    rows, changes = [], []
    for row in sheet.rows:
        read = found.pop((row.day, row.ref), None)
        if read is None:
            problems.append(f"{_name(row)}这一行不见了；不核算请把实际工时写成 0，不要删行")
            continue
        new = _take(row, read, problems)
        rows.append(new)
        if line := _changed(row, new):
            changes.append(line)
    for (day, ref), read in found.items():
        problems.append(
            f"第{read.number}行（{day.month}月{day.day}日 {ref}）不在这份周报里；补报请工程师在该申请里回复工时"
        )
    if problems:
        return Corrected(sheet, problems=tuple(problems))
    return Corrected(replace(sheet, rows=tuple(rows)), tuple(changes))


def _by_key(book: ReadBook, problems: list[str]) -> dict[tuple[date, str], ReadRow]:
    found: dict[tuple[date, str], ReadRow] = {}
    for row in book.rows:
        if (row.day, row.ref) in found:
            problems.append(f"第{row.number}行与第{found[row.day, row.ref].number}行是同一天的同一服务单")
        found[row.day, row.ref] = row
    return found


def _take(row: ReportRow, read: ReadRow, problems: list[str]) -> ReportRow:
    """The line with the figures read: a figure typed wins, else it is counted anew from hours and coefficient."""
    limits = (
        ("实际工时", read.hours, MOST_HOURS),
        ("系数", read.factor, MOST_FACTOR),
        ("核算工作量", read.days, MOST_DAYS),
    )
    for label, value, most in limits:
        if value is None:
            problems.append(f"第{read.number}行“{label}”是空的；不核算请写 0")
        elif not 0 <= value <= most:
            problems.append(f"第{read.number}行“{label}”{plain(value)} 不合理（应在 0 到 {most} 之间）")
    if read.hours is None or read.factor is None or read.days is None:
        return row
    hours, factor = _same(row.hours, read.hours), _same(row.factor, read.factor)
    typed = _same(row.days, read.days)
    counted = count_days(hours, factor)
    keeps = (hours, factor) == (row.hours, row.factor) or typed != row.days
    return replace(
        row, hours=hours, factor=factor, days=typed if keeps else counted, content=read.content or row.content
    )


def _same(sent: Decimal, read: Decimal) -> Decimal:
    """A number as sent unless it was changed: a spreadsheet gives 0.938 back as 0.93799999."""
    return sent if abs(sent - read) < Decimal("0.0005") else plain(read.quantize(Decimal("0.001")))


def _changed(old: ReportRow, new: ReportRow) -> str:
    pairs = (
        ("实际工时", f"{old.hours}", f"{new.hours}"),
        ("系数", f"{old.factor}", f"{new.factor}"),
        ("核算工作量", f"{old.days}", f"{new.days}"),
    )
    parts = [f"{label} {was} → {now}" for label, was, now in pairs if was != now]
    if " ".join(old.content.split()) != " ".join(new.content.split()):
        parts.append("工作内容已改")
    return f"{_name(old)}：{'，'.join(parts)}" if parts else ""


def _name(row: ReportRow) -> str:
    return f"{row.day.month}月{row.day.day}日 {row.ref} {row.customer}"
