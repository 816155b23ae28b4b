"""What stands around the bot fails under it: database, disk, clock, names, and people who tidy up the mailbox."""

import random
import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.header import decode_header, make_header

import pytest

from bot.fetch.news import FetchedMail
from bot.handling.intake import Intake
from bot.rules.words import Fate
from tests.faults.living import ON_BOTH, Living, living
from tests.servers.mailhub import MailHub
from tests.servers.wire import Fault
from tests.whole.office import BOT, SALES

pytestmark = [pytest.mark.servers, pytest.mark.timeout(110), ON_BOTH]

YEAR, DAY = timedelta(days=365), timedelta(days=1)
JUNK = "垃圾邮件"
BIG = ("big.pdf", random.Random(1).randbytes(400_000))


@pytest.fixture(scope="module")
def daemon(mailhub_session: MailHub, tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[Living]:
    """A daemon whose mail servers are called by name; at the end nothing is lost, doubled or without a fate."""
    with living(mailhub_session, tmp_path_factory.mktemp("living"), database, host="localhost") as alive:
        alive.settle(alive.request())
        yield alive
        alive.check_all()


# --- clock and names -------------------------------------------------------------------------------------------------


def test_a_clock_a_year_ahead_for_a_while_chases_nobody_and_strands_nothing(daemon: Living) -> None:
    before = {line.id for line in daemon.lines()}
    with daemon.skipped(YEAR):
        daemon.wait_for_fault("clock", "jumped forwards")
        daemon.answer(daemon.request())
        daemon.smtp.break_at("EHLO", Fault.UNHEARD, 1000)
        daemon.smtp.cut_all()
        stranded = daemon.request()
        daemon.wait_for_fault("sending", "surely not sent")
        daemon.smtp.mend()
    daemon.wait(lambda: daemon.fault("clock") == ("", ""), "believed again")
    daemon.settle(stranded)
    assert {line.kind.value for line in daemon.lines() if line.id not in before} == {"registered"}


def test_a_clock_a_day_back_stops_no_mail(daemon: Living) -> None:
    with daemon.skipped(-DAY):
        daemon.wait_for_fault("clock", "jumped backwards")
        project = daemon.request()
        daemon.answer(project)
    daemon.settle(project)


def test_no_name_is_found_for_a_while(daemon: Living, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*_args: object, **_more: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    def lose_names() -> None:
        """The mail is read already; now the way out is gone, and so is the way back."""
        monkeypatch.setattr("socket.getaddrinfo", nowhere)
        daemon.smtp.cut_all()

    daemon.smtp.cut_all()
    daemon.imap.break_at("FETCH mail", Fault.DELAY, 1, action=lose_names)
    project = daemon.request()
    daemon.wait_for_fault("sending", "host name not found")
    daemon.imap.cut_all()
    daemon.wait_for_fault("mailbox main", "host name not found")
    monkeypatch.undo()
    daemon.imap.mend()
    daemon.skip(timedelta(minutes=2))
    daemon.settle(project)


# --- the mailbox -----------------------------------------------------------------------------------------------------


def test_a_new_uidvalidity_of_the_inbox_is_read_anew_and_nothing_happens_twice(
    daemon: Living, mailhub_session: MailHub
) -> None:
    mailhub_session.renew_uidvalidity(BOT)
    daemon.imap.cut_all()
    project = daemon.request()
    daemon.settle(project)
    daemon.check_all()


def _remove(hub: MailHub, project: str, to: str = "") -> None:
    with hub.imap(BOT) as client:
        client.select_folder("INBOX")
        (uid,) = [
            uid
            for uid, row in client.fetch(client.search(), ["ENVELOPE"]).items()
            if project in _decoded(row[b"ENVELOPE"].subject)
        ]
        if to:
            client.copy([uid], to)
        client.delete_messages([uid])
        client.expunge()


def _decoded(subject: bytes) -> str:
    return str(make_header(decode_header(subject.decode())))


@pytest.mark.parametrize("point", ["FETCH look", "FETCH mail"])
def test_a_mail_deleted_before_it_was_fetched_stops_nothing(
    daemon: Living, mailhub_session: MailHub, point: str
) -> None:
    daemon.catch_up()
    number = daemon.next_project()
    daemon.imap.break_at(point, Fault.DELAY, 1, action=lambda: _remove(mailhub_session, number))
    assert daemon.request() == number
    daemon.wait(lambda: daemon.imap.struck == 1, point)
    daemon.imap.mend()
    daemon.settle(daemon.request())
    assert daemon.case(number) is None


@pytest.mark.parametrize("point", ["FETCH look", "FETCH mail"])
def test_a_mail_moved_before_it_was_fetched_is_read_where_it_lies(
    daemon: Living, mailhub_session: MailHub, point: str
) -> None:
    daemon.catch_up()
    number = daemon.next_project()
    daemon.imap.break_at(point, Fault.DELAY, 1, action=lambda: _remove(mailhub_session, number, JUNK))
    daemon.request()
    daemon.wait(lambda: daemon.imap.struck == 1, point)
    daemon.imap.mend()
    daemon.settle(number)


@pytest.mark.parametrize("to", ["", JUNK])
def test_a_mail_deleted_or_moved_between_fetch_and_commit_counts_once(
    daemon: Living, mailhub_session: MailHub, to: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    daemon.catch_up()
    number, take = daemon.next_project(), Intake.take

    def tidied(self: Intake, fetched: FetchedMail, now: datetime, *, old: bool = False) -> Fate:
        if f"From: {SALES}".encode() in fetched.raw:  # none of the bot's own copies
            monkeypatch.setattr(Intake, "take", take)
            _remove(mailhub_session, number, to)
        return take(self, fetched, now, old=old)

    monkeypatch.setattr(Intake, "take", tidied)
    daemon.request()
    daemon.settle(number)
