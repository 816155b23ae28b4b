"""imapclient with the few corners rounded off that a bot running for months meets."""

import select
import socket
import ssl
from contextlib import suppress
from functools import lru_cache
from imaplib import IMAP4
from typing import Any

from imapclient import IMAPClient, SocketTimeout

from bot.errors import MailServerError
from bot.fetch.faults import decode_server_text
from bot.fetch.settings import ImapSettings


@lru_cache(maxsize=8)
def make_tls_context(ca_file: str | None) -> ssl.SSLContext:
    """A verifying context; kept, since loading the authorities costs more than a whole look at a mailbox."""
    return ssl.create_default_context(cafile=ca_file)


class Client(IMAPClient):  # type: ignore[misc]  # imapclient has no types
    """An IMAPClient that keeps a server's GBK error texts, tells of unasked EXISTS, and idles without losing a line."""

    def _check_resp(self, expected: str, command: str, typ: str, data: list[bytes | None]) -> None:
        if typ != expected:
            raise IMAP4.error(f"{command}: {typ} {decode_server_text(data[0] or b'')}")

    def silence(self) -> None:
        """Stop imaplib from formatting every line for a debug log that nobody may read: it would hold mails."""
        self._imap.debug = 0

    def took_news(self, exists: int) -> bool:
        """Whether another count than `exists`, or an EXPUNGE, came unasked since the last call; imaplib swallows both.

        A server that only repeats the count it told at EXAMINE says nothing new.
        """
        counts = [int(count) for count in self._imap.response("EXISTS")[1] if count is not None]
        expunged = self._imap.response("EXPUNGE")[1] != [None]
        return expunged or any(count != exists for count in counts)

    def start_idle(self) -> bool:
        """Enter IDLE; true when something was announced before the server's "+", which `idle()` takes for an error."""
        self._idle_tag = self._imap._command("IDLE")
        announced = False
        while self._imap._get_response() is not None:
            if self._imap.tagged_commands[self._idle_tag]:
                typ, data = self._imap.tagged_commands.pop(self._idle_tag)
                raise IMAP4.error(f"IDLE: {typ} {decode_server_text(data[0] or b'')}")
            announced = True
        return announced

    def has_unread_bytes(self) -> bool:
        """Whether an answer already waits in a buffer of imaplib or TLS, where no select() on the socket sees it."""
        sock = self.socket()
        if isinstance(sock, ssl.SSLSocket) and sock.pending():
            return True
        kept: Any = getattr(self._imap, "_readbuf", None)  # Python 3.14 and later
        if kept is not None:
            return bool(kept)
        before = sock.gettimeout()
        sock.setblocking(False)
        try:
            return bool(self._imap.file.peek(1))
        except (ssl.SSLWantReadError, BlockingIOError):
            return False
        finally:
            sock.settimeout(before)


def wait_readable(sockets: list[socket.socket], seconds: float) -> set[int]:
    """The file numbers of those sockets that can be read, after at most `seconds`; poll() knows no limit of 1,024."""
    poller = select.poll()
    for sock in sockets:
        poller.register(sock.fileno(), select.POLLIN)
    return {number for number, _ in poller.poll(max(0.0, seconds) * 1000)}


def dial(settings: ImapSettings) -> Client:
    """Connect, with verified TLS unless it is this very machine. Raises what socket, ssl and imaplib raise."""
    context = None if settings.tls == "none" else make_tls_context(settings.ca_file)
    client = Client(
        settings.host,
        settings.port,
        ssl=settings.tls == "implicit",
        ssl_context=context,
        timeout=SocketTimeout(settings.connect_timeout, settings.read_timeout),
    )
    client.silence()
    client.normalise_times = False
    client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    client.socket().setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    if settings.tls == "starttls":
        try:
            _start_tls(client, settings, context)
        except BaseException:
            with suppress(Exception):
                client.shutdown()
            raise
    return client


def _start_tls(client: Client, settings: ImapSettings, context: ssl.SSLContext | None) -> None:
    if not client.has_capability("STARTTLS"):
        raise MailServerError(
            f"{settings.account} at {settings.host}:{settings.port}: the server offers no STARTTLS;"
            ' set tls = "implicit" with port 993, the bot never logs in in the clear'
        )
    client.starttls(context)
