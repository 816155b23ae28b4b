"""The proof that nothing is lost: fates by place, raw bytes hashed again, counts (`zhichi audit`)."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, func, select, union

from bot.errors import StoreError
from bot.rules.words import Fate
from bot.store.base import Repository
from bot.store.blobs import Blobs
from bot.store.case_tables import cases, documents
from bot.store.mail_tables import blobs, mails
from bot.store.outbox_tables import outbox


@dataclass(frozen=True, slots=True)
class UidFate:
    """What became of the mail at one place of a folder."""

    uidvalidity: int
    uid: int
    mail_id: int
    message_id: str
    fate: Fate
    why: str
    case_id: int | None


@dataclass(frozen=True, slots=True)
class RawFault:
    """Stored bytes that are missing, altered or cannot be unpacked."""

    sha256: str
    what: str


@dataclass(frozen=True, slots=True)
class FateCounts:
    """How many mails are recorded, by fate."""

    mails: int
    acted: int
    ignored: int
    quarantined: int


_FATES = (
    select(
        mails.c.uidvalidity,
        mails.c.uid,
        mails.c.id,
        mails.c.message_id,
        mails.c.fate,
        mails.c.fate_why,
        mails.c.case_id,
    )
    .where(mails.c.account == bindparam("account"), mails.c.folder == bindparam("folder"))
    .order_by(mails.c.uidvalidity, mails.c.uid)
)
_NAMES = select(blobs.c.sha256).order_by(blobs.c.sha256)
_NAMED = union(select(mails.c.raw_sha256), select(outbox.c.raw_sha256), select(documents.c.sha256)).subquery("named")
_MISSING = (
    select(_NAMED.c.raw_sha256)
    .where(~select(blobs.c.sha256).where(blobs.c.sha256 == _NAMED.c.raw_sha256).exists())
    .order_by(_NAMED.c.raw_sha256)
)
_COUNTS = select(mails.c.fate, func.count().label("number")).group_by(mails.c.fate)
_WITHOUT_MAILS = (
    select(cases.c.ref).where(~select(mails.c.id).where(mails.c.case_id == cases.c.id).exists()).order_by(cases.c.id)
)


class Audit(Repository):
    """Looks only; run it in `Store.reading()`, so that all its parts see the same moment."""

    __slots__ = ("_blobs",)

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._blobs = Blobs(connection)

    def fates(self, account: str, folder: str) -> tuple[UidFate, ...]:
        """What became of each mail of a folder, to be laid beside what the server lists."""
        return tuple(UidFate(*row) for row in self.run(_FATES, {"account": account, "folder": folder}))

    def raw_faults(self) -> tuple[RawFault, ...]:
        """Every stored content hashed again, one at a time: mails in and out, documents; () when all is well."""
        faults = [RawFault(name, "missing") for name in self.run(_MISSING).scalars()]
        for name in self.run(_NAMES).scalars().all():
            try:
                self._blobs.read(name)
            except StoreError as error:
                faults.append(RawFault(name, str(error)))
        return tuple(faults)

    def counts(self) -> FateCounts:
        """How many mails there are, by fate."""
        found: dict[Fate, int] = {row.fate: row.number for row in self.run(_COUNTS)}
        acted, ignored, quarantined = (found.get(f, 0) for f in (Fate.ACTED, Fate.IGNORED, Fate.QUARANTINED))
        return FateCounts(acted + ignored + quarantined, acted, ignored, quarantined)

    def cases_without_mails(self) -> tuple[str, ...]:
        """Refs of cases to which no recorded mail belongs; there should be none."""
        return tuple(self.run(_WITHOUT_MAILS).scalars())
