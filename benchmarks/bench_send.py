"""Mail in the mailbox → answer accepted by the mail server → marked sent, as a ratio to the floor L4.

Once for mails of which every one is answered, floor and product alike; once for the whole mailbox, where the floor
answers exactly those mails that the rulebook makes the bot answer. The bot sends the director's copy, which alone holds
the director's buttons, apart from everybody else's: two mails for most answers, where the floor sends one.
"""

import os
import statistics
import tempfile
from collections.abc import Iterable
from pathlib import Path

from benchmarks.floors import Fields, Floor, answer_all
from benchmarks.mailbox import BenchMail, make_mailbox
from benchmarks.product import Product, cpu
from benchmarks.result import Result
from benchmarks.servers import fill, mail_servers, sink
from tests.servers.mailhub import MailHub

COUNT = int(os.environ.get("BENCH_MAILS", "10000")) // 2
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
SLICE, WARM = 500, 300
LIMIT = 1.5


def run() -> Iterable[Result]:
    """Milliseconds a mail, and the ratio."""
    more = list(make_mailbox(4 * COUNT))
    mails, answered = more[:COUNT], [mail for mail in more if mail.answered][:COUNT]
    with mail_servers() as hub, sink() as port:
        for name, chosen in (("every mail answered", answered), ("whole mailbox", mails)):
            rounds = [_round(hub, port, f"{name.split()[0]}{n}@x.example", chosen) for n in range(ROUNDS)]
            each = 1000 / (len(chosen) - WARM)
            yield Result(f"{name}: floor L4", statistics.median(f for f, _, _ in rounds) * each, "ms CPU/mail")
            yield Result(f"{name}: answer", statistics.median(p for _, p, _ in rounds) * each, "ms CPU/mail")
            yield Result(f"{name}: copies sent", rounds[0][2] * each / 1000, "a mail")
            ratios = [p / f for f, p, _ in rounds]
            note = ", ".join(f"{ratio:.2f}" for ratio in ratios)
            yield Result(f"{name}: answer ÷ L4", statistics.median(ratios), "×", limit=LIMIT, note=note)


def _round(hub: MailHub, port: int, user: str, mails: list[BenchMail]) -> tuple[float, float, int]:
    """CPU of the floor and of the product, and how many copies the product sent."""
    wanted = frozenset(mail.message_id for mail in mails if mail.answered)
    floors = products = 0.0
    copies = 0
    with tempfile.TemporaryDirectory() as folder:
        product = Product(Path(folder), hub, user, f"sqlite:///{folder}/zhichi.db", port)
        floor = Floor(f"sqlite:///{folder}/floor.db")
        box = fill(hub, user, mails[:WARM])

        def is_wanted(fields: Fields) -> bool:
            return fields.message_id in wanted

        def answer() -> None:
            nonlocal copies
            product.take()
            copies += product.deliver()

        with hub.imap(user) as client:
            answer_all(floor, client, port, is_wanted)
            answer()
            copies = 0
            for start in range(WARM, len(mails), SLICE):
                box = fill(hub, user, mails[start : start + SLICE], box)
                floors += cpu(lambda: answer_all(floor, client, port, is_wanted))
                products += cpu(answer)
        floor.close()
        product.close()
    return floors, products, copies
