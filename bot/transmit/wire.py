"""MIME parts as the bytes that go over the wire (RFC 2045, RFC 2046).

The library builds a tree and flattens it line by line, for each copy anew; that cost half of what a notice cost. What
goes out is, byte for byte, what it made; a file is encoded once for all copies.
"""

from binascii import b2a_base64
from collections.abc import Iterable, Sequence

from bot.transmit.headers import Folded

_LINE = 76  # characters


def text_part(text: str, subtype: str) -> bytes:
    """`text` (lines parted by `\\n`) as a part text/`subtype` in UTF-8, base64."""
    head = f'Content-Type: text/{subtype}; charset="utf-8"\r\nMIME-Version: 1.0\r\n'
    head += "Content-Transfer-Encoding: base64\r\n\r\n"
    return head.encode() + encode_base64(text.replace("\n", "\r\n").encode())


def encode_base64(content: bytes) -> bytes:
    """Base64 in lines of 76 characters, each with its line end (RFC 2045 6.8)."""
    whole = b2a_base64(content, newline=False)
    lines = [whole[start : start + _LINE] for start in range(0, len(whole), _LINE)]
    return b"\r\n".join((*lines, b""))


def multipart(subtype: str, boundary: str, parts: Sequence[bytes], fields: Iterable[tuple[str, Folded]] = ()) -> bytes:
    """A multipart/`subtype` of whole `parts`, with further header `fields`; `boundary` stands in none of them."""
    lines = [f'Content-Type: multipart/{subtype};\r\n boundary="{boundary}"', "MIME-Version: 1.0"]
    lines += [name + ": " + value.encode(linesep="\r\n") for name, value in fields]
    mark = f"--{boundary}".encode()
    body = b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts)
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body + mark + b"--\r\n"
