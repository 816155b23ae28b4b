"""What a monthly report is made of, and what it says (R36, R39)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from bot.rules.case import Case, Deadline, HistoryEntry
from bot.rules.matters.rating import Rated
from bot.rules.reports.report import ReportRow


@dataclass(frozen=True, slots=True)
class Rate:
    """How a rule was kept in the month. `silent`: counted as accepted by silence; `waiting`: overdue and still open."""

    rule: str
    name: str
    on_time: int = 0
    late: int = 0
    silent: int = 0
    waiting: int = 0

    @property
    def all(self) -> int:
        """Every deadline of the month that was met, missed, or let pass."""
        return self.on_time + self.late + self.silent + self.waiting

    @property
    def share(self) -> Decimal | None:
        """The part kept in time, 0–1 with three places; None when there was nothing to keep."""
        return (Decimal(self.on_time) / self.all).quantize(Decimal("0.001"), ROUND_HALF_UP) if self.all else None


@dataclass(frozen=True, slots=True)
class Missed:
    """One deadline that was not kept."""

    rule: str
    ref: str
    customer: str
    owner: str  # name
    due_at: datetime
    met_at: datetime | None  # None: still open


@dataclass(frozen=True, slots=True)
class Load:
    """One engineer's month. `use`: hours of those that the month's working days have, 0–1."""

    name: str
    cases: int
    hours: Decimal
    estimate: Decimal
    days: Decimal
    use: Decimal
    stars: Decimal | None = None
    rated: int = 0


@dataclass(frozen=True, slots=True)
class GroupLine:
    """The month of one customer, or of one 支持类型. `requests` came in it, on `cases` was work."""

    name: str
    requests: int
    cases: int
    hours: Decimal
    days: Decimal
    stars: Decimal | None = None
    rated: int = 0


@dataclass(frozen=True)
class Monthly:
    """The whole report. `counts`: what happened, label → number."""

    month: str  # 2026-09
    working_days: int
    counts: tuple[tuple[str, int], ...]
    rates: tuple[Rate, ...]
    missed: tuple[Missed, ...]
    engineers: tuple[Load, ...]
    customers: tuple[GroupLine, ...]
    types: tuple[GroupLine, ...]
    stars: Decimal | None = None
    rated: int = 0


@dataclass(frozen=True)
class MonthMaterial:
    """What the month is made of. `received`: receipt of a mail by its Message-ID, as far as it is on record.

    `deadlines`: due in the month, of all kinds; `history`: of the cases these belong to and of those in `cases`.
    `rows`: the work of the month as reports list it, with the engineer's address beside each line.
    """

    cases: Mapping[int, Case]
    deadlines: tuple[Deadline, ...]
    history: Mapping[int, tuple[HistoryEntry, ...]]
    received: Mapping[str, datetime] = field(default_factory=dict)
    rows: tuple[tuple[str, ReportRow], ...] = ()
    rated: tuple[Rated, ...] = ()


def month_span(month: date) -> tuple[date, date]:
    """First and last day of the month that holds `month`."""
    first = month.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return first, following - timedelta(days=1)
