"""One process at a time works on a mailbox; a dead one loses it when its lease runs out (design.md part 4)."""

from datetime import timedelta

from bot.store import Store
from tests.store.examples import NOW

TTL = timedelta(minutes=2)


def test_only_one_owner_holds_a_lease(store: Store) -> None:
    assert store.acquire_lease("support/INBOX", "a", TTL, NOW)
    assert not store.acquire_lease("support/INBOX", "b", TTL, NOW)
    assert store.acquire_lease("support/INBOX", "a", TTL, NOW)
    assert store.acquire_lease("other/INBOX", "b", TTL, NOW)


def test_a_lease_that_ran_out_is_free(store: Store) -> None:
    store.acquire_lease("x", "a", TTL, NOW)
    assert not store.acquire_lease("x", "b", TTL, NOW + TTL - timedelta(seconds=1))
    assert store.acquire_lease("x", "b", TTL, NOW + TTL)
    assert not store.renew_lease("x", "a", TTL, NOW + TTL)
    assert not store.release_lease("x", "a")


def test_renewing_holds_it_longer(store: Store) -> None:
    store.acquire_lease("x", "a", TTL, NOW)
    assert store.renew_lease("x", "a", TTL, NOW + TTL / 2)
    assert not store.acquire_lease("x", "b", TTL, NOW + TTL)
    assert not store.renew_lease("x", "a", TTL, NOW + 2 * TTL), "one that ran out is lost, not renewed"


def test_a_lease_given_back_is_free(store: Store) -> None:
    assert not store.release_lease("x", "a")
    store.acquire_lease("x", "a", TTL, NOW)
    assert store.release_lease("x", "a")
    assert store.acquire_lease("x", "b", TTL, NOW)


def test_a_lease_written_under_a_clock_that_had_jumped_binds_nobody(store: Store) -> None:
    store.acquire_lease("x", "a", TTL, NOW + timedelta(days=365))
    assert store.acquire_lease("x", "b", TTL, NOW)
    assert not store.acquire_lease("x", "c", TTL, NOW - TTL), "clocks that differ a little steal nothing"
