"""A chart as PNG, for mails and for files (R41)."""

from dataclasses import replace
from pathlib import Path

from bot.papers.chart import draw_chart
from bot.papers.paint import paint_png
from bot.rules.plans.timeline import Timeline

MAIL_BYTES = 60_000
"""The most a picture may add to a mail."""

MAIL_BARS = 22
"""The most lines a picture in a mail has; the rest stands in its text alone."""

_ZOOMS = (2.0, 1.5, 1.15, 1.0)


def draw_for_mail(timeline: Timeline, font: Path | None = None) -> bytes:
    """The chart as a mail carries it: at most MAIL_BYTES, without people, whom the mail's text names."""
    png = b""
    for most in (MAIL_BARS, MAIL_BARS // 2):
        bars = tuple(replace(bar, who="") for bar in timeline.bars[:most])
        more = len(timeline.bars) - len(bars)
        note = f"{timeline.subtitle} · 另有{more}项见正文" if more else timeline.subtitle
        png = draw_png(replace(timeline, bars=bars, subtitle=note), font, most_bytes=MAIL_BYTES)
        if len(png) <= MAIL_BYTES:
            break
    return png


def draw_png(timeline: Timeline, font: Path | None = None, *, most_bytes: int = 0) -> bytes:
    """The chart as PNG, twice its nominal size where `most_bytes` allows it (0: whatever it takes).

    `font`: a further font file, for characters that the shipped one lacks.
    """
    drawing = draw_chart(timeline, fallback=font is not None)
    png = b""
    for zoom in _ZOOMS[min(len(timeline.bars) // 16, 3) if most_bytes else 0 :]:
        png = paint_png(drawing, zoom, font)
        if not most_bytes or len(png) <= most_bytes:
            break
    return png
