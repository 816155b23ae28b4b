"""Health is the age of the last whole pass; and a clock that jumps is not believed at once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.clock import DISTRUST, JUMP, JumpWatch
from bot.daemon import STALE, Health

NOW = datetime(2026, 9, 17, 2, tzinfo=UTC)
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)


def part(health: Health, now: datetime) -> Any:
    report: Any = health.report(now)
    return report["ok"], report["parts"]["mailbox"]["fault"], report["parts"]["mailbox"]["since"]


def test_a_part_that_hangs_from_the_start_is_seen() -> None:
    health = Health()
    health.expect("mailbox", NOW)
    assert part(health, NOW + STALE - SECOND) == (True, "", None)
    ok, fault, since = part(health, NOW + STALE)
    assert not ok
    assert "no whole pass" in fault
    assert since == NOW.isoformat()


def test_a_fault_stands_since_it_first_came_until_a_good_pass() -> None:
    health = Health()
    health.bad("mailbox", "no answer", NOW)
    health.bad("mailbox", "connection refused", NOW + MINUTE)
    assert part(health, NOW + MINUTE) == (False, "connection refused", NOW.isoformat())
    health.good("mailbox", NOW + 2 * MINUTE)
    assert part(health, NOW + 2 * MINUTE) == (True, "", None)
    assert not part(health, NOW + 2 * MINUTE + STALE)[0]


def test_a_good_pass_of_tomorrow_is_no_good_pass() -> None:
    """The clock was put back: else a dead part would look well for a day."""
    health = Health()
    health.good("mailbox", NOW + DAY)
    assert not part(health, NOW)[0]


class Steady:
    """A clock that only counts on."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.mark.parametrize("jump", [timedelta(days=365), -DAY, JUMP])
def test_a_clock_that_jumps_is_distrusted_for_a_while(jump: timedelta) -> None:
    steady = Steady()
    watch = JumpWatch(steady)
    assert watch.look(NOW) == ""
    steady.seconds = 15
    assert "jumped" in watch.look(NOW + jump + 15 * SECOND)
    steady.seconds = DISTRUST.total_seconds() + 14
    assert "jumped" in watch.look(NOW + jump + DISTRUST + 14 * SECOND)
    steady.seconds += 1
    assert watch.look(NOW + jump + DISTRUST + 15 * SECOND) == ""


def test_a_clock_that_is_put_right_is_believed_at_once() -> None:
    watch = JumpWatch(Steady())
    watch.look(NOW)
    assert watch.look(NOW + 365 * DAY)
    assert watch.look(NOW + MINUTE) == ""


def test_drift_and_sleep_are_no_jumps() -> None:
    steady = Steady()
    watch = JumpWatch(steady)
    watch.look(NOW)
    steady.seconds = 8 * 3600
    assert watch.look(NOW + timedelta(hours=8, minutes=30)) == ""
