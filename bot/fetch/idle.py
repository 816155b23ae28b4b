"""Waiting for news: IDLE where the server has it, a plain wait where not. A hint only; the poll is the truth."""

import socket
import time
from contextlib import suppress

from bot.fetch.client import Client, wait_readable
from bot.fetch.connection import Mailbox
from bot.fetch.news import FolderCursor, News, find_new


def wait_for_news(
    mailbox: Mailbox, folder: str, cursor: FolderCursor | None, wake: socket.socket | None, timeout: float
) -> News | None:
    """Wait at most `timeout` seconds for a mail above `cursor` in `folder`; what is there to fetch.

    None after the time, or when a byte came on `wake` (it is taken from there). The folder is looked at before every
    IDLE, at least each `idle_renew` seconds, so no mail is left stranded (RFC 2177, performance.md part 2).
    Raises MailServerError when the connection is gone.
    """
    deadline = time.monotonic() + timeout
    while True:
        if news := find_new(mailbox, folder, cursor):
            return news
        left = deadline - time.monotonic()
        if left <= 0:
            return None
        if not mailbox.has("IDLE"):
            wait_for_wake(wake, left)
            return None
        if _idle_once(mailbox, wake, min(left, mailbox.settings.idle_renew)):
            return None


def wait_for_wake(wake: socket.socket | None, seconds: float) -> bool:
    """Wait for a byte on `wake`; true when one came. For pauses between tries, too."""
    if wake is None:
        time.sleep(max(0.0, seconds))
        return False
    if not wait_readable([wake], seconds):
        return False
    drain(wake)
    return True


def drain(wake: socket.socket) -> None:
    """Take the bytes that wait on `wake`, so that the next wait does not end at once."""
    with suppress(BlockingIOError):
        while len(wake.recv(4096, socket.MSG_DONTWAIT)) == 4096:  # a full buffer: there may be more
            pass


def _idle_once(mailbox: Mailbox, wake: socket.socket | None, seconds: float) -> bool:
    """One IDLE until something is announced, woken, or `seconds` are over; true when woken."""
    woken = False
    with mailbox.talking() as client:
        if not client.start_idle() and not client.has_unread_bytes():
            woken = _wait(client, wake, seconds)
        client.idle_done()
    if woken and wake is not None:
        drain(wake)
    return woken


def _wait(client: Client, wake: socket.socket | None, seconds: float) -> bool:
    sock = client.socket()
    ready = wait_readable([sock, wake] if wake is not None else [sock], seconds)
    return wake is not None and wake.fileno() in ready
