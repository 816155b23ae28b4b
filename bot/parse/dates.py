"""Reading a whole text as a date, as people in China type it (mail-in-china.md D3).

One day or a range of days, with weekday and time of day beside it, or counted from today (明天, 下周三). What could be
read in two ways is a problem, never a guess.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from bot.parse.chinese_numbers import number_of
from bot.parse.days import WEEKDAYS, TypedDay, make_day, name_day, read_day

LONGEST_RANGE = timedelta(days=120)
LONGEST_TEXT = 60


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a text says as a date.

    `is_date`: it has the form of a date, even an impossible one. `day` may be set beside `problems` when it is the
    likely meaning, for a suggestion only. `end`: last day of a range. `relative`: counted from the reference (明天).
    `repaired` and `problems` are Chinese lines.
    """

    is_date: bool = False
    day: date | None = None
    end: date | None = None
    relative: bool = False
    repaired: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether the date may be acted on."""
        return self.day is not None and not self.problems


_DASHES = re.compile("[-‐‑‒–—―−─━－﹣﹘]")
_CHINESE_NUMBER = re.compile("(?<![周期拜第])[〇零○一二三四五六七八九十廿卅元]+")
_DAY_ONLY = re.compile(r"(\d{1,2})\s*[日号]?")
_RANGE_SIGN = re.compile(r"\s*[-~]\s*")
_LIST_SIGN = re.compile(r"\s*[、,和及&+]\s*")
_CLOCK = r"(?<!\d)\d{1,2}:\d{2}(?::\d{2})?"
_HOUR = r"(?<!\d)\d{1,2}(?:\s*[-~]\s*\d{1,2})?\s*[点时](?:半|整|\d{1,2}分?)?"
_TIME = re.compile(
    rf"(?:{_CLOCK}(?:\s*[-~]\s*{_CLOCK})?|{_HOUR}(?:\s*[-~]\s*{_HOUR})?"
    r"|上午|下午|中午|早上|晚上|傍晚|凌晨|夜间|全天|白天|晚|[AaPp][Mm])$"
)
_WEEKDAY = re.compile("(?<![本这下上个])(?:周|星期|礼拜)([一二三四五六日天])$")
_VAGUE = re.compile(r"(?:左右|前后|之前|以前|之后|以后|前|后|起|开始|待定|暂定|附近|或.{1,12}|\?+)$")
# No date begins so: a name or a word, which is what this is mostly asked about.
_NO_DATE = re.compile("[A-Za-z]|(?![今明后大本这下周星礼〇零一二三四五六七八九十廿卅元])[\u4e00-\u9fff]")
_RELATIVE_DAYS = {"今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "后日": 2, "大后天": 3}
_RELATIVE_WEEK = re.compile("(本|这|下下|下)?个?(?:周|星期|礼拜)([一二三四五六日天])")


def read_date(text: str, reference: date) -> DateReading:
    """Read the whole of `text` as one date or range of days; `reference` is the day of receipt (Asia/Shanghai).

    Out: a DateReading; `is_date` False when the text has not the form of a date. Never raises.
    """
    typed = text.strip()
    return DateReading() if _NO_DATE.match(typed) else _read_typed(typed, reference)


@lru_cache(maxsize=256)  # reading one subject asks several times
def _read_typed(typed: str, reference: date) -> DateReading:
    plain = _unify(typed)
    if not plain or len(plain) > LONGEST_TEXT:
        return DateReading()
    relative = read_relative(_strip_time(plain)[0], reference)
    if relative.is_date:
        return relative
    vague = _VAGUE.search(plain)
    body, weekday, had_time = _strip_time(plain[: vague.start()] if vague else plain)
    reading = _read_days(body, typed, reference)
    if not reading.is_date:
        return DateReading()
    repaired = (*reading.repaired, *((f"日期「{typed}」里的钟点不记入主题日期",) if had_time else ()))
    problems = reading.problems
    if vague:
        problems = (*problems, f"日期「{typed}」不确定，请写明是哪一天")
    elif reading.day and weekday >= 0 and not reading.end and reading.day.weekday() != weekday:
        problems = (*problems, f"{name_day(reading.day)}不是周{WEEKDAYS[weekday]}")
    return DateReading(True, reading.day, reading.end, False, repaired, problems)


def read_relative(text: str, reference: date) -> DateReading:
    """Read 今天/明天/后天, 周五/本周五/下周三 as counted from `reference`; a passed or unclear day is a problem."""
    if text in _RELATIVE_DAYS:
        return _relative(_shift(reference, _RELATIVE_DAYS[text]), text)
    week = _RELATIVE_WEEK.fullmatch(text)
    if not week:
        return DateReading()
    days = WEEKDAYS.index(week[2].replace("天", "日")) - reference.weekday()
    if week[1]:
        days += {"下": 7, "下下": 14}.get(week[1], 0)
        return _relative(_shift(reference, days), text, f"「{text}」已经过去，请写明日期" if days < 0 else "")
    if days == 0:
        return _relative(reference, text, f"「{text}」是今天还是下周不明确，请写明日期")
    return _relative(_shift(reference, days % 7), text)


def _relative(day: date | None, text: str, problem: str = "") -> DateReading:
    problem = problem or ("" if day else f"「{text}」推算不出日期")
    return DateReading(True, day, None, True, (), (problem,) if problem else ())


def _shift(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _unify(text: str) -> str:
    """One form for digits, dashes and connectors; a wrapping bracket and closing punctuation are gone."""
    plain = unicodedata.normalize("NFKC", _DASHES.sub("-", text[: 4 * LONGEST_TEXT])).strip()
    plain = re.sub("[~∼〜至到]", "~", plain).rstrip("。.,;!、 ")
    if len(plain) > 2 and plain[0] in "([【〔{<《「\"'“" and plain[-1] in ")]】〕}>》」\"'”":
        plain = plain[1:-1].strip()
    if re.search("[年月日号点时]", plain):
        plain = _CHINESE_NUMBER.sub(lambda found: str(number_of(found[0])), plain)
    return plain


def _strip_time(text: str) -> tuple[str, int, bool]:
    """Take weekday and time of day off the end: the rest, the weekday (-1: none), whether a time was there."""
    weekday, had_time = -1, False
    while True:
        rest = text.rstrip(" ,()")
        if (found := _TIME.search(rest)) and found.start() > 0:
            text, had_time = rest[: found.start()], True
        elif (found := _WEEKDAY.search(rest)) and found.start() > 0:
            text, weekday = rest[: found.start()], WEEKDAYS.index(found[1].replace("天", "日"))
        else:
            return rest, weekday, had_time


def _read_days(body: str, typed: str, reference: date) -> DateReading:
    """A single day, else a range; `typed` is for the wording."""
    single = read_day(body, typed, reference)
    if single:
        return _reading(single, None)
    ranges = list(_read_ranges(body, typed, reference))
    return next((r for r in ranges if r.plain), ranges[0] if ranges else DateReading())


def _read_ranges(body: str, typed: str, reference: date) -> Iterator[DateReading]:
    for sign in (_RANGE_SIGN, _LIST_SIGN):
        for found in sign.finditer(body):
            first = read_day(_strip_time(body[: found.start()])[0], typed, reference)
            if first is None:
                continue
            rest = _strip_time(body[found.end() :])[0]
            last = _read_last_day(rest, typed, first.day or reference)
            if last is not None:
                yield _join(first, last, typed, listed=sign is _LIST_SIGN)


def _read_last_day(text: str, typed: str, first: date) -> TypedDay | None:
    only = _DAY_ONLY.fullmatch(text)
    if only:
        day = make_day(first.year, first.month, int(only[1]))
        return TypedDay(day) if day else TypedDay(problem=f"日期「{typed}」的结束日不存在")
    return read_day(text, typed, first)


def _join(first: TypedDay, last: TypedDay, typed: str, *, listed: bool) -> DateReading:
    if first.problem or last.problem or first.day is None or last.day is None:
        return _reading(TypedDay(first.day, first.problem or last.problem, first.repaired), None)
    if last.day < first.day or last.day - first.day > LONGEST_RANGE:
        return _reading(TypedDay(first.day, f"日期「{typed}」的起止不对"), None)
    if listed and last.day - first.day > timedelta(days=1):
        return _reading(TypedDay(first.day, f"日期「{typed}」写了两天，请只写开始的一天"), None)
    return _reading(first, last.day)


def _reading(day: TypedDay, end: date | None) -> DateReading:
    repaired = (day.repaired,) if day.repaired else ()
    return DateReading(True, day.day, end, False, repaired, (day.problem,) if day.problem else ())
