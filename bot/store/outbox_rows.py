"""An outgoing copy as stored: what it says, where it stands, what became of each recipient."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, select

from bot.rules.notice import NoticeKind, Outgoing
from bot.store.base import Repository, Row
from bot.store.blobs import Blobs
from bot.store.outbox_tables import OutboxStatus, RecipientState, outbox, recipients

_TO_BE_TRIED = frozenset({RecipientState.WAITING, RecipientState.REFUSED_TEMPORARY})


@dataclass(frozen=True, slots=True)
class RecipientResult:
    """What the server said to one recipient; `code` is its reply code, 0 when it said nothing."""

    address: str
    state: RecipientState
    code: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxLine:
    """An outgoing copy without its bytes: for lists. `case_id` 0: no case; `recipients` lower-cased."""

    id: int
    notice_key: str
    copy: int
    kind: NoticeKind
    account: str
    case_id: int
    message_id: str
    own_id: str
    subject: str
    not_before: datetime | None
    status: OutboxStatus
    attempts: int
    next_try_at: datetime
    lease_owner: str | None
    lease_until: datetime | None
    last_error: str
    created_at: datetime
    tried_at: datetime | None
    uncertain_at: datetime | None
    sent_at: datetime | None
    raw_sha256: str
    results: tuple[RecipientResult, ...]  # one a recipient, in the order of the envelope

    @property
    def recipients(self) -> tuple[str, ...]:
        """Everybody on the envelope."""
        return tuple(result.address for result in self.results)

    @property
    def accepted(self) -> tuple[str, ...]:
        """To whom the server took it."""
        return tuple(r.address for r in self.results if r.state is RecipientState.ACCEPTED)

    @property
    def waiting(self) -> tuple[str, ...]:
        """Who is still to be tried: neither accepted nor refused for good."""
        return tuple(r.address for r in self.results if r.state in _TO_BE_TRIED)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxRow(OutboxLine):
    """An outgoing copy with its bytes, ready to be sent to `waiting`."""

    raw: bytes

    @property
    def outgoing(self) -> Outgoing:
        """What is to be sent now: addressed to `waiting` only, for a retry must not reach the others twice."""
        return Outgoing(
            notice_key=self.notice_key, copy=self.copy, kind=self.kind, account=self.account, case_id=self.case_id,
            message_id=self.message_id, own_id=self.own_id, subject=self.subject, recipients=self.waiting,
            raw=self.raw, not_before=self.not_before,
        )  # fmt: skip


_COLUMNS = tuple(f.name for f in fields(OutboxLine) if f.name not in {"results", "case_id"})


class Which:
    """The copies for which a condition holds; made once, for building statements costs more than running them."""

    __slots__ = ("copies", "people")

    def __init__(self, condition: ColumnElement[bool]) -> None:
        self.copies = select(outbox).where(condition).order_by(outbox.c.id)
        of_these = recipients.c.outbox_id.in_(select(outbox.c.id).where(condition))
        self.people = select(recipients).where(of_these).order_by(recipients.c.outbox_id, recipients.c.position)


def read_lines(repository: Repository, which: Which, values: Mapping[str, Any] | None = None) -> tuple[OutboxLine, ...]:
    """These copies, oldest first."""
    return tuple(OutboxLine(**found) for found in _read(repository, which, values or {}))


def read_rows(repository: Repository, blobs: Blobs, which: Which, values: Mapping[str, Any]) -> tuple[OutboxRow, ...]:
    """The same with their bytes."""
    return tuple(OutboxRow(**found, raw=blobs.read(found["raw_sha256"])) for found in _read(repository, which, values))


def _read(repository: Repository, which: Which, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    copies = repository.run(which.copies, values).all()
    people = repository.run(which.people, values).all() if copies else []
    results = {key: tuple(map(_result, group)) for key, group in groupby(people, key=attrgetter("outbox_id"))}
    return [
        {name: getattr(copy, name) for name in _COLUMNS}
        | {"case_id": copy.case_id or 0, "results": results.get(copy.id, ())}
        for copy in copies
    ]


def _result(row: Row) -> RecipientResult:
    return RecipientResult(row.address, row.state, row.code, row.text)
