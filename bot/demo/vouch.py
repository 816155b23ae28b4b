"""How the demo's host vouches for a sender: its own Authentication-Results line, forged ones taken out (RFC 8601)."""

import re
from email import message_from_bytes
from email.utils import getaddresses

_FIELD = re.compile(rb"(?P<name>[^:\s]+)[ \t]*:(?P<value>.*)", re.DOTALL)
_COMMENT = re.compile(rb"\([^()]*\)")


def vouch(raw: bytes, authserv_id: str, login: str | None) -> bytes:
    """`raw` with our verdict on top: pass when `login` equals the one From address, else fail."""
    header, blank, body = _split(raw)
    kept = b"".join(field for field in _split_fields(header) if not _claims(field, authserv_id))
    sender = find_single_sender(kept)
    verdict = "pass" if login and sender == login.lower() else "fail"
    domain = sender.rpartition("@")[2] or "unknown"
    ours = f"Authentication-Results: {authserv_id}; dmarc={verdict} header.from={domain}\r\n"
    return ours.encode("ascii", "replace") + kept + blank + body


def find_single_sender(header: bytes) -> str:
    """The From address in lower case, or "" when there is none or more than one: nobody can vouch for two."""
    message = message_from_bytes(header)
    addresses = getaddresses([str(line) for line in message.get_all("From", [])])
    return addresses[0][1].lower() if len(addresses) == 1 else ""


def _split(raw: bytes) -> tuple[bytes, bytes, bytes]:
    found = re.search(rb"(?:\A|(?<=\n))\r?\n", raw)
    if found is None:
        return raw, b"", b""
    return raw[: found.start()], found.group(), raw[found.end() :]


def _split_fields(header: bytes) -> list[bytes]:
    """The header's fields as they stand; what is no field stays as it is, too."""
    fields: list[bytes] = []
    for line in header.splitlines(keepends=True):
        if fields and line[:1] in b" \t":
            fields[-1] += line
        else:
            fields.append(line)
    return fields


def _claims(field: bytes, authserv_id: str) -> bool:
    """Whether a field is an Authentication-Results that pretends to be ours."""
    found = _FIELD.match(field)
    if found is None or found["name"].lower() != b"authentication-results":
        return False
    words = _COMMENT.sub(b" ", found["value"]).replace(b'"', b"").split(b";")[0].split()
    return bool(words) and words[0].lower() == authserv_id.lower().encode()
