"""Sentences of their own beside a complete yes (R10): asides, unless they hold a binding (`phrases/apart.py`).

Whoever agrees in plain words and then writes on tells, explains and instructs; a small word (再, 先, 不) in such a
sentence says nothing about the yes. Inside the sentence of the yes the opposite holds (`bearing.py`).
"""

import re
from collections.abc import Iterable

from bot.parse.found import YES_TAGS, Found
from bot.parse.phrases import Tag, apart, asides
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
_CONDITIONS = re.compile(apart.CONDITIONS)
_ALWAYS = re.compile(asides.ALWAYS)
_BINDING = tuple(map(re.compile, (*apart.BINDING, asides.ABOVE)))
_BINDS = re.compile(asides.BINDS)


def stands_apart(texts: Iterable[str], found: Iterable[Found], stage: ReplyStage) -> bool:
    """Whether a sentence, given by its clauses and what was found in them, leaves a yes in another sentence alone."""
    sentence = ",".join(texts)
    if len(sentence) > _LIMIT or _ALWAYS.search(sentence):
        return False
    counts = _TAGS if stage is ReplyStage.WORKLOAD else _TAGS | {Tag.NUMBER}
    found = list(found)
    for pattern in _HARMLESS:
        sentence = pattern.sub("〇", sentence)
    if _CONDITIONS.search(sentence):
        return False
    for f in found:
        if f.tag is Tag.PLAIN:
            sentence = sentence.replace(f.words, "〇")
    if any(f.tag not in counts and f.words in sentence for f in found):
        return False
    if any(_BINDS.search(clause) for clause in sentence.split(",")):
        return False
    return not any(pattern.search(sentence) for pattern in _BINDING)
