"""What `zhichi explain` costs per mail beside Python's own parser that only decodes the same fields.

Two floors: the library's older API (compat32) and its newer one (policy.default), each walking all parts, undoing their
transfer encoding and decoding subject, people, date and texts. All take turns; CPU time; median of three rounds.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path

from benchmarks.company import CONFIG
from benchmarks.corpus import make_mails
from benchmarks.result import Result
from bot.commands.explaining import explain_mail
from bot.config import Config, load_config
from bot.parse.score import read_reply_rows

COUNT, WARM, ROUNDS = 1_000, 50, 3
LIMIT = 1.5
REPLIES = Path(__file__).parent.parent / "tests" / "parse" / "replies.tsv"
NAME = Path("mail.eml")


def run() -> Iterable[Result]:
    """Milliseconds a mail, and the ratio to both floors."""
    rows, _ = read_reply_rows(REPLIES.read_text(encoding="utf-8"))
    mails = list(make_mails(COUNT, replies=[row.text for row in rows]))
    config = _config()

    def explain(raw: bytes) -> object:
        return explain_mail(config, raw, NAME, None, None)

    rounds = [[_cpu(work, mails) for work in (read_compat32, read_default, explain)] for _ in range(ROUNDS)]
    old, new, ours = (statistics.median(column) / COUNT * 1000 for column in zip(*rounds, strict=True))
    yield Result("floor: compat32", old, "ms CPU/mail")
    yield Result("floor: policy.default", new, "ms CPU/mail")
    yield Result("explain", ours, "ms CPU/mail")
    yield Result("explain ÷ compat32", statistics.median(o / a for a, _, o in rounds), "×", note="shown only")
    yield Result("explain ÷ policy.default", statistics.median(o / b for _, b, o in rounds), "×", limit=LIMIT)


def read_compat32(raw: bytes) -> object:
    """The fields by the library's older API."""
    mail = message_from_bytes(raw)
    people = [getaddresses([_line(mail, name)]) for name in ("From", "To", "Cc")]
    parts = [(part, part.get_payload(decode=True)) for part in mail.walk() if not part.is_multipart()]
    texts = [
        content.decode(str(part.get_content_charset("utf-8")), "replace")
        for part, content in parts
        if part.get_content_maintype() == "text" and isinstance(content, bytes)
    ]
    return _line(mail, "Subject"), people, parsedate_to_datetime(str(mail["Date"])), texts, parts


def _line(mail: Message, name: str) -> str:
    return str(make_header(decode_header(mail.get(name, ""))))


def read_default(raw: bytes) -> object:
    """The fields by the library's newer API."""
    mail = message_from_bytes(raw, EmailMessage, policy=policy.default)
    people = [[(a.display_name, a.addr_spec) for a in mail[name].addresses] for name in ("From", "To", "Cc")]
    texts = [part.get_content() for part in mail.walk() if not part.is_multipart()]
    return str(mail["Subject"]), people, mail["Date"].datetime, texts


def _cpu(work: Callable[[bytes], object], mails: list[bytes]) -> float:
    for raw in mails[:WARM]:
        work(raw)
    start = time.process_time()
    for raw in mails:
        work(raw)
    return time.process_time() - start


def _config() -> Config:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "config.toml"
        path.write_text(CONFIG, encoding="utf-8")
        return load_config(path)
