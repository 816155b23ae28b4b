"""How a moment counts in working time (R8, R43)."""

from datetime import UTC, time, timedelta

import pytest

from bot.rules.times.hours import OfficeHours, day_words, moment_words
from tests.rules.build import at

HOURS = OfficeHours()


@pytest.mark.parametrize(
    ("received", "counted", "afternoon", "moved"),
    [
        ("09-17 09:00", "09-17 09:00", False, ""),
        ("09-17 11:59:59", "09-17 11:59:59", False, ""),
        ("09-17 12:00:00", "09-17 12:00:00", True, ""),
        ("09-17 17:59:59", "09-17 17:59:59", True, ""),
        ("09-17 08:59:59", "09-17 09:00", False, "上班前"),
        ("09-17 00:00", "09-17 09:00", False, "上班前"),
        ("09-17 18:00", "09-17 18:00", True, "下班后"),
        ("09-17 23:59:59", "09-17 23:59:59", True, "下班后"),
        ("09-19 15:00", "09-20 09:00", False, "休息日"),  # Saturday → worked Sunday
        ("10-03 20:00", "10-08 09:00", False, "休息日"),  # National Day
    ],
)
def test_R43_when_a_request_counts(received: str, counted: str, afternoon: bool, moved: str) -> None:
    arrival = HOURS.arrival(at(received))
    assert (arrival.counted, arrival.afternoon, arrival.day) == (at(counted), afternoon, at(counted).date())
    assert moved in arrival.moved
    assert bool(moved) is bool(arrival.moved)


def test_R43_the_zone_is_the_companys_whatever_the_server_writes() -> None:
    arrival = HOURS.arrival(at("09-17 00:30").astimezone(UTC))  # 16 September in UTC
    assert arrival.counted == at("09-17 09:00")


def test_R43_noon_and_hours_are_configuration() -> None:
    shop = OfficeHours(opening=time(8, 30), noon=time(13), closing=time(17))
    assert not shop.arrival(at("09-17 12:59")).afternoon
    assert shop.arrival(at("09-17 13:00")).afternoon
    assert shop.arrival(at("09-17 08:00")).counted == at("09-17 08:30")
    assert shop.closes(at("09-17 08:00").date()) == at("09-17 17:00")


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("09-17 10:00", "09-17 10:00"),
        ("09-17 08:00", "09-17 09:00"),
        ("09-17 18:00", "09-18 09:00"),
        ("09-18 18:00", "09-20 09:00"),
        ("09-30 18:00", "10-08 09:00"),
    ],
)
def test_the_next_open_moment(moment: str, opens: str) -> None:
    assert HOURS.next_open(at(moment)) == at(opens)
    assert HOURS.are_open(at(moment)) is (moment == opens)


@pytest.mark.parametrize(
    ("moment", "hours", "before"),
    [
        ("09-17 18:00", 2, "09-17 16:00"),
        ("09-17 18:00", 9, "09-17 09:00"),
        ("09-17 18:00", 10, "09-16 17:00"),
        ("09-20 10:00", 2, "09-18 17:00"),  # over the Saturday
        ("10-08 10:00", 2, "09-30 17:00"),  # over National Day
        ("09-17 08:00", 2, "09-16 16:00"),  # before opening: from the last close
        ("09-19 12:00", 2, "09-18 16:00"),  # on a rest day
        ("09-17 22:00", 2, "09-17 16:00"),  # after closing
        ("09-17 18:00", 0, "09-17 18:00"),
    ],
)
def test_R11_so_many_working_hours_before(moment: str, hours: int, before: str) -> None:
    assert HOURS.subtract_open_time(at(moment), timedelta(hours=hours)) == at(before)


@pytest.mark.parametrize(
    ("moment", "hours", "after"),
    [
        ("09-17 10:00", 2, "09-17 12:00"),
        ("09-17 17:00", 1, "09-17 18:00"),
        ("09-17 17:00", 2, "09-18 10:00"),
        ("09-18 17:00", 2, "09-20 10:00"),
        ("09-30 17:00", 2, "10-08 10:00"),
        ("09-19 12:00", 1, "09-20 10:00"),
        ("09-17 09:00", 20, "09-20 11:00"),
    ],
)
def test_R32_so_many_working_hours_after(moment: str, hours: int, after: str) -> None:
    assert HOURS.add_open_time(at(moment), timedelta(hours=hours)) == at(after)


def test_dates_are_written_as_people_say_them() -> None:
    assert day_words(at("09-30 17:00").date()) == "9月30日（周三）"
    assert moment_words(at("10-08 18:00")) == "10月8日（周四）18:00"
