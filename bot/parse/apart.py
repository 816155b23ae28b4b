"""What stands beside a complete yes (R10): an aside, unless it holds a binding (`phrases/constructions.py`).

Whoever agrees in plain words and then writes on tells, explains and instructs; a small word (再, 先, 不) in such a
sentence says nothing about the yes. What counts is who must do what, and when.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from bot.parse.found import YES_TAGS, Found
from bot.parse.phrases import Tag, apart, asides, constructions
from bot.parse.typed import compile_rows, fitting, type_words
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
_HARMLESS = compile_rows(apart.HARMLESS)
_CONTINGENCIES = compile_rows(constructions.CONTINGENCIES)
_TOLD, _AHEAD = re.compile(constructions.TOLD), re.compile(constructions.AHEAD)
_OWED = compile_rows(constructions.BINDING)
_NOT_YET = compile_rows(constructions.NOT_YET)
_OWED_AT = {
    ReplyStage.COMPLETION_SALES: _NOT_YET,
    ReplyStage.COMPLETION_DIRECTOR: _NOT_YET,
    ReplyStage.WORKLOAD: compile_rows(constructions.OTHER_MEASURE),
}
# What each of these stages asks about is no binding there.
_ASKED = {
    ReplyStage.EXECUTION_CHANGE: compile_rows(constructions.THE_CHANGE),
    ReplyStage.RETROACTIVE: compile_rows(constructions.THE_EMERGENCY),
}
_WAYS = compile_rows(constructions.HARMLESS)
_CONDITIONS = re.compile(apart.CONDITIONS)
_ALWAYS = re.compile(asides.ALWAYS)
_BINDING = compile_rows((*apart.BINDING, asides.ABOVE))
_DOUBTFUL = compile_rows(apart.DOUBTFUL)
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
    found = list(found)
    for f in found:
        if f.tag is Tag.YES:
            sentence = sentence.replace(f.words, "〇")
    for pattern in fitting(_HARMLESS, sentence):
        sentence = pattern.sub("〇", sentence)
    left = type_words(sentence).without(_CONTINGENCIES)
    if match := _CONDITIONS.search(left.text):
        return Binding(match.group())
    if _TOLD.search(left.letters) and not _AHEAD.search(left.letters):
        return _find_tag(left.text, found, stage, _VERDICTS)
    left = left.without(_WAYS)
    left = left.without(_ASKED.get(stage, ()))
    owing = (*_OWED, *_OWED_AT.get(stage, ()))
    owed = next(
        (match.group() for pattern in fitting(owing, left.letters) if (match := pattern.search(left.letters))), None
    )
    return Binding(owed) if owed else _find_word(left.text, found, stage)


def _find_word(sentence: str, found: list[Found], stage: ReplyStage) -> Binding | None:
    """What binds by its words alone, once what is harmless has been taken out of `sentence`."""
    for f in found:
        if f.tag is Tag.PLAIN:
            sentence = sentence.replace(f.words, "〇")
    counts = _TAGS if stage is ReplyStage.WORKLOAD else _TAGS | {Tag.NUMBER}
    if tagged := _find_tag(sentence, found, stage, frozenset(Tag) - counts):
        return tagged
    for clause in sentence.split(","):
        if match := _BINDS.search(clause):
            return Binding(match.group())
    for pattern in fitting(_BINDING, sentence):
        if match := pattern.search(sentence):
            return Binding(match.group())
    return next(
        (Binding(match.group(), sure=False) for p in fitting(_DOUBTFUL, sentence) if (match := p.search(sentence))),
        None,
    )


def _told(found: Found, stage: ReplyStage) -> bool:
    """Words that alone ask or change something, but beside a yes are read by what they ask and change."""
    if found.tag in {Tag.QUESTION, Tag.FACT}:  # one that asks is known by its mark; "能省多少" asks nothing
        return _QUESTION.match(found.clause) is None
    if stage not in _WORK_AHEAD:
        return False
    if found.tag is Tag.CHANGE:
        return _CHANGES.match(found.words) is not None
    return found.tag is Tag.INFO and _WANTS.search(found.words) is None


_WORK_AHEAD = frozenset({ReplyStage.APPLICATION, ReplyStage.EXECUTION_CHANGE, ReplyStage.RETROACTIVE})
_QUESTION = re.compile(apart.ASKS)
_CHANGES = re.compile(apart.NAMED_ELSEWHERE)
_WANTS = re.compile(apart.WANTS)


_VERDICTS = frozenset({Tag.NO, Tag.NEVER, Tag.WITHDRAW, Tag.DECIDE, Tag.HEDGE, Tag.CONDITION, Tag.UNLESS})


def _find_tag(sentence: str, found: list[Found], stage: ReplyStage, tags: frozenset[Tag]) -> Binding | None:
    return next(
        (Binding(f.words, sure=False) for f in found if f.tag in tags and f.words in sentence and not _told(f, stage)),
        None,
    )
