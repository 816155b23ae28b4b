"""Incoming mails: how far each folder is read, the raw bytes, each mail's fate, the quarantine."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, case, func, insert, or_, select, update

from bot.errors import StoreError
from bot.rules.words import Fate, Kind, Proof
from bot.store.base import Repository, Row, insert_if_absent, insert_or_update
from bot.store.blobs import Blobs
from bot.store.case_tables import cases
from bot.store.mail_tables import cursors, heard, mails, quarantine
from bot.store.types import bounded


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a folder is read: everything up to `last_uid` under this `uidvalidity` is known.

    Mails received before `starts_at` lay there when the bot came: recorded, never acted on.
    """

    uidvalidity: int
    last_uid: int
    starts_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMail:
    """A mail to record. What could not be read stays empty; `size` in bytes.

    A Message-ID of more than 500 bytes is kept as its digest; looking it up by the original still finds it.
    """

    account: str
    folder: str
    uidvalidity: int
    uid: int
    received_at: datetime
    raw_sha256: str
    size: int
    recorded_at: datetime
    message_id: str = ""
    identity: str = ""
    sender: str = ""
    subject: str = ""
    kind: Kind = Kind.UNREADABLE
    fate: Fate = Fate.ACTED
    fate_why: str = ""
    case_id: int | None = None
    proof: Proof = Proof.NONE
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRow(NewMail):
    """A recorded mail."""

    id: int


@dataclass(frozen=True, slots=True)
class QuarantineRow:
    """A mail that could not be handled: how often it was tried and why it failed last."""

    mail: MailRow
    tries: int
    error: str
    first_at: datetime
    last_at: datetime


_NAMES = tuple(field.name for field in fields(NewMail))
_PLACE = ("account", "folder", "uidvalidity", "uid", "received_at", "raw_sha256", "size", "recorded_at")
_READ = tuple(name for name in _NAMES if name not in _PLACE)

_CURSOR = select(cursors.c.uidvalidity, cursors.c.last_uid, cursors.c.starts_at).where(
    cursors.c.account == bindparam("account"), cursors.c.folder == bindparam("folder")
)
_SET_CURSOR = insert_or_update(
    cursors,
    ["account", "folder"],
    ["uidvalidity", "last_uid"],
    where=lambda new: or_(cursors.c.uidvalidity != new.uidvalidity, cursors.c.last_uid < new.last_uid),
)
_BEGIN = insert_if_absent(cursors, "account", "folder")
_HEARD = select(heard.c.account, heard.c.until)
_SET_HEARD = insert_or_update(heard, ["account"], ["until"])
_RECORD = insert(mails).returning(mails.c.id)
_GET = select(mails).where(mails.c.id == bindparam("id"))
_AT_PLACE = select(mails).where(
    mails.c.account == bindparam("account"),
    mails.c.folder == bindparam("folder"),
    mails.c.uidvalidity == bindparam("uidvalidity"),
    mails.c.uid == bindparam("uid"),
)
_PROVED_FIRST = case((mails.c.proof.in_([Proof.PASS, Proof.SECRET]), 0), else_=1)
_TWIN = select(mails).where(mails.c.identity == bindparam("identity")).order_by(_PROVED_FIRST, mails.c.id).limit(1)
_RECENT_CASES = 200  # enough to see a flood; the count stays cheap with a million cases
_NEWEST_CASE = select(func.max(cases.c.id))
_FIRST_MAILS = select(func.min(mails.c.id)).where(mails.c.case_id > bindparam("older")).group_by(mails.c.case_id)
_OPENINGS = select(func.count()).where(
    mails.c.id.in_(_FIRST_MAILS),
    mails.c.sender == bindparam("sender"),
    mails.c.received_at > bindparam("since"),
    mails.c.proof.not_in([Proof.PASS, Proof.SECRET]),
)
_BY_MESSAGE_ID = select(mails).where(mails.c.message_id == bindparam("message_id")).order_by(mails.c.id).limit(1)
_OF_CASE = select(mails).where(mails.c.case_id == bindparam("case_id")).order_by(mails.c.id)
_SET_FATE = (
    update(mails)
    .where(mails.c.id == bindparam("mail"))
    .values(fate=bindparam("fate"), fate_why=bindparam("fate_why"), case_id=bindparam("case_id"))
)
_SET_READ = update(mails).where(mails.c.id == bindparam("mail")).values({n: bindparam(n) for n in _READ})
_SET_WHY = update(mails).where(mails.c.id == bindparam("mail")).values(fate_why=bindparam("fate_why"))
_QUARANTINE = insert(quarantine)
_AGAIN = (
    update(quarantine)
    .where(quarantine.c.mail_id == bindparam("mail"), quarantine.c.released_at.is_(None))
    .values(tries=quarantine.c.tries + 1, error=bindparam("error"), last_at=bindparam("now"))
    .returning(quarantine.c.tries)
)
_QUARANTINED = (
    select(mails, quarantine.c.tries, quarantine.c.error, quarantine.c.first_at, quarantine.c.last_at)
    # An expression has no index, so SQLite must begin with the few in quarantine, not with all mails there ever were.
    .join(quarantine, quarantine.c.mail_id + 0 == mails.c.id)
    .where(quarantine.c.released_at.is_(None))
    .order_by(quarantine.c.mail_id)
)
_RELEASE = (
    update(quarantine)
    .where(quarantine.c.mail_id == bindparam("mail"), quarantine.c.released_at.is_(None))
    .values(released_at=bindparam("now"))
)


