"""The least that any program must do for the same mails: L3 takes them in, L4 answers them too (docs/performance.md).

L3: fetch in batches of 100, Python's compat32 parser for subject, from, to and cc, the thread's ids and the text, then
one transaction a mail of five statements written once (SQLAlchemy Core; SQLite in WAL with synchronous=NORMAL): the raw
mail under its unique Message-ID, the case looked up by the ids, the case written, a line of history, the folder's mark.
L4: the same, then a reply to five people as MIME parts (compat32) with the quoted text, handed over on one kept
connection, and a second transaction of two statements that says so.
No rule is obeyed, no proof judged, nothing survives a crash in the wrong moment: it is a floor, not a program.
"""

import asyncio
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.header import Header, decode_header, make_header
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import formataddr, formatdate, getaddresses
from html import escape
from typing import Any, NamedTuple

import aiosmtplib
import sqlalchemy as sa
from imapclient import IMAPClient

from benchmarks.mailbox import BOT, DIRECTOR, OTHERS

BATCH = 100
_TO = (DIRECTOR, *OTHERS)

meta = sa.MetaData()
_mails = sa.Table(
    "floor_mails",
    meta,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("message_id", sa.Text, unique=True, nullable=False),
    sa.Column("sender", sa.Text, nullable=False),
    sa.Column("raw", sa.LargeBinary, nullable=False),
)
_cases = sa.Table(
    "floor_cases",
    meta,
    sa.Column("thread", sa.Text, primary_key=True),
    sa.Column("stage", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("people", sa.Text, nullable=False),
    sa.Column("mails", sa.Integer, nullable=False),
)
_history = sa.Table(
    "floor_history",
    meta,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("thread", sa.Text, nullable=False),
    sa.Column("event", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)
_marks = sa.Table("floor_marks", meta, sa.Column("folder", sa.Text, primary_key=True), sa.Column("uid", sa.Integer))

_KEEP = sa.insert(_mails)
_FIND = sa.select(_cases.c.stage, _cases.c.mails).where(_cases.c.thread == sa.bindparam("key"))
_OPEN = sa.insert(_cases)
_MOVE = (
    sa.update(_cases)
    .where(_cases.c.thread == sa.bindparam("key"))
    .values(stage=sa.bindparam("new"), people=sa.bindparam("who"), mails=_cases.c.mails + 1)
)
_TELL = sa.insert(_history)
_MARK = sa.update(_marks).where(_marks.c.folder == "INBOX").values(uid=sa.bindparam("last"))


class Fields(NamedTuple):
    """What L3 reads of a mail."""

    subject: str
    sender: str
    people: list[tuple[str, str]]
    message_id: str
    ids: list[str]
    text: str


def read_fields(raw: bytes) -> Fields:
    """Subject, from, to and cc, ids and text by the library's compat32 parser."""
    mail = message_from_bytes(raw)
    sender = getaddresses([_line(mail, "From")])[0][1]
    people = getaddresses([_line(mail, "To"), _line(mail, "Cc")])
    ids = f"{mail.get('References', '')} {mail.get('In-Reply-To', '')}".split()
    return Fields(_line(mail, "Subject"), sender, people, mail["Message-ID"], ids, _text(mail))


def _line(mail: Message, name: str) -> str:
    return str(make_header(decode_header(mail.get(name, ""))))


def _text(mail: Message) -> str:
    part = next(p for p in mail.walk() if p.get_content_type() == "text/plain")
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode(str(part.get_content_charset("utf-8")), "replace")


class Floor:
    """Takes what is new in a mailbox into a database of its own at `url`."""

    def __init__(self, url: str) -> None:
        self.engine = sa.create_engine(url)
        if self.engine.dialect.name == "sqlite":
            sa.event.listens_for(self.engine, "connect")(_set_up)
        with self.engine.begin() as connection:
            meta.create_all(connection)
            connection.execute(sa.insert(_marks), {"folder": "INBOX", "uid": 0})
        self.last = 0

    def take(self, client: IMAPClient) -> list[Fields]:
        """L3 for every mail above the mark; what was read of each."""
        return [fields for fields, _ in self.take_each(client)]

    def take_each(self, client: IMAPClient) -> Iterator[tuple[Fields, bytes]]:
        """The same, one by one."""
        client.select_folder("INBOX", readonly=True)
        uids = [uid for uid in client.search(["UID", f"{self.last + 1}:*"]) if uid > self.last]
        for start in range(0, len(uids), BATCH):
            batch = uids[start : start + BATCH]
            answer = client.fetch(batch, ["BODY.PEEK[]"])
            for uid in batch:
                raw = answer[uid][b"BODY[]"]
                fields = read_fields(raw)
                self._commit(uid, fields, raw)
                yield fields, raw
        self.last = uids[-1] if uids else self.last

    def _commit(self, uid: int, fields: Fields, raw: bytes) -> None:
        thread = fields.ids[0] if fields.ids else fields.message_id
        with self.engine.begin() as connection:
            connection.execute(_KEEP, {"message_id": fields.message_id, "sender": fields.sender, "raw": raw})
            found = connection.execute(_FIND, {"key": thread}).first()
            who = ", ".join(address for _, address in fields.people)
            if found is None:
                new = {"thread": thread, "stage": "new", "subject": fields.subject, "people": who, "mails": 1}
                connection.execute(_OPEN, new)
            else:
                connection.execute(_MOVE, {"key": thread, "new": "moved", "who": who})
            connection.execute(_TELL, {"thread": thread, "event": "mail", "text": fields.text[:200]})
            connection.execute(_MARK, {"last": uid})

    def mark_sent(self, fields: Fields) -> None:
        """L4's second transaction."""
        thread = fields.ids[0] if fields.ids else fields.message_id
        with self.engine.begin() as connection:
            connection.execute(_MOVE, {"key": thread, "new": "answered", "who": fields.sender})
            connection.execute(_TELL, {"thread": thread, "event": "sent", "text": ""})

    async def answer(
        self, client: IMAPClient, smtp_port: int, wanted: Callable[[Fields], bool] = lambda _fields: True
    ) -> int:
        """L4 for every mail above the mark that is `wanted`; how many replies were accepted."""
        smtp = aiosmtplib.SMTP(hostname="127.0.0.1", port=smtp_port, start_tls=False)
        await smtp.connect()
        sent = 0
        for fields, _ in self.take_each(client):
            if wanted(fields):
                await smtp.sendmail(BOT, [address for _, address in _TO], build_reply(fields))
                self.mark_sent(fields)
                sent += 1
        await smtp.quit()
        return sent

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


def answer_all(floor: Floor, client: IMAPClient, smtp_port: int, wanted: Callable[[Fields], bool]) -> int:
    """`Floor.answer`, from outside of an event loop."""
    return asyncio.run(floor.answer(client, smtp_port, wanted))


def build_reply(fields: Fields) -> bytes:
    """A reply-all as MIME parts, text and HTML with what it answers quoted below."""
    said = "已登记，请总监确认。\n状态：待确认\n\n------------------ 原始邮件 ------------------\n"
    mail = MIMEMultipart("alternative")
    mail["From"] = formataddr(("支持机器人", BOT), "utf-8")
    mail["To"] = ", ".join(formataddr(person, "utf-8") for person in _TO)
    mail["Subject"] = Header(f"Re: {fields.subject.removeprefix('Re: ')}", "utf-8").encode()
    mail["Date"] = formatdate(localtime=True)
    mail["Message-ID"] = f"<reply.{fields.message_id.strip('<>')}>"
    mail["In-Reply-To"] = fields.message_id
    mail["References"] = "\n ".join([*fields.ids, fields.message_id])
    mail.attach(MIMEText(said + fields.text, "plain", "utf-8"))
    lines = "".join(f"<div>{escape(line)}</div>" for line in (said + fields.text).split("\n"))
    mail.attach(MIMEText(f"<html><body>{lines}</body></html>", "html", "utf-8"))
    return mail.as_bytes()


def _set_up(connection: Any, _record: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")
