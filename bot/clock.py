"""The only place that asks the time; everywhere below `now` is an argument (design.md part 1)."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

JUMP = timedelta(hours=1)
"""More than this between two looks, against a clock that nobody can set, is no drift."""

DISTRUST = timedelta(minutes=10)
"""How long a clock that jumped is not believed, so that it can be put right before deadlines are taken by it."""


class Clock(Protocol):
    """Gives the current time as an aware datetime."""

    def now(self) -> datetime:
        """The current moment, always with an offset."""


class SystemClock:
    """The machine's clock, in UTC."""

    def now(self) -> datetime:
        """The machine's time, in UTC."""
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands where it is put: `once --at`, tests, the demo."""

    def __init__(self, at: datetime) -> None:
        self.set(at)

    def now(self) -> datetime:
        """The moment this clock was last put at."""
        return self._at

    def set(self, at: datetime) -> None:
        """Put the clock at `at`; a naive datetime is refused with ValueError."""
        if at.tzinfo is None:
            raise ValueError(f"{at.isoformat()} has no offset")
        self._at = at


class JumpWatch:
    """Tells when the machine's clock was set: it is laid beside one that only counts on, also while asleep."""

    def __init__(self, steady: Callable[[], float] | None = None) -> None:
        self._steady = steady or _count_on
        self._last: tuple[datetime, float] | None = None
        self._jump = timedelta(0)
        self._since = 0.0

    def look(self, now: datetime) -> str:
        """What is wrong with the clock, in one line for the operator; "" when it may be believed."""
        steady = self._steady()
        if self._last:
            self._judge(now - self._last[0] - timedelta(seconds=steady - self._last[1]), steady)
        self._last = (now, steady)
        if self._jump and steady - self._since >= DISTRUST.total_seconds():
            self._jump = timedelta(0)
        if not self._jump:
            return ""
        way = "forwards" if self._jump > timedelta(0) else "backwards"
        minutes = DISTRUST // timedelta(minutes=1)
        return (
            f"the machine's clock jumped {way} by {abs(self._jump)}; put it right (NTP): "
            f"deadlines wait {minutes} minutes, then the clock is believed"
        )

    def _judge(self, jump: timedelta, steady: float) -> None:
        if abs(jump) < JUMP:
            return
        self._jump = self._jump + jump if self._jump else jump
        self._since = steady
        if abs(self._jump) < JUMP:  # it was put right
            self._jump = timedelta(0)


def _count_on() -> float:
    """Seconds since the machine started, sleep included where the system tells."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))
