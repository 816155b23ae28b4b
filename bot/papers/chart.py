"""The customer timeline chart (客户时间节点图): planned against actual, a line each (R41).

Wide enough to be read on a phone of 360 px, where a mail shows it at two thirds of its size.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.papers.glyphs import drawable, width
from bot.papers.pen import Pen
from bot.papers.shapes import GOOD, GREY, INK, LATE, PAPER, PLAN, REST, RULE, Diamond, Dot, Drawing, Rect, Shape, Stroke
from bot.rules.plans.timeline import Bar, Span, Timeline, summary

WIDTH = 480
_MARGIN, _LABEL, _NOTE = 12, 128, 78
_LEFT, _RIGHT = _MARGIN + _LABEL, WIDTH - _MARGIN - _NOTE
_TOP, _BOTTOM = 88, 14
_ROW, _LOW_ROW = 40, 32  # with a second line below the name, and without
_STEPS = (1, 2, 3, 7, 14, 30, 61, 92, 183, 365, 730)
_MOST_TICKS = 6
_REST_SHOWN = 62  # days; in a longer chart the weekends would be a grey haze


@dataclass(frozen=True, slots=True)
class _Scale:
    """Days to pixels; a day is a column of `step` pixels."""

    first: date
    days: int

    @property
    def step(self) -> float:
        return (_RIGHT - _LEFT) / self.days

    def x(self, day: date) -> float:
        """The left edge of `day`."""
        return _LEFT + (day - self.first).days * self.step

    def middle(self, day: date) -> float:
        """The middle of `day`."""
        return self.x(day) + self.step / 2


def draw_chart(timeline: Timeline, *, fallback: bool = False) -> Drawing:
    """The whole chart; `fallback`: a font for rare characters will be there."""
    draw = Pen(fallback)
    scale = _scale(timeline)
    row = _ROW if any(bar.who for bar in timeline.bars) else _LOW_ROW
    height = _TOP + max(len(timeline.bars), 1) * row + _BOTTOM
    shapes = [*_head(draw, timeline), *_grid(draw, timeline, scale, height)]
    for number, bar in enumerate(timeline.bars):
        shapes += _line(draw, bar, scale, (_TOP + number * row, row), timeline.today)
    if not timeline.bars:
        shapes.append(draw.text(_MARGIN, _TOP + 26, "还没有时间节点", 15, GREY))
    return Drawing(WIDTH, height, tuple(shapes), drawable(summary(timeline), fallback=True))


def _scale(timeline: Timeline) -> _Scale:
    spans = [span for bar in timeline.bars for span in (bar.planned, bar.moved, bar.actual) if span]
    days = [day for span in spans for day in (span.first, span.last)] or [timeline.today]
    open_ones = [timeline.today] if any(not bar.done for bar in timeline.bars) else []
    first, last = min((*days, *open_ones)), max((*days, *open_ones))
    return _Scale(first, max((last - first).days + 1, 5))


def _head(draw: Pen, timeline: Timeline) -> Iterator[Shape]:
    space = WIDTH - 2 * _MARGIN
    yield draw.text(_MARGIN, 28, timeline.title, 18, INK, space=space)
    yield draw.text(_MARGIN, 48, timeline.subtitle, 13, GREY, space=space - 176)
    banded = any(_is_banded(bar) for bar in timeline.bars)
    x = WIDTH - _MARGIN - 170.0
    for step, words, ink, planned in (
        (0, "计划", PLAN, True),
        (52, "实际", GOOD, False),
        (104, "晚于计划", LATE, False),
    ):
        mark = Diamond if planned else Dot
        yield Rect(x + step, 39, 13, 9, PAPER if planned else ink, ink) if banded else mark(x + step + 7, 43.5, ink)
        yield draw.text(x + step + 17, 48, words, 13, GREY)


def _grid(draw: Pen, timeline: Timeline, scale: _Scale, height: int) -> Iterator[Shape]:
    top, bottom = _TOP - 10, height - _BOTTOM
    if scale.days <= _REST_SHOWN:
        for day in sorted(timeline.rest):
            if 0 <= (day - scale.first).days < scale.days:
                yield Rect(scale.x(day), top, scale.step, bottom - top, REST)
    for day in _ticks(scale):
        x = scale.middle(day) if scale.days <= _REST_SHOWN else scale.x(day)
        yield Stroke(x, top, x, bottom, RULE)
        yield draw.text(
            x, top - 6, f"{day.month}/{day.day}" if scale.days < 700 else f"{day:%Y/%m}", 13, GREY, anchor="middle"
        )
    if 0 <= (timeline.today - scale.first).days < scale.days:
        x = scale.middle(timeline.today)
        yield Stroke(x, top, x, bottom, PLAN, wide=1.5, dashed=True)
        yield draw.text(x, height - 2, "今天", 11, PLAN, anchor="middle")


def _ticks(scale: _Scale) -> Iterator[date]:
    step = next((n for n in _STEPS if scale.days / n <= _MOST_TICKS), _STEPS[-1])
    step = max(step, -(-scale.days // 40))  # decades are no reason for a thousand lines
    for n in range(0, scale.days, step):
        yield scale.first + timedelta(days=n)


def _line(draw: Pen, bar: Bar, scale: _Scale, place: tuple[int, int], today: date) -> Iterator[Shape]:
    top, row = place
    middle = top + row / 2
    yield Stroke(_MARGIN, top + row, WIDTH - _MARGIN, top + row, RULE, wide=0.7)
    baseline = middle - 2 if bar.who else middle + 5
    size = 15 if width(bar.name, 15) <= _LABEL - 8 else 13
    yield draw.text(_MARGIN, baseline, bar.name, size, INK, space=_LABEL - 8)
    if bar.who:
        yield draw.text(_MARGIN, middle + 14, bar.who, 12, GREY, space=_LABEL - 8)
    ink = LATE if bar.slip else GOOD if bar.done else GREY
    yield draw.text(WIDTH - _MARGIN, middle + 5, bar.verdict, 14, ink, space=_NOTE - 4, anchor="end")
    if _is_banded(bar):
        yield from _band(bar, scale, middle)
    else:
        yield from _milestone(bar, scale, middle, today)


def _is_banded(bar: Bar) -> bool:
    return any(span.first != span.last for span in (bar.planned, bar.actual) if span)


def _milestone(bar: Bar, scale: _Scale, y: float, today: date) -> Iterator[Shape]:
    """A diamond where it was planned, a dot where it happened, a line between them or to today when it is late."""
    planned = scale.middle(bar.planned.first) if bar.planned else None
    if planned is not None and bar.moved:
        yield Stroke(planned, y, scale.middle(bar.moved.first), y, GREY, dashed=True)
        yield Diamond(scale.middle(bar.moved.first), y, GREY)
    actual = scale.middle(bar.actual.first) if bar.actual and bar.done else None
    ink = LATE if bar.slip else GOOD
    if planned is not None and actual is not None and planned != actual:
        yield Stroke(planned, y, actual, y, ink, wide=2)
    if planned is not None and actual is None and bar.slip:
        yield Stroke(planned, y, scale.middle(today), y, LATE, wide=2, dashed=True)
    if planned is not None:
        yield Diamond(planned, y, LATE if bar.slip and actual is None else PLAN)
    if actual is not None:
        yield Dot(actual, y, ink)


def _band(bar: Bar, scale: _Scale, y: float) -> Iterator[Shape]:
    """An open band for the plan, a full one below for what was; what went over the plan's end is red."""
    if bar.planned:
        yield _band_of(scale, bar.planned, y - 12, edge=PLAN)
    if not bar.actual:
        return
    over = bar.planned.last if bar.planned and bar.slip else None
    if over is None or over < bar.actual.first:
        yield _band_of(scale, bar.actual, y + 2, LATE if bar.slip else GOOD)
        return
    yield _band_of(scale, Span(bar.actual.first, min(over, bar.actual.last)), y + 2, GOOD)
    if bar.actual.last > over:
        yield _band_of(scale, Span(over + timedelta(days=1), bar.actual.last), y + 2, LATE)


def _band_of(scale: _Scale, span: Span, y: float, fill: str = PAPER, *, edge: str = "") -> Rect:
    wide = scale.step * ((span.last - span.first).days + 1)
    return Rect(scale.x(span.first), y, max(wide, 1), 9, fill, edge)
