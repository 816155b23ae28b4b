"""What a benchmark hands back: a measured number beside the limit it must keep."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """One measured number. `limit` is the worst that passes; None: only shown.

    `at_least`: the number must not be below `limit` (a rate, a ratio to peers); otherwise not above it (a time).
    """

    what: str
    value: float
    unit: str
    limit: float | None = None
    at_least: bool = False
    note: str = ""

    @property
    def passes(self) -> bool:
        """Whether the limit is kept."""
        if self.limit is None:
            return True
        return self.value >= self.limit if self.at_least else self.value <= self.limit
