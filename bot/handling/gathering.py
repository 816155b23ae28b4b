"""From the database to the reports of a week: those sent as they were sent, the rest as they would be now (R28)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from bot.handling.report_mail import signed_rows
from bot.rules.case import Case
from bot.rules.policy import Policy
from bot.rules.reports.report import Sheet
from bot.rules.reports.report_making import Material, make_sheet
from bot.rules.reports.work import WorkRecord
from bot.rules.times.weeks import Week, week_of
from bot.rules.words import Stage
from bot.store.store import Tx

CARRIED = timedelta(days=28)
"""How old work may be that a report still lists late."""


def gather_records(tx: Tx, week: Week) -> dict[str, tuple[WorkRecord, ...]]:
    """Work up to the end of `week` that no report lists yet, by engineer; what came in late is carried over."""
    found: dict[str, list[WorkRecord]] = defaultdict(list)
    for record in tx.work.unreported(week.last):
        if record.day >= week.first - CARRIED:
            found[record.engineer].append(record)
    return {engineer: tuple(records) for engineer, records in sorted(found.items())}


def gather_material(tx: Tx, records: Iterable[WorkRecord]) -> Material:
    """Everything that reports listing `records` are made of."""
    wanted = {r.case_id for r in records}
    running = [c for stage in (Stage.APPROVED, Stage.ON_SITE) for c in tx.cases.list(stage)]
    cases: dict[int, Case] = {c.id: c for c in running}
    cases |= {case_id: tx.cases.get(case_id) for case_id in wanted - cases.keys()}
    whole = {case_id: tx.work.of(case_id) for case_id in cases}
    signed = {n: days for records in whole.values() for n, (days, _) in signed_rows(tx, records).items()}
    return Material(cases, whole, tx.deadlines.open(), _problems(tx), signed)


def _problems(tx: Tx) -> dict[int, tuple[str, ...]]:
    """What is raised on cases and not settled: escalations, disputes, problems, risks (R31, R32, R37)."""
    found: dict[int, list[str]] = defaultdict(list)
    for matter in tx.matters.open():
        found[matter.case_id].append(f"{matter.name}：{matter.text}")
    return {case_id: tuple(lines) for case_id, lines in found.items()}


def gather_sheets(tx: Tx, policy: Policy, week: Week, now: datetime, engineer: str = "") -> tuple[Sheet, ...]:
    """The week's reports, of everybody or of one engineer (an address): what was sent, and drafts of the rest.

    A draft of a week gone by lists that week's days alone; that of the week under way also what is carried over.
    """
    sent = {report.engineer: report.sheet for report in tx.reports.of_week(str(week))}
    today = policy.hours.local(now).date()
    records = gather_records(tx, week) if week >= week_of(today) else _of_week(tx, week)
    drafts = {who: mine for who, mine in records.items() if who not in sent}
    material = gather_material(tx, [r for mine in drafts.values() for r in mine])
    planned = {e for case in material.cases.values() for e in case.engineers} if week >= week_of(today) else set()
    sheets = dict(sent)
    for who in sorted({*drafts, *planned, *((engineer,) if engineer else ())} - sent.keys()):
        sheets[who] = make_sheet(policy, week, who, drafts.get(who, ()), material, _made_on(week, today))
    chosen = [sheet for who, sheet in sheets.items() if not engineer or who == engineer]
    return tuple(sorted(chosen, key=lambda s: (s.ref or "~", s.name)))


def _of_week(tx: Tx, week: Week) -> dict[str, tuple[WorkRecord, ...]]:
    found: dict[str, list[WorkRecord]] = defaultdict(list)
    for record in tx.work.between(week.first, week.last):
        if not record.report_id:
            found[record.engineer].append(record)
    return {engineer: tuple(records) for engineer, records in found.items()}


def _made_on(week: Week, today: date) -> date:
    return min(today, week.last)
