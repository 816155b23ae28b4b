"""China's working days with make-up weekends (调休), R42.

Three sources, the first that knows the date wins: the company's own table, the official calendar (chinesecalendar's
data), the State Council's standing rule. A day answered by the last is provisional (暂定): its make-up weekends are
not announced yet, so deadlines may come out late, never early.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache

import chinese_calendar.constants as official
from lunardate import LunarDate

_LUNAR_YEARS = range(1901, 2100)
"""Where the Chinese calendar can be computed; outside of it the holidays fixed by the solar date are all we know."""


class DaySource(StrEnum):
    """Who says whether a date is worked."""

    COMPANY = "company"
    OFFICIAL = "official"
    RULE = "rule"  # provisional


@dataclass(frozen=True, slots=True)
class DayAnswer:
    """Whether a date is worked, who says so, and the holiday's Chinese name if it has one."""

    works: bool
    source: DaySource
    name: str = ""

    @property
    def provisional(self) -> bool:
        """Whether the official notice for that year is still to come."""
        return self.source is DaySource.RULE


OFFICIAL_YEARS = frozenset({d.year for d in official.holidays} & {d.year for d in official.workdays})

_CHINESE_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}


@dataclass(frozen=True)
class WorkCalendar:
    """Working days; `off` and `work` are the company's table, which wins over everything (R42).

    `known_years`: years whose whole notice the company has put into its table, so they are no longer provisional.
    """

    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()
    known_years: frozenset[int] = field(default_factory=frozenset)

    def ask(self, day: date) -> DayAnswer:
        """Whether `day` is worked, with the source."""
        if day in self.work:
            return DayAnswer(works=True, source=DaySource.COMPANY)
        if day in self.off:
            return DayAnswer(works=False, source=DaySource.COMPANY)
        if day.year in self.known_years:
            return DayAnswer(works=day.weekday() < 5, source=DaySource.COMPANY)
        if day.year in OFFICIAL_YEARS:
            return _ask_official(day)
        return _ask_rule(day)

    @cached_property
    def _known(self) -> dict[date, bool]:
        return {}

    def works(self, day: date) -> bool:
        """Whether `day` is a working day; remembered, since every deadline walks over days."""
        known = self._known.get(day)
        if known is None:
            known = self._known[day] = self.ask(day).works
        return known

    def knows(self, year: int) -> bool:
        """Whether the year's calendar is official or the company's own, not provisional (R42)."""
        return year in OFFICIAL_YEARS or year in self.known_years

    def next_working(self, day: date, *, count: int = 1) -> date:
        """The `count`-th working day after `day`; `day` itself is not counted. count ≥ 1."""
        for _ in range(count):
            day += timedelta(days=1)
            while not self.works(day):
                day += timedelta(days=1)
        return day

    def first_working(self, day: date) -> date:
        """`day` itself if it is worked, else the next working day."""
        return day if self.works(day) else self.next_working(day)

    def provisional_between(self, start: date, end: date) -> bool:
        """Whether any day from `start` to `end` (both included) is answered provisionally."""
        return any(not self.knows(year) for year in range(start.year, end.year + 1))


def _ask_official(day: date) -> DayAnswer:
    if day in official.holidays:
        return DayAnswer(works=False, source=DaySource.OFFICIAL, name=_name(official.holidays[day]))
    if day in official.workdays:
        return DayAnswer(works=True, source=DaySource.OFFICIAL, name=_name(official.workdays[day]))
    return DayAnswer(works=day.weekday() < 5, source=DaySource.OFFICIAL)


def _ask_rule(day: date) -> DayAnswer:
    name = _statutory_days(day.year).get(day, "")
    if not name and day.month == 12:  # a New Year on Monday or Tuesday takes days of the old year
        name = _statutory_days(day.year + 1).get(day, "")
    return DayAnswer(works=not name and day.weekday() < 5, source=DaySource.RULE, name=name)


def _name(english: str) -> str:
    return _CHINESE_NAMES.get(english, english)


@lru_cache(maxsize=64)
def _statutory_days(year: int) -> dict[date, str]:
    """The days off by the standing rule of the notice of November 2024, make-up days excepted.

    春节 8 days from 除夕, 劳动节 5, 国庆 7 (8 with 中秋 inside), the others 3 with a weekend, or 1 on a Wednesday.
    """
    days: dict[date, str] = {}
    short = [(date(year, 1, 1), "元旦"), (_tomb_sweeping(year), "清明节")]
    golden_week, merged = date(year, 10, 1), False
    if year in _LUNAR_YEARS:
        _put(days, _lunar(year, 1, 1) - timedelta(days=1), 8, "春节")
        autumn = _lunar(year, 8, 15)
        merged = golden_week <= autumn <= golden_week + timedelta(days=7)
        short.append((_lunar(year, 5, 5), "端午节"))
        if not merged:
            short.append((autumn, "中秋节"))
    _put(days, date(year, 5, 1), 5, "劳动节")
    _put(days, golden_week, 8 if merged else 7, "国庆节")
    for day, name in short:
        start, length = _short_holiday(day)
        _put(days, start, length, name)
    return days


def _lunar(year: int, month: int, day: int) -> date:
    solar: date = LunarDate(year, month, day).to_solar_date()
    return solar


def _short_holiday(day: date) -> tuple[date, int]:
    """First day and length of a one-day holiday: joined to the nearer weekend, alone on a Wednesday."""
    back, length = {0: (2, 3), 1: (2, 3), 2: (0, 1), 3: (0, 3), 4: (0, 3), 5: (0, 3), 6: (1, 3)}[day.weekday()]
    return day - timedelta(days=back), length


def _tomb_sweeping(year: int) -> date:
    """Qingming by the solar-term formula, right for 2000–2099."""
    short = year % 100
    return date(year, 4, int(short * 0.2422 + 4.81) - short // 4)


def _put(days: dict[date, str], start: date, length: int, name: str) -> None:
    for n in range(length):
        days[start + timedelta(days=n)] = name
