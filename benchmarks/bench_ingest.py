"""Mail in the mailbox → case, history, raw mail and outbox rows committed, as a ratio to the floor L3.

Real Dovecot; SQLite, and PostgreSQL with its own durable settings. Floor and product take turns every thousand mails,
each with a database of its own; CPU of the client; median of three rounds. The first mails go through both before, so
that patterns, templates and statements are compiled: that is paid once a process.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.floors import Floor
from benchmarks.mailbox import BenchMail, make_mailbox
from benchmarks.product import Product, cpu
from benchmarks.result import Result
from benchmarks.servers import fill, mail_servers, postgres_server
from tests.servers.mailhub import MailHub

COUNT = int(os.environ.get("BENCH_MAILS", "10000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
SLICE, WARM = 1_000, 500
LIMIT = 2.0


@dataclass
class Spent:
    """Seconds of one round."""

    floor: float = 0.0
    product: float = 0.0
    wall: float = 0.0


def run() -> Iterable[Result]:
    """Milliseconds a mail and the ratio, for each database."""
    mails = list(make_mailbox(COUNT))
    with ExitStack() as stack:
        hub = stack.enter_context(mail_servers())
        yield from _rows("SQLite", [_on_sqlite(hub, f"lite{n}@x.example", mails) for n in range(ROUNDS)])
        server = stack.enter_context(postgres_server())
        urls = [(server.url(server.create()), server.url(server.create())) for _ in range(ROUNDS)]
        rounds = [_round(hub, f"pg{n}@x.example", mails, *pair) for n, pair in enumerate(urls)]
        yield from _rows("PostgreSQL", rounds)


def _rows(name: str, rounds: list[Spent]) -> Iterable[Result]:
    each = 1000 / (COUNT - WARM)
    yield Result(f"{name}: floor L3", statistics.median(r.floor for r in rounds) * each, "ms CPU/mail")
    yield Result(f"{name}: ingest", statistics.median(r.product for r in rounds) * each, "ms CPU/mail")
    wall = statistics.median(r.wall for r in rounds)
    yield Result(f"{name}: ingest", (COUNT - WARM) / wall, "mails/s", note="wall clock")
    ratios = [r.product / r.floor for r in rounds]
    note = ", ".join(f"{ratio:.2f}" for ratio in ratios)
    yield Result(f"{name}: ingest ÷ L3", statistics.median(ratios), "×", limit=LIMIT, note=note)


def _on_sqlite(hub: MailHub, user: str, mails: list[BenchMail]) -> Spent:
    with tempfile.TemporaryDirectory() as folder:
        return _round(hub, user, mails, f"sqlite:///{folder}/floor.db", f"sqlite:///{folder}/zhichi.db")


def _round(hub: MailHub, user: str, mails: list[BenchMail], floor_url: str, product_url: str) -> Spent:
    """One floor and one product through the same mailbox, slice by slice."""
    spent = Spent()
    with tempfile.TemporaryDirectory() as folder:
        floor, product = Floor(floor_url), Product(Path(folder), hub, user, product_url, smtp_port=1)
        box = fill(hub, user, mails[:WARM])
        with hub.imap(user) as client:
            floor.take(client)
            product.take()
            for start in range(WARM, COUNT, SLICE):
                box = fill(hub, user, mails[start : start + SLICE], box)
                works: list[tuple[str, Callable[[], object]]]
                works = [("floor", partial(floor.take, client)), ("product", product.take)]
                for name, work in works if start // SLICE % 2 else reversed(works):
                    begun = time.perf_counter()
                    used = cpu(work)
                    setattr(spent, name, getattr(spent, name) + used)
                    spent.wall += time.perf_counter() - begun if name == "product" else 0.0
        floor.close()
        product.close()
    return spent
