"""The same mails through Roundup's IMAP gateway, django-helpdesk's `get_email` and Zhichi: mail → ticket and notices.

Each on SQLite, with its usual notices to a sink; CPU a mail, in turns. What a peer needs for an empty mailbox, above
all its start, is taken off. Zhichi is measured as shipped, with forms and charts, and without: no peer makes any.
"""

import os
import statistics
import tempfile
from collections.abc import Iterable
from pathlib import Path

from benchmarks.mailbox import BenchMail, make_mailbox
from benchmarks.peers.helpdesk import Helpdesk
from benchmarks.peers.peer import Place
from benchmarks.peers.roundup import Roundup
from benchmarks.product import Product, cpu
from benchmarks.result import Result
from benchmarks.servers import fill, mail_servers, sink
from tests.servers.mailhub import PASSWORD, MailHub

COUNT = int(os.environ.get("BENCH_PEER_MAILS", "300"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
WARM = 300  # so that Zhichi's patterns and templates are compiled, and there are cases to answer on
LIMITS = ((Roundup, 4.0), (Helpdesk, 15.0))


def run() -> Iterable[Result]:
    """CPU a mail of each, and how many times Zhichi's it is."""
    mails = list(make_mailbox(WARM + COUNT))
    rounds = [_round(mails, number) for number in range(ROUNDS)]
    each = 1000 / COUNT
    for name in ("zhichi", "zhichi with papers"):
        yield Result(name, statistics.median(r[name] for r in rounds) * each, "ms CPU/mail")
    for peer, limit in LIMITS:
        yield Result(peer.name, statistics.median(r[peer.name] for r in rounds) * each, "ms CPU/mail")
        ratio = statistics.median(r[peer.name] / r["zhichi"] for r in rounds)
        yield Result(f"{peer.name} ÷ zhichi", ratio, "×", limit=limit, at_least=True)
        shipped = statistics.median(r[peer.name] / r["zhichi with papers"] for r in rounds)
        yield Result(f"{peer.name} ÷ zhichi with papers", shipped, "×")


def _round(mails: list[BenchMail], number: int) -> dict[str, float]:
    spent = {}
    with mail_servers() as hub, sink() as port, tempfile.TemporaryDirectory() as folder:
        for name, papers in (("zhichi", False), ("zhichi with papers", True)):
            spent[name] = _zhichi(hub, port, Path(folder) / name, mails, papers=papers)
        for peer, _ in LIMITS:
            place = Path(folder) / peer.__name__
            place.mkdir()
            user = hub.add_user(f"{peer.__name__.lower()}{number}@x.example")
            installed = peer(Place(place, hub.imap_port, port, user, PASSWORD))
            idle = installed.read()
            fill(hub, user, mails[:WARM])
            installed.read()
            before = installed.tickets()
            fill(hub, user, mails[WARM:], WARM)
            spent[peer.name] = installed.read() - idle
            assert installed.tickets() > before, "no ticket was made"
    return spent


def _zhichi(hub: MailHub, port: int, folder: Path, mails: list[BenchMail], *, papers: bool) -> float:
    folder.mkdir()
    user = hub.add_user(f"zhichi{papers}@x.example".lower())
    product = Product(folder, hub, user, f"sqlite:///{folder}/zhichi.db", port, papers=papers)

    def answer() -> None:
        product.take()
        product.deliver()

    fill(hub, user, mails[:WARM])
    answer()
    fill(hub, user, mails[WARM:], WARM)
    used = cpu(answer)
    product.close()
    return used
