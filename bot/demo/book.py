"""Every mail of the story as an .eml file and a safe page to open, with an index in the order of time."""

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path

from bot.demo.cast import BOT, call, find_member
from bot.demo.letters import find_links, read_original
from bot.rules.times.hours import SHANGHAI
from bot.transmit.pages import PageEntry, index_page, mail_page

_MOST_SHOWN = 24  # characters of what a person wrote


@dataclass(frozen=True, slots=True)
class Delivery:
    """A mail as it was delivered, at an aware moment; `recipients` without the bot's copy to itself."""

    at: datetime
    raw: bytes
    sender: str
    recipients: tuple[str, ...]


class Book:
    """Collects deliveries, which come from the hub's thread, and writes them into a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.deliveries: list[Delivery] = []
        self._lock = threading.Lock()
        self._taken = 0

    @property
    def index(self) -> Path:
        """The page to open first."""
        return self.folder / "index.html"

    def add(self, at: datetime, raw: bytes, sender: str, recipients: tuple[str, ...]) -> None:
        """Keep one delivery; the bot's mail to itself alone is no mail to a person, but its evidence."""
        people = tuple(a.lower() for a in recipients if sender.lower() != BOT or a.lower() != BOT)
        with self._lock:
            self.deliveries.append(Delivery(at, raw, sender.lower(), people))

    def take_new(self) -> list[Delivery]:
        """The deliveries since the last call."""
        with self._lock:
            new = self.deliveries[self._taken :]
            self._taken += len(new)
            return new

    def find(self, wanted: Callable[[Delivery], bool]) -> Path:
        """Where the first mail that is `wanted` is written; ValueError when there is none."""
        for number, delivery in enumerate(self.deliveries, start=1):
            if wanted(delivery):
                return self.folder / f"{_file_name(number, delivery)}.eml"
        raise ValueError("no such mail")

    def write(self) -> None:
        """Write all mails and the index; mails with the same moment stay in the order of delivery."""
        self.folder.mkdir(parents=True, exist_ok=True)
        entries = [self._write_one(n, delivery) for n, delivery in enumerate(self.deliveries, start=1)]
        self.index.write_text(index_page(entries, "zhichi demo：全部邮件"), "utf-8")

    def _write_one(self, number: int, delivery: Delivery) -> PageEntry:
        mail = message_from_bytes(delivery.raw, policy=policy.default)
        name = _file_name(number, delivery)
        (self.folder / f"{name}.eml").write_bytes(delivery.raw)
        (self.folder / f"{name}.html").write_text(mail_page(delivery.raw), "utf-8")
        return PageEntry(
            file=f"{name}.html",
            at=delivery.at,
            sender=_named(delivery.sender),
            to="、".join(_named(a) for a in delivery.recipients),
            subject=str(mail["Subject"]),
            note=_note(delivery),
        )


def _file_name(number: int, delivery: Delivery) -> str:
    who = "bot" if delivery.sender == BOT else re.sub(r"[^a-z]", "", call(delivery.sender).lower()) or "someone"
    return f"{number:03}-{delivery.at.astimezone(SHANGHAI):%m%d}-{who}"


def _named(email: str) -> str:
    member = find_member(email)
    return member.name if member else "支持机器人" if email == BOT else email


def _note(delivery: Delivery) -> str:
    """What the mail is about: a person's first words; the bot's title, and the buttons only its reader got."""
    first = next((line for line in read_original(delivery.raw).text.splitlines() if line.strip()), "自动回复")
    if delivery.sender != BOT:
        said = f"“{first if len(first) <= _MOST_SHOWN else first[: _MOST_SHOWN - 1] + '…'}”"
        return f"{said}（邮件服务器不能证明发件人）" if b"dmarc=fail" in delivery.raw else said
    buttons = find_links(delivery.raw)
    title = first.partition("】")[2].partition("（")[0]
    return f"{title}；只给本人的按钮：{'、'.join(buttons)}" if buttons else title
