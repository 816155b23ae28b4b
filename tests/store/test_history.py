"""The record only grows, and every change made behind the bot's back shows (R49, design.md part 2: nothing lost)."""

from dataclasses import replace
from datetime import UTC
from typing import Any, get_type_hints

import pytest
from sqlalchemy import text

from bot.errors import StaleCase, StoreError
from bot.rules.case import Case, HistoryEntry
from bot.rules.words import Stage
from bot.store import ChainFault, Store, Tx
from bot.store.history import History
from tests.store.examples import NOW, a_case, a_line


@pytest.fixture
def chained(store: Store, case: Case) -> Case:
    """A case with three lines, beside another with one, and one without any."""
    with store.transaction() as tx:
        for number in (1, 2, 3):
            tx.history.append(case.id, a_line(number))
        tx.history.append(tx.cases.create(a_case()).id, a_line())
        tx.cases.create(a_case())
    return case


def verified(store: Store) -> tuple[ChainFault, ...]:
    with store.reading() as tx:
        return tx.history.verify()


def harm(store: Store, *statements: str) -> None:
    with store.transaction() as tx:
        for statement in statements:
            tx.history.run(text(statement))


def test_lines_come_back_whole_and_in_order(store: Store, chained: Case) -> None:
    with store.reading() as tx:
        assert tx.history.of(chained.id) == tuple(a_line(number) for number in (1, 2, 3))
        assert tx.history.of(99) == ()
    assert verified(store) == ()


def test_a_line_with_everything_set_comes_back(case: Case, tx: Tx) -> None:
    line = a_line(from_stage=Stage.APPROVED, to_stage=Stage.ON_SITE, at=NOW.astimezone(UTC).replace(microsecond=1))
    tx.history.append(case.id, line)
    assert tx.history.of(case.id) == (line,)


def test_text_that_had_to_be_cleaned_still_verifies(store: Store, case: Case) -> None:
    with store.transaction() as tx:
        tx.history.append(case.id, a_line(why="a\0b\ud800"))
    assert verified(store) == ()


@pytest.mark.parametrize(
    ("statement", "seq", "what"),
    [
        ("UPDATE history SET why = 'agreed' WHERE case_id = 1 AND seq = 2", 2, "this line was changed"),
        (
            "UPDATE history SET at = '2026-01-01 00:00:00' WHERE case_id = 1 AND seq = 1",
            1,
            "this line was changed",
        ),
        ("UPDATE history SET actor = 'x@y' WHERE case_id = 1 AND seq = 3", 3, "this line was changed"),
        ("UPDATE history SET to_stage = 'approved' WHERE case_id = 1 AND seq = 2", 2, "this line was changed"),
        ("UPDATE history SET to_stage = 'no such word' WHERE case_id = 1 AND seq = 2", 2, "this line was changed"),
        ("UPDATE history SET summary = '' WHERE case_id = 1 AND seq = 2", 2, "this line was changed"),
        ("UPDATE history SET hash = 'x' WHERE case_id = 1 AND seq = 3", 3, "this line was changed"),
        ("DELETE FROM history WHERE case_id = 1 AND seq = 2", 2, "a line is missing"),
        ("DELETE FROM history WHERE case_id = 1 AND seq = 1", 1, "a line is missing"),
        ("DELETE FROM history WHERE case_id = 1 AND seq = 3", 3, "3 lines were written"),
        ("DELETE FROM history WHERE case_id = 1", 1, "3 lines were written"),
        ("UPDATE cases SET history_head = 'x' WHERE id = 1", 3, "the last line is not the one that was written"),
        ("UPDATE history SET case_id = 3 WHERE case_id = 1 AND seq = 3", 3, "3 lines were written"),
    ],
)
def test_whatever_is_done_to_a_record_shows(store: Store, chained: Case, statement: str, seq: int, what: str) -> None:
    assert chained.id == 1
    harm(store, statement)
    assert verified(store)[0] == ChainFault(1, chained.ref, seq, what)


