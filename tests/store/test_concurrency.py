"""Several processes on one database: a row is worked on by one of them, a case is changed by one of them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from typing import TypeVar

from bot.errors import StaleCase
from bot.rules.case import Case
from bot.store import Store
from tests.store.examples import NOW, a_case, a_copy, a_line, acquire

LEASE = timedelta(minutes=5)
T = TypeVar("T")


def at_once(url: str, work: Callable[[Store, int], T], workers: int = 2) -> list[T]:
    """Run `work` in that many threads, each with a store of its own, all starting together."""
    barrier = Barrier(workers)

    def run(number: int) -> T:
        with Store(url) as store:
            barrier.wait(10)
            return work(store, number)

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(run, range(workers)))


def test_two_workers_never_claim_the_same_copy(store: Store, url: str) -> None:
    with store.transaction() as tx:
        for number in range(40):
            tx.outbox.add(a_copy(f"n{number}"), NOW)

    def claim_all(own: Store, number: int) -> list[int]:
        taken: list[int] = []
        for _ in range(40):
            with own.transaction() as tx:
                taken += [row.id for row in tx.outbox.claim(NOW, f"w{number}", LEASE, 3)]
        return taken

    first, second = at_once(url, claim_all)
    assert sorted(first + second) == list(range(1, 41))


def test_of_two_changes_of_one_case_one_wins_and_the_other_is_told(url: str, case: Case) -> None:
    def change(own: Store, number: int) -> bool:
        try:
            with own.transaction() as tx:
                tx.cases.save(replace(case, mode=f"w{number}"), NOW)
        except StaleCase:
            return False
        return True

    assert sorted(at_once(url, change, workers=4)) == [False, False, False, True]


def test_read_decide_and_save_again_after_stale_loses_no_change(store: Store, url: str, case: Case) -> None:
    def count_up(own: Store, _: int) -> None:
        done = 0
        while done < 10:
            with own.reading() as tx:
                seen = tx.cases.get(case.id)
            try:
                with own.transaction() as tx:
                    tx.cases.save(replace(seen, round=seen.round + 1), NOW)
                done += 1
            except StaleCase:
                continue

    at_once(url, count_up)
    with store.reading() as tx:
        assert tx.cases.get(case.id).round == 20


def test_one_record_written_by_two_stays_one_chain(store: Store, url: str, case: Case) -> None:
    def append(own: Store, number: int) -> None:
        for _ in range(15):
            with own.transaction() as tx:
                tx.history.append(case.id, a_line(number))

    at_once(url, append)
    with store.reading() as tx:
        assert len(tx.history.of(case.id)) == 30
        assert tx.history.verify() == ()


def test_a_line_added_beside_the_case_keeps_nobody_from_saving_it(store: Store, url: str, case: Case) -> None:
    """Such a line counts no version up: who has read the case before it chains his own behind it."""

    def save_or_append(own: Store, number: int) -> None:
        for _ in range(15):
            with own.transaction() as tx:
                if number:
                    tx.history.append(case.id, a_line(number))
                else:
                    tx.cases.save(tx.cases.get(case.id), NOW, a_line(number))

    at_once(url, save_or_append)
    with store.reading() as tx:
        assert len(tx.history.of(case.id)) == 30
        assert tx.history.verify() == ()


def test_a_lease_is_taken_by_one(url: str, store: Store) -> None:
    taken = at_once(url, lambda own, number: acquire(own, "INBOX", f"w{number}", LEASE), workers=4)
    assert sorted(taken) == [False, False, False, True]


def test_the_same_notice_decided_by_two_goes_out_once(url: str, store: Store) -> None:
    def decide(own: Store, number: int) -> bool:
        with own.transaction() as tx:
            return tx.outbox.add(a_copy(own_id=f"w{number}"), NOW)

    assert sorted(at_once(url, decide, workers=4)) == [False, False, False, True]


def test_the_same_raw_kept_by_two_is_kept_once(url: str, store: Store) -> None:
    def keep(own: Store, _: int) -> str:
        with own.transaction() as tx:
            return tx.mails.keep_raw(b"the same mail")

    (name,) = set(at_once(url, keep, workers=4))
    with store.reading() as tx:
        assert tx.mails.raw(name) == b"the same mail"


def test_two_migrating_at_once_do_it_once(empty_url: str) -> None:
    at_once(empty_url, lambda own, _: own.migrate(), workers=4)
    with Store(empty_url) as store, store.open().transaction() as tx:
        assert tx.cases.create(a_case()).ref == "ZC2026-0001"
