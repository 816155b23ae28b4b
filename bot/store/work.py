"""Hours per case, engineer and day (R27): the newest word stands, older ones stay for the record (R49)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from bot.rules.reports.work import WorkRecord
from bot.store.base import Repository, Row
from bot.store.report_tables import STANDING, UNREPORTED, work_records

_INSERT = insert(work_records)
_REPLACE = update(work_records).where(work_records.c.id == bindparam("record")).values(replaced_at=bindparam("at"))
_ORDER = (work_records.c.day, work_records.c.case_id, work_records.c.engineer)
_OF = select(work_records).where(work_records.c.case_id == bindparam("case"), STANDING).order_by(*_ORDER)
_IN_REPORT = select(work_records).where(work_records.c.report_id == bindparam("report"), STANDING).order_by(*_ORDER)
_UNREPORTED = select(work_records).where(UNREPORTED, work_records.c.day <= bindparam("last")).order_by(*_ORDER)
_BETWEEN = (
    select(work_records)
    .where(work_records.c.day >= bindparam("first"), work_records.c.day <= bindparam("last"), STANDING)
    .order_by(*_ORDER)
)
_LIST = update(work_records).where(work_records.c.id == bindparam("record")).values(report_id=bindparam("report"))


class Works(Repository):
    """The records of work."""

    __slots__ = ()

    def put(self, case_id: int, records: Iterable[WorkRecord], now: datetime) -> None:
        """From now on exactly these stand for the case; what differs from before is replaced, nothing deleted."""
        wanted = {(r.engineer, r.day): r for r in records}
        for old in self.of(case_id):
            new = wanted.get((old.engineer, old.day))
            if new is not None and _words(new) == _words(old):
                del wanted[(old.engineer, old.day)]
            else:
                self.run(_REPLACE, {"record": old.id, "at": now})
        rows = [_words(r) | {"case_id": case_id, "set_at": now, "replaced_at": None} for r in wanted.values()]
        if rows:
            self.run(_INSERT, rows)

    def of(self, case_id: int) -> tuple[WorkRecord, ...]:
        """The records of a case, by day."""
        return self._many(_OF, {"case": case_id})

    def in_report(self, report_id: int) -> tuple[WorkRecord, ...]:
        """The records that a weekly report lists, as they stand now."""
        return self._many(_IN_REPORT, {"report": report_id})

    def unreported(self, last: date) -> tuple[WorkRecord, ...]:
        """Records up to `last` that no weekly report lists yet."""
        return self._many(_UNREPORTED, {"last": last})

    def between(self, first: date, last: date) -> tuple[WorkRecord, ...]:
        """Records of these days, both included."""
        return self._many(_BETWEEN, {"first": first, "last": last})

    def set_report(self, records: Iterable[WorkRecord], report_id: int) -> None:
        """These records are listed by that report from now on."""
        if rows := [{"record": record.id, "report": report_id} for record in records]:
            self.run(_LIST, rows)

    def _many(self, statement: Any, values: Mapping[str, Any]) -> tuple[WorkRecord, ...]:
        return tuple(_record(row) for row in self.run(statement, values))


def _words(record: WorkRecord) -> dict[str, Any]:
    """The columns that say what the record says."""
    return {
        "engineer": record.engineer,
        "day": record.day,
        "hours": record.hours,
        "starts": _clock(record.start),
        "ends": _clock(record.end),
        "content": record.content,
        "source": record.source,
        "mail": record.mail,
        "report_id": record.report_id or None,
    }


def _record(row: Row) -> WorkRecord:
    return WorkRecord(
        engineer=row.engineer,
        day=row.day,
        hours=row.hours,
        source=row.source,
        start=_time(row.starts),
        end=_time(row.ends),
        content=row.content,
        mail=row.mail,
        case_id=row.case_id,
        report_id=row.report_id or 0,
        id=row.id,
        set_at=row.set_at,
    )


def _clock(at: time | None) -> str:
    return f"{at:%H:%M}" if at else ""


def _time(written: str) -> time | None:
    return time.fromisoformat(written) if written else None
