"""One process at a time works on a mailbox; a dead one loses it when its lease runs out (design.md part 4)."""

from datetime import timedelta

from bot.store import Store
from tests.store.examples import NOW, acquire

TTL = timedelta(minutes=2)


def test_only_one_owner_holds_a_lease(store: Store) -> None:
    assert acquire(store, "support/INBOX", "a", TTL)
    assert not acquire(store, "support/INBOX", "b", TTL)
    assert acquire(store, "support/INBOX", "a", TTL)
    assert acquire(store, "other/INBOX", "b", TTL)


def test_a_lease_that_ran_out_is_free(store: Store) -> None:
    acquire(store, "x", "a", TTL)
    assert not acquire(store, "x", "b", TTL, NOW + TTL - timedelta(seconds=1))
    assert acquire(store, "x", "b", TTL, NOW + TTL)
    assert not store.renew_lease("x", "a", TTL, NOW + TTL)
    assert not store.release_lease("x", "a")


def test_renewing_holds_it_longer(store: Store) -> None:
    acquire(store, "x", "a", TTL)
    assert store.renew_lease("x", "a", TTL, NOW + TTL / 2)
    assert not acquire(store, "x", "b", TTL, NOW + TTL)
    assert not store.renew_lease("x", "a", TTL, NOW + 2 * TTL), "one that ran out is lost, not renewed"


def test_a_lease_given_back_is_free(store: Store) -> None:
    assert not store.release_lease("x", "a")
    acquire(store, "x", "a", TTL)
    assert store.release_lease("x", "a")
    assert acquire(store, "x", "b", TTL)


def test_a_lease_written_under_a_clock_that_had_jumped_binds_nobody(store: Store) -> None:
    acquire(store, "x", "a", TTL, NOW + timedelta(days=365))
    assert acquire(store, "x", "b", TTL)
    assert not acquire(store, "x", "c", TTL, NOW - TTL), "clocks that differ a little steal nothing"
