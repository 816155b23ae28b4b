"""The pieces of a line about work: names, days, times from-to, amounts, and words that say it is about work (R27)."""

import re
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from bot.parse.chinese_numbers import number_of
from bot.parse.workdays_said import DAY
from bot.rules.reports.work import HOURS_A_DAY


class Kind(StrEnum):
    """What a piece is."""

    NAME = "name"
    DAY = "day"
    SPAN = "span"
    AMOUNT = "amount"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece with its place in the line. `sure`: an amount in 人天 or beside its label, which wins over others."""

    kind: Kind
    start: int
    end: int
    text: str
    first: time = time(0)
    last: time = time(0)
    hours: Decimal = Decimal(0)
    sure: bool = False


_N = r"(?:\d{1,4}(?:\.\d{1,3})?|[一二两三四五六七八九十]{1,3})"
_HALF_DAY = {
    "上午": False,
    "早上": False,
    "早": False,
    "中午": False,
    "下午": True,
    "晚上": True,
    "晚": True,
    "傍晚": True,
}
_PART = "(?:上午|早上|中午|下午|晚上|傍晚|早|晚|am|pm)?"
_CLOCK = rf"{_PART}\s?(?:[01]?\d|2[0-4])\s?(?::\s?[0-5]\d|[点时](?:\s?[0-5]?\d分?|半|整)?)(?![\d小])"
_TO = r"\s?(?:-|~|—|–|至|到|→)\s?"
_SPAN = re.compile(
    rf"(?P<first>{_CLOCK}){_TO}(?:20\d\d[-/]\d{{1,2}}[-/]\d{{1,2}}\s|次日|第二天|凌晨)?(?P<last>{_CLOCK}|{_PART}\s?24:00)"
    rf"|到[达场]\S{{0,4}}?[\s:]*(?P<come>{_CLOCK})[^\n]{{0,12}}?离[开场]\S{{0,4}}?[\s:]*(?P<go>{_CLOCK})",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"实际工时|总工时|工时|用时|耗时|历时|时长|工作量|投入|花了?费?(?=\s?\d)|用了(?=\s?[\d一两二三四五六半]{1,4}\s?个?半?[天小人])|工作了|支持了|合计|总计|共计|总共|一共|共(?=\s?[用计\d一两二三])"
)
_AMOUNT = re.compile(
    rf"(?<![\d./*x×])(?<!\d:)(?P<number>{_N})\s?(?:个)?(?P<and>半)?\s?"
    r"(?:(?P<man>人\s?[/·*x×]?\s?[天日]|工日|man-?days?)|(?P<day>工作日|整天|天(?![,、]?内)|days?\b)"
    r"|(?P<hour>工时|小时|钟头|hours?\b|hrs?\b|h\b)|(?P<minute>分钟|min\b))(?P<half>半)?"
    r"(?:\s?(?P<more>[1-5]?\d)\s?分钟?)?"
    r"|(?P<only>半)\s?(?:个)?(?P<what>人天|人日|天|工作日|小时|钟头)",
    re.IGNORECASE,
)
MEASURES = frozenset("天日时钟点:mMdDhH")
"""Without any of these characters a line holds neither times from-to nor amounts."""
_NO_AMOUNT_BEFORE = re.compile(
    r"(?:第|每|隔|提前|推迟|延期|超过|不到|不足|间隔|最近|前|近|7\s?[*x×]\s?|质保|保修|试用|等待?了?|停机|中断)\s?$"
)
_NO_AMOUNT_AFTER = re.compile(r"\s?(?:之?内|以内|之?后|以后|之?前|以前|一次|制|响应|到达|到场|待命|值守|回复|答复)")


def find_tokens(line: str, names: tuple[str, ...]) -> tuple[Token, ...]:
    """The pieces of `line` in order, none overlapping; `line` is NFKC."""
    found = [*_spans(line), *_amounts(line), *_days(line), *_names(line, names), *_labels(line)]
    kept: list[Token] = []
    for token in sorted(found, key=lambda t: (_RANK[t.kind], t.start)):
        if all(token.end <= other.start or other.end <= token.start for other in kept):
            kept.append(token)
    return tuple(sorted(kept, key=lambda t: t.start))


_RANK = {Kind.SPAN: 0, Kind.DAY: 1, Kind.AMOUNT: 2, Kind.NAME: 3, Kind.LABEL: 4}


def _spans(line: str) -> list[Token]:
    tokens = []
    for found in _SPAN.finditer(line):
        said = (found["first"] or found["come"], found["last"] or found["go"])
        first = _clock(said[0], after=None)
        last = _clock(said[1], after=first)
        if first is not None and last is not None and first != last:
            tokens.append(Token(Kind.SPAN, found.start(), found.end(), found[0], first, last))
    return tokens


def _clock(said: str, *, after: time | None) -> time | None:
    """A time of day; 下午5点 is 17:00, and 9点到5点半 ends at 17:30."""
    word = re.match(r"[^\d\s]+", said)
    late = _HALF_DAY.get(word[0], word[0].lower() == "pm") if word else None
    numbers = [int(n) for n in re.findall(r"\d+", said)]
    hour, minute = numbers[0], numbers[1] if len(numbers) > 1 else 30 if said.rstrip().endswith("半") else 0
    spoken = ":" not in said
    goes_on = late is None and after and spoken and hour < 12 and time(hour, minute) <= after < time(12)
    if hour < 12 and (late or goes_on):
        hour += 12
    if hour == 24:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _amounts(line: str) -> list[Token]:
    tokens = []
    for found in _AMOUNT.finditer(line):
        before, after = line[max(0, found.start() - 6) : found.start()], line[found.end() : found.end() + 4]
        if _NO_AMOUNT_BEFORE.search(before) or _NO_AMOUNT_AFTER.match(after):
            continue
        hours = _hours(found)
        if hours > 0:
            sure = bool(found["man"]) or bool(re.search(r"(?:时|共|计|了|入|量|长)\s?[:是为约]?\s?$", before))
            tokens.append(Token(Kind.AMOUNT, found.start(), found.end(), found[0], hours=hours, sure=sure))
    return tokens


def _hours(found: re.Match[str]) -> Decimal:
    if found["only"]:
        return Decimal("0.5") if found["what"] in {"小时", "钟头"} else HOURS_A_DAY / 2
    number = Decimal(found["number"]) if found["number"][:1].isdecimal() else Decimal(number_of(found["number"]))
    if found["and"] or found["half"]:
        number += Decimal("0.5")
    if found["minute"]:
        return (number / 60).quantize(Decimal("0.001"))
    if found["hour"]:
        return (number + Decimal(found["more"] or 0) / 60).quantize(Decimal("0.001")).normalize() + 0
    return number * HOURS_A_DAY


def _days(line: str) -> list[Token]:
    return [Token(Kind.DAY, f.start(), f.end(), f[0]) for f in _DAY.finditer(line)]


_DAY = re.compile(DAY)


def _names(line: str, names: tuple[str, ...]) -> list[Token]:
    """Names in the line, the longest first; 我 beside another name is the writer."""
    tokens: list[Token] = []
    folded = line.casefold()
    for name, length in _longest_first(names):
        place = folded.find(name)
        while place >= 0:
            end = place + length
            if all(end <= t.start or t.end <= place for t in tokens) and not _inside_word(line, place, end):
                tokens.append(Token(Kind.NAME, place, end, line[place:end]))
            place = folded.find(name, end)
    return [*tokens, *(Token(Kind.NAME, found.start(), found.end(), "") for found in _ME.finditer(line))]


_ME = re.compile(r"(?:我|本人)(?=\s?(?:和|与|及|、|各|\d))|(?<=[和与及、])(?:我|本人)")


@lru_cache(maxsize=8)
def _longest_first(names: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """Names of more than one character, folded, with their length as given."""
    known = sorted((n for n in dict.fromkeys(names) if len(n) > 1), key=len, reverse=True)
    return tuple((name.casefold(), len(name)) for name in known)


def _inside_word(line: str, start: int, end: int) -> bool:
    """A Latin alias is no part of a longer word."""
    edges = (line[start - 1 : start] + line[start : start + 1], line[end - 1 : end] + line[end : end + 1])
    return any(len(edge) == 2 and edge.isascii() and edge.isalnum() for edge in edges)


def _labels(line: str) -> list[Token]:
    return [Token(Kind.LABEL, f.start(), f.end(), f[0]) for f in _LABEL.finditer(line)]
