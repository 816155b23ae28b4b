"""Whatever people wrote is cleaned and cut here, before it becomes part of a drawing, and nowhere else."""

from dataclasses import dataclass

from bot.papers.glyphs import drawable, fit
from bot.papers.shapes import Anchor, Text


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes lines of text; `fallback`: a font for rare characters will be there."""

    fallback: bool

    def text(
        self, x: float, y: float, words: str, size: float, ink: str, *, space: float = 0, anchor: Anchor = "start"
    ) -> Text:
        """One line of text; cut to `space` when given."""
        clean = drawable(words, fallback=self.fallback)
        return Text(x, y, fit(clean, size, space) if space else clean, size, ink, anchor)
