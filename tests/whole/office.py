"""A company in a test: its configuration, its people's mail clients, and the bot's turns at chosen moments."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import uuid4
from zoneinfo import ZoneInfo

from imapclient import IMAPClient

from bot.config import load_config
from bot.cycle import Cycle, TurnReport
from bot.house import House
from bot.rules.case import Case

SHANGHAI = ZoneInfo("Asia/Shanghai")
BOT, DIRECTOR, SALES = "bot@demo.local", "chen@demo.local", "zgh@demo.local"
ENGINEER, ENGINEER_2, ADMIN = "li@demo.local", "wang@demo.local", "gxm@demo.local"
LEAD, LOCAL, COMPANY = "lead@demo.local", "local@demo.local", "company@demo.local"
PEOPLE = (DIRECTOR, SALES, ENGINEER, ENGINEER_2, ADMIN, LEAD, LOCAL, COMPANY)
AUTHSERV = "hub.demo.local"

CONFIG = """
[company]
name = "测试公司"
[[accounts]]
name = "main"
address = "{bot}"
authserv_id = "{authserv}"
[accounts.imap]
host = "127.0.0.1"
port = {imap_port}
tls = "none"
password_file = "password"
read_timeout = 20
[accounts.smtp]
host = "127.0.0.1"
port = {smtp_port}
tls = "none"
self_copy = {self_copy}
[database]
url_file = "database"
[[people]]
name = "陈总监"
address = "chen@demo.local"
roles = ["director"]
[[people]]
name = "张国华"
address = "zgh@demo.local"
roles = ["sales"]
aliases = ["ZGH"]
branch = "上海"
[[people]]
name = "李明"
address = "li@demo.local"
roles = ["engineer"]
aliases = ["李工"]
[[people]]
name = "王强"
address = "wang@demo.local"
roles = ["engineer"]
aliases = ["王工"]
[[people]]
name = "高晓梅"
address = "gxm@demo.local"
roles = ["admin"]
aliases = ["GXM"]
[[people]]
name = "林组长"
address = "lead@demo.local"
roles = ["sales_lead"]
branch = "上海"
[[people]]
name = "周总"
address = "local@demo.local"
roles = ["local_sales_director"]
branch = "上海"
[[people]]
name = "吴总"
address = "company@demo.local"
roles = ["company_sales_director"]
"""


class Hub(Protocol):
    """Mail servers, real or embedded, with a password for everybody."""

    imap_port: int
    smtp_port: int
    password: str

    def add_user(self, address: str) -> str: ...

    def append(self, user: str, raw: bytes, internaldate: datetime | None = None, folder: str = "INBOX") -> object: ...

    def inbox(self, user: str, folder: str = "INBOX") -> list[bytes]: ...

    def wait_for(self, user: str, count: int) -> None: ...

    def imap(self, user: str) -> AbstractContextManager[IMAPClient]: ...


def at(text: str) -> datetime:
    """A moment in Shanghai: `09-17 11:59:59` of 2026, or a whole ISO time."""
    whole = text if text.startswith("20") else f"2026-{text}"
    return datetime.fromisoformat(whole).replace(tzinfo=SHANGHAI)


@dataclass(frozen=True)
class Letter:
    """The new mail that a button opens."""

    to: tuple[str, ...]
    cc: tuple[str, ...]
    subject: str
    body: str


@dataclass(frozen=True)
class Got:
    """A mail as it lies in somebody's inbox."""

    message: EmailMessage
    text: str
    html: str

    @property
    def own_id(self) -> str:
        """The bot's own name for this copy, "" for people's mails."""
        return str(self.message.get("X-Zhichi-Id", ""))

    def button(self, label: str) -> tuple[str, str]:
        """Subject and body of the answer to the bot that the button with this label opens."""
        letter = self.letter(label)
        assert (letter.to, letter.cc) == ((BOT,), ())
        return letter.subject, letter.body

    def letter(self, label: str) -> Letter:
        """The whole mail that the button with this label opens."""
        found = re.search(rf'href="(mailto:[^"]+)"[^>]*>(?:<[^>]+>|\s)*{re.escape(label)}', self.html)
        assert found, f"no button {label!r} in: {self.text[:400]}"
        parts = urlsplit(found[1].replace("&amp;", "&"))
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        cc = tuple(query["cc"].split(",")) if "cc" in query else ()
        return Letter(tuple(unquote(parts.path).split(",")), cc, query["subject"], query["body"])


