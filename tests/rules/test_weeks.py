"""R28, R42: weeks over year ends, and the day of the report with make-up weekends (调休)."""

from dataclasses import replace
from datetime import date

import pytest

from bot.rules.policy import ReportTimes
from bot.rules.times.hours import moment_words
from bot.rules.times.weeks import Week, latest_due, parse_week, report_day, report_moment, week_of
from bot.rules.times.workdays import WorkCalendar
from tests.rules.build import POLICY, at


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 9, 18), "2026-W38"),
        (date(2026, 9, 20), "2026-W38"),
        (date(2025, 12, 29), "2026-W01"),  # a Monday of the old year
        (date(2026, 1, 4), "2026-W01"),
        (date(2026, 12, 31), "2026-W53"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
    ],
)
def test_a_week_is_the_isos(day: date, week: str) -> None:
    found = week_of(day)
    assert str(found) == week
    assert parse_week(week) == found
    assert found.first <= day <= found.last
    assert found.following.first == date.fromordinal(found.last.toordinal() + 1)


@pytest.mark.parametrize("written", ["2026-W54", "2025-W53", "2026-W00", "38", "2026-09", "W38", ""])
def test_what_is_no_week_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="week"):
        parse_week(written)


@pytest.mark.parametrize(
    ("week", "day"),
    [
        ("2026-W38", date(2026, 9, 18)),  # Friday, although Sunday 9/20 is worked too
        ("2026-W39", date(2026, 9, 24)),  # Friday is 中秋: Thursday
        ("2026-W01", date(2026, 1, 4)),  # Friday is 元旦, and Sunday is worked for it
        ("2026-W41", date(2026, 10, 9)),  # Friday, although Saturday is worked
        ("2026-W18", date(2026, 4, 30)),  # Friday is 5/1: Thursday, over the month's end
        ("2026-W08", None),  # the whole week is 春节
    ],
)
def test_R28_R42_the_report_goes_on_friday_or_the_last_working_day(week: str, day: date | None) -> None:
    assert report_day(WorkCalendar(), parse_week(week), 5) == day


def test_R28_day_and_time_are_the_companys() -> None:
    policy = replace(POLICY, report=ReportTimes(weekly_on=4, weekly_at=at("09-17 10:30").time()))
    moment = report_moment(policy, Week(2026, 38))
    assert moment
    assert moment_words(moment) == "9月17日（周四）10:30"


@pytest.mark.parametrize(
    ("now", "week"),
    [
        ("09-18 15:59", "2026-W37"),
        ("09-18 16:00", "2026-W38"),
        ("09-24 15:59", "2026-W38"),
        ("09-24 16:00", "2026-W39"),
        ("02-27 16:00", "2026-W09"),
        ("02-25 10:00", "2026-W07"),  # 春节 has no report of its own
        ("2027-01-04 09:00", "2026-W53"),
    ],
)
def test_R28_the_newest_week_whose_moment_has_come(now: str, week: str) -> None:
    assert str(latest_due(POLICY, at(now))) == week
