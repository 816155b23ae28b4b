"""One weekly report a week and engineer for ever; its editions, record, secrets and thread (R28, R49)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.errors import StaleCase
from bot.rules.case import Case
from bot.rules.reports.report import Report, ReportEvent, ReportState
from bot.rules.reports.work import WorkRecord, WorkSource
from bot.store import Store
from bot.store.secrets import SecretVerdict as V
from tests.papers.sheets import SHEET
from tests.store.examples import HOUR, NOW

DIRECTOR = "chen@demo.cn"
REPORT = Report(
    id=0, ref=SHEET.ref, week=SHEET.week, engineer="li@demo.cn", version=1, round=1, state=ReportState.OPEN,
    sheet=SHEET, account="", made_at=NOW, due_at=NOW + timedelta(days=1), next_at=NOW + HOUR, step=0, why="周报……",
)  # fmt: skip


def stored(store: Store, report: Report = REPORT) -> Report:
    with store.transaction() as tx:
        made = tx.reports.create(report)
    assert made is not None
    return made


def test_R28_a_report_is_made_once_and_comes_back_whole(store: Store) -> None:
    made = stored(store)
    assert replace(made, id=0) == REPORT
    with store.transaction() as tx:
        assert tx.reports.create(replace(REPORT, ref="ZB2026-W38-02")) is None
        assert tx.reports.of_week("2026-W38") == (made,)
        assert tx.reports.by_ref(SHEET.ref) == tx.reports.get(made.id) == made
        assert tx.reports.of_engineer("2026-W38", "wang@demo.cn") is None


def test_R28_it_falls_due_until_it_is_signed(store: Store) -> None:
    made = stored(store)
    with store.transaction() as tx:
        assert (tx.reports.due(NOW), tx.reports.due(NOW + HOUR), tx.reports.next_at()) == ((), (made,), NOW + HOUR)
        tx.reports.save(replace(made, state=ReportState.SIGNED, signed_by=DIRECTOR, signed_at=NOW))
        assert (tx.reports.due(NOW + HOUR), tx.reports.open(), tx.reports.next_at()) == ((), (), None)
        with pytest.raises(StaleCase, match=SHEET.ref):
            tx.reports.save(made)


def test_R27_changed_work_makes_the_unsigned_report_due_at_once(store: Store, case: Case) -> None:
    made = stored(store)
    record = WorkRecord("li@demo.cn", date(2026, 9, 14), Decimal(8), WorkSource.SAID)
    with store.transaction() as tx:
        tx.work.put(case.id, (record,), NOW)
        tx.work.set_report(tx.work.of(case.id), made.id)
        tx.reports.mark_stale(case.id, NOW)
        assert tx.reports.next_at() == NOW
        assert [r.hours for r in tx.work.in_report(made.id)] == [Decimal(8)]
        assert tx.work.unreported(record.day) == ()
        changed = replace(tx.work.of(case.id)[0], hours=Decimal(6))
        tx.work.put(case.id, (changed,), NOW + HOUR)
        assert [(r.hours, r.report_id) for r in tx.work.in_report(made.id)] == [(Decimal(6), made.id)]


def test_R49_its_record_is_kept_in_order(store: Store) -> None:
    made = stored(store)
    events = [ReportEvent(NOW + n * HOUR, DIRECTOR, f"e{n}", "为什么", f"m{n}@demo.cn") for n in range(3)]
    with store.transaction() as tx:
        for event in events:
            tx.reports.tell(made.id, event)
    with store.reading() as tx:
        assert tx.reports.events(made.id) == tuple(events)


def test_R28_mails_lead_to_the_edition_they_belong_to(store: Store) -> None:
    made = stored(store)
    with store.transaction() as tx:
        tx.reports.remember_ids(made.id, 1, ["a@x", "b@x", "a@x"])
        tx.reports.remember_ids(made.id, 2, ["c@x"])
        assert tx.reports.find_by_ids(["z@x", "a@x"]) == ((made.id, 1),)
        assert tx.reports.find_by_ids(["c@x", "a@x"]) == ((made.id, 2),)
        assert tx.reports.find_by_ids([]) == ()


def test_design2_a_reports_secret_is_one_persons_for_one_edition_once(store: Store, case: Case) -> None:
    made = stored(store)
    with store.transaction() as tx:
        secret = tx.report_secrets.issue(made.id, DIRECTOR, made.round, NOW)
        check = tx.report_secrets.check
        assert check(made.ref, secret, DIRECTOR) is V.VALID
        assert check(made.ref, secret, "li@demo.cn") is V.OTHER_PERSON
        assert check("ZB2026-W39-01", secret, DIRECTOR) is V.OTHER_CASE
        assert tx.secrets.check(case.ref, secret, DIRECTOR) is V.UNKNOWN, "worth nothing for a case"
        tx.reports.save(replace(made, round=2))
        assert check(made.ref, secret, DIRECTOR) is V.OLD_ROUND
        tx.report_secrets.use(secret, NOW)
        assert check(made.ref, secret, DIRECTOR) is V.USED
        tx.report_secrets.burn_leaked(secret)
        assert check(made.ref, secret, DIRECTOR) is V.BURNT
