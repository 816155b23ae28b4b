"""Hours are kept a case, engineer and day; the newest word stands, older ones stay (R27, R49)."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

from sqlalchemy import create_engine, text

from bot.rules.case import Case
from bot.rules.reports.work import WorkRecord, WorkSource
from bot.store import Store
from bot.store.engine import parse_url
from tests.store.examples import HOUR, NOW

FIRST = WorkRecord(
    "li@demo.cn", date(2026, 9, 21), Decimal("7.5"), WorkSource.SAID, time(9), time(17, 30), "安装 CITRIX", "m1@demo.cn"
)
SECOND = replace(FIRST, day=date(2026, 9, 22), hours=Decimal(4), start=None, end=None)


def test_R27_what_is_put_comes_back(store: Store, case: Case) -> None:
    with store.transaction() as tx:
        tx.work.put(case.id, (SECOND, FIRST), NOW)
    with store.reading() as tx:
        found = tx.work.of(case.id)
        assert tx.work.between(SECOND.day, SECOND.day) == found[1:]
        assert tx.work.unreported(FIRST.day) == found[:1]
    assert [replace(r, id=0, set_at=None) for r in found] == [
        replace(FIRST, case_id=case.id), replace(SECOND, case_id=case.id),
    ]  # fmt: skip


def test_R49_a_newer_word_replaces_and_nothing_is_deleted(store: Store, case: Case, url: str) -> None:
    with store.transaction() as tx:
        tx.work.put(case.id, (FIRST, SECOND), NOW)
    with store.transaction() as tx:
        tx.work.put(case.id, (FIRST, replace(SECOND, hours=Decimal(3))), NOW + HOUR)
        tx.work.put(case.id, (FIRST,), NOW + 2 * HOUR)
    with store.reading() as tx:
        assert [(r.hours, r.set_at) for r in tx.work.of(case.id)] == [(Decimal("7.5"), NOW)]
    engine = create_engine(parse_url(url))
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT hours FROM work_records ORDER BY id")).scalars().all()
    engine.dispose()
    assert kept == ["7.5", "4", "3"]
