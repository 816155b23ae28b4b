"""`zhichi run` as a process: it reads, answers, stops cleanly, and recovers by itself (design.md part 1)."""

import json
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from bot.cycle import Cycle, TurnReport
from bot.fetch.connection import Mailbox
from bot.rules.words import Stage
from tests.servers.mailhub import MailHub
from tests.whole.office import DIRECTOR, SALES, SHANGHAI, Office

pytestmark = pytest.mark.servers

PATIENCE = 30.0


@contextmanager
def running(office: Office) -> Iterator[subprocess.Popen[bytes]]:
    """The daemon; stopped by SIGTERM at the end, when it must exit 0."""
    log = (office.folder / "log").open("wb")
    with log, subprocess.Popen([sys.executable, "-m", "bot", "run"], cwd=office.folder, stderr=log) as process:
        try:
            yield process
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE) == 0
        finally:
            if process.poll() is None:
                process.kill()


def wait_until(is_so: Callable[[], bool], office: Office, patience: float = PATIENCE) -> None:
    """Polls; on giving up the daemon's log is in the message."""
    end = time.monotonic() + patience
    between = threading.Event()
    while not is_so():
        assert time.monotonic() < end, (office.folder / "log").read_text()
        between.wait(0.05)


def _request(office: Office, mark: str) -> None:
    now = datetime.now(SHANGHAI)
    office.write(
        SALES, now.replace(tzinfo=None).isoformat(), "请安排", subject=f"技术支持申请--欧莱雅--{mark}--ZGH--{now:%m%d}"
    )


def _health(office: Office) -> dict[str, dict[str, str]]:
    path = office.folder / "health.json"
    return dict(json.loads(path.read_text())["parts"]) if path.exists() else {}


@pytest.fixture
def daemon_office(small_office: Office) -> Office:
    small_office.edit("[database]", '[daemon]\ntick_seconds = 1\nhealth_file = "health.json"\n[database]')
    return small_office


def test_a_mail_is_answered_within_the_idle_notice(daemon_office: Office) -> None:
    with running(daemon_office):
        wait_until(lambda: "mailbox main" in _health(daemon_office), daemon_office)
        _request(daemon_office, "CITRIX安装")
        wait_until(lambda: len(daemon_office.hub.inbox(DIRECTOR)) == 1, daemon_office)
    assert daemon_office.case().stage is Stage.AWAITING_APPROVAL


def test_the_sender_is_woken_after_the_commit_of_each_mail_that_counts(small_office: Office) -> None:
    """Not after the batch: and what it is woken for, it can see."""
    for project in ("CITRIX安装", "AD升级"):
        _request(small_office, project)
    small_office.write("who@elsewhere.example", "09-17 10:00", "hi", subject="无关")
    house = small_office.house
    (account,) = house.config.accounts
    waiting: list[int] = []

    def look() -> None:
        with house.store.reading() as tx:
            waiting.append(len({line.notice_key for line in tx.outbox.list()}))

    now = datetime.now(SHANGHAI)
    with Mailbox(house.imap(account)) as mailbox:
        Cycle(house).take_mail(account, mailbox, lambda: now, TurnReport(), look)
    assert waiting == [1, 2]


def test_it_recovers_when_the_server_comes_back(daemon_office: Office, mailhub: MailHub) -> None:
    with running(daemon_office):
        wait_until(lambda: "mailbox main" in _health(daemon_office), daemon_office)
        mailhub.stop()
        wait_until(lambda: bool(_health(daemon_office)["mailbox main"]["fault"]), daemon_office)
        mailhub.restart()
        _request(daemon_office, "AD升级")
        wait_until(lambda: len(daemon_office.hub.inbox(DIRECTOR)) == 1, daemon_office)
        wait_until(lambda: not _health(daemon_office)["mailbox main"]["fault"], daemon_office)


def test_it_recovers_when_the_database_was_locked(daemon_office: Office) -> None:
    path: Path = daemon_office.folder / "zhichi.db"
    with running(daemon_office):
        wait_until(lambda: "mailbox main" in _health(daemon_office), daemon_office)
        lock = sqlite3.connect(path, isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        _request(daemon_office, "防火墙")
        wait_until(lambda: any(p["fault"] for p in _health(daemon_office).values()), daemon_office)
        lock.execute("ROLLBACK")
        lock.close()
        wait_until(lambda: len(daemon_office.hub.inbox(DIRECTOR)) == 1, daemon_office)
    assert len(daemon_office.cases()) == 1
