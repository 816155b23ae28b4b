"""What is new and how it is brought: by UID above the high-water mark, whole, untouched; one bad mail stops nothing."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.errors import MailServerError
from bot.fetch.connection import Mailbox
from bot.fetch.news import FolderCursor, News, fetch_mails, find_new, read_receipt_time
from tests.fetch.helpers import fetch_new, make_settings
from tests.servers.mailhub import MailHub
from tests.servers.scripted import Answer, FakeImap, Talk, cut, say

CHINA = timezone(timedelta(hours=8))


def make_mail(number: int, body: bytes = b"x") -> bytes:
    return b"Subject: mail %d\r\nDate: Sat, 19 Sep 2026 10:00:00 +0800\r\n\r\n%s\r\n" % (number, body)


def make_mails(*uids: int) -> dict[int, bytes]:
    return {uid: make_mail(uid) for uid in uids}


@pytest.mark.parametrize(
    ("cursor", "expected", "restarted"),
    [
        pytest.param(None, (3, 5, 9), False, id="first look: all"),
        pytest.param(FolderCursor(7, 0), (3, 5, 9), False, id="from the start"),
        pytest.param(FolderCursor(7, 3), (5, 9), False, id="above the mark"),
        pytest.param(FolderCursor(7, 4), (5, 9), False, id="the mark itself is gone"),
        pytest.param(FolderCursor(7, 9), (), False, id="nothing new, though n:* returns the last mail"),
        pytest.param(FolderCursor(6, 9), (3, 5, 9), True, id="UIDVALIDITY changed: all again, and said so"),
    ],
)
def test_new_is_what_lies_above_the_mark(
    cursor: FolderCursor | None, expected: tuple[int, ...], restarted: bool
) -> None:
    with FakeImap(mails=make_mails(3, 5, 9)) as server, Mailbox(make_settings(server.port)) as mailbox:
        news = find_new(mailbox, "INBOX", cursor)
    assert (news.uids, news.restarted, bool(news)) == (expected, restarted, bool(expected))


def test_the_search_needs_no_charset_and_no_text() -> None:
    with FakeImap(mails=make_mails(3)) as server, Mailbox(make_settings(server.port)) as mailbox:
        find_new(mailbox, "INBOX", FolderCursor(7, 2))
    assert [line for line in server.commands if b"SEARCH" in line] == [b"UID SEARCH UID 3:*"]


def test_a_huge_folder_is_searched_in_parts() -> None:
    exists = say(
        b"* 120000 EXISTS", b"* OK [UIDVALIDITY 7] ok", b"* OK [UIDNEXT 120001] ok", b"TAG OK [READ-ONLY] done"
    )
    with FakeImap({b"EXAMINE": exists}) as server, Mailbox(make_settings(server.port)) as mailbox:
        find_new(mailbox, "INBOX", None)
    spans = [line.split(b" ")[3] for line in server.commands if b"SEARCH" in line]
    assert spans == [b"1:50000", b"50001:100000", b"100001:*"]


def test_a_mail_announced_behind_the_search_is_looked_for_at_once() -> None:
    """The server answers from its old view, then tells of a new mail in the same breath: nothing may be stranded."""
    server = FakeImap(mails=make_mails(1))

    def arrive_late(talk: Talk, line: bytes) -> None:
        if 2 in server.mails:
            talk.send(b"* SEARCH 1 2", b"TAG OK done")
        else:
            server.mails[2] = make_mail(2)
            talk.send(b"* SEARCH 1", b"* 2 EXISTS", b"TAG OK done")

    server._answers[b"UID SEARCH"] = arrive_late
    with server, Mailbox(make_settings(server.port)) as mailbox:
        assert find_new(mailbox, "INBOX", FolderCursor(7, 1)).uids == (2,)


def test_a_server_that_repeats_its_count_is_not_asked_for_ever() -> None:
    with (
        FakeImap({b"UID SEARCH": say(b"* SEARCH", b"* 1 EXISTS", b"TAG OK done")}, mails=make_mails(1)) as server,
        Mailbox(make_settings(server.port)) as mailbox,
    ):
        assert not find_new(mailbox, "INBOX", FolderCursor(7, 1))
    assert len([line for line in server.commands if b"SEARCH" in line]) == 1


def test_a_folder_that_changes_all_the_time_is_left_for_the_next_look() -> None:
    with (
        FakeImap({b"UID SEARCH": say(b"* SEARCH", b"* 9 EXISTS", b"TAG OK done")}, mails=make_mails(1)) as server,
        Mailbox(make_settings(server.port)) as mailbox,
    ):
        assert not find_new(mailbox, "INBOX", FolderCursor(7, 1))
    assert len([line for line in server.commands if b"SEARCH" in line]) == 10


def test_mails_come_whole_with_their_envelope() -> None:
    with FakeImap(mails=make_mails(3, 5)) as server, Mailbox(make_settings(server.port)) as mailbox:
        first, second = fetch_new(mailbox, "INBOX", None)
    assert first.raw == make_mail(3)
    assert (first.envelope.account, first.envelope.folder) == ("support", "INBOX")
    assert (first.envelope.uidvalidity, first.envelope.uid, second.envelope.uid) == (7, 3, 5)
    assert first.envelope.received_at == datetime(2026, 9, 19, 10, tzinfo=CHINA)
    assert first.envelope.received_at.utcoffset() is not None
    assert (first.too_big, first.problem) == (False, "")


def test_nothing_but_peeking_is_done() -> None:
    with FakeImap(mails=make_mails(3)) as server, Mailbox(make_settings(server.port)) as mailbox:
        list(fetch_new(mailbox, "INBOX", None))
    fetched = [line for line in server.commands if b"FETCH" in line]
    assert fetched == [b"UID FETCH 3 (RFC822.SIZE INTERNALDATE)", b"UID FETCH 3 (BODY.PEEK[])"]
    assert not [line for line in server.commands if b"STORE" in line or b"SELECT" in line]


@pytest.mark.parametrize(
    ("changes", "batches"),
    [
        pytest.param({"batch_count": 2}, [b"1,2", b"3,4", b"5"], id="by count"),
        pytest.param({"batch_bytes": 2 * len(make_mail(1))}, [b"1,2", b"3,4", b"5"], id="by bytes"),
        pytest.param({"batch_bytes": 1}, [b"1", b"2", b"3", b"4", b"5"], id="each above the bytes: alone"),
        pytest.param({}, [b"1,2,3,4,5"], id="all at once"),
    ],
)
def test_mails_are_fetched_in_batches(changes: dict[str, int], batches: list[bytes]) -> None:
    settings = {"batch_count": 100, **changes}
    with (
        FakeImap(mails=make_mails(1, 2, 3, 4, 5)) as server,
        Mailbox(make_settings(server.port, **settings)) as mailbox,
    ):
        fetched = list(fetch_new(mailbox, "INBOX", None))
    assert [mail.envelope.uid for mail in fetched] == [1, 2, 3, 4, 5]
    assert [line.split(b" ")[2] for line in server.commands if b"BODY.PEEK[]" in line] == batches


def test_a_mail_above_the_limit_comes_as_its_header_with_the_reason() -> None:
    mails = {1: make_mail(1), 2: make_mail(2, b"x" * 5000), 3: make_mail(3)}
    with FakeImap(mails=mails) as server, Mailbox(make_settings(server.port, max_mail_bytes=1000)) as mailbox:
        first, big, last = fetch_new(mailbox, "INBOX", None)
    assert (first.too_big, last.too_big) == (False, False)
    assert big.too_big
    assert big.raw == make_mail(2).partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    assert "above the limit" in big.problem
    assert not [line for line in server.commands if b"BODY.PEEK[]" in line and b"2" in line.split(b" ")[2]]


class Huge(bytes):
    """A mail that the server lists with 200 MB."""

    def __len__(self) -> int:
        return 200 << 20


def test_an_attachment_of_200_MB_is_not_fetched() -> None:
    mails = {1: make_mail(1), 2: Huge(make_mail(2))}
    with FakeImap(mails=mails) as server, Mailbox(make_settings(server.port)) as mailbox:
        first, big = fetch_new(mailbox, "INBOX", None)
    assert (first.too_big, big.too_big) == (False, True)
    assert big.problem == "mail of 209.7 MB is above the limit of 52.4 MB; only its header was fetched"
    assert not [line for line in server.commands if b"BODY.PEEK[]" in line and b"2" in line.split(b" ")[2]]


def test_a_mail_that_vanished_is_left_out() -> None:
    server = FakeImap(mails=make_mails(1, 2, 3))
    with server, Mailbox(make_settings(server.port)) as mailbox:
        news = find_new(mailbox, "INBOX", None)
        del server.mails[2]
        assert [mail.envelope.uid for mail in fetch_mails(mailbox, news)] == [1, 3]


def refuse_mail_2(server: FakeImap, *, vanished: bool) -> Answer:
    def answer(talk: Talk, line: bytes) -> None:
        if b"BODY.PEEK[]" in line and b"2" in line.split(b" ")[2].split(b","):
            if vanished:
                server.mails.pop(2, None)
            talk.send(b"TAG NO [EXPUNGEISSUED] Some of the requested messages no longer exist")
        else:
            server._fetch(talk, line)

    return answer


@pytest.mark.parametrize("vanished", [True, False])
def test_one_mail_that_spoils_a_batch_does_not_stop_the_others(vanished: bool) -> None:
    server = FakeImap(mails=make_mails(1, 2, 3))
    server._answers[b"UID FETCH"] = refuse_mail_2(server, vanished=vanished)
    with server, Mailbox(make_settings(server.port)) as mailbox:
        mails = {mail.envelope.uid: mail for mail in fetch_new(mailbox, "INBOX", None)}
    assert mails[1].raw == make_mail(1)
    assert mails[3].raw == make_mail(3)
    if vanished:
        assert 2 not in mails
    else:
        assert (mails[2].raw, mails[2].problem.partition(":")[0]) == (b"", "the server does not hand it out")


def test_unasked_news_of_flags_among_the_mails_do_no_harm() -> None:
    server = FakeImap(mails=make_mails(1))

    def chatter(talk: Talk, line: bytes) -> None:
        talk.send(b"* 9 FETCH (UID 9 FLAGS (\\Seen))", b"* 4 EXISTS", b"* 1 FETCH (FLAGS (\\Seen) UID 1)")
        server._fetch(talk, line)

    server._answers[b"UID FETCH"] = chatter
    with server, Mailbox(make_settings(server.port)) as mailbox:
        assert [mail.raw for mail in fetch_new(mailbox, "INBOX", None)] == [make_mail(1)]


def test_a_line_cut_in_the_middle_of_a_mail_is_a_server_error() -> None:
    server = FakeImap(mails=make_mails(1))

    def cut_short(talk: Talk, line: bytes) -> None:
        if b"BODY.PEEK[]" not in line:
            return server._fetch(talk, line)
        talk.send_raw(b"* 1 FETCH (UID 1 BODY[] {5000}\r\nSubject: half")
        return cut(talk, line)

    server._answers[b"UID FETCH"] = cut_short
    with server, Mailbox(make_settings(server.port)) as mailbox:
        with pytest.raises(MailServerError, match="connection lost"):
            list(fetch_new(mailbox, "INBOX", None))
        assert not mailbox.is_open


def test_a_server_that_stops_in_the_middle_of_a_mail_is_given_up() -> None:
    server = FakeImap(mails=make_mails(1))

    def stall(talk: Talk, line: bytes) -> None:
        talk.send_raw(b"* 1 FETCH (UID 1 BODY[] {5000}\r\nSubject: half")
        talk.read_until_eof()

    server._answers[b"UID FETCH"] = stall
    with server, Mailbox(make_settings(server.port, read_timeout=0.3)) as mailbox:
        with pytest.raises(MailServerError, match="no answer in time"):
            list(fetch_new(mailbox, "INBOX", None))
        assert not mailbox.is_open


def test_another_folder_may_be_opened_between_two_batches() -> None:
    with (
        FakeImap(mails=make_mails(1, 2)) as server,
        Mailbox(make_settings(server.port, batch_count=1)) as mailbox,
    ):
        mails = fetch_new(mailbox, "INBOX", None)
        assert next(mails).envelope.uid == 1
        mailbox.open("Junk")
        assert next(mails).envelope.uid == 2
        assert mailbox.opened is not None
        assert mailbox.opened.name == "INBOX"


def test_a_folder_replaced_between_two_batches_is_read_again_later() -> None:
    server = FakeImap(mails=make_mails(1, 2))
    with server, Mailbox(make_settings(server.port, batch_count=1)) as mailbox:
        mails = fetch_new(mailbox, "INBOX", None)
        next(mails)
        mailbox.open("Junk")
        server.uidvalidity = 8
        with pytest.raises(MailServerError, match="was replaced"):
            next(mails)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (
            b"Received: from a by b; Sat, 19 Sep 2026 10:00:00 +0800\r\nReceived: x; 1 Jan 2020 00:00 +0000\r\n\r\n",
            datetime(2026, 9, 19, 2, tzinfo=UTC),
        ),
        (
            b"Received: from a by b\r\nDate: Sat, 19 Sep 2026 10:00:00 +0800\r\n\r\n",
            datetime(2026, 9, 19, 2, tzinfo=UTC),
        ),
        (b"Date: Sat, 19 Sep 2026 10:00:00\r\n\r\n", None),
        (b"Date: nonsense\r\n\r\n", None),
        (b"", None),
    ],
)
def test_without_internaldate_the_receiving_server_tells_the_time(raw: bytes, expected: datetime | None) -> None:
    assert read_receipt_time(raw) == expected


def test_a_mail_without_any_time_is_marked_not_lost() -> None:
    server = FakeImap(mails={1: b"Subject: x\r\n\r\nx\r\n"})

    def without_date(talk: Talk, line: bytes) -> None:
        if b"INTERNALDATE" in line:
            talk.send(b"* 1 FETCH (UID 1 RFC822.SIZE 20)", b"TAG OK done")
        else:
            server._fetch(talk, line)

    server._answers[b"UID FETCH"] = without_date
    with server, Mailbox(make_settings(server.port)) as mailbox:
        [mail] = fetch_new(mailbox, "INBOX", None)
    assert mail.problem == "the server tells no time of receipt"
    assert mail.raw == b"Subject: x\r\n\r\nx\r\n"


@pytest.mark.parametrize("left_out", [b"RFC822.SIZE", b"BODY.PEEK[]"])
def test_a_mail_that_one_answer_leaves_out_is_not_taken_for_gone(left_out: bytes) -> None:
    """Passing over it would lose it for good: the server is asked whether it is there."""
    server = FakeImap(mails=make_mails(3, 5))

    def forgetful(talk: Talk, line: bytes) -> None:
        if left_out in line:
            server.mails, kept = {5: server.mails[5]}, server.mails
            server._fetch(talk, line)
            server.mails = kept
        else:
            server._fetch(talk, line)

    server._answers[b"UID FETCH"] = forgetful
    with server, Mailbox(make_settings(server.port)) as mailbox:
        first, second = fetch_new(mailbox, "INBOX", None)
    assert (first.envelope.uid, second.envelope.uid) == (3, 5)
    assert bool(first.problem) == (left_out == b"BODY.PEEK[]")
    assert second.problem == ""


@pytest.mark.parametrize(
    ("uidnext", "done", "passed"),
    [
        pytest.param(10, (), 5, id="vanished before it was fetched"),
        pytest.param(10, (9,), 9, id="fetched, others vanished"),
        pytest.param(4, (), 3, id="a UID that cannot be yet is not passed over"),
        pytest.param(4, (5,), 5, id="it came just now: it was fetched"),
        pytest.param(0, (), 5, id="a server that does not tell"),
        pytest.param(3, (), 0, id="nothing is sure"),
    ],
)
def test_the_mark_moves_only_over_what_is_known(uidnext: int, done: tuple[int, ...], passed: int) -> None:
    assert News("INBOX", 7, (3, 5), uidnext=uidnext).passed(done) == passed


def test_without_uidvalidity_no_uid_means_anything() -> None:
    examine = say(b"* 2 EXISTS", b"TAG OK done")
    with (
        FakeImap({b"EXAMINE": examine}, mails=make_mails(3)) as server,
        Mailbox(make_settings(server.port)) as mailbox,
        pytest.raises(MailServerError, match="UIDVALIDITY"),
    ):
        find_new(mailbox, "INBOX", None)


@pytest.mark.servers
def test_dovecot_hands_out_bytes_and_times_exactly(mailhub: MailHub) -> None:
    user = mailhub.add_user("bot@demo.local")
    received_at = datetime(2026, 9, 18, 17, 59, 59, tzinfo=CHINA)
    odd = bytes(sign for sign in range(1, 256) if sign not in b"\r\n")
    raw = "Subject: 技术支持申请\r\n\r\n你好\r\n".encode("gb18030") + odd + b"\r\n"
    mailhub.append(user, raw, received_at)
    with Mailbox(make_settings(mailhub.imap_port, user=user, password=mailhub.password)) as mailbox:
        [mail] = fetch_new(mailbox, "INBOX", None)
        cursor = FolderCursor(mail.envelope.uidvalidity, mail.envelope.uid)
        assert not find_new(mailbox, "INBOX", cursor)
        mailhub.deliver(make_mail(2), "li@demo.local", [user])
        assert len(list(fetch_new(mailbox, "INBOX", cursor))) == 1
    assert mail.raw == raw
    assert mail.envelope.received_at == received_at
    with mailhub.imap(user) as client:
        client.select_folder("INBOX")
        flags = client.get_flags(client.search())
    assert not any(b"\\Seen" in seen for seen in flags.values())


@pytest.mark.servers
def test_dovecot_hands_out_the_header_of_a_mail_above_the_limit(mailhub: MailHub) -> None:
    user = mailhub.add_user("bot@demo.local")
    mailhub.append(user, make_mail(1, b"x" * 5000))
    settings = make_settings(mailhub.imap_port, user=user, password=mailhub.password, max_mail_bytes=1000)
    with Mailbox(settings) as mailbox:
        [mail] = fetch_new(mailbox, "INBOX", None)
    assert (mail.too_big, mail.raw) == (True, make_mail(1).partition(b"\r\n\r\n")[0] + b"\r\n\r\n")


@pytest.mark.servers
def test_a_folder_made_anew_starts_again(mailhub: MailHub) -> None:
    user = mailhub.add_user("bot@demo.local")
    mailhub.append(user, make_mail(1), folder="支持")
    with Mailbox(make_settings(mailhub.imap_port, user=user, password=mailhub.password)) as mailbox:
        old = find_new(mailbox, "支持", None)
        with mailhub.imap(user) as client:
            client.delete_folder("支持")
        mailhub.append(user, make_mail(2), folder="支持")
        mailbox.close()
        mailbox.connect()
        new = find_new(mailbox, "支持", FolderCursor(old.uidvalidity, old.uids[-1]))
        assert new.restarted
        assert [mail.raw for mail in fetch_mails(mailbox, new)] == [make_mail(2)]
