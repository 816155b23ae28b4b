"""Matters and ratings as stored: numbered, changed by one worker at a time, never deleted (R32, R37, R39)."""

from dataclasses import replace
from typing import Any

import pytest

from bot.errors import StaleCase
from bot.rules.case import Case
from bot.rules.matters.matter import Issue, Matter, MatterKind, Rating
from bot.store import Store, Tx
from bot.store.store import Tx as Transaction
from tests.store.examples import HOUR, NOW, a_case

E, P = MatterKind.ESCALATION, MatterKind.PROBLEM


def a_matter(kind: MatterKind = E, number: int = 1, **changed: Any) -> Matter:
    base = Matter(
        kind,
        number,
        "客户要求提前\0",
        "zgh@example.com",
        NOW,
        issue=Issue.TIME,
        level=1,
        owners=("li@example.com",),
        asked=("li@example.com",),
        next_at=NOW + HOUR,
        turn=1,
        mail="m1@example.com",
    )
    return replace(base, **changed)


def test_R32_a_matter_comes_back_as_it_was_stored(case: Case, tx: Tx) -> None:
    tx.matters.save(case.id, [a_matter(), a_matter(P, issue=None, owners=(), impact="停机", response="UPS")])
    first, second = tx.matters.of(case.id)
    assert first == a_matter(text="客户要求提前\ufffd", id=first.id, version=1, case_id=case.id)
    assert (second.name, second.impact, second.response, second.owners) == ("问题1", "停机", "UPS", ())
    assert tx.matters.of(case.id + 1) == ()


def test_R32_a_change_is_written_once_and_the_slower_worker_reads_again(case: Case, tx: Tx) -> None:
    tx.matters.save(case.id, [a_matter()])
    (there,) = tx.matters.of(case.id)
    tx.matters.save(case.id, [replace(there, answered_by="li@example.com", answer="周五", next_at=None)])
    (now,) = tx.matters.of(case.id)
    assert (now.answer, now.next_at, now.version) == ("周五", None, 2)
    with pytest.raises(StaleCase, match="升级1"):
        tx.matters.save(case.id, [replace(there, level=2)])


def test_R32_a_number_is_given_once_a_case_and_kind(case: Case, tx: Tx) -> None:
    tx.matters.save(case.id, [a_matter(), a_matter(P)])
    other = tx.cases.create(a_case())
    tx.matters.save(other.id, [a_matter()])
    with pytest.raises(StaleCase, match="升级1"):
        tx.matters.save(case.id, [a_matter(text="另一件")])


def test_R32_the_clock_finds_what_is_due_and_open(case: Case, tx: Tx) -> None:
    settled = a_matter(number=4, settled_at=NOW, settled_by="li@example.com")
    tx.matters.save(
        case.id,
        [a_matter(), a_matter(number=2, next_at=NOW), a_matter(number=3, next_at=None), settled],
    )
    assert [m.number for m in tx.matters.due(NOW)] == [2]
    assert [m.number for m in tx.matters.due(NOW + HOUR)] == [2, 1]
    assert [m.number for m in tx.matters.due(NOW + HOUR, 1)] == [2]
    assert [m.number for m in tx.matters.open()] == [1, 2, 3]


def _rate(tx: Transaction, case: Case, stars: int, hours: int) -> None:
    tx.ratings.add(case.id, Rating(stars, "zgh@example.com", NOW + hours * HOUR, "好", "m", case.id))


def test_R39_the_newest_rating_of_a_case_counts_and_the_older_stays(store: Store) -> None:
    with store.transaction() as tx:
        first, second, third = (tx.cases.create(a_case(subject=f"s{n}")) for n in range(3))
        for case, stars, hours in ((first, 5, 0), (second, 4, 1), (first, 2, 2)):
            _rate(tx, case, stars, hours)
    with store.reading() as tx:
        assert tx.ratings.current(first.id) == Rating(2, "zgh@example.com", NOW + 2 * HOUR, "好", "m", first.id)
        assert tx.ratings.current(third.id) is None
        assert [(r.case_id, r.stars) for r in tx.ratings.given(NOW, NOW + 3 * HOUR)] == [(second.id, 4), (first.id, 2)]
        assert [r.stars for r in tx.ratings.given(NOW, NOW + 2 * HOUR)] == [4]
