"""A drawing as PNG, with our own font and no other: Chinese text is drawn on every machine alike (R41).

Everything is painted as numbers of a palette, each ink in sixteen steps down to the paper: a quarter of the work of
full colours, and half the bytes. What is not straight is painted large and made small, once for each shape and ink.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, singledispatchmethod
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from bot.papers.glyphs import SHIPPED, is_drawn
from bot.papers.shapes import (
    CORNER,
    DASH,
    DIAMOND,
    DIAMOND_EDGE,
    DOT,
    EDGE,
    INKS,
    Diamond,
    Dot,
    Drawing,
    Rect,
    Shape,
    Stroke,
    Text,
)

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

_STEPS = 16  # of an ink; its number is that of the ink times 16 plus the step
_LARGE = 8  # how much larger round shapes are painted
_EFFORT = 3  # of zlib: higher ones take up to fifteen times as long for a tenth of the bytes


def paint_png(drawing: Drawing, zoom: float = 2.0, font: Path | None = None) -> bytes:
    """`drawing` as PNG, `zoom` times its nominal size. `font`: a further font file, for what the shipped one lacks."""
    from PIL.Image import new
    from PIL.ImageDraw import Draw

    image = new("L", (round(drawing.wide * zoom), round(drawing.high * zoom)))
    brush = _Brush(image, Draw(image), zoom, font)
    for shape in drawing.shapes:
        brush.paint(shape)
    image.putpalette(_palette())
    target = BytesIO()
    image.save(target, "PNG", compress_level=_EFFORT)
    return target.getvalue()


@dataclass(frozen=True)
class _Brush:
    """Paints shapes into `image`, whose pixels are numbers of the palette."""

    image: "Image"
    draw: "ImageDraw"
    zoom: float
    font: Path | None

    @singledispatchmethod
    def paint(self, shape: Shape) -> None:
        raise TypeError(shape)

    @paint.register
    def _(self, rect: Rect) -> None:
        half = EDGE / 2 if rect.edge else 0
        x1, y1 = (round(v * self.zoom) for v in (rect.x - half, rect.y - half))
        x2, y2 = (round(v * self.zoom) - 1 for v in (rect.x + rect.wide + half, rect.y + rect.high + half))
        box, radius = (x1, y1, max(x2, x1), max(y2, y1)), CORNER * self.zoom
        edge = _full(rect.edge) if rect.edge else None
        self.draw.rounded_rectangle(box, radius, _full(rect.fill), edge, round(EDGE * self.zoom))

    @paint.register
    def _(self, stroke: Stroke) -> None:
        half, ink = stroke.wide / 2, _full(stroke.ink)
        across = stroke.y1 == stroke.y2
        start, end = sorted((stroke.x1, stroke.x2) if across else (stroke.y1, stroke.y2))
        first = round(((stroke.y1 if across else stroke.x1) - half) * self.zoom)
        last = max(first, round(first + stroke.wide * self.zoom) - 1)
        for begin, stop in _dashes(start, end) if stroke.dashed else ((start, end),):
            a, b = round(begin * self.zoom), max(round(begin * self.zoom), round(stop * self.zoom) - 1)
            self.draw.rectangle((a, first, b, last) if across else (first, a, last, b), ink)

    @paint.register
    def _(self, mark: Diamond) -> None:
        self._stamp(_diamond(mark.ink, self.zoom), mark.x, mark.y)

    @paint.register
    def _(self, mark: Dot) -> None:
        self._stamp(_dot(mark.ink, self.zoom), mark.x, mark.y)

    @paint.register
    def _(self, text: Text) -> None:
        x = text.x * self.zoom
        runs = [(_font(path, text.size * self.zoom), run) for path, run in _runs(text.words, self.font)]
        if text.anchor != "start":
            long = sum(font.getlength(run) for font, run in runs)
            x -= long if text.anchor == "end" else long / 2
        for font, run in runs:
            letters, left, top = _letters(font, run, text.ink)
            if letters:
                self.image.paste(letters, (round(x) + left, round(text.y * self.zoom) + top))
            x += font.getlength(run)

    def _stamp(self, stamp: "tuple[Image, Image]", x: float, y: float) -> None:
        picture, mask = stamp
        place = (round(x * self.zoom - picture.width / 2), round(y * self.zoom - picture.height / 2))
        self.image.paste(picture, place, mask)


def _full(ink: str) -> int:
    return INKS.index(ink) * _STEPS + _STEPS - 1


@lru_cache(maxsize=1)
def _palette() -> bytes:
    """Red, green and blue of each number: every ink from the paper to its own colour."""
    inks = [[int(ink[n : n + 2], 16) for n in (1, 3, 5)] for ink in INKS]
    last = _STEPS - 1
    return bytes(round(255 + (part - 255) * step / last) for ink in inks for step in range(_STEPS) for part in ink)


@lru_cache(maxsize=len(INKS))
def _table(ink: str) -> list[int]:
    """How much of a pixel is covered (0 to 255) → the number of that step of `ink`; none of it is the paper."""
    row = INKS.index(ink) * _STEPS
    return [row + step if (step := (cover * (_STEPS - 1) + 127) // 255) else 0 for cover in range(256)]


def _dashes(start: float, end: float) -> Iterator[tuple[float, float]]:
    drawn, left_out = DASH
    while start < end:
        yield start, min(start + drawn, end)
        start += drawn + left_out


def _runs(words: str, other: Path | None) -> Iterator[tuple[Path, str]]:
    """`words` in pieces, each with the font that has its characters."""
    if other is None:
        yield SHIPPED, words
        return
    for shipped, run in groupby(words, is_drawn):
        yield (SHIPPED if shipped else other), "".join(run)


@lru_cache(maxsize=32)
def _font(path: Path, size: float) -> "FreeTypeFont":
    from PIL.ImageFont import Layout, truetype

    return truetype(str(path), size, layout_engine=Layout.BASIC)  # the same on every machine: no library to shape


@lru_cache(maxsize=256)
def _letters(font: "FreeTypeFont", words: str, ink: str) -> "tuple[Image | None, int, int]":
    """`words` painted, and where to lay it from where they begin to stand; every chart has the same few again."""
    from PIL.Image import new
    from PIL.ImageDraw import Draw

    left, top, right, bottom = (int(edge) for edge in font.getbbox(words, anchor="ls"))
    if right <= left or bottom <= top:
        return None, 0, 0
    cover = new("L", (right - left, bottom - top))
    Draw(cover).text((-left, -top), words, 255, font, "ls")
    return cover.point(_table(ink)), left, top


@lru_cache(maxsize=32)
def _diamond(ink: str, zoom: float) -> "tuple[Image, Image]":
    """Picture and mask of a diamond."""
    from PIL.ImageChops import subtract

    outside, inside = (DIAMOND + way * DIAMOND_EDGE * 2**0.5 / 2 for way in (1, -1))
    outer, inner = (_turned_square(outside, radius, zoom) for radius in (outside, inside))
    return subtract(outer, inner).point(_table(ink)), _mask(outer)


@lru_cache(maxsize=32)
def _dot(ink: str, zoom: float) -> "tuple[Image, Image]":
    """Picture and mask of a dot."""
    from PIL.Image import Resampling, new
    from PIL.ImageDraw import Draw

    side = _side(DOT, zoom)
    large = new("L", (side * _LARGE,) * 2)
    Draw(large).circle((side * _LARGE / 2,) * 2, DOT * zoom * _LARGE, 255)
    cover = large.resize((side, side), Resampling.BOX)
    return cover.point(_table(ink)), _mask(cover)


def _turned_square(room: float, radius: float, zoom: float) -> "Image":
    """How much of each pixel a square on its point covers; `room` is the radius of the picture."""
    from PIL.Image import Resampling, new
    from PIL.ImageDraw import Draw

    side = _side(room, zoom)
    large = new("L", (side * _LARGE,) * 2)
    middle, reach = side * _LARGE / 2, radius * zoom * _LARGE
    points = [(middle, middle - reach), (middle + reach, middle), (middle, middle + reach), (middle - reach, middle)]
    Draw(large).polygon(points, 255)
    return large.resize((side, side), Resampling.BOX)


def _side(radius: float, zoom: float) -> int:
    return 2 * (int(radius * zoom) + 1)


def _mask(cover: "Image") -> "Image":
    """What of the ground a shape hides: all of which it covers enough to be seen."""
    return cover.point([0] * 96 + [255] * 160)
