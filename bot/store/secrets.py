"""The secrets behind one-tap answers (design.md part 2): only their digests are stored."""

import base64
import hmac
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from secrets import token_bytes
from typing import ClassVar

from sqlalchemy import Table, bindparam, insert, select, update

from bot.store.address_tables import secrets
from bot.store.base import Repository
from bot.store.case_tables import cases
from bot.store.report_tables import report_secrets, reports


class SecretVerdict(StrEnum):
    """What a presented secret is worth; only VALID proves who decides, BESIDE who speaks beside the stages."""

    VALID = "valid"
    UNKNOWN = "unknown"  # never issued, or no such case
    OTHER_PERSON = "other_person"  # issued to another address
    OTHER_CASE = "other_case"
    OLD_ROUND = "old_round"  # belongs to an earlier question
    BURNT = "burnt"  # seen where others could read it
    USED = "used"  # has decided once already
    BESIDE = "beside"  # proves the person for matters and ratings alone, whatever round the case is in


BESIDE_ROUNDS = -1
"""The round of a secret for matters and ratings: these go on whatever becomes of the case (R32, R39)."""


class _Statements:
    """The statements for secrets kept in `table`, whose column `owner` names a row of `owners` with ref and round."""

    def __init__(self, table: Table, owner: str, owners: Table) -> None:
        mine = table.c[owner]
        self.owner = owner
        self.issue = insert(table)
        self.find = (
            select(table, owners.c.ref, owners.c.round.label("current_round"))
            .join(owners, owners.c.id == mine)
            .where(table.c.sha256 == bindparam("digest"))
        )
        self.use = (
            update(table)
            .where(table.c.sha256 == bindparam("digest"), table.c.used_at.is_(None), table.c.burnt.is_(False))
            .values(used_at=bindparam("now"))
        )
        self.burn_all = update(table).where(mine == bindparam("whose")).values(burnt=True)
        self.burn_person = self.burn_all.where(table.c.address == bindparam("person"))
        self.burn_one = update(table).where(table.c.sha256 == bindparam("digest")).values(burnt=True)


class Secrets(Repository):
    """Issue, check, use and burn; each secret belongs to one case, person and round."""

    __slots__ = ()
    _sql: ClassVar[_Statements] = _Statements(secrets, "case_id", cases)

    def issue(self, case_id: int, address: str, round: int, now: datetime) -> str:  # noqa: A002  # the case's word
        """A new secret for this person and question: 16 base32 characters (80 bits), not stored in clear."""
        secret = base64.b32encode(token_bytes(10)).decode()
        values = {self._sql.owner: case_id, "address": address.lower(), "round": round, "sha256": _digest(secret)}
        self.run(self._sql.issue, values | {"issued_at": now, "used_at": None, "burnt": False})
        return secret

    def check(self, ref: str, secret: str, address: str) -> SecretVerdict:
        """What `secret`, presented by `address` for case `ref`, is worth now. Case of letters does not matter."""
        digest = _digest(secret)
        row = self.run(self._sql.find, {"digest": digest}).first()
        if row is None or not hmac.compare_digest(row.sha256, digest):
            return SecretVerdict.UNKNOWN
        faults = (
            (row.ref != ref, SecretVerdict.OTHER_CASE),
            (row.address != address.lower(), SecretVerdict.OTHER_PERSON),
            (row.burnt, SecretVerdict.BURNT),
            (row.used_at is not None, SecretVerdict.USED),
            (row.round == BESIDE_ROUNDS, SecretVerdict.BESIDE),
            (row.round != row.current_round, SecretVerdict.OLD_ROUND),
        )
        return next((verdict for holds, verdict in faults if holds), SecretVerdict.VALID)

    def use(self, secret: str, now: datetime) -> bool:
        """Spend the secret; False when it was spent or burnt before (another worker was quicker)."""
        return self.changed(self._sql.use, {"digest": _digest(secret), "now": now})

    def burn(self, case_id: int, address: str | None = None) -> None:
        """Void all secrets of the case, or those of one person."""
        if address is None:
            self.run(self._sql.burn_all, {"whose": case_id})
        else:
            self.run(self._sql.burn_person, {"whose": case_id, "person": address.lower()})

    def burn_leaked(self, secret: str) -> bool:
        """Void one secret that was seen where others could read it; False when it was never issued."""
        return self.changed(self._sql.burn_one, {"digest": _digest(secret)})


class ReportSecrets(Secrets):
    """The same for weekly reports: each secret belongs to one report, person and edition (R28)."""

    __slots__ = ()
    _sql: ClassVar[_Statements] = _Statements(report_secrets, "report_id", reports)


def _digest(secret: str) -> str:
    return sha256(secret.strip().upper().encode("utf-8", "replace")).hexdigest()
