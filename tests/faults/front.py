"""The bot without mail servers: a mail is handed in, and what the outbox holds is what people got."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime
from itertools import count
from pathlib import Path
from typing import Any

from bot.config import load_config
from bot.fetch.news import FetchedMail
from bot.house import House
from bot.rules.case import Case, HistoryEntry
from bot.rules.mail import Envelope
from bot.rules.words import Fate
from bot.store.mails import MailRow
from bot.store.outbox_rows import OutboxLine
from bot.store.outbox_tables import OutboxStatus
from tests.whole.office import AUTHSERV, BOT, CONFIG, DIRECTOR, PEOPLE, SALES, Got, at

PASS = f"{AUTHSERV}; dmarc=pass header.from=demo.local"
FAIL = f"{AUTHSERV}; dmarc=fail header.from=demo.local"
SUBJECT = "技术支持申请--欧莱雅--CITRIX安装--ZGH--0917"
OTHER_SUBJECT = "技术支持申请--宝洁--AD升级--ZGH--0917"

_numbers = count(1)


@dataclass
class Front:
    """One company, its database in `folder`, and one account called main."""

    folder: Path
    migrated: Path | None = None  # a database to start from; a copy costs a tenth of migrating
    authserv: str = AUTHSERV
    extra: str = ""
    database: str = ""  # the address of an empty PostgreSQL database; "" is SQLite in the folder
    _uids: Any = field(default_factory=lambda: count(1), init=False)

    def __post_init__(self) -> None:
        (self.folder / "password").write_text("the-mailbox-password")
        (self.folder / "database").write_text(self.database or f"sqlite:///{self.folder / 'zhichi.db'}")
        for name in ("password", "database"):
            (self.folder / name).chmod(0o600)
        text = CONFIG.format(bot=BOT, authserv=self.authserv, imap_port=1, smtp_port=1, self_copy="true")
        (self.folder / "config.toml").write_text(text + self.extra, encoding="utf-8")
        self.house = self.new_house()
        if self.migrated:
            shutil.copy(self.migrated, self.folder / "zhichi.db")
        else:
            self.house.store.migrate()

    def new_house(self) -> House:
        """Another process of this company, with connections of its own."""
        return House(load_config(self.folder / "config.toml"))

    def close(self) -> None:
        """Let go of the database."""
        self.house.store.close()

    def take(self, raw: bytes, when: str, received: str = "") -> Fate:
        """The mail arrives and is handled at `when`; with `received` it came earlier."""
        moment = at(when)
        envelope = Envelope("main", "INBOX", 1, next(self._uids), at(received or when))
        return self.house.intake.take(FetchedMail(envelope, raw), moment)

    def write(self, *args: Any, **more: Any) -> Fate:
        """A mail made by `make_mail` arrives at the moment it was written."""
        return self.take(make_mail(*args, **more), args[1])

    def open_case(self, when: str = "09-17 10:00", subject: str = SUBJECT) -> Case:
        """Sales asks; the case lies before the director."""
        assert self.write(SALES, when, "请安排", subject=subject) is Fate.ACTED
        return self.cases()[-1]

    def cases(self) -> tuple[Case, ...]:
        """All cases, oldest first."""
        with self.house.store.reading() as tx:
            return tuple(sorted(tx.cases.list(), key=lambda case: case.id))

    def case(self) -> Case:
        """The only case."""
        (case,) = self.cases()
        return case

    def history(self, case: Case) -> tuple[HistoryEntry, ...]:
        """What is on the case's record."""
        with self.house.store.reading() as tx:
            return tuple(tx.history.of(case.id))

    def last_mail(self) -> MailRow:
        """The mail taken last, as recorded."""
        with self.house.store.reading() as tx:
            newest = tx.mails.find_place("main", "INBOX", 1, self._last_uid)
        assert newest
        return newest

    def lines(self) -> tuple[OutboxLine, ...]:
        """Every outgoing copy."""
        with self.house.store.reading() as tx:
            return tx.outbox.list()

    def sent(self, person: str, kind: str = "") -> list[Got]:
        """What a person got, oldest first: nothing that is held back."""
        lines = [x for x in self.lines() if person in x.recipients and x.status is not OutboxStatus.HELD]
        with self.house.store.reading() as tx:
            rows = [tx.outbox.get(line.id) for line in lines if kind in {"", line.kind.value}]
        return [open_mail(row.raw) for row in rows if row]

    @property
    def _last_uid(self) -> int:
        with self.house.store.reading() as tx:
            cursor = tx.mails.cursor("main", "INBOX")
        assert cursor
        return cursor.last_uid


def open_mail(raw: bytes) -> Got:
    """A mail as its reader sees it."""
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    parts = {kind: message.get_body((kind,)) for kind in ("plain", "html")}
    text, html = (str(part.get_content()) if part else "" for part in parts.values())
    return Got(message, text, html)


def make_mail(
    sender: str,
    when: str,
    text: str,
    *,
    subject: str = "",
    answer: Got | None = None,
    results: str | None = PASS,
    quote: bool = True,
    to: str = "",
    cc: str | None = None,
    change: Callable[[EmailMessage], None] = lambda _mail: None,
) -> bytes:
    """A mail to the bot; with `answer` a reply-all that quotes it. `results`: what the receiving host says of it."""
    mail = EmailMessage(policy=policy.SMTP)
    if results is not None:
        mail["Authentication-Results"] = results
    mail["From"] = sender
    mail["To"] = to or (BOT if sender != SALES or answer else DIRECTOR)
    everybody = ", ".join(p for p in PEOPLE if p != sender) if answer else BOT
    mail["Cc"] = everybody if cc is None else cc
    mail["Date"] = format_datetime(at(when))
    mail["Message-ID"] = f"<t{next(_numbers)}@demo.local>"
    if answer:
        mail["In-Reply-To"] = answer.message["Message-ID"]
        mail["References"] = f"{answer.message.get('References', '')} {answer.message['Message-ID']}".strip()
        subject = subject or f"回复: {answer.message['Subject']}"
        head = f"发件人: bot <{BOT}>\n发送时间: 2026年9月17日 10:00\n主题: {subject}"
        if quote:
            text = f"{text}\n\n------------------ 原始邮件 ------------------\n{head}\n\n{answer.text}"
    mail["Subject"] = subject
    mail.set_content(text)
    change(mail)
    return bytes(mail)
