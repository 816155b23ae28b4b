"""All tables and indexes; every promise of uniqueness is a constraint here. Changed only together with a migration."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.rules.case import DeadlineKind
from bot.rules.notice import NoticeKind
from bot.rules.words import Fate, Kind, Proof, Stage
from bot.store.types import CleanText, UtcDateTime, Word


class OutboxStatus(StrEnum):
    """Where an outgoing copy stands."""

    PENDING = "pending"  # to be sent from next_try_at on
    CLAIMED = "claimed"  # a sender holds it with a lease; surely not sent yet
    SENDING = "sending"  # the same, and the final dot may be out: sent or not, the answer will tell
    SENT = "sent"  # the server took it, or our own copy came back
    UNCERTAIN = "uncertain"  # crash or time-out after DATA: settled from evidence only
    FAILED = "failed"  # refused for good
    HELD = "held"  # kept back by a cap; the operator decides
    DROPPED = "dropped"  # the operator decided: never


class RecipientState(StrEnum):
    """What became of one envelope recipient."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED_TEMPORARY = "refused-temporary"
    REFUSED_PERMANENT = "refused-permanent"
    BOUNCED = "bounced"  # accepted first, reported undeliverable later


class MarkKind(StrEnum):
    """What is known about an address."""

    BOUNCED = "bounced"
    AWAY = "away"


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

BIG = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows only in an INTEGER key


def _id() -> Column[int]:
    return Column("id", BIG, primary_key=True)


def _case_id(*, nullable: bool = False) -> Column[int]:
    return Column("case_id", BIG, ForeignKey("cases.id"), nullable=nullable)


def _text(name: str) -> Column[str]:
    return Column(name, CleanText, nullable=False)


def _moment(name: str, *, nullable: bool = False) -> Column[datetime]:
    return Column(name, UtcDateTime(), nullable=nullable)


blobs = Table(
    "blobs",
    metadata,
    Column("sha256", Text, primary_key=True),  # of the content before compression
    Column("size", BigInteger, nullable=False),
    Column("packed", LargeBinary, nullable=False),  # zlib
)

cursors = Table(
    "cursors",
    metadata,
    Column("account", Text, nullable=False),
    Column("folder", Text, nullable=False),
    Column("uidvalidity", BigInteger, nullable=False),
    Column("last_uid", BigInteger, nullable=False),
    _moment("starts_at", nullable=True),  # mails received earlier lay there before the bot: never acted on
    PrimaryKeyConstraint("account", "folder"),
)

heard = Table(
    "heard",
    metadata,
    Column("account", Text, primary_key=True),
    _moment("until"),  # the account's mailbox was read whole as it stood at this moment
)

