"""Shapes of a chart as SVG text. Whatever people wrote is cleaned, cut and escaped here and nowhere else."""

from dataclasses import dataclass
from xml.sax.saxutils import escape

from bot.papers.glyphs import drawable, fit

PAPER = "#ffffff"


@dataclass(frozen=True, slots=True)
class Pen:
    """Shapes as SVG text; whatever people wrote is cleaned, cut and escaped here and nowhere else."""

    fallback: bool

    def text(
        self, x: float, y: float, words: str, size: float, ink: str, *, space: float = 0, anchor: str = "start"
    ) -> str:
        """One line of text; cut to `space` when given."""
        clean = drawable(words, fallback=self.fallback)
        clean = fit(clean, size, space) if space else clean
        place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
        return f'<text {place} font-size="{size}" fill="{ink}">{escape(clean)}</text>'

    def rect(self, x: float, wide: float, *, y: float, high: float, fill: str = PAPER, edge: str = "none") -> str:
        """A rectangle."""
        return (
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(wide, 1):.1f}" height="{high}" rx="2" fill="{fill}" '
            f'stroke="{edge}" stroke-width="1.5"/>'
        )

    def stroke(
        self, x1: float, y1: float, x2: float, y2: float, ink: str, *, wide: float = 1, dashed: bool = False
    ) -> str:
        """A straight line."""
        dash = ' stroke-dasharray="4 3"' if dashed else ""
        place = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
        return f'<line {place} stroke="{ink}" stroke-width="{wide}"{dash}/>'

    def diamond(self, x: float, y: float, ink: str) -> str:
        """A planned milestone."""
        return f'<path d="M{x:.1f} {y - 7:.1f}l7 7l-7 7l-7-7z" fill="{PAPER}" stroke="{ink}" stroke-width="2"/>'

    def dot(self, x: float, y: float, ink: str) -> str:
        """A reached milestone."""
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5.5" fill="{ink}"/>'
