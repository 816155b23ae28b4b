"""Matters of a case and its ratings (R31, R32, R37, R39). Nothing is deleted: settled ones and older ratings stay."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    func,
    insert,
    select,
    text,
    update,
)

from bot.errors import StaleCase
from bot.rules.matters.matter import Issue, Matter, MatterKind, Rating
from bot.store.base import Repository, Row, insert_if_absent
from bot.store.columns import BIG, metadata
from bot.store.types import CleanText, UtcDateTime, Word

matters = Table(
    "matters",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("case_id", BIG, ForeignKey("cases.id"), nullable=False),
    Column("kind", Word(MatterKind), nullable=False),
    Column("number", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("issue", Word(Issue)),
    Column("text", CleanText, nullable=False),
    Column("impact", CleanText, nullable=False),
    Column("response", CleanText, nullable=False),
    Column("raised_by", CleanText, nullable=False),
    Column("raised_at", UtcDateTime(), nullable=False),
    Column("mail", CleanText, nullable=False),  # Message-ID of the mail that raised it
    Column("cause", Text, nullable=False),  # the missed deadline that raised it, "" by mail
    Column("level", Integer, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("owners", JSON, nullable=False),  # addresses asked now
    Column("asked", JSON, nullable=False),  # every address asked so far, in order
    Column("next_at", UtcDateTime()),
    Column("answered_by", CleanText, nullable=False),
    Column("answer", CleanText, nullable=False),
    Column("settled_by", CleanText, nullable=False),
    Column("settled_at", UtcDateTime()),
    Column("outcome", CleanText, nullable=False),
    UniqueConstraint("case_id", "kind", "number"),
)
_OPEN = text("settled_at IS NULL")
Index("ix_matters_due", matters.c.next_at, sqlite_where=_OPEN, postgresql_where=_OPEN)

ratings = Table(
    "ratings",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("case_id", BIG, ForeignKey("cases.id"), nullable=False),
    Column("stars", Integer, nullable=False),
    Column("comment", CleanText, nullable=False),
    Column("by", CleanText, nullable=False),
    Column("at", UtcDateTime(), nullable=False),
    Column("mail", CleanText, nullable=False),
    Index(None, "case_id"),
)

_NAMES = tuple(field.name for field in fields(Matter))
_KEPT = tuple(name for name in _NAMES if name not in {"id", "case_id", "kind", "number", "version"})
_ADD = insert_if_absent(matters, "case_id", "kind", "number")
_SAVE = (
    update(matters)
    .where(matters.c.id == bindparam("matter"), matters.c.version == bindparam("expected"))
    .values({name: bindparam(name) for name in _KEPT} | {"version": matters.c.version + 1})
)
_ALL = select(matters).order_by(matters.c.id)
_OF = _ALL.where(matters.c.case_id == bindparam("case"))
_ALL_OPEN = _ALL.where(matters.c.settled_at.is_(None))
# PostgreSQL passes over what another process works on; SQLite has one writer anyway.
_DUE = (
    select(matters)
    .where(_OPEN, matters.c.next_at <= bindparam("now"))
    .order_by(matters.c.next_at, matters.c.id)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True)
)
_RATE = insert(ratings)
_RATINGS_OF = select(ratings).where(ratings.c.case_id == bindparam("case")).order_by(ratings.c.id.desc())
_NEWEST = select(func.max(ratings.c.id)).group_by(ratings.c.case_id)
_RATINGS = (
    select(ratings)
    .where(
        ratings.c.id.in_(_NEWEST.scalar_subquery()),
        ratings.c.at >= bindparam("since", type_=UtcDateTime()),
        ratings.c.at < bindparam("until", type_=UtcDateTime()),
    )
    .order_by(ratings.c.at, ratings.c.id)
)


class Matters(Repository):
    """What is raised beside the stages; numbered by case and kind, changed by compare-and-swap."""

    __slots__ = ("_of_case",)

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._of_case: dict[int, tuple[Matter, ...]] = {}  # asked several times for one mail

    def save(self, case_id: int, changed: Iterable[Matter]) -> None:
        """Write new and changed matters of the case; StaleCase when another worker was quicker."""
        for matter in changed:
            self._of_case.clear()
            values = {name: getattr(matter, name) for name in _KEPT}
            values |= {"owners": list(matter.owners), "asked": list(matter.asked)}
            if matter.id:
                done = self.changed(_SAVE, values | {"matter": matter.id, "expected": matter.version})
            else:
                key = {"case_id": case_id, "kind": matter.kind, "number": matter.number, "version": 1}
                done = self.changed(_ADD, values | key)
            if not done:
                raise StaleCase(f"case {case_id}, {matter.name}: changed by another worker; read it again")

    def of(self, case_id: int) -> tuple[Matter, ...]:
        """All matters of a case, settled ones too, in the order they were raised."""
        if case_id not in self._of_case:
            self._of_case[case_id] = tuple(map(_matter, self.run(_OF, {"case": case_id})))
        return self._of_case[case_id]

    def open(self) -> tuple[Matter, ...]:
        """All that are not settled."""
        return tuple(map(_matter, self.run(_ALL_OPEN)))

    def due(self, now: datetime, limit: int = 100) -> tuple[Matter, ...]:
        """Those whose answer is overdue, longest first, locked till the end of the (writing) transaction."""
        return tuple(map(_matter, self.run(_DUE, {"now": now, "most": limit})))


class Ratings(Repository):
    """Ratings in the order they were given; the newest of a case counts, the others stay on record."""

    __slots__ = ()

    def add(self, case_id: int, rating: Rating) -> None:
        """Note a rating; it replaces an earlier one of the case."""
        names = ("stars", "comment", "by", "at", "mail")
        self.run(_RATE, {name: getattr(rating, name) for name in names} | {"case_id": case_id})

    def current(self, case_id: int) -> Rating | None:
        """The rating of the case that counts, or None."""
        row = self.run(_RATINGS_OF, {"case": case_id}).first()
        return None if row is None else _rating(row)

    def given(self, since: datetime, until: datetime) -> tuple[Rating, ...]:
        """The ratings that count and were given from `since` on and before `until`, oldest first (R39)."""
        return tuple(map(_rating, self.run(_RATINGS, {"since": since, "until": until})))


def _matter(row: Row) -> Matter:
    values: dict[str, Any] = {name: getattr(row, name) for name in _NAMES}
    return Matter(**values | {"owners": tuple(row.owners), "asked": tuple(row.asked)})


def _rating(row: Row) -> Rating:
    return Rating(row.stars, row.by, row.at, row.comment, row.mail, row.case_id)
