"""Leases: which of several processes works on a mailbox (design.md part 4)."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, or_, select, update

from bot.store.base import Repository, insert_or_update
from bot.store.mail_tables import leases

_ABSURD = 10
_ACQUIRE = insert_or_update(
    leases,
    ["name"],
    ["owner", "until"],
    where=lambda new: or_(
        leases.c.until <= bindparam("now"), leases.c.until > bindparam("absurd"), leases.c.owner == new.owner
    ),
)
_MINE = (leases.c.name == bindparam("lease"), leases.c.owner == bindparam("holder"))
_RENEW = update(leases).where(*_MINE, leases.c.until > bindparam("now")).values(until=bindparam("new_until"))
_RELEASE = delete(leases).where(*_MINE)
_HOLDER = select(leases.c.owner).where(leases.c.name == bindparam("lease"))
_TAKE_OVER = update(leases).where(*_MINE).values(owner=bindparam("new_owner"), until=bindparam("new_until"))


class Leases(Repository):
    """One holder a name, until the lease runs out; machines that share a database must keep their clocks in step."""

    __slots__ = ()

    def acquire(self, name: str, owner: str, ttl: timedelta, now: datetime) -> bool:
        """Take the lease if it is free, run out, or `owner`'s already; False when another holds it.

        One that ends far beyond `ttl` was written under a clock that had jumped, and counts as run out.
        """
        values = {"name": name, "owner": owner, "until": now + ttl, "now": now, "absurd": now + _ABSURD * ttl}
        return self.changed(_ACQUIRE, values)

    def holder(self, name: str) -> str | None:
        """Whose name stands on the lease, run out or not; None when nobody's does."""
        found: str | None = self.run(_HOLDER, {"lease": name}).scalar()
        return found

    def take_over(self, name: str, holder: str, owner: str, ttl: timedelta, now: datetime) -> bool:
        """Take the lease from `holder`, who is known to have ended; False when it is somebody else's by now."""
        values = {"lease": name, "holder": holder, "new_owner": owner, "new_until": now + ttl}
        return self.changed(_TAKE_OVER, values)

    def renew(self, name: str, owner: str, ttl: timedelta, now: datetime) -> bool:
        """Hold it `ttl` longer from `now`; False when it was lost or had run out: stop working on it."""
        return self.changed(_RENEW, {"lease": name, "holder": owner, "new_until": now + ttl, "now": now})

    def release(self, name: str, owner: str) -> bool:
        """Give it back; False when `owner` did not hold it."""
        return self.changed(_RELEASE, {"lease": name, "holder": owner})
