"""Mail bytes → case, history, raw mail and outbox committed, as a ratio to the least that any program must do.

The floor reads the same mails with Python's compat32 parser (subject, people, ids, text) and commits five statements
a mail (performance.md, L3 without the fetch). Both take turns; CPU time; median of three rounds.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from benchmarks.company import CONFIG
from benchmarks.corpus import make_mails
from benchmarks.result import Result
from bot.config import load_config
from bot.fetch.news import FetchedMail
from bot.house import House
from bot.rules.mail import Envelope

COUNT, WARM, ROUNDS = 400, 20, 3
NOW = datetime(2026, 9, 17, 10, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
CAPS = """
[caps]
per_case_hour = 100000
per_address_hour = 100000
"""


def run() -> Iterable[Result]:
    """The ratio, and both figures beside it."""
    mails = list(make_mails(COUNT))
    floors, products = [], []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            floors.append(_cpu(_floor(Path(folder), mails)))
            products.append(_cpu(_product(Path(folder), mails)))
    ratio = statistics.median(p / f for p, f in zip(products, floors, strict=True))
    yield Result("floor: parse and commit", statistics.median(floors) / COUNT * 1000, "ms CPU/mail")
    yield Result("ingest", statistics.median(products) / COUNT * 1000, "ms CPU/mail")
    yield Result("ingest ÷ floor", ratio, "×", note="issue C aims at ≤ 2.0 with the fetch inside")


def _cpu(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _floor(folder: Path, mails: list[bytes]) -> Callable[[], None]:
    engine = sa.create_engine(f"sqlite:///{folder / 'floor.db'}")
    meta = sa.MetaData()
    names = ("raw", "mail", "thread", "cases", "history")
    tables = [sa.Table(n, meta, sa.Column("id", sa.Text), sa.Column("body", sa.LargeBinary)) for n in names]

    def work() -> None:
        with engine.begin() as connection:
            connection.exec_driver_sql("PRAGMA synchronous=NORMAL")
            meta.create_all(connection)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        for raw in mails:
            mail = message_from_bytes(raw)
            fields = [str(make_header(decode_header(mail.get(n, "")))) for n in ("Subject", "From", "To", "Cc")]
            part = next(p for p in mail.walk() if p.get_content_type() == "text/plain")
            text = part.get_payload(decode=True)
            assert isinstance(text, bytes)
            fields.append(text.decode(str(part.get_content_charset() or "utf-8")))
            with engine.begin() as connection:
                for table in tables:
                    connection.execute(table.insert(), {"id": sha256(raw).hexdigest(), "body": raw})
        engine.dispose()

    return work


def _product(folder: Path, mails: list[bytes]) -> Callable[[], None]:
    (folder / "config.toml").write_text(CONFIG + CAPS, encoding="utf-8")
    house = House(load_config(folder / "config.toml"))
    house.store.migrate()
    intake = house.intake
    for uid, raw in enumerate(make_mails(WARM, start=COUNT), 1):  # patterns and templates are compiled once a process
        intake.take(FetchedMail(Envelope("main", "Warm", 1, uid, NOW), raw), NOW)

    def work() -> None:
        for uid, raw in enumerate(mails, 1):
            intake.take(FetchedMail(Envelope("main", "INBOX", 1, uid, NOW), raw), NOW)
        house.store.close()

    return work
