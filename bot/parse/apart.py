"""What stands beside a complete yes (R10): an aside, unless it holds a binding (`phrases/constructions.py`).

Whoever agrees in plain words and then writes on tells, explains and instructs; a small word (再, 先, 不) in such a
sentence says nothing about the yes. What counts is who must do what, and when.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from bot.parse.found import YES_TAGS, Found
from bot.parse.phrases import Tag, apart, asides, constructions
from bot.parse.typed import type_words
from bot.rules.words import ReplyStage

_LIMIT = 160
_TAGS = frozenset(
    {
        Tag.HAZARD,
        Tag.WEAK,
        Tag.PLAIN,
        Tag.ACK,
        Tag.THANKS,
        Tag.FINE,
        Tag.ASSIGN,
        Tag.TAKE,
        Tag.OTHER,
        Tag.UNSURE,
        Tag.WHEN,
    }
    | YES_TAGS
)
_HARMLESS = tuple(map(re.compile, apart.HARMLESS))
_CONTINGENCIES = tuple(map(re.compile, constructions.CONTINGENCIES))
_OWED = tuple(map(re.compile, constructions.BINDING))
_NOT_YET = tuple(map(re.compile, constructions.NOT_YET))
_COMPLETIONS = frozenset({ReplyStage.COMPLETION_SALES, ReplyStage.COMPLETION_DIRECTOR})
_THE_CHANGE = tuple(map(re.compile, constructions.THE_CHANGE))
_WAYS = tuple(map(re.compile, constructions.HARMLESS))
_CONDITIONS = re.compile(apart.CONDITIONS)
_ALWAYS = re.compile(asides.ALWAYS)
_BINDING = tuple(map(re.compile, (*apart.BINDING, asides.ABOVE)))
_BINDS = re.compile(asides.BINDS)


class Binding(NamedTuple):
    """The words that bind; `sure` if a construction says so, not a small word that might."""

    words: str
    sure: bool = True


def find_binding(texts: Iterable[str], found: Iterable[Found], stage: ReplyStage) -> Binding | None:
    """What in a sentence, given by its clauses and what was found in them, binds a yes beside it; None if nothing."""
    sentence = ",".join(texts)
    if len(sentence) > _LIMIT:
        return Binding("句子过长", sure=False)
    if match := _ALWAYS.search(sentence):
        return Binding(match.group())
    for pattern in _HARMLESS:
        sentence = pattern.sub("〇", sentence)
    left = type_words(sentence).without(_CONTINGENCIES)
    if match := _CONDITIONS.search(left.text):
        return Binding(match.group())
    left = left.without(_WAYS)
    if stage is ReplyStage.EXECUTION_CHANGE:
        left = left.without(_THE_CHANGE)
    owing = (*_OWED, *_NOT_YET) if stage in _COMPLETIONS else _OWED
    owed = next((match.group() for pattern in owing if (match := pattern.search(left.letters))), None)
    return Binding(owed) if owed else _find_word(left.text, list(found), stage)


def _find_word(sentence: str, found: list[Found], stage: ReplyStage) -> Binding | None:
    """What binds by its words alone, once what is harmless has been taken out of `sentence`."""
    for f in found:
        if f.tag is Tag.PLAIN:
            sentence = sentence.replace(f.words, "〇")
    counts = _TAGS if stage is ReplyStage.WORKLOAD else _TAGS | {Tag.NUMBER}
    for f in found:
        if f.tag not in counts and f.words in sentence:
            return Binding(f.words, sure=False)
    for clause in sentence.split(","):
        if match := _BINDS.search(clause):
            return Binding(match.group())
    return next((Binding(match.group(), sure=False) for p in _BINDING if (match := p.search(sentence))), None)
