"""A drawing as SVG. What people wrote is escaped here and nowhere else."""

from functools import singledispatch
from xml.sax.saxutils import escape

from bot.papers.glyphs import FAMILY
from bot.papers.shapes import (
    CORNER,
    DASH,
    DIAMOND,
    DIAMOND_EDGE,
    DOT,
    EDGE,
    PAPER,
    Diamond,
    Dot,
    Drawing,
    Rect,
    Shape,
    Stroke,
    Text,
)


def write_svg(drawing: Drawing) -> str:
    """The whole document."""
    wide, high = drawing.wide, drawing.high
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}" '
        f"role=\"img\" font-family=\"'{FAMILY}', 'PingFang SC', 'Microsoft YaHei', sans-serif\">"
        f"<title>{escape(drawing.spoken)}</title>"
        f'<rect width="{wide}" height="{high}" fill="{PAPER}"/>{"".join(map(_write, drawing.shapes))}</svg>\n'
    )


@singledispatch
def _write(shape: Shape) -> str:
    raise TypeError(shape)


@_write.register
def _(text: Text) -> str:
    place = f'x="{text.x:.1f}" y="{text.y:.1f}" text-anchor="{text.anchor}"'
    return f'<text {place} font-size="{text.size}" fill="{text.ink}">{escape(text.words)}</text>'


@_write.register
def _(rect: Rect) -> str:
    return (
        f'<rect x="{rect.x:.1f}" y="{rect.y:.1f}" width="{rect.wide:.1f}" height="{rect.high}" rx="{CORNER:g}" '
        f'fill="{rect.fill}" stroke="{rect.edge or "none"}" stroke-width="{EDGE}"/>'
    )


@_write.register
def _(stroke: Stroke) -> str:
    dash = f' stroke-dasharray="{DASH[0]:g} {DASH[1]:g}"' if stroke.dashed else ""
    place = f'x1="{stroke.x1:.1f}" y1="{stroke.y1:.1f}" x2="{stroke.x2:.1f}" y2="{stroke.y2:.1f}"'
    return f'<line {place} stroke="{stroke.ink}" stroke-width="{stroke.wide}"{dash}/>'


@_write.register
def _(mark: Diamond) -> str:
    d = DIAMOND
    path = f"M{mark.x:.1f} {mark.y - d:.1f}l{d:g} {d:g}l-{d:g} {d:g}l-{d:g}-{d:g}z"
    return f'<path d="{path}" fill="{PAPER}" stroke="{mark.ink}" stroke-width="{DIAMOND_EDGE:g}"/>'


@_write.register
def _(mark: Dot) -> str:
    return f'<circle cx="{mark.x:.1f}" cy="{mark.y:.1f}" r="{DOT}" fill="{mark.ink}"/>'
