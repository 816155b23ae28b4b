"""What the bot decides to say, before it is worded: the decision's side of a mail."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.rules.mail import Address


class NoticeKind(StrEnum):
    """One member per folder in templates/. T = in the thread to all, P = to one person alone (R45)."""

    REGISTERED = "registered"  # T  request registered, who was added, when the director owes (R1, R8)
    EMERGENCY = "emergency"  # T  work began before the request: the director confirms, sales send it (R6)
    JOIN_ASKED = "join_asked"  # P  is this request the 补发 of that emergency? (R6)
    SUBJECT_HELP = "subject_help"  # P  subject does not fit: what is wrong, the cure ready to copy (R3)
    NOT_REGISTERED = "not_registered"  # P  the sender's address is not on the list of people
    ASK = "ask"  # P  one short question with one-tap answers (R10)
    PROVE = "prove"  # P  "was this you?": answer carries the secret (design.md part 2)
    CONDITION = "condition"  # T  a yes bound to a condition: sales are to meet it (R10)
    NEED_INFO = "need_info"  # T  the director needs more: sales are to answer (R10)
    DECIDE_AGAIN = "decide_again"  # P  sales answered: the director decides plainly (R10)
    DELEGATED = "delegated"  # P  somebody else is asked to decide (R10)
    STAND_IN = "stand_in"  # P  director and delegate: who decides on which days, and how to end it (part 0)
    DECLINED = "declined"  # T
    POSTPONED = "postponed"  # T
    WITHDRAWN = "withdrawn"  # T
    CONFIRMED = "confirmed"  # T  approved: engineer, date, workload (R9)
    CHANGE_ASKED = "change_asked"  # P  sales owe the outcome of a change (R18)
    OUTLINE = "outline"  # P  a table of contents: the other side agrees, or both hear that it is agreed (R5)
    PROPOSAL = "proposal"  # P  a proposal to read, or to revise (R17)
    LEFT = "left"  # P  已离场, to sales if they asked for it, else the director, then sales (R19)
    CHANGED = "changed"  # T  the change was answered to the bot alone: all are told the outcome (R18)
    WISH_ASKED = "wish_asked"  # P  the director decides on 改期 or 撤回 of sales, engineers in copy
    WISH_REFUSED = "wish_refused"  # P  sales, engineers in copy: it stays as arranged
    CONFLICT = "conflict"  # T  two who may decide answered differently: which answer holds (R10)
    FORM_MISSING = "form_missing"  # P  the signed service form is asked for (R21)
    ACCEPTANCE = "acceptance"  # T  sales are asked to accept (R23)
    CHASE_ACCEPTANCE = "chase_acceptance"  # P  before silence counts (R23, R24)
    ACCEPTED = "accepted"  # T  accepted, or silence counted; the director is asked to close (R25)
    OBJECTED = "objected"  # T  sales object; work goes on (R24)
    RESEND_ASKED = "resend_asked"  # P  补发 (R22)
    CLOSED = "closed"  # T  closed; archived in the same mail when nothing is missing (R25, R26)
    DOCUMENTS_MISSING = "documents_missing"  # P  the engineer is told what is missing (R26)
    ARCHIVED = "archived"  # T  documents filed after the closure (R26)
    SETTLE_ASKED = "settle_asked"  # P  the director settles the workload (R27)
    WEEKLY_REPORT = "weekly_report"  # P  an engineer's week to the director, to be signed (R28)
    REPORT_ANSWER = "report_answer"  # P  signed or returned: director and engineer (R27, R28)
    SETTLED = "settled"  # P  workload settled: director and engineers
    REMINDER = "reminder"  # P  to the one who owes (R11, R45)
    ESCALATED = "escalated"  # P  overdue: to the next in line, the owner in copy (R11)
    DIGEST = "digest"  # P  one per person and morning (R46)
    STATUS = "status"  # P  answer to 状态 (R48)
    TODO = "todo"  # P  answer to 我的待办 (R48)
    HELP = "help"  # P  answer to 帮助 (R48)
    PLAN = "plan"  # P  milestones written, moved or late: those they touch (R35)
    INVITE_ANSWERED = (
        "invite_answered"  # P  an engineer's calendar declined, or somebody proposed another time: director
    )
    WHICH_CASE = "which_case"  # P  two cases fit this mail: which one?
    MATTER = "matter"  # P  an escalation or dispute put to a level, raiser and former levels in copy (R31, R32)
    MATTER_TOLD = "matter_told"  # P  it was answered, settled or reopened: to raiser and those asked (R32)
    MATTER_HELP = "matter_help"  # P  a matter or rating that could not be taken as written: what to do (R32, R37, R39)
    OVERVIEW = "overview"  # P  the weekly overview by stage; in the digest's place that morning (R36, R46)
    OPERATOR = "operator"  # P  something is wrong with the bot or an address


@dataclass(frozen=True, slots=True)
class Letter:
    """A new mail that a button opens ready to be sent, instead of an answer to the bot (R3). People are addresses.

    The bot's own mailbox joins `cc` when the link is made; a `text` too long for a link is cut there, with a note.
    """

    to: tuple[str, ...]
    cc: tuple[str, ...]
    subject: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """A one-tap answer: a mailto: link whose mail says `says` in its first line.

    With a `letter` the link opens that mail, with `says` (if any) above its text, and carries no secret.
    """

    label: str
    says: str
    style: str = "plain"  # primary, danger or plain
    secret: bool = True  # carries the person's secret
    letter: Letter | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One label and value shown in a notice's table, such as 客户: 欧莱雅."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Row:
    """One case in a list (digest, 我的待办)."""

    ref: str
    title: str
    state: str
    due: str = ""
    overdue: bool = False
    owes: str = ""  # who is awaited


@dataclass(frozen=True, slots=True)
class Section:
    """A list of cases under a title of its own; `more` says what was left out, "" when nothing was."""

    title: str
    rows: tuple[Row, ...]
    more: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a plain chart: `share` is its length in percent of the longest."""

    label: str
    count: int
    share: int


