"""What a mail says, once it is understood. `parse` makes these values, the rules decide on them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from bot.rules.matters.matter import MattersRead
from bot.rules.papers.own_forms import OwnForm
from bot.rules.plans.invitation import CalendarAnswer
from bot.rules.plans.plan import PlanLine
from bot.rules.reports.work import WorkReading
from bot.rules.words import Intent, Kind, Nature, Proof

Day = date  # a field below is called `date`


@dataclass(frozen=True, slots=True)
class Address:
    """One mailbox: `email` lower-cased, `name` as shown (never trusted)."""

    email: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Envelope:
    """Where and when a mail lay on the server; what `fetch` knows besides the bytes.

    `received_at` is INTERNALDATE, aware (R43).
    """

    account: str
    folder: str
    uidvalidity: int
    uid: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attached file. `name` is cleaned (no path, no control characters), never trusted as a path.

    Of the bot's own: `alt` says in words what a picture shows; `only_for`: only these addresses' copies carry it;
    `alternative`: another form of the text itself (an invitation, which calendars open at once).
    Of somebody's mail: `own`: it is one of the bot's own forms come back; told only when read for the rules.
    """

    name: str
    content_type: str
    content: bytes
    sha256: str
    inline: bool = False  # shown inside the HTML (logo, pasted picture)
    alt: str = ""
    only_for: tuple[str, ...] = ()
    alternative: bool = False
    own: OwnForm | None = None


@dataclass(frozen=True, slots=True)
class SubjectReading:
    """A subject read by R2/R3.

    `is_request`: it is meant as a request (the fixed word, or a near miss of it, stands first).
    `fits`: every field is there without a guess, so it may be acted on.
    `repaired`: what was put right without a guess, a Chinese line each.
    `problems`: what is wrong or would be a guess, a Chinese line each, for R3's answer.
    `suggestion`: the canonical subject ready to copy; unknown parts as 〔…〕; empty when not a request.
    `ready`: the suggestion itself fits, so that it may be sent as it stands; told only of a mail without a case.
    `normal`: without reply prefixes and gateway tags, for threading.
    """

    raw: str
    normal: str
    is_request: bool = False
    fits: bool = False
    is_reply: bool = False  # a Re/回复 prefix was there
    is_forward: bool = False
    repaired: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    customer: str = ""
    project: str = ""
    sales: str = ""
    date: Day | None = None
    suggestion: str = ""
    ready: bool = False


@dataclass(frozen=True, slots=True)
class ProofFacts:
    """What the mail's own headers prove about its sender.

    `verdict` is PASS, FAIL or NONE; `why` one English line for the history.
    """

    verdict: Proof
    why: str


@dataclass(frozen=True, slots=True)
class SecretSeen:
    """A case token with a button secret, as found in a mail: `ZC2026-0001#K7Q27FXMABCDEFGH`."""

    ref: str
    secret: str


@dataclass(frozen=True, slots=True)
class Mail:
    """A decoded mail. Everything is clean text: no NUL, no lone surrogate."""

    kind: Kind
    kind_why: str
    message_id: str  # without <>; made from the content hash when missing
    thread_ids: tuple[str, ...]  # In-Reply-To then References, newest first, without <>
    sender: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    date: datetime | None  # the Date header, aware, or None when missing or impossible
    subject: SubjectReading
    fresh_text: str  # what this person wrote now: no quote, signature or disclaimer
    full_text: str  # the whole readable text, quotes included
    full_html: str  # the HTML part as sent (unsanitised; for quoting sanitise first), or ""
    attachments: tuple[Attachment, ...]
    proof: ProofFacts
    identity: str  # sha256 over From, Date, Subject and body bytes, blanks aside: same mail by another way (dedupe)
    tokens: tuple[str, ...] = ()  # case refs anywhere in subject or text (ZC2026-0001)
    secrets: tuple[SecretSeen, ...] = ()  # in the fresh text only
    leaked_secrets: tuple[SecretSeen, ...] = ()  # in quoted text or HTML only: to be burnt
    own_ids: tuple[str, ...] = ()  # values of our X-Zhichi-Id header, also inside a bounce's returned part
    bounced: tuple["BouncedAddress", ...] = ()  # for Kind.BOUNCE
    calendar: CalendarAnswer | None = None  # for Kind.CALENDAR
    lines: tuple[str, ...] = ()  # problems met while decoding, English, for `explain` and history