def test_deleting_the_tail_shows_even_with_the_count_put_right(store: Store, chained: Case) -> None:
    harm(
        store,
        "DELETE FROM history WHERE case_id = 1 AND seq = 3",
        "UPDATE cases SET history_count = 2 WHERE id = 1",
    )
    assert [fault.what for fault in verified(store)] == ["the last line is not the one that was written"]


def test_a_case_that_stands_elsewhere_than_its_record_ends_shows(store: Store, case: Case) -> None:
    approved, closed = Stage.APPROVED, Stage.CLOSED
    with store.transaction() as tx:
        tx.cases.save(replace(tx.cases.get(case.id), stage=approved), NOW)
        tx.history.append(case.id, a_line(1, to_stage=approved), a_line(2))
        assert tx.history.verify() == ()
        tx.cases.save(replace(tx.cases.get(case.id), stage=closed), NOW)
        (fault,) = tx.history.verify()
    assert str(fault) == f"{case.ref}, line 2: the record ends at approved, the case stands at closed"


def test_each_broken_case_is_named_once(store: Store, chained: Case) -> None:
    harm(store, "UPDATE history SET why = 'agreed'")
    assert [(fault.case_id, fault.seq) for fault in verified(store)] == [(1, 1), (2, 1)]


def test_a_garbled_time_is_reported_not_raised(sqlite_url: str) -> None:
    with Store(sqlite_url) as store:
        with store.transaction() as tx:
            tx.history.append(tx.cases.create(a_case()).id, a_line())
        harm(store, "UPDATE history SET at = 'yesterday'")
        assert [fault.what for fault in verified(store)] == ["this line was changed"]


def test_a_case_and_its_record_are_written_together(store: Store) -> None:
    """Each line stands once in one chain, whether the case is saved with it or not, and however often."""
    with store.transaction() as tx:
        case = tx.cases.create(a_case(), a_line(1))
        case = tx.cases.save(replace(case, stage=Stage.APPROVED), NOW, a_line(2), a_line(3))
        case = tx.cases.save(case, NOW)
        tx.history.append(case.id, a_line(4))
        case = tx.cases.save(case, NOW, a_line(5))
    with store.transaction() as tx:  # as read by another, earlier transaction
        case = tx.cases.save(case, NOW, a_line(6))
    with store.transaction() as tx:
        case = tx.cases.save(tx.cases.get(case.id), NOW, a_line(7))
    with store.reading() as tx:
        assert tx.history.of(case.id) == tuple(a_line(number) for number in range(1, 8))
        assert tx.cases.get(case.id) == case
    assert [fault.what for fault in verified(store)] in (
        [],
        ["the record ends at approved, the case stands at approved"],
    )


def test_who_comes_too_late_to_save_a_case_adds_no_line(store: Store, case: Case) -> None:
    with store.transaction() as tx:
        tx.cases.save(case, NOW, a_line(1))
    with pytest.raises(StaleCase), store.transaction() as tx:
        tx.cases.save(case, NOW, a_line(2))
    with store.reading() as tx:
        assert tx.history.of(case.id) == (a_line(1),)
    assert verified(store) == ()


def test_a_line_needs_its_case(tx: Tx) -> None:
    with pytest.raises(StoreError, match="case 99"):
        tx.history.append(99, a_line())


def test_every_field_of_a_line_is_in_its_hash(store: Store, case: Case) -> None:
    other: dict[object, Any] = {str: "other", Stage | None: Stage.SETTLED}
    hints = get_type_hints(HistoryEntry)
    changed = [replace(a_line(), **{name: other.get(kind, NOW)}) for name, kind in hints.items()]
    with store.transaction() as tx:
        for line in (a_line(), *changed):
            tx.history.append(tx.cases.create(a_case()).id, line)
        hashes = tx.history.run(text("SELECT DISTINCT hash FROM history")).scalars().all()
    assert len(hashes) == len(hints) + 1


def test_there_is_no_way_to_change_or_delete_a_line() -> None:
    assert {name for name in dir(History) if not name.startswith("_")} == {
        "append", "head_of", "write", "of", "active_between", "verify", "run", "changed",
    }  # fmt: skip
