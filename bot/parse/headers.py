"""The header lines of a mail, looked up by name; addresses and ids read from them (RFC 5322)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, tzinfo
from email.utils import parsedate_to_datetime
from functools import cached_property, lru_cache

from bot.parse.decode import MAX_HEADER_CHARS, decode_header, parse_kind, parse_parameters
from bot.rules.mail import Address

MAX_IDS = 100
MAX_ID_CHARS = 500
_MAX_IDS_CHARS = MAX_IDS * (MAX_ID_CHARS + 4)
MAX_ADDRESSES = 10_000
_YEARS = range(1980, 2101)  # a Date outside is impossible
_MAX_DATE_CHARS = 200
_MAX_KNOWN_CHARS = 1_000
_MAX_NAME_TOKENS = 40  # a name with more pieces is none

# In this order: what may hide a separator first. Each alternative stops where the next of its kind starts: linear.
_TOKENS = re.compile(
    r'(?P<quoted>"(?:[^"\\]|\\.)*(?:"|\Z))|(?P<word>=\?[^?\s]{0,60}\?[bBqQ]\?[^?]*\?=)|(?P<angle><[^<>]*>)'
    r"|(?P<comment>\([^()]*\))|(?P<separator>[,;])|(?P<colon>:)|(?P<text>[^\",;:<>()=]+|.)",
    re.DOTALL,
)
_ADDRESS = re.compile(r"(?:\"[^\"@<>\s]{1,64}\"|[^\s@<>,;:\"()\[\]\\]{1,128})@[^\s@<>,;:\"()\\]{1,255}")
_ID = re.compile(r"<([^<>]+)>")
_BETWEEN_IDS = re.compile(r"[\s,;<>]+")
_RELAY_PREFIX = re.compile(r"[0-9A-F]{16}\+(.+)", re.DOTALL)


class Headers:
    """The header lines of one mail, top to bottom; names without case."""

    def __init__(self, items: Iterable[tuple[str, str]]) -> None:
        self.items = [(name.lower(), str(value)) for name, value in items]
        self._first: dict[str, str] = {}
        for name, value in self.items:
            self._first.setdefault(name, value)

    def __contains__(self, name: str) -> bool:
        return name in self._first

    def has_none(self, names: frozenset[str]) -> bool:
        """Whether none of `names` (lower case) is there."""
        return names.isdisjoint(self._first)

    @property
    def kind(self) -> str:
        """The type of the Content-Type alone, lower case; "" when missing."""
        return parse_kind(self.raw("content-type").partition(";")[0])

    @cached_property
    def content_type(self) -> tuple[str, Mapping[str, str]]:
        """The Content-Type as (type, parameters); ("", {}) when missing."""
        return parse_parameters(self.raw("content-type"))

    def raw(self, name: str) -> str:
        """The topmost value of `name` (lower case) as sent, or ""."""
        return self._first.get(name, "")

    def text(self, name: str) -> str:
        """The topmost value of `name` decoded into one clean line, or ""."""
        return decode_header(self._first[name]) if name in self._first else ""

    def every(self, name: str) -> list[str]:
        """All values of `name` as sent, top to bottom."""
        return [value for found, value in self.items if found == name] if name in self._first else []


def parse_addresses(value: str) -> tuple[Address, ...]:
    """The mailboxes of one To, Cc or From value, in order; e-mail in lower case, names decoded.

    Tolerates group syntax, semicolons, encoded words in quotes, commas in bare names. What stands inside a display name
    is never taken for the address. An entry without a readable address is left out. Linear time.
    """
    return _read_known(value) if len(value) <= _MAX_KNOWN_CHARS else _read_addresses(value)


def _read_addresses(value: str) -> tuple[Address, ...]:
    found: list[Address] = []
    name: list[str] = []  # of the entry being read
    address = ""
    value = value[:MAX_HEADER_CHARS]
    for match in _TOKENS.finditer(value + ","):
        kind, text = match.lastgroup, match[0]
        if kind == "quoted" and not text.endswith('"'):  # never closed: read on without quotes
            return (*found, *_read_addresses(value[match.start() :].replace('"', "")))
        if kind == "angle":
            found += [Address(address, _join_name(name))] if address else []
            name, address = (name if not address else []), _parse_spec(text[1:-1])
        elif kind == "separator":
            address, name = _finish_bare(address, name)
            if address:
                found.append(Address(address, _join_name(name)))
                name, address = [], ""
            elif name:
                name = [*name, text] if len(name) < _MAX_NAME_TOKENS else []
        elif kind == "colon":
            name = []  # a group's name
        elif kind != "comment":
            name.append(text)
        if len(found) >= MAX_ADDRESSES:
            break
    return tuple(found)


_read_known = lru_cache(maxsize=1024)(_read_addresses)  # the same few people write to each other all day


def _finish_bare(address: str, name: list[str]) -> tuple[str, list[str]]:
    """At an entry's end: an address without <> is the last bare word with an @."""
    if address:
        return address, name
    words = "".join(piece for piece in name if not piece.startswith('"') and piece != ",").split()
    bare = [word for word in words if "@" in word and not word.startswith("=?")]
    if len(bare) == 1 and (spec := _parse_spec(bare[0])):
        return spec, []
    return "", name


