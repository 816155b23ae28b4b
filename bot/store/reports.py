"""The weekly reports sent to the director: one a week and engineer for ever (R28), with what became of each (R49)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Integer, bindparam, func, insert, select, update

from bot.errors import StaleCase
from bot.rules.reports.report import Report, ReportEvent, ReportState, Sheet
from bot.store.base import Repository, Row, insert_if_absent
from bot.store.report_tables import report_events, report_thread_ids, reports, work_records
from bot.store.types import bounded

_CODEC = TypeAdapter(Sheet)


_ADD = insert_if_absent(reports, "week", "engineer")
_BY_ID = select(reports).where(reports.c.id == bindparam("report"))
_BY_REF = select(reports).where(reports.c.ref == bindparam("wanted_ref"))
_OF_WEEK = select(reports).where(reports.c.week == bindparam("wanted_week")).order_by(reports.c.ref)
_ONE = _OF_WEEK.where(reports.c.engineer == bindparam("who"))
_OPEN = select(reports).where(reports.c.state == ReportState.OPEN).order_by(reports.c.due_at, reports.c.id)
_DUE = (
    _OPEN.where(reports.c.next_at <= bindparam("now"))
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True)
)
_NEXT = (
    select(reports.c.next_at)
    .where(reports.c.state == ReportState.OPEN, reports.c.next_at.is_not(None))
    .order_by(reports.c.next_at)
    .limit(1)
)
_CHANGED = ("made_at", "round", "state", "sheet", "next_at", "due_at", "why", "step", "signed_at", "signed_by")
_SAVE = (
    update(reports)
    .where(reports.c.id == bindparam("report"), reports.c.version == bindparam("expected"))
    .values(
        {
            n: bindparam(f"new_{n}")
            for n in ("round", "state", "sheet", "next_at", "due_at", "why", "step", "signed_at", "signed_by")
        }
        | {"version": reports.c.version + 1}
    )
)
_STALE = (
    update(reports)
    .where(
        reports.c.state == ReportState.OPEN,
        reports.c.id.in_(select(work_records.c.report_id).where(work_records.c.case_id == bindparam("case"))),
    )
    .values(next_at=bindparam("now"))
)
_TELL = insert(report_events)
_COUNT = select(func.count()).select_from(report_events).where(report_events.c.report_id == bindparam("report"))
_EVENTS = select(report_events).where(report_events.c.report_id == bindparam("report")).order_by(report_events.c.seq)
_REMEMBER = insert_if_absent(report_thread_ids, "message_id", "report_id")
_BY_IDS = (
    select(report_thread_ids.c.report_id, func.max(report_thread_ids.c.round).label("newest"))
    .where(report_thread_ids.c.message_id.in_(bindparam("ids", expanding=True)))
    .group_by(report_thread_ids.c.report_id)
)


class Reports(Repository):
    """Weekly reports, their events, and the Message-IDs that lead to them."""

    __slots__ = ()

    def create(self, report: Report) -> Report | None:
        """Store a new report; None when this week's of this engineer is there already."""
        values = {name: getattr(report, name) for name in _NAMES if name != "id"}
        values["sheet"] = _CODEC.dump_python(report.sheet, mode="json")
        return self.of_engineer(report.week, report.engineer) if self.changed(_ADD, values) else None

    def get(self, report_id: int) -> Report | None:
        """The report with this id."""
        return self._first(_BY_ID, {"report": report_id})

    def by_ref(self, ref: str) -> Report | None:
        """The report with this number (ZB2026-W38-01)."""
        return self._first(_BY_REF, {"wanted_ref": ref})

    def of_engineer(self, week: str, engineer: str) -> Report | None:
        """This engineer's report of this week."""
        return self._first(_ONE, {"wanted_week": week, "who": engineer})

    def of_week(self, week: str) -> tuple[Report, ...]:
        """All reports of a week, by number."""
        return self._many(_OF_WEEK, {"wanted_week": week})

    def open(self) -> tuple[Report, ...]:
        """All unsigned reports, by their due time."""
        return self._many(_OPEN, {})

    def due(self, now: datetime, limit: int = 100) -> tuple[Report, ...]:
        """Unsigned reports to look at now, locked till the end of the (writing) transaction."""
        return self._many(_DUE, {"now": now, "most": limit})

    def next_at(self) -> datetime | None:
        """The moment the clock must look next at an unsigned report; None: none waits for it."""
        moment: datetime | None = self.run(_NEXT).scalar()
        return moment

    def save(self, report: Report) -> None:
        """Write it back; StaleCase when another worker was quicker."""
        values = {
            "report": report.id,
            "expected": report.version,
            "new_round": report.round,
            "new_state": report.state,
            "new_sheet": _CODEC.dump_python(report.sheet, mode="json"),
            "new_made_at": report.made_at,
            "new_next_at": report.next_at,
            "new_due_at": report.due_at,
            "new_why": report.why,
            "new_step": report.step,
            "new_signed_at": report.signed_at,
            "new_signed_by": report.signed_by,
        }
        if not self.changed(_SAVE, values):
            raise StaleCase(f"{report.ref}: changed by another worker; read it again")

    def mark_stale(self, case_id: int, now: datetime) -> None:
        """Work or figure of the case changed: the clock looks at once at the unsigned reports that list it."""
        self.run(_STALE, {"case": case_id, "now": now})

    def tell(self, report_id: int, event: ReportEvent) -> None:
        """Put a line on the report's record."""
        seq = int(self.run(_COUNT, {"report": report_id}).scalar_one()) + 1
        values = {"report_id": report_id, "seq": seq, "at": event.at, "actor": event.actor}
        self.run(_TELL, values | {"event": event.event, "why": event.why, "mail": event.mail})

    def events(self, report_id: int) -> tuple[ReportEvent, ...]:
        """The report's record, oldest first."""
        return tuple(
            ReportEvent(r.at, r.actor, r.event, r.why, r.mail) for r in self.run(_EVENTS, {"report": report_id})
        )

    def remember_ids(self, report_id: int, edition: int, message_ids: Iterable[str]) -> None:
        """From now on these Message-IDs (without <>) lead to that edition of the report."""
        rows = [
            {"message_id": bounded(i), "report_id": report_id, "round": edition}
            for i in dict.fromkeys(message_ids)
            if i
        ]
        if rows:
            self.run(_REMEMBER, rows)

    def find_by_ids(self, message_ids: Iterable[str]) -> tuple[tuple[int, int], ...]:
        """The ids of the reports that these Message-IDs lead to, each with the newest edition among them."""
        wanted = [bounded(i) for i in dict.fromkeys(message_ids) if i][:200]
        return tuple((r.report_id, r.newest) for r in self.run(_BY_IDS, {"ids": wanted})) if wanted else ()

    def _first(self, statement: Any, values: Mapping[str, Any]) -> Report | None:
        return next(iter(self._many(statement, values)), None)

    def _many(self, statement: Any, values: Mapping[str, Any]) -> tuple[Report, ...]:
        return tuple(_report(row) for row in self.run(statement, values))


_NAMES = tuple(Report.__dataclass_fields__)


def _report(row: Row) -> Report:
    values = {name: getattr(row, name) for name in _NAMES}
    return Report(**values | {"sheet": _CODEC.validate_python(row.sheet)})
