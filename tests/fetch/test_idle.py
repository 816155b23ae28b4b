"""Waiting for news strands no mail, ends at once when woken, and never trusts a silent line for ever."""

import socket
import threading
from collections.abc import Iterator

import pytest

from bot.errors import MailServerError
from bot.fetch.connection import Mailbox
from bot.fetch.idle import wait_for_news, wait_for_wake
from bot.fetch.news import FolderCursor
from tests.fetch.helpers import fetch_new, make_settings
from tests.servers.mailhub import MailHub
from tests.servers.scripted import Answer, FakeImap, Talk, cut, say, stay_silent

MAIL = b"Subject: x\r\n\r\nx\r\n"
NOTHING_NEW = FolderCursor(7, 1)


@pytest.fixture
def wake() -> Iterator[tuple[socket.socket, socket.socket]]:
    """The two ends of the bell: the waiting one, the ringing one."""
    waiting, ringing = socket.socketpair()
    with waiting, ringing:
        yield waiting, ringing


def idle_then(server: FakeImap, *lines: bytes, first: bytes | None = b"+ idling") -> Answer:
    """Take IDLE, let a mail arrive, say `lines`, and end at DONE."""

    def answer(talk: Talk, line: bytes) -> None:
        server.mails[2] = MAIL
        talk.send(*([first] if first else []), *lines)
        assert talk.read_line() == b"DONE"
        talk.send(b"TAG OK done")

    return answer


def make_server() -> FakeImap:
    return FakeImap(mails={1: MAIL})


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([b"+ idling", b"* 2 EXISTS"], id="EXISTS in the same packet as the +"),
        pytest.param([b"* 2 EXISTS", b"+ idling"], id="EXISTS before the +"),
    ],
)
def test_news_that_come_with_the_start_of_idle_are_not_stranded(lines: list[bytes]) -> None:
    server = make_server()
    server._answers[b"IDLE"] = idle_then(server, *lines, first=None)
    with server, Mailbox(make_settings(server.port)) as mailbox:
        assert wait_for_news(mailbox, "INBOX", NOTHING_NEW, None, timeout=5)


def test_an_announcement_split_over_two_packets_is_understood() -> None:
    server = make_server()

    def split(talk: Talk, line: bytes) -> None:
        server.mails[2] = MAIL
        talk.send(b"+ idling")
        talk.send_raw(b"* 2 EXI")
        assert talk.read_line() == b"DONE"
        talk.send_raw(b"STS\r\n")
        talk.send(b"TAG OK done")

    server._answers[b"IDLE"] = split
    with server, Mailbox(make_settings(server.port)) as mailbox:
        assert wait_for_news(mailbox, "INBOX", NOTHING_NEW, None, timeout=5)


def test_what_already_lies_there_needs_no_idle() -> None:
    server = make_server()
    with server, Mailbox(make_settings(server.port)) as mailbox:
        assert wait_for_news(mailbox, "INBOX", FolderCursor(7, 0), None, timeout=5)
    assert b"IDLE" not in server.commands


def test_idle_is_renewed_and_the_folder_looked_at_each_time() -> None:
    server = make_server()
    rounds: list[bytes] = []

    def hold(talk: Talk, line: bytes) -> None:
        rounds.append(line)
        talk.send(b"+ idling")
        assert talk.read_line() == b"DONE"
        if len(rounds) == 3:
            server.mails[2] = MAIL  # never announced: only the look of the next round finds it
        talk.send(b"TAG OK done")

    server._answers[b"IDLE"] = hold
    with server, Mailbox(make_settings(server.port, idle_renew=0.02)) as mailbox:
        assert wait_for_news(mailbox, "INBOX", NOTHING_NEW, None, timeout=5)
    assert len(rounds) == 3


def test_the_wait_ends_when_its_time_is_over() -> None:
    server = make_server()
    server._answers[b"IDLE"] = idle_then(server)
    with server, Mailbox(make_settings(server.port)) as mailbox:
        assert not wait_for_news(mailbox, "INBOX", FolderCursor(7, 2), None, timeout=0.05)


