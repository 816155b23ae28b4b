"""Which folders are behind is noted with the change itself, and settled only as far as was filed (R26, R40)."""

from bot.rules.case import Case
from bot.store import Tx


def test_a_case_waits_once_it_has_a_folder_and_something_is_new(case: Case, tx: Tx) -> None:
    tx.archives.changed_case(case.id)
    assert tx.archives.waiting() == ()
    tx.archives.begin(case.id)
    assert tx.archives.waiting() == ()
    tx.archives.changed_case(case.id)
    tx.archives.begin(case.id)
    assert tx.archives.waiting() == ((case.id, 1),)
    tx.archives.set_filed(case.id, 1)
    assert tx.archives.waiting() == ()


def test_what_came_while_it_was_filed_keeps_it_waiting(case: Case, tx: Tx) -> None:
    tx.archives.begin(case.id)
    tx.archives.changed_case(case.id)
    ((_, seen),) = tx.archives.waiting()
    tx.archives.changed_case(case.id)
    tx.archives.set_filed(case.id, seen)
    assert tx.archives.waiting() == ((case.id, 2),)
    tx.archives.set_filed(case.id, 2)
    tx.archives.set_filed(case.id, 1)
    assert tx.archives.waiting() == (), "an older filing takes nothing back"
