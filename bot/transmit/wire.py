"""MIME parts as the bytes that go over the wire (RFC 2045, RFC 2046).

The library builds a tree and flattens it line by line, for each copy anew; that cost half of what a notice cost. What
goes out is, byte for byte, what it made; a file is encoded once for all copies.
"""

from binascii import b2a_base64
from collections.abc import Iterable
from struct import Struct

from bot.transmit.headers import Folded

_LINE = 76  # characters
_MANY_LINES = Struct(32 * f"{_LINE}s")  # cuts twice as fast as slices do
_TEXT_HEADS = {
    subtype: (
        f'Content-Type: text/{subtype}; charset="utf-8"\r\nMIME-Version: 1.0\r\n'
        "Content-Transfer-Encoding: base64\r\n\r\n"
    ).encode()
    for subtype in ("plain", "html")
}


def text_part(body: bytes, subtype: str) -> bytes:
    """`body` (UTF-8, each line with its CRLF) as a part text/`subtype`, base64."""
    return _TEXT_HEADS[subtype] + encode_base64(body)


def encode_base64(content: bytes) -> bytes:
    """Base64 in lines of 76 characters, each with its line end (RFC 2045 6.8)."""
    whole = b2a_base64(content, newline=False)
    many = len(whole) // _MANY_LINES.size * _MANY_LINES.size
    lines: list[bytes] = [line for block in _MANY_LINES.iter_unpack(whole[:many]) for line in block]
    lines += [whole[start : start + _LINE] for start in range(many, len(whole), _LINE)]
    return b"\r\n".join((*lines, b""))


def write_fields(fields: Iterable[tuple[str, Folded]]) -> bytes:
    """Header fields, each with its line end."""
    lines = [f"{name}: " + value.encode(linesep="\r\n") for name, value in fields]
    return "\r\n".join((*lines, "")).encode()


def multipart(subtype: str, boundary: str, parts: Iterable[bytes], fields: bytes = b"") -> bytes:
    """A multipart/`subtype` of whole `parts`, with further header `fields`; `boundary` stands in none of them."""
    mark = f"--{boundary}".encode()
    head = f'Content-Type: multipart/{subtype};\r\n boundary="{boundary}"\r\nMIME-Version: 1.0\r\n'.encode()
    pieces = [head, fields]
    for part in parts:
        pieces += (b"\r\n", mark, b"\r\n", part)
    return b"".join((*pieces, b"\r\n", mark, b"--\r\n"))
