"""What a company may set about the rules: chase times, documents, caps. The defaults are the rulebook's."""

from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum

from bot.rules.matters.escalation import Escalation
from bot.rules.people import Company
from bot.rules.reports.coefficients import Coefficients
from bot.rules.times.hours import OfficeHours
from bot.rules.words import Nature


@dataclass(frozen=True, slots=True)
class ChaseTimes:
    """When the bot nudges. Spans of hours are working hours; days are working days."""

    remind_before: timedelta = timedelta(hours=2)  # before a deadline (R11)
    info_days: int = 1  # sales answer what the director asked [D]
    close_days: int = 1  # the director closes after acceptance [D]
    documents_days: int = 3  # documents after closure [D]
    settle_days: int = 5  # settlement after archiving [D]
    form_days: int = 1  # signed form after completion [D]
    change_days: int = 1  # outcome of a change (R18) [D]
    proposal_days: int = 2  # a proposal its reader did not understand (R17) [D]
    wish_days: int = 1  # the director answers 改期 or 撤回 of sales [D]
    resend_days: int = 1  # 补发 (R22) [D]
    postponed_days: int = 5  # ask again when the director named no day [D]
    digest_at: time = time(9)  # morning digest (R46)


@dataclass(frozen=True, slots=True)
class ConfirmRule:
    """Working day, counted from day 1, of R8's table: (before noon, after noon)."""

    confirm: tuple[int, int] = (1, 2)
    start_non_project: tuple[int, int] = (2, 3)
    start_project: tuple[int, int] = (4, 5)


class ProposalStep(StrEnum):
    """R16's steps of a proposal (方案)."""

    CONFIRM = "confirm"
    RESPOND_NON_PROJECT = "respond_non_project"
    RESPOND_PROJECT = "respond_project"
    DONE_NON_PROJECT = "done_non_project"
    DONE_PROJECT = "done_project"


ProposalTimes = tuple[tuple[ProposalStep, int, int], ...]
PROPOSAL_TIMES: ProposalTimes = (
    (ProposalStep.CONFIRM, 1, 2),
    (ProposalStep.RESPOND_NON_PROJECT, 2, 3),
    (ProposalStep.RESPOND_PROJECT, 4, 5),
    (ProposalStep.DONE_NON_PROJECT, 6, 7),
    (ProposalStep.DONE_PROJECT, 9, 9),  # the text says 9 twice, surely a slip for 10
)
"""R16: (step, working day when the request came before noon, after noon), day 1 being the request's."""


class UncertainPolicy(StrEnum):
    """What to do with a send of which nobody can say whether it arrived."""

    HOLD = "hold"
    RESEND = "resend"


@dataclass(frozen=True, slots=True)
class Caps:
    """Most mails the bot sends; past them it holds back and tells the operator once (R47).

    `answers`: to one person's own mails: questions back, per case; corrections of subjects; alarms to the operator.
    `commands`: answers to 状态, 我的待办, 帮助, per person. `strangers`: to all unregistered colleagues together.
    `cases`: requests opened by one address without proof, by when they were received; anybody can write them.
    """

    per_case_hour: int = 30
    per_address_hour: int = 60
    answers_hour: int = 10
    answers_day: int = 30
    commands_hour: int = 5
    strangers_hour: int = 10
    cases_hour: int = 10
    cases_day: int = 30


@dataclass(frozen=True, slots=True)
class ReportTimes:
    """When the weekly reports go to the director (R28): ISO weekday and time; `sign_days` working days to sign [D].

    `weekly`: whether they are sent at all.
    """

    weekly: bool = True
    weekly_on: int = 5
    weekly_at: time = time(16)
    sign_days: int = 1


@dataclass(frozen=True)
class Policy:
    """Everything the rules ask about the company."""

    company: Company
    hours: OfficeHours = field(default_factory=OfficeHours)
    chase: ChaseTimes = field(default_factory=ChaseTimes)
    confirm: ConfirmRule = field(default_factory=ConfirmRule)
    caps: Caps = field(default_factory=Caps)
    coefficients: Coefficients = field(default_factory=Coefficients)
    report: ReportTimes = field(default_factory=ReportTimes)
    escalation: Escalation = field(default_factory=Escalation)
    proposal: ProposalTimes = PROPOSAL_TIMES
    documents_project: tuple[str, ...] = ("项目方案", "实施方案", "项目范围说明书", "项目进度计划", "项目管理计划")
    documents_non_project: tuple[str, ...] = ("实施方案", "实施计划")
    documents_proposal: tuple[str, ...] = ("项目方案",)  # of 方案 support that is no project
    forms_project: tuple[str, ...] = ("项目章程", "SOW")  # laid ready for a project besides what R15 wants (R30)
    form_words: tuple[str, ...] = ("服务单", "服务报告单")  # file names of the signed form (R20)
    acceptance_words: tuple[str, ...] = ("验收单", "签收单")  # of the customer's own form, which may stand in (R20)

    @property
    def every_document(self) -> tuple[str, ...]:
        """Every name a document may be recognised by or have a form for."""
        lists = (self.documents_project, self.documents_non_project, self.documents_proposal, self.forms_project)
        return tuple(dict.fromkeys(name for names in lists for name in names))

    def documents_for(self, nature: Nature | None, *, proposal: bool = False) -> tuple[str, ...]:
        """R15's list by kind of support; a case of unknown nature counts as non-project."""
        if nature is Nature.PROJECT:
            return self.documents_project
        return self.documents_proposal if proposal else self.documents_non_project

    def proposal_days(self, step: ProposalStep) -> tuple[int, int]:
        """R16's working days for that step: (before noon, after noon)."""
        return next((before, after) for name, before, after in self.proposal if name is step)
