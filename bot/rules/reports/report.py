"""技术周报 as a value: what one engineer did in one week, what comes next, what hinders (R28, R29)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from bot.rules.reports.coefficients import plain
from bot.rules.times.weeks import Week

ASSUMED = "估算"


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One line of the report. `hours` 工时; `estimate`, `days` 人天; `estimate` None: told on an earlier line."""

    case_id: int
    ref: str  # 服务单号: the case's number, under which its form is pre-filled (R30)
    day: date
    customer: str
    project: str
    sales: str
    support_type: str
    content: str
    where: str  # 方式/地点
    times: str  # 起止时间, or 估算
    hours: Decimal
    estimate: Decimal | None
    factor: Decimal
    days: Decimal
    state: str


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One confirmed support of the week to come."""

    when: str
    ref: str
    customer: str
    project: str
    content: str
    where: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One engineer's report. `ref` "" and `signed_by` "": a draft, not yet sent, or not yet signed."""

    week: str  # 2026-W38
    engineer: str  # address
    name: str
    rows: tuple[ReportRow, ...] = ()
    plan: tuple[PlanRow, ...] = ()
    problems: tuple[str, ...] = ()
    ref: str = ""
    made_on: date | None = None
    signed_by: str = ""  # name
    signed_on: date | None = None

    @property
    def hours(self) -> Decimal:
        """All hours."""
        return plain(sum((r.hours for r in self.rows), Decimal(0)))

    @property
    def days(self) -> Decimal:
        """核算工作量 of all lines, 人天: what the lines show, summed up."""
        return plain(sum((r.days for r in self.rows), Decimal(0)))

    @property
    def estimate(self) -> Decimal:
        """预估工作量 of all lines, 人天."""
        return plain(sum((r.estimate or Decimal(0) for r in self.rows), Decimal(0)))


class ReportState(StrEnum):
    """Where a weekly report stands."""

    OPEN = "open"  # sent, the director's signature is awaited
    SIGNED = "signed"  # final (R27)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A weekly report that was sent. `sheet`: as sent, or as signed. `round` is raised by each new edition.

    `made_at`: when that edition went out. `next_at`: when the clock looks at it next (None: never again); `step` counts
    the nudges. `why`: how `due_at` was computed, a Chinese sentence. `signed_by`: address, "" while it is open.
    """

    id: int
    ref: str  # ZB2026-W38-01
    week: str
    engineer: str
    version: int
    round: int
    state: ReportState
    sheet: Sheet
    account: str
    made_at: datetime
    due_at: datetime
    next_at: datetime | None
    step: int
    why: str
    signed_at: datetime | None = None
    signed_by: str = ""


@dataclass(frozen=True, slots=True)
class ReportEvent:
    """One line of a report's record (R49); `mail`: Message-ID of the mail that caused it."""

    at: datetime
    actor: str
    event: str
    why: str
    mail: str = ""


def report_ref(week: Week, number: int) -> str:
    """`ZB2026-W38-01`: the number under which a report is signed."""
    return f"ZB{week}-{number:02d}"
