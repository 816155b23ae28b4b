"""Embedded IMAP and SMTP in memory, for `zhichi demo` and whole-bot tests: pymap and aiosmtpd in one event loop.

One loop for both, or a delivery would not wake IDLE. Not for production: nothing is kept, nothing is encrypted, and it
listens on loopback only.
"""

import asyncio
import threading
from argparse import Namespace
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from email.utils import format_datetime
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from proxyprotocol.sock import SocketInfo
from pymap.backend.dict import Config, Login
from pymap.backend.dict.filter import FilterSet
from pymap.backend.dict.mailbox import MailboxSet
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.user import Passwords, UserMetadata
from pysasl.hashing import BuiltinHash

from bot.demo.vouch import vouch

AUTHSERV_ID = "hub.demo.local"
_HOST = "127.0.0.1"
_PATIENCE = 10.0  # seconds for the hub's thread to start, stop or take a mail
_MOST_BYTES = 50 << 20

Callback = Callable[[bytes, str, tuple[str, ...]], None]


class _Smtp(SMTP):  # type: ignore[misc]  # aiosmtpd is not followed by mypy
    """Real hosts take longer lines than RFC 5321 asks for; a hub that refused them would hide what mails look like."""

    line_length_limit = 1 << 20


class Hub:
    """`with Hub({"bot@demo.local": "pw"}, now) as hub:` runs both servers on free ports in a thread of their own.

    `users`: address → password. `now` gives the time of receipt (an aware datetime), so the demo can move its clock.
    With `vouches` every delivered mail carries `Authentication-Results: hub.demo.local; dmarc=pass|fail`: pass only
    when the authenticated login equals the From address.
    """

    def __init__(self, users: Mapping[str, str], now: Callable[[], datetime], *, vouches: bool = True) -> None:
        self.users = {address.lower(): password for address, password in users.items()}
        self.imap_port = 0
        self.smtp_port = 0
        self._now = now
        self._vouches = vouches
        self._callbacks: list[Callback] = []
        self._delivered: dict[str, list[bytes]] = {address: [] for address in self.users}
        self._boxes: dict[str, MailboxSet] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._ready = threading.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="demo-hub")

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait(_PATIENCE)
        if self._failure is not None:
            self._thread.join(_PATIENCE)
            raise self._failure
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._loop is not None and self._stop is not None:
            with suppress(RuntimeError):  # already over
                self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(_PATIENCE)

    def on_delivery(self, callback: Callback) -> None:
        """Call `callback(raw, sender, recipients)` for each mail delivered, from the hub's thread."""
        self._callbacks.append(callback)

    def deliver(self, raw: bytes, sender: str, recipients: Sequence[str], authenticated_as: str | None = None) -> None:
        """Lay a mail into the recipients' INBOXes as if it came from outside, or from a user logged in.

        ValueError when a recipient is no user. Not to be called from an `on_delivery` callback.
        """
        unknown = [address for address in recipients if address.lower() not in self.users]
        if unknown:
            raise ValueError(f"no such user: {', '.join(unknown)}")
        self._do(self._deliver(raw, sender, tuple(recipients), authenticated_as))

    def inbox(self, user: str) -> list[bytes]:
        """Every mail delivered to `user` so far, oldest first, whatever became of it."""
        return list(self._delivered[user.lower()])

    def _do(self, task: Coroutine[Any, Any, None]) -> None:
        if self._loop is None:
            task.close()
            raise RuntimeError("the hub is not running")
        asyncio.run_coroutine_threadsafe(task, self._loop).result(_PATIENCE)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:  # noqa: BLE001  # raised again in the thread that waits
            self._failure = error
        finally:
            self._loop = None
            self._ready.set()

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        imap = await asyncio.start_server(await self._make_imap(), _HOST, 0)
        smtp = await asyncio.get_running_loop().create_server(self._make_smtp, _HOST, 0)
        self.imap_port = imap.sockets[0].getsockname()[1]
        self.smtp_port = smtp.sockets[0].getsockname()[1]
        self._loop = asyncio.get_running_loop()
        self._ready.set()
        await self._stop.wait()
        for server in (imap, smtp):
            server.close()

    async def _make_imap(self) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[Any, Any, None]]:
        """A pymap server without its IMAPService, which loses connections on Python 3.13.

        One round of hashing: the passwords live in memory for a minute, and half a million rounds take longer to start
        than the demo's whole story.
        """
        options = Namespace(
            host=_HOST, port=0, debug=False, cert=None, key=None, tls=False, proxy_protocol=None,
            inherited_sockets=None, passlib_cfg=None, demo_data=False, demo_user="", demo_password="",
        )  # fmt: skip
        config = Config.from_args(options, invalid_user_sleep=0.0, hash_context=BuiltinHash(rounds=1))
        config.apply_context()
        login, passwords = Login(config), Passwords(config)
        for address, password in self.users.items():
            secret = await passwords.hash_password(password)
            login.users_dict[address] = UserMetadata(config, address, password=secret)
            self._boxes[address] = MailboxSet()
            config.set_cache[address] = (self._boxes[address], FilterSet())
        server = IMAPServer(login, config)

        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                await server(reader, writer, SocketInfo.get(writer, None, unique_id=uuid4().bytes))
            finally:
                writer.transport.abort()  # the hub may end before a polite close is through

        return talk

    def _make_smtp(self) -> _Smtp:
        return _Smtp(
            _Handler(self), hostname=AUTHSERV_ID, ident="demo hub", enable_SMTPUTF8=True, data_size_limit=_MOST_BYTES,
            authenticator=self._authenticate, auth_require_tls=False,
        )  # fmt: skip

    def _authenticate(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        if not isinstance(data, LoginPassword):
            return AuthResult(success=False, handled=False)
        login = data.login.decode("utf-8", "replace").lower()
        fits = login in self.users and self.users[login].encode() == data.password
        return AuthResult(success=fits, handled=fits, auth_data=login if fits else None)

    async def _deliver(self, raw: bytes, sender: str, recipients: tuple[str, ...], login: str | None) -> None:
        now = self._now()
        raw = vouch(raw, AUTHSERV_ID, login) if self._vouches else raw
        trace = f"Return-Path: <{sender}>\r\nReceived: by {AUTHSERV_ID}; {format_datetime(now)}\r\n"
        raw = trace.encode("ascii", "replace") + raw
        for address in dict.fromkeys(address.lower() for address in recipients):
            inbox = await self._boxes[address].get_mailbox("INBOX")
            self._delivered[address].append(raw)
            await inbox.append(AppendMessage(raw, now, frozenset()), recent=True)
        for callback in self._callbacks:
            callback(raw, sender, recipients)


class _Handler:
    """aiosmtpd's hooks; their names and return strings are its own."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address.lower() not in self._hub.users:
            return f"550 5.1.1 <{address}> no such user"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        login = session.auth_data if session.authenticated else None
        await self._hub._deliver(envelope.content, envelope.mail_from, tuple(envelope.rcpt_tos), login)
        return "250 2.0.0 delivered"
