"""The line breaks while handled mails are moved and sent ones kept: no mail counts or goes out twice or not at all."""

from collections.abc import Iterator
from itertools import product

import pytest

from tests.faults.living import Living, living
from tests.faults.test_wire import FAULTS
from tests.servers.mailhub import MailHub
from tests.servers.wire import Fault, Wire
from tests.whole.office import BOT, Office

pytestmark = [pytest.mark.servers, pytest.mark.timeout(110)]

OPTIONS = ("SELECT", "UID MOVE", "APPEND")


def move_and_keep(office: Office, _imap: Wire, _smtp: Wire) -> None:
    """Handled mails go out of the inbox; what was sent is laid into a folder."""
    office.edit("poll_seconds = 0.5", 'poll_seconds = 0.5\nmove_to = "已处理"')
    office.edit("self_copy = true", 'self_copy = true\nsent_folder = "已发送"')


@pytest.fixture(scope="module")
def daemon(mailhub_session: MailHub, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Living]:
    """One that moves mails and keeps what it sent."""
    folder = tmp_path_factory.mktemp("tidy")
    with mailhub_session.imap(BOT) as client:
        for name in ("已处理", "已发送"):
            if not client.folder_exists(name):
                client.create_folder(name)
    with living(mailhub_session, folder, change=move_and_keep) as alive:
        alive.settle(alive.request())
        yield alive
        alive.check_all()


@pytest.mark.parametrize(("point", "fault"), [*product(OPTIONS, FAULTS)])
def test_moving_and_keeping_break(daemon: Living, point: str, fault: Fault) -> None:
    """An extra of their own: whatever becomes of them, no mail counts or goes out twice or not at all."""
    daemon.imap.break_at(point, fault, 1)
    project = daemon.request()
    daemon.wait(lambda: daemon.imap.struck > 0, point)
    daemon.imap.mend()
    daemon.settle(project)


def test_each_of_those_points_is_passed(daemon: Living) -> None:
    daemon.wait(lambda: {*OPTIONS} <= daemon.imap.seen, "all of them")
