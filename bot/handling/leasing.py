"""Who reads which mailbox when several processes share a database: leases with a heartbeat (design.md part 4).

A lease only spares work and noise. That nothing happens twice is kept by the database's unique keys and by claims, so a
process that sleeps past its lease does no harm when it wakes.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import timedelta

from bot.clock import Clock
from bot.errors import StoreError
from bot.store.store import Store

log = logging.getLogger(__name__)

TTL = timedelta(seconds=30)
"""How long a lease holds without a heartbeat; with BEAT, the longest a killed machine's mailbox stays unread."""

BEAT = timedelta(seconds=10)
"""How often held leases are renewed, and how often those that others hold are tried for."""

CLOCK_LEASE = "clock"
"""Held by the process that does what one alone must do: digests, the archive, quarantine."""


def mailbox_lease(account: str) -> str:
    """The lease that goes with reading the account's mailbox."""
    return f"mailbox:{account}"


class Shift:
    """The leases of one process, safe for several threads.

    `owner` is its name, no other's; `is_gone` tells of a name whether its process surely ended.
    """

    def __init__(self, store: Store, clock: Clock, owner: str, is_gone: Callable[[str], bool]) -> None:
        self._store = store
        self._clock = clock
        self._owner = owner
        self._is_gone = is_gone
        self._until: dict[str, float] = {}  # lease → when it runs out, by a clock that nobody sets
        self._lock = threading.Lock()

    def take(self, lease: str) -> bool:
        """Get or keep the lease; False while a living other holds it. Raises StoreError."""
        asked = time.monotonic()
        with self._store.transaction() as tx:
            now = self._clock.now()
            mine = tx.leases.acquire(lease, self._owner, TTL, now)
            if not mine and (holder := tx.leases.holder(lease)) and self._is_gone(holder):
                log.info("%s: its holder %s has ended; taken over", lease, holder)
                mine = tx.leases.take_over(lease, holder, self._owner, TTL, now)
        self._note(lease, asked if mine else None)
        return mine

    def holds(self, lease: str) -> bool:
        """Whether the lease is held and has not run out, as far as this process can know without asking."""
        with self._lock:
            return self._until.get(lease, 0.0) > time.monotonic()

    def beat(self) -> tuple[str, ...]:
        """Renew all held leases; those that are lost. With the database away they hold until they run out."""
        with self._lock:
            held = tuple(self._until)
        return tuple(lease for lease in held if not self._renew(lease))

    def release(self, lease: str) -> None:
        """Give the lease back, so that nobody has to wait for its end."""
        self._note(lease, None)
        self._store.release_lease(lease, self._owner)

    def release_all(self) -> None:
        """Give everything back; what the database does not hear runs out by itself."""
        with self._lock:
            held = tuple(self._until)
        for lease in held:
            try:
                self.release(lease)
            except StoreError as error:
                log.warning("%s: not given back: %s", lease, error)

    def _renew(self, lease: str) -> bool:
        asked = time.monotonic()
        try:
            kept = self._store.renew_lease(lease, self._owner, TTL, self._clock.now())
        except StoreError as error:
            log.warning("%s: no heartbeat: %s", lease, error)
            return self.holds(lease)
        self._note(lease, asked if kept else None)
        return kept

    def _note(self, lease: str, asked: float | None) -> None:
        with self._lock:
            if asked is None:
                self._until.pop(lease, None)
            else:
                self._until[lease] = asked + TTL.total_seconds()
