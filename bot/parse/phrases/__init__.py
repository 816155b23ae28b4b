"""The words that decide what a reply means (R10): reviewed data, read by `meaning.py`. No logic here.

How the tables are read: a reply is split into sentences and clauses. A clause that one of `WHOLE` matches entirely has
that tag. Otherwise it is scanned from the left and at each place the first row of the stage's table and then of
`INSIDE` that matches wins. So the order is meaning: a longer or more telling phrase stands above the word inside it,
and a pattern that begins at the negation is met before the word it negates.

Patterns see text that is half width, lower case, simplified, without blanks between Chinese characters. Every gap is
bounded and never crosses a comma, so reading is linear. Each trap has its comment.

    tags      what a phrase can contribute, and who may decide at which stage
    blocks    names, titles, words of agreement: the pieces that the tables are made of
    whole     clauses that are complete answers
    background inside a clause: told around a verdict, read first of all
    deferrals inside a clause: a verdict left open or put off    |
    refusals  inside a clause: machine, taken back, refused      |
    harmless  inside a clause: holds a small word, means none    |
    others    inside a clause: said of others, bound, delegated  |  INSIDE, in this order
    missing   inside a clause: missing, later, yes               |
    small_words  inside a clause: 但, 先, 不 and their like       |
    english   inside a clause, whole English words; read in front of INSIDE
    stages    words that only a stage gives their sense; completions and reports have files of their own
    asides    what may stand beside a yes, and what binds it; read by `bearing.py`
    around    formulas, corrections, quotes, signatures, commands, pinyin
"""

from bot.parse.phrases.around import (
    CORRECTION,
    ENGLISH_SIGNS,
    FORMULAS,
    HELP,
    PHONE_SIGNATURE,
    PINYIN,
    PINYIN_KEYS,
    QUOTE,
    SPEAKER,
    STATUS,
    TODO,
    UNREAD_PINYIN,
)
from bot.parse.phrases.background import BACKGROUND
from bot.parse.phrases.blocks import ANY_YES, EN_SELF, I_SAY, SELF, TOPIC
from bot.parse.phrases.deferrals import DEFERRALS
from bot.parse.phrases.english import ENGLISH
from bot.parse.phrases.harmless import HARMLESS
from bot.parse.phrases.missing import MISSING
from bot.parse.phrases.others import OTHERS
from bot.parse.phrases.refusals import REFUSALS
from bot.parse.phrases.reports import REPORTS
from bot.parse.phrases.small_words import SMALL_WORDS
from bot.parse.phrases.stages import BROUGHT, STAGE_INSIDE, STAGE_WHOLE
from bot.parse.phrases.tags import DECIDERS, REPORTERS, Rows, Tag
from bot.parse.phrases.whole import WHOLE

INSIDE: Rows = REFUSALS + HARMLESS + OTHERS + MISSING + SMALL_WORDS

__all__ = [
    "ANY_YES",
    "BACKGROUND",
    "BROUGHT",
    "CORRECTION",
    "DECIDERS",
    "DEFERRALS",
    "ENGLISH",
    "ENGLISH_SIGNS",
    "EN_SELF",
    "FORMULAS",
    "HELP",
    "INSIDE",
    "I_SAY",
    "PHONE_SIGNATURE",
    "PINYIN",
    "PINYIN_KEYS",
    "QUOTE",
    "REPORTERS",
    "REPORTS",
    "SELF",
    "SPEAKER",
    "STAGE_INSIDE",
    "STAGE_WHOLE",
    "STATUS",
    "TODO",
    "TOPIC",
    "UNREAD_PINYIN",
    "WHOLE",
    "Rows",
    "Tag",
]
