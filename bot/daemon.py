"""How often each turn runs: a thread per mailbox, ticks by APScheduler, one sender; clean stop; health.

IDLE is a hint, the poll is the truth (design.md part 1, rule 6). Health is the age of the last good pass of each part,
not "the process is up".
"""

import asyncio
import json
import logging
import random
import signal
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType

from apscheduler.schedulers.background import BackgroundScheduler

from bot.clock import Clock, JumpWatch
from bot.config.accounts import Account
from bot.cycle import Cycle, TurnReport
from bot.errors import MailServerError, StoreError
from bot.fetch.backoff import Failure, kind_of, pause_after
from bot.fetch.connection import Mailbox
from bot.fetch.idle import wait_for_news, wait_for_wake
from bot.fetch.news import News
from bot.handling.leasing import BEAT, mailbox_lease
from bot.house import House

log = logging.getLogger(__name__)

STALE = timedelta(minutes=10)
"""A part whose last good pass is older than this is unhealthy even if it reports no fault."""


@dataclass
class Health:
    """When each part last did its work, and what is wrong with it since when. Safe for several threads."""

    _begun: dict[str, datetime] = field(default_factory=dict)
    _good: dict[str, datetime] = field(default_factory=dict)
    _bad: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def expect(self, part: str, now: datetime) -> None:
        """`part` begins now: from here on a pass is awaited, so that one that hangs at once does not go unseen."""
        with self._lock:
            self._begun[part] = now

    def good(self, part: str, now: datetime) -> None:
        """`part` has just done a whole pass."""
        with self._lock:
            self._good[part] = now
            if (fault := self._bad.pop(part, None)) is not None:
                log.info("%s: well again (since %s: %s)", part, fault[1].isoformat(), fault[0])

    def bad(self, part: str, why: str, now: datetime) -> None:
        """`part` failed; logged when it is news."""
        with self._lock:
            known = self._bad.get(part)
            self._bad[part] = (why, known[1] if known else now)
        if known is None or known[0] != why:
            log.warning("%s: %s", part, why)

    def report(self, now: datetime) -> dict[str, object]:
        """The whole state as JSON values: `ok`, and per part `last_good`, `age_seconds`, `fault`, `since`."""
        with self._lock:
            parts = {part: self._report(part, now) for part in sorted({*self._begun, *self._good, *self._bad})}
        return {"at": now.isoformat(), "ok": not any(state["fault"] for state in parts.values()), "parts": parts}

    def _report(self, part: str, now: datetime) -> dict[str, object]:
        good = self._good.get(part)
        fault, since = self._bad.get(part, ("", None))
        seen = good or self._begun.get(part)
        if not fault and seen and abs(now - seen) >= STALE:  # of the future: the clock was put back
            fault, since = f"no whole pass since {seen.isoformat()}", seen
        return {
            "last_good": good.isoformat() if good else None,
            "age_seconds": round((now - good).total_seconds(), 1) if good else None,
            "fault": fault,
            "since": since.isoformat() if since else None,
        }


