"""The embedded hub behaves as the bot needs it: fetch, IDLE, submission, a moved clock, verdicts on senders."""

import asyncio
import smtplib
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import pytest

from bot.demo.hub import Hub
from bot.errors import LoginRefused
from bot.fetch.connection import Mailbox
from bot.fetch.idle import wait_for_news
from bot.fetch.news import FolderCursor
from bot.fetch.settings import ImapSettings
from bot.transmit.smtp import Courier, Outcome, SendReport, SmtpSettings
from tests.fetch.helpers import fetch_new

CHINA = timezone(timedelta(hours=8))
FRIDAY = datetime(2026, 9, 18, 17, 0, tzinfo=CHINA)
BOT, LI = "bot@demo.local", "li@demo.local"
USERS = {BOT: "bot-pw", LI: "li-pw"}
RAW = "From: 李 <li@demo.local>\r\nTo: bot@demo.local\r\nSubject: 技术支持\r\n\r\n同意\r\n".encode()


@pytest.fixture
def hub() -> Iterator[Hub]:
    with Hub(USERS, lambda: FRIDAY) as running:
        yield running


def open_mailbox(hub: Hub, password: str = "bot-pw") -> Mailbox:
    return Mailbox(ImapSettings("bot", "127.0.0.1", hub.imap_port, BOT, password, tls="none"))


def submit(hub: Hub, login: str, raw: bytes, *recipients: str, password: str = "") -> SendReport:
    settings = SmtpSettings("127.0.0.1", hub.smtp_port, login, password or USERS[login], login, tls="none")

    async def run() -> SendReport:
        async with Courier(settings) as courier:
            return await courier.send(raw, login, recipients)

    return asyncio.run(run())


def test_a_delivered_mail_is_fetched_with_the_demo_s_time(hub: Hub) -> None:
    hub.deliver(RAW, LI, [BOT])
    with open_mailbox(hub) as mailbox:
        [mail] = fetch_new(mailbox, "INBOX", None)
        assert not list(fetch_new(mailbox, "INBOX", FolderCursor(mail.envelope.uidvalidity, mail.envelope.uid)))
    assert mail.envelope.received_at == FRIDAY
    assert mail.raw.endswith(RAW)
    assert [mail.raw] == hub.inbox(BOT)


def test_the_clock_may_be_moved_between_mails() -> None:
    times = iter([FRIDAY, FRIDAY + timedelta(days=3)])
    with Hub(USERS, lambda: next(times)) as hub:
        hub.deliver(RAW, LI, [BOT])
        hub.deliver(RAW, LI, [BOT])
        with open_mailbox(hub) as mailbox:
            mails = list(fetch_new(mailbox, "INBOX", None))
    assert [mail.envelope.received_at for mail in mails] == [FRIDAY, FRIDAY + timedelta(days=3)]


def test_a_submitted_mail_wakes_idle(hub: Hub) -> None:
    with open_mailbox(hub) as mailbox:
        sending = threading.Timer(0.05, submit, [hub, LI, RAW, BOT])
        sending.start()
        assert wait_for_news(mailbox, "INBOX", None, None, timeout=10)
        sending.join()


def test_no_delivery_is_stranded(hub: Hub) -> None:
    total, seen, cursor = 50, 0, None

    def deliver_all() -> None:
        for _ in range(total):
            hub.deliver(RAW, LI, [BOT])

    sending = threading.Thread(target=deliver_all)
    with open_mailbox(hub) as mailbox:
        sending.start()
        while seen < total:
            assert wait_for_news(mailbox, "INBOX", cursor, None, timeout=10), f"only {seen} of {total} came"
            for mail in fetch_new(mailbox, "INBOX", cursor):
                cursor = FolderCursor(mail.envelope.uidvalidity, mail.envelope.uid)
                seen += 1
        sending.join()


@pytest.mark.parametrize(("login", "verdict"), [(LI, b"dmarc=pass"), (BOT, b"dmarc=fail")])
def test_the_hub_vouches_for_who_logged_in_as_the_sender(hub: Hub, login: str, verdict: bytes) -> None:
    assert submit(hub, login, RAW, BOT).outcome is Outcome.SENT
    assert b"Authentication-Results: hub.demo.local; " + verdict in hub.inbox(BOT)[0]


def test_mail_from_outside_is_not_vouched_for_unless_said_so(hub: Hub) -> None:
    with smtplib.SMTP("127.0.0.1", hub.smtp_port) as smtp:
        smtp.sendmail("boss@evil.example", [BOT], RAW)
    hub.deliver(RAW, LI, [BOT])
    hub.deliver(RAW, LI, [BOT], authenticated_as=LI)
    assert [b"dmarc=pass" in raw for raw in hub.inbox(BOT)] == [False, False, True]


def test_a_hub_may_be_told_not_to_vouch() -> None:
    with Hub(USERS, lambda: FRIDAY, vouches=False) as hub:
        hub.deliver(RAW, LI, [BOT], authenticated_as=LI)
        assert b"Authentication-Results" not in hub.inbox(BOT)[0]


def test_each_delivery_is_told(hub: Hub) -> None:
    told: list[tuple[str, tuple[str, ...]]] = []
    hub.on_delivery(lambda raw, sender, recipients: told.append((sender, recipients)))
    submit(hub, LI, RAW, BOT, LI)
    assert told == [(LI, (BOT, LI))]


def test_an_unknown_recipient_is_refused(hub: Hub) -> None:
    report = submit(hub, LI, RAW, BOT, "nobody@demo.local")
    assert report.outcome is Outcome.PARTIAL
    assert [result.code for result in report.recipients] == [250, 550]
    with pytest.raises(ValueError, match="no such user: nobody"):
        hub.deliver(RAW, LI, ["nobody@demo.local"])


def test_a_wrong_password_is_refused(hub: Hub) -> None:
    assert submit(hub, LI, RAW, BOT, password="wrong").outcome is Outcome.AUTH_REFUSED
    with pytest.raises(LoginRefused):
        open_mailbox(hub, "wrong").connect()


def test_long_lines_and_8_bit_pass(hub: Hub) -> None:
    raw = RAW + b"x" * 5000 + b"\r\n"
    assert submit(hub, LI, raw, BOT).outcome is Outcome.SENT
    assert hub.inbox(BOT)[0].endswith(raw)


def test_folders_with_chinese_names_work(hub: Hub) -> None:
    with open_mailbox(hub) as mailbox:
        with mailbox.talking() as client:
            client.create_folder("人工处理 & 转交")
        assert mailbox.open("人工处理 & 转交").exists == 0


def test_the_hub_ends_while_clients_wait(hub: Hub) -> None:
    mailbox = open_mailbox(hub)
    mailbox.connect()
    mailbox.open("INBOX")
    mailbox.client.start_idle()
    hub.__exit__(None, None, None)
    mailbox.drop()
    with pytest.raises(RuntimeError, match="not running"):
        hub.deliver(RAW, LI, [BOT])
