"""Nothing is lost, and it can be proved (`zhichi audit`, design.md part 2)."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import text

from bot.rules.case import Case
from bot.rules.words import Fate
from bot.store import FateCounts, RawFault, Store, UidFate
from tests.store.examples import NOW, a_case, a_copy, a_document, a_mail


@pytest.fixture
def filled(store: Store, case: Case) -> Store:
    """Three mails in INBOX with each fate, one elsewhere."""
    with store.transaction() as tx:
        raw = tx.mails.keep_raw(b"good")
        tx.mails.record(a_mail(raw, uid=9, case_id=case.id))
        tx.mails.record(a_mail(raw, uid=8, fate=Fate.IGNORED, fate_why="a receipt", message_id="r@x"))
        tx.mails.quarantine(a_mail(tx.mails.keep_raw(b"bad"), uid=7, message_id=""), "broken")
        tx.mails.record(a_mail(raw, folder="Sent", uid=1))
    return store


def test_each_place_of_a_folder_has_one_fate(filled: Store, case: Case) -> None:
    with filled.reading() as tx:
        assert tx.audit.fates("support", "INBOX") == (
            UidFate(1, 7, 3, "", Fate.QUARANTINED, "broken", None),
            UidFate(1, 8, 2, "r@x", Fate.IGNORED, "a receipt", None),
            UidFate(1, 9, 1, "request@example.com", Fate.ACTED, "opened a case", case.id),
        )
        assert tx.audit.fates("support", "Trash") == ()
        assert tx.audit.counts() == FateCounts(mails=4, acted=2, ignored=1, quarantined=1)
        assert tx.audit.raw_faults() == ()


def test_altered_bytes_are_named(filled: Store) -> None:
    with filled.transaction() as tx:
        good, bad = tx.mails.keep_raw(b"good"), tx.mails.keep_raw(b"bad")
        tx.mails.run(text("UPDATE blobs SET packed = :junk WHERE sha256 = :name"), {"junk": b"junk", "name": bad})
    with filled.reading() as tx:
        (fault,) = tx.audit.raw_faults()
    assert fault.sha256 == bad != good
    assert "unpacked" in fault.what


def test_missing_bytes_are_named(sqlite_url: str) -> None:
    with Store(sqlite_url) as store:
        with store.transaction() as tx:
            name = tx.mails.keep_raw(b"good")
            tx.mails.record(a_mail(name))
            tx.mails.record(a_mail(name, uid=8))
        with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as other:  # keeps no foreign keys
            other.execute("DELETE FROM blobs")
            other.commit()
        with store.reading() as tx:
            assert tx.audit.raw_faults() == (RawFault(name, "missing"),)


def test_the_missing_bytes_of_a_sent_mail_or_a_document_are_named(sqlite_url: str) -> None:
    with Store(sqlite_url) as store:
        with store.transaction() as tx:
            case = tx.cases.create(a_case())
            tx.outbox.add(a_copy(), NOW)
            name = tx.documents.keep_blob(b"signed")
            tx.documents.add(case.id, a_document(name))
        with store.reading() as tx:
            assert tx.audit.raw_faults() == ()
        with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as other:
            other.execute("DELETE FROM blobs")
            other.commit()
        with store.reading() as tx:
            faults = tx.audit.raw_faults()
    assert len(faults) == 2
    assert RawFault(name, "missing") in faults


def test_a_case_no_mail_belongs_to_is_named(filled: Store, case: Case) -> None:
    with filled.transaction() as tx:
        assert tx.audit.cases_without_mails() == ()
        tx.mails.set_fate(1, Fate.ACTED, "moved", None)
        assert tx.audit.cases_without_mails() == (case.ref,)
