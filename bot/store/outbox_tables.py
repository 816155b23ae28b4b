"""Tables of what goes out: finished mails, and what became of each recipient."""

from enum import StrEnum

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, Text, UniqueConstraint

from bot.rules.notice import NoticeKind
from bot.store.columns import BIG, case_id, clean_text, metadata, moment, row_id
from bot.store.types import Word


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


outbox = Table(
    "outbox",
    metadata,
    row_id(),
    Column("notice_key", Text, nullable=False),
    Column("copy", Integer, nullable=False),
    Column("kind", Word(NoticeKind), nullable=False),
    Column("account", Text, nullable=False),
    case_id(nullable=True),
    Column("message_id", Text, nullable=False),
    Column("own_id", Text, nullable=False, unique=True),
    clean_text("subject"),
    Column("raw_sha256", Text, ForeignKey("blobs.sha256"), nullable=False),
    moment("not_before", nullable=True),
    Column("status", Word(OutboxStatus), nullable=False),
    Column("attempts", Integer, nullable=False),
    moment("next_try_at"),
    Column("lease_owner", Text),  # set from the claim until its outcome is reported
    moment("lease_until", nullable=True),
    clean_text("last_error"),
    moment("created_at"),
    moment("tried_at", nullable=True),
    moment("uncertain_at", nullable=True),
    moment("sent_at", nullable=True),
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
    clean_text("text"),
    PrimaryKeyConstraint("outbox_id", "address"),
    Index(None, "address", "outbox_id"),
)
