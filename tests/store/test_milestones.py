"""Milestones in the database (R35)."""

from dataclasses import replace
from datetime import date

from bot.rules.plans.plan import Milestone
from bot.store import Store
from tests.store.examples import a_case

DAY = date(2026, 9, 25)
FIRST = Milestone("环境准备", DAY, DAY, "li@x.cn", 1, late_on=date(2026, 9, 29))


def test_R35_one_row_a_name_changed_not_doubled(store: Store) -> None:
    with store.transaction() as tx:
        case, other = tx.cases.create(a_case()), tx.cases.create(a_case())
        tx.milestones.save(case.id, (FIRST, replace(FIRST, name="割接", planned=date(2026, 9, 24))))
        tx.milestones.save(other.id, (FIRST,))
        tx.milestones.save(case.id, (replace(FIRST, actual=DAY, late_on=None, pushed=2, told=True),))
        cut, env = tx.milestones.of(case.id)
        assert (cut.name, cut.case_id) == ("割接", case.id)
        assert (env.actual, env.late_on, env.pushed, env.told, env.first) == (DAY, None, 2, True, DAY)
        assert [m.actual for m in tx.milestones.of(other.id)] == [None]


def test_R35_the_clock_finds_what_is_late(store: Store) -> None:
    with store.transaction() as tx:
        case = tx.cases.create(a_case())
        second = replace(FIRST, name="割接", late_on=date(2026, 9, 28))
        tx.milestones.save(case.id, (FIRST, second, replace(FIRST, name="x", late_on=None)))
        assert [m.name for m in tx.milestones.late(date(2026, 9, 27), 9)] == []
        assert [m.name for m in tx.milestones.late(date(2026, 9, 28), 9)] == ["割接"]
        assert [m.name for m in tx.milestones.late(date(2026, 10, 8), 9)] == ["割接", "环境准备"]
