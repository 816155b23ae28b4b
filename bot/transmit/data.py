"""The data of a mail on their way out, all but the final dot (RFC 5321 4.5.2)."""

import asyncio
import re

import aiosmtplib
from aiosmtplib.protocol import SMTPProtocol

_LINE_END = re.compile(rb"\r\n|\r|\n")
_NO_LINE_END = bytes(set(range(256)) - set(b"\r\n"))
_CHUNK = 1 << 16
_LOOK_AGAIN = 0.005  # seconds between looks at whether a chunk has left


def encode_body(raw: bytes) -> bytes:
    """`raw` with CRLF line ends only, dots at line starts doubled (RFC 5321 4.5.2), without the final dot."""
    if len(raw.translate(None, _NO_LINE_END)) != 2 * raw.count(b"\r\n"):  # our own mails never need it
        raw = _LINE_END.sub(b"\r\n", raw)
    body = _double_dots(raw)
    return body if body.endswith(b"\r\n") else body + b"\r\n"


def _double_dots(raw: bytes) -> bytes:
    """Base64 has no dots: looking before the few there are is quicker than looking at the start of each line."""
    *before, _ = raw.split(b".")
    if raw.startswith(b"."):
        return b"." + raw.replace(b"\n.", b"\n..")
    return raw.replace(b"\n.", b"\n..") if any(part.endswith(b"\n") for part in before) else raw


async def push(
    body: bytes,
    protocol: SMTPProtocol,
    transport: asyncio.WriteTransport,
    answer: "asyncio.Task[aiosmtplib.SMTPResponse]",
) -> None:
    """Write in chunks, each out of the process before the next: a transport tells of no more than its own buffer."""
    for start in range(0, len(body), _CHUNK):
        await asyncio.sleep(0)  # let the reader stand ready, and hear a refusal in the middle
        if answer.done():
            return
        protocol.write(body[start : start + _CHUNK])
        while transport.get_write_buffer_size() and not answer.done():  # noqa: ASYNC110  # it tells nobody when empty
            await asyncio.sleep(_LOOK_AGAIN)


async def give_up(answer: "asyncio.Task[aiosmtplib.SMTPResponse]") -> None:
    answer.cancel()
    await asyncio.wait([answer])
    if not answer.cancelled():
        answer.exception()  # seen, or asyncio complains of it later
