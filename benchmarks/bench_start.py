"""What starting costs: `zhichi --help`, and `zhichi once` on an idle mailbox, and which heavy modules are loaded."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.product import Product
from benchmarks.result import Result
from benchmarks.servers import mail_servers, sink

TIMES = 7
HEAVY = ("alembic", "docx", "docxtpl", "openpyxl", "icalendar", "PIL", "opencc", "sqlalchemy", "jinja2", "lxml")


def run() -> Iterable[Result]:
    """Median wall and CPU time of each, and which heavy modules it loads."""
    with mail_servers() as hub, sink() as port, tempfile.TemporaryDirectory() as folder:
        user = hub.add_user("idle@x.example")
        product = Product(Path(folder), hub, user, f"sqlite:///{folder}/zhichi.db", port)
        product.take()
        product.close()
        for name, words in (("--help", ["--help"]), ("once, idle", ["--config", str(product.config_file), "once"])):
            wall, used = zip(*(_start(words) for _ in range(TIMES)), strict=True)
            yield Result(f"zhichi {name}", statistics.median(wall) * 1000, "ms", note=_loaded(words))
            yield Result(f"zhichi {name}", statistics.median(used) * 1000, "ms CPU")


def _start(words: Sequence[str]) -> tuple[float, float]:
    before, begun = os.times(), time.perf_counter()
    subprocess.run([sys.executable, "-m", "bot", *words], check=True, capture_output=True)
    wall, after = time.perf_counter() - begun, os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return wall, used


def _loaded(words: Sequence[str]) -> str:
    said = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "bot", *words], check=True, capture_output=True, text=True
    ).stderr
    names = {line.rpartition("|")[2].strip() for line in said.splitlines() if line.startswith("import time:")}
    return "loads " + (", ".join(name for name in HEAVY if name in names) or "nothing heavy")
