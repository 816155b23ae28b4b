"""The MIME tree of a mail written as nearly all programs write it, without the library's parser (RFC 2045, 2046).

The library looks at every line and compiles a pattern for every boundary: half of what reading a mail cost. Here each
level is cut by plain searches. Whatever is not plain gives None, and the library is the judge; where both read, both
give the same tree (tests/parse/test_plain_tree.py, tests/fuzz hold them to it).
"""

import re
from collections.abc import Iterator
from email.message import Message
from email.policy import compat32

_MAX_PARTS = 100
_MAX_LEVELS = 6

_HEAD = re.compile(r"(?:[!-9;-~]++:[^\n]*+\n(?:[ \t][^\n]*+\n)*+)++\r?\n")
_FIELD = re.compile(r"([!-9;-~]++):[ \t]*+([^\n]*+(?:\n[ \t][^\n]*+)*+)\n")
_PARAMETER = r"\s*;\s*[A-Za-z-]+=(?:\"[^\"\\;]*\"|[^\s\";\\]+)"
_MULTIPART = re.compile(rf"multipart/(?!digest)[a-z-]+(?:{_PARAMETER})+\s*;?\s*", re.IGNORECASE)
_BOUNDARY = re.compile(
    r";\s*boundary=(?:\"([0-9A-Za-z'()+_,./:=? -]{0,200}[0-9A-Za-z'()+_,./:=?-])\"|([0-9A-Za-z'()+_,./:=?-]{1,200}))"
    r"(?=\s*(?:;|\Z))",
    re.IGNORECASE,
)

_BARE_RETURN = re.compile(rb"\r(?!\n)")

# Python's versions differ in what they make of a field whose first line is empty.
_DROPS_EMPTY_LINE = compat32.header_source_parse(["A:\n", " b\n"])[1] == "b"


class _Odd(Exception):
    """Something that is not plain."""


def read_plain_tree(raw: bytes) -> Message | None:
    """The tree that `email.message_from_bytes` gives, without preambles and epilogues; None when `raw` is not plain."""
    if _BARE_RETURN.search(raw):
        return None
    text = raw.decode("ascii", "surrogateescape")
    try:
        return _read_part(text, 0, len(text), _MAX_LEVELS, iter(range(_MAX_PARTS)))
    except _Odd:
        return None


def _read_part(text: str, start: int, end: int, levels: int, count: Iterator[int]) -> Message:
    if not levels or next(count, None) is None:
        raise _Odd
    part: Message = Message()
    head = _HEAD.match(text, start, end)
    if head is None:
        raise _Odd
    kind = ""
    for name, value in _FIELD.findall(text, start, head.end()):
        value = value.rstrip("\r\n")
        if _DROPS_EMPTY_LINE and value.startswith(("\r", "\n")):
            value = value.lstrip(" \t\r\n")
        part.set_raw(name, value)
        if not kind and name.lower() == "content-type":
            kind = value or ";"
    if boundary := _find_boundary(kind):
        for first, last in _cut(text, head.end(), end, "--" + boundary):
            part.attach(_read_part(text, first, last, levels - 1, count))
        return part
    payload = text[head.end() : end]
    if levels < _MAX_LEVELS:  # the line end before a boundary belongs to the boundary
        payload = payload[:-2] if payload.endswith("\r\n") else payload.removesuffix("\n")
    part.set_payload(payload)
    return part


def _find_boundary(content_type: str) -> str:
    """The boundary of a multipart, "" for a leaf."""
    kind = content_type.partition(";")[0].strip().lower()
    if not kind.startswith(("multipart/", "message/")):
        return ""
    found = _BOUNDARY.findall(content_type) if _MULTIPART.fullmatch(content_type) else []
    if len(found) != 1 or content_type.lower().count("boundary=") != 1:
        raise _Odd
    return str(found[0][0] or found[0][1])


def _cut(text: str, start: int, end: int, separator: str) -> Iterator[tuple[int, int]]:
    """Where each part begins and ends, up to the closing boundary."""
    first = -1
    at = text.find(separator, start, end)
    while at >= 0:
        after = at + len(separator)
        if at == start or text[at - 1] == "\n":
            line_end = text.find("\n", after, end)
            line_end = end if line_end < 0 else line_end
            tail = text[after:line_end].removesuffix("\r")
            closes = tail.startswith("--")
            if not tail.removeprefix("--").strip(" \t"):
                if first >= 0:
                    yield first, at
                elif closes:
                    raise _Odd
                if closes:
                    return
                first = after = line_end + 1
        at = text.find(separator, after, end)
    raise _Odd  # never closed
