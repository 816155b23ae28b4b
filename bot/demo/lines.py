"""Breaks mixed Chinese and English into lines: words and numbers stay whole, no line begins with a closing sign."""

import re

from rich.cells import cell_len
from rich.text import Text

_TOKEN = re.compile(r"[“‘「（(]*(?:(?:[\x21-\x7e’–—…]+[年月日]?)+|[^\x21-\x7e\s])[，。；：！？、）」”’…]*|\s+")


def wrap(text: Text, width: int) -> list[Text]:
    """`text` with its styles in lines of at most `width` cells; what is longer than a line is broken anywhere."""
    starts: list[int] = []
    used = 0
    for token in _TOKEN.finditer(text.plain):
        if used and token[0].strip() and used + cell_len(token[0]) > width:
            starts.append(token.start())
            used = 0
        used += cell_len(token[0])
    lines = list(text.divide(starts))
    for line in lines:
        line.rstrip()
    return [part for line in lines for part in _cut(line, width)]


def _cut(line: Text, width: int) -> list[Text]:
    """A line that is one overlong token, in pieces."""
    if line.cell_len <= width:
        return [line]
    size = next(n for n in range(len(line.plain), 0, -1) if cell_len(line.plain[:n]) <= width)
    head, rest = line.divide([size])
    return [head, *_cut(rest, width)]
