"""What is known about addresses: mail to it came back, or its owner is away (R24)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select

from bot.store.address_tables import MarkKind, marks
from bot.store.base import Repository, insert_or_update


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing known about an address since `at`; `until` None: till it is cleared."""

    address: str
    what: MarkKind
    why: str
    at: datetime
    until: datetime | None


_SET = insert_or_update(marks, ["address", "what"], ["why", "at", "until"])
_GET = select(marks).where(marks.c.address == bindparam("address"), marks.c.what == bindparam("what"))
_ALL = select(marks).order_by(marks.c.address, marks.c.what)
_CLEAR = delete(marks).where(marks.c.address == bindparam("address"), marks.c.what == bindparam("what"))


class Marks(Repository):
    """One mark an address and kind; a newer one replaces it."""

    __slots__ = ("_marks",)

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._marks: tuple[Mark, ...] | None = None  # few, and asked several times for one mail

    def mark_bounced(self, address: str, why: str, now: datetime) -> None:
        """Mail to `address` came back for good."""
        self._set(address, MarkKind.BOUNCED, why, now, None)

    def mark_away(self, address: str, why: str, now: datetime, until: datetime | None = None) -> None:
        """The owner of `address` answers automatically; `until` when the reply names it."""
        self._set(address, MarkKind.AWAY, why, now, until)

    def clear(self, address: str, what: MarkKind) -> bool:
        """The mark holds no longer; False when there was none."""
        self._marks = None
        return self.changed(_CLEAR, {"address": address.lower(), "what": what})

    def bounced(self, address: str) -> Mark | None:
        """The bounce noted for this address, or None."""
        return self._get(address, MarkKind.BOUNCED)

    def away(self, address: str, now: datetime) -> Mark | None:
        """The absence that holds at `now`, or None."""
        mark = self._get(address, MarkKind.AWAY)
        return mark if mark and (mark.until is None or now < mark.until) else None

    def all_bounced(self) -> frozenset[str]:
        """Every address that mail came back from for good."""
        return frozenset(mark.address for mark in self.all() if mark.what is MarkKind.BOUNCED)

    def all(self) -> tuple[Mark, ...]:
        """Every mark, by address."""
        if self._marks is None:
            self._marks = tuple(Mark(*row) for row in self.run(_ALL))
        return self._marks

    def _set(self, address: str, what: MarkKind, why: str, at: datetime, until: datetime | None) -> None:
        self._marks = None
        self.run(_SET, {"address": address.lower(), "what": what, "why": why, "at": at, "until": until})

    def _get(self, address: str, what: MarkKind) -> Mark | None:
        row = self.run(_GET, {"address": address.lower(), "what": what}).first()
        return Mark(*row) if row else None
