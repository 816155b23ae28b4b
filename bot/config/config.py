"""The configuration as the program uses it: settings, where they came from, and the rules' values made of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.config.accounts import Account, Login
from bot.config.checks import person_named
from bot.config.names import all_aliases, shared_words
from bot.config.secrets import find_secret, is_world_readable
from bot.config.sections import DaemonSection, FilesSection, OutgoingSection, Settings
from bot.errors import ConfigError
from bot.rules.people import Company, Delegation, Person
from bot.rules.policy import Caps, ConfirmRule, Policy, ReportTimes
from bot.rules.times.hours import OfficeHours
from bot.rules.times.workdays import WorkCalendar
from bot.rules.words import Role

_SQLITE = "sqlite:///"


@dataclass(frozen=True)
class Config:
    """A configuration without faults. All paths are absolute; secrets are read when asked for.

    `path` is None for the defaults. `folder` is where relative paths start.
    """

    settings: Settings
    path: Path | None
    folder: Path
    plain_secrets: tuple[str, ...] = field(default=(), repr=False)  # keys of secrets that stand in the file

    @property
    def accounts(self) -> tuple[Account, ...]:
        """The bot's mailboxes."""
        return self.settings.accounts

    @property
    def files(self) -> FilesSection:
        """Archive and templates."""
        return self.settings.files

    @property
    def daemon(self) -> DaemonSection:
        """How `zhichi run` runs."""
        return self.settings.daemon

    @property
    def outgoing(self) -> OutgoingSection:
        """What becomes of uncertain sends."""
        return self.settings.outgoing

    @property
    def zone(self) -> ZoneInfo:
        """The company's time zone."""
        return ZoneInfo(self.settings.company.timezone)

    @property
    def operators(self) -> tuple[str, ...]:
        """Who hears about faults: the addresses named, else people with role operator, else admin."""
        named = self.settings.operator.addresses
        if named:
            return named
        company = self.company()
        return tuple(p.address for p in company.with_role(Role.OPERATOR) or company.with_role(Role.ADMIN))

    def company(self) -> Company:
        """The people with their derived aliases, their delegates, and the bot's own addresses."""
        return self._company

    def calendar(self) -> WorkCalendar:
        """The company's days over the official calendar (R42)."""
        days = self.settings.calendar
        return WorkCalendar(off=days.days_off, work=days.days_worked, known_years=frozenset(days.known_years))

    def policy(self) -> Policy:
        """Everything the rules ask about the company."""
        return self._policy

    def database_url(self) -> SecretStr:
        """Where the cases are kept; raises ConfigError when url_env or url_file gives nothing."""
        section = self.settings.database
        found = find_secret("database.url", SecretStr(""), section.url_env, section.url_file)
        text = (found or section.url).get_secret_value()
        if text.startswith(_SQLITE) and text.removeprefix(_SQLITE) not in {"", ":memory:"}:
            text = f"{_SQLITE}{self.folder / text.removeprefix(_SQLITE)}"
        return SecretStr(text)

    def imap_password(self, account: Account) -> SecretStr:
        """The password of `account` for reading; raises ConfigError when there is none."""
        key = self._key(account)
        found = _password(f"{key}.imap", account.imap)
        if found is None:
            raise ConfigError([f"{key}.imap: no password; set password_env or password_file"])
        return found

    def smtp_password(self, account: Account) -> SecretStr:
        """The password of `account` for sending, by default the one for reading; raises ConfigError if none."""
        return _password(f"{self._key(account)}.smtp", account.smtp) or self.imap_password(account)

    def secrets_faults(self) -> list[str]:
        """Everything that reading and sending mail needs beyond the file: passwords, database URL, certificates."""
        asked: list[Callable[[], SecretStr]] = [self.database_url]
        for account in self.accounts:
            asked += [partial(self.imap_password, account), partial(self.smtp_password, account)]
        faults = [fault for ask in asked for fault in _faults_of(ask)]
        for account in self.accounts:
            for side, login in (("imap", account.imap), ("smtp", account.smtp)):
                if login.ca_file and not login.ca_file.is_file():
                    key = f"{self._key(account)}.{side}.ca_file"
                    faults.append(f"{key}: {login.ca_file} is not a file; correct the path")
        return list(dict.fromkeys(faults))

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """What works but should be looked at: words that mean two people, secrets that others can read."""
        return (*self._shared_words(), *self._readable_secrets())

    @cached_property
    def _company(self) -> Company:
        entries = self.settings.people
        people = tuple(
            Person(e.name, e.every_address, frozenset(e.roles), aliases, e.branch, e.group)
            for e, aliases in zip(entries, all_aliases(entries), strict=True)
        )
        own = {word.lower() for a in self.accounts for word in (a.address, a.imap_user, a.smtp_user) if "@" in word}
        return Company(people, self._delegations(), frozenset(own))

    def _delegations(self) -> tuple[Delegation, ...]:
        def address(written: str) -> str:
            return person_named(self.settings.people, written)[0].every_address[0]

        return tuple(Delegation(address(d.by), address(d.to), d.start, d.end) for d in self.settings.delegates)

    @cached_property
    def _policy(self) -> Policy:
        hours, documents = self.settings.hours, self.settings.documents
        return Policy(
            company=self.company(),
            hours=OfficeHours(self.calendar(), hours.opening, hours.noon, hours.closing, self.zone),
            chase=self.settings.chase.times(),
            confirm=ConfirmRule(**dict(self.settings.confirm)),
            caps=Caps(**dict(self.settings.caps)),
            escalation=self.settings.escalation.escalation(),
            coefficients=self.settings.workload.coefficients(),
            report=ReportTimes(**dict(self.settings.report)),
            proposal=self.settings.proposal.times,
            documents_project=documents.project,
            documents_proposal=documents.proposal,
            documents_non_project=documents.non_project,
            form_words=documents.form_words,
            forms_project=documents.forms_project,
            acceptance_words=documents.acceptance_words,
        )

    def _key(self, account: Account) -> str:
        return f"accounts[{self.accounts.index(account)}]"

    def _shared_words(self) -> list[str]:
        return [
            f'people: "{word}" means {len(who)} people ({", ".join(who)}); the bot will ask which one'
            for word, who in shared_words(self.settings.people)
        ]

    def _readable_secrets(self) -> list[str]:
        cure = "take the right away from others: chmod 600"
        lines = []
        if self.path and self.plain_secrets and is_world_readable(self.path):
            keys = ", ".join(self.plain_secrets)
            lines.append(f"{keys}: everybody on this machine can read the secret in {self.path}; {cure} {self.path}")
        files = {"database.url_file": self.settings.database.url_file}
        for account in self.accounts:
            for side, login in (("imap", account.imap), ("smtp", account.smtp)):
                files[f"{self._key(account)}.{side}.password_file"] = login.password_file
        for key, path in files.items():
            if path and is_world_readable(path):
                lines.append(f"{key}: everybody on this machine can read {path}; {cure} {path}")
        return lines


def _faults_of(ask: Callable[[], SecretStr]) -> list[str]:
    try:
        ask()
    except ConfigError as error:
        return error.faults
    return []


def _password(key: str, login: Login) -> SecretStr | None:
    return find_secret(f"{key}.password", login.password, login.password_env, login.password_file)
