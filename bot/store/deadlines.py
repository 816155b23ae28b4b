"""Awaited answers, kept as rows (design.md part 1, rule 4): the clock asks what is due and finds it by index."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Integer, bindparam, insert, select, update

from bot.errors import StoreError
from bot.rules.case import Deadline, DeadlineKind
from bot.store.base import Repository, Row
from bot.store.case_tables import deadlines

_NAMES = tuple(field.name for field in fields(Deadline))
_OPEN = deadlines.c.done_at.is_(None)

_ADD = insert(deadlines)
_ADD_ONE = _ADD.returning(deadlines.c.id)
_FINISH = (
    update(deadlines)
    .where(
        deadlines.c.case_id == bindparam("case"),
        deadlines.c.kind.in_(bindparam("kinds", expanding=True)),
        _OPEN,
    )
    .values(done_at=bindparam("at"))
)
_RESCHEDULE = (
    update(deadlines)
    .where(deadlines.c.id == bindparam("deadline"), _OPEN)
    .values(step=bindparam("new_step"), next_at=bindparam("at"))
)
# `.with_for_update` is PostgreSQL's: rows another process works on are passed over. SQLite has one writer anyway.
DUE = (
    select(deadlines)
    .where(_OPEN, deadlines.c.next_at <= bindparam("now"))
    .order_by(deadlines.c.next_at, deadlines.c.id)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True)
)
NEXT = (
    select(deadlines.c.next_at)
    .where(_OPEN, deadlines.c.next_at.is_not(None))
    .order_by(deadlines.c.next_at)
    .limit(1)
)  # fmt: skip
_OF = select(deadlines).where(deadlines.c.case_id == bindparam("case")).order_by(deadlines.c.id)
# By an expression, or SQLite would walk all deadlines there ever were by their key to spare itself a small sort.
OF_KIND = select(deadlines.c.case_id).where(_OPEN, deadlines.c.kind == bindparam("kind")).order_by(deadlines.c.id + 0)
_DUE_BETWEEN = (
    select(deadlines)
    .where(deadlines.c.due_at >= bindparam("since"), deadlines.c.due_at < bindparam("until"))
    .order_by(deadlines.c.due_at, deadlines.c.id)
)
_ALL_OPEN = select(deadlines).where(_OPEN).order_by(deadlines.c.due_at, deadlines.c.id)


class Deadlines(Repository):
    """At most one open deadline a case and kind; done ones stay for the record."""

    __slots__ = ("_of_case",)

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._of_case: dict[int, tuple[Deadline, ...]] = {}  # asked several times for one mail

    def set(self, case_id: int, deadline: Deadline, now: datetime) -> Deadline:
        """Open `deadline` for the case; an open one of the same kind is closed at `now` and kept."""
        self.finish(case_id, (deadline.kind,), now)
        new = replace(deadline, case_id=case_id, set_at=now)
        self._of_case.clear()
        return replace(new, id=int(self.run(_ADD_ONE, _values(new)).scalar_one()))

    def renew(self, case_id: int, ends: Iterable[DeadlineKind], arms: Sequence[Deadline], now: datetime) -> None:
        """Close those of the kinds `ends` at `now` and open `arms`, each in place of an open one of its kind."""
        self.finish(case_id, dict.fromkeys((*ends, *(deadline.kind for deadline in arms))), now)
        newest = {deadline.kind: deadline for deadline in arms}.values()  # one open one of each kind
        rows = [_values(deadline) | {"case_id": case_id, "set_at": now} for deadline in newest]
        if rows:
            self._of_case.clear()
            self.run(_ADD, rows if len(rows) > 1 else rows[0])

    def finish(self, case_id: int, kinds: Iterable[DeadlineKind], at: datetime) -> None:
        """Mark the open deadlines of these kinds as done at `at`."""
        if wanted := list(kinds):
            self._of_case.clear()
            self.run(_FINISH, {"case": case_id, "kinds": wanted, "at": at})

    def reschedule(self, deadline_id: int, step: int, next_at: datetime | None) -> None:
        """After a nudge: the clock looks again at `next_at` (None: never). StoreError when it is not open."""
        self._of_case.clear()
        if not self.changed(_RESCHEDULE, {"deadline": deadline_id, "new_step": step, "at": next_at}):
            raise StoreError(f"deadline {deadline_id} is not open")

    def due(self, now: datetime, limit: int = 100) -> tuple[Deadline, ...]:
        """Open deadlines to look at now, earliest first, locked till the end of the (writing) transaction."""
        return self._many(DUE, {"now": now, "most": limit})

    def next_at(self) -> datetime | None:
        """The moment the clock must look next; None: nothing is awaited."""
        moment: datetime | None = self.run(NEXT).scalar()
        return moment

    def of(self, case_id: int) -> tuple[Deadline, ...]:
        """All deadlines of a case, done ones too, in the order they were set."""
        if case_id not in self._of_case:
            self._of_case[case_id] = self._many(_OF, {"case": case_id})
        return self._of_case[case_id]

    def waiting_for(self, kind: DeadlineKind) -> tuple[int, ...]:
        """The ids of the cases with an open deadline of this kind, in the order they were set."""
        return tuple(row.case_id for row in self.run(OF_KIND, {"kind": kind}))

    def due_between(self, since: datetime, until: datetime) -> tuple[Deadline, ...]:
        """All deadlines, done ones too, that were due from `since` on and before `until`, by their due time."""
        return self._many(_DUE_BETWEEN, {"since": since, "until": until})

    def open(self) -> tuple[Deadline, ...]:
        """All open deadlines, by their due time."""
        return self._many(_ALL_OPEN, {})

    def _many(self, statement: Any, values: dict[str, Any]) -> tuple[Deadline, ...]:
        return tuple(_deadline(row) for row in self.run(statement, values))


def _values(deadline: Deadline) -> dict[str, Any]:
    return {name: getattr(deadline, name) for name in _NAMES if name != "id"}


def _deadline(row: Row) -> Deadline:
    return Deadline(**{name: getattr(row, name) for name in _NAMES})