class Daemon:
    """Runs until it is told to stop (SIGTERM, SIGINT, or `stop()`)."""

    def __init__(self, house: House, clock: Clock) -> None:
        self._house = house
        self._clock = clock
        self._cycle = Cycle(house)
        self._jumps = JumpWatch()
        self.health = Health()
        self._stopping = threading.Event()
        self._to_send = threading.Event()
        self._wakes: dict[str, socket.socket] = {}  # lease of a mailbox → what wakes the thread that reads it
        self._lock = threading.Lock()

    def run(self) -> None:
        """Start all parts, wait for the stop, end them cleanly."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)
        threads = [
            threading.Thread(target=self._watch, args=(account,), name=f"mailbox-{account.name}")
            for account in self._house.config.accounts
        ]
        threads.append(threading.Thread(target=self._send_forever, name="sender"))
        parts = (*(f"mailbox {a.name}" for a in self._house.config.accounts), "deadlines", "outbox")
        for part in parts:
            self.health.expect(part, self._clock.now())
        scheduler = self._start_ticks()
        for thread in threads:
            thread.start()
        log.info("running: %s", ", ".join(a.address for a in self._house.config.accounts))
        self._stopping.wait()
        scheduler.shutdown(wait=True)
        for thread in threads:
            thread.join()
        self._house.shift.release_all()
        self._write_health()
        log.info("stopped")

    def stop(self) -> None:
        """Ask all parts to end after what they have in hand."""
        self._stopping.set()
        self._to_send.set()
        with self._lock:
            for wake in self._wakes.values():
                wake.send(b"x")

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        log.info("%s: stopping", signal.Signals(number).name)
        self.stop()

    def _start_ticks(self) -> BackgroundScheduler:
        scheduler = BackgroundScheduler(
            timezone=self._house.config.zone,
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
        )
        seconds = self._house.config.daemon.tick_seconds
        scheduler.add_job(self._tick, "interval", seconds=seconds, next_run_time=datetime.now(self._house.config.zone))
        scheduler.add_job(self._write_health, "interval", seconds=max(seconds, 5))
        scheduler.add_job(self._beat, "interval", seconds=BEAT.total_seconds())
        scheduler.start()
        return scheduler

    def _beat(self) -> None:
        """The heartbeat; who lost a mailbox to another process stops reading it."""
        for lease in self._house.shift.beat():
            log.warning("%s: lost to another process", lease)
            with self._lock:
                if wake := self._wakes.get(lease):
                    wake.send(b"x")

    def _tick(self) -> None:
        report = TurnReport()
        self._to_send.set()
        if why := self._jumps.look(self._clock.now()):
            self.health.bad("clock", why, self._clock.now())
            return
        self.health.good("clock", self._clock.now())
        if self._guard("deadlines", lambda: self._cycle.tick(self._clock.now(), report)):
            self._complain("archive", report)
        self._to_send.set()

    def _guard(self, part: str, work: Callable[[], None]) -> bool:
        """Do one pass of a part; whatever breaks, the part lives on and health says why."""
        try:
            work()
        except (MailServerError, StoreError) as error:
            self.health.bad(part, str(error), self._clock.now())
            return False
        except Exception as error:
            log.exception("%s: unexpected failure", part)
            self.health.bad(part, f"{type(error).__name__}: {error}", self._clock.now())
            return False
        self.health.good(part, self._clock.now())
        return True

    def _complain(self, part: str, report: TurnReport) -> None:
        if report.faults:
            self.health.bad(part, "; ".join(dict.fromkeys(report.faults)), self._clock.now())
        else:
            self.health.good(part, self._clock.now())

    def _watch(self, account: Account) -> None:
        """One mailbox: when it is ours connect, take what is new, wait for more; back off after failures."""
        lease = mailbox_lease(account.name)
        ours, theirs = socket.socketpair()
        with ours, theirs:
            with self._lock:
                self._wakes[lease] = theirs
            failures: dict[Failure, int] = {}
            while not self._stopping.is_set():
                pause = self._watch_once(account, ours, failures)
                if pause and not self._stopping.is_set():
                    wait_for_wake(ours, pause)
            with self._lock:
                del self._wakes[lease]

    def _watch_once(self, account: Account, wake: socket.socket, failures: dict[Failure, int]) -> float:
        """While it is ours, until the connection fails or we stop; seconds to pause then.

        A living other process that reads it is as good, and health says so.
        """
        part = f"mailbox {account.name}"
        try:
            if not self._house.shift.take(mailbox_lease(account.name)):
                self.health.good(part, self._clock.now())
                return BEAT.total_seconds()
            with Mailbox(self._house.imap(account)) as mailbox:
                self._stay(account, mailbox, wake, part, failures)
        except (MailServerError, StoreError) as error:
            self.health.bad(part, str(error), self._clock.now())
            kind = kind_of(error) if isinstance(error, MailServerError) else Failure.SERVER
            failures[kind] = failures.get(kind, 0) + 1
            return pause_after(kind, failures[kind], random.random())  # noqa: S311 - jitter, no secret
        except Exception as error:
            log.exception("%s: unexpected failure", part)
            self.health.bad(part, f"{type(error).__name__}: {error}", self._clock.now())
            failures[Failure.SERVER] = failures.get(Failure.SERVER, 0) + 1
            return pause_after(Failure.SERVER, failures[Failure.SERVER], random.random())  # noqa: S311
        return 0.0

    def _stay(
        self, account: Account, mailbox: Mailbox, wake: socket.socket, part: str, failures: dict[Failure, int]
    ) -> None:
        lease = mailbox_lease(account.name)
        found: News | None = None
        while not self._stopping.is_set() and self._house.shift.holds(lease):
            report = TurnReport()
            self._cycle.take_mail(account, mailbox, self._clock.now, report, self._to_send.set, found)
            failures.clear()
            if report.faults:
                self.health.bad(part, "; ".join(report.faults), self._clock.now())
            else:
                self.health.good(part, self._clock.now())
            inbox = mailbox.choose_folders()[0]
            found = wait_for_news(
                mailbox, inbox, self._cycle.cursor(account, inbox), wake=wake, timeout=account.imap.poll_seconds
            )

    def _send_forever(self) -> None:
        with asyncio.Runner() as runner:
            delivery = self._house.delivery()
            while not self._stopping.is_set():
                self._to_send.wait(timeout=self._house.config.daemon.tick_seconds)
                self._to_send.clear()
                report = TurnReport()

                def send(report: TurnReport = report) -> None:
                    runner.run(self._cycle.deliver(delivery, self._clock.now(), report))

                if self._guard("outbox", send):
                    self._complain("sending", report)
            runner.run(delivery.close())

    def _write_health(self) -> None:
        path: Path | None = self._house.config.daemon.health_file
        if path is None:
            return
        part = path.with_name(f".{path.name}.part")
        try:
            part.write_text(json.dumps(self.health.report(self._clock.now()), ensure_ascii=False, indent=2))
            part.replace(path)
        except OSError as error:
            log.warning("health file %s: %s", path, error.strerror)
