"""The daemon killed while it works, under the real clock: started again it goes on where it was (design.md part 2)."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.rules.words import Stage
from bot.store.outbox_tables import OutboxStatus
from tests.faults.census import audit, compare_post, told_twice
from tests.faults.harness import ROOT, is_delivered
from tests.faults.stream import newest
from tests.faults.victim import AT_RANDOM
from tests.servers.mailhub import MailHub
from tests.whole.office import BOT, DIRECTOR, SALES, SHANGHAI, Office

pytestmark = [pytest.mark.servers, pytest.mark.timeout(300)]

PATIENCE = 30.0
PROJECTS = ("CITRIX安装", "AD域升级", "防火墙调试")
KILLS_AT_REQUESTS = (("mail-before-commit", 2), ("claim-after-commit", 1), ("dot-sent", 2), (AT_RANDOM, 700))
KILLS_AT_DECISIONS = (("mail-after-commit", 1), ("data-sent", 1), ("sent-before-commit", 1), (AT_RANDOM, 500))


def test_a_killed_daemon_goes_on_where_it_was(mailhub: MailHub, tmp_path: Path) -> None:
    office, now = Office(mailhub, tmp_path), datetime.now(SHANGHAI)
    office.edit("[database]", "[daemon]\ntick_seconds = 1\n[database]")
    for project in PROJECTS:
        subject = f"技术支持申请--欧莱雅--{project}--ZGH--{now:%m%d}"
        office.write(SALES, _plain(now), "请安排", subject=subject)
    _work_through(office, mailhub, KILLS_AT_REQUESTS)
    for project in PROJECTS:
        day = now + timedelta(days=5)
        text = f"同意，李工{day.month}月{day.day}日去，2人天，现场"
        office.write(DIRECTOR, _plain(now), text, answer=newest(office, DIRECTOR, project))
    _work_through(office, mailhub, KILLS_AT_DECISIONS)
    assert [case.stage for case in office.cases()] == [Stage.APPROVED] * len(PROJECTS)
    post = compare_post(office)
    assert (post.lost, post.doubled, told_twice(office)) == ((), (), [])
    audit(office)
    office.close()


def _plain(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat()


def _work_through(office: Office, hub: MailHub, kills: tuple[tuple[str, int], ...]) -> None:
    for point, number in kills:
        with _daemon(office, "tests.faults.victim", point, str(number)) as process:
            _wait(lambda process=process: process.poll() is not None, office, point)  # type: ignore[misc]
            assert process.returncode == -signal.SIGKILL, point
    starts = _starts(office)
    with _daemon(office, "bot") as process:
        _wait(lambda: _starts(office) > starts, office, "running")  # before, a SIGTERM would find no handler
        _wait(lambda: is_delivered(hub) and _is_quiet(office, hub), office, "quiet")
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0


def _daemon(office: Office, *words: str) -> subprocess.Popen[bytes]:
    with (office.folder / "log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", *words, "run"],
            cwd=office.folder,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stderr=log,
        )


def _starts(office: Office) -> int:
    """How often a daemon has said that it runs."""
    return (office.folder / "log").read_text().count(" running: ")


def _is_quiet(office: Office, hub: MailHub) -> bool:
    """Every mail has its fate, nothing waits to be sent. What a kill just before the dot left, the operator sends."""
    with office.house.store.reading() as tx:
        lines, known = tx.outbox.list(), tx.audit.counts().mails
    if known < hub.count(BOT):
        return False
    open_ones = [line for line in lines if line.status is not OutboxStatus.SENT]
    if open_ones and all(line.status is OutboxStatus.UNCERTAIN for line in open_ones):
        for line in open_ones:
            office.zhichi("outbox", "retry", str(line.id))
    return not open_ones


def _wait(is_so: Callable[[], bool], office: Office, what: str) -> None:
    end, between = time.monotonic() + PATIENCE, threading.Event()
    while not is_so():
        assert time.monotonic() < end, f"{what}: {(office.folder / 'log').read_text()}"
        between.wait(0.05)