@dataclass(frozen=True, slots=True)
class Personal:
    """What only one person's copy shows: a sentence asking for something, and buttons."""

    ask: str = ""
    buttons: tuple[Button, ...] = ()
    secret: str = ""  # filled in before rendering; "" when no button needs one
    beside: bool = False  # its secret holds whatever becomes of the case, but for matters and ratings alone


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to say. The same headers go to all; each person's copy may differ (`personal`, by address).

    `key` is unique in the database for ever: the same notice is never said twice, whatever crashes.
    `in_thread`: reply-all on the newest mail, subject kept, quoted history kept (R45).
    Otherwise it goes to `to`/`cc` alone, still as a reply when `reply_to_mail` is set.
    """

    kind: NoticeKind
    key: str
    to: tuple[Address, ...]
    cc: tuple[Address, ...] = ()
    in_thread: bool = False
    reply_to_mail: int = 0  # mail id answered, 0: none
    case_id: int = 0
    report_id: int = 0  # the weekly report it is about (R28)
    ref: str = ""
    case_subject: str = ""  # subject to keep; "" = the template's own
    headline: str = ""  # one Chinese sentence: what happened
    lines: tuple[Line, ...] = ()
    paragraphs: tuple[str, ...] = ()  # further Chinese sentences, plain text
    items: tuple[str, ...] = ()  # a bulleted list (problems, missing documents, …)
    rows: tuple[Row, ...] = ()
    sections: tuple[Section, ...] = ()  # further lists, each with a title (digest of director and admin)
    bars: tuple[Bar, ...] = ()  # how many cases at each stage (weekly overview)
    copy_text: str = ""  # something to copy, shown in a box (the corrected subject)
    stage_bar: tuple[tuple[str, str], ...] = ()  # (label, done|now|todo) for the bar of stages
    personal: Mapping[str, Personal] = field(default_factory=dict)
    nodes: tuple[Line, ...] = ()  # the timeline in words: milestone, planned and actual (R41)
    invites: bool = False  # the case's calendar entry goes along, to those it invites


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One finished envelope copy, bytes and ids fixed (design.md part 1, rule 2).

    `own_id` stands in our header X-Zhichi-Id; `message_id` (without <>) is shared by all copies of a notice.
    """

    notice_key: str
    copy: int
    kind: NoticeKind
    account: str  # the account whose SMTP sends it
    case_id: int
    message_id: str
    own_id: str
    subject: str
    recipients: tuple[str, ...]
    raw: bytes
    not_before: datetime | None = None  # nudges wait for working hours
