"""The milestones written for a case by mail (R35); one row a name, nothing deleted."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    UniqueConstraint,
    bindparam,
    select,
    text,
)

from bot.rules.plans.plan import Milestone
from bot.store.base import Repository, Row, insert_or_update
from bot.store.columns import BIG, metadata
from bot.store.types import CleanText

milestones = Table(
    "milestones",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("case_id", BIG, ForeignKey("cases.id"), nullable=False),
    Column("name", CleanText, nullable=False),
    Column("planned", Date, nullable=False),
    Column("first", Date, nullable=False),  # as first planned
    Column("who", CleanText, nullable=False),
    Column("buffer", Integer, nullable=False),  # working days
    Column("actual", Date),
    Column("pushed", Integer, nullable=False),  # working days by which it moved what comes after
    Column("told", Boolean, nullable=False),
    Column("dropped", Boolean, nullable=False),
    Column("late_on", Date),  # the day on which it must be told as late
    UniqueConstraint("case_id", "name"),
)
_WATCHED = text("late_on IS NOT NULL")
Index("ix_milestones_late", milestones.c.late_on, sqlite_where=_WATCHED, postgresql_where=_WATCHED)

_NAMES = tuple(field.name for field in fields(Milestone))
_KEPT = tuple(name for name in _NAMES if name not in {"id", "case_id", "name"})
_SAVE = insert_or_update(milestones, ["case_id", "name"], _KEPT)
_OF = (
    select(milestones).where(milestones.c.case_id == bindparam("case")).order_by(milestones.c.planned, milestones.c.id)
)
# PostgreSQL passes over what another process works on; SQLite has one writer anyway.
LATE = (
    select(milestones)
    .where(_WATCHED, milestones.c.late_on <= bindparam("day"))
    .order_by(milestones.c.late_on, milestones.c.id)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True)
)


class Milestones(Repository):
    """Milestones by case."""

    __slots__ = ()

    def save(self, case_id: int, changed: Iterable[Milestone]) -> None:
        """Write them; one that is known by its name is replaced."""
        for milestone in changed:
            values = {name: getattr(milestone, name) for name in _NAMES if name != "id"}
            self.run(_SAVE, values | {"case_id": case_id})

    def of(self, case_id: int) -> tuple[Milestone, ...]:
        """The milestones of a case, dropped ones too, by their planned day."""
        return tuple(map(_milestone, self.run(_OF, {"case": case_id})))

    def late(self, day: date, limit: int = 1) -> tuple[Milestone, ...]:
        """Those to be told as late on `day`, the longest waiting first, locked till the transaction ends."""
        return tuple(map(_milestone, self.run(LATE, {"day": day, "most": limit})))


def _milestone(row: Row) -> Milestone:
    return Milestone(**{name: getattr(row, name) for name in _NAMES})
