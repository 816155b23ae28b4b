"""A disk that takes no more: nothing half-written, one line that says so, and all of it done when there is room."""

import random
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cycle import Cycle, TurnReport
from bot.rules.words import Stage
from tests.faults.front import Front
from tests.servers.mailhub import MailHub
from tests.whole.office import DIRECTOR, ENGINEER, SALES, Office, at

BIG = ("big.pdf", random.Random(1).randbytes(400_000))


@pytest.mark.servers
def test_a_file_that_may_not_grow_is_said_in_one_line_and_loses_nothing(mailhub: MailHub, tmp_path: Path) -> None:
    """The true thing: the kernel refuses the write in the middle (as a quota does)."""
    office = Office(mailhub, tmp_path)
    office.write(SALES, "09-17 10:00", "请安排", subject="技术支持申请--欧莱雅--CITRIX安装--ZGH--0917", files=[BIG])
    office.close()  # the file holds everything now
    most = (tmp_path / "zhichi.db").stat().st_size
    words = ["once", "--at", at("09-17 10:05").isoformat()]
    done = subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )
    assert (done.returncode, "zhichi.db" in done.stderr, "Traceback" in done.stderr) == (1, True, False), done.stderr
    assert office.cases() == ()
    office.zhichi(*words)
    assert office.case().stage is Stage.AWAITING_APPROVAL
    office.close()


def test_R26_a_full_archive_stops_nothing_else_and_is_filled_later(
    front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    front.open_case()
    front.write(DIRECTOR, "09-17 10:30", "同意，李工9月18日去，1人天", answer=front.sent(DIRECTOR)[0])
    front.write(
        ENGINEER,
        "09-18 15:00",
        "已完成",
        answer=front.sent(ENGINEER)[-1],
        change=lambda mail: mail.add_attachment(b"x", maintype="image", subtype="jpeg", filename="服务单.jpg"),
    )
    front.write(SALES, "09-18 16:00", "验收通过", answer=front.sent(SALES)[-1])
    front.write(DIRECTOR, "09-18 17:00", "同意关闭", answer=front.sent(DIRECTOR)[-1])
    assert front.case().stage is Stage.CLOSED
    cycle, report = Cycle(front.house), TurnReport()

    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("bot.papers.archive.os.fsync", full)
        cycle.tick(at("09-21 10:00"), report)
    assert [fault.rpartition(": ")[2] for fault in report.faults] == [
        "No space left on device; the next turn tries again"
    ]
    assert report.digests > 0, "the rest of the turn was done"
    again = TurnReport()
    cycle.tick(at("09-21 10:01"), again)
    assert (again.faults, again.filed) == ([], 1)
    assert list(front.house.config.files.archive.rglob("服务单.jpg"))
