"""Each mail has one row, one raw copy, one fate; what fails stays in quarantine with its bytes (design.md part 2)."""

from dataclasses import asdict
from hashlib import sha256

import pytest
from sqlalchemy import text

from bot.errors import StoreError
from bot.rules.case import Case
from bot.rules.words import Fate, Kind, Proof
from bot.store import Cursor, Store, Tx
from tests.store.examples import HOUR, NOW, a_mail


def test_a_folder_never_read_has_no_cursor(tx: Tx) -> None:
    assert tx.mails.cursor("support", "INBOX") is None


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([(1, 10)], (1, 10)),
        ([(1, 10), (1, 12)], (1, 12)),
        ([(1, 10), (1, 3)], (1, 10)),  # a slower worker reports late
        ([(1, 10), (2, 3)], (2, 3)),  # the server numbered the folder anew
        ([(4294967295, 4294967295)], (4294967295, 4294967295)),
    ],
)
def test_the_cursor_goes_forward_only_under_one_uidvalidity(
    tx: Tx, steps: list[tuple[int, int]], expected: tuple[int, int]
) -> None:
    tx.mails.set_cursor("support", "Sent", 9, 99)
    for uidvalidity, uid in steps:
        tx.mails.set_cursor("support", "INBOX", uidvalidity, uid)
    assert tx.mails.cursor("support", "INBOX") == Cursor(*expected)
    assert tx.mails.cursor("support", "Sent") == Cursor(9, 99)


def test_the_first_look_at_a_folder_is_noted_once(tx: Tx) -> None:
    tx.mails.begin("support", "INBOX", 1, NOW)
    tx.mails.begin("support", "INBOX", 2, NOW + HOUR)
    assert tx.mails.cursor("support", "INBOX") == Cursor(1, 0, NOW)
    tx.mails.set_cursor("support", "INBOX", 1, 10)
    assert tx.mails.cursor("support", "INBOX") == Cursor(1, 10, NOW)


@pytest.mark.parametrize("raw", [b"", b"\x00\xff", "技术支持".encode("gb18030"), bytes(range(256)) * 5000])
def test_raw_bytes_come_back_as_they_were(tx: Tx, raw: bytes) -> None:
    name = tx.mails.keep_raw(raw)
    assert name == sha256(raw).hexdigest()
    assert tx.mails.keep_raw(raw) == name
    assert tx.mails.raw(name) == raw


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE blobs SET packed = (SELECT packed FROM blobs WHERE size = 5)",
        "UPDATE blobs SET size = 1 WHERE size = 9",
        "DELETE FROM blobs WHERE size = 9",
    ],
)
def test_altered_or_lost_bytes_are_told_not_returned(tx: Tx, harm: str) -> None:
    name = tx.mails.keep_raw(b"the truth")
    tx.mails.keep_raw(b"a lie")
    tx.mails.run(text(harm))
    with pytest.raises(StoreError, match=f"{name}.*backup"):
        tx.mails.raw(name)


def test_bytes_that_cannot_be_unpacked_are_told(tx: Tx) -> None:
    name = tx.mails.keep_raw(b"the truth")
    tx.mails.run(text("UPDATE blobs SET packed = :junk"), {"junk": b"junk"})
    with pytest.raises(StoreError, match="unpacked"):
        tx.mails.raw(name)


def test_a_recorded_mail_comes_back_whole(case: Case, tx: Tx) -> None:
    new = a_mail(tx.mails.keep_raw(b"mail"), case_id=case.id)
    mail_id = tx.mails.record(new)
    assert asdict(tx.mails.get(mail_id)) == asdict(new) | {"id": mail_id}


def test_a_place_is_recorded_once(store: Store) -> None:
    with store.transaction() as tx:
        mail = a_mail(tx.mails.keep_raw(b"mail"))
        mail_id = tx.mails.record(mail)
    with pytest.raises(StoreError), store.transaction() as tx:
        tx.mails.record(mail)
    with store.reading() as tx:
        found = tx.mails.find_place("support", "INBOX", 1, 7)
        assert found is not None
        assert found.id == mail_id
        assert tx.mails.find_place("support", "INBOX", 2, 7) is None
        assert tx.mails.find_place("support", "Sent", 1, 7) is None


