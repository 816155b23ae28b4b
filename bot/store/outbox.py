"""The outbox: finished copies written with the decision, sent once (design.md part 2), counted for the caps (R47)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, insert, or_, select, update

from bot.rules.notice import NoticeKind, Outgoing
from bot.store.base import insert_if_absent
from bot.store.outbox_claims import TAKEN, Claims
from bot.store.outbox_rows import OutboxLine, OutboxRow, Which, read_lines, read_rows
from bot.store.outbox_tables import OutboxStatus, RecipientState, outbox, recipients

_S, _R = OutboxStatus, RecipientState

_ADD = insert_if_absent(outbox, "notice_key", "copy", returning="id")
_ADDRESS = insert(recipients)
_HAS = select(outbox.c.id).where(outbox.c.notice_key == bindparam("key")).limit(1)
_OF_THIS = recipients.c.outbox_id == outbox.c.id
_PROVED = (
    select(outbox.c.id)
    .where(
        outbox.c.own_id == bindparam("own"),
        # Also what the policy has sent on its way again: the evidence was only late.
        outbox.c.status.in_([_S.PENDING, _S.CLAIMED, _S.SENDING, _S.UNCERTAIN]),
        select(recipients.c.address).where(_OF_THIS, recipients.c.state == _R.WAITING).exists(),
        # Somebody has it from an earlier try: our own copy may be that one's and prove nothing about this try.
        ~select(recipients.c.address).where(_OF_THIS, recipients.c.state == _R.ACCEPTED).exists(),
    )
    .with_for_update()
)
_PUT_OFF = (
    select(recipients.c.address)
    .where(recipients.c.outbox_id == bindparam("copy_id"), recipients.c.state == _R.REFUSED_TEMPORARY)
    .limit(1)
)
_PROVEN: dict[str, Any] = {"uncertain_at": None, "last_error": ""}
_SETTLE = (
    update(outbox)
    .where(outbox.c.id == bindparam("copy_id"))
    .values(status=_S.SENT, sent_at=bindparam("now"), **_PROVEN)
)
_SETTLE_PARTLY = (
    update(outbox)
    .where(outbox.c.id == bindparam("copy_id"))
    .values(status=_S.PENDING, next_try_at=bindparam("now"), **_PROVEN)
)
_BY_HAND = [_S.FAILED, _S.HELD, _S.UNCERTAIN, _S.DROPPED]
_AGAIN = (
    update(outbox)
    .where(outbox.c.id == bindparam("copy_id"), outbox.c.status.in_(_BY_HAND))
    .values(
        status=_S.PENDING, next_try_at=bindparam("now"), uncertain_at=None, lease_owner=None, lease_until=None
    )
)  # fmt: skip
_REFUSED_AGAIN = (
    update(recipients)
    .where(recipients.c.outbox_id == bindparam("copy_id"), recipients.c.state == _R.REFUSED_PERMANENT)
    .values(state=_R.WAITING)
)
_DROP = (
    update(outbox)
    .where(outbox.c.id == bindparam("copy_id"), outbox.c.status.in_([_S.PENDING, _S.FAILED, _S.HELD, _S.UNCERTAIN]))
    .values(status=_S.DROPPED, lease_owner=None, lease_until=None)
)
_HOLD = update(outbox).where(outbox.c.status == _S.PENDING).values(status=_S.HELD, last_error=bindparam("why"))
_HOLD_COPY = _HOLD.where(outbox.c.id == bindparam("copy_id"))
_HOLD_NOTICE = _HOLD.where(outbox.c.notice_key == bindparam("key"))
_JOINED = recipients.join(outbox, outbox.c.id == recipients.c.outbox_id)
_DELIVERED = (
    select(recipients.c.outbox_id)
    .select_from(_JOINED)
    .where(
        outbox.c.notice_key == bindparam("key"),
        recipients.c.address == bindparam("address"),
        # Settled by our own copy: the server took the mail, though its answer to each recipient was lost.
        or_(recipients.c.state == _R.ACCEPTED, (recipients.c.state == _R.WAITING) & (outbox.c.status == _S.SENT)),
    )
    .limit(1)
)
_BOUNCED = (
    update(recipients)
    .where(
        recipients.c.address == bindparam("person"),
        recipients.c.outbox_id.in_(select(outbox.c.id).where(outbox.c.own_id == bindparam("own"))),
    )
    .values(state=_R.BOUNCED, text=bindparam("why"))
)
_LAST_TO = (
    select(func.max(outbox.c.created_at))
    .select_from(_JOINED)
    .where(
        recipients.c.address == bindparam("address"),
        outbox.c.kind.in_(bindparam("kinds", expanding=True)),
        outbox.c.status != _S.DROPPED,
    )
)


# Ids rise with time, so the few rows of an address within the hour are one stretch of its index, however many it has.
_FIRST_SINCE = (
    select(outbox.c.id)
    .where(outbox.c.created_at >= bindparam("since"))
    .order_by(outbox.c.created_at, outbox.c.id)
    .limit(1)
    .scalar_subquery()
)

_LATEST = select(func.max(outbox.c.created_at)).scalar_subquery()
_NEWEST = select(func.max(outbox.c.id), _FIRST_SINCE, _LATEST)

_EVERY = Which(outbox.c.id > 0)
_ONE = Which(outbox.c.id == bindparam("copy_id"))
_OWN = Which(outbox.c.own_id == bindparam("own"))
_STANDING = Which(outbox.c.status == bindparam("status"))
_OF_CASE = Which(outbox.c.case_id == bindparam("case"))
_UNCERTAIN_LONG = Which((outbox.c.status == _S.UNCERTAIN) & (outbox.c.tried_at <= bindparam("moment")))

Counts = Mapping[tuple[bool, bool], Select[Any]]


def _counts(*which: ColumnElement[bool], to_whom: tuple[ColumnElement[bool], ...] = ()) -> Counts:
    """How many copies `which` selects: of all, of a case, to an address (then `to_whom` too), of both. Made once."""
    every = select(func.count(outbox.c.id)).where(*which)
    of_case, to = outbox.c.case_id == bindparam("case"), recipients.c.address == bindparam("address")
    made_out = every.select_from(_JOINED).where(to, *to_whom)
    return {
        (False, False): every,
        (True, False): every.where(of_case),
        (False, True): made_out,
        (True, True): made_out.where(of_case),
    }


_QUEUED = (outbox.c.status.not_in([_S.HELD, _S.DROPPED]), outbox.c.created_at >= bindparam("since"))
_LATELY = recipients.c.outbox_id >= _FIRST_SINCE
_MEANT = _counts(*_QUEUED, to_whom=(_LATELY,))
_MEANT_EACH = (
    select(recipients.c.address, func.count().label("number"))
    .select_from(_JOINED)
    .where(recipients.c.address.in_(bindparam("addresses", expanding=True)), _LATELY, *_QUEUED)
    .group_by(recipients.c.address)
)
_MEANT_OF_KINDS = _counts(*_QUEUED, outbox.c.kind.in_(bindparam("kinds", expanding=True)), to_whom=(_LATELY,))


class Outbox(Claims):
    """One row an envelope copy. (notice_key, copy) is unique for ever: the same notice is never said twice."""

    __slots__ = ()

    def add(self, out: Outgoing, now: datetime) -> bool:
        """Put a finished copy in, to go from `now` or `not_before` on; False when it was put in before."""
        values = {
            "notice_key": out.notice_key, "copy": out.copy, "kind": out.kind, "account": out.account,
            "case_id": out.case_id or None, "message_id": out.message_id, "own_id": out.own_id,
            "subject": out.subject, "raw_sha256": self._blobs.keep(out.raw), "not_before": out.not_before,
            "status": _S.PENDING, "attempts": 0, "next_try_at": max(now, out.not_before or now), "last_error": "",
            "created_at": now,
        }  # fmt: skip
        copy_id = self.run(_ADD, values).scalar()
        if copy_id is None:
            return False
        people = dict.fromkeys(address.lower() for address in out.recipients)
        waiting = {"outbox_id": copy_id, "state": _R.WAITING, "code": 0, "text": ""}
        if people:
            self.run(_ADDRESS, [waiting | {"address": a, "position": n} for n, a in enumerate(people)])
        return True

    def has_notice(self, key: str) -> bool:
        """Whether this notice was decided before."""
        return self.run(_HAS, {"key": key}).first() is not None

    def get(self, copy_id: int) -> OutboxRow | None:
        """One copy with its bytes."""
        return next(iter(read_rows(self, self._blobs, _ONE, {"copy_id": copy_id})), None)

    def by_own_id(self, own_id: str) -> OutboxLine | None:
        """The copy that carries this X-Zhichi-Id."""
        return next(iter(read_lines(self, _OWN, {"own": own_id})), None)

    def list(self, status: OutboxStatus | None = None) -> tuple[OutboxLine, ...]:
        """All copies, or those that stand so, oldest first."""
        if status is None:
            return read_lines(self, _EVERY)
        return read_lines(self, _STANDING, {"status": status})

    def of_case(self, case_id: int) -> tuple[OutboxLine, ...]:
        """The copies that belong to a case, oldest first."""
        return read_lines(self, _OF_CASE, {"case": case_id})

    def uncertain_before(self, moment: datetime) -> tuple[OutboxLine, ...]:
        """Uncertain copies whose final dot went out at `moment` or earlier, and whose own copy has not come back."""
        return read_lines(self, _UNCERTAIN_LONG, {"moment": moment})

    def settle(self, own_id: str, now: datetime) -> bool:
        """Our own copy came back: the server took it. False when that was known, or the copy is not ours.

        Whom the server had put off at that try is tried again.
        """
        copy_id = self.run(_PROVED, {"own": own_id}).scalar()
        if copy_id is None:
            return False
        put_off = self.run(_PUT_OFF, {"copy_id": copy_id}).first()
        self.run(TAKEN, {"copy_id": copy_id})
        return self.changed(_SETTLE_PARTLY if put_off else _SETTLE, {"copy_id": copy_id, "now": now})

    def retry(self, copy_id: int, now: datetime) -> bool:
        """Send it after all, also to those refused for good; False unless failed, held, uncertain or dropped."""
        if not self.changed(_AGAIN, {"copy_id": copy_id, "now": now}):
            return False
        self.run(_REFUSED_AGAIN, {"copy_id": copy_id})
        return True

    def drop(self, copy_id: int) -> bool:
        """Never send it; False when it is on its way, sent or dropped."""
        return self.changed(_DROP, {"copy_id": copy_id})

    def hold(self, copy_id: int, why: str) -> bool:
        """Keep a pending copy back until the operator decides (a cap was reached); False when it is not pending."""
        return self.changed(_HOLD_COPY, {"copy_id": copy_id, "why": why})

    def hold_notice(self, key: str, why: str) -> bool:
        """Keep all pending copies of a notice back; False when none is pending."""
        return self.changed(_HOLD_NOTICE, {"key": key, "why": why})

    def queued_since(
        self,
        since: datetime,
        case_id: int | None = None,
        address: str | None = None,
        kinds: Iterable[NoticeKind] | None = None,
    ) -> int:
        """Copies decided at `since` or later, of some kinds when given, sent or not, but neither held nor dropped."""
        if kinds is None:
            return self._count(_MEANT, {"since": since}, case_id, address)
        return self._count(_MEANT_OF_KINDS, {"since": since, "kinds": list(kinds)}, case_id, address)

    def queued_at_most(self, since: datetime, now: datetime) -> int:
        """No more copies than this were decided at `since` or later: a look at the ends of two indexes, no count.

        Where copies were decided later than `now`, the clock went back and ids no longer rise with time: all count.
        """
        newest, first, latest = self.run(_NEWEST, {"since": since}).all()[0]
        if latest is not None and latest > now:
            return int(newest)
        return newest - first + 1 if first else 0

    def queued_each(self, since: datetime, addresses: Iterable[str]) -> dict[str, int]:
        """The same to each of `addresses` (lower case); one that has none is left out."""
        rows = self.run(_MEANT_EACH, {"since": since, "addresses": list(addresses)})
        return {row.address: row.number for row in rows}

    def last_sent_to(self, address: str, *kinds: NoticeKind) -> datetime | None:
        """When a notice of one of `kinds` was last decided for this address; None: never (R47: one rejection a day)."""
        moment: datetime | None = self.run(_LAST_TO, {"address": address.lower(), "kinds": list(kinds)}).scalar()
        return moment

    def delivered(self, notice_key: str, address: str) -> bool:
        """Whether a server took this notice for that address, and no bounce came since (R24)."""
        return self.run(_DELIVERED, {"key": notice_key, "address": address.lower()}).first() is not None

    def mark_bounced(self, own_id: str, address: str, why: str) -> bool:
        """The copy with this X-Zhichi-Id came back from `address`; False when it was not sent there."""
        return self.changed(_BOUNCED, {"own": own_id, "person": address.lower(), "why": why})

    def _count(self, counts: Counts, values: dict[str, Any], case_id: int | None, address: str | None) -> int:
        if case_id is not None:
            values["case"] = case_id
        if address is not None:
            values["address"] = address.lower()
        return int(self.run(counts["case" in values, "address" in values], values).scalar_one())
