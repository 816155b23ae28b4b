"""Ingest beside a million past cases with their mails, notices and history, against an empty database."""

import os
import statistics
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.mailbox import DIRECTOR, SALES, BenchMail, make_mailbox
from benchmarks.past import fill_past
from benchmarks.product import Product, cpu
from benchmarks.result import Result
from benchmarks.servers import fill, mail_servers, postgres_server
from tests.servers.mailhub import MailHub

PAST = int(os.environ.get("BENCH_PAST", "1000000"))
COUNT, SLICE, WARM = 3_000, 500, 500
LIMIT = 1.2


def run() -> Iterable[Result]:
    """CPU a mail beside both, slice by slice in turns, for each database."""
    mails = list(make_mailbox(COUNT))
    with mail_servers() as hub, tempfile.TemporaryDirectory() as folder:
        urls = [f"sqlite:///{folder}/{name}.db" for name in ("empty", "full")]
        yield from _rows("SQLite", hub, urls, mails)
    with mail_servers() as hub, postgres_server() as server:
        yield from _rows("PostgreSQL", hub, [server.url(server.create()) for _ in range(2)], mails)


def _rows(name: str, hub: MailHub, urls: Sequence[str], mails: list[BenchMail]) -> Iterator[Result]:
    fill_past(urls[1], PAST, (DIRECTOR[1], SALES[0][1]))
    with tempfile.TemporaryDirectory() as folder:
        products = []
        for number, url in enumerate(urls):
            place = Path(folder) / str(number)
            place.mkdir()
            products.append(Product(place, hub, f"past{number}@x.example", url, 1))
        empty, full = _spend(hub, products, mails)
        for product in products:
            product.close()
    each = 1000 / SLICE
    yield Result(f"{name}: ingest, no past", statistics.mean(empty) * each, "ms CPU/mail")
    yield Result(f"{name}: ingest, {PAST:,} past cases", statistics.mean(full) * each, "ms CPU/mail")
    ratio = statistics.median(f / e for e, f in zip(empty, full, strict=True))
    yield Result(f"{name}: with past ÷ without", ratio, "×", limit=LIMIT)


def _spend(hub: MailHub, products: Sequence[Product], mails: list[BenchMail]) -> list[list[float]]:
    """Seconds of CPU of each product for each slice after the first."""
    spent: list[list[float]] = [[] for _ in products]
    for start in (0, *range(WARM, COUNT, SLICE)):
        for used, product in zip(spent, products, strict=True):
            (account,) = product.house.config.accounts
            fill(hub, account.imap_user, mails[start : start + SLICE], start)
            seconds = cpu(product.take)
            if start:
                used.append(seconds)
    return spent
