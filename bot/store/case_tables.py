"""Tables of the cases, and of what stands with each: its threads, record, deadlines, documents, and the customers."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.rules.case import DeadlineKind
from bot.rules.words import Stage
from bot.store.columns import case_id, clean_text, metadata, moment, row_id
from bot.store.types import Word

cases = Table(
    "cases",
    metadata,
    row_id(),
    Column("ref", Text, nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("stage", Word(Stage), nullable=False),
    Column("subject_key", Text, nullable=False),
    moment("active_at"),
    Column("round", Integer, nullable=False),
    Column("details", JSON, nullable=False),  # every other field of rules.case.Case
    Column("history_count", Integer, nullable=False),
    Column("history_head", Text, nullable=False),
    Index(None, "subject_key", "stage"),
    Index(None, "stage"),
)

thread_ids = Table(
    "thread_ids",
    metadata,
    Column("message_id", Text, nullable=False),
    case_id(),
    PrimaryKeyConstraint("message_id", "case_id"),
)

customers = Table(
    "customers",
    metadata,
    Column("folded", Text, primary_key=True),  # letters and digits of the name
    clean_text("name"),  # as first written
)

customer_keys = Table(
    "customer_keys",
    metadata,
    Column("key", Text, nullable=False),  # the folded name, or it without one character
    Column("folded", Text, ForeignKey("customers.folded"), nullable=False),
    PrimaryKeyConstraint("key", "folded"),
)

history = Table(
    "history",
    metadata,
    case_id(),
    Column("seq", Integer, nullable=False),
    moment("at"),
    clean_text("actor"),
    clean_text("event"),
    Column("from_stage", Word(Stage)),
    Column("to_stage", Word(Stage)),
    clean_text("why"),
    clean_text("mail"),
    clean_text("summary"),
    Column("prev_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    PrimaryKeyConstraint("case_id", "seq"),
)

deadlines = Table(
    "deadlines",
    metadata,
    row_id(),
    case_id(),
    Column("kind", Word(DeadlineKind), nullable=False),
    moment("due_at"),
    moment("next_at", nullable=True),
    clean_text("owner"),
    clean_text("why"),
    Column("step", Integer, nullable=False),
    Column("provisional", Boolean, nullable=False),
    moment("set_at", nullable=True),
    moment("done_at", nullable=True),
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
    row_id(),
    case_id(),
    clean_text("name"),
    clean_text("label"),
    Column("sha256", Text, ForeignKey("blobs.sha256"), nullable=False),
    Column("size", BigInteger, nullable=False),
    clean_text("content_type"),
    clean_text("mail"),
    clean_text("sender"),
    moment("received_at"),
    clean_text("filed_as"),
    UniqueConstraint("case_id", "sha256", "name"),
)