cases = Table(
    "cases",
    metadata,
    _id(),
    Column("ref", Text, nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("stage", Word(Stage), nullable=False),
    Column("subject_key", Text, nullable=False),
    _moment("active_at"),
    Column("round", Integer, nullable=False),
    Column("details", JSON, nullable=False),  # every other field of rules.case.Case
    Column("history_count", Integer, nullable=False),
    Column("history_head", Text, nullable=False),
    Index(None, "subject_key", "stage"),
    Index(None, "stage"),
)

customers = Table(
    "customers",
    metadata,
    Column("folded", Text, primary_key=True),  # letters and digits of the name
    _text("name"),  # as first written
)

customer_keys = Table(
    "customer_keys",
    metadata,
    Column("key", Text, nullable=False),  # the folded name, or it without one character
    Column("folded", Text, ForeignKey("customers.folded"), nullable=False),
    PrimaryKeyConstraint("key", "folded"),
)

thread_ids = Table(
    "thread_ids",
    metadata,
    Column("message_id", Text, nullable=False),
    _case_id(),
    PrimaryKeyConstraint("message_id", "case_id"),
)

mails = Table(
    "mails",
    metadata,
    _id(),
    Column("account", Text, nullable=False),
    Column("folder", Text, nullable=False),
    Column("uidvalidity", BigInteger, nullable=False),
    Column("uid", BigInteger, nullable=False),
    _moment("received_at"),
    Column("raw_sha256", Text, ForeignKey("blobs.sha256"), nullable=False),
    Column("size", BigInteger, nullable=False),
    _text("message_id"),
    Column("identity", Text, nullable=False),
    _text("sender"),
    _text("subject"),
    Column("kind", Word(Kind), nullable=False),
    Column("fate", Word(Fate), nullable=False),
    _text("fate_why"),
    _case_id(nullable=True),
    Column("proof", Word(Proof), nullable=False),
    _text("summary"),
    _moment("recorded_at"),
    UniqueConstraint("account", "folder", "uidvalidity", "uid"),
    Index(None, "identity"),
    Index(None, "message_id"),
    Index(None, "case_id"),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("mail_id", BIG, ForeignKey("mails.id"), primary_key=True, autoincrement=False),
    Column("tries", Integer, nullable=False),
    _text("error"),
    _moment("first_at"),
    _moment("last_at"),
    _moment("released_at", nullable=True),
)

history = Table(
    "history",
    metadata,
    _case_id(),
    Column("seq", Integer, nullable=False),
    _moment("at"),
    _text("actor"),
    _text("event"),
    Column("from_stage", Word(Stage)),
    Column("to_stage", Word(Stage)),
    _text("why"),
    _text("mail"),
    _text("summary"),
    Column("prev_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    PrimaryKeyConstraint("case_id", "seq"),
)

deadlines = Table(
    "deadlines",
    metadata,
    _id(),
    _case_id(),
    Column("kind", Word(DeadlineKind), nullable=False),
    _moment("due_at"),
    _moment("next_at", nullable=True),
    _text("owner"),
    _text("why"),
    Column("step", Integer, nullable=False),
    Column("provisional", Boolean, nullable=False),
    _moment("set_at", nullable=True),
    _moment("done_at", nullable=True),
    Index(None, "case_id"),
)
_OPEN = text("done_at IS NULL")
Index(
    "uq_deadlines_open", deadlines.c.case_id, deadlines.c.kind,
    unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN,
)  # fmt: skip
Index("ix_deadlines_due", deadlines.c.next_at, sqlite_where=_OPEN, postgresql_where=_OPEN)

documents = Table(
    "documents",
    metadata,
    _id(),
    _case_id(),
    _text("name"),
    _text("label"),
    Column("sha256", Text, ForeignKey("blobs.sha256"), nullable=False),
    Column("size", BigInteger, nullable=False),
    _text("content_type"),
    _text("mail"),
    _text("sender"),
    _moment("received_at"),
    _text("filed_as"),
    UniqueConstraint("case_id", "sha256", "name"),
)

outbox = Table(
    "outbox",
    metadata,
    _id(),
    Column("notice_key", Text, nullable=False),
    Column("copy", Integer, nullable=False),
    Column("kind", Word(NoticeKind), nullable=False),
    Column("account", Text, nullable=False),
    _case_id(nullable=True),
    Column("message_id", Text, nullable=False),
    Column("own_id", Text, nullable=False, unique=True),
    _text("subject"),
    Column("raw_sha256", Text, ForeignKey("blobs.sha256"), nullable=False),
    _moment("not_before", nullable=True),
    Column("status", Word(OutboxStatus), nullable=False),
    Column("attempts", Integer, nullable=False),
    _moment("next_try_at"),
    Column("lease_owner", Text),  # set from the claim until its outcome is reported
    _moment("lease_until", nullable=True),
    _text("last_error"),
    _moment("created_at"),
    _moment("tried_at", nullable=True),
    _moment("uncertain_at", nullable=True),
    _moment("sent_at", nullable=True),
    UniqueConstraint("notice_key", "copy"),
    Index(None, "status", "next_try_at"),
    Index(None, "case_id", "created_at"),
    Index(None, "created_at", "id"),
)

recipients = Table(
    "outbox_recipients",
    metadata,
    Column("outbox_id", BIG, ForeignKey("outbox.id"), nullable=False),
    Column("address", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("state", Word(RecipientState), nullable=False),
    Column("code", Integer, nullable=False),  # the server's reply code, 0: none
    _text("text"),
    PrimaryKeyConstraint("outbox_id", "address"),
    Index(None, "address", "outbox_id"),
)

secrets = Table(
    "secrets",
    metadata,
    _id(),
    _case_id(),
    Column("address", Text, nullable=False),
    Column("round", Integer, nullable=False),
    Column("sha256", Text, nullable=False, unique=True),
    _moment("issued_at"),
    _moment("used_at", nullable=True),
    Column("burnt", Boolean, nullable=False),
    Index(None, "case_id"),
)

marks = Table(
    "address_marks",
    metadata,
    Column("address", Text, nullable=False),
    Column("what", Word(MarkKind), nullable=False),
    _text("why"),
    _moment("at"),
    _moment("until", nullable=True),
    PrimaryKeyConstraint("address", "what"),
)

delegations = Table(
    "delegations",
    metadata,
    _id(),
    Column("by_address", Text, nullable=False),
    Column("to_address", Text, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    _text("mail"),  # Message-ID of the mail that said so
    _moment("said_at"),
    _moment("ended_at", nullable=True),
    _text("ended_by"),  # Message-ID of the mail that took it back, "" while it stands
    Index(None, "last_day"),
)

leases = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    _moment("until"),
)
