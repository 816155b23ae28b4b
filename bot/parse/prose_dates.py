"""Finding the day meant in a sentence (R9): 李工9月21日去, 下周三上午, 改到22号; never a telephone or room number."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.parse.chinese_numbers import number_of
from bot.parse.dates import DateReading, read_date, read_relative
from bot.parse.days import name_day, resolve_month_day
from bot.parse.first_chars import lead

LONGEST_TEXT = 4000


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in prose: `text[start:end]` says it; `reading` has the day, or the problem."""

    start: int
    end: int
    reading: DateReading


_NUM = "[〇零一二三四五六七八九十廿卅]{1,4}"
_D = rf"(?:\d{{1,2}}|{_NUM})"
_TO = r"\s?(?:-|~|～|—|–|至|到|、|和|或者?|/)\s?"
_UNIT = (
    r"(?![\d.]|\s?(?:个|人|台|套|天|小时|点|时|元|万|[GgMmTtKk]|%|版|层|楼|室|房|次|分|倍|U|ms"
    r"|号楼|号线|号机|号门))"
)
_GOING = r"(?=\s?(?:去|到|上午|下午|早上|晚上|全天|进场|现场|开始|出发|上门|过去|安排|李|周|星期|[（(]周))"
_WEEK = "(?:上|本|这|下下|下)?个?(?:周|星期|礼拜)[一二三四五六日天]"
_MONTH = "(?:1[0-2]|0?[1-9])"
_LONG_DAY = r"(?:[12]\d|3[01]|0[1-9])"
_OTHER_NUMBER = "楼|线|机|门|店|院|厅|柜|服务器|馆|仓|厂|分机|码|桌|会议|文|令|员|位|称|召"
_OTHER_DAY = "常|志|前|后|内|程|期|报|元|历|本|均|用"
_KINDS: tuple[tuple[str, str], ...] = (
    ("full", rf"(?<!\d)20\d\d\s?年\s?{_D}\s?月\s?{_D}\s?[日号]?"),
    ("iso", r"(?<!\d)20\d\d(?P<sep>[-/.])\d{1,2}(?P=sep)\d{1,2}(?!\d)|(?<!\d)20\d{6}(?!\d)"),
    ("md", rf"(?<![\d年]){_D}\s?月\s?{_D}(?:\s?[日号])?(?!\d|\s?个)"),
    ("slash", rf"(?<![\d./v-]){_MONTH}/(?:{_LONG_DAY}(?![\d/]){_UNIT}|[1-9]{_GOING})"),
    ("dot", rf"(?<![\d./vV版本-]){_MONTH}[.](?:{_LONG_DAY}(?!\d|\.\d){_UNIT}|[1-9]{_GOING})"),
    ("dash", rf"(?<![\d./v-]){_MONTH}-(?:{_LONG_DAY}(?![\d-]){_UNIT}|[1-9]{_GOING})"),
    ("mmdd", rf"(?<![\dA-Za-z.:：#/-])(?:0[1-9]|1[0-2]){_LONG_DAY}(?![\dA-Za-z年-]){_UNIT}"),
    ("week", _WEEK),
    ("relative", "大后天|今天|今日|明后天|明天|明日|后天"),
    (
        "days",
        rf"(?<![\d./月-]){_D}\s?(?=(?:-|~|～|至|到|、|和|或)\s?{_D}\s?(?:号(?!{_OTHER_NUMBER})|日(?!{_OTHER_DAY})))",
    ),
    (
        "day",
        rf"(?:(?:本月|这个?月|下个?月)\s?|(?<![\d./月-])){_D}\s?"
        rf"(?:号(?!{_OTHER_NUMBER})|日(?!{_OTHER_DAY}))",
    ),
    ("vague", r"月底|月初|月中|下旬|中旬|上旬|年底|节后|节前|周末|下周(?![一二三四五六日天])|下个?月(?!\s?\d)"),
)
_DATE = re.compile(lead("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS)))
_RANGE_END = re.compile(
    rf"{_TO}(?:({_D}\s?月\s?{_D}\s?[日号]?|{_WEEK}|{_D}\s?[日号]|\d{{4}}(?!\d)|\d{{1,2}}[./]\d{{1,2}})"
    "|(大后天|明天|后天))"
)
_MOVED = re.compile("(?:(?:改|调|调整|推|推迟|延|延期|顺延|提前|换|挪)(?:到|为|至|成|在)|定在|定为|安排在)[^\\S\\n]?$")
_NOT_BEFORE = re.compile(
    "(?:不要|(?<!是)不是|(?<!能)不能|别|原定|原来|原计划|原本|申请日期|申请时间|收到|之前|上次|除了|非)[^,，。;；\n]{0,4}$"
)
_NOT_AFTER = re.compile(
    r"\s?(?:上午|下午|那天|当天)?(?:不行|不可以|不去|不能|没空|没人|没时间|不方便|有冲突|冲突|不在|休假|请假"
    "|的?申请|的?邮件|发的|来的|已)"
)
_BY = re.compile(
    r"\s?(?:[(（][^()（）]{1,6}[)）])?\s?(?:上午|下午|中午|晚上|下班)?"
    "(?:之前|以前|前(?!往|去|台|期|后|面)|截止|以内|内)"
)
_PHONE_BEFORE = re.compile(
    r"(?:电话|手机|分机|转|房间|会议室|工号|编号|单号|端口|邮编|密码|门牌|工作量|预计|约|核算|核定|人天)[:：是为]?\s?$"
)


def find_date(text: str, reference: date) -> FoundDate | None:
    """The first plain day that `text` names for something to be done, counted from `reference`.

    A day moved to (改到…) wins; days denied, passed or named as a deadline are passed over. Two days left to choose
    from, or a vague word alone, come with a problem. None: no day is named.
    """
    found = list(_find_all(text[:LONGEST_TEXT], reference))
    moved = [one for one in found if _MOVED.search(text, max(0, one.start - 12), one.start)]
    plain = [one for one in found if one.reading.plain]
    if moved:
        return moved[-1]
    if plain:
        return plain[0]
    return found[0] if found else None


def _find_all(text: str, reference: date) -> Iterator[FoundDate]:
    position = 0
    while said := _DATE.search(text, position):
        kind = said.lastgroup or ""
        position = said.end()
        if _is_passed_over(text, said.start(), said.end(), kind):
            continue
        reading = _read(kind, said[0], reference)
        if not reading.is_date:
            continue
        chosen = "或" in text[said.end() : said.end() + 2]
        end = _RANGE_END.match(text, said.end()) if chosen or kind not in {"vague", "relative"} else None
        if end and (joined := _join(reading, end)):
            position, reading = end.end(), joined
            if _BY.match(text, position):
                continue
        yield FoundDate(said.start(), position, reading)


def _is_passed_over(text: str, start: int, end: int, kind: str) -> bool:
    before, after = text[max(0, start - 12) : start], text[end : end + 12]
    if _NOT_BEFORE.search(before) or _NOT_AFTER.match(after):
        return True
    if kind in {"mmdd", "dot", "dash", "slash"} and (
        _PHONE_BEFORE.search(before) or re.match(r"\s?(?:核算|算)", after)
    ):
        return True
    if text[start:end].startswith("上"):
        return True
    return bool(_BY.match(after)) and kind != "vague"


def _read(kind: str, said: str, reference: date) -> DateReading:
    if kind == "vague":
        return DateReading(True, problems=(f"「{said}」不是具体的一天，请写明日期",))
    if said == "明后天":
        return DateReading(True, problems=("「明后天」是哪一天不明确",))
    if kind in {"week", "relative"}:
        return read_relative(said.replace("个", ""), reference)
    if kind in {"day", "days"}:
        return _read_day_of_month(said, reference)
    return read_date(said, reference)


def _read_day_of_month(said: str, reference: date) -> DateReading:
    """20号: of this month, of the next one when that has passed; 下月3号 as said."""
    number = re.search(rf"({_D})\s?[日号]?$", said)
    digits = number[1] if number else ""
    day = int(digits) if digits.isdecimal() else number_of(digits)
    steps = 1 if said.startswith("下") or ("月" not in said and day < reference.day) else 0
    month = (reference.month - 1 + steps) % 12 + 1
    found = resolve_month_day(month, day, reference)
    if found is None or found < reference:
        return DateReading(True, problems=(f"「{said}」不存在或已经过去，请写明日期",))
    return DateReading(True, found, relative=True)


def _join(first: DateReading, end: re.Match[str]) -> DateReading | None:
    """The range from `first` to what follows it; a choice of two days (或) is a problem."""
    if first.day is None:
        return None
    last = _read_last(end[1] or end[2], first.day)
    if last is None:
        return None
    apart = end[0].strip()[0] in "、和" and last - first.day > timedelta(days=1)
    if "或" in end[0] or apart:
        choice = f"日期写了两个：{name_day(first.day)}、{name_day(last)}，请定一个"
        return DateReading(True, first.day, None, first.relative, (), (choice,))
    if last <= first.day:
        return None
    return DateReading(True, first.day, last, first.relative, first.repaired, first.problems)


def _read_last(said: str, start: date) -> date | None:
    """The last day of a range, counted from its first."""
    day_only = re.fullmatch(rf"({_D})\s?[日号]", said)
    if day_only:
        number = int(day_only[1]) if day_only[1].isdecimal() else number_of(day_only[1])
        return resolve_month_day(start.month, number, start)
    kind = "week" if said[-2:-1] in {"周", "期", "拜"} else "relative" if said.endswith("天") else "md"
    return _read(kind, said, start).day
