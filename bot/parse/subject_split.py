"""Cutting the middle of a subject into customer, project and sales (mail-in-china.md D1, D2).

Which dashes part fields, and which belong to a name.
"""

import re
from dataclasses import dataclass, field

from bot.parse.person_names import is_called, is_surely_person, looks_like_person
from bot.parse.subject_checks import is_extra, is_work
from bot.parse.subject_words import LONG_DASHES, LOOK_ALIKES, ORGANISATION_ENDS, SEPARATOR, SHORT_DASHES

_DASH = f"[{re.escape(LONG_DASHES + SHORT_DASHES)}]"
_RUN = rf"\s?{_DASH}(?:\s?{_DASH})*\s?"
_SEPARATOR_RUN = re.compile(_RUN)
_LOOK_ALIKE = re.compile(rf"[{re.escape(LOOK_ALIKES)}]+|{_RUN}")
_LOOK_ALIKE_OR_BLANK = re.compile(rf"[\s{re.escape(LOOK_ALIKES)}]+|{_RUN}")
UNCLEAR_SINGLE = "单个的短横或破折号可能是名称的一部分，不能确定客户名称和项目名称各是什么"
TOO_MANY_SINGLE = "单个的短横或破折号太多，分不清哪里是分隔、哪里是名称的一部分"
WRONG_SEPARATOR = "分隔符不对：各项之间请用两个短横「--」"


@dataclass(frozen=True, slots=True)
class Token:
    """One run of dashes. `kind`: S two or more, L one long dash, P one dash between blanks, H one dash, U one `_`."""

    start: int
    end: int
    kind: str
    dashes: str


@dataclass(slots=True)
class Cut:
    """`pieces` are customer, project and sales when there is no problem, else whatever could be told apart."""

    pieces: list[str] = field(default_factory=list)
    separators: tuple[str, ...] = ()  # the dashes that were taken as separators
    problems: list[str] = field(default_factory=list)


def find_tokens(text: str, kinds: str = "SLPHU") -> list[Token]:
    """Every run of dashes in `text` that is of one of `kinds`, left to right."""
    return [token for found in _SEPARATOR_RUN.finditer(text) if (token := _token(found)).kind in kinds]


