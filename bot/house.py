"""Puts the house together: from a configuration to stations ready to work. Nothing is dialled or opened here."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from bot.clock import SystemClock
from bot.config import Config
from bot.config.accounts import Account
from bot.fetch.settings import ImapSettings
from bot.handling.delivering import Delivery, UncertainRules
from bot.handling.enclosing import Encloser, Enclosing
from bot.handling.filing import Clerk
from bot.handling.forms import FormPost
from bot.handling.intake import Intake, Mailroom
from bot.handling.leasing import Shift
from bot.handling.recording import Desk, Recorder
from bot.handling.worker import is_gone, name_worker
from bot.papers.enclosed_chart import enclose_chart
from bot.papers.forms import Forms
from bot.papers.invitation import enclose_invitation
from bot.papers.review import Reviews
from bot.rules.notice import NoticeKind
from bot.rules.plans.inviting import CARRIERS
from bot.rules.plans.nodes import CHARTED
from bot.store.store import Store
from bot.transmit.compose import BotIdentity, Composer
from bot.transmit.smtp import Courier, SmtpSettings
from bot.transmit.templates import shipped_templates


@dataclass(frozen=True)
class House:
    """Everything a turn needs, made from `config`. Passwords are read when a station is first asked for."""

    config: Config

    @cached_property
    def store(self) -> Store:
        """The database, not yet opened."""
        return Store(self.config.database_url().get_secret_value())

    @cached_property
    def templates(self) -> tuple[Path, ...]:
        """The company's own templates first, then the shipped ones."""
        own = self.config.files.templates
        return (own, shipped_templates()) if own else (shipped_templates(),)

    @cached_property
    def recorder(self) -> Recorder:
        """Writes decisions down and finished mails into the outbox."""
        return Recorder(self.config.policy(), self._desks, self.config.operators, self.enclosing)

    @cached_property
    def enclosing(self) -> Enclosing:
        """The papers that go with the notices."""
        forms = FormPost(Forms(self.templates), self.config.settings.company.name)
        chart = partial(enclose_chart, font=self.config.files.font)
        makers: dict[NoticeKind, tuple[Encloser, ...]] = dict.fromkeys(CARRIERS, (enclose_invitation,))
        makers |= dict.fromkeys(CHARTED, (chart,))
        return Enclosing(makers | {NoticeKind.CONFIRMED: (*makers[NoticeKind.CONFIRMED], forms.enclose)})

    @cached_property
    def clerk(self) -> Clerk:
        """Gathers what belongs into a case's folder."""
        return Clerk(self.config.policy(), Reviews(self.templates), self.config.settings.company.name)

    @cached_property
    def intake(self) -> Intake:
        """Takes fetched mails in."""
        own = self.config.company().bot_addresses
        rooms = {a.name: Mailroom(a.authserv_id, own) for a in self.config.accounts}
        return Intake(self.store, self.config.policy(), self.recorder, rooms)

    def imap(self, account: Account) -> ImapSettings:
        """How `account` is read."""
        imap = account.imap
        return ImapSettings(
            account=account.name,
            host=imap.host,
            port=imap.port,
            user=account.imap_user,
            password=self.config.imap_password(account).get_secret_value(),
            tls=imap.tls,
            ca_file=str(imap.ca_file) if imap.ca_file else None,
            folders=imap.folders,
            connect_timeout=imap.connect_timeout,
            read_timeout=imap.read_timeout,
            batch_count=imap.batch_count,
            batch_bytes=imap.batch_bytes,
            max_mail_bytes=imap.max_mail_bytes,
            read_only=not (imap.move_to or account.smtp.sent_folder),
        )

    def smtp(self, account: Account) -> SmtpSettings:
        """How `account` sends."""
        smtp = account.smtp
        return SmtpSettings(
            host=smtp.host,
            port=smtp.port,
            user=account.smtp_user,
            password=self.config.smtp_password(account).get_secret_value(),
            sender=account.address,
            tls=smtp.tls,
            ca_file=str(smtp.ca_file) if smtp.ca_file else None,
            connect_timeout=smtp.connect_timeout,
            command_timeout=smtp.read_timeout,
            answer_timeout=smtp.answer_timeout,
        )

    @cached_property
    def shift(self) -> Shift:
        """The leases of this process; they run by the machine's clock, whatever moment a turn is made for."""
        return Shift(self.store, SystemClock(), name_worker(), is_gone)

    def delivery(self) -> Delivery:
        """A sender with connections of its own; the event loop that uses it owns it."""
        couriers = {a.name: Courier(self.smtp(a)) for a in self.config.accounts}
        outgoing = self.config.outgoing
        rules = UncertainRules(outgoing.uncertain_decisions, outgoing.uncertain_nudges)
        keeps = frozenset(a.name for a in self.config.accounts if a.smtp.sent_folder)
        return Delivery(self.store, couriers, name_worker(), rules, is_gone, keeps)

    @cached_property
    def _desks(self) -> Mapping[str, Desk]:
        return {a.name: self._desk(a) for a in self.config.accounts}

    def _desk(self, account: Account) -> Desk:
        company = self.config.settings.company.name
        name = account.display_name or f"{company}支持机器人"
        bot = BotIdentity(account.address, name, account.address.rpartition("@")[2], company)
        return Desk(account.name, Composer(self.templates, bot), account.address if account.smtp.self_copy else "")
