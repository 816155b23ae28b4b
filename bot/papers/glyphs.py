"""Which characters our font can draw, and how wide they are: enough to cut a name before it runs into a chart."""

import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
SHIPPED = FONTS / "NotoSansSC-subset.otf"
FAMILY = "Noto Sans CJK SC"
BOX = "□"

_NARROW = frozenset(" !'(),.:;I[]`ijl|f-rt/\\")
_WIDE = frozenset("MWmw@%")


@cache
def _extra() -> frozenset[str]:
    return frozenset((FONTS / "extra.txt").read_text(encoding="utf-8").strip())


def is_drawn(char: str) -> bool:
    """Whether the shipped font has the character: GB 2312, ASCII and `fonts/extra.txt`."""
    if char in _extra():
        return True
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return char.isprintable()


def drawable(text: str, *, fallback: bool = False) -> str:
    """`text` on one line, each character that cannot be drawn as a box; with a `fallback` font only unassigned ones.

    Joiners, variation selectors and combining marks vanish: alone they would be boxes beside their character.
    """
    kept = []
    for char in unicodedata.normalize("NFC", " ".join(text.split())):
        if is_drawn(char):
            kept.append(char)
        elif unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Mn", "Me", "Zl", "Zp"}:
            kept.append(char if fallback and unicodedata.category(char) != "Cn" else BOX)
    return "".join(kept)


def width(text: str, size: float) -> float:
    """About how wide `text` is at this font size, rather too wide than too narrow."""
    return sum(_em(char) for char in text) * size


def _em(char: str) -> float:
    if not char.isascii():
        return 1.0
    if char in _NARROW:
        return 0.4
    return 0.95 if char in _WIDE else 0.7 if char.isupper() else 0.6


def fit(text: str, size: float, space: float) -> str:
    """`text`, cut with … to what fits into `space`."""
    if width(text, size) <= space:
        return text
    room = space - size
    for count, char in enumerate(text):
        room -= _em(char) * size
        if room < 0:
            return f"{text[:count].rstrip()}…"
    return text
