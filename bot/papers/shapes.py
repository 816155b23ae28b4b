"""What a chart is made of: shapes in nominal pixels, in eight inks, to be written as SVG or painted as PNG."""

from dataclasses import dataclass
from typing import Literal

PAPER = "#ffffff"
INK, GREY, RULE, REST = "#1f2329", "#5c6573", "#dfe3e8", "#f1f3f6"
PLAN, GOOD, LATE = "#1f5fbf", "#1a7f4b", "#b42318"
INKS = (PAPER, INK, GREY, RULE, REST, PLAN, GOOD, LATE)
"""All there are; the first is the ground."""

Anchor = Literal["start", "middle", "end"]
CORNER = 2.0
"""Radius of a rectangle's corners."""
EDGE = 1.5
"""How wide a rectangle's edge is, half of it outside."""
DASH = (4.0, 3.0)
"""Of a dashed line: how much is drawn, how much is left out."""
DIAMOND, DIAMOND_EDGE = 7.0, 2.0
"""From a diamond's middle to its points, and how wide its edge is."""
DOT = 5.5
"""A dot's radius."""


@dataclass(frozen=True, slots=True)
class Text:
    """One line of words, clean and cut; `y` is the line they stand on."""

    x: float
    y: float
    words: str
    size: float
    ink: str
    anchor: Anchor = "start"


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle with round corners; `edge` "": none."""

    x: float
    y: float
    wide: float
    high: float
    fill: str = PAPER
    edge: str = ""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line along one of the axes."""

    x1: float
    y1: float
    x2: float
    y2: float
    ink: str
    wide: float = 1
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Diamond:
    """A planned milestone: a square on its point, open."""

    x: float
    y: float
    ink: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A reached milestone."""

    x: float
    y: float
    ink: str


Shape = Text | Rect | Stroke | Diamond | Dot


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole chart, later shapes above earlier ones. `spoken`: what it shows, for who sees none."""

    wide: int
    high: int
    shapes: tuple[Shape, ...]
    spoken: str
