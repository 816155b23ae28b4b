"""Zhichi itself as the benchmarks run it: real configuration, cycle and sender, one mailbox, a clock that stands."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.firm import make_config
from benchmarks.mailbox import MONDAY
from bot.config import load_config
from bot.cycle import Cycle, TurnReport
from bot.fetch.connection import Mailbox
from bot.handling.enclosing import Enclosing
from bot.house import House
from tests.servers.mailhub import PASSWORD, MailHub

NOW = MONDAY + timedelta(days=4, hours=1)


class Product:
    """One bot with a database at `url`, reading the mailbox of `user` and sending to `smtp_port`.

    Without `papers` no notice carries Word forms, invitations or charts: no floor and no peer makes any.
    """

    def __init__(
        self, folder: Path, hub: MailHub, user: str, url: str, smtp_port: int, *, papers: bool = False
    ) -> None:
        for name, content in (("password", PASSWORD), ("database", url)):
            (folder / name).write_text(content)
            (folder / name).chmod(0o600)
        path = folder / "config.toml"
        path.write_text(make_config(hub.imap_port, smtp_port, user), encoding="utf-8")
        self.config_file = path
        self.house = House(load_config(path))
        if not papers:
            self.house.__dict__["enclosing"] = Enclosing()
        self.house.store.migrate()
        self.cycle = Cycle(self.house)
        self._delivery = self.house.delivery()
        self._runner = asyncio.Runner()

    def take(self, now: datetime = NOW) -> TurnReport:
        """Everything new in the mailbox, to its commits."""
        report = TurnReport()
        (account,) = self.house.config.accounts
        with Mailbox(self.house.imap(account)) as mailbox:
            self.cycle.take_mail(account, mailbox, lambda: now, report)
        assert not report.faults, report.faults
        return report

    def deliver(self, now: datetime = NOW) -> int:
        """Everything due in the outbox, to "sent"; how many copies."""
        sent = 0
        while True:
            report = TurnReport()
            self._runner.run(self.cycle.deliver(self._delivery, now, report))
            assert not report.faults, report.faults
            if not report.sent:
                return sent
            sent += report.sent

    def close(self) -> None:
        """Hang up and close the database."""
        self._runner.run(self._delivery.close())
        self._runner.close()
        self.house.store.close()


def cpu(work: Callable[[], object]) -> float:
    """Seconds of this process's CPU, user and system."""
    start = time.process_time()
    work()
    return time.process_time() - start