@dataclass
class Office:
    """Config, database and servers of one test."""

    hub: Hub
    folder: Path
    database: str = ""
    authserv: str = AUTHSERV
    self_copy: bool = True
    extra: str = ""
    _house: House | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        for address in (BOT, *PEOPLE):
            self.hub.add_user(address)
        (self.folder / "password").write_text(self.hub.password)
        (self.folder / "database").write_text(self.database or f"sqlite:///{self.folder / 'zhichi.db'}")
        for name in ("password", "database"):
            (self.folder / name).chmod(0o600)
        text = CONFIG.format(
            bot=BOT,
            authserv=self.authserv,
            imap_port=self.hub.imap_port,
            smtp_port=self.hub.smtp_port,
            self_copy=str(self.self_copy).lower(),
        )
        self.config.write_text(text + self.extra, encoding="utf-8")
        self.house.store.migrate()

    @property
    def config(self) -> Path:
        """The file."""
        return self.folder / "config.toml"

    @property
    def house(self) -> House:
        """The bot's parts; made once."""
        if self._house is None:
            self._house = House(load_config(self.config))
        return self._house

    def close(self) -> None:
        """Let go of the database."""
        if self._house:
            self._house.store.close()
        self._house = None

    def edit(self, old: str, new: str) -> None:
        """Change the configuration; counts from the next turn on."""
        text = self.config.read_text(encoding="utf-8")
        assert old in text
        self.config.write_text(text.replace(old, new), encoding="utf-8")
        self.close()

    def turn(self, when: str) -> TurnReport:
        """One whole turn of the bot as at `when`."""
        report = Cycle(self.house).turn(at(when))
        self.await_mail()
        return report

    def await_mail(self) -> None:
        """Until everything that the server took lies in the inboxes."""
        with self.house.store.reading() as tx:
            accepted = [address for line in tx.outbox.list() for address in line.accepted]
        for person in PEOPLE:
            self.hub.wait_for(person, accepted.count(person))

    def zhichi(self, *words: str, expect: int = 0) -> str:
        """The command itself in a process of its own; stdout."""
        done = subprocess.run(
            [sys.executable, "-m", "bot", *words],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            cwd=self.folder,
        )
        assert done.returncode == expect, f"{words}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def show(self, ref: str = "") -> dict[str, Any]:
        """`zhichi show --json` of the only case, or of `ref`."""
        found: dict[str, Any] = json.loads(self.zhichi("show", ref or self.case().ref, "--json"))
        return found

    def cases(self) -> tuple[Case, ...]:
        """All cases."""
        with self.house.store.reading() as tx:
            return tx.cases.list()

    def case(self) -> Case:
        """The only case."""
        (case,) = self.cases()
        return case

    def write(
        self,
        sender: str,
        when: str,
        text: str,
        subject: str = "",
        answer: Got | None = None,
        proved: bool = True,
        files: Sequence[tuple[str, bytes]] = (),
        change: Callable[[EmailMessage], None] = lambda _mail: None,
    ) -> bytes:
        """Somebody's mail arrives in the bot's mailbox at `when`; a reply-all with quote when `answer` is given."""
        mail = EmailMessage(policy=policy.SMTP)
        if proved:
            mail["Authentication-Results"] = f"{AUTHSERV}; dmarc=pass header.from=demo.local"
        mail["From"] = sender
        mail["To"] = BOT if sender != SALES or answer else DIRECTOR
        mail["Cc"] = ", ".join(p for p in PEOPLE if p != sender) if answer else BOT
        mail["Date"] = format_datetime(at(when))
        mail["Message-ID"] = f"<{uuid4().hex}@demo.local>"
        if answer:
            mail["In-Reply-To"] = answer.message["Message-ID"]
            mail["References"] = f"{answer.message.get('References', '')} {answer.message['Message-ID']}".strip()
            subject = subject or f"回复: {answer.message['Subject']}"
            head = f"发件人: bot <{BOT}>\n发送时间: 2026年9月18日 10:00\n主题: {subject}"
            text = f"{text}\n\n------------------ 原始邮件 ------------------\n{head}\n\n{answer.text}"
        mail["Subject"] = subject
        mail.set_content(text)
        for name, content in files:
            mail.add_attachment(content, maintype="application", subtype="pdf", filename=name)
        change(mail)
        raw = bytes(mail)
        self.hub.append(BOT, raw, internaldate=at(when))
        return raw

    def tap(self, person: str, when: str, got: Got, label: str, *, proved: bool = False) -> None:
        """`person` taps a button of a mail they got: a fresh mail without In-Reply-To."""
        subject, body = got.button(label)
        self.write(person, when, body, subject=subject, proved=proved)

    def inbox(self, person: str) -> list[Got]:
        """What lies in somebody's inbox, oldest first; the bot's as it sent them, for Postfix may turn two round."""
        got = [_open(raw) for raw in self.hub.inbox(person)]
        with self.house.store.reading() as tx:
            sent = {line.own_id: line.id for line in tx.outbox.list()}
        places = [n for n, mail in enumerate(got) if mail.own_id in sent]
        in_order = sorted((got[n] for n in places), key=lambda mail: sent[mail.own_id])
        for place, mail in zip(places, in_order, strict=True):
            got[place] = mail
        return got

    def was_told(self, person: str, words: str) -> bool:
        """Whether any mail of the bot to this person says so."""
        return any(words in got.text for got in self.inbox(person))

    def last(self, person: str) -> Got:
        """The newest mail in somebody's inbox."""
        return self.inbox(person)[-1]

    def papers(self, person: str) -> list[str]:
        """The Word files that hang on the newest mail in somebody's inbox, by the names their client shows."""
        names = [part.get_filename() or "" for part in self.last(person).message.iter_attachments()]
        return [name for name in names if name.endswith(".docx")]


def _open(raw: bytes) -> Got:
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    parts = {kind: message.get_body((kind,)) for kind in ("plain", "html")}
    text, html = (str(part.get_content()) if part else "" for part in parts.values())
    return Got(message, text, html)