class Mails(Repository):
    """Every mail has one row, one raw copy and one fate (design.md part 2)."""

    __slots__ = ("_blobs",)

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._blobs = Blobs(connection)

    def cursor(self, account: str, folder: str) -> Cursor | None:
        """How far this folder was read; None: never looked at."""
        row = self.run(_CURSOR, {"account": account, "folder": folder}).one_or_none()
        return Cursor(*row) if row else None

    def set_cursor(self, account: str, folder: str, uidvalidity: int, last_uid: int) -> None:
        """Note how far this folder is read; under the same `uidvalidity` it never goes back."""
        values = {"account": account, "folder": folder, "uidvalidity": uidvalidity, "last_uid": last_uid}
        self.run(_SET_CURSOR, values)

    def begin(self, account: str, folder: str, uidvalidity: int, starts_at: datetime) -> None:
        """Note the first look at a folder; does nothing when there was one."""
        values = {"account": account, "folder": folder, "uidvalidity": uidvalidity, "last_uid": 0}
        self.run(_BEGIN, values | {"starts_at": starts_at})

    def heard(self) -> dict[str, datetime]:
        """Account → until when its mailbox is read, by whichever process."""
        return {row.account: row.until for row in self.run(_HEARD)}

    def set_heard(self, account: str, until: datetime) -> None:
        """The account's mailbox has been read whole, as it stood at `until`."""
        self.run(_SET_HEARD, {"account": account, "until": until})

    def keep_raw(self, raw: bytes) -> str:
        """Keep a mail's bytes for ever (R34); their sha256 in hex."""
        return self._blobs.keep(raw)

    def raw(self, sha256: str) -> bytes:
        """The bytes kept under `sha256`; StoreError when missing or altered."""
        return self._blobs.read(sha256)

    def find_place(self, account: str, folder: str, uidvalidity: int, uid: int) -> MailRow | None:
        """The mail recorded from this very place of a mailbox."""
        place = {"account": account, "folder": folder, "uidvalidity": uidvalidity, "uid": uid}
        return _first(self.run(_AT_PLACE, place).first())

    def find_twin(self, identity: str) -> MailRow | None:
        """The mail with this identity (the same by another way), a proved one before others; "" has no twin."""
        return _first(self.run(_TWIN, {"identity": identity}).first()) if identity else None

    def openings(self, sender: str, since: datetime) -> int:
        """How many of the newest cases began with a mail of this address, unproved, received after `since`."""
        older = (self.run(_NEWEST_CASE).scalar() or 0) - _RECENT_CASES
        return int(self.run(_OPENINGS, {"older": older, "sender": sender, "since": since}).scalar_one())

    def by_message_id(self, message_id: str) -> MailRow | None:
        """The earliest mail with this Message-ID (without <>)."""
        return _first(self.run(_BY_MESSAGE_ID, {"message_id": bounded(message_id)}).first()) if message_id else None

    def of_case(self, case_id: int) -> tuple[MailRow, ...]:
        """The mails that belong to a case, in the order they were recorded."""
        return tuple(_mail(row) for row in self.run(_OF_CASE, {"case_id": case_id}))

    def record(self, mail: NewMail) -> int:
        """Write a mail down; its id. StoreError when its place is taken: the mail is already recorded."""
        return int(self.run(_RECORD, _values(mail, _NAMES)).scalar_one())

    def get(self, mail_id: int) -> MailRow:
        """The mail with this id; StoreError when there is none."""
        found = _first(self.run(_GET, {"id": mail_id}).first())
        if found is None:
            raise StoreError(f"mail {mail_id} is not in the database")
        return found

    def set_fate(self, mail_id: int, fate: Fate, why: str, case_id: int | None) -> None:
        """Say what became of a mail; a quarantined one is let go with `release` instead."""
        self.run(_SET_FATE, {"mail": mail_id, "fate": fate, "fate_why": why, "case_id": case_id})

    def quarantine(self, mail: NewMail, error: str) -> int:
        """Record a mail that could not be handled, first try, at `mail.recorded_at`; its id."""
        mail_id = int(
            self.run(_RECORD, _values(mail, _NAMES) | {"fate": Fate.QUARANTINED, "fate_why": error}).scalar_one()
        )
        first = {"mail_id": mail_id, "tries": 1, "error": error, "released_at": None}
        self.run(_QUARANTINE, first | {"first_at": mail.recorded_at, "last_at": mail.recorded_at})
        return mail_id

    def quarantine_again(self, mail_id: int, error: str, now: datetime) -> int:
        """One more failed try; how many there were. StoreError when this mail is not in quarantine."""
        tries = self.run(_AGAIN, {"mail": mail_id, "error": error, "now": now}).scalar()
        if tries is None:
            raise StoreError(f"mail {mail_id} is not in quarantine")
        self.run(_SET_WHY, {"mail": mail_id, "fate_why": error})
        return int(tries)

    def quarantined(self) -> tuple[QuarantineRow, ...]:
        """The mails in quarantine, oldest first."""
        return tuple(
            QuarantineRow(_mail(row), row.tries, row.error, row.first_at, row.last_at) for row in self.run(_QUARANTINED)
        )

    def release(self, mail_id: int, read: NewMail, now: datetime) -> None:
        """Let a mail out of quarantine with its fate and with what was read this time; place and raw stay."""
        if read.fate is Fate.QUARANTINED:
            raise ValueError("a released mail needs another fate")
        if not self.changed(_RELEASE, {"mail": mail_id, "now": now}):
            raise StoreError(f"mail {mail_id} is not in quarantine")
        self.run(_SET_READ, _values(read, _READ) | {"mail": mail_id})


def _values(mail: NewMail, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(mail, name) for name in names} | {"message_id": bounded(mail.message_id)}


def _mail(row: Row) -> MailRow:
    return MailRow(id=row.id, **{name: getattr(row, name) for name in _NAMES})


def _first(row: Row | None) -> MailRow | None:
    return None if row is None else _mail(row)
