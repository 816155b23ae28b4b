"""A tick of the clock with nothing due, at a thousand and at a million open deadlines: flat, or an index is gone."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.mailbox import DIRECTOR
from benchmarks.past import fill_past
from benchmarks.product import Product
from benchmarks.result import Result
from benchmarks.servers import postgres_server
from bot.cycle import TurnReport
from tests.servers.mailhub import MailHub

FEW, MANY = 1_000, int(os.environ.get("BENCH_PAST", "1000000"))
NOW = datetime(2026, 9, 17, 4, tzinfo=UTC)
LATER = NOW + timedelta(days=300)
TICKS = 200
LIMITS = {"SQLite": 1.0, "PostgreSQL": 3.0}


def run() -> Iterable[Result]:
    """Median wall time of the look at the deadlines and of the whole tick, at both sizes."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(postgres_server())
        for name, limit in LIMITS.items():
            looks = []
            for count in (FEW, MANY):
                url = f"sqlite:///{folder}/{count}.db" if name == "SQLite" else server.url(server.create())
                fill_past(url, count, (DIRECTOR[1],), open_until=LATER)
                look, whole = _ticks(folder, url)
                looks.append(look)
                yield Result(f"{name}: what is due, of {count:,}", look * 1000, "ms", limit=limit)
                yield Result(f"{name}: whole tick, of {count:,}", whole * 1000, "ms", note="digests, archive, reports")
            yield Result(f"{name}: growth", looks[1] / looks[0], "×", limit=3.0)


def _ticks(folder: Path, url: str) -> tuple[float, float]:
    hub = MailHub(folder)  # never started: a tick looks at no mailbox
    product = Product(folder, hub, "u@x.example", url, 1)
    report = TurnReport()
    product.cycle.tick(NOW, report)  # compiles the statements, and opens the day

    def look() -> None:
        with product.house.store.transaction() as tx:
            assert not tx.deadlines.due(NOW, 1)

    times = _median(look), _median(lambda: product.cycle.tick(NOW, report))
    assert not report.faults, report.faults
    product.close()
    return times


def _median(work: Callable[[], None]) -> float:
    times = []
    for _ in range(TICKS):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)
