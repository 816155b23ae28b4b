"""How soon a delivered request is answered by a running daemon: real Postfix, Dovecot and IDLE, two hundred deliveries.

The server itself waits half a second before it tells (Dovecot's NOTIFY_DELAY_MSECS); our own part begins when it tells
and ends when the last copy of the answer is accepted. A mail that is not answered within PATIENCE lies stranded.
"""

import random
import statistics
import tempfile
import threading
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import bot.fetch.idle as idle
from benchmarks.mailbox import BOT, make_mailbox
from benchmarks.product import Product
from benchmarks.result import Result
from benchmarks.servers import mail_servers, sink
from bot.clock import SystemClock
from bot.daemon import Daemon
from bot.transmit.smtp import Courier
from tests.servers.mailhub import MailHub

DELIVERIES, WARM, PATIENCE = 200, 10, 20.0
MEDIAN, P99 = 30.0, 100.0
COPIES = 2  # everybody's and the director's own


class _Watch:
    """When the server told of news, and when an answer was accepted."""

    def __init__(self) -> None:
        self.told = 0.0
        self.accepted: list[float] = []
        self.arrived = threading.Condition()

    def wait(self, count: int) -> bool:
        """Until so many copies are accepted; False after PATIENCE."""
        with self.arrived:
            return self.arrived.wait_for(lambda: len(self.accepted) >= count, PATIENCE)


def run() -> Iterable[Result]:
    """Median and p99 of our own part, of the whole, and how many were stranded."""
    watch = _Watch()
    waiting: Any = idle
    read, send = waiting.wait_readable, Courier.send

    def noting_read(sockets: list[object], seconds: float) -> set[int]:
        ready: set[int] = read(sockets, seconds)
        watch.told = time.perf_counter()
        return ready

    async def noting_send(self: Courier, *args: object, **more: object) -> object:
        report = await send(self, *args, **more)  # type: ignore[arg-type]
        with watch.arrived:
            watch.accepted.append(time.perf_counter())
            watch.arrived.notify_all()
        return report

    waiting.wait_readable = noting_read
    Courier.send = noting_send  # type: ignore[assignment,method-assign]
    try:
        own, whole, stranded = _measure(watch)
    finally:
        waiting.wait_readable, Courier.send = read, send  # type: ignore[method-assign]
    yield Result("server's notice → reply accepted, median", statistics.median(own) * 1000, "ms", limit=MEDIAN)
    yield Result("server's notice → reply accepted, p99", _p99(own) * 1000, "ms", limit=P99)
    yield Result("delivered → reply accepted, median", statistics.median(whole) * 1000, "ms", note="500 are Dovecot's")
    yield Result("delivered → reply accepted, p99", _p99(whole) * 1000, "ms")
    yield Result("stranded", stranded, f"of {DELIVERIES}", limit=0)


def _p99(values: Sequence[float]) -> float:
    return sorted(values)[int(len(values) * 0.99) - 1]


def _measure(watch: _Watch) -> tuple[list[float], list[float], int]:
    requests = [mail.raw for mail in make_mailbox(6_000) if mail.kind == "request"][: DELIVERIES + WARM]
    own: list[float] = []
    whole: list[float] = []
    with mail_servers() as hub, sink() as port, tempfile.TemporaryDirectory() as folder:
        hub.add_user(BOT)
        product = Product(Path(folder), hub, BOT, f"sqlite:///{folder}/zhichi.db", port)
        daemon = Daemon(product.house, SystemClock())

        def deliver_all() -> None:
            try:
                for number, raw in enumerate(requests):
                    _deliver(hub, raw, number, watch, own, whole)
            finally:
                daemon.stop()

        courier = threading.Thread(target=deliver_all)
        courier.start()
        daemon.run()
        courier.join()
        product.close()
    return own[WARM:], whole[WARM:], len(requests) - len(own)


def _deliver(hub: MailHub, raw: bytes, number: int, watch: _Watch, own: list[float], whole: list[float]) -> None:
    time.sleep(random.Random(number).uniform(0.0, 0.4))
    begun, before = time.perf_counter(), len(watch.accepted)
    hub.deliver(raw, "somebody@x.example", [BOT], wait=False)
    if watch.wait(before + COPIES):
        own.append(watch.accepted[-1] - watch.told)
        whole.append(watch.accepted[-1] - begun)
