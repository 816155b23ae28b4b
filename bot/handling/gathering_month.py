"""From the database to the figures of a month (R36, R39)."""

from datetime import date, datetime, timedelta

from bot.handling.gathering import gather_material
from bot.rules.case import Deadline, HistoryEntry
from bot.rules.matters.rating import Rated
from bot.rules.policy import Policy
from bot.rules.reports.month import Monthly, MonthMaterial, month_span
from bot.rules.reports.monthly import make_monthly
from bot.rules.reports.report import ReportRow
from bot.rules.reports.report_making import make_sheet
from bot.rules.reports.work import WorkRecord
from bot.rules.times.weeks import week_of
from bot.store.store import Tx


def gather_monthly(tx: Tx, policy: Policy, month: date, now: datetime) -> Monthly:
    """The month that holds `month`, as at `now`."""
    first, last = month_span(month)
    since = datetime.combine(first, datetime.min.time(), policy.hours.zone)
    until = datetime.combine(last + timedelta(days=1), datetime.min.time(), policy.hours.zone)
    deadlines = tx.deadlines.due_between(since, until)
    records = tx.work.between(first, last)
    ratings = tx.ratings.given(since, until)
    active = tx.history.active_between(since, until)
    wanted = {*active, *(d.case_id for d in deadlines), *(r.case_id for r in records), *(r.case_id for r in ratings)}
    cases = {case_id: tx.cases.get(case_id) for case_id in sorted(wanted)}
    history = {case_id: tx.history.of(case_id) for case_id in cases}
    material = MonthMaterial(
        cases=cases,
        deadlines=deadlines,
        history=history,
        received=_received(tx, deadlines, history),
        rows=_rows(tx, policy, records, last),
        rated=tuple(Rated(cases[r.case_id], r) for r in ratings),
    )
    return make_monthly(policy, month, material, now)


def _received(
    tx: Tx, deadlines: tuple[Deadline, ...], history: dict[int, tuple[HistoryEntry, ...]]
) -> dict[str, datetime]:
    """When the mails came that ended these deadlines."""
    found: dict[str, datetime] = {}
    for deadline in deadlines:
        for entry in history[deadline.case_id]:
            ended = bool(entry.mail) and entry.at == deadline.done_at
            if ended and entry.mail not in found and (row := tx.mails.by_message_id(entry.mail)):
                found[entry.mail] = row.received_at
    return found


def _rows(tx: Tx, policy: Policy, records: tuple[WorkRecord, ...], last: date) -> tuple[tuple[str, ReportRow], ...]:
    """The month's work as reports list it: signed lines as they were signed, the others as they would be counted."""
    signed: dict[tuple[str, int, date], ReportRow] = {}
    for report_id in {r.report_id for r in records if r.report_id}:
        report = tx.reports.get(report_id)
        if report:
            signed |= {(report.engineer, row.case_id, row.day): row for row in report.sheet.rows}
    material = gather_material(tx, records)
    found: list[tuple[str, ReportRow]] = []
    for engineer in sorted({r.engineer for r in records}):
        mine = [r for r in records if r.engineer == engineer]
        sheet = make_sheet(policy, week_of(last), engineer, mine, material, last)
        found += [(engineer, signed.get((engineer, row.case_id, row.day), row)) for row in sheet.rows]
    return tuple(found)
