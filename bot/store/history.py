"""The record of each case (R49): rows are only ever added, and chained by hash so that a change shows."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Text, bindparam, insert, select, type_coerce, update

from bot.errors import StoreError
from bot.rules.case import HistoryEntry
from bot.store.base import Repository, Row
from bot.store.case_tables import cases, history
from bot.store.types import clean


@dataclass(frozen=True, slots=True)
class ChainFault:
    """A case whose record was changed outside the bot. `seq` is the first line that does not fit."""

    case_id: int
    ref: str
    seq: int
    what: str  # one English line

    def __str__(self) -> str:
        """For the operator, in one line."""
        return f"{self.ref or f'case {self.case_id}'}, line {self.seq}: {self.what}"


class Head(NamedTuple):
    """Where a record ends: how many lines it has, and the hash of the last."""

    length: int = 0
    digest: str = ""


Line = dict[str, Any]
"""A line as it goes into the table."""

_TEXTS = ("actor", "event", "why", "mail", "summary")
_STAGES = ("from_stage", "to_stage")

_HEAD = select(cases.c.history_count, cases.c.history_head).where(cases.c.id == bindparam("case")).with_for_update()
_APPEND = insert(history)
_MOVE_HEAD = (
    update(cases)
    .where(cases.c.id == bindparam("case"))
    .values(history_count=bindparam("count"), history_head=bindparam("head"))
)
_OF = select(history).where(history.c.case_id == bindparam("case")).order_by(history.c.seq)
_ACTIVE = (
    select(history.c.case_id)
    .where(history.c.at >= bindparam("since"), history.c.at < bindparam("until"))
    .distinct()
    .order_by(history.c.case_id)
)
_HEADS = select(
    cases.c.id,
    cases.c.ref,
    cases.c.history_count,
    cases.c.history_head,
    type_coerce(cases.c.stage, Text).label("stage"),
).order_by(cases.c.id)
# As text, not as values: a forged row must be reported, not stop the check.
_ALL = (
    select(
        history.c.case_id,
        history.c.seq,
        type_coerce(history.c.at, Text).label("at"),
        *(history.c[name] for name in _TEXTS),
        *(type_coerce(history.c[name], Text).label(name) for name in _STAGES),
        history.c.prev_hash,
        history.c.hash,
    )
    .order_by(history.c.case_id, history.c.seq)
    .execution_options(yield_per=1000)
)


class History(Repository):
    """Append, read and check; there is no way to change or delete a line."""

    __slots__ = ()

    def append(self, case_id: int, *entries: HistoryEntry) -> None:
        """Add lines to the record of a case that is not saved with them (`Cases.save`); StoreError without a case."""
        if not entries:
            return
        head = self.head_of(case_id)
        if head is None:
            raise StoreError(f"case {case_id} is not in the database")
        lines, head = chain(case_id, head, entries)
        self.write(lines)
        self.run(_MOVE_HEAD, {"case": case_id, "count": head.length, "head": head.digest})

    def head_of(self, case_id: int) -> Head | None:
        """Where the record of a case ends, locked till the end of the transaction; None when there is no such case."""
        row = self.run(_HEAD, {"case": case_id}).first()
        return Head(*row) if row else None

    def write(self, lines: Sequence[Line]) -> None:
        """Put chained lines in; whoever does so moves the head of the case."""
        if lines:
            self.run(_APPEND, lines if len(lines) > 1 else lines[0])

    def of(self, case_id: int) -> tuple[HistoryEntry, ...]:
        """The record of a case, oldest line first."""
        return tuple(
            HistoryEntry(
                at=row.at,
                **{name: getattr(row, name) for name in (*_TEXTS, *_STAGES)},
            )
            for row in self.run(_OF, {"case": case_id})
        )

    def active_between(self, since: datetime, until: datetime) -> tuple[int, ...]:
        """Ids of the cases on whose record something stands from `since` on and before `until`."""
        return tuple(self.run(_ACTIVE, {"since": since, "until": until}).scalars())

    def verify(self) -> tuple[ChainFault, ...]:
        """Every case that was changed outside the bot: its record edited, shortened, emptied, or its stage another.

        () when all is well.
        """
        heads = {row.id: row for row in self.run(_HEADS)}
        faults: list[ChainFault] = []
        seen: set[int] = set()
        for case_id, lines in groupby(self.run(_ALL), key=lambda row: row.case_id):
            seen.add(case_id)
            faults += _check(case_id, heads.get(case_id), list(lines))
        for case_id in sorted(heads.keys() - seen):
            faults += _check(case_id, heads[case_id], [])
        return tuple(sorted(faults, key=lambda fault: fault.case_id))


def chain(case_id: int, head: Head, entries: Iterable[HistoryEntry]) -> tuple[list[Line], Head]:
    """`entries` as lines chained behind `head`, and where the record ends with them."""
    lines = []
    for entry in entries:
        line = _line(entry) | {"case_id": case_id, "seq": head.length + 1, "prev_hash": head.digest}
        line["hash"] = _digest(line)
        head = Head(line["seq"], line["hash"])
        lines.append(line)
    return lines, head


def _line(entry: HistoryEntry) -> Line:
    values: Line = {name: clean(getattr(entry, name)) for name in _TEXTS}
    return values | {"from_stage": entry.from_stage, "to_stage": entry.to_stage, "at": entry.at}


def _check(case_id: int, head: Row | None, lines: Sequence[Row]) -> list[ChainFault]:
    """The first fault of one chain, if any."""
    if head is None:
        return [ChainFault(case_id, "", 1, "the case of these lines is gone")]
    previous = ""
    for expected, line in enumerate(lines, start=1):
        if line.seq != expected:
            return [ChainFault(case_id, head.ref, expected, "a line is missing")]
        if line.prev_hash != previous or line.hash != _digest(line._asdict()):
            return [ChainFault(case_id, head.ref, expected, "this line was changed")]
        previous = line.hash
    if len(lines) != head.history_count:
        return [ChainFault(case_id, head.ref, len(lines) + 1, f"{head.history_count} lines were written")]
    if previous != head.history_head:
        return [ChainFault(case_id, head.ref, len(lines), "the last line is not the one that was written")]
    reached = next((line.to_stage for line in reversed(lines) if line.to_stage), head.stage)
    if reached != head.stage:
        return [
            ChainFault(case_id, head.ref, len(lines), f"the record ends at {reached}, the case stands at {head.stage}")
        ]
    return []


def _digest(values: dict[str, Any]) -> str:
    """sha256 over every field of the line but its own hash, in one canonical JSON form."""
    fields = {name: values[name] for name in (*_TEXTS, *_STAGES, "case_id", "seq", "prev_hash")}
    fields["at"] = _canonical(values["at"])
    return sha256(json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()).hexdigest()


def _canonical(at: datetime | str) -> str:
    """A moment in UTC to the microsecond, as SQLite keeps it."""
    return at if isinstance(at, str) else at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
