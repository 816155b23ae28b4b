"""What is raised beside the stages of a case: escalations, disputes, problems, risks, ratings (R31, R32, R37, R39)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Issue(StrEnum):
    """The eight kinds of R32's matrix."""

    OPERATION = "运营问题"
    TIME = "时间调整"
    GUIDANCE = "寻求指导"
    CUSTOMER_DATA = "客户数据"
    SERVICE_DETAIL = "服务细节"
    SUPPLIES = "物资采购"
    PERFORMANCE = "性能问题"
    TERMINATION = "终止订阅"


class MatterKind(StrEnum):
    """What sort of matter it is; the value is how people write and number it."""

    ESCALATION = "升级"  # R32: climbs level by level
    DISPUTE = "争议"  # R31: engineer → director, sales → sales director
    PROBLEM = "问题"  # R37: listed until settled
    RISK = "风险"  # R37


CLIMBING = frozenset({MatterKind.ESCALATION, MatterKind.DISPUTE})
"""Put to somebody, and to the next one when there is no answer; the others are only listed."""


class Act(StrEnum):
    """What a mail does with a matter."""

    RAISE = "raise"
    ANSWER = "answer"  # a word on one that is known: 升级1：我来处理
    SETTLE = "settle"  # 已解决
    REOPEN = "reopen"  # 仍未解决


@dataclass(frozen=True, slots=True)
class MatterSaid:
    """One thing that a mail says about a matter. `kind` None: a bare 已解决; `number` 0: not said.

    `issue` None for an escalation: none of the eight was named, so `text` begins with what was written instead.
    """

    act: Act
    kind: MatterKind | None = None
    number: int = 0
    issue: Issue | None = None
    text: str = ""
    impact: str = ""  # of a risk: 影响
    response: str = ""  # of a risk: 应对


@dataclass(frozen=True, slots=True)
class RatingSaid:
    """A rating as written: `stars` None when it is no whole number from 1 to 5.

    `labelled`: 评分 stands in front. `bare`: nothing but a number, which only who was asked for a rating can mean.
    """

    stars: int | None
    written: str
    comment: str = ""
    labelled: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True)
class MattersRead:
    """What a mail says beside the stages. `whole`: it says nothing else.

    `rest`: the words without what closes or answers, which binds no decision about the case.
    `other`: the words without all of it, as narrowly as possible: what may be a report from the work.
    `outside`: the words outside every label: nothing else assigns people or days.
    `only_seen`: the mail only says that it was seen, or thanks: no answer to anything (R10).
    """

    said: tuple[MatterSaid, ...] = ()
    rating: RatingSaid | None = None
    whole: bool = False
    rest: str = ""
    other: str = ""
    outside: str = ""
    only_seen: bool = False

    def __bool__(self) -> bool:
        """Whether anything is said at all."""
        return bool(self.said) or self.rating is not None


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter of a case. `id` 0: not stored yet. `version` is for compare-and-swap. People are addresses.

    `level`: 1–4 of R32's matrix, or the place in the line of a dispute; 0 for what does not climb.
    `asked`: everybody it was put to, in order; `owners`: those of the level that is asked now.
    `next_at`: when the clock looks for an answer (None: never). `cause`: the deadline that raised it, "" by mail.
    """

    kind: MatterKind
    number: int
    text: str
    raised_by: str  # "zhichi" when a deadline raised it
    raised_at: datetime
    issue: Issue | None = None
    impact: str = ""
    response: str = ""
    level: int = 0
    owners: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    next_at: datetime | None = None
    turn: int = 0  # how often it was put to somebody; the notice's key
    answered_by: str = ""
    answer: str = ""
    settled_by: str = ""
    settled_at: datetime | None = None
    outcome: str = ""
    cause: str = ""
    mail: str = ""  # Message-ID of the mail that raised it
    case_id: int = 0
    id: int = 0
    version: int = 0

    @property
    def name(self) -> str:
        """How people call it: 升级1."""
        return f"{self.kind.value}{self.number}"

    @property
    def is_open(self) -> bool:
        """Whether it is not settled."""
        return self.settled_at is None

    @property
    def waits(self) -> bool:
        """Whether somebody owes an answer to it."""
        return self.is_open and self.kind in CLIMBING and not self.answered_by


@dataclass(frozen=True, slots=True)
class Rating:
    """How sales, as the customer's voice, rate the support: 1–5 (R39). The newest of a case counts."""

    stars: int
    by: str
    at: datetime
    comment: str = ""
    mail: str = ""
    case_id: int = 0
