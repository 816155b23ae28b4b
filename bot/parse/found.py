"""A tag found in a clause, and which tags agree."""

from typing import NamedTuple

from bot.parse.phrases import Tag


class Found(NamedTuple):
    """A tag with the words that gave it and the clause they stand in."""

    tag: Tag
    words: str
    clause: str


YES_TAGS = frozenset({Tag.YES, Tag.PERSONAL_YES, Tag.CASUAL})