def test_the_earliest_twin_is_found_and_emptiness_has_none(tx: Tx) -> None:
    raw = tx.mails.keep_raw(b"mail")
    first = tx.mails.record(a_mail(raw, uid=1))
    tx.mails.record(a_mail(raw, uid=2))
    tx.mails.record(a_mail(raw, uid=3, identity="", message_id=""))
    twin, named = tx.mails.find_twin("i" * 64), tx.mails.by_message_id("request@example.com")
    assert twin is not None
    assert twin == named
    assert twin.id == first
    assert tx.mails.find_twin("") is None
    assert tx.mails.by_message_id("") is None
    assert tx.mails.find_twin("j" * 64) is None


def test_a_monstrous_message_id_is_still_found(tx: Tx) -> None:
    monster = "x" * 9000 + "@example.com"
    mail_id = tx.mails.record(a_mail(tx.mails.keep_raw(b"mail"), message_id=monster))
    found = tx.mails.by_message_id(monster)
    assert found is not None
    assert found.id == mail_id


def test_the_fate_can_be_said_later(case: Case, tx: Tx) -> None:
    mail_id = tx.mails.record(a_mail(tx.mails.keep_raw(b"mail")))
    tx.mails.set_fate(mail_id, Fate.IGNORED, "a receipt", case.id)
    mail = tx.mails.get(mail_id)
    assert (mail.fate, mail.fate_why, mail.case_id) == (Fate.IGNORED, "a receipt", case.id)
    assert tx.mails.of_case(case.id) == (mail,)


def test_a_mail_that_is_not_there_is_told(tx: Tx) -> None:
    with pytest.raises(StoreError, match="mail 99"):
        tx.mails.get(99)


def test_quarantine_counts_the_tries_and_keeps_the_bytes(tx: Tx) -> None:
    raw = tx.mails.keep_raw(b"broken")
    mail_id = tx.mails.quarantine(a_mail(raw, kind=Kind.UNREADABLE, fate=Fate.ACTED), "no end of header")
    assert tx.mails.quarantine_again(mail_id, "still no end", NOW + HOUR) == 2
    assert tx.mails.quarantine_again(mail_id, "never an end", NOW + 2 * HOUR) == 3
    (row,) = tx.mails.quarantined()
    assert (row.tries, row.error, row.first_at, row.last_at) == (3, "never an end", NOW, NOW + 2 * HOUR)
    assert (row.mail.id, row.mail.fate, row.mail.fate_why) == (mail_id, Fate.QUARANTINED, "never an end")
    assert tx.mails.raw(row.mail.raw_sha256) == b"broken"


def test_a_released_mail_has_its_fate_and_what_was_read_at_last(case: Case, tx: Tx) -> None:
    raw = tx.mails.keep_raw(b"broken")
    unread = {"message_id": "", "identity": "", "sender": "", "subject": "", "proof": Proof.NONE, "summary": ""}
    mail_id = tx.mails.quarantine(a_mail(raw, kind=Kind.UNREADABLE, **unread), "a bug")
    read = a_mail(raw, uid=999, recorded_at=NOW + HOUR, case_id=case.id)
    tx.mails.release(mail_id, read, NOW + HOUR)
    assert tx.mails.quarantined() == ()
    expected = asdict(read) | {"id": mail_id, "uid": 7, "recorded_at": NOW}
    assert asdict(tx.mails.get(mail_id)) == expected


def test_what_is_not_in_quarantine_is_neither_tried_nor_released(tx: Tx) -> None:
    raw = tx.mails.keep_raw(b"fine")
    mail_id = tx.mails.record(a_mail(raw))
    with pytest.raises(StoreError, match="not in quarantine"):
        tx.mails.release(mail_id, a_mail(raw), NOW)
    with pytest.raises(StoreError, match="not in quarantine"):
        tx.mails.quarantine_again(mail_id, "error", NOW)


def test_release_needs_another_fate(tx: Tx) -> None:
    raw = tx.mails.keep_raw(b"broken")
    mail_id = tx.mails.quarantine(a_mail(raw), "a bug")
    with pytest.raises(ValueError, match="another fate"):
        tx.mails.release(mail_id, a_mail(raw, fate=Fate.QUARANTINED), NOW)
