"""Sending: claim with a lease, report the outcome; what nobody reported becomes uncertain (design.md part 2)."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Integer, Update, bindparam, select, update

from bot.store.base import Repository
from bot.store.blobs import Blobs
from bot.store.outbox_rows import OutboxRow, RecipientResult, read_rows
from bot.store.tables import OutboxStatus, RecipientState, outbox, recipients

_S = OutboxStatus

CLAIMABLE = (
    select(outbox.c.id)
    .where(outbox.c.status == _S.PENDING, outbox.c.next_try_at <= bindparam("now"))
    .order_by(outbox.c.next_try_at, outbox.c.id)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)))
    .values(
        status=_S.SENDING,
        attempts=outbox.c.attempts + 1,
        tried_at=bindparam("now"),
        lease_owner=bindparam("owner"),
        lease_until=bindparam("until"),
    )
)
# `lease_owner` stays: a worker that was only slow may still report.
_EXPIRE = (
    update(outbox)
    .where(outbox.c.status == _S.SENDING, outbox.c.lease_until <= bindparam("now"))
    .values(status=_S.UNCERTAIN, uncertain_at=bindparam("now"), last_error=bindparam("why"))
)
_UNREPORTED = (outbox.c.id == bindparam("copy_id"), outbox.c.lease_owner.is_not(None))
_UNSETTLED = (*_UNREPORTED, outbox.c.status.in_([_S.SENDING, _S.UNCERTAIN]))
_DONE: dict[str, Any] = {"lease_owner": None, "lease_until": None, "last_error": bindparam("error")}

_SENT = update(outbox).where(*_UNREPORTED).values(status=_S.SENT, sent_at=bindparam("now"), uncertain_at=None, **_DONE)
# Also after our own copy settled it: the report knows of recipients that the server put off.
_RETRY = (
    update(outbox)
    .where(*_UNREPORTED)
    .values(status=_S.PENDING, next_try_at=bindparam("next_try"), uncertain_at=None, sent_at=None, **_DONE)
)
_FAILED = update(outbox).where(*_UNSETTLED).values(status=_S.FAILED, uncertain_at=None, **_DONE)
_UNCERTAIN = update(outbox).where(*_UNSETTLED).values(status=_S.UNCERTAIN, uncertain_at=bindparam("now"), **_DONE)
_RELEASE = (
    update(outbox)
    .where(*_UNSETTLED)
    .values(
        status=_S.PENDING, next_try_at=bindparam("next_try"), uncertain_at=None, attempts=outbox.c.attempts - 1, **_DONE
    )
)
_RESULT = (
    update(recipients)
    .where(
        recipients.c.outbox_id == bindparam("copy_id"),
        recipients.c.address == bindparam("person"),
        recipients.c.state != RecipientState.ACCEPTED,
    )
    .values(state=bindparam("new_state"), code=bindparam("new_code"), text=bindparam("new_text"))
)
_TAKEN = (
    update(recipients)
    .where(recipients.c.outbox_id == bindparam("copy_id"), recipients.c.state == RecipientState.WAITING)
    .values(state=RecipientState.ACCEPTED)
)


class Claims(Repository):
    """The sender's side of the outbox. Every mark_… says whether it held: False when the claim was reported already."""

    __slots__ = ("_blobs",)

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._blobs = Blobs(connection)

    def claim(self, now: datetime, owner: str, lease: timedelta, limit: int) -> tuple[OutboxRow, ...]:
        """Take up to `limit` copies that are due, for `lease`; no other worker gets them. Commit before dialling."""
        ids = self.run(CLAIMABLE, {"now": now, "most": limit}).scalars().all()
        if not ids:
            return ()
        self.run(_CLAIM, {"ids": ids, "now": now, "owner": owner, "until": now + lease})
        return read_rows(self, self._blobs, outbox.c.id.in_(ids))

    def expire_claims(self, now: datetime) -> int:
        """Claims that ran out unreported become uncertain, never pending: they may have been sent. How many."""
        return self.run(_EXPIRE, {"now": now, "why": "the sender stopped before it reported"}).rowcount

    def mark_sent(self, copy_id: int, now: datetime, results: Iterable[RecipientResult]) -> bool:
        """The server took it for everybody who is not refused in `results`."""
        held = self._report(_SENT, copy_id, results, {"now": now, "error": ""})
        if held:
            self.run(_TAKEN, {"copy_id": copy_id})
        return held

    def mark_retry(
        self, copy_id: int, next_try_at: datetime, error: str, results: Iterable[RecipientResult] = ()
    ) -> bool:
        """Refused for now, by the whole server or for some: again at `next_try_at`, to those not yet accepted."""
        return self._report(_RETRY, copy_id, results, {"next_try": next_try_at, "error": error})

    def mark_failed(self, copy_id: int, error: str, results: Iterable[RecipientResult] = ()) -> bool:
        """Refused for good; the operator may `retry` it."""
        return self._report(_FAILED, copy_id, results, {"error": error})

    def mark_uncertain(self, copy_id: int, error: str, now: datetime) -> bool:
        """The connection broke after DATA: sent or not, nobody knows; our own copy coming back will tell."""
        return self._report(_UNCERTAIN, copy_id, (), {"error": error, "now": now})

    def release_unsent(self, copy_id: int, next_try_at: datetime, error: str) -> bool:
        """Nothing went out (no connection, no login): the attempt does not count."""
        return self._report(_RELEASE, copy_id, (), {"next_try": next_try_at, "error": error})

    def _report(
        self, statement: Update, copy_id: int, results: Iterable[RecipientResult], values: Mapping[str, Any]
    ) -> bool:
        if not self.changed(statement, {"copy_id": copy_id, **values}):
            return False
        said = [
            {
                "copy_id": copy_id,
                "person": r.address.lower(),
                "new_state": r.state,
                "new_code": r.code,
                "new_text": r.text,
            }
            for r in results
        ]
        if said:
            self.run(_RESULT, said)
        return True
