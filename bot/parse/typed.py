"""A sentence with its words replaced by what they are (R10): `客户付款后执行` as `CT后G` (`phrases/lexicon.py`)."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from bot.parse.first_chars import needed_chars
from bot.parse.phrases import lexicon

_LETTER = {word: letter for letter, words in lexicon.WORDS.items() for word in words.split()}
_PLAIN = frozenset(lexicon.PLAIN.split())
_BY_LENGTH = sorted({*_LETTER, *_PLAIN}, key=lambda word: (-len(word), word))


def _by_first_letter(words: list[str]) -> str:
    """One alternation, longest word first, that looks at each first letter once."""
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in rests.items())


_WORD = re.compile(
    f"(?P<ascii>[a-z0-9]*[a-z]{{3,}}[a-z0-9]*)|(?P<quantity>{lexicon.QUANTITY})|(?P<day>{lexicon.DAY})|(?P<theirs>{lexicon.THEIRS})|(?P<boss>{lexicon.BOSS})"
    f"|(?P<people>{lexicon.PEOPLE})|(?P<word>{_by_first_letter(_BY_LENGTH)})"
)
_KINDS = {"quantity": "#", "day": "@", "theirs": "C", "boss": "B", "people": "E"}


class Row(NamedTuple):
    """A pattern with characters of which every match holds one (None: not known)."""

    pattern: re.Pattern[str]
    needed: frozenset[str] | None


def compile_rows(patterns: Iterable[str]) -> tuple[Row, ...]:
    """`patterns` of a table, compiled, each with what it needs."""
    return tuple(Row(re.compile(pattern), needed_chars(pattern)) for pattern in patterns)


def fitting(rows: Iterable[Row], text: str) -> Iterator[re.Pattern[str]]:
    """The patterns of `rows` that may match in `text`, or in what is left of it; nearly all need what it has not."""
    chars = frozenset(text)
    return (pattern for pattern, needed in rows if needed is None or not needed.isdisjoint(chars))


class Typed(NamedTuple):
    """`letters`, and for each of them where its word begins in the `text`; one more for the end."""

    text: str
    letters: str
    starts: tuple[int, ...]

    def without(self, rows: Iterable[Row]) -> "Typed":
        """What is left when each of `rows`, one after another, has been taken out; 〇 stands for it."""
        typed = self
        for pattern in fitting(rows, self.letters + "〇"):
            if pattern.search(typed.letters):
                typed = typed._cut(pattern)
        return typed

    def _cut(self, pattern: re.Pattern[str]) -> "Typed":
        text, letters = "", ""
        starts: list[int] = []
        done = 0
        for match in pattern.finditer(self.letters):
            first, last = match.span()
            if first == last:
                continue
            starts += [len(text) + self.starts[i] - self.starts[done] for i in range(done, first)]
            text += self.text[self.starts[done] : self.starts[first]]
            starts.append(len(text))
            letters += self.letters[done:first] + "〇"
            text += "〇"
            done = last
        starts += [len(text) + self.starts[i] - self.starts[done] for i in range(done, len(self.starts))]
        return Typed(text + self.text[self.starts[done] :], letters + self.letters[done:], tuple(starts))


@lru_cache(maxsize=256)
def type_words(text: str) -> Typed:
    """`text`, lower case, with capital letters, `#` and `@` for the words that the lexicon knows."""
    letters: list[str] = []
    starts: list[int] = []
    done = 0
    for match in _WORD.finditer(text):
        kind = match.lastgroup or ""
        if kind == "ascii" and match.group() not in _LETTER:
            continue
        letters.append(text[done : match.start()])
        starts += range(done, match.start() + 1)
        letters.append(_letter(kind, match.group()))
        done = match.end()
    starts += range(done, len(text) + 1)
    return Typed(text, "".join((*letters, text[done:])), tuple(starts))


def _letter(kind: str, word: str) -> str:
    if kind in _KINDS:
        return _KINDS[kind]
    return "x" if word in _PLAIN else _LETTER[word]
