"""Cleaning a subject: invisible characters, reply and forward prefixes, gateway tags (mail-in-china.md C1, C6, D4)."""

import re
import unicodedata
from dataclasses import dataclass

from bot.parse.subject_words import (
    COPIED_LABELS,
    FORWARD_WORDS,
    POLITE_WORDS,
    REPLY_WORDS,
    TAG_STARTS,
    TAG_WORDS,
    URGENT_STARTS,
)

LONGEST_TAG = 200
OPENING = "【[(（〔［「『《〈<｛{＜〖"
CLOSING = "】])）〕］」』》〉>｝}＞〗"
_PAIRS = dict(zip(OPENING, CLOSING, strict=True))
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]")
_COMPATIBLE = re.compile(
    "[\u2f00-\u2fdf\uf900-\ufaff\ufe30-\ufe4f\ufe50-\ufe6b\uff02-\uff07\uff0a\uff0b\uff0d\uff0e"
    "\uff10-\uff19\uff1c-\uff1e\uff20-\uff3a\uff3f\uff41-\uff5a\U0001d400-\U0001d7ff\u3000\u00a0]"
)


def _words(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_PREFIX = re.compile(
    rf"\s*(?:(?P<reply>{_words(REPLY_WORDS)})|(?P<forward>{_words(FORWARD_WORDS)}))"
    r"\s{0,3}(?:\[\d{1,4}\]|[(（]\d{1,4}[)）]|\^?\d{1,3})?\s{0,3}[:：]",
    re.IGNORECASE,
)
_BLANKS = "\u3000\u00a0"
_STARS = re.compile(
    r"\s*(\*{2,4}\s?(?:spam|疑似垃圾邮件|垃圾邮件)\s?\*{2,4}|[!！]{2,}|(?:!|！)(?=[【\[技]))", re.IGNORECASE
)
_URGENT = re.compile(rf"\s*((?:{_words(URGENT_STARTS)})\s?[:：!！]+)", re.IGNORECASE)
_COPIED = re.compile(rf"\s*((?:{_words(COPIED_LABELS)})\s?[:：])", re.IGNORECASE)
_LIST_TAG = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._@#-]{0,40}")
_POLITE = frozenset(POLITE_WORDS)
_POLITE_END = re.compile(r"[!！。.~～,，;；\s)）]+$")
_SET_OFF = " ,，。.;；!！、(（-—–―─~～"


@dataclass(frozen=True, slots=True)
class Stripped:
    """A subject without prefixes and tags; `removed` are the tags, as they stood, in order."""

    text: str
    is_reply: bool
    is_forward: bool
    removed: tuple[str, ...]


def clean_text(raw: str) -> str:
    """One line of visible characters: invisible ones gone, full-width letters and digits narrowed, blanks collapsed.

    Chinese punctuation stays as typed, since it may belong to a name.
    """
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFC", raw))
    narrow = _COMPATIBLE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), _CONTROL.sub(" ", visible))
    return " ".join(narrow.split())


def note_cleaning(raw: str) -> list[str]:
    """What `clean_text` puts right in `raw`, a Chinese line each."""
    variants = any(found[0] not in _BLANKS for found in _COMPATIBLE.finditer(raw))
    lines = {"全角等变体字符已统一": variants, "去掉了看不见的字符": bool(_INVISIBLE.search(raw))}
    return [line for line, needed in lines.items() if needed]


def strip_marks(text: str) -> Stripped:
    """Take prefixes and known tags off both ends, in any order and depth.

    自动回复 and the like stay: they tell the kind.
    """
    start, replies, forwards = 0, False, False
    removed: list[str] = []
    while True:
        if prefix := _PREFIX.match(text, start):
            replies |= prefix["reply"] is not None
            forwards |= prefix["forward"] is not None
            start = prefix.end()
        elif mark := _front_mark(text, start):
            removed.append(mark.strip())
            start += len(mark)
        else:
            break
    rest, behind = strip_end(text[start:])
    return Stripped(rest.strip(), replies, forwards, (*removed, *behind))


def strip_end(text: str) -> tuple[str, tuple[str, ...]]:
    """Take known tags and `!!` off the end; out: the rest and what was taken."""
    end = len(text.rstrip())
    removed: list[str] = []
    while end:
        mark = _tag_before(text, end) or _shouts_before(text, end)
        if not mark:
            break
        removed.append(mark)
        end = len(text[: end - len(mark)].rstrip())
    return text[:end], tuple(reversed(removed))


def strip_polite(text: str) -> tuple[str, str]:
    """Take one set-off word of thanks or asking off the end (`0919 谢谢`); out: the rest and the word."""
    body = _POLITE_END.sub("", text[-60:])
    for length in range(min(len(body), 14), 1, -1):
        head = body[:-length]
        if not head or head[-1] not in _SET_OFF or body[-length] in _SET_OFF:
            continue
        if re.sub(r"[\s,，、!！。]", "", body[-length:]).casefold() in _POLITE:
            rest = (text[:-60] + head).rstrip(_SET_OFF)
            return rest, text[len(rest) :].strip()
    return text, ""


def is_tag(inside: str) -> bool:
    """Whether the text between two brackets is a known gateway tag."""
    folded = re.sub(r"[\s!！*:：~～]", "", inside).casefold()
    return folded in TAG_WORDS or folded.startswith(TAG_STARTS)


def _front_mark(text: str, start: int) -> str:
    for pattern in (_STARS, _URGENT, _COPIED):
        if found := pattern.match(text, start):
            return found[0]
    at = start + (text[start : start + 1] == " ")
    closing = _PAIRS.get(text[at : at + 1], "")
    end = text.find(closing, at + 1, at + LONGEST_TAG) if closing else -1
    if end < 0:
        return ""
    inside = text[at + 1 : end]
    rest = text[end + 1 : end + 2]
    listed = text[at] == "[" and _LIST_TAG.fullmatch(inside) and rest not in {"", "-", "—"}
    return text[start : end + 1] if is_tag(inside) or listed else ""


def _tag_before(text: str, end: int) -> str:
    at = CLOSING.find(text[end - 1])
    if at < 0:
        return ""
    start = text.rfind(OPENING[at], max(0, end - LONGEST_TAG), end)
    return text[start:end] if start > 0 and is_tag(text[start + 1 : end - 1]) else ""


def _shouts_before(text: str, end: int) -> str:
    low = max(0, end - 50)
    rest = text[low:end].rstrip("!！")
    shouts = end - low - len(rest)
    return text[end - shouts : end] if shouts >= 2 else ""


def take_tag(text: str) -> str:
    """`text` without a known tag at its start."""
    mark = _front_mark(text, 0) if text[:2].strip()[:1] in OPENING else ""
    return text[len(mark) :]
