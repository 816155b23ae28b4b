"""Who decides in a director's place on which days, as directors said by mail. Nothing is deleted (R49)."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.rules.people import Delegation
from bot.store.address_tables import delegations
from bot.store.base import Repository

_ADD = insert(delegations)
_SINCE = (
    select(delegations.c.by_address, delegations.c.to_address, delegations.c.first_day, delegations.c.last_day)
    .where(delegations.c.last_day >= bindparam("day"), delegations.c.ended_at.is_(None))
    .order_by(delegations.c.last_day, delegations.c.id)
)
_END = (
    update(delegations)
    .where(
        delegations.c.by_address == bindparam("by"),
        delegations.c.to_address == bindparam("to"),
        delegations.c.first_day == bindparam("start"),
        delegations.c.last_day == bindparam("end"),
        delegations.c.ended_at.is_(None),
    )
    .values(ended_at=bindparam("now"), ended_by=bindparam("word"))
)


class Delegations(Repository):
    """Delegations said by mail; those of the configuration are not here."""

    __slots__ = ("_since",)

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._since: dict[date, tuple[Delegation, ...]] = {}  # asked several times for one mail

    def add(self, said: Iterable[Delegation], mail: str, now: datetime) -> None:
        """They hold from now on; `mail` (Message-ID) said so."""
        rows = [
            {
                "by_address": one.by,
                "to_address": one.to,
                "first_day": one.start,
                "last_day": one.end,
                "mail": mail,
                "said_at": now,
                "ended_at": None,
                "ended_by": "",
            }
            for one in said
        ]
        if rows:
            self._since.clear()
            self.run(_ADD, rows)

    def end(self, ended: Iterable[Delegation], mail: str, now: datetime) -> None:
        """They hold no longer; `mail` took them back."""
        for one in ended:
            self._since.clear()
            values = {"by": one.by, "to": one.to, "start": one.start, "end": one.end}
            self.run(_END, values | {"now": now, "word": mail})

    def none_since(self, day: date) -> None:
        """In this transaction it is known already that there are none."""
        self._since[day] = ()

    def since(self, day: date) -> tuple[Delegation, ...]:
        """Those never taken back whose last day is `day` or later, the earliest to end first."""
        if day not in self._since:
            rows = self.run(_SINCE, {"day": day})
            self._since[day] = tuple(
                Delegation(r.by_address, r.to_address, r.first_day, r.last_day, by_mail=True) for r in rows
            )
        return self._since[day]
