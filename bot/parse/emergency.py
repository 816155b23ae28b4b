"""An emergency opened by mail (R6): which customer, what matter, whose, and whether the director is said to agree."""

import re
import unicodedata

from bot.parse.phrases import emergency as words
from bot.rules.mail import Emergency, SubjectReading

LONGEST_TEXT = 2000
_HEAD = re.compile(words.HEAD)
_AGREED, _NOT_AGREED = re.compile(words.AGREED), re.compile(words.NOT_AGREED)
_NO_NAME, _TROUBLE, _SALES = re.compile(words.NO_NAME), re.compile(words.TROUBLE), re.compile(words.SALES)
_PIECES = re.compile(r"[,，。;；、\n]|--|——")
_LABELLED = tuple((what, re.compile(rf"(?:{label})\s?[:：]\s?(.+)")) for what, label in words.LABELS)
_LONGEST_NAME = 24


def read_emergency(text: str, subject: SubjectReading) -> Emergency | None:
    """None unless text or subject begins with 应急：. What is not plain stays empty, to be asked back."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST_TEXT]).strip()
    title = "" if subject.is_request else unicodedata.normalize("NFKC", subject.normal)
    in_text, in_title = _HEAD.match(plain), _HEAD.match(title)
    if not (in_text or in_title):
        return None
    told = plain[in_text.end() :] if in_text else plain
    both = f"{title[in_title.end() :]}\n{told}" if in_title else told
    agreed = bool(_AGREED.search(both)) and not _NOT_AGREED.search(both)
    sales = found[1] if (found := _SALES.search(both)) else ""
    if subject.is_request and subject.fits:
        return Emergency(subject.customer, subject.project, subject.sales, agreed)
    customer, project = _find_names(title[in_title.end() :] if in_title else told, both)
    return Emergency(customer, project, sales, agreed)


def _find_names(head: str, both: str) -> tuple[str, str]:
    """Customer and matter: labelled, or the first two pieces that name something."""
    said = {what: found[1] for piece in _PIECES.split(both) for what, row in _LABELLED if (found := row.match(piece))}
    pieces = [p.strip() for p in _PIECES.split(head)]
    names = [p for p in pieces if p and len(p) <= _LONGEST_NAME and not _NO_NAME.search(p) and ":" not in p]
    customer = said.get("customer", "").strip() or next(iter(names), "")
    rest = [name for name in names if name != customer]
    project = said.get("project", "").strip() or next(iter(rest), "")
    if _TROUBLE.search(customer):
        return "", project
    return customer, project
