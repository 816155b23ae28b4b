"""One turn on one page: take mail, take deadlines, deliver. Only here all five stations meet (design.md part 1)."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.config.accounts import Account
from bot.errors import FolderMissing, MailServerError
from bot.fetch.connection import Mailbox
from bot.fetch.news import FolderCursor, News, fetch_mails, find_new
from bot.handling.delivering import Delivery
from bot.handling.filing import Filer
from bot.handling.leasing import CLOCK_LEASE, mailbox_lease
from bot.handling.reporting import Reporter
from bot.handling.ticking import Ticker
from bot.house import House
from bot.rules.words import Fate

log = logging.getLogger(__name__)

_SKEW = timedelta(minutes=1)  # between the clocks of machines that share a database


@dataclass
class TurnReport:
    """What one turn did. `faults`: one operator line each; the turn went on with everything else."""

    acted: int = 0
    ignored: int = 0
    quarantined: int = 0
    deadlines: int = 0
    digests: int = 0
    reports: int = 0
    filed: int = 0
    sent: int = 0
    faults: list[str] = field(default_factory=list)

    def count(self, fate: Fate) -> None:
        """One more mail with this fate."""
        setattr(self, fate.value, getattr(self, fate.value) + 1)


class Cycle:
    """The turns of one process."""

    def __init__(self, house: House) -> None:
        self._house = house
        policy = house.config.policy()
        self._ticker = Ticker(house.store, policy, house.recorder, house.config.operators)
        company = house.config.settings.company.name
        self._reporter = Reporter(house.store, policy, house.recorder, company)
        self._filer = Filer(house.store, house.clerk)

    def turn(self, now: datetime) -> TurnReport:
        """Everything once, as at `now` (`zhichi once`). StoreError ends it; all other faults are in the report."""
        report = TurnReport()
        try:
            for account in self._house.config.accounts:
                self._read_once(account, now, report)
            self.tick(now, report)
        finally:
            self._house.shift.release_all()
        asyncio.run(self._deliver_once(now, report))
        return report

    def _read_once(self, account: Account, now: datetime, report: TurnReport) -> None:
        """Unless a living other process reads this mailbox: then it is in good hands."""
        if not self._house.shift.take(mailbox_lease(account.name)):
            log.info("mailbox %s: another process reads it", account.name)
            return
        try:
            with Mailbox(self._house.imap(account)) as mailbox:
                self.take_mail(account, mailbox, lambda: now, report)
        except MailServerError as error:
            report.faults.append(str(error))

    def take_mail(
        self,
        account: Account,
        mailbox: Mailbox,
        clock: Callable[[], datetime],
        report: TurnReport,
        acted: Callable[[], object] = lambda: None,
        found: News | None = None,
    ) -> None:
        """All new mails of the account's folders, until nothing is new. Raises MailServerError or StoreError.

        `acted` is called after the commit of each mail that may be answered; `found`: what a look just showed.
        """
        begun = clock()
        for folder in mailbox.choose_folders():
            try:
                first = found if found and found.folder == folder else None
                self._take_folder(account, mailbox, folder, clock, report, acted, first)
            except FolderMissing as error:
                report.faults.append(str(error))
        with self._house.store.transaction() as tx:
            tx.mails.set_heard(account.name, begun)

    def _take_folder(
        self,
        account: Account,
        mailbox: Mailbox,
        folder: str,
        clock: Callable[[], datetime],
        report: TurnReport,
        acted: Callable[[], object],
        found: News | None,
    ) -> None:
        starts_at = self._first_look(account, mailbox, folder, clock())
        while news := found or find_new(mailbox, folder, self.cursor(account, folder)):
            found = None
            if news.restarted:
                log.warning("%s: %s: UIDVALIDITY changed; everything is read again", account.name, folder)
            done, moves = [], bool(account.imap.move_to) and folder == "INBOX"
            with self._house.store.keeping(lasting=moves):  # once moved, a mail would not be read again
                for fetched in fetch_mails(mailbox, news):
                    old = starts_at is not None and fetched.envelope.received_at < starts_at
                    fate = self._house.intake.take(fetched, clock(), old=old)
                    report.count(fate)
                    if fate is not Fate.IGNORED:
                        acted()
                    done.append(fetched.envelope.uid)
            if (passed := news.passed(done)) > max(done, default=0):
                self._pass_over(account, folder, news.uidvalidity, passed)
            if moves and done:
                mailbox.move(done, account.imap.move_to)
            if not done:
                break  # all vanished, or never were: whatever else there is, the next look finds

    def _first_look(self, account: Account, mailbox: Mailbox, folder: str, now: datetime) -> datetime | None:
        """Before this moment mails are history; set when a folder is seen for the first time."""
        with self._house.store.reading() as tx:
            cursor = tx.mails.cursor(account.name, folder)
        if cursor:
            return cursor.starts_at
        starts_at = now - timedelta(days=account.imap.first_look_days)
        uidvalidity = mailbox.open(folder).uidvalidity
        with self._house.store.transaction() as tx:
            tx.mails.begin(account.name, folder, uidvalidity, starts_at)
        return starts_at

    def _pass_over(self, account: Account, folder: str, uidvalidity: int, uid: int) -> None:
        """A mail that vanished between search and fetch must not be looked for for ever."""
        with self._house.store.transaction() as tx:
            tx.mails.set_cursor(account.name, folder, uidvalidity, uid)

    def cursor(self, account: Account, folder: str) -> FolderCursor | None:
        """How far the folder is read."""
        with self._house.store.reading() as tx:
            found = tx.mails.cursor(account.name, folder)
        return FolderCursor(found.uidvalidity, found.last_uid) if found else None

    def tick(self, now: datetime, report: TurnReport) -> None:
        """Deadlines; and by one process alone mails in quarantine once more, reports, digests, the archive."""
        shift = self._house.shift
        alone = shift.holds(CLOCK_LEASE) or shift.take(CLOCK_LEASE)
        if alone:
            self._house.intake.retry_all(now)
            self._ticker.recount(now)
        report.deadlines += self._ticker.take_deadlines(now, self._heard_everywhere(now))
        report.deadlines += self._ticker.take_matters(now)
        report.deadlines += self._ticker.take_late_milestones(now)
        if alone:
            report.reports += self._reporter.send_weekly(now) + self._reporter.take_reports(now)
            report.digests += self._ticker.send_digests(now)
            self._file_papers(now, report)

    def _heard_everywhere(self, now: datetime) -> datetime | None:
        """Until when every mailbox is read, by whichever process; None while one never was.

        What says it was read in the future was written under a clock that had jumped.
        """
        heard = self._heard()
        moments = [heard.get(account.name) for account in self._house.config.accounts]
        known = [moment for moment in moments if moment and moment < now + _SKEW]
        return min(known) if known and len(known) == len(moments) else None

    def _heard(self) -> dict[str, datetime]:
        with self._house.store.reading() as tx:
            return tx.mails.heard()

    def _file_papers(self, now: datetime, report: TurnReport) -> None:
        filed, faults = self._filer.file_all(self._house.config.files.archive, now)
        report.filed += filed
        report.faults += faults

    async def deliver(self, delivery: Delivery, now: datetime, report: TurnReport) -> None:
        """Send what is due, and lay copies into the sent folders that are configured."""
        report.sent += await delivery.deliver(now, self._heard())
        report.faults += delivery.faults.values()
        if delivery.to_append:
            await asyncio.to_thread(self._append_sent, delivery, report)

    async def _deliver_once(self, now: datetime, report: TurnReport) -> None:
        delivery = self._house.delivery()
        try:
            await self.deliver(delivery, now, report)
        finally:
            await delivery.close()

    def _append_sent(self, delivery: Delivery, report: TurnReport) -> None:
        """An extra of its own: a copy that cannot be laid down never makes a mail go out again."""
        waiting, delivery.to_append = delivery.to_append, []
        for account in self._house.config.accounts:
            mine = [raw for name, raw in waiting if name == account.name]
            if not mine or not account.smtp.sent_folder:
                continue
            try:
                with Mailbox(self._house.imap(account)) as mailbox:
                    for raw in mine:
                        mailbox.append_sent(raw, account.smtp.sent_folder)
            except MailServerError as error:
                report.faults.append(str(error))
