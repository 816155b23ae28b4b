"""Runs the stream under kills: a step's mails are laid down once, then `zhichi once` dies and is started again."""

import json
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.cycle import Cycle
from bot.store.outbox_tables import OutboxStatus
from tests.faults.stream import STEPS, Step
from tests.faults.victim import AT_RANDOM, POINTS
from tests.servers.mailhub import MailHub
from tests.whole.office import BOT, Office, at

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0
KILLS_A_STEP = 5
FEW = 6
LONGER_THAN_EVIDENCE = timedelta(minutes=16)


@dataclass
class Tally:
    """Figures of one or many streams."""

    kills: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    lost: list[tuple[str, str]] = field(default_factory=list)
    doubled: list[tuple[str, str]] = field(default_factory=list)
    streams: int = 0

    def __str__(self) -> str:
        figures = f"kills {self.kills.total()}, lost {len(self.lost)}, doubled {len(self.doubled)}"
        return f"{figures}, held {self.held.total()} {dict(self.held)}, streams {self.streams}\n{dict(self.kills)}"


@dataclass
class Plan:
    """Where the next kills shall strike; all points, each until it was hit, in the order the seed says."""

    seed: int
    _random: random.Random = field(init=False)
    _waiting: list[str] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def next(self) -> tuple[str, int]:
        """A point with the how-manieth time, or the milliseconds."""
        if len(self._waiting) < FEW:  # a point that no process comes to must not fill the list, copy by copy
            fresh = [point for point in POINTS if point not in self._waiting]
            self._waiting += [*fresh, AT_RANDOM, AT_RANDOM, AT_RANDOM]
            self._random.shuffle(self._waiting)
        point = self._waiting.pop()
        return point, self._random.randrange(500) if point == AT_RANDOM else self._random.choice((1, 1, 2, 3))

    def missed(self, point: str) -> None:
        """The process never came there: it is tried again later."""
        self._waiting.insert(0, point)


class Nursery:
    """Bears the processes that are to die; a context manager."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.victim"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True,
        )  # fmt: skip
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate(timeout=PATIENCE)

    def run(self, folder: Path, *words: str) -> int:
        """`zhichi` with a point and a number before its own words; its exit code, negative for a signal."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([str(folder), *words]) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


def play(office: Office, hub: MailHub, tally: Tally, plan: Plan | None = None, most: int = 0) -> None:
    """The whole stream, with kills until `most` are reached when there is a plan; the bot is quiet after each step."""
    with Nursery() if plan else nullcontext() as nursery:
        _play(office, hub, tally, plan, most, nursery)


def _play(office: Office, hub: MailHub, tally: Tally, plan: Plan | None, most: int, nursery: Nursery | None) -> None:
    tally.streams += 1
    for step in STEPS:
        step.write(office, step.at)
        struck = _strike_often(office, hub, nursery, step, tally, plan, most) if plan and nursery else []
        tally.kills.update(struck)
        _calm_down(office, hub, step, tally, struck)


def _strike_often(
    office: Office, hub: MailHub, nursery: Nursery, step: Step, tally: Tally, plan: Plan, most: int
) -> list[str]:
    """Kill after kill, until one comes too late: then the turn's work is done."""
    struck: list[str] = []
    while len(struck) < KILLS_A_STEP and tally.kills.total() + len(struck) < most:
        point, number = plan.next()
        hit = _strike(office, nursery, step, point, number)
        if not hit and point.startswith("own-copy"):
            _await_delivery(hub)  # the turn has just sent something: its copies come back
            hit = _strike(office, nursery, step, point, 1)
        if not hit:
            plan.missed(point)
            break
        struck.append(point)
    return struck


def _strike(office: Office, nursery: Nursery, step: Step, point: str, number: int) -> bool:
    """One turn that dies there; False when it never came to that point."""
    code = nursery.run(office.folder, point, str(number), "once", "--at", at(step.at).isoformat())
    said = (office.folder / "victim.log").read_text(encoding="utf-8")
    assert code in {-signal.SIGKILL, 0, 1}, said
    assert "Traceback" not in said, said
    return code == -signal.SIGKILL


def _calm_down(office: Office, hub: MailHub, step: Step, tally: Tally, struck: list[str]) -> None:
    """Turns until nothing changes; what only the operator can settle is settled as a careful operator would."""
    _turn(office, step)
    _await_delivery(hub)
    if struck:
        _turn(office, step)  # the evidence is in the mailbox now
        _await_delivery(hub)
    if _uncertain(office):
        _turn(office, step, LONGER_THAN_EVIDENCE)
    for copy_id, own_id in _uncertain(office):
        tally.held[",".join(struck)] += 1
        assert not any(own_id.encode() in raw for raw in hub.inbox(BOT)), "held although the evidence was there"
        office.zhichi("outbox", "retry", str(copy_id), "--at", (at(step.at) + LONGER_THAN_EVIDENCE).isoformat())
    if struck:
        _turn(office, step, LONGER_THAN_EVIDENCE)
    _await_delivery(hub)


def _turn(office: Office, step: Step, later: timedelta = timedelta(0)) -> None:
    """A whole turn of a bot started anew."""
    faults = Cycle(office.house).turn(at(step.at) + later).faults
    assert all(fault.startswith("outbox ") for fault in faults), faults


def _uncertain(office: Office) -> list[tuple[int, str]]:
    with office.house.store.reading() as tx:
        return [(line.id, line.own_id) for line in tx.outbox.list(OutboxStatus.UNCERTAIN)]


def _await_delivery(hub: MailHub) -> None:
    """Until Postfix has nothing in hand."""
    end = time.monotonic() + PATIENCE
    between = threading.Event()
    while not is_delivered(hub):
        assert time.monotonic() < end, "Postfix still has mails in its queue"
        between.wait(0.02)


def is_delivered(hub: MailHub) -> bool:
    """Whether Postfix has nothing in hand."""
    queues = [hub.folder / "postfix/queue" / name for name in ("maildrop", "incoming", "active", "deferred")]
    return not any(path.is_file() for queue in queues for path in queue.rglob("*"))
