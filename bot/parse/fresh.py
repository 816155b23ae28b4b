"""What a person wrote now, parted from the quoted history, whichever client quoted it (mail-in-china.md C2, C4)."""

import re

from bot.parse.markup import html_to_text
from bot.parse.quotes import find_cut, fold_labels
from bot.parse.signoff import strip_signoff

__all__ = ["html_to_text", "split_fresh"]

MAX_CHARS = 300_000  # beyond this it is history anyway
_MAX_BLOCKS = 200
_INVISIBLE = ("\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\ufeff", "\u00ad", "\u2060")
_BLANK_LINES = re.compile(r"\n{3,}")
_TRAILING = re.compile(r"[ \t]+\n")
_LONG_QUOTED = 60  # a quoted line at least this long may have been wrapped by the mailer


def split_fresh(text: str) -> tuple[str, str]:
    """(fresh, quoted) of a reply's plain text.

    Fresh text is without quotes, attributions, signatures, sign-offs and disclaimers; answers between and below lines
    quoted by ">" are kept. What stands below a header block or a separator is quoted to the end. Linear time.
    """
    text = _normalise(text)
    fresh, quoted = [], []
    at = 0
    for _ in range(_MAX_BLOCKS):
        cut = find_cut(text, at)
        if cut is None:
            fresh.append(text[at:])
            break
        fresh.append(text[at : cut.start])
        end = _end_of_marked_quote(text, cut.end)
        quoted.append(text[cut.start : end])
        at = end
        if end == len(text):
            break
    own = [_part_marked(chunk) for chunk in fresh]
    said = "\n".join(filter(None, (strip_signoff(kept) for kept, _ in own)))
    return said, "\n".join(filter(None, [*(old for _, old in own), *quoted])).strip()


def _normalise(text: str) -> str:
    text = text[:MAX_CHARS].replace("\u00a0", " ").replace("\u3000", " ")
    for char in _INVISIBLE:
        if char in text:
            text = text.replace(char, "")
    text = _TRAILING.sub("\n", text + "\n") if " \n" in text or "\t\n" in text else text
    return fold_labels(_BLANK_LINES.sub("\n\n", text) if "\n\n\n" in text else text)


def _end_of_marked_quote(text: str, at: int) -> int:
    """Where the ">" lines after a mark end; the end of the text when the quote is not marked so."""
    end, seen = at, False
    while end < len(text):
        line_end = text.find("\n", end)
        line_end = len(text) if line_end < 0 else line_end + 1
        line = text[end:line_end].strip()
        if line.startswith(">"):
            seen = True
        elif line and end > at:
            return end if seen else len(text)
        elif line and end == at and line.strip(":："):
            return len(text)  # flattened: the old text goes on in the same line
        end = line_end
    return len(text)


def _part_marked(chunk: str) -> tuple[str, str]:
    """(own lines, lines quoted by ">"); a short line between quoted ones without a gap is a wrapped quote."""
    if ">" not in chunk:
        return chunk, ""
    own: list[str] = []
    old: list[str] = []
    lines = chunk.split("\n")
    for number, line in enumerate(lines):
        if line.lstrip().startswith(">") or _is_wrapped(lines, number):
            old.append(line)
        else:
            own.append(line)
    return "\n".join(own), "\n".join(old)


def _is_wrapped(lines: list[str], number: int) -> bool:
    if not 0 < number < len(lines) - 1 or not lines[number].strip():
        return False
    before, after = lines[number - 1].lstrip(), lines[number + 1].lstrip()
    return before.startswith(">") and after.startswith(">") and _width(before) >= _LONG_QUOTED > _width(lines[number])


def _width(line: str) -> int:
    return sum(2 if char > "\u1100" else 1 for char in line[: 2 * _LONG_QUOTED])
