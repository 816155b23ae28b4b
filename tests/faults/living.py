"""`zhichi run` in this process, on wires that break: the daemon as it is, with short waits and a clock that skips."""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.parser import BytesHeaderParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.daemon import Daemon
from bot.rules.case import Case
from bot.store import Store
from bot.store.outbox_rows import OutboxLine
from bot.store.outbox_tables import OutboxStatus
from tests.faults.census import REFUSED, audit, told_twice
from tests.faults.harness import is_delivered
from tests.servers.mailhub import MailHub
from tests.servers.wire import Wire, name_imap, name_smtp
from tests.whole.office import BOT, PEOPLE, SALES, Office, at

PATIENCE = 45.0
START = at("09-17 10:00")
TIMEOUT = 0.8
_ANSWER_TIMEOUT = 5.0  # a server that is only slow has not fallen silent: nothing would settle that mail here
WAITS = f"connect_timeout = {TIMEOUT}\nread_timeout = {TIMEOUT}"
_LOOK_EVERY = 0.02
_STALLED = timedelta(minutes=30)  # what is planned later than that a wrong clock planned: the bot's to put right
ON_BOTH = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)


class SkippingClock:
    """Runs like the real one from START on, and can be put forward or back."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._skipped = timedelta(0)

    def now(self) -> datetime:
        """The moment."""
        return START + timedelta(seconds=time.monotonic() - self._began) + self._skipped

    def skip(self, span: timedelta) -> None:
        """It is later at once, or earlier."""
        self._skipped += span


@dataclass
class Post:
    """Own ids in the people's inboxes, read from their files: quicker than by IMAP, hundreds of times."""

    hub: MailHub
    _read: dict[str, str] = field(default_factory=dict)

    def count(self, person: str) -> Counter[str]:
        """How often each notice of the bot lies there."""
        return Counter(self._own_id(path) for path in self._files(person))

    def _files(self, person: str) -> Iterator[Path]:
        for name in ("new", "cur"):
            yield from (self.hub.folder / "mail" / person / name).glob("*")

    def _own_id(self, path: Path) -> str:
        name = path.name.partition(":")[0]
        if name not in self._read:
            with path.open("rb") as file:
                self._read[name] = str(BytesHeaderParser().parse(file).get("X-Zhichi-Id", ""))
        return self._read[name]


