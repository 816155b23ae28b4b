"""A tick with nothing due, at a thousand and at a hundred thousand open deadlines: flat, or the index is gone."""

import statistics
import tempfile
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.result import Result
from bot.rules.case import Case, Deadline, DeadlineKind
from bot.rules.words import Stage
from bot.store.store import Store

NOW = datetime(2026, 9, 17, 4, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
CASE = Case(Stage.APPROVED, "技术支持申请--甲--乙--ZGH--0917", "甲", "乙", "ZGH", "zgh@x.example", NOW, NOW)
DEADLINE = Deadline(DeadlineKind.COMPLETE, LATER, LATER, "li@x.example", "因为")


def run() -> Iterable[Result]:
    """Median wall time of a tick, and the growth between the two sizes."""
    few, many = _tick(1_000), _tick(100_000)
    yield Result("tick at 1,000", few * 1000, "ms", limit=1.0)
    yield Result("tick at 100,000", many * 1000, "ms", limit=1.0)
    yield Result("growth", many / few, "×", limit=3.0)


def _tick(open_deadlines: int) -> float:
    with tempfile.TemporaryDirectory() as folder, Store(f"sqlite:///{Path(folder) / 'tick.db'}") as store:
        store.migrate()
        for start in range(0, open_deadlines, 10_000):
            with store.transaction() as tx:
                for number in range(start, min(start + 10_000, open_deadlines)):
                    case = tx.cases.create(replace(CASE, subject=f"{CASE.subject}{number}"))
                    tx.deadlines.set(case.id, DEADLINE, NOW)
        times = []
        for _ in range(200):
            start_at = time.perf_counter()
            with store.transaction() as tx:
                due = tx.deadlines.due(NOW, 1)
            times.append(time.perf_counter() - start_at)
            assert not due
        return statistics.median(times)
