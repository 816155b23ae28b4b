"""Ingest beside a million past cases with their mails, notices and history, against an empty database."""

import os
import statistics
import tempfile
from collections.abc import Iterable
from pathlib import Path

from benchmarks.mailbox import DIRECTOR, SALES, make_mailbox
from benchmarks.past import fill_past
from benchmarks.product import Product, cpu
from benchmarks.result import Result
from benchmarks.servers import fill, mail_servers

PAST = int(os.environ.get("BENCH_PAST", "1000000"))
COUNT, SLICE, WARM = 3_000, 500, 500
LIMIT = 1.2


def run() -> Iterable[Result]:
    """CPU a mail beside both, slice by slice in turns."""
    mails = list(make_mailbox(COUNT))
    with mail_servers() as hub, tempfile.TemporaryDirectory() as folder:
        products = []
        for name, past in (("empty", 0), ("full", PAST)):
            place = Path(folder) / name
            place.mkdir()
            url = f"sqlite:///{place}/zhichi.db"
            if past:
                fill_past(url, past, (DIRECTOR[1], SALES[0][1]))
            products.append(Product(place, hub, f"{name}@x.example", url, 1))
        spent: list[list[float]] = [[], []]
        for start in (0, *range(WARM, COUNT, SLICE)):
            for number, product in enumerate(products):
                (account,) = product.house.config.accounts
                fill(hub, account.imap_user, mails[start : start + SLICE], start)
                used = cpu(product.take)
                if start:
                    spent[number].append(used)
        for product in products:
            product.close()
    each = 1000 / SLICE
    yield Result("ingest, no past", statistics.mean(spent[0]) * each, "ms CPU/mail")
    yield Result(f"ingest, {PAST:,} past cases", statistics.mean(spent[1]) * each, "ms CPU/mail")
    ratio = statistics.median(full / empty for empty, full in zip(*spent, strict=True))
    yield Result("with past ÷ without", ratio, "×", limit=LIMIT)