class Living:
    """A running daemon with its company; `request()` and `settle()` are one round."""

    def __init__(self, office: Office, hub: MailHub, imap: Wire, smtp: Wire) -> None:
        self.office, self.hub, self.imap, self.smtp = office, hub, imap, smtp
        self.clock = SkippingClock()
        self.daemon = Daemon(office.house, self.clock)
        self.health = self.daemon.health
        self.post = Post(hub)
        self._number = 1
        self._began = time.monotonic()
        self._checked = 0
        self._was_well = self.clock.now()

    def next_project(self) -> str:
        """What the next request will be about."""
        return f"第{self._number}个项目"

    def request(self, *files: tuple[str, bytes]) -> str:
        """A new request lies in the bot's mailbox; its project."""
        project = self.next_project()
        self._number += 1
        when = (START + timedelta(seconds=time.monotonic() - self._began)).replace(tzinfo=None).isoformat()
        subject = f"技术支持申请--欧莱雅--{project}--ZGH--0917"
        self.office.write(SALES, when, "请安排", subject=subject, files=files)
        return project

    def wait(self, is_so: Callable[[], bool], what: str) -> None:
        """Until it is so; on giving up the health is in the message."""
        end, between = time.monotonic() + PATIENCE, threading.Event()
        while not is_so():
            assert time.monotonic() < end, f"{what}: {self.health.report(self.clock.now())}\n{self.standing()}"
            between.wait(_LOOK_EVERY)

    def wait_for_fault(self, part: str, words: str = "") -> str:
        """Until health names a fault of the part that holds these words, since a moment after all was well."""
        self.wait(lambda: self.fault(part)[0] != "" and words in self.fault(part)[0], f"a fault of {part}: {words}")
        what, since = self.fault(part)
        assert self._was_well <= datetime.fromisoformat(since) <= self.clock.now(), since
        return what

    def skip(self, span: timedelta) -> None:
        """The clock is put forward or back."""
        self.clock.skip(span)
        self._was_well = min(self._was_well, self.clock.now())

    @contextmanager
    def skipped(self, span: timedelta) -> Iterator[None]:
        """The clock is wrong for a while, and right again whatever came of it: the next test has the same daemon."""
        self.skip(span)
        try:
            yield
        finally:
            self.skip(-span)

    def fault(self, part: str) -> tuple[str, str]:
        """(what, since when), both "" when it is well."""
        report: Any = self.health.report(self.clock.now())
        state = report["parts"].get(part, {})
        return str(state.get("fault") or ""), str(state.get("since") or "")

    def answer(self, project: str) -> None:
        """Until the case is there and all mails are out."""
        self.wait(lambda: self._is_done(project) or self.skip_pause(), project)

    def settle(self, project: str) -> None:
        """Until the case is there, all its mails are out and delivered, and health is clean; each came once."""
        self.answer(project)
        self.wait(lambda: is_delivered(self.hub), "delivery")
        self.wait(lambda: self.health.report(self.clock.now())["ok"] is True, "clean health")
        self._was_well = self.clock.now()
        self.check()

    def catch_up(self) -> None:
        """Until the bot has read all that lies in its inbox, its own copies too."""
        self.wait(self._is_read, "everything read")

    def _is_read(self) -> bool:
        with self.hub.imap(BOT) as client:
            client.select_folder("INBOX", readonly=True)
            newest = max(client.search(), default=0)
        with self.office.house.store.reading() as tx:
            cursor = tx.mails.cursor("main", "INBOX")
        return cursor is not None and cursor.last_uid >= newest

    def check(self) -> None:
        """Every copy sent since the last check lies exactly once in each inbox it was meant for."""
        lines = [line for line in self.lines() if line.id > self._checked]
        got = {person: self.post.count(person) for person in PEOPLE}
        meant = {
            (line.own_id, result.address): result.state not in REFUSED
            for line in lines
            for result in line.results
            if result.address != BOT
        }
        wrong = [(own, who, got[who][own]) for (own, who), due in meant.items() if got[who][own] != int(due)]
        assert wrong == []
        assert meant
        self._checked = max(line.id for line in lines)

    def check_all(self) -> None:
        """From the beginning; and every mail has one fate."""
        self._checked = 0
        self.check()
        assert told_twice(self.office) == []
        audit(self.office)

    def lines(self) -> tuple[OutboxLine, ...]:
        """The outbox."""
        with self.office.house.store.reading() as tx:
            return tx.outbox.list()

    def case(self, project: str) -> Case | None:
        """The one case of a project."""
        found = [case for case in self.office.cases() if case.project == project]
        assert len(found) < 2
        return found[0] if found else None

    def standing(self) -> list[str]:
        """What is not sent."""
        with self.office.house.store.reading() as tx:
            lines = [
                line for status in OutboxStatus if status is not OutboxStatus.SENT for line in tx.outbox.list(status)
            ]
        return [f"{line.id} {line.kind} {line.status} {line.last_error}" for line in lines]

    def skip_pause(self) -> bool:
        """A machine that stalls puts a mail off by minutes, as it should; nobody has to sit it out. Never true."""
        with self.office.house.store.reading() as tx:
            pending = tx.outbox.list(OutboxStatus.PENDING)
        pause = min((line.next_try_at for line in pending), default=self.clock.now()) - self.clock.now()
        if timedelta(0) < pause < _STALLED:
            self.clock.skip(pause)
        return False

    def _is_done(self, project: str) -> bool:
        return self.case(project) is not None and not self.standing()


@contextmanager
def living(
    hub: MailHub,
    folder: Path,
    database: str = "",
    host: str = "127.0.0.1",
    change: Callable[[Office, Wire, Wire], None] = lambda *_: None,
) -> Iterator[Living]:
    """The company with its daemon running; stopped at the end, which must be clean.

    `change` may edit the configuration, given the office and the lines to IMAP and SMTP, before the daemon starts.
    """
    hub.wipe()
    with (
        Wire(hub.imap_port, name_imap) as imap,
        Wire(hub.submission_port, name_smtp) as smtp,
        pytest.MonkeyPatch.context() as patch,
    ):
        office = Office(hub, folder, database=database)
        office.edit(f"port = {hub.imap_port}", f"port = {imap.port}")
        office.edit(f"port = {hub.smtp_port}", f"port = {smtp.port}\n{WAITS}\nanswer_timeout = {_ANSWER_TIMEOUT}")
        office.edit("read_timeout = 20", f"{WAITS}\npoll_seconds = 0.5")
        office.edit("[database]", "[caps]\nper_address_hour = 9999\n[daemon]\ntick_seconds = 0.1\n[database]")
        office.edit('host = "127.0.0.1"', f'host = "{host}"')
        change(office, imap, smtp)
        url = office.house.config.database_url().get_secret_value()
        office.house.__dict__["store"] = Store(url, lock_timeout=timedelta(seconds=TIMEOUT))
        patch.setattr("bot.daemon.pause_after", lambda *_: 0.05)
        patch.setattr("bot.daemon.signal", SimpleNamespace(signal=lambda *_: None, SIGTERM=15, SIGINT=2))
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        whole = Living(office, hub, imap, smtp)
        thread = threading.Thread(target=whole.daemon.run, name="daemon")
        thread.start()
        try:
            yield whole
        finally:
            whole.daemon.stop()
            thread.join(PATIENCE)
            office.close()
        assert not thread.is_alive()
