"""Bytes to clean text, whatever the label says: labels in Chinese mail are often wrong (mail-in-china.md C6)."""

import codecs
import re
from collections.abc import Iterator
from functools import lru_cache

_GB_LABELS = frozenset({"x-gbk", "cp936", "ms936", "windows-936", "euc-cn", "euccn", "csgb2312", "chinese"})
_BIG5_LABELS = frozenset({"big5", "big5-hkscs", "big5hkscs", "big5-eten", "x-x-big5", "cp950", "ms950", "csbig5"})
# Labels that software writes without knowing: the bytes decide.
_WEAK_LABEL = re.compile(r"(?:iso-?8859|latin|windows-?125|cp125|us-ascii|ascii|x-unknown|unknown|default|8bit|binary)")
_SINGLE_BYTE_LABEL = re.compile(r"(?:iso-?8859|latin|windows-?125|cp125)")
_LABEL = re.compile(r"[a-z0-9][a-z0-9._:+-]{0,39}")
_STATEFUL = re.compile(r"utf-?(?:7|16|32)|hz|iso-?2022|ucs")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")  # begin a text in no other charset
# Text codecs by Python's register that are no charset of any mail, and may be slow or surprising.
_NO_CHARSET = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"})
# They make control characters and surrogates of no other bytes.
_CLEAN_CODECS = frozenset({"utf-8", "gb18030", "big5hkscs"})
_CONTROL_BYTES = bytes(b for b in range(32) if b not in {0x09, 0x0A, 0x0D}) + b"\x7f"
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ODD_HIGH_RUN = re.compile(rb"(?<![\x80-\xff])(?:[\x80-\xff]{2})*[\x80-\xff](?![\x80-\xff])")
_MANY_GOOD_PER_BAD = 8


def decode_text(data: bytes, label: str = "") -> str:
    """`data` as clean text: no control characters but tab and newline, no lone surrogate, newlines as \\n.

    Tried strictly in this order: the label (gb2312, gbk and kin as gb18030), UTF-8, gb18030, big5hkscs. A label that
    calls UTF-8 bytes GB, or the other way round, is seen through. Only bytes that fit none of them leave U+FFFD.
    Takes linear time and never raises.
    """
    codec = "utf-16" if data[:2] in _UTF16_MARKS else find_codec(label)
    if _STATEFUL.match(codec):
        return clean_text(_decode_stateful(data, codec))
    data = data.translate(None, _CONTROL_BYTES)
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if data.isascii():
        return data.decode("ascii")
    return _decode_high(data, codec, label)


def clean_text(text: str) -> str:
    """`text` without NUL, control characters and lone surrogates, newlines as \\n: what every store can keep."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSTORABLE.sub("", text)


@lru_cache(maxsize=256)
def find_codec(label: str) -> str:
    """Python's codec for a charset label: "gb18030" for GB's whole family, "" when the label says nothing."""
    name = label.strip().strip("\"'").lower()
    if not _LABEL.fullmatch(name) or (_WEAK_LABEL.match(name)):
        return ""
    if name.startswith("gb") or name in _GB_LABELS:
        return "gb18030"
    if name in _BIG5_LABELS:
        return "big5hkscs"
    if name.startswith("hz"):
        return "hz"
    if name.startswith(("utf8", "utf-8", "utf_8")):
        return "utf-8"
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    is_text = getattr(found, "_is_text_encoding", True)
    return found.name if is_text and found.name not in _NO_CHARSET else ""


def _decode_stateful(data: bytes, codec: str) -> str:
    if codec.startswith("utf-16"):
        data = data[: len(data) & ~1]  # a torn last character
    for candidate in (codec, "utf-8", "gb18030"):
        try:
            return data.decode(candidate)
        except (UnicodeError, LookupError):
            continue
    return data.decode("utf-8", "replace")


def _decode_high(data: bytes, codec: str, label: str) -> str:
    for candidate in _candidates(data, codec, label):
        try:
            text = data.decode(candidate)
        except (UnicodeError, LookupError):
            if candidate == "utf-8" and (mostly := _mostly_utf8(data)):
                return mostly
            continue
        return text.lstrip("\ufeff") if candidate in _CLEAN_CODECS else _UNSTORABLE.sub("", text.lstrip("\ufeff"))
    guesses = [data.decode(name, "replace") for name in ("utf-8", "gb18030")]
    return _UNSTORABLE.sub("", min(guesses, key=lambda text: text.count("\ufffd")))


def _candidates(data: bytes, codec: str, label: str) -> Iterator[str]:
    if codec in {"gb18030", "big5hkscs"} and _is_wide_utf8(data):
        yield "utf-8"
    if codec:
        yield codec
    yield "utf-8"
    if _SINGLE_BYTE_LABEL.match(label.strip().strip("\"'").lower()) and _ODD_HIGH_RUN.search(data):
        yield "cp1252"
        yield "latin-1"
    yield "gb18030"
    yield "big5hkscs"


def _is_wide_utf8(data: bytes) -> bool:
    """Whether GB-labelled bytes are UTF-8 after all: every character three bytes long, so hardly by chance."""
    try:
        text = data.decode("utf-8")
    except UnicodeError:
        return False
    return all(char >= "\u2000" or char < "\x80" for char in text)


def _mostly_utf8(data: bytes) -> str:
    """UTF-8 with a broken character here and there, those dropped; "" when it is something else."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(char >= "\u0800" for char in text) - bad
    return text.replace("\ufffd", "") if good >= _MANY_GOOD_PER_BAD * bad else ""
