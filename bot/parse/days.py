"""One day as people in China type it with figures: 2026-09-19, 9月19日, 0919 (mail-in-china.md D3).

Order is always year-month-day or month-day. What could be read in two ways is a problem, never a guess.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

BEFORE = timedelta(days=30)  # a date without a year lies between 30 days before the receipt
AFTER = timedelta(days=335)  # and 335 days after it
YEAR_BEFORE = timedelta(days=180)  # a typed year is believed within this distance;
YEAR_AFTER = timedelta(days=550)  # beyond it a slip of the year is likelier
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class TypedDay:
    """One day as typed: resolved, or with the reason why not."""

    day: date | None = None
    problem: str = ""
    repaired: str = ""


_SEP = r"\s*[-./]\s*"
_YEAR = rf"(?:\s*年\s*|{_SEP})"
_MONTH = rf"(?:\s*月\s*|{_SEP})"
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("ymd", rf"(\d{{4}}){_YEAR}(\d{{1,2}}){_MONTH}(\d{{1,2}})\s*[日号]?"),
        ("ymd", r"(\d{4})(\d{2})(\d{2})日?"),
        ("ymd", rf"(20\d\d){_YEAR}(\d{{2}})(\d{{2}})"),
        ("yymd", r"(\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?"),
        ("yymd", r"(\d{2})\s*([-./])\s*(\d{1,2})\s*\2\s*(\d{1,2})"),
        ("yymd", r"(\d{2})(\d{2})(\d{2})"),
        ("foreign", r"(\d{1,2})\s*([-./])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})"),
        ("md", r"(\d{1,2})\s*(?:月|[./])\s*(\d{1,2})\s*[日号]?"),
        ("md", r"(\d{1,2})\s*-\s*(\d{1,2})"),
        ("md", r"(\d{2})(\d{2})"),
        ("mdd", r"(\d)(\d{2})"),
    )
)


def read_day(text: str, typed: str, reference: date) -> TypedDay | None:
    """`text` as exactly one day; None when it has not the form of one.

    `typed` is the whole as the person wrote it, for the wording; `reference` the day of receipt (Asia/Shanghai).
    """
    for kind, form in _FORMS:
        found = form.fullmatch(text.strip())
        if found:
            numbers = [int(n) for n in found.groups() if n.isdecimal()]
            return _resolve(kind, numbers, typed, reference, spoken="年" in text)
    return None


def _resolve(kind: str, numbers: list[int], typed: str, reference: date, *, spoken: bool) -> TypedDay:
    match kind:
        case "ymd":
            return _with_year(make_day(numbers[0], numbers[1], numbers[2]), typed, reference)
        case "yymd":
            return _with_short_year(numbers, typed, reference, spoken=spoken)
        case "foreign":
            return TypedDay(_unique_foreign(numbers, reference), f"日期「{typed}」的年月日顺序不明确，请写成月日四位数")
        case _:
            return _month_day(kind, numbers, typed, reference)


def _with_year(day: date | None, typed: str, reference: date) -> TypedDay:
    if day is None:
        return TypedDay(problem=f"日期「{typed}」不存在")
    if not -YEAR_BEFORE <= day - reference <= YEAR_AFTER:
        return TypedDay(problem=f"日期「{typed}」离收信日太远，请核对年份")
    return TypedDay(day)


def _with_short_year(numbers: list[int], typed: str, reference: date, *, spoken: bool) -> TypedDay:
    day = make_day(2000 + numbers[0], numbers[1], numbers[2])
    other = None if spoken else _unique_foreign(numbers, reference)
    if day and _is_near(day, reference) and other in {None, day}:
        return TypedDay(day)
    if day is None and other is None:
        return TypedDay(problem=f"日期「{typed}」不存在")
    return TypedDay(other, f"日期「{typed}」的年月日顺序不明确，请写成月日四位数")


def _is_near(day: date, reference: date) -> bool:
    return timedelta(days=-31) <= day - reference <= timedelta(days=366)


def _unique_foreign(numbers: list[int], reference: date) -> date | None:
    """The only near day that month-day-year or day-month-year gives, for the suggestion."""
    first, second, year = numbers[0], numbers[1], numbers[2] % 100 + 2000
    days = {make_day(year, first, second), make_day(year, second, first)}
    near = [day for day in days if day and _is_near(day, reference)]
    return near[0] if len(near) == 1 else None


def _month_day(kind: str, numbers: list[int], typed: str, reference: date) -> TypedDay:
    month, day = numbers
    found = resolve_month_day(month, day, reference)
    if found is None:
        return TypedDay(problem=f"日期「{typed}」不存在：没有{month}月{day}日")
    if kind == "mdd":
        if month == 1 and day // 10 <= 2 and resolve_month_day(10 + day // 10, day % 10, reference):
            return TypedDay(problem=f"日期「{typed}」可以有两种理解，请写成四位数")
        return TypedDay(found, repaired=f"日期「{typed}」只有三位数，按{month}月{day}日理解")
    return TypedDay(found)


def resolve_month_day(month: int, day: int, reference: date) -> date | None:
    """The day nearest to `reference` from 30 days before to 335 after it; None when there is no such day."""
    days = [made for year in (-1, 0, 1) if (made := make_day(reference.year + year, month, day))]
    near = [made for made in days if -BEFORE <= made - reference <= AFTER]
    return min(near, key=lambda made: abs(made - reference), default=None)


def make_day(year: int, month: int, day: int) -> date | None:
    """That day; None when the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def name_day(day: date) -> str:
    """`9月19日（周六）`."""
    return f"{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"
