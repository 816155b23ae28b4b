"""Finding the fixed word 技术支持申请 at the start of a subject, its repairable variants and near misses (D1)."""

import re
from dataclasses import dataclass
from datetime import date

from bot.parse.dates import read_date
from bot.parse.person_names import is_surely_person
from bot.parse.subject_split import find_tokens
from bot.parse.subject_words import (
    ABOUT_REQUESTS,
    CONFUSED,
    FIXED_WORD,
    LONG_DASHES,
    LOOK_ALIKES,
    NEAR_WORDS,
    NOT_A_REQUEST,
    SEPARATOR,
    TRADITIONAL,
)

LONGEST_DATE = 60
_OPEN = r"[【\[(（〔「『《〈<“\"']"
_CLOSE = r"[】\])）〕」』》〉>”\"']"
_SPACED = [r"\s?".join(word) for word in (FIXED_WORD, "申请技术支持")]
_WORD = re.compile(rf"({_OPEN}?\s?(?:{'|'.join(_SPACED)})\s?{_CLOSE}?)\s?")
_FIRST_FIELD = re.compile(rf"{_OPEN}?\s?((?:[一-鿿]\s?){{3,9}}?)\s?{_CLOSE}?\s?(?=[:：]|[{LONG_DASHES}\-_]|$)")
_DATE_TAIL = re.compile(r"(?<![\dA-Za-z.])\d[\d./年月\-]{2,14}[日号]?|(?<=[A-Za-z])\d{4}(?!\d)")


@dataclass(frozen=True, slots=True)
class Head:
    """The start of a request: `rest` is what follows the fixed word, `closed` that a bracket ended it."""

    rest: str
    repaired: str = ""
    problem: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Attached:
    """A date glued to what stands before it, or with words after it."""

    day: date | None = None
    start: int = 0
    end: int = 0


def find_attached_date(body: str, reference: date) -> Attached:
    """The first thing near the end of `body` that can be a date, wherever it stands; `day` None when there is none."""
    offset = max(0, len(body) - LONGEST_DATE)
    for found in _DATE_TAIL.finditer(body[offset:]):
        reading = read_date(found[0], reference)
        if reading.day:
            return Attached(reading.day, offset + found.start(), offset + found.end())
    return Attached()


def find_head(text: str, reference: date) -> Head | None:
    """The fixed word at the start, a repairable variant of it, or a near miss; None for any other subject."""
    plain = text.translate(TRADITIONAL)
    if found := _WORD.match(plain):
        return _exact_head(text, found, reference)
    if found := _FIRST_FIELD.match(plain):
        word = "".join(found[1].split())
        if word in _TYPOS:
            return Head(text[found.end() :], f"「{word}」改为「{FIXED_WORD}」")
    return _near_head(text, plain) or _missing_head(text, reference)


def _exact_head(text: str, found: re.Match[str], reference: date) -> Head | None:
    typed, rest = text[: found.end(1)].strip(), text[found.end() :]
    repaired = f"「{typed}」改为「{FIXED_WORD}」" if typed != FIXED_WORD else ""
    tokens = find_tokens(rest, "SL")
    if rest.startswith(ABOUT_REQUESTS):
        meant = len(tokens) >= 3 and read_date(rest[tokens[-1].end :], reference).is_date
        return _near(text, found.end() + tokens[0].start) if meant else None
    ended = typed[-1] in _CLOSE or text[found.end() - 1] == " "
    if not rest or not rest[0].isalnum() or ended or rest[0] in LOOK_ALIKES:
        return Head(rest, repaired, closed=typed[-1] in _CLOSE)
    return Head(rest, repaired) if tokens or find_attached_date(rest, reference).day else None


def _near_head(text: str, plain: str) -> Head | None:
    """A start that means a request (技术支援, 关于技术支持申请) before several separators."""
    folded = "".join(plain[:LONGEST_DATE].split()).casefold().lstrip("【[(（!！")
    if folded.startswith(NOT_A_REQUEST):
        return None
    at = plain.find(FIXED_WORD, 0, 200)
    start = at + len(FIXED_WORD) if at >= 0 else 0
    tokens = [token for token in find_tokens(text, "SLPH") if token.start >= start]
    several = len(tokens) >= 3 or sum(token.kind in "SL" for token in tokens) >= 2
    known = at >= 0 or folded.startswith(NEAR_WORDS)
    return _near(text, tokens[0].start, at) if known and several else None


def _near(text: str, end: int, word_at: int = -1) -> Head:
    """What stands before the fixed word in a field of its own goes on as a field, for the suggestion."""
    before = find_tokens(text[: max(word_at, 0)], "SL")
    fields = SEPARATOR + text[: before[-1].start] if before and before[-1].end == word_at else ""
    problem = f"开头的「{text[:end].strip()[:LONGEST_DATE]}」不对：应是「{FIXED_WORD}」"
    return Head(fields + text[end:], problem=problem)


def _missing_head(text: str, reference: date) -> Head | None:
    """Four fields that end with a person and a date: only the fixed word was forgotten."""
    tokens = find_tokens(text[: 4 * LONGEST_DATE], "SL")
    if len(tokens) != 3:
        return None
    first, sales = text[: tokens[0].start], text[tokens[1].end : tokens[2].start]
    if any(word in first for word in NOT_A_REQUEST) or not is_surely_person(sales):
        return None
    meant = read_date(text[tokens[2].end :], reference).plain
    return Head(SEPARATOR + text, problem=f"开头缺少固定字样「{FIXED_WORD}」") if meant else None


def _make_typos() -> frozenset[str]:
    """The fixed word with one slip that makes no other word: a confused, lost, doubled or swapped character (D1)."""
    word = FIXED_WORD
    typos = {word[:i] + other + word[i + 1 :] for i in range(len(word)) for other in CONFUSED[i]}
    typos |= {word[:i] + word[i + 1 :] for i in range(len(word))}
    typos |= {word[:i] + word[i] + word[i:] for i in range(len(word))}
    typos |= {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)}
    return frozenset(typos - {word})


_TYPOS = _make_typos()
