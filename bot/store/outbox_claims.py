"""Sending: claim with a lease, note that the final dot goes out, report the outcome (design.md part 2).

The note is a fence: who lost the claim, however slow or asleep it was, is refused there and sends nothing. So a claim
without the note was surely not sent and goes back at once; only one with it becomes uncertain.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Integer, Update, bindparam, or_, select, update

from bot.store.base import Repository
from bot.store.blobs import Blobs
from bot.store.outbox_rows import OutboxLine, OutboxRow, RecipientResult, Which, read_rows
from bot.store.outbox_tables import OutboxStatus, RecipientState, outbox, recipients

_S = OutboxStatus

LONGEST_PAUSE = timedelta(hours=7)
"""Longer than any pause between two tries: a try planned further ahead was planned while the clock was wrong."""

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
        status=_S.CLAIMED,
        attempts=outbox.c.attempts + 1,
        tried_at=bindparam("now"),
        lease_owner=bindparam("owner"),
        lease_until=bindparam("until"),
    )
)
_CLAIMED = Which(outbox.c.id.in_(bindparam("ids", expanding=True)))
_CLAIMANTS = select(outbox.c.lease_owner).where(outbox.c.status.in_([_S.CLAIMED, _S.SENDING])).distinct()
_LEFT = or_(
    outbox.c.lease_until <= bindparam("now"),
    outbox.c.lease_until > bindparam("far"),
    outbox.c.lease_owner.in_(bindparam("gone", expanding=True)),
)
_GIVE_BACK = (
    update(outbox)
    .where(outbox.c.status == _S.CLAIMED, _LEFT)
    .values(
        status=_S.PENDING, attempts=outbox.c.attempts - 1, lease_owner=None, lease_until=None,
        last_error=bindparam("why"),
    )
)  # fmt: skip
_BRING_FORWARD = (
    update(outbox)
    .where(
        outbox.c.status == _S.PENDING,
        outbox.c.next_try_at > bindparam("far"),
        outbox.c.not_before.is_(None) | (outbox.c.not_before <= bindparam("now")),
    )
    .values(next_try_at=bindparam("now"))
)
# `lease_owner` stays: a worker that was only slow may still report.
_EXPIRE = (
    update(outbox)
    .where(outbox.c.status == _S.SENDING, _LEFT)
    .values(status=_S.UNCERTAIN, uncertain_at=bindparam("now"), last_error=bindparam("why"))
)
_UNREPORTED = (outbox.c.id == bindparam("copy_id"), outbox.c.lease_owner == bindparam("owner"))
_NOTE = (
    update(outbox)
    .where(*_UNREPORTED, outbox.c.status.in_([_S.CLAIMED, _S.SENDING]))
    .values(status=_S.SENDING, tried_at=bindparam("now"), lease_until=bindparam("until"))
)
_UNSETTLED = (*_UNREPORTED, outbox.c.status.in_([_S.CLAIMED, _S.SENDING, _S.UNCERTAIN]))
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
TAKEN = (
    update(recipients)
    .where(recipients.c.outbox_id == bindparam("copy_id"), recipients.c.state == RecipientState.WAITING)
    .values(state=RecipientState.ACCEPTED)
)


class Claims(Repository):
    """The sender's side of the outbox. Every mark_… says whether it held: False when the claim is reported or lost."""

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
        return read_rows(self, self._blobs, _CLAIMED, {"ids": ids})

    def claimants(self) -> tuple[str, ...]:
        """Who holds claims now, dead or alive."""
        return tuple(self.run(_CLAIMANTS).scalars())

    def expire_claims(self, now: datetime, gone: Iterable[str] = ()) -> tuple[int, int]:
        """Take away claims that ran out, or whose owner is among the `gone`; how many went back, how many are unsure.

        Before the note of the final dot nothing was sent: pending again. After it: uncertain, never pending.
        What is planned or leased impossibly far ahead was so while the clock was wrong: it counts from `now`.
        Taking a claim from a sender that lives does no harm: without the note it sends nothing, with it it may report.
        """
        far = now + LONGEST_PAUSE
        self.run(_BRING_FORWARD, {"now": now, "far": far})
        values = {"now": now, "far": far, "gone": list(gone), "why": "the sender stopped before it reported"}
        return self.run(_GIVE_BACK, values).rowcount, self.run(_EXPIRE, values).rowcount

    def mark_sending(
        self, claim: OutboxLine, now: datetime, lease: timedelta, refused: Iterable[RecipientResult] = ()
    ) -> bool:
        """The final dot goes out next, to all but the `refused`; commit first. False: the claim is lost; stop."""
        return self._report(_NOTE, claim, refused, {"now": now, "until": now + lease})

    def mark_sent(self, claim: OutboxLine, now: datetime, results: Iterable[RecipientResult]) -> bool:
        """The server took it for everybody who is not refused in `results`."""
        held = self._report(_SENT, claim, results, {"now": now, "error": ""})
        if held:
            self.run(TAKEN, {"copy_id": claim.id})
        return held

    def mark_retry(
        self, claim: OutboxLine, next_try_at: datetime, error: str, results: Iterable[RecipientResult] = ()
    ) -> bool:
        """Refused for now, by the whole server or for some: again at `next_try_at`, to those not yet accepted."""
        return self._report(_RETRY, claim, results, {"next_try": next_try_at, "error": error})

    def mark_failed(self, claim: OutboxLine, error: str, results: Iterable[RecipientResult] = ()) -> bool:
        """Refused for good; the operator may `retry` it."""
        return self._report(_FAILED, claim, results, {"error": error})

    def mark_uncertain(self, claim: OutboxLine, error: str, now: datetime) -> bool:
        """The connection broke after DATA: sent or not, nobody knows; our own copy coming back will tell."""
        return self._report(_UNCERTAIN, claim, (), {"error": error, "now": now})

    def release_unsent(self, claim: OutboxLine, next_try_at: datetime, error: str) -> bool:
        """Nothing went out (no connection, no login): the attempt does not count."""
        return self._report(_RELEASE, claim, (), {"next_try": next_try_at, "error": error})

    def _report(
        self, statement: Update, claim: OutboxLine, results: Iterable[RecipientResult], values: Mapping[str, Any]
    ) -> bool:
        copy_id = claim.id
        if not self.changed(statement, {"copy_id": copy_id, "owner": claim.lease_owner, **values}):
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
