"""Tables of the mails: their bytes, what became of each, how far each mailbox is read, and by which process."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from bot.rules.words import Fate, Kind, Proof
from bot.store.columns import BIG, case_id, clean_text, metadata, moment, row_id
from bot.store.types import Word

blobs = Table(
    "blobs",
    metadata,
    Column("sha256", Text, primary_key=True),  # of the content before compression
    Column("size", BigInteger, nullable=False),
    Column("packed", LargeBinary, nullable=False),  # zlib
)

mails = Table(
    "mails",
    metadata,
    row_id(),
    Column("account", Text, nullable=False),
    Column("folder", Text, nullable=False),
    Column("uidvalidity", BigInteger, nullable=False),
    Column("uid", BigInteger, nullable=False),
    moment("received_at"),
    Column("raw_sha256", Text, ForeignKey("blobs.sha256"), nullable=False),
    Column("size", BigInteger, nullable=False),
    clean_text("message_id"),
    Column("identity", Text, nullable=False),
    clean_text("sender"),
    clean_text("subject"),
    Column("kind", Word(Kind), nullable=False),
    Column("fate", Word(Fate), nullable=False),
    clean_text("fate_why"),
    case_id(nullable=True),
    Column("proof", Word(Proof), nullable=False),
    clean_text("summary"),
    moment("recorded_at"),
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
    clean_text("error"),
    moment("first_at"),
    moment("last_at"),
    moment("released_at", nullable=True),
)

cursors = Table(
    "cursors",
    metadata,
    Column("account", Text, nullable=False),
    Column("folder", Text, nullable=False),
    Column("uidvalidity", BigInteger, nullable=False),
    Column("last_uid", BigInteger, nullable=False),
    moment("starts_at", nullable=True),  # mails received earlier lay there before the bot: never acted on
    PrimaryKeyConstraint("account", "folder"),
)

heard = Table(
    "heard",
    metadata,
    Column("account", Text, primary_key=True),
    moment("until"),  # the account's mailbox was read whole as it stood at this moment
)

leases = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    moment("until"),
)
