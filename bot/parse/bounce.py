"""Whom a bounce reports: by its delivery status (RFC 3464), or by the words of Chinese hosts (mail-in-china.md C5)."""

import re
from collections.abc import Iterator

from bot.parse.decode import decode_header
from bot.parse.headers import Headers
from bot.parse.kind import Facts
from bot.parse.parts import Body
from bot.rules.mail import BouncedAddress

MAX_BOUNCED = 200
_MAX_WHY = 200
_SEARCHED_BYTES = 100_000  # of a returned part, for our own header

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+=-]{1,64}@[A-Za-z0-9.-]{1,100}\.[A-Za-z]{2,24}", re.ASCII)
_DELAYED = re.compile(
    r"延迟|延遲|暂时|暫時|稍后(?:将|会)?(?:再|重)|继续尝试|仍在尝试|还在尝试"
    r"|will (?:keep|continue|be retried)|still (?:be|trying)|delayed|warning",
    re.IGNORECASE,
)
_STATUS = re.compile(r"(?<![\d.])([245])\.\d{1,3}\.\d{1,3}(?![\d.])|(?<!\d)([45])\d\d(?=[ -])")
_REASON = re.compile(
    r"[^\n]{0,120}(?:原因|不存在|拒收|已满|超过|失败|无法|not (?:found|exist)|full|rejected|unknown|refused|denied"
    r"|\b[45]\d\d\b)[^\n]{0,120}",
    re.IGNORECASE,
)


def find_bounced(facts: Facts, text: str, ignored: frozenset[str]) -> tuple[BouncedAddress, ...]:
    """Each reported address once, at most MAX_BOUNCED; `ignored` are the bot's own.

    A delay notice and a 4.x.x status are not permanent.
    """
    reported = list(_from_status(facts.body.status)) or list(_from_header(facts, text)) or list(_from_text(facts, text))
    found: dict[str, BouncedAddress] = {}
    for one in reported:
        if one.email not in ignored:
            found.setdefault(one.email, one)
    return tuple(found.values())[:MAX_BOUNCED]


def _from_status(blocks: list[Headers]) -> Iterator[BouncedAddress]:
    for block in blocks:
        named = block.text("original-recipient") or block.text("final-recipient")
        action = block.text("action").lower()
        email = _EMAIL.search(named.partition(";")[2] or named)
        if not email or action.startswith(("delivered", "relayed", "expanded")):
            continue
        status, diagnosis = block.text("status"), block.text("diagnostic-code").partition(";")[2].strip()
        permanent = not action.startswith("delayed") and not status.startswith("4")
        yield BouncedAddress(email[0].lower(), permanent, f"{status} {diagnosis}".strip()[:_MAX_WHY])


def _from_header(facts: Facts, text: str) -> Iterator[BouncedAddress]:
    for email in _EMAIL.findall(facts.headers.text("x-failed-recipients")):
        yield BouncedAddress(email.lower(), not _is_delay(facts.subject, text), _reason(text))


def _from_text(facts: Facts, text: str) -> Iterator[BouncedAddress]:
    """The addresses of the report itself, not of the returned mail below it."""
    own = {facts.sender.email}
    report = facts.fresh_text if _EMAIL.search(facts.fresh_text) else text
    for email in _EMAIL.findall(report[:20_000]):
        if (address := email.lower()) not in own and not address.startswith(("postmaster@", "mailer-daemon@")):
            yield BouncedAddress(address, not _is_delay(facts.subject, report), _reason(report))


def _is_delay(subject: str, text: str) -> bool:
    if _DELAYED.search(subject):
        return True
    status = _STATUS.search(text[:20_000])
    if status:
        return (status[1] or status[2]) == "4"
    return bool(_DELAYED.search(text[:3_000]))


def _reason(text: str) -> str:
    found = _REASON.search(text[:20_000])
    return " ".join(found[0].split())[:_MAX_WHY] if found else ""


def find_returned_ids(body: Body, text: str, own_header: str) -> Iterator[str]:
    """Values of our own header (lower-case name) in what a bounce gives back, however it is packed."""
    for headers in body.returned:
        yield from (decode_header(value) for value in headers.every(own_header))
    pattern = rf"(?im)^{re.escape(own_header)}:[ \t]*([^\s<>]{{1,200}})"
    yield from re.findall(pattern, text)
    for attachment in body.attachments:
        head = attachment.content[:_SEARCHED_BYTES].decode("latin-1").replace("\r", "\n")
        yield from re.findall(pattern, head)
