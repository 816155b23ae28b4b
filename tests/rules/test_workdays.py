"""China's working days (R42, R44)."""

import warnings
from datetime import date, timedelta

import pytest

from bot.rules.times.workdays import OFFICIAL_YEARS, DaySource, WorkCalendar

CALENDAR = WorkCalendar()


def days(start: str, end: str) -> set[date]:
    first, last = (date.fromisoformat(f"2026-{d}") for d in (start, end))
    return {first + timedelta(days=n) for n in range((last - first).days + 1)}


OFF_2026 = set().union(
    *(
        days(*span)
        for span in (
            ("01-01", "01-03"),
            ("02-15", "02-23"),
            ("04-04", "04-06"),
            ("05-01", "05-05"),
            ("06-19", "06-21"),
            ("09-25", "09-27"),
            ("10-01", "10-07"),
        )
    )
)
WORKED_WEEKENDS_2026 = {date(2026, m, d) for m, d in ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10))}


def test_R44_every_day_of_2026() -> None:
    for day in days("01-01", "12-31"):
        works = day not in OFF_2026 and (day.weekday() < 5 or day in WORKED_WEEKENDS_2026)
        assert CALENDAR.works(day) is works, day
        assert CALENDAR.ask(day).source is DaySource.OFFICIAL


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        ("2026-09-17", 1, "2026-09-18"),  # Thursday → Friday
        ("2026-09-18", 1, "2026-09-20"),  # Friday → worked Sunday
        ("2026-09-19", 1, "2026-09-20"),
        ("2026-09-24", 1, "2026-09-28"),  # over 中秋
        ("2026-09-30", 1, "2026-10-08"),  # over 国庆
        ("2026-10-08", 2, "2026-10-10"),  # worked Saturday
        ("2026-12-31", 1, "2027-01-04"),  # over New Year into a year not announced
    ],
)
def test_R42_next_working_day(day: str, count: int, expected: str) -> None:
    assert CALENDAR.next_working(date.fromisoformat(day), count=count) == date.fromisoformat(expected)


def test_R42_the_company_wins_over_the_official_table_and_that_over_the_rule() -> None:
    friday, national_day = date(2026, 9, 18), date(2026, 10, 1)
    own = WorkCalendar(off=frozenset({friday}), work=frozenset({national_day}))
    assert own.ask(friday).source is own.ask(national_day).source is DaySource.COMPANY
    assert not own.works(friday)
    assert own.works(national_day)
    assert own.ask(date(2026, 10, 2)).source is DaySource.OFFICIAL
    assert own.ask(date(2027, 10, 2)).source is DaySource.RULE


def test_R42_a_year_not_announced_is_provisional_and_keeps_the_holidays() -> None:
    for day, name in (("2027-01-01", "元旦"), ("2027-02-05", "春节"), ("2027-02-12", "春节"), ("2027-10-07", "国庆节")):
        answer = CALENDAR.ask(date.fromisoformat(day))
        assert (answer.works, answer.name, answer.provisional) == (False, name, True), day
    assert not CALENDAR.works(date(2027, 2, 13)), "no weekend is worked before the notice says so"
    assert CALENDAR.ask(date(2027, 2, 15)).works


def test_R42_a_new_year_on_a_tuesday_takes_days_of_the_old_year() -> None:
    assert not CALENDAR.works(date(2029, 12, 31))
    assert CALENDAR.ask(date(2029, 12, 31)).name == "元旦"


def test_R42_the_company_can_enter_a_whole_year_itself() -> None:
    own = WorkCalendar(off=frozenset({date(2027, 1, 1)}), known_years=frozenset({2027}))
    assert own.knows(2027)
    assert not own.works(date(2027, 1, 1))
    assert own.works(date(2027, 2, 8)), "in its own year only its own days off count"
    assert not own.provisional_between(date(2026, 12, 31), date(2027, 1, 5))
    assert CALENDAR.provisional_between(date(2026, 12, 31), date(2027, 1, 5))
    assert not CALENDAR.provisional_between(date(2026, 12, 1), date(2026, 12, 31))


@pytest.mark.parametrize("year", sorted(y for y in OFFICIAL_YEARS if y >= 2025))
def test_R42_the_standing_rule_gives_every_statutory_day_off_that_the_notice_gave(year: int) -> None:
    """Held against announced years: a day the notice gave off and the rule works would bring a deadline early."""
    from bot.rules.times.workdays import _ask_rule

    day = date(year, 1, 1)
    early = []
    while day.year == year:
        if _ask_rule(day).works and not CALENDAR.works(day):
            early.append(day.isoformat())
        day += timedelta(days=1)
    assert len(early) <= 1, early  # 2026 added one day to 春节 beyond the rule


def test_years_beyond_the_lunar_tables_are_answered_without_a_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert not CALENDAR.works(date(2150, 10, 1))
        assert CALENDAR.first_working(date(2150, 10, 1)) == date(2150, 10, 8)
