"""How one of our own forms is known again when it comes back: a mark in its properties, and a digest of its text.

Word, WPS and LibreOffice keep the mark when they save the file; the digest tells a form filled in from one only opened.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from html import unescape

PROPERTY = "zhichi"
"""Name of the custom document property that holds the mark."""

_WORDS = (
    r'<w:(?:fldChar\b[^>]*?w:fldCharType="(?P<field>begin|separate|end)"'
    r"|instrText\b[^>]*>(?P<instruction>[^<]*)<"
    r"|t(?: [^>]*)?>(?P<text>[^<]*)<)"
)
_EMBED = "r:embed="
_TOKENS = re.compile(rf"{_WORDS}|(?P<picture>\b{_EMBED})")
_WITHOUT_PICTURES = re.compile(_WORDS)  # one beginning to look for: ten times as fast
_COMPUTED = ("TOC", "PAGEREF", "PAGE", "NUMPAGES")  # Word fills these in by itself


@dataclass(frozen=True, slots=True)
class OwnForm:
    """A form that we made: for which document and case, and whether nobody has filled it in yet."""

    label: str
    ref: str
    blank: bool


def make_mark(label: str, ref: str, document: str) -> str:
    """The mark of a form just made; `document` is its word/document.xml."""
    return f"{ref}|{label}|{digest_text(document)}"


def read_mark(mark: str, document: str) -> OwnForm | None:
    """What the mark of a file that came back says; None when it is not ours."""
    parts = unescape(mark).split("|")
    return OwnForm(parts[1], parts[0], parts[2] == digest_text(document)) if len(parts) == 3 else None


def digest_text(document: str) -> str:
    """Digest of what can be read in a word/document.xml, and of how many pictures it shows; blanks do not count."""
    texts, pictures, fields = [], 0, [False]  # fields: whether what stands inside is computed, innermost last
    for token in (_TOKENS if _EMBED in document else _WITHOUT_PICTURES).finditer(document):
        found = token.lastgroup
        if found == "picture":
            pictures += 1
        elif found == "instruction":
            fields[-1] = fields[-1] or token[found].strip().startswith(_COMPUTED)
        elif found == "text":
            texts += [] if fields[-1] else [unescape(token[found])]
        elif token["field"] == "begin":
            fields.append(fields[-1])
        elif token["field"] == "end":
            fields = fields[:-1] or [False]
    text = "".join("".join(texts).split())
    return sha256(f"{pictures}:{text}".encode()).hexdigest()[:24]
