"""The sections of config.toml and their defaults; config.example.toml explains each key to the operator."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationInfo, field_validator, model_validator

from bot.config.accounts import Account
from bot.config.escalation import EscalationSection
from bot.config.times import CalendarSection, ChaseSection, ConfirmSection, HoursSection, ProposalSection, ReportSection
from bot.config.values import (
    Coefficient,
    Count,
    Day,
    Email,
    EmailOrEmpty,
    EnvName,
    OptionalPath,
    RoleName,
    Seconds,
    Section,
    Text,
    ZoneName,
    one_of,
)
from bot.rules.people import Company
from bot.rules.policy import (
    Caps,
    Policy,
    UncertainPolicy,
)
from bot.rules.reports.coefficients import SUPPORT_TYPES, Coefficients

_WORKLOAD = Coefficients()
_CAPS = Caps()
_POLICY = Policy(Company(()))


class CompanySection(Section):
    """Whose bot it is."""

    name: str = ""
    timezone: ZoneName = "Asia/Shanghai"


class DatabaseSection(Section):
    """Where cases are kept; a relative SQLite path starts at the folder of config.toml."""

    url: SecretStr = SecretStr("sqlite:///zhichi.db")
    url_env: EnvName = ""
    url_file: OptionalPath = None

    @field_validator("url")
    @classmethod
    def _known_kind(cls, url: SecretStr) -> SecretStr:
        if not url.get_secret_value().startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            raise ValueError('is no database address; write "sqlite:///zhichi.db" or "postgresql://user@host/name"')
        return url

    def holds_password(self) -> bool:
        """Whether a password stands in `url` itself."""
        return urlsplit(self.url.get_secret_value()).password is not None

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        named = self.model_fields_set & {"url", "url_env", "url_file"}
        if len([key for key in named if getattr(self, key)]) > 1:
            raise ValueError("more than one of url, url_env and url_file is set; keep one of them")
        return self


class FilesSection(Section):
    """Folders; relative paths start at the folder of config.toml."""

    archive: Path = Path("archive")
    templates: OptionalPath = None
    font: OptionalPath = None


class PersonEntry(Section):
    """One person. The first address is written to, all are recognised."""

    name: Text
    address: EmailOrEmpty = ""
    addresses: tuple[Email, ...] = ()
    roles: tuple[RoleName, ...] = Field(min_length=1)
    aliases: tuple[Text, ...] = ()
    branch: str = ""
    group: str = ""

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        if not self.every_address:
            raise ValueError('has no address; add addresses = ["…"]')
        return self

    @property
    def every_address(self) -> tuple[str, ...]:
        """All addresses, the one to write to first."""
        return tuple(dict.fromkeys(a for a in (self.address, *self.addresses) if a))


class DelegateEntry(Section):
    """`to` decides for `by` from `start` to `end`, both days included; people by name or address."""

    by: Text
    to: Text
    start: Day
    end: Day

    @field_validator("end")
    @classmethod
    def _not_before(cls, end: date, info: ValidationInfo) -> date:
        if "start" in info.data and end < info.data["start"]:
            raise ValueError(f"{end} is before start = {info.data['start']}; exchange them")
        return end


class DocumentsSection(Section):
    """R15's lists and how the signed form's file is recognised (R20)."""

    project: tuple[Text, ...] = _POLICY.documents_project
    non_project: tuple[Text, ...] = _POLICY.documents_non_project
    form_words: tuple[Text, ...] = _POLICY.form_words
    proposal: tuple[Text, ...] = _POLICY.documents_proposal
    forms_project: tuple[Text, ...] = _POLICY.forms_project
    acceptance_words: tuple[Text, ...] = _POLICY.acceptance_words


class CapsSection(Section):
    """Most mails per hour, and most answers to one person's mails (R47)."""

    per_case_hour: Count = _CAPS.per_case_hour
    per_address_hour: Count = _CAPS.per_address_hour
    answers_hour: Count = _CAPS.answers_hour
    answers_day: Count = _CAPS.answers_day
    commands_hour: Count = _CAPS.commands_hour
    strangers_hour: Count = _CAPS.strangers_hour
    cases_hour: Count = _CAPS.cases_hour
    cases_day: Count = _CAPS.cases_day


class WorkloadSection(Section):
    """Coefficients of 核算工作量 (R29); all 1.0 unless the company says otherwise."""

    types: dict[Text, Coefficient] = Field(default_factory=dict)
    after_hours: Coefficient = _WORKLOAD.after_hours
    rest_day: Coefficient = _WORKLOAD.rest_day
    holiday: Coefficient = _WORKLOAD.holiday

    @field_validator("types")
    @classmethod
    def _known_types(cls, types: dict[str, Decimal]) -> dict[str, Decimal]:
        if wrong := [name for name in types if name not in SUPPORT_TYPES]:
            raise ValueError(one_of(wrong[0], "a kind of support (支持类型)", SUPPORT_TYPES))
        return types

    def coefficients(self) -> Coefficients:
        """The same for the rules."""
        return Coefficients(tuple(self.types.items()), self.after_hours, self.rest_day, self.holiday)


class DaemonSection(Section):
    """How `zhichi run` runs and what it says."""

    tick_seconds: Seconds = 15.0
    health_file: OptionalPath = None
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_json: bool = False


class OutgoingSection(Section):
    """What to do with a send of which nobody can say whether it arrived."""

    uncertain_decisions: UncertainPolicy = UncertainPolicy.HOLD
    uncertain_nudges: UncertainPolicy = UncertainPolicy.RESEND


class OperatorSection(Section):
    """Who hears about faults; empty: people with role operator, else admin."""

    addresses: tuple[Email, ...] = ()


class Settings(Section):
    """The whole file."""

    company: CompanySection = CompanySection()
    accounts: tuple[Account, ...] = ()
    database: DatabaseSection = DatabaseSection()
    files: FilesSection = FilesSection()
    people: tuple[PersonEntry, ...] = ()
    delegates: tuple[DelegateEntry, ...] = ()
    hours: HoursSection = HoursSection()
    calendar: CalendarSection = CalendarSection()
    chase: ChaseSection = ChaseSection()
    confirm: ConfirmSection = ConfirmSection()
    proposal: ProposalSection = ProposalSection()
    documents: DocumentsSection = DocumentsSection()
    caps: CapsSection = CapsSection()
    workload: WorkloadSection = WorkloadSection()
    report: ReportSection = ReportSection()
    escalation: EscalationSection = EscalationSection()
    daemon: DaemonSection = DaemonSection()
    outgoing: OutgoingSection = OutgoingSection()
    operator: OperatorSection = OperatorSection()
