"""The only place that asks the time; everywhere below `now` is an argument (design.md part 1)."""

from datetime import UTC, datetime
from typing import Protocol


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
