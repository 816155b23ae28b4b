"""Several commands in one go where the server offers it (RFC 2920): one wait for the network instead of one each.

aiosmtplib asks for each reply before the next command, so its connection is borrowed for that moment.
"""

import asyncio
from collections.abc import Sequence

import aiosmtplib
from aiosmtplib.protocol import SMTPProtocol

from bot.transmit.dialling import make_readable

_GOING_AWAY = 421
_NO_REPLY = -1  # aiosmtplib's code for what is none
_MOST = 1 << 16  # octets of replies waiting to be read


async def ask_in_one_go(
    protocol: SMTPProtocol | None, commands: Sequence[str], patience: float
) -> list[aiosmtplib.SMTPResponse]:
    """One reply for each of `commands`, in order, or fewer, the last one 421, when the server goes away.

    `patience`: seconds without a reply. Raises SMTPException or TimeoutError; then the line is of no more use.
    """
    transport = protocol.transport if protocol else None
    if protocol is None or not isinstance(transport, asyncio.Transport) or transport.is_closing():
        raise aiosmtplib.SMTPServerDisconnected("connection lost before the envelope")
    replies = _Replies(protocol)
    transport.set_protocol(replies)
    try:
        transport.write("".join(f"{command}\r\n" for command in commands).encode())
        return await replies.read(len(commands), patience)
    finally:
        transport.set_protocol(protocol)


class _Replies(asyncio.Protocol):
    """Collects replies in `owner`'s place; the end of the line is told to `owner` too."""

    def __init__(self, owner: SMTPProtocol) -> None:
        self._owner = owner
        self._lines: list[bytes] = []
        self._rest = b""
        self._came = asyncio.Event()
        self._lost: Exception | None = None

    def data_received(self, data: bytes) -> None:
        *lines, self._rest = (self._rest + data).split(b"\n")
        self._lines += lines
        self._came.set()

    def eof_received(self) -> bool | None:
        self._lose(None)
        return self._owner.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        self._lose(exc)
        self._owner.connection_lost(exc)

    def _lose(self, cause: Exception | None) -> None:
        self._lost = aiosmtplib.SMTPServerDisconnected("Connection lost")
        self._lost.__cause__ = cause
        self._came.set()

    async def read(self, count: int, patience: float) -> list[aiosmtplib.SMTPResponse]:
        """The next `count` replies, as `ask_in_one_go` says."""
        replies: list[aiosmtplib.SMTPResponse] = []
        said: list[bytes] = []
        while True:
            lines, self._lines = self._lines, []
            for line in lines:
                code = _read_code(line)
                said.append(line[4:].strip())
                if line[3:4] == b"-":
                    continue
                text = make_readable(b"\n".join(said).decode("utf-8", "surrogateescape"))
                replies.append(aiosmtplib.SMTPResponse(code, text))
                said = []
                if replies[-1].code == _GOING_AWAY:
                    return replies
            if len(replies) >= count:
                break
            await self._wait(patience, sum(map(len, said)))
        if len(replies) > count or said or self._rest:
            raise aiosmtplib.SMTPResponseException(_NO_REPLY, "the server answers more than it was asked")
        return replies

    async def _wait(self, patience: float, held: int) -> None:
        if self._lost:
            raise self._lost
        if held + len(self._rest) > _MOST:
            raise aiosmtplib.SMTPResponseException(_NO_REPLY, "Response too long")
        self._came.clear()
        async with asyncio.timeout(patience):
            await self._came.wait()


def _read_code(line: bytes) -> int:
    if not line[:3].isdigit():
        shown = make_readable(line.decode("utf-8", "surrogateescape"))
        raise aiosmtplib.SMTPResponseException(_NO_REPLY, f"Malformed SMTP response line: {shown}")
    return int(line[:3])
