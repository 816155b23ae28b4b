"""`zhichi audit` finds each of: a raw mail altered, a history row edited or deleted, a mail without a fate."""

import json
from email.message import EmailMessage
from typing import Any

import pytest
from sqlalchemy import text

from bot.commands.auditing import audit
from tests.whole.office import BOT, DIRECTOR, SALES, Office

pytestmark = pytest.mark.servers

SUBJECT = "技术支持申请--欧莱雅--CITRIX安装--ZGH--0917"
JUNK = "垃圾邮件"


@pytest.fixture
def read(office: Office) -> Office:
    """A request was read and answered; all is well. On each database."""
    return _after_a_request(office)


@pytest.fixture
def small_read(small_office: Office) -> Office:
    """The same on SQLite alone."""
    return _after_a_request(small_office)


def _after_a_request(office: Office) -> Office:
    office.write(SALES, "09-17 10:00", "请安排", subject=SUBJECT)
    office.turn("09-17 10:05")
    office.hub.wait_for(BOT, 3)  # with the bot's own copies
    office.turn("09-17 10:06")
    return office


def audited(office: Office, capsys: pytest.CaptureFixture[str]) -> tuple[int, Any]:
    capsys.readouterr()
    code = audit(office.house, as_json=True)
    return code, json.loads(capsys.readouterr().out)


def harm(office: Office, statement: str, **values: object) -> None:
    with office.house.store.transaction() as tx:
        assert tx.mails.run(text(statement), values).rowcount > 0


def test_all_is_well(read: Office, capsys: pytest.CaptureFixture[str]) -> None:
    code, found = audited(read, capsys)
    assert (code, found["mails"], found["acted"], found["missing"], found["faults"]) == (0, 3, 1, 0, [])


def test_an_altered_raw_mail_is_named(read: Office, capsys: pytest.CaptureFixture[str]) -> None:
    with read.house.store.reading() as tx:
        (name,) = {f"{row.raw_sha256}" for row in tx.mails.of_case(read.case().id)}
    harm(
        read,
        "UPDATE blobs SET packed = (SELECT packed FROM blobs WHERE sha256 != :n LIMIT 1) WHERE sha256 = :n",
        n=name,
    )
    code, found = audited(read, capsys)
    assert (code, found["raw_ok"], found["chain_ok"], found["missing"]) == (1, False, True, 0)
    assert name in found["faults"][0]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history SET actor = 'chen@demo.local' WHERE seq = 1",
        "DELETE FROM history WHERE seq = (SELECT max(seq) FROM history)",
        "UPDATE cases SET stage = 'closed'",
    ],
)
def test_an_edited_or_deleted_row_of_the_history_is_named(
    read: Office, capsys: pytest.CaptureFixture[str], statement: str
) -> None:
    harm(read, statement)
    code, found = audited(read, capsys)
    assert (code, found["chain_ok"], found["raw_ok"], found["missing"]) == (1, False, True, 0)
    assert read.case().ref in found["faults"][0]


@pytest.mark.parametrize("folder", ["INBOX", JUNK])
def test_a_mail_without_a_fate_is_named_in_every_folder_read(
    read: Office, capsys: pytest.CaptureFixture[str], folder: str
) -> None:
    """Not read yet, or its row is gone: both are a mail of which nobody knows what became of it."""
    raw = read.write(SALES, "09-17 11:00", "还有一件事", subject="另一件事")
    read.hub.append(BOT, raw, folder=folder)
    read.turn("09-17 11:05")
    assert audited(read, capsys)[0] == 0
    harm(read, "DELETE FROM mails WHERE folder = :folder AND subject = :subject", folder=folder, subject="另一件事")
    gone = {"INBOX": 2, JUNK: 1}[folder]  # in the inbox it lies twice
    code, found = audited(read, capsys)
    assert (code, found["missing"], found["raw_ok"], found["chain_ok"]) == (1, gone, True, True)
    assert all(f"main/{folder}: mail" in fault for fault in found["faults"])
    assert len(found["faults"]) == gone


def test_a_mail_with_the_header_of_ours_is_missed_all_the_same_once_it_was_read(
    small_read: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    """The bot's own copies are excused while they are unread; a person's mail may hold their header too."""
    got = small_read.last(DIRECTOR)

    def kept(mail: EmailMessage) -> None:
        mail["X-Zhichi-Id"] = got.own_id

    small_read.write(DIRECTOR, "09-17 11:00", "同意，李工去", answer=got, change=kept)
    small_read.turn("09-17 11:05")
    small_read.turn("09-17 11:06")  # with the bot's own copies
    assert audited(small_read, capsys)[0] == 0
    harm(small_read, "DELETE FROM mails WHERE sender = :who", who=DIRECTOR)
    code, found = audited(small_read, capsys)
    assert (code, found["missing"]) == (1, 1)


def test_a_folder_named_in_the_configuration_is_looked_at_too(
    small_read: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = small_read.write(SALES, "09-17 11:00", "还有一件事", subject="另一件事")
    small_read.turn("09-17 11:05")
    small_read.hub.append(BOT, raw, folder="支持")
    assert audited(small_read, capsys)[0] == 0, "nobody reads it"
    small_read.edit("read_timeout = 20", 'read_timeout = 20\nfolders = ["INBOX", "支持"]')
    code, found = audited(small_read, capsys)
    assert (code, found["missing"]) == (1, 1)


def test_without_the_mailbox_the_database_is_verified_all_the_same(
    small_read: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    harm(small_read, "UPDATE history SET why = 'agreed' WHERE seq = 1")
    small_read.edit(f"port = {small_read.hub.imap_port}", "port = 1")
    code, found = audited(small_read, capsys)
    assert (code, found["chain_ok"], found["raw_ok"]) == (1, False, True)
    assert any("connection refused" in fault for fault in found["faults"])
