"""Record: the only station that knows SQL. Everything goes through `Store` and the repositories of its transactions."""

from bot.store.address_tables import MarkKind
from bot.store.audit import FateCounts, RawFault, UidFate
from bot.store.history import ChainFault
from bot.store.mails import Cursor, MailRow, NewMail, QuarantineRow
from bot.store.marks import Mark
from bot.store.outbox_rows import OutboxLine, OutboxRow, RecipientResult
from bot.store.outbox_tables import OutboxStatus, RecipientState
from bot.store.schema import SchemaAge, SchemaState
from bot.store.secrets import SecretVerdict
from bot.store.store import Store, Tx

__all__ = [
    "ChainFault",
    "Cursor",
    "FateCounts",
    "MailRow",
    "Mark",
    "MarkKind",
    "NewMail",
    "OutboxLine",
    "OutboxRow",
    "OutboxStatus",
    "QuarantineRow",
    "RawFault",
    "RecipientResult",
    "RecipientState",
    "SchemaAge",
    "SchemaState",
    "SecretVerdict",
    "Store",
    "Tx",
    "UidFate",
]
