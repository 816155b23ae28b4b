"""The same mails through Roundup's IMAP gateway, django-helpdesk's `get_email` and Zhichi: mail → ticket and notices.

Each on SQLite, with its usual notices to a sink; CPU a mail. They take turns every hundred mails, for a processor
changes its pace within minutes. What a program needs for an empty mailbox, above all its start, is taken off. Zhichi is
measured as shipped, with forms and charts, and without: no peer makes any.
"""

import os
import statistics
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Protocol

from benchmarks.mailbox import BenchMail, make_mailbox
from benchmarks.peers.helpdesk import Helpdesk
from benchmarks.peers.peer import Place
from benchmarks.peers.roundup import Roundup
from benchmarks.product import Product, cpu
from benchmarks.result import Result
from benchmarks.servers import fill, mail_servers, sink
from tests.servers.mailhub import PASSWORD, MailHub

COUNT = int(os.environ.get("BENCH_PEER_MAILS", "900"))
WARM = 300  # so that Zhichi's patterns and templates are compiled, and there are cases to answer on
TURN = 100
LIMITS = ((Roundup, 4.0), (Helpdesk, 15.0))
PLAIN, SHIPPED = "zhichi", "zhichi with papers"


class Reader(Protocol):
    """A program that makes tickets of mails."""

    def read(self) -> float:
        """Read the mailbox once; seconds of CPU."""


def run() -> Iterable[Result]:
    """CPU a mail of each, and how many times Zhichi's it is."""
    turns = list(_take_turns(list(make_mailbox(WARM + COUNT))))
    for name in (PLAIN, SHIPPED, *(peer.name for peer, _ in LIMITS)):
        yield Result(name, statistics.median(turn[name] for turn in turns) * 1000, "ms CPU/mail")
    for peer, limit in LIMITS:
        ratios = [turn[peer.name] / turn[PLAIN] for turn in turns]
        note = f"{min(ratios):.2f} to {max(ratios):.2f} in {len(turns)} turns"
        yield Result(f"{peer.name} ÷ zhichi", statistics.median(ratios), "×", limit=limit, at_least=True, note=note)
        shipped = statistics.median(turn[peer.name] / turn[SHIPPED] for turn in turns)
        yield Result(f"{peer.name} ÷ zhichi with papers", shipped, "×")


def _take_turns(mails: list[BenchMail]) -> Iterator[dict[str, float]]:
    """Of each turn the seconds of CPU a mail, by name; who is first in one turn is last in the next."""
    with ExitStack() as stack:
        hub, port = stack.enter_context(mail_servers()), stack.enter_context(sink())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        readers: dict[str, tuple[Reader, str]] = {}
        for name in (PLAIN, SHIPPED):
            user = hub.add_user(f"{name.replace(' ', '')}@x.example")
            made = _zhichi(hub, port, folder / name.replace(" ", ""), user, papers=name == SHIPPED)
            readers[name] = stack.enter_context(made), user
        for peer, _ in LIMITS:
            user = hub.add_user(f"{peer.__name__.lower()}@x.example")
            place = folder / peer.__name__
            place.mkdir()
            readers[peer.name] = peer(Place(place, hub.imap_port, port, user, PASSWORD)), user
        for reader, user in readers.values():
            reader.read()
            fill(hub, user, mails[:WARM])
            reader.read()
        order = list(readers)
        for start in range(WARM, len(mails), TURN):
            yield {name: _turn(hub, *readers[name], mails[start : start + TURN], start) for name in order}
            order.reverse()
        for peer, _ in LIMITS:
            made_of = readers[peer.name][0]
            assert isinstance(made_of, peer)
            assert made_of.tickets() > COUNT // 20, "no tickets were made"


def _turn(hub: MailHub, reader: Reader, user: str, mails: list[BenchMail], start: int) -> float:
    idle = reader.read()
    fill(hub, user, mails, start)
    return (reader.read() - idle) / len(mails)


class _Zhichi:
    """Zhichi in this process."""

    def __init__(self, product: Product) -> None:
        self._product = product

    def read(self) -> float:
        """Read and answer; seconds of CPU."""
        return cpu(self._answer)

    def _answer(self) -> None:
        self._product.take()
        self._product.deliver()


@contextmanager
def _zhichi(hub: MailHub, port: int, folder: Path, user: str, *, papers: bool) -> Iterator[_Zhichi]:
    folder.mkdir()
    product = Product(folder, hub, user, f"sqlite:///{folder}/zhichi.db", port, papers=papers)
    try:
        yield _Zhichi(product)
    finally:
        product.close()
