"""Settings for the fetch tests: loopback, short patience; and what a turn does, look and fetch, in one."""

from collections.abc import Iterator
from typing import Any

from bot.fetch.connection import Mailbox
from bot.fetch.news import FetchedMail, FolderCursor, fetch_mails, find_new
from bot.fetch.settings import ImapSettings

SECRET = "kxvbqmnzlprtwsde"


def make_settings(port: int, **changes: Any) -> ImapSettings:
    """An account on this machine; `changes` replace fields."""
    values: dict[str, Any] = {
        "account": "support",
        "host": "127.0.0.1",
        "port": port,
        "user": "bot@demo.local",
        "password": SECRET,
        "tls": "none",
        "connect_timeout": 5.0,
        "read_timeout": 5.0,
    }
    return ImapSettings(**{**values, **changes})


def fetch_new(mailbox: Mailbox, folder: str, cursor: FolderCursor | None) -> Iterator[FetchedMail]:
    """The mails of `folder` above `cursor`, fetched as they are taken."""
    yield from fetch_mails(mailbox, find_new(mailbox, folder, cursor))
