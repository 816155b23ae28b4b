"""Deadlines live in rows: one open one a case and kind, found when due, kept when done (design.md part 1, rule 4)."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.errors import StoreError
from bot.rules.case import Case, Deadline, DeadlineKind
from bot.store import Store, Tx
from tests.store.examples import HOUR, NOW, a_case, a_deadline

K = DeadlineKind


def due_ids(tx: Tx, now: datetime, limit: int = 100) -> list[int]:
    return [deadline.id for deadline in tx.deadlines.due(now, limit)]


def test_a_deadline_comes_back_whole(case: Case, tx: Tx) -> None:
    given = a_deadline(step=2, provisional=True)
    stored = tx.deadlines.set(case.id, given, NOW)
    assert stored == replace(given, id=stored.id, case_id=case.id, set_at=NOW)
    assert tx.deadlines.of(case.id) == tx.deadlines.open() == (stored,)


def test_a_new_one_of_the_same_kind_closes_the_old_and_keeps_it(case: Case, tx: Tx) -> None:
    old = tx.deadlines.set(case.id, a_deadline(), NOW)
    new = tx.deadlines.set(case.id, a_deadline(due_at=NOW + 30 * HOUR), NOW + HOUR)
    assert tx.deadlines.of(case.id) == (replace(old, done_at=NOW + HOUR), new)
    assert tx.deadlines.open() == (new,)


def test_other_kinds_and_other_cases_stay_open(case: Case, tx: Tx) -> None:
    other = tx.cases.create(a_case())
    first = tx.deadlines.set(case.id, a_deadline(), NOW)
    second = tx.deadlines.set(case.id, a_deadline(kind=K.START), NOW)
    third = tx.deadlines.set(other.id, a_deadline(), NOW)
    assert set(tx.deadlines.open()) == {first, second, third}


def test_finishing_ends_the_named_kinds_only(case: Case, tx: Tx) -> None:
    for kind in (K.CONFIRM, K.START, K.INFO):
        tx.deadlines.set(case.id, a_deadline(kind=kind), NOW)
    tx.deadlines.finish(case.id, (K.CONFIRM, K.INFO, K.CLOSE), NOW + HOUR)
    tx.deadlines.finish(case.id, (), NOW + HOUR)
    tx.deadlines.finish(case.id, (K.CONFIRM,), NOW + 9 * HOUR)
    assert {d.kind: d.done_at for d in tx.deadlines.of(case.id)} == {
        K.CONFIRM: NOW + HOUR,
        K.START: None,
        K.INFO: NOW + HOUR,
    }


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (NOW, []),
        (NOW + HOUR, ["early"]),
        (NOW + 5 * HOUR, ["early", "late"]),
        (NOW + 7 * 24 * HOUR, ["early", "late"]),  # the bot slept for a week
    ],
)
def test_what_is_due_comes_earliest_first(case: Case, tx: Tx, now: datetime, expected: list[str]) -> None:
    tx.deadlines.set(case.id, a_deadline(kind=K.ACCEPT, next_at=NOW + 5 * HOUR, owner="late"), NOW)
    tx.deadlines.set(case.id, a_deadline(kind=K.CONFIRM, next_at=NOW + HOUR, owner="early"), NOW)
    tx.deadlines.set(case.id, a_deadline(kind=K.START, next_at=None, owner="never"), NOW)
    tx.deadlines.set(case.id, a_deadline(kind=K.CLOSE, next_at=NOW, owner="done"), NOW)
    tx.deadlines.finish(case.id, (K.CLOSE,), NOW)
    assert [d.owner for d in tx.deadlines.due(now)] == expected
    assert [d.owner for d in tx.deadlines.due(now, 1)] == expected[:1]
    assert tx.deadlines.next_at() == NOW + HOUR


def test_nothing_awaited_has_no_next_moment(tx: Tx) -> None:
    assert tx.deadlines.next_at() is None


def test_a_nudge_moves_the_next_look(case: Case, tx: Tx) -> None:
    deadline = tx.deadlines.set(case.id, a_deadline(), NOW)
    tx.deadlines.reschedule(deadline.id, 1, NOW + 24 * HOUR)
    assert tx.deadlines.of(case.id) == (replace(deadline, step=1, next_at=NOW + 24 * HOUR),)
    tx.deadlines.reschedule(deadline.id, 2, None)
    assert tx.deadlines.next_at() is None


def test_what_a_decision_arms_takes_the_place_of_what_was_open(case: Case, tx: Tx) -> None:
    first = tx.deadlines.set(case.id, a_deadline(), NOW)
    accept, again = a_deadline(kind=K.ACCEPT), a_deadline(kind=K.ACCEPT, step=1)
    tx.deadlines.renew(case.id, (K.CONFIRM,), (a_deadline(kind=K.COMPLETE), accept, again), NOW + HOUR)
    assert tx.deadlines.of(case.id)[0] == replace(first, done_at=NOW + HOUR)
    assert [(d.kind, d.step, d.set_at) for d in tx.deadlines.open()] == [
        (K.COMPLETE, 0, NOW + HOUR),
        (K.ACCEPT, 1, NOW + HOUR),
    ]
    tx.deadlines.renew(case.id, (), (a_deadline(kind=K.COMPLETE, step=2),), NOW + 2 * HOUR)
    assert [(d.kind, d.step) for d in tx.deadlines.open()] == [(K.ACCEPT, 1), (K.COMPLETE, 2)]
    tx.deadlines.renew(case.id, (K.ACCEPT,), (), NOW + 3 * HOUR)
    assert [d.kind for d in tx.deadlines.open()] == [K.COMPLETE]


def test_a_done_deadline_is_not_moved(case: Case, tx: Tx) -> None:
    deadline = tx.deadlines.set(case.id, a_deadline(), NOW)
    tx.deadlines.finish(case.id, (K.CONFIRM,), NOW)
    with pytest.raises(StoreError, match="not open"):
        tx.deadlines.reschedule(deadline.id, 1, NOW)


def test_the_database_itself_refuses_a_second_open_one(store: Store, case: Case) -> None:
    from bot.store.deadlines import _ADD, _NAMES

    def insert_twice(tx: Tx) -> None:
        for _ in range(2):
            tx.deadlines.run(_ADD, {n: getattr(a_deadline(case_id=case.id), n) for n in _NAMES if n != "id"})

    with pytest.raises(StoreError, match="promise"), store.transaction() as tx:
        insert_twice(tx)


@pytest.mark.servers
def test_on_postgresql_another_worker_passes_over_what_is_locked(migrated_postgres_url: str) -> None:
    with Store(migrated_postgres_url) as first, Store(migrated_postgres_url) as second:
        with first.transaction() as tx:
            for _ in range(3):
                tx.deadlines.set(tx.cases.create(a_case()).id, a_deadline(next_at=NOW), NOW)
        with first.transaction() as one, second.transaction() as two:
            mine, theirs = due_ids(one, NOW, 2), due_ids(two, NOW)
        assert (mine, theirs) == ([1, 2], [3])


def test_every_field_has_a_column() -> None:
    from bot.store.case_tables import deadlines

    assert set(deadlines.c.keys()) == set(Deadline.__dataclass_fields__)
