"""Bad input and broken surroundings: one clear line each, the exit code right, nothing lost (issue A, "Shown by")."""

import shutil
import socket
import subprocess
import sys

import pytest

from bot.rules.words import Stage
from tests.servers.mailhub import MailHub
from tests.whole.office import BOT, DIRECTOR, SALES, Office

pytestmark = pytest.mark.servers

SUBJECT = "技术支持申请--欧莱雅--CITRIX安装--ZGH--0917"


def _fails(office: Office, *words: str, code: int = 1) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "bot", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=office.folder,
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def test_five_hundred_mails_one_of_them_unreadable(small_office: Office, mailhub: MailHub) -> None:
    with mailhub.imap(BOT) as client:
        for number in range(499):
            head = f"From: {SALES}\r\nTo: {BOT}\r\nSubject: news {number}\r\nMessage-ID: <n{number}@x>"
            client.append("INBOX", f"{head}\r\n\r\nhi\r\n".encode())
        client.append("INBOX", b"From: a@x\r\nSubject: big\r\n\r\n" + b"x" * 3000)
    small_office.edit("read_timeout = 20", "read_timeout = 20\nmax_mail_bytes = 2000")
    report = small_office.turn("2026-11-20T10:00:00")
    assert (report.acted + report.ignored, report.quarantined) == (499, 1)
    assert small_office.zhichi("quarantine", "list", "--json").count("\n") == 1


def test_wrong_password(small_office: Office) -> None:
    (small_office.folder / "password").write_text("wrong")
    assert "login" in _fails(small_office, "once").lower()


def test_host_down(small_office: Office) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    small_office.edit(f"port = {small_office.hub.imap_port}", f"port = {port}")
    assert f"127.0.0.1:{port}" in _fails(small_office, "once")


def test_certificate_not_trusted(small_office: Office, mailhub: MailHub) -> None:
    small_office.edit(f'port = {mailhub.imap_port}\ntls = "none"', f'port = {mailhub.tls_port}\ntls = "implicit"')
    assert "certificate" in _fails(small_office, "once").lower()


def test_certificate_trusted_by_ca_file(small_office: Office, mailhub: MailHub) -> None:
    small_office.edit(
        f'port = {mailhub.imap_port}\ntls = "none"',
        f'port = {mailhub.tls_port}\ntls = "implicit"\nca_file = "{mailhub.ca_file}"',
    )
    small_office.zhichi("once")


def test_database_not_migrated(small_office: Office) -> None:
    (small_office.folder / "zhichi.db").unlink()
    assert "zhichi migrate" in _fails(small_office, "once")


def test_database_read_only_loses_nothing(small_office: Office) -> None:
    small_office.write(SALES, "09-17 10:00", "请安排", subject=SUBJECT)
    (small_office.folder / "database").write_text(f"sqlite:///file:{small_office.folder}/zhichi.db?mode=ro&uri=true")
    assert "read" in _fails(small_office, "once", "--at", "2026-09-17T10:05:00+08:00").lower()
    (small_office.folder / "database").write_text(f"sqlite:///{small_office.folder}/zhichi.db")
    small_office.zhichi("once", "--at", "2026-09-17T10:06:00+08:00")
    assert small_office.case().stage is Stage.AWAITING_APPROVAL


def test_template_missing(small_office: Office) -> None:
    own = small_office.folder / "templates"
    (own / "registered").mkdir(parents=True)
    (own / "registered" / "body.txt").write_text("{{ nonsense }}")
    small_office.edit("[database]", '[files]\ntemplates = "templates"\n[database]')
    assert "registered" in _fails(small_office, "check")
    small_office.write(SALES, "09-17 10:00", "请安排", subject=SUBJECT)
    small_office.close()
    report = small_office.turn("09-17 10:05")
    assert report.quarantined == 1
    shutil.rmtree(own)
    own.mkdir()
    small_office.zhichi("quarantine", "retry", "--at", "2026-09-17T10:06:00+08:00")
    assert small_office.case().stage is Stage.AWAITING_APPROVAL


def test_empty_mailbox(small_office: Office) -> None:
    report = small_office.turn("09-17 10:05")
    assert (report.acted, report.ignored, report.faults) == (0, 0, [])


def test_folder_gone(small_office: Office) -> None:
    small_office.edit("read_timeout = 20", 'read_timeout = 20\nfolders = ["INBOX", "没有这个"]')
    small_office.write(SALES, "09-17 10:00", "请安排", subject=SUBJECT)
    assert "没有这个" in _fails(small_office, "once", "--at", "2026-09-17T10:05:00+08:00")
    assert small_office.case().stage is Stage.AWAITING_APPROVAL


def test_smtp_down_keeps_the_notices_for_later(small_office: Office) -> None:
    good = f"port = {small_office.hub.smtp_port}"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        small_office.edit(good, f"port = {probe.getsockname()[1]}")
    small_office.write(SALES, "09-17 10:00", "请安排", subject=SUBJECT)
    _fails(small_office, "once", "--at", "2026-09-17T10:05:00+08:00")
    assert small_office.case().stage is Stage.AWAITING_APPROVAL
    text = small_office.config.read_text(encoding="utf-8")
    small_office.config.write_text(text.replace(text.split("[accounts.smtp]")[1].split("\n")[2], good))
    small_office.zhichi("once", "--at", "2026-09-17T10:10:00+08:00")
    small_office.await_mail()
    assert len(small_office.inbox(DIRECTOR)) == 1


def test_wrong_usage_and_wrong_config_exit_2(small_office: Office) -> None:
    _fails(small_office, "once", "--at", "yesterday", code=2)
    _fails(small_office, "nonsense", code=2)
    small_office.edit('roles = ["director"]', 'roles = ["directer"]')
    assert 'did you mean "director"' in _fails(small_office, "list", code=2)


def test_a_mail_too_big_waits_for_the_operator_and_is_fetched_whole_then(small_office: Office) -> None:
    small_office.write(SALES, "09-17 10:00", "请安排" + "x" * 5000, subject=SUBJECT)
    small_office.edit("read_timeout = 20", "read_timeout = 20\nmax_mail_bytes = 4000")
    assert small_office.turn("09-17 10:05").quarantined == 1
    small_office.turn("09-17 10:15")
    assert small_office.cases() == ()
    small_office.edit("max_mail_bytes = 4000", "max_mail_bytes = 40000")
    small_office.zhichi("quarantine", "retry", "--at", "2026-09-17T10:20:00+08:00")
    assert small_office.case().stage is Stage.AWAITING_APPROVAL


def test_a_mail_that_broke_the_program_is_tried_three_times_by_itself(
    small_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError("a bug")

    small_office.write(SALES, "09-17 10:00", "请安排", subject=SUBJECT)
    with monkeypatch.context() as patch:
        patch.setattr("bot.handling.intake.decide_alone", broken)
        assert small_office.turn("09-17 10:05").quarantined == 1
        small_office.turn("09-17 10:06")
    small_office.turn("09-17 10:07")
    assert small_office.case().stage is Stage.AWAITING_APPROVAL
