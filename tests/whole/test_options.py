"""What an account may be told to do besides, and what `zhichi check` says of it."""

import json

import pytest
from sqlalchemy import Connection, event

from bot.fetch.connection import Mailbox
from tests.servers.mailhub import MailHub
from tests.whole.office import BOT, DIRECTOR, SALES, Office

pytestmark = pytest.mark.servers

SUBJECT = "技术支持申请--欧莱雅--CITRIX安装--ZGH--0917"


def test_a_copy_is_laid_into_the_sent_folder(small_office: Office, mailhub: MailHub) -> None:
    with mailhub.imap(BOT) as client:
        if not client.folder_exists("已发送"):
            client.create_folder("已发送")
    small_office.edit("self_copy = true", 'self_copy = false\nsent_folder = "已发送"')
    small_office.write(SALES, "09-17 10:00", "请安排", subject=SUBJECT)
    assert small_office.turn("09-17 10:05").faults == []
    assert len(mailhub.inbox(BOT, "已发送")) == 2  # the director's copy, and everybody else's
    assert len(mailhub.inbox(BOT)) == 1


def test_a_sent_folder_that_is_gone_is_said_and_nothing_goes_out_twice(small_office: Office) -> None:
    small_office.edit("self_copy = true", 'sent_folder = "没有"')
    small_office.write(SALES, "09-17 10:00", "请安排", subject=SUBJECT)
    assert "没有" in " ".join(small_office.turn("09-17 10:05").faults)
    small_office.turn("09-17 10:06")
    assert len(small_office.inbox(DIRECTOR)) == 1


def test_handled_mails_are_moved_when_asked_to(small_office: Office, mailhub: MailHub) -> None:
    small_office.edit("read_timeout = 20", 'read_timeout = 20\nmove_to = "已处理"')
    small_office.write(SALES, "09-17 10:00", "请安排", subject=SUBJECT)
    small_office.turn("09-17 10:05")
    assert SUBJECT in str(small_office.case().subject)
    assert len(mailhub.inbox(BOT, "已处理")) == 1
    small_office.turn("09-17 10:10")
    assert mailhub.inbox(BOT) == []
    assert json.loads(small_office.zhichi("audit", "--json"))["missing"] == 0


def test_what_a_mail_did_is_on_the_disk_before_it_is_moved_out_of_sight(
    small_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a power cut takes it back, and nobody reads the mail again."""
    small_office.edit("read_timeout = 20", 'read_timeout = 20\nmove_to = "已处理"')
    small_office.write(SALES, "09-17 10:00", "请安排", subject=SUBJECT)
    store, waits = small_office.house.store, list[int]()

    @event.listens_for(store._writing, "commit")
    def look(connection: Connection) -> None:
        waits.append(connection.connection.cursor().execute("PRAGMA synchronous").fetchone()[0])

    def move(*_args: object) -> None:
        assert waits[-1] == 2, "FULL"

    monkeypatch.setattr(Mailbox, "move", move)
    assert small_office.turn("09-17 10:05").faults == []
    assert 1 in waits, "no other commit waits for the disk"


def test_old_mail_does_not_wake_up_when_the_bot_comes(small_office: Office) -> None:
    small_office.write(SALES, "03-17 10:00", "请安排", subject="技术支持申请--欧莱雅--CITRIX安装--ZGH--0317")
    small_office.write(SALES, "09-17 10:00", "请安排", subject=SUBJECT)
    small_office.turn("09-17 10:05")
    assert small_office.case().subject == SUBJECT
    assert json.loads(small_office.zhichi("audit", "--json"))["missing"] == 0


def test_check_finds_nothing_wrong(small_office: Office) -> None:
    said = json.loads(small_office.zhichi("check", "--json"))
    assert said["ok"] is True
    assert said["faults"] == []


def test_check_says_everything_at_once(small_office: Office) -> None:
    broken = small_office.folder / "own" / "registered"
    broken.mkdir(parents=True)
    (broken / "body.txt").write_text("{{ nonsense }}")
    small_office.edit("[database]", '[files]\ntemplates = "own"\n[database]')
    small_office.edit("read_timeout = 20", 'read_timeout = 20\nfolders = ["没有这个"]')
    (small_office.folder / "zhichi.db").unlink()
    faults = " ".join(json.loads(small_office.zhichi("check", "--json", expect=1))["faults"])
    assert all(word in faults for word in ("zhichi migrate", "nonsense", "没有这个"))


def test_check_says_a_wrong_configuration_as_json_too(small_office: Office) -> None:
    small_office.edit('roles = ["director"]', 'roles = ["directer"]')
    said = json.loads(small_office.zhichi("check", "--json", expect=2))
    assert "did you mean" in " ".join(said["faults"])