def cut_at(text: str, tokens: list[Token]) -> list[str]:
    """The pieces of `text` between `tokens`."""
    starts = [0, *(token.end for token in tokens)]
    ends = [*(token.start for token in tokens), len(text)]
    return [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def cut_middle(middle: str, *, long_only: bool) -> Cut:
    """Cut what stands between the fixed word and the date, accepting only the one sensible reading.

    `long_only`: the separators around `middle` are single long dashes, so the writer means those.
    """
    tokens = find_tokens(middle)
    double = [token for token in tokens if token.kind == "S"]
    if len(double) >= 2:
        return _cut_by_double(middle, tokens, double)
    for kinds in ("SL", "SLP", "SLPH"):
        chosen = [token for token in tokens if token.kind in kinds]
        if len(chosen) > 2:
            return Cut(_loose_pieces(middle), problems=[TOO_MANY_SINGLE])
        if len(chosen) == 2:
            pieces = cut_at(middle, chosen)
            if _is_risky(pieces, chosen, long_only=long_only and not double):
                return Cut(_cut_names(middle, chosen), problems=[UNCLEAR_SINGLE])
            return Cut(pieces, tuple(token.dashes for token in chosen))
    pieces = _loose_pieces(middle)
    return Cut(pieces, problems=_name_missing(pieces))


def _token(found: re.Match[str]) -> Token:
    dashes = found[0].strip()
    if len(dashes) > 1:
        kind = "S"
    elif dashes in LONG_DASHES:
        kind = "L"
    elif dashes == "_":
        kind = "U"
    else:
        kind = "P" if found[0][0] == " " and found[0][-1] == " " else "H"
    return Token(found.start(), found.end(), kind, dashes)


def _cut_by_double(middle: str, tokens: list[Token], double: list[Token]) -> Cut:
    """First and last of the double separators bound the project, which may itself hold some (D2)."""
    first, last = double[0], double[-1]
    pieces = [middle[: first.start].strip(), middle[first.end : last.start].strip(), middle[last.end :].strip()]
    outside = [t for t in tokens if t.kind == "L" and not first.end <= t.start < last.start]
    problems = [f"「{token.dashes}」是分隔还是名称的一部分不明确" for token in outside]
    if len(double) > 2:
        problems += [f"多了一个字段「{piece}」" for piece in _find_extra(cut_at(middle, double))]
    if problems:
        return Cut(cut_at(middle, double), problems=problems)
    return Cut(pieces, (first.dashes, last.dashes))


def _find_extra(pieces: list[str]) -> list[str]:
    """Pieces that are no part of a project's name: a place, an urgency, a second person or organisation."""
    plain = [piece for piece in pieces if is_extra(piece)]
    people = [p for p in pieces[1:-1] if is_called(p)] + [p for p in pieces[2:-1] if is_surely_person(p)]
    return plain or people or [p for p in pieces[1:-1] if p.endswith(ORGANISATION_ENDS)]


def _is_risky(pieces: list[str], tokens: list[Token], *, long_only: bool) -> bool:
    """Whether a single dash could belong to a name: Coca-Cola, 7-11, T-Mobile, 3M-中国, A-B公司."""
    customer, project, sales = pieces
    first, second = tokens
    mixed = "S" in {first.kind, second.kind}
    if second.kind in "PH" and not (is_surely_person(sales) if mixed else looks_like_person(sales)):
        return True
    if first.kind == "S":
        return False
    if first.kind in "PH" and mixed:
        return True
    if is_extra(project) or project.endswith(ORGANISATION_ENDS):
        return True
    if long_only:
        return False
    return len(customer) == 1 or customer.isdigit() or (customer[-1:].isascii() and project.isascii())


def _loose_pieces(middle: str) -> list[str]:
    """Pieces for the suggestion: by dashes as far as they go, by look-alikes only when those give too few."""
    strong, single = find_tokens(middle, "SL"), find_tokens(middle, "SLPH")
    pieces = [piece for piece in cut_at(middle, strong) if piece]
    if len(pieces) >= 3:
        return pieces
    if len(single) >= 2:
        return _cut_names(middle, single)
    for pattern in (_LOOK_ALIKE, _LOOK_ALIKE_OR_BLANK):
        other = [piece.strip() for piece in pattern.split(middle) if piece.strip()]
        if len(other) == 3:
            return other
    if len(single) == 1 and is_work(cut_at(middle, single)[-1]):
        return cut_at(middle, single)
    return pieces


def _cut_names(middle: str, tokens: list[Token]) -> list[str]:
    """By single dashes from the end: a person, then a piece of work; what is before stays together (Coca-Cola)."""
    *_, sales = pieces = cut_at(middle, tokens)
    if not looks_like_person(sales):
        return cut_at(middle, tokens[-1:])
    if is_work(pieces[-2]) or (len(tokens) == 2 and tokens[0].kind == "S"):
        return cut_at(middle, tokens[-2:])
    return cut_at(middle, tokens[-1:])


def _name_missing(pieces: list[str]) -> list[str]:
    if len(pieces) == 3:
        return [WRONG_SEPARATOR]
    if not pieces:
        return ["缺少客户名称、项目名称和销售姓名"]
    if is_surely_person(pieces[-1]):
        missing = "客户名称或项目名称" if len(pieces) == 2 else "客户名称和项目名称"
    else:
        missing = "销售姓名" if len(pieces) == 2 else "项目名称和销售姓名"
    return [f"缺少{missing}：固定字样和日期之间应有三项，用两个短横「{SEPARATOR}」分开"]
