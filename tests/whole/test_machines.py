"""Several `zhichi run` on one PostgreSQL: everything is handled once, and a killed one is followed."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from bot.rules.words import Stage
from tests.faults.census import audit, compare_post, told_twice
from tests.faults.stream import newest
from tests.servers.mailhub import MailHub
from tests.whole.office import BOT, DIRECTOR, SALES, SHANGHAI, Office
from tests.whole.test_daemon import wait_until

pytestmark = [pytest.mark.servers, pytest.mark.timeout(300)]

MACHINES = 8
PATIENCE = 90.0  # eight programs start at once
SECOND = "bot2@demo.local"
PROJECTS = ("CITRIX安装", "AD域升级", "防火墙调试")
SECOND_ACCOUNT = """
[[accounts]]
name = "second"
address = "{address}"
authserv_id = "hub.demo.local"
[accounts.imap]
host = "127.0.0.1"
port = {imap}
tls = "none"
password_file = "password"
[accounts.smtp]
host = "127.0.0.1"
port = {smtp}
tls = "none"
self_copy = true
"""


@contextmanager
def machines(office: Office) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Eight daemons with the same configuration; those still alive are stopped at the end and must exit 0."""
    with ExitStack() as stack:
        log = stack.enter_context((office.folder / "log").open("wb"))
        command = [sys.executable, "-m", "bot", "run"]
        processes = [subprocess.Popen(command, cwd=office.folder, stderr=log) for _ in range(MACHINES)]
        for process in processes:
            stack.enter_context(process)
            stack.callback(process.kill)
        yield processes
        living = [process for process in processes if process.poll() is None]
        for process in living:
            process.terminate()
        assert [process.wait(30) for process in living] == [0] * len(living)


def _reader_of(url: str, account: str) -> int:
    """The process that holds the mailbox's lease, 0: none."""
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        row = connection.execute("SELECT owner FROM leases WHERE name = %s", [f"mailbox:{account}"]).fetchone()
    return int(str(row[0]).split("/")[-3]) if row else 0


def test_eight_machines_do_everything_once_and_follow_a_killed_one(
    mailhub: MailHub, tmp_path: Path, postgres_url: str
) -> None:
    mailhub.add_user(SECOND)
    second = SECOND_ACCOUNT.format(address=SECOND, imap=mailhub.imap_port, smtp=mailhub.smtp_port)
    office, now = Office(mailhub, tmp_path, database=postgres_url, extra=second), datetime.now(SHANGHAI)
    office.edit("[database]", "[daemon]\ntick_seconds = 1\n[database]")
    with machines(office) as processes:
        wait_until(lambda: _reader_of(postgres_url, "main") > 0 < _reader_of(postgres_url, "second"), office, PATIENCE)
        for project in PROJECTS:
            subject = f"技术支持申请--欧莱雅--{project}--ZGH--{now:%m%d}"
            raw = office.write(SALES, _plain(now), "请安排", subject=subject)
            mailhub.append(SECOND, raw, internaldate=now)  # the same mail in both mailboxes counts once
        _wait_for_mails(office, len(PROJECTS))
        wait_until(lambda: _all_settled(office), office, PATIENCE)
        for account in ("main", "second"):
            killed = next(p for p in processes if p.pid == _reader_of(postgres_url, account))
            killed.kill()
            killed.wait()
        day = now + timedelta(days=5)
        for project in PROJECTS:
            text = f"同意，李工{day.month}月{day.day}日去，2人天，现场"
            office.write(DIRECTOR, _plain(now), text, answer=newest(office, DIRECTOR, project))
        _wait_for_mails(office, 2 * len(PROJECTS))
        wait_until(lambda: _all_settled(office), office, PATIENCE)
    assert [case.stage for case in office.cases()] == [Stage.APPROVED] * len(PROJECTS)
    post = compare_post(office)
    assert (post.lost, post.doubled, told_twice(office)) == ((), (), [])
    audit(office)
    office.close()


def _wait_for_mails(office: Office, count: int) -> None:
    wait_until(lambda: len([got for got in office.inbox(DIRECTOR) if got.own_id]) >= count, office, PATIENCE)


def _all_settled(office: Office) -> bool:
    """Everything is sent, and every mailbox is read to its end, own copies included."""
    with office.house.store.reading() as tx:
        lines, counts = tx.outbox.list(), tx.audit.counts()
    in_mailbox = len(office.hub.inbox(BOT)) + len(office.hub.inbox(SECOND))
    return all(line.sent_at for line in lines) and counts.acted + counts.ignored == in_mailbox


def _plain(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat()
