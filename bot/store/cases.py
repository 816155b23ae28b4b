"""Cases: stored whole, changed by compare-and-swap, found by reference, thread or subject."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple, get_args, get_type_hints
from uuid import uuid4
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError
from sqlalchemy import Connection, bindparam, insert, select, update

from bot.errors import StaleCase, StoreError
from bot.rules.case import Case, HistoryEntry
from bot.rules.table import ENDED
from bot.rules.threading import case_text
from bot.rules.threading import subject_key as rules_key
from bot.rules.words import Stage
from bot.store.base import Repository, Row, insert_if_absent
from bot.store.case_tables import cases, thread_ids
from bot.store.customers import Customers
from bot.store.history import Head, History, chain
from bot.store.types import WrittenJson, bounded, to_json

SHANGHAI = ZoneInfo("Asia/Shanghai")

# Every field that is no column goes into `details`, so a new field with a default needs no migration.
_COLUMNS = {"id", "ref", "version", "stage", "round"}
_CODEC = TypeAdapter(Case)
_MOMENTS = tuple(name for name, kind in get_type_hints(Case).items() if datetime in (kind, *get_args(kind)))
_READ = ("id", "ref", "version", "stage", "round", "details", "subject_key", "history_count", "history_head")
_ROW = tuple(cases.c[name] for name in _READ)
_DETAILS = {"details": bindparam("details", type_=WrittenJson())}

_CREATE = insert(cases).values(_DETAILS).returning(cases.c.id)
_HEAD_MOVED: dict[str, Any] = {"history_count": bindparam("new_count"), "history_head": bindparam("new_head")}
_NAME = update(cases).where(cases.c.id == bindparam("case")).values(_HEAD_MOVED | {"ref": bindparam("new_ref")})
_GET = select(*_ROW).where(cases.c.id == bindparam("id"))
_ROUND = select(cases.c.round).where(cases.c.id == bindparam("id"))
_BY_REF = select(*_ROW).where(cases.c.ref == bindparam("ref"))
_ALL = select(*_ROW).order_by(cases.c.id)
_IN_STAGE = _ALL.where(cases.c.stage == bindparam("stage"))
_BY_SUBJECT = _ALL.where(cases.c.subject_key == bindparam("key"))
_OPEN_BY_SUBJECT = _BY_SUBJECT.where(cases.c.stage.in_([stage for stage in Stage if stage not in ENDED]))
_SAVE_IN_PLACE = (
    update(cases)
    .where(cases.c.id == bindparam("case"), cases.c.version == bindparam("expected"))
    .values({n: bindparam(n) for n in ("round", "active_at")} | _DETAILS | {"version": cases.c.version + 1})
)
# SQLite writes an index anew for each column that is named here, changed or not.
_SAVE_MOVED = _SAVE_IN_PLACE.values({n: bindparam(n) for n in ("stage", "subject_key")})
# Lines are also added where no case is saved: then the version stands still, and the count alone tells.
_AT_HEAD = cases.c.history_count == bindparam("count")
_SAVES = {
    (moved, told): save.where(_AT_HEAD).values(_HEAD_MOVED) if told else save
    for moved, save in ((False, _SAVE_IN_PLACE), (True, _SAVE_MOVED))
    for told in (False, True)
}
_REMEMBER = insert_if_absent(thread_ids, "message_id", "case_id")
_BY_IDS = select(thread_ids.c.message_id, thread_ids.c.case_id).where(
    thread_ids.c.message_id.in_(bindparam("ids", expanding=True))
)
_CASES_BY_IDS = select(*_ROW).where(
    cases.c.id.in_(select(thread_ids.c.case_id).where(thread_ids.c.message_id.in_(bindparam("ids", expanding=True))))
)
_MOST_IDS = 500  # in one statement


def subject_key(subject: str) -> str:
    """What two writings of one subject share: letters and digits, whatever dashes, blanks, width and case."""
    return bounded(rules_key(subject))


class _Found(NamedTuple):
    """What stands in the columns of a case beside its value, as last read or written here."""

    version: int
    stage: Stage
    subject_key: str
    head: Head


class Cases(Repository):
    """The cases, each written together with what its record says of it, and the Message-IDs that lead to them."""

    __slots__ = ("_found", "_history", "_rounds")

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._history = History(connection)
        self._found: dict[int, _Found] = {}
        self._rounds: dict[int, int] = {}  # of the cases written here: nobody else can change them meanwhile

    def create(self, case: Case, *record: HistoryEntry) -> Case:
        """Store a new case with the first lines of its record; its customer is learnt.

        It comes back with its id, its ref (ZC2026-0001) and version 1.
        """
        values = _values(case) | {"active_at": case.received_at, "version": 1, "ref": f"new-{uuid4().hex}"}
        case_id = int(self.run(_CREATE, values | {"history_count": 0, "history_head": ""}).scalar_one())
        ref = f"ZC{case.counted_from.astimezone(SHANGHAI).year}-{case_id:04d}"
        lines, head = chain(case_id, Head(), record)
        self.run(_NAME, {"case": case_id, "new_ref": ref, "new_count": head.length, "new_head": head.digest})
        self._history.write(lines)
        Customers(self._connection).learn(case.customer)
        self._found[case_id] = _Found(1, case.stage, values["subject_key"], head)
        self._rounds[case_id] = case.round
        return replace(case, id=case_id, ref=ref, version=1)

    def get(self, case_id: int) -> Case:
        """The case with this id; StoreError when there is none."""
        row = self.run(_GET, {"id": case_id}).first()
        if row is None:
            raise StoreError(f"case {case_id} is not in the database")
        return self._case(row)

    def round_of(self, case_id: int) -> int:
        """Which question the case is at; StoreError when there is none such."""
        if case_id in self._rounds:
            return self._rounds[case_id]
        found: int | None = self.run(_ROUND, {"id": case_id}).scalar()
        if found is None:
            raise StoreError(f"case {case_id} is not in the database")
        return found

    def by_ref(self, ref: str) -> Case | None:
        """The case with this reference, or None."""
        row = self.run(_BY_REF, {"ref": ref}).first()
        return None if row is None else self._case(row)

    def save(self, case: Case, now: datetime, *record: HistoryEntry) -> Case:
        """Write `case` back, add these lines to its record, and count its version up.

        StaleCase when another worker was quicker.
        """
        found = self._found.get(case.id)
        known = found if found and found.version == case.version else None
        head = known.head if known else self._history.head_of(case.id) if record else None
        if not self._write(case, now, known, head or Head(), record):
            again = self._history.head_of(case.id) if record else None  # lines may have come beside the case
            if again is None or not self._write(case, now, known, again, record):
                raise StaleCase(f"{case.ref}: changed by another worker since version {case.version}; read it again")
        self._rounds[case.id] = case.round
        return replace(case, version=case.version + 1)

    def _write(
        self, case: Case, now: datetime, known: _Found | None, head: Head, record: Sequence[HistoryEntry]
    ) -> bool:
        """Whether the case was still at its version, and its record at `head`."""
        values = _values(case) | {"case": case.id, "expected": case.version, "active_at": now}
        key = values["subject_key"]
        moved = known is None or (known.stage, known.subject_key) != (case.stage, key)
        if not moved:
            del values["stage"], values["subject_key"]
        lines, grown = chain(case.id, head, record)
        if lines:
            values |= {"count": head.length, "new_count": grown.length, "new_head": grown.digest}
        self._found.pop(case.id, None)
        if not self.changed(_SAVES[moved, bool(lines)], values):
            return False
        self._history.write(lines)
        if lines or known:
            self._found[case.id] = _Found(case.version + 1, case.stage, key, grown)
        return True

    def list(self, stage: Stage | None = None) -> tuple[Case, ...]:
        """All cases, or those at `stage`, oldest first."""
        return self._many(_ALL, {}) if stage is None else self._many(_IN_STAGE, {"stage": stage})

    def open_by_subject(self, subject: str) -> tuple[Case, ...]:
        """Cases still running (not declined, withdrawn or settled) with this `thread_text`, oldest first."""
        return self._many(_OPEN_BY_SUBJECT, {"key": subject_key(subject)})

    def remember_ids(self, case_id: int, message_ids: Iterable[str]) -> None:
        """From now on these Message-IDs (without <>) lead to the case."""
        rows = [{"message_id": bounded(i), "case_id": case_id} for i in dict.fromkeys(message_ids) if i]
        if rows:
            self.run(_REMEMBER, rows)

    def find_by_ids(self, message_ids: Iterable[str]) -> tuple[int, ...]:
        """The ids of the cases these Message-IDs lead to, each once, in the order of `message_ids`."""
        wanted = [bounded(i) for i in dict.fromkeys(message_ids) if i]
        rows = [row for part in _parts(wanted) for row in self.run(_BY_IDS, {"ids": part})]
        place = {message_id: n for n, message_id in enumerate(wanted)}
        return tuple(dict.fromkeys(row.case_id for row in sorted(rows, key=lambda r: (place[r.message_id], r.case_id))))

    def by_ids(self, message_ids: Iterable[str]) -> tuple[Case, ...]:
        """The cases these Message-IDs lead to, in the order of `find_by_ids`."""
        wanted = [bounded(i) for i in dict.fromkeys(message_ids) if i]
        if not wanted or len(wanted) > _MOST_IDS:
            return tuple(map(self.get, self.find_by_ids(wanted)))
        found = self._many(_CASES_BY_IDS, {"ids": wanted})
        if len(found) > 1:
            order = self.find_by_ids(wanted)
            found = tuple(sorted(found, key=lambda case: order.index(case.id)))
        return found

    def _many(self, statement: Any, values: dict[str, Any]) -> tuple[Case, ...]:
        return tuple(self._case(row) for row in self.run(statement, values))

    def _case(self, row: Row) -> Case:
        head = Head(row.history_count, row.history_head)
        self._found[row.id] = _Found(row.version, row.stage, row.subject_key, head)
        columns = {"id": row.id, "ref": row.ref, "version": row.version, "stage": row.stage, "round": row.round}
        return _CODEC.validate_python(row.details | columns)


def _parts(ids: list[str]) -> Iterable[list[str]]:
    """`ids` in parts, for a statement takes only so many values."""
    return [ids[start : start + _MOST_IDS] for start in range(0, len(ids), _MOST_IDS)]


def _values(case: Case) -> dict[str, Any]:
    for name in _MOMENTS:
        value = getattr(case, name)
        if value is not None and value.utcoffset() is None:
            raise ValueError(f"Case.{name}: {value.isoformat()} has no offset: only aware times are stored")
    return {
        "stage": case.stage,
        "round": case.round,
        "subject_key": subject_key(case_text(case)),
        "details": _written(case),
    }


def _written(case: Case) -> str:
    try:
        return _CODEC.dump_json(case, exclude=_COLUMNS).decode()
    except PydanticSerializationError:  # half a character (a lone surrogate): replaced
        return to_json(_CODEC.dump_python(case, mode="json", exclude=_COLUMNS))
