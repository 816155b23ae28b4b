"""Header values that every client reads and nobody can break out of (RFC 5322, RFC 2047)."""

import logging
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from email.charset import BASE64, Charset
from email.header import Header
from email.utils import format_datetime, quote
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.rules.mail import Address

MAX_REFERENCES = 30
MAX_SUBJECT = 200  # characters; five times what a full request subject needs
SHANGHAI = ZoneInfo("Asia/Shanghai")
_log = logging.getLogger(__name__)

# Line breaks, other controls, invisible direction marks (they can show a name backwards), halves of a surrogate pair.
_UNFIT = re.compile("[\\x00-\\x1f\\x7f-\\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
_UNFIT_TEXT = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_REPLY_MARK = re.compile(
    r"^(?:\s*(?:re|aw|sv|reply|回复|回覆|答复|答覆)(?:\[\d+\]|[(（]\d+[)）])?\s*[:：])+\s*", re.IGNORECASE
)
_MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}")
_MESSAGE_ID = re.compile(r"[\x21-\x3b\x3d\x3f-\x7e]{1,400}")
_ATOM_PHRASE = re.compile(r"[A-Za-z0-9 ]+")
_BASE64_UTF8 = Charset("utf-8")
_BASE64_UTF8.header_encoding = BASE64  # the shorter "Q" form is misread by old Foxmail and Outlook next to Chinese


class Folded:
    """A header value already encoded and folded with `\\n`; compat32 would otherwise fold it anew for each copy."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def encode(self, *, linesep: str = "\n", maxlinelen: int | None = None) -> str:  # noqa: ARG002 - Header's signature
        """What compat32 asks of a Header."""
        return self._value.replace("\n", linesep)

    def __str__(self) -> str:
        return self._value.replace("\n", "")


def clean_value(value: str) -> str:
    """`value` on one line: line breaks, NUL, controls and direction marks become one blank."""
    return _UNFIT.sub(" ", value).strip()


def clean_text(text: str) -> str:
    """`text` without NUL, controls (but `\\n` and `\\t`), direction marks and surrogates; line ends as `\\n`."""
    return _UNFIT_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def reply_subject(subject: str) -> str:
    """`subject` with exactly one `Re: `, whatever reply marks stood there (R45)."""
    return f"Re: {_REPLY_MARK.sub('', clean_value(subject))}"


@lru_cache(maxsize=1024)
def encode_text(value: str, name: str) -> Folded:
    """The value of header `name`: ASCII as it is, else RFC 2047 base64 in words of at most 75 octets."""
    value = clean_value(value)
    if len(value) > MAX_SUBJECT:
        value = value[:MAX_SUBJECT] + "…"
    plain = _stands_as_it_is(value)
    lead = "Re: " if value.startswith("Re: ") and not plain else ""
    header = Header(maxlinelen=75, header_name=name)
    if lead:
        header.append("Re:", "us-ascii")
    header.append(value[len(lead) :], "us-ascii" if plain else _BASE64_UTF8)
    return Folded(header.encode())


@lru_cache(maxsize=4096)
def wire_address(email: str) -> str:
    """`email` lower-cased, its domain in ASCII (IDNA); "" when SMTP without extensions cannot carry it."""
    local, _, domain = email.strip().lower().rpartition("@")
    try:
        wire = f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return ""
    return wire if _MAILBOX.fullmatch(wire) else ""


def usable_addresses(addresses: Iterable[Address], leave_out: Iterable[str] = ()) -> tuple[Address, ...]:
    """Each mailbox once, in order, without `leave_out` and without what SMTP cannot carry (logged)."""
    seen = {email.lower() for email in leave_out}
    kept = []
    for address in addresses:
        email = address.email.strip().lower()
        if email in seen:
            continue
        seen.add(email)
        wire = wire_address(email)
        if wire:
            kept.append(Address(email=wire, name=address.name))
        else:
            _log.warning("address %r cannot be used in a mail header; left out", address.email)
    return tuple(kept)


def encode_addresses(addresses: Sequence[Address]) -> Folded:
    """The value of To or Cc, one mailbox a line."""
    return Folded(",\n ".join(format_address(a.email, clean_value(a.name)) for a in addresses))


@lru_cache(maxsize=1024)
def format_address(email: str, name: str) -> str:
    """One mailbox as RFC 5322 wants it; `email` comes from `usable_addresses`."""
    name = name[:60]
    if not name:
        return email
    if _stands_as_it_is(name):
        phrase = name if _ATOM_PHRASE.fullmatch(name) else f'"{quote(name)}"'
    else:
        phrase = Header(name, _BASE64_UTF8, maxlinelen=75).encode()
    return f"{phrase} <{email}>"


def encode_references(message_id: str, earlier: Sequence[str]) -> tuple[Folded, Folded] | None:
    """In-Reply-To and References for an answer to `message_id` (R45, RFC 5322 3.6.4); None when it is unusable.

    Keeps the first id (the thread's root) and the newest ones, at most MAX_REFERENCES.
    """
    parent = _usable_id(message_id)
    if not parent:
        return None
    ids = list(dict.fromkeys(i for i in map(_usable_id, earlier) if i and i != parent))
    ids.append(parent)
    if len(ids) > MAX_REFERENCES:
        ids = [ids[0], *ids[1 - MAX_REFERENCES :]]
    return Folded(f"<{parent}>"), Folded("\n ".join(f"<{i}>" for i in ids))


def encode_date(now: datetime) -> Folded:
    """The Date header in Shanghai's offset; a naive `now` raises ValueError."""
    if now.tzinfo is None:
        raise ValueError(f"{now.isoformat()} has no offset")
    return Folded(format_datetime(now.astimezone(SHANGHAI)))


def _stands_as_it_is(value: str) -> bool:
    return value.isascii() and "=?" not in value  # else a client would decode it as an encoded word


def _usable_id(message_id: str) -> str:
    bare = message_id.strip().strip("<>")
    return bare if _MESSAGE_ID.fullmatch(bare) else ""
