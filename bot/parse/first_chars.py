"""What a match of a pattern begins with and cannot do without: of a table of many patterns only few need a try."""

import re
import sys
from collections.abc import Iterable
from functools import cache
from typing import Any

from re import _constants as op  # type: ignore[attr-defined]  # isort: skip
from re import _parser  # type: ignore[attr-defined]  # isort: skip

_Item = tuple[Any, Any]
_LONGEST_RANGE = 1_000
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_NO_WIDTH = (op.AT, op.ASSERT, op.ASSERT_NOT)


def first_chars(pattern: str) -> frozenset[str] | None:
    """Every character that a match of `pattern` can begin with; None: any, or a match may be empty."""
    chars, may_be_empty = _of_sequence(_parse(pattern))
    return None if chars is None or may_be_empty else frozenset(chars)


def needed_chars(pattern: str) -> frozenset[str] | None:
    """Characters of which every match of `pattern` holds at least one; None: that is not known."""
    needed = _needed(_parse(pattern))
    return None if needed is None else frozenset(needed)


def _parse(pattern: str) -> Iterable[_Item]:
    tree = _parser.parse(pattern)
    return [(op.ANY, None)] if tree.state.flags & re.IGNORECASE else tree


def lead(pattern: str) -> str:
    """`pattern` with what its matches begin with in front; it matches the same.

    For one that begins by looking behind: of itself it would try each of its branches at each character.
    """
    chars = first_chars(pattern)
    return f"(?={_class_of(chars)})(?:{pattern})" if chars else pattern


def _class_of(chars: frozenset[str]) -> str:
    digits = _in_category(op.CATEGORY_DIGIT)
    rest = "".join(map(re.escape, sorted(chars - digits if digits <= chars else chars)))
    return rf"[\d{rest}]" if digits <= chars else f"[{rest}]"


class Guarded:
    """A pattern that is searched only in texts that hold what its matches need: nearly all hold nothing of it."""

    __slots__ = ("_needed", "_search")

    def __init__(self, pattern: str) -> None:
        self._search = re.compile(pattern).search
        self._needed = needed_chars(pattern)

    def found(self, text: str, chars: frozenset[str]) -> bool:
        """Whether it matches in `text`, whose characters are `chars`."""
        return self.search(text, chars) is not None

    def search(self, text: str, chars: frozenset[str]) -> re.Match[str] | None:
        """The first match in `text`, whose characters are `chars`."""
        return None if self._needed is not None and self._needed.isdisjoint(chars) else self._search(text)


_Found = tuple[set[str] | None, bool]  # the characters, and whether nothing at all may be matched


def _of_sequence(items: Iterable[_Item]) -> _Found:
    found: set[str] = set()
    for code, value in items:
        chars, may_be_empty = _of_item(code, value)
        if chars is None:
            return None, False
        found |= chars
        if not may_be_empty:
            return found, False
    return found, True


def _of_item(code: Any, value: Any) -> _Found:
    if code in _NO_WIDTH:
        return set(), True
    if code is op.LITERAL:
        return {chr(value)}, False
    if code is op.IN:
        return _of_class(value), False
    if code is op.BRANCH:
        return _of_branches(value[1])
    if code is op.SUBPATTERN:
        return _of_sequence(value[3]) if not value[1] and not value[2] else (None, False)
    if code is op.ATOMIC_GROUP:
        return _of_sequence(value)
    if code in _REPEATS:
        chars, may_be_empty = _of_sequence(value[2])
        return chars, may_be_empty or value[0] == 0
    return None, False


def _of_branches(branches: Iterable[Iterable[_Item]]) -> _Found:
    found: set[str] = set()
    may_be_empty = False
    for branch in branches:
        chars, empty = _of_sequence(branch)
        if chars is None:
            return None, False
        found |= chars
        may_be_empty |= empty
    return found, may_be_empty


def _of_class(members: Iterable[_Item]) -> set[str] | None:
    found: set[str] = set()
    for code, value in members:
        if code is op.LITERAL:
            found.add(chr(value))
        elif code is op.RANGE and value[1] - value[0] < _LONGEST_RANGE:
            found |= set(map(chr, range(value[0], value[1] + 1)))
        elif code is op.CATEGORY and value in _CATEGORIES:
            found |= _in_category(value)
        else:
            return None
    return found


def _needed(items: Iterable[_Item]) -> set[str] | None:
    """The smallest set that one of the items asks for."""
    sets = [found for code, value in items if (found := _needed_by(code, value)) is not None]
    return min(sets, key=len, default=None)


def _needed_by(code: Any, value: Any) -> set[str] | None:
    if code is op.BRANCH:
        sets = [_needed(branch) for branch in value[1]]
        return set().union(*filter(None, sets)) if all(sets) else None
    if code is op.SUBPATTERN and not value[1] and not value[2]:
        return _needed(value[3])
    if code is op.ATOMIC_GROUP:
        return _needed(value)
    if code in _REPEATS:
        return _needed(value[2]) if value[0] else None
    chars, may_be_empty = _of_item(code, value)
    return None if may_be_empty else chars


_CATEGORIES = {op.CATEGORY_DIGIT: re.compile(r"\d"), op.CATEGORY_SPACE: re.compile(r"\s")}


@cache
def _in_category(code: Any) -> frozenset[str]:
    return frozenset(_CATEGORIES[code].findall("".join(map(chr, range(sys.maxunicode + 1)))))
