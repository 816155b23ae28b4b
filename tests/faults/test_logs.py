"""No password and no button's secret in any log, whatever goes wrong and however much is logged."""

import base64
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.errors import MailServerError
from bot.fetch.connection import Mailbox
from bot.rules.words import Stage
from tests.fetch.helpers import make_settings as imap_settings
from tests.servers.mailhub import MailHub
from tests.servers.scripted import FakeImap, FakeSmtp, Talk
from tests.servers.wire import Fault, Wire, name_imap, name_smtp
from tests.transmit.test_smtp import make_settings as smtp_settings
from tests.transmit.test_smtp import send
from tests.whole.office import BOT, DIRECTOR, SALES, Office

SECRET = re.compile(r"#([A-Z2-7]{16})\b")
PASSWORD = "kxvb-another-password"


@pytest.fixture
def lines(mailhub: MailHub) -> Iterator[tuple[Wire, Wire]]:
    """The ways to IMAP and to submission, which wants a login."""
    with Wire(mailhub.imap_port, name_imap) as imap, Wire(mailhub.submission_port, name_smtp) as smtp:
        yield imap, smtp


@pytest.mark.servers
def test_a_whole_run_at_debug_level_tells_no_secret(mailhub: MailHub, lines: tuple[Wire, Wire], tmp_path: Path) -> None:
    imap, smtp = lines
    office = Office(mailhub, tmp_path)
    office.edit(f"port = {mailhub.imap_port}", f"port = {imap.port}")
    office.edit(f"port = {mailhub.smtp_port}", f"port = {smtp.port}")
    office.edit("[database]", '[daemon]\nlog_level = "debug"\nlog_json = true\n[database]')
    said: list[str] = []

    def once(minute: int) -> None:
        words = [sys.executable, "-m", "bot", "once", "--at", f"2026-09-17T10:{minute:02}:00+08:00"]
        done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
        said.append(done.stdout + done.stderr)

    office.write(SALES, "09-17 10:00", "请安排", subject="技术支持申请--欧莱雅--CITRIX安装--ZGH--0917")
    for line, point in ((imap, "LOGIN"), (smtp, "AUTH"), (smtp, "dot")):
        line.break_at(point, Fault.GARBAGE, 1)
        once(len(said))
        assert line.struck == 1
        line.mend()
    once(5)
    office.await_mail()
    got = office.last(DIRECTOR)
    office.tap(DIRECTOR, "09-17 10:10", got, "同意")
    office.tap(SALES, "09-17 10:11", got, "同意")  # somebody else's, and spent
    once(12)
    assert office.case().stage is Stage.APPROVED
    (tmp_path / "password").write_text(PASSWORD)
    once(13)
    office.close()
    mails = [mail for person in (DIRECTOR, SALES) for mail in office.inbox(person)]
    secrets = {found for mail in mails for found in SECRET.findall(mail.text + mail.html)}
    assert len(secrets) >= 1
    hidden = {form for secret in (*secrets, mailhub.password, PASSWORD) for form in forms(secret)}
    assert all(said)
    assert any("login" in text for text in said), "the refused logins are told"
    assert [word for text in said for word in hidden if word in text] == []
    for path in tmp_path.glob("*.log"):
        assert not any(word in path.read_text() for word in hidden)


def forms(secret: str) -> set[str]:
    """As it is, and as SASL sends it."""
    together = f"\0{BOT}\0{secret}"
    return {secret, *(base64.b64encode(text.encode()).decode() for text in (secret, together))}


def test_a_server_that_repeats_the_login_it_refuses_tells_nobody() -> None:
    def repeat_imap(talk: Talk, line: bytes) -> None:
        talk.send(b"TAG NO [AUTHENTICATIONFAILED] refused: " + line)

    with FakeImap({b"LOGIN": repeat_imap}) as server, pytest.raises(MailServerError, match="login refused") as refused:
        Mailbox(imap_settings(server.port, password=PASSWORD)).connect()
    assert not any(form in str(refused.value) for form in forms(PASSWORD))


def test_an_smtp_server_that_repeats_the_login_it_refuses_tells_nobody() -> None:
    def repeat(talk: Talk, line: bytes) -> None:
        talk.send(b"535 5.7.8 refused: " + line)

    with FakeSmtp({b"AUTH": repeat}, extensions=(b"AUTH PLAIN",)) as server:
        report = send(smtp_settings(server.port, user=BOT, password=PASSWORD))
    assert "login refused" in report.text
    assert not any(form in report.text for form in forms(PASSWORD))
