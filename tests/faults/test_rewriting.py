"""Hosts that give every mail a new Message-ID: our own header proves the send, and answers still find their case."""

import re
import uuid
from collections.abc import Callable, Iterator
from email.message import EmailMessage

import pytest

from bot.rules.words import Stage
from bot.store.outbox_tables import OutboxStatus
from tests.faults.living import ON_BOTH, START, Living, living
from tests.servers.mailhub import MailHub
from tests.servers.wire import Fault
from tests.whole.office import DIRECTOR

pytestmark = [pytest.mark.servers, pytest.mark.timeout(110), ON_BOTH]

_ID = re.compile(rb"(?i)^Message-ID: <([^>]+)>\r\n$")


def as_qq(line: bytes) -> bytes:
    """smtp.qq.com: an id of its own, ours beside it (mail-in-china.md B5)."""
    found = _ID.match(line)
    if not found:
        return line
    return b"Message-ID: <tencent_%s@qq.com>\r\nX-OQ-MSGID: <%s>\r\n" % (uuid.uuid4().hex.upper().encode(), found[1])


def as_exmail(line: bytes) -> bytes:
    """smtp.exmail.qq.com: sixteen digits before ours."""
    found = _ID.match(line)
    return b"Message-ID: <%s+%s>\r\n" % (uuid.uuid4().hex[:16].upper().encode(), found[1]) if found else line


@pytest.fixture(scope="module")
def daemon(mailhub_session: MailHub, tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[Living]:
    with living(mailhub_session, tmp_path_factory.mktemp("rewriting"), database) as alive:
        yield alive
        alive.check_all()


@pytest.mark.parametrize("rewrite", [as_qq, as_exmail])
def test_an_uncertain_send_is_proved_and_its_new_id_learnt(daemon: Living, rewrite: Callable[[bytes], bytes]) -> None:
    daemon.smtp.rewrite = rewrite
    daemon.smtp.break_at("dot", Fault.UNANSWERED, 1000)
    daemon.smtp.cut_all()
    project = daemon.request()
    daemon.settle(project)
    assert daemon.smtp.struck > 0
    got = daemon.office.last(DIRECTOR)
    own = {line.own_id: line for line in daemon.lines()}[got.own_id]
    new_id = str(got.message["Message-ID"]).strip("<>")
    assert own.status is OutboxStatus.SENT
    assert new_id != own.message_id

    def answer_to_the_new_id_alone(mail: EmailMessage) -> None:
        del mail["References"]
        mail.set_content(f"同意，李工9月22日去，2人天，现场（{rewrite.__name__}）")

    daemon.smtp.mend()
    when = START.replace(minute=30, tzinfo=None).isoformat()
    daemon.office.write(DIRECTOR, when, "", subject="回复", answer=got, change=answer_to_the_new_id_alone)
    daemon.wait(lambda: _stage(daemon, project) is Stage.APPROVED, "approved")
    daemon.settle(project)


def _stage(daemon: Living, project: str) -> Stage | None:
    case = daemon.case(project)
    return case.stage if case else None
