"""The stage of the story: a folder, the embedded servers, the real bot on a real database, and a clock to move."""

import logging
import os
import shutil
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from bot.clock import FixedClock
from bot.config import load_config
from bot.cycle import Cycle
from bot.demo.book import Book
from bot.demo.cast import PASSWORD, Member, hub_users, write_config
from bot.demo.facts import Facts, Watch
from bot.demo.hub import Hub
from bot.demo.letters import Letter
from bot.errors import ZhichiError
from bot.house import House
from bot.rules.case import Case
from bot.rules.times.hours import SHANGHAI, OfficeHours

MARKER = ".zhichi-demo"
_OURS = ("config.toml", "password", "zhichi.db", "zhichi.db-wal", "zhichi.db-shm", "zhichi.log", "archive", "mails")
_PATIENCE = 20  # seconds for the hub to take a mail


class StoryBroken(ZhichiError):
    """The bot did not do what the story tells; the message says which claim failed."""


def prepare(folder: Path) -> None:
    """Make `folder` ready: new, empty, or an earlier demo whose files are replaced. ZhichiError for any other."""
    if folder.exists() and not folder.is_dir():
        raise ZhichiError(f"{folder} is a file; name another folder with --folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARKER).is_file():
        raise ZhichiError(f"{folder} exists and is not from an earlier demo; name another folder with --folder")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / MARKER).write_text("`zhichi demo` replaces this folder's files.\n", "utf-8")
        for name in _OURS:
            _remove(folder / name)
    except OSError as error:
        raise ZhichiError(f"{folder} cannot be written: {error.strerror}; name another with --folder") from error


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@dataclass
class World:
    """Everything a scene plays with."""

    folder: Path
    hub: Hub
    clock: FixedClock
    house: House
    cycle: Cycle
    book: Book
    watch: Watch

    @property
    def hours(self) -> OfficeHours:
        """The company's calendar and working hours."""
        return self.house.config.policy().hours

    @property
    def now(self) -> datetime:
        """The story's time, in Shanghai."""
        return self.clock.now().astimezone(SHANGHAI)

    def post(self, letter: Letter, login: str = "") -> None:
        """Hand a person's mail to the SMTP server, logged in as `login` ("": a relay that asks nobody)."""
        with smtplib.SMTP("127.0.0.1", self.hub.smtp_port, timeout=_PATIENCE) as smtp:
            smtp.ehlo("client.demo.local")
            if login:
                smtp.login(login, PASSWORD)
            smtp.sendmail(letter.sender, letter.recipients, letter.raw)

    def newest(self, reader: Member, ref: str = "", *, private: bool = False) -> bytes:
        """The bot's newest mail in somebody's mailbox, about the case `ref` if named: to the thread, or `private`."""
        head = b"X-Zhichi-Case: " + ref.encode()
        found = [
            raw
            for raw in self.hub.inbox(reader.email)
            if b"X-Zhichi-Id: " in raw and (not ref or head in raw) and (b"\r\nCc: " in raw) is not private
        ]
        if not found:
            raise StoryBroken(f"{reader.name} should have a mail of the bot{f' about {ref}' if ref else ''} by now")
        return found[-1]

    def turn(self) -> Facts:
        """One turn of the bot at the story's time, and what it changed. StoryBroken when the bot reports a fault."""
        report = self.cycle.turn(self.clock.now())
        if report.faults or report.quarantined:
            raise StoryBroken(f"{self.now:%m-%d %H:%M}: {'; '.join(report.faults) or 'a mail went into quarantine'}")
        return self.watch.look(self.book.take_new())

    def advance(self, until: datetime) -> Iterator[tuple[datetime, Facts]]:
        """Let the bot work at every moment before `until` at which its clock has something to do."""
        while (moment := self._next_moment()) < until:
            self.clock.set(moment)
            yield moment, self.turn()

    def case(self, ref: str) -> Case:
        """The case as the database has it now."""
        with self.house.store.reading() as tx:
            case = tx.cases.by_ref(ref)
        if case is None:
            raise StoryBroken(f"there is no case {ref}")
        return case

    def _next_moment(self) -> datetime:
        """The next deadline's, or the next hour at which digests or weekly reports may go out."""
        policy = self.house.config.policy()
        hours = [self._next_time(time) for time in (policy.chase.digest_at, policy.report.weekly_at)]
        with self.house.store.reading() as tx:
            due = tx.deadlines.next_at()
        return min(*hours, due.astimezone(SHANGHAI)) if due and due > self.now else min(hours)

    def _next_time(self, hour: time) -> datetime:
        day = self.now.date() if self.now.time() < hour else self.now.date() + timedelta(days=1)
        return datetime.combine(day, hour, SHANGHAI)


@contextmanager
def open_world(folder: Path, start: datetime) -> Iterator[World]:
    """Servers, configuration, database and bot in `folder`, standing at `start`; all mails are written as pages."""
    clock = FixedClock(start)
    book = Book(folder / "mails")
    with _logging_to(folder / "zhichi.log"), Hub(hub_users(), clock.now) as hub:
        hub.on_delivery(lambda raw, sender, recipients: book.add(clock.now(), raw, sender, recipients))
        config = folder / "config.toml"
        _write_private(config, write_config(hub.imap_port, hub.smtp_port))
        _write_private(folder / "password", PASSWORD + "\n")
        house = House(load_config(config))
        house.store.migrate()
        try:
            with house.store.open():
                yield World(folder, hub, clock, house, Cycle(house), book, Watch(house.store))
        finally:
            book.write()


def _write_private(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


@contextmanager
def _logging_to(path: Path) -> Iterator[None]:
    """The bot's log in a file, so that it does not break into the story."""
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.addFilter(lambda record: record.name != "mail.log" or record.levelno >= logging.ERROR)  # aiosmtpd's own
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
        handler.close()
