"""The day on which work was done, as engineers write it in a report: always a day past or today."""

import re
from datetime import date, timedelta

from bot.parse.chinese_numbers import number_of

OLDEST = timedelta(days=150)
_D = r"\d{1,2}|[一二三四五六七八九十廿]{1,3}"
_FULL = re.compile(r"(20\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?[日号]?")
_MONTH_DAY = re.compile(rf"({_D})\s?月\s?({_D})\s?[日号]?")
_SHORT = re.compile(r"(\d{1,2})[/.-](\d{1,2})|(0[1-9]|1[0-2])([0-3]\d)")
_DAY_ONLY = re.compile(rf"({_D})\s?[日号]")
_WEEK = re.compile(r"(上|本|这)?个?(?:周|星期|礼拜)([一二三四五六日天])")
_NAMED = {"今天": 0, "今日": 0, "当天": 0, "当日": 0, "昨天": 1, "昨日": 1, "前天": 2, "前日": 2}
DAY = (
    r"(?<!\d)20\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}(?:\s?[日号])?"
    rf"|(?<![\d年])(?:{_D})\s?月\s?(?:{_D})(?:\s?[日号])?(?![\d个])"
    r"|(?<![\d./:-])(?:1[0-2]|0?[1-9])/(?:3[01]|[12]\d|0?[1-9])(?![\d/])"
    r"|(?<![\d./:-])(?:1[0-2]|0?[1-9])[.](?:3[01]|[12]\d|0[1-9])(?=\s|日)"
    r"|(?<![\dA-Za-z.:#/-])(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?=\s?[:：\s上下])(?!\d)"
    rf"|(?<![\d月])(?:{_D})\s?(?:号(?![楼线机门店柜])|日(?![常志前后内程期]))"
    r"|(?:上|本|这)?个?(?:周|星期|礼拜)[一二三四五六日天](?!期)"
    r"|今[天日]|当[天日]|昨[天日]|前[天日]"
)
"""The pattern of a day, for finding it in a line."""


def find_day(said: str, reference: date) -> date | None:
    """The day `said` means, seen from `reference`; None when it lies in the future, too far back, or does not exist."""
    said = said.strip()
    day = _find(said, reference)
    return day if day and reference - OLDEST <= day <= reference else None


def _find(said: str, reference: date) -> date | None:
    if said in _NAMED:
        return reference - timedelta(days=_NAMED[said])
    if found := _FULL.fullmatch(said):
        return _make(int(found[1]), int(found[2]), int(found[3]))
    if found := _MONTH_DAY.fullmatch(said):
        return _past(_number(found[1]), _number(found[2]), reference)
    if found := _SHORT.fullmatch(said):
        return _past(int(found[1] or found[3]), int(found[2] or found[4]), reference)
    if found := _WEEK.fullmatch(said):
        return _weekday("一二三四五六日".index(found[2].replace("天", "日")), found[1] or "", reference)
    if found := _DAY_ONLY.fullmatch(said):
        return _of_month(_number(found[1]), reference)
    return None


def _past(month: int, day: int, reference: date) -> date | None:
    """The latest such day not after `reference`: in January, 12月30日 is last year's."""
    tried = (_make(year, month, day) for year in (reference.year, reference.year - 1))
    return next((made for made in tried if made and made <= reference), None)


def _of_month(day: int, reference: date) -> date | None:
    before = reference.replace(day=1) - timedelta(days=1)
    tried = (_make(first.year, first.month, day) for first in (reference, before))
    return next((made for made in tried if made and made <= reference), None)


def _weekday(number: int, week: str, reference: date) -> date | None:
    monday = reference - timedelta(days=reference.weekday())
    day = monday + timedelta(days=number - (7 if week == "上" else 0))
    return day if day <= reference or week else day - timedelta(days=7)


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else number_of(written)


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