def _join_name(tokens: list[str]) -> str:
    text = "".join(t[1:-1].replace('\\"', '"') if t.startswith('"') and len(t) > 1 else t for t in tokens)
    return decode_header(text.strip().rstrip(",;").strip())[:200] if text else ""


def _parse_spec(text: str) -> str:
    spec = "".join(text.split()).removeprefix("mailto:").rstrip(".").lower()
    return spec if _ADDRESS.fullmatch(spec) and spec.isprintable() else ""


def find_sender(headers: Headers) -> tuple[Address, str]:
    """Who the mail says it is from, and a problem in English or "".

    Fails closed: several From lines, several addresses in one, or none readable give `Address("")`.
    """
    lines = headers.every("from")
    if not lines:
        return Address(""), "no From line"
    if len(lines) > 1:
        return Address("", decode_header(lines[0])[:200]), f"{len(lines)} From lines: the sender is ambiguous"
    found = parse_addresses(lines[0])
    if len(found) == 1:
        return found[0], ""
    why = "several addresses in From: the sender is ambiguous" if found else "no readable address in From"
    return Address("", decode_header(lines[0])[:200]), why


def find_addresses(headers: Headers, name: str) -> tuple[Address, ...]:
    """All mailboxes of all lines called `name`, each address once."""
    seen: dict[str, Address] = {}
    for line in headers.every(name):
        for address in parse_addresses(line):
            seen.setdefault(address.email, address)
    return tuple(seen.values())


def find_message_id(headers: Headers) -> tuple[str, str]:
    """The Message-ID without <> or "" when missing, and a problem in English or ""."""
    ids = [found for line in headers.every("message-id") if (found := next(_find_ids(line), ""))]
    distinct = list(dict.fromkeys(ids))
    if not distinct:
        return "", "Message-ID is missing or empty"
    return distinct[0], f"{len(distinct)} different Message-IDs: the first is used" if len(distinct) > 1 else ""


def find_thread_ids(headers: Headers) -> tuple[str, ...]:
    """Ids this mail answers: In-Reply-To, then References from the newest; each once, at most MAX_IDS (B6).

    Commas between ids are tolerated. An id that a relay prefixed (16 hex digits and +) is followed by its bare form.
    """
    found: dict[str, None] = {}
    for line in headers.every("in-reply-to"):
        found |= dict.fromkeys(_find_ids(line))
    for line in headers.every("references"):
        found |= dict.fromkeys(reversed(list(_find_ids(line))))
    return tuple(dict.fromkeys(_with_bare_forms(found)))[:MAX_IDS]


def _with_bare_forms(ids: Iterable[str]) -> Iterator[str]:
    for found in ids:
        yield found
        if prefixed := _RELAY_PREFIX.fullmatch(found):
            yield prefixed[1]


def _find_ids(value: str) -> Iterator[str]:
    value = value[-_MAX_IDS_CHARS:]  # the newest stand last
    if not value.isascii() or "=?" in value:
        value = decode_header(value)
    for found in _ID.findall(value) or [bare for bare in _BETWEEN_IDS.split(value) if "@" in bare] or [value]:
        text = "".join(found.split())
        if text and len(text) <= MAX_ID_CHARS and text.isprintable():
            yield text


def parse_date(value: str, zone: tzinfo | None) -> datetime | None:
    """A Date header as an aware datetime; None when missing, unreadable or impossible. Without an offset: `zone`."""
    if not value or len(value) > _MAX_DATE_CHARS:
        return None
    try:
        date = parsedate_to_datetime(value)
        aware = date if date.tzinfo else date.replace(tzinfo=zone or UTC)
        aware.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError, AttributeError):
        return None
    return aware if aware.year in _YEARS else None