@dataclass(frozen=True, slots=True)
class BouncedAddress:
    """A recipient that a bounce reports; `permanent` is false for delay notices and 4.x.x."""

    email: str
    permanent: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """How a reply was read (R10). `why` is a Chinese line naming the words that decided."""

    intent: Intent
    why: str
    condition: str = ""  # the sentence that holds the condition, for APPROVE_WITH_CONDITION


@dataclass(frozen=True, slots=True)
class Assignment:
    """What the director's confirmation says besides yes (R9), or a workload reply (R27).

    Names stand as written; rules match them to people. `days` is 人天. `problems`: what was ambiguous, Chinese.
    """

    engineers: tuple[str, ...] = ()
    on: Day | None = None
    until: Day | None = None
    days: Decimal | None = None
    nature: Nature | None = None
    mode: str = ""  # 现场/远程/电话
    documents: tuple[str, ...] = ()
    delegate: str = ""  # the name of who is to decide instead, for Intent.DELEGATE
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StandIn:
    """What a director's mail says about who decides in their place (rulebook part 0, role director).

    `name` as written, both days included. `ends`: what was said before holds no longer. `problems`: why it cannot be
    acted on, a Chinese line each.
    """

    name: str = ""
    start: Day | None = None
    end: Day | None = None
    ends: bool = False
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestFields:
    """Body fields of a request (R4), label → value in the rulebook's order; `missing` the labels not found.

    `on`, `until`: the days that 支持时间 names plainly.
    """

    values: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    on: Day | None = None
    until: Day | None = None

    def get(self, label: str) -> str:
        """The value under `label`, or ""."""
        return dict(self.values).get(label, "")


@dataclass(frozen=True, slots=True)
class Emergency:
    """What a mail says of work that starts before its request (R6); "" = not plain."""

    customer: str = ""
    project: str = ""
    sales: str = ""
    agreed: bool = False  # the director is said to agree


@dataclass(frozen=True, slots=True)
class Remarks:
    """What a mail says besides yes and no. Nothing in it is an approval; who may say it, the rules know.

    `moves`: another date is asked for (改期), `on`/`until` when it is plain. `about_wish`, `about_change`: which open
    question an answer names. `ends_support`: the whole support is to end, not just what was asked.
    `tell_sales_leaving`: sales want to hear when the engineer leaves the site (R19). `asks_sales`, `asks_director`: an
    engineer doubts what the customer wants, or whether the request should be done at all (R7).
    """

    moves: bool = False
    on: Day | None = None
    until: Day | None = None
    about_wish: bool = False
    about_change: bool = False
    ends_support: bool = False
    days: Decimal | None = None  # workload named, 人天
    adds_days: bool = False  # …as what comes on top of the estimate (R18)
    tell_sales_leaving: bool = False
    emergency: Emergency | None = None  # of a mail without a case
    outline: bool = False  # speaks of the table of contents (R5)
    lists_outline: bool = False  # …and holds one
    revises: bool = False  # did not understand the proposal (R17)
    understands: bool = False
    resends: bool = False  # the request is called a 补发
    asks_sales: bool = False
    asks_director: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A mail with everything read that the rules need: made by the cycle from parse's functions.

    `meaning` depends on who wrote and at which stage, so it is read after the case is known.
    """

    mail: Mail
    envelope: Envelope
    meaning: Meaning
    assignment: Assignment = field(default_factory=Assignment)
    fields: RequestFields = field(default_factory=RequestFields)
    remarks: Remarks = field(default_factory=Remarks)
    standing: StandIn | None = None  # in a director's mail; meaning and assignment are then of its other words
    work: WorkReading = field(default_factory=WorkReading)  # in an engineer's mail on a case (R27)
    plan: tuple[PlanLine, ...] = ()  # its milestone lines (R35); the other words are read without them
    beside: MattersRead = field(default_factory=MattersRead)  # what it says beside the stages (R31, R32, R37, R39)