@pytest.mark.parametrize("capability", [b"IMAP4rev1 IDLE", b"IMAP4rev1"])
def test_a_byte_wakes_the_wait_and_is_taken(wake: tuple[socket.socket, socket.socket], capability: bytes) -> None:
    waiting, ringing = wake
    server = FakeImap(mails={1: MAIL}, capability=capability)
    server._answers[b"IDLE"] = idle_then(server)
    ringing.send(b"x")
    with server, Mailbox(make_settings(server.port)) as mailbox:
        assert not wait_for_news(mailbox, "INBOX", FolderCursor(7, 2), waiting, timeout=60)
        assert mailbox.is_open
    assert not wait_for_wake(waiting, 0)


def test_without_idle_the_poll_interval_is_waited(wake: tuple[socket.socket, socket.socket]) -> None:
    with FakeImap(mails={1: MAIL}, capability=b"IMAP4rev1") as server, Mailbox(make_settings(server.port)) as mailbox:
        assert not wait_for_news(mailbox, "INBOX", NOTHING_NEW, wake[0], timeout=0.01)
    assert b"IDLE" not in server.commands


def say_and_die(talk: Talk, line: bytes) -> None:
    talk.send(b"+ idling")
    stay_silent(talk, line)


def say_and_cut(talk: Talk, line: bytes) -> None:
    talk.send(b"+ idling")
    cut(talk, line)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        pytest.param(say_and_cut, "connection lost", id="closed in IDLE"),
        pytest.param(say(b"+ idling", b"* BYE autologout"), "connection lost", id="BYE in IDLE"),
        pytest.param(say(b"TAG BAD not now"), "the server refused: IDLE: BAD not now", id="IDLE refused"),
        pytest.param(say(b"* BAD unknown"), "no answer in time", id="untagged BAD, QQ"),
        pytest.param(stay_silent, "no answer in time", id="silent"),
        pytest.param(say_and_die, "no answer in time", id="dead behind a NAT: DONE is never answered"),
    ],
)
def test_a_broken_idle_is_a_server_error(answer: Answer, says: str) -> None:
    settings = {"read_timeout": 0.3, "idle_renew": 0.2}
    with FakeImap({b"IDLE": answer}, mails={1: MAIL}) as server:
        mailbox = Mailbox(make_settings(server.port, **settings))
        mailbox.connect()
        with pytest.raises(MailServerError, match=says):
            wait_for_news(mailbox, "INBOX", NOTHING_NEW, None, timeout=30)
        assert not mailbox.is_open


@pytest.mark.servers
@pytest.mark.parametrize(("tls", "port_name"), [("none", "imap_port"), ("implicit", "tls_port")])
def test_a_delivery_ends_the_wait(mailhub: MailHub, tls: str, port_name: str) -> None:
    user = mailhub.add_user("bot@demo.local")
    settings = make_settings(
        getattr(mailhub, port_name), user=user, password=mailhub.password, tls=tls, ca_file=mailhub.ca_file
    )
    with Mailbox(settings) as mailbox:
        sending = threading.Timer(0.1, mailhub.deliver, [MAIL, "li@demo.local", [user]])
        sending.start()
        assert wait_for_news(mailbox, "INBOX", None, None, timeout=10)
        sending.join()


@pytest.mark.servers
def test_no_delivery_is_stranded(mailhub: MailHub) -> None:
    """Mails that come while the bot looks, fetches or goes to wait are all there before the wait is over."""
    user = mailhub.add_user("bot@demo.local")
    total = 20

    def deliver_all() -> None:
        for _ in range(total):
            mailhub.deliver(MAIL, "li@demo.local", [user], wait=False)

    sending = threading.Thread(target=deliver_all)
    cursor: FolderCursor | None = None
    seen = 0
    with Mailbox(make_settings(mailhub.imap_port, user=user, password=mailhub.password)) as mailbox:
        sending.start()
        while seen < total:
            assert wait_for_news(mailbox, "INBOX", cursor, None, timeout=10), f"only {seen} of {total} came"
            for mail in fetch_new(mailbox, "INBOX", cursor):
                cursor = FolderCursor(mail.envelope.uidvalidity, mail.envelope.uid)
                seen += 1
        sending.join()
