"""The end of a subject: politeness taken off, then the date read from the end first, so that a range keeps its hyphen.

mail-in-china.md D2, D3.
"""

import re
from dataclasses import dataclass
from datetime import date

from bot.parse.dates import DateReading, read_date
from bot.parse.person_names import is_surely_person
from bot.parse.subject_checks import is_date, is_unfilled
from bot.parse.subject_fields import note_separator, read_label, unwrap
from bot.parse.subject_head import LONGEST_DATE, find_attached_date
from bot.parse.subject_marks import strip_end, strip_polite
from bot.parse.subject_split import Token, cut_at, find_tokens
from bot.parse.subject_words import LONG_DASHES, LOOK_ALIKES, SEPARATOR

_DATE_LIKE = re.compile("[\\d月日号周星节底初旬天]")
_NO_DATE = DateReading()


@dataclass(frozen=True, slots=True)
class Tail:
    """The date as found and the `middle` that stands before it; `kind` is the separator's between them.

    `in_order` is false when the date stood elsewhere, so that the other fields may be out of place too.
    """

    middle: str
    reading: DateReading
    typed: str = ""
    kind: str = "?"
    problems: tuple[str, ...] = ()
    repaired: tuple[str, ...] = ()
    in_order: bool = True


def strip_ending(text: str) -> tuple[str, list[str]]:
    """Take politeness, tags before it and dangling separators off the end; out: the rest and what was put right."""
    notes = []
    rest, word = strip_polite(text)
    if word:
        notes.append(f"去掉了末尾的「{word}」")
    rest, marks = strip_end(rest)
    notes.extend(f"去掉了标记「{mark}」" for mark in marks)
    bare = rest.rstrip(" -_" + LONG_DASHES)
    if bare != rest:
        notes.append("去掉了末尾多余的分隔符")
    return bare, notes


def find_tail(body: str, reference: date) -> Tail:
    """The date of `body`: as its last field, else wherever it is, with a problem."""
    return (
        _last_field(body, reference)
        or _elsewhere(body, reference)
        or _attached(body, reference)
        or _unreadable(body)
        or Tail(body, _NO_DATE, problems=("缺少日期：最后一项请写月日四位数，如0919",))
    )


def _last_field(body: str, reference: date) -> Tail | None:
    """The longest date at the end that stands behind a separator; a plain one wins over a doubtful one."""
    doubtful = None
    tokens: list[Token | None] = [*find_tokens(body, "SLPH")]
    if len(body) <= LONGEST_DATE:
        tokens.insert(0, None)
    for token in tokens:
        start = token.end if token else 0
        if len(body) - start > LONGEST_DATE:
            continue
        slot, typed = read_label(unwrap(body[start:].strip()))
        reading = read_date(typed, reference) if slot in {"", "date"} else _NO_DATE
        glued = token is not None and token.kind in "PH" and body[: token.start][-1:].isdigit()
        if reading.plain and not reading.relative and not (glued and doubtful):
            return _make_tail(body, token, reading, reference)
        if reading.is_date and doubtful is None:
            doubtful = _make_tail(body, token, reading, reference)
    return doubtful


def _make_tail(body: str, token: Token | None, reading: DateReading, reference: date) -> Tail:
    if token is None:
        return Tail("", reading, body, "S")
    middle, typed = body[: token.start], body[token.end :].strip()
    problems: tuple[str, ...] = ()
    if token.kind in "PH" and middle[-1:].isdigit():
        problems = (f"日期「{typed}」前面的分隔符不明确",)
    repaired = (note_separator(token.dashes),) if token.dashes != SEPARATOR else ()
    before = find_tokens(middle, "SL")
    if before and (earlier := read_date(middle[before[-1].end :], reference)).plain:
        return Tail(middle[: before[-1].start], earlier, typed, token.kind, ("日期写了两次，请只写一个",))
    return Tail(middle, reading, typed, token.kind, problems, repaired)


def _elsewhere(body: str, reference: date) -> Tail | None:
    """A date in a field of its own that is not the last one."""
    tokens = find_tokens(body, "SL")
    pieces = cut_at(body, tokens)
    for number, piece in enumerate(pieces[:-1]):
        if is_date(piece, reference):
            reading = read_date(piece, reference)
            behind = body[tokens[number].end :][:LONGEST_DATE]
            rest = SEPARATOR.join(pieces[:number] + pieces[number + 1 :])
            return Tail(rest, reading, piece, "S", (f"日期应是最后一项，它后面还有「{behind}」",), in_order=False)
    return None


def _unreadable(body: str) -> Tail | None:
    """A last field that is meant as a date and cannot be read as one (下周, 待定, 九月底)."""
    tokens = find_tokens(body, "SL")
    if len(tokens) < 3:
        return None
    *_, sales, typed = cut_at(body, tokens)
    meant = is_unfilled(typed) or is_surely_person(sales) or (_DATE_LIKE.search(typed) and len(typed) <= 10)
    if not meant or is_surely_person(typed):
        return None
    return Tail(body[: tokens[-1].start], _NO_DATE, typed, "S", (f"日期「{typed}」看不懂，请写月日四位数，如0919",))


def _attached(body: str, reference: date) -> Tail | None:
    """A date glued to the field before it, or with words behind it."""
    found = find_attached_date(body, reference)
    tokens = find_tokens(body, "SL")
    if found.day is None or (tokens and found.start < tokens[-1].end):
        return None
    middle = body[: found.start].rstrip(LOOK_ALIKES + " -_([（【" + LONG_DASHES)
    behind = body[found.end :].strip(" ")
    problem = f"日期前面要用两个短横「{SEPARATOR}」分开"
    if behind.strip(")）]】"):
        problem = f"日期后面多了「{behind}」"
    return Tail(middle, DateReading(True, found.day), "", "?", (problem,))
