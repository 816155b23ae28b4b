"""The confirmed days of all cases at work, for load and double booking (R38)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select

from bot.rules.plans.booking import WORKING, Booking
from bot.rules.words import Stage
from bot.store.base import Repository
from bot.store.case_tables import cases

# Sorted afterwards: an ORDER BY here makes SQLite walk the whole table instead of the index of stages.
_AT = select(cases.c.id, cases.c.ref, cases.c.details).where(cases.c.stage.in_(bindparam("stages", expanding=True)))


class Bookings(Repository):
    """Read from the cases themselves, so that there is nothing to keep in step."""

    __slots__ = ()

    def between(self, first: date, last: date, stages: Iterable[Stage] = WORKING) -> tuple[Booking, ...]:
        """The bookings of cases at `stages` that touch the days from `first` to `last`, both included, oldest first."""
        rows = sorted(self.run(_AT, {"stages": sorted(stages)}), key=lambda row: int(row.id))
        found = (_booking(row.ref, row.details) for row in rows)
        return tuple(b for b in found if b and b.on <= last and b.until >= first)


def _booking(ref: str, details: dict[str, Any]) -> Booking | None:
    # Not the whole case: an assignment would otherwise validate every open one.
    if not details.get("on") or not details.get("engineers"):
        return None
    on = date.fromisoformat(details["on"])
    until = date.fromisoformat(details["until"]) if details.get("until") else on
    return Booking(ref, details["customer"], details["project"], tuple(details["engineers"]), on, max(on, until))
