"""Tables of what is known about addresses: secrets sent to them, bounces and absences, who decides for whom."""

from enum import StrEnum

from sqlalchemy import Boolean, Column, Date, Index, Integer, PrimaryKeyConstraint, Table, Text

from bot.store.columns import case_id, clean_text, metadata, moment, row_id
from bot.store.types import Word


class MarkKind(StrEnum):
    """What is known about an address."""

    BOUNCED = "bounced"
    AWAY = "away"


secrets = Table(
    "secrets",
    metadata,
    row_id(),
    case_id(),
    Column("address", Text, nullable=False),
    Column("round", Integer, nullable=False),
    Column("sha256", Text, nullable=False, unique=True),
    moment("issued_at"),
    moment("used_at", nullable=True),
    Column("burnt", Boolean, nullable=False),
    Index(None, "case_id"),
)

marks = Table(
    "address_marks",
    metadata,
    Column("address", Text, nullable=False),
    Column("what", Word(MarkKind), nullable=False),
    clean_text("why"),
    moment("at"),
    moment("until", nullable=True),
    PrimaryKeyConstraint("address", "what"),
)

delegations = Table(
    "delegations",
    metadata,
    row_id(),
    Column("by_address", Text, nullable=False),
    Column("to_address", Text, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    clean_text("mail"),  # Message-ID of the mail that said so
    moment("said_at"),
    moment("ended_at", nullable=True),
    clean_text("ended_by"),  # Message-ID of the mail that took it back, "" while it stands
    Index(None, "last_day"),
)
