"""The line breaks at each command of IMAP and SMTP, in each way: the bot recovers by itself and says what was wrong.

Nothing is lost and nothing comes twice, counted in the mailboxes of those who get the mails. On PostgreSQL too where
the database has to remember what became of a mail; the other points are about the wire alone.
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import product

import pytest

from bot.store.outbox_tables import OutboxStatus
from tests.faults.living import ON_BOTH, Living, living
from tests.servers.mailhub import MailHub
from tests.servers.wire import GREETING, Fault

pytestmark = [pytest.mark.servers, pytest.mark.timeout(110)]

ALWAYS = 1000
F = Fault
FAULTS = (F.UNHEARD, F.HALF_HEARD, F.UNANSWERED, F.HALF_ANSWERED, F.GARBAGE, F.SILENT, F.DELAY)
IMAP = ("CAPABILITY", "LOGIN", "ID", "LIST", "EXAMINE", "UID SEARCH", "FETCH look", "FETCH mail", "IDLE", "DONE")
SMTP = ("EHLO", "AUTH", "MAIL", "RCPT", "DATA")
NOT_GREETED = (F.UNANSWERED, F.HALF_ANSWERED, F.GARBAGE, F.SILENT_AFTER)
LOST_ANSWER = (F.UNANSWERED, F.HALF_ANSWERED, F.GARBAGE, F.SILENT_AFTER)
INSIDE_A_LITERAL = (F.CUT_INSIDE, F.SILENT_AFTER)
NEVER_ENDED = (("text", F.HALF_HEARD), ("dot", F.UNHEARD))
NEVER_ENDED_EITHER = (("text", F.UNHEARD), ("text", F.SILENT), ("dot", F.SILENT))
LONGER_THAN_EVIDENCE = timedelta(minutes=16)


@pytest.fixture(scope="module")
def daemon(mailhub_session: MailHub, tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[Living]:
    """One daemon lives through all of it; at the end nothing is lost, doubled or without a fate."""
    with living(mailhub_session, tmp_path_factory.mktemp("living"), database) as alive:
        alive.settle(alive.request())
        yield alive
        alive.check_all()


@pytest.mark.parametrize(("point", "fault"), [*product(IMAP, FAULTS), *product([GREETING], NOT_GREETED)])
def test_imap_breaks(daemon: Living, point: str, fault: Fault) -> None:
    break_imap(daemon, point, fault)


@ON_BOTH
@pytest.mark.parametrize("fault", INSIDE_A_LITERAL)
def test_imap_breaks_inside_a_literal(daemon: Living, fault: Fault) -> None:
    """The announced length never comes."""
    break_imap(daemon, "FETCH mail", fault)


def break_imap(daemon: Living, point: str, fault: Fault) -> None:
    """Every line of IMAP breaks there until it is mended; a mail that came meanwhile is handled then."""
    daemon.imap.break_at(point, fault, ALWAYS)
    daemon.imap.cut_all()
    project = daemon.request()
    daemon.wait(lambda: daemon.imap.struck > 0, point)
    if fault is not F.DELAY:
        daemon.wait_for_fault("mailbox main", "main at 127.0.0.1")
    daemon.imap.mend()
    daemon.settle(project)


@pytest.mark.parametrize(
    ("point", "fault"),
    [*product(SMTP, FAULTS), *product([GREETING], NOT_GREETED), ("text", F.DELAY), ("dot", F.DELAY)],
)
def test_smtp_breaks_before_anybody_can_have_the_mail(daemon: Living, point: str, fault: Fault) -> None:
    daemon.smtp.break_at(point, fault, ALWAYS)
    daemon.smtp.cut_all()
    project = daemon.request()
    daemon.wait(lambda: daemon.smtp.struck > 0, point)
    if fault is not F.DELAY:
        daemon.wait_for_fault("sending", "surely not sent")
    daemon.smtp.mend()
    daemon.skip(timedelta(minutes=2))
    daemon.settle(project)


@ON_BOTH
@pytest.mark.parametrize("fault", LOST_ANSWER)
def test_an_answer_to_the_final_dot_that_is_lost_is_settled_by_our_own_copy(daemon: Living, fault: Fault) -> None:
    daemon.smtp.break_at("dot", fault, ALWAYS)
    project = daemon.request()
    daemon.wait(lambda: daemon.smtp.struck > 0, "dot")
    daemon.settle(project)
    daemon.smtp.mend()


@ON_BOTH
@pytest.mark.parametrize(("point", "fault"), NEVER_ENDED)
def test_a_mail_of_which_the_server_never_heard_the_end_waits_for_the_operator_and_says_so(
    daemon: Living, point: str, fault: Fault
) -> None:
    """A cut in the text is often noticed only after the dot was written: nobody can tell the two apart from here."""
    break_off(daemon, point, fault)


@pytest.mark.parametrize(("point", "fault"), NEVER_ENDED_EITHER)
def test_a_mail_whose_line_broke_in_another_way_before_its_end_waits_for_the_operator_as_well(
    daemon: Living, point: str, fault: Fault
) -> None:
    break_off(daemon, point, fault)


def break_off(daemon: Living, point: str, fault: Fault) -> None:
    """The server never hears the end of one mail; the operator sends it again."""
    daemon.smtp.break_at(point, fault, 1)
    project = daemon.request()
    daemon.wait(lambda: daemon.smtp.struck > 0 and daemon.case(project) is not None, point)
    daemon.wait(lambda: (len(daemon.standing()) <= 1 and not unreported(daemon)) or daemon.skip_pause(), "the others")
    daemon.smtp.mend()
    daemon.skip(LONGER_THAN_EVIDENCE)
    for line in daemon.lines():
        if line.status is OutboxStatus.UNCERTAIN:
            daemon.wait_for_fault("sending", f"may or may not have been sent: zhichi outbox retry {line.id}")
            with daemon.office.house.store.transaction() as tx:
                assert tx.outbox.retry(line.id, daemon.clock.now())
    daemon.settle(project)


def unreported(daemon: Living) -> bool:
    """Whether a send is under way."""
    return any(line.status in {OutboxStatus.CLAIMED, OutboxStatus.SENDING} for line in daemon.lines())


def test_every_point_is_broken_that_the_bot_passes_and_no_other(daemon: Living) -> None:
    """A point nobody comes to would break nothing. The goodbyes break in test_farewell.py."""
    assert {*IMAP, GREETING} == daemon.imap.seen - {"LOGOUT"}
    assert {*SMTP, GREETING, "text", "dot"} == daemon.smtp.seen - {"QUIT"}
