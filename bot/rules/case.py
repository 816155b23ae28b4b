"""A request's life as a value: the case, its history, its deadlines, its documents."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from bot.rules.mail import Address
from bot.rules.plans.invitation import Invitation
from bot.rules.words import Nature, Stage


class Proposal(StrEnum):
    """How far a proposal (方案) is (R16, R17)."""

    NONE = ""
    SENT = "sent"  # its reader has it
    REVISE = "revise"  # its reader did not understand it
    UNDERSTOOD = "understood"


class Wish(StrEnum):
    """What sales ask of the director after the yes; nothing changes until it is agreed to."""

    NONE = ""
    RESCHEDULE = "reschedule"  # 改期
    WITHDRAW = "withdraw"  # 撤回


@dataclass(frozen=True, slots=True)
class Case:
    """One request (申请). `id` 0 and `ref` "" mean: not stored yet. `version` is for compare-and-swap.

    People are addresses. Times are aware, days are dates.
    """

    stage: Stage
    subject: str  # the canonical subject, kept in the thread
    customer: str
    project: str
    sales_name: str  # as written in the subject
    sales: str  # address of who owes the acceptance
    received_at: datetime  # server's receipt time (R43)
    counted_from: datetime  # the moment it counts as arrived (R43)
    subject_date: date | None = None
    nature: Nature | None = None
    fields: tuple[tuple[str, str], ...] = ()  # R4
    engineers: tuple[str, ...] = ()  # first is the lead
    on: date | None = None  # confirmed support date (R9)
    until: date | None = None
    days: Decimal | None = None  # estimated workload, 人天 (R9)
    mode: str = ""
    documents_due: tuple[str, ...] = ()  # labels (R15, R26)
    decider: str = ""  # address the director named for this case (R10 delegate)
    condition: str = ""  # recorded condition (R10)
    change_days: Decimal | None = None  # the workload that the open deviation asks for (R18)
    change: str = ""  # open deviation notice (R18)
    changes: tuple[tuple[str, str], ...] = ()  # settled deviations, old → new (R18)
    postponed_to: date | None = None
    completed_at: datetime | None = None  # receipt of the completion mail (R21)
    tacit: bool = False  # accepted by silence (R23)
    silence_held: str = ""  # why silence does not count now (R24); "" = it counts
    settled_days: Decimal | None = None  # 核算工作量 (R27)
    retroactive: bool = False  # opened without a request mail (R22); 补发 owed
    decided_by: str = ""  # address of the director (or delegate) whose yes or no stands
    wanted: date | None = None  # support date asked for (支持时间, R4)
    wanted_until: date | None = None
    leave_to_sales: bool = False  # sales asked to hear when the engineer leaves (R19)
    emergency: bool = False  # work began before the request (R6)
    outline_by: str = ""  # which side proposed the table of contents: sales or engineer (R5)
    outline_said: str = ""  # the words it was proposed with
    outline_agreed: bool = False
    proposal: Proposal = Proposal.NONE
    wish: Wish = Wish.NONE  # asked of the director after the yes
    wish_on: date | None = None  # the date asked for (改期)
    wish_until: date | None = None
    wish_said: str = ""  # sales' words for it
    round: int = 0  # raised by each new question; secrets of older rounds are void
    participants: tuple[Address, ...] = ()  # the thread's people, bot excluded (R45)
    newest_mail: int = 0  # mail id to reply to (R45)
    invitation: Invitation | None = None  # the calendar entry as last sent
    id: int = 0
    ref: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One line of the record (R49): what happened, who caused it, and why. `at` is aware."""

    at: datetime
    actor: str  # address, or "zhichi" for the bot's own deeds
    event: str
    from_stage: Stage | None
    to_stage: Stage | None
    why: str  # one Chinese sentence
    mail: str = ""  # Message-ID of the mail that caused it
    summary: str = ""  # one line of what the mail said (R34)


class DeadlineKind(StrEnum):
    """Which answer or deed is awaited until when."""

    CONFIRM = "confirm"  # the director's confirmation (R8)
    START = "start"  # support starts not before (R8); informs, never chased
    INFO = "info"  # sales answer what was asked (R10)
    POSTPONED = "postponed"  # ask the director again
    COMPLETE = "complete"  # the engineer's completion mail (R21)
    FORM = "form"  # signed service form missing (R21)
    CHANGE = "change"  # sales reply-all with the outcome (R18)
    WISH = "wish"  # the director answers 改期 or 撤回 of sales
    OUTLINE = "outline"  # sales and engineer agree the table of contents (R5)
    PROPOSAL = "proposal"  # the proposal is sent, or sent again (R16, R17)
    ACCEPT = "accept"  # sales accept, or silence counts (R23)
    RESEND = "resend"  # 补发 of the request (R22)
    CLOSE = "close"  # the director closes (R25)
    DOCUMENTS = "documents"  # the engineer sends the documents (R26)
    SETTLE = "settle"  # the director settles the workload (R27)


@dataclass(frozen=True, slots=True)
class Deadline:
    """One awaited answer. `due_at` is the promise; `next_at` the moment the clock looks at it next (None: never again).

    `step` counts the nudges so far. `why` is one Chinese sentence that explains how `due_at` was computed.
    `provisional`: the calendar of that year is not official yet (R42, 暂定).
    """

    kind: DeadlineKind
    due_at: datetime
    next_at: datetime | None
    owner: str  # address of who owes it
    why: str
    step: int = 0
    provisional: bool = False
    case_id: int = 0
    id: int = 0
    done_at: datetime | None = None
    set_at: datetime | None = None  # when it was armed; the store fills it in


@dataclass(frozen=True, slots=True)
class Document:
    """A file that belongs to the case. `label` is one of R15's names, 服务单, or "" when not recognised."""

    name: str
    label: str
    sha256: str
    size: int
    content_type: str
    mail: str  # Message-ID it came with
    sender: str
    received_at: datetime
    filed_as: str = ""  # path below the archive root once filed
    id: int = 0
