"""Ten thousand mails after an outage, taken by one `zhichi once`: to everything committed; and the memory it takes.

A process of its own, with Word forms, invitations and charts, as shipped. The answers go to a sink.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from benchmarks.mailbox import make_mailbox
from benchmarks.product import NOW, Product
from benchmarks.result import Result
from benchmarks.servers import fill, mail_servers, sink

COUNT = int(os.environ.get("BENCH_MAILS", "10000"))
SECONDS, MEGABYTES = 60.0, 150.0


def run() -> Iterable[Result]:
    """Wall seconds until the last mail is committed, and the most memory, early and late."""
    with mail_servers() as hub, sink() as port, tempfile.TemporaryDirectory() as folder:
        user = "backlog@x.example"
        fill(hub, user, make_mailbox(COUNT))
        product = Product(Path(folder), hub, user, f"sqlite:///{folder}/zhichi.db", port)
        begun = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "--config", str(product.config_file), "once", "--at", NOW.isoformat()],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        committed, sizes = 0.0, []
        while process.poll() is None:
            time.sleep(0.25)
            sizes.append(_megabytes(process.pid))
            if not committed and _read(product) >= COUNT:
                committed = time.perf_counter() - begun
        whole = time.perf_counter() - begun
        assert _read(product) == COUNT
        product.close()
    sizes = [size for size in sizes if size]
    limit = SECONDS if COUNT == 10_000 else None
    yield Result(f"{COUNT:,} mails to everything committed", committed or whole, "s", limit=limit)
    yield Result("the same, answers sent too", whole, "s")
    yield Result("most memory (RSS)", max(sizes), "MiB", limit=MEGABYTES)
    yield Result("memory at a third of the time", sizes[len(sizes) // 3], "MiB", note="flat, or it leaks")
    yield Result("memory near the end", sizes[-1], "MiB")


def _read(product: Product) -> int:
    """How many mails are committed."""
    with product.house.store.reading() as tx:
        return tx.audit.counts().mails


def _megabytes(pid: int) -> float:
    with suppress(OSError):
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
        return int(found[1]) / 1024 if found else 0.0
    return 0.0
