"""Eight processes whose clocks strike at once on one PostgreSQL do what one alone does on SQLite, and do it once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Barrier

import pytest

from bot.cycle import Cycle, TurnReport
from bot.rules.words import Stage
from tests.faults.front import Front
from tests.whole.office import DIRECTOR, ENGINEER, SALES, at

MACHINES = 8
REQUESTS = 6
MOMENTS = ("09-17 18:10", "09-18 09:10", "09-18 18:10", "09-21 09:10", "09-21 18:10", "09-22 09:10")


def fill(front: Front) -> None:
    """Some wait for the director, one for sales' word on what was done, one for an answer to a matter."""
    for number in range(REQUESTS):
        front.open_case("09-17 10:00", f"技术支持申请--欧莱雅--第{number}个项目--ZGH--0917")
    for number in range(2):
        asked = front.sent(DIRECTOR, "registered")[number]
        front.write(DIRECTOR, "09-17 10:30", "同意，李工9月18日去，1人天，现场", answer=asked)
    front.write(ENGINEER, "09-17 15:00", "已完成", answer=front.sent(ENGINEER, "confirmed")[0])
    front.write(SALES, "09-17 15:30", "升级：客户机房断电，请协调", answer=front.sent(SALES, "confirmed")[1])
    assert {case.stage for case in front.cases()} == {
        Stage.AWAITING_APPROVAL,
        Stage.AWAITING_ACCEPTANCE,
        Stage.APPROVED,
    }


@contextmanager
def at_work(front: Front, machines: int) -> Iterator[list[Cycle]]:
    """So many processes, as far as the database can tell."""
    with ExitStack() as stack:
        houses = [front.new_house() for _ in range(machines)]
        for house in houses:
            stack.callback(house.store.close)
            stack.callback(house.shift.release_all)
        yield [Cycle(house) for house in houses]


def strike(front: Front, machines: int) -> list[str]:
    """The clock strikes for all of them together, moment after moment; what went wrong."""
    faults: list[str] = []
    with at_work(front, machines) as cycles, ThreadPoolExecutor(machines) as pool:
        for moment in MOMENTS:
            with front.house.store.transaction() as tx:
                tx.mails.set_heard("main", at(moment))
            barrier = Barrier(machines)

            def tick(cycle: Cycle, moment: str = moment, barrier: Barrier = barrier) -> list[str]:
                report = TurnReport()
                barrier.wait(30)
                cycle.tick(at(moment), report)
                return report.faults

            for found in pool.map(tick, cycles):
                faults += found
    return faults


def told(front: Front) -> list[tuple[str, ...]]:
    """Every case's record, what it waits for, and whom every notice goes to."""
    with front.house.store.reading() as tx:
        cases = {case.id: case.project for case in tx.cases.list()}
        record = [(n, "said", e.event, e.actor, e.why) for c, n in cases.items() for e in tx.history.of(c)]
        waits = [
            (
                n,
                "due",
                d.kind.value,
                str(d.step),
                d.due_at.astimezone(at("09-17 10:00").tzinfo).isoformat(),
                str(d.done_at is None),
            )
            for c, n in cases.items()
            for d in tx.deadlines.of(c)
        ]
        levels = [
            (n, "matter", m.name, str(m.level), str(m.is_open)) for c, n in cases.items() for m in tx.matters.of(c)
        ]
        mails = [("mail", cases.get(x.case_id or 0, ""), x.kind.value, *sorted(x.recipients)) for x in tx.outbox.list()]
        assert tx.history.verify() == ()
    return sorted([*record, *waits, *levels, *mails])


@pytest.mark.servers
def test_eight_clocks_that_strike_together_do_what_one_does(tmp_path: Path, postgres_url: str) -> None:
    results = []
    for name, machines, database in (("one", 1, ""), ("eight", MACHINES, postgres_url)):
        folder = tmp_path / name
        folder.mkdir()
        front = Front(folder, database=database)
        fill(front)
        before = len(front.lines())
        assert strike(front, machines) == []
        assert len(front.lines()) > before + REQUESTS
        results.append(told(front))
        front.close()
    one, eight = results
    assert eight == one
