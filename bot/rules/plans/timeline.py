"""Planned against actual, as days: what the timeline charts draw and their mails say in words (R35, R40, R41)."""

from dataclasses import dataclass
from datetime import date

from bot.rules.times.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Span:
    """From one day to another, both included; a milestone begins and ends on one day."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a timeline. `slip`: working days late (0: in time), of what is done or, when open, up to today.

    `actual` of what is under way lasts until today; None: not begun.
    """

    name: str
    planned: Span | None = None
    actual: Span | None = None
    done: bool = False
    who: str = ""
    slip: int = 0
    moved: Span | None = None  # where the plan stands now, when no longer where it first was
    provisional: bool = False  # planned over days whose calendar is not official yet (R42)

    @property
    def verdict(self) -> str:
        """How it stands, in Chinese."""
        if self.slip:
            return f"晚{self.slip}天" if self.done else f"已逾期{self.slip}天"
        if self.done:
            return "按时" if self.planned else "已完成"
        return "进行中" if self.actual else "未到期" if self.planned else "未定"


@dataclass(frozen=True, slots=True)
class Timeline:
    """A chart's content. `rest`: the days off within it."""

    title: str
    subtitle: str
    bars: tuple[Bar, ...]
    today: date
    rest: frozenset[date] = frozenset()


def working_slip(calendar: WorkCalendar, planned: date, real: date) -> int:
    """How many working days `real` lies after `planned`; 0 when it does not."""
    days = (date.fromordinal(n) for n in range(planned.toordinal() + 1, real.toordinal() + 1))
    return sum(calendar.works(day) for day in days)


def bar_words(bar: Bar) -> str:
    """One bar in one line of text: the same facts as its picture."""
    planned = f"计划{_span(bar.planned)}{'（暂定）' if bar.provisional else ''}" if bar.planned else ""
    moved = f"改为{_span(bar.moved)}" if bar.moved else ""
    actual = f"实际{_span(bar.actual)}" if bar.actual and bar.done else ""
    return "，".join(part for part in (planned, moved, actual, bar.verdict, bar.who) if part)


def rest_days(calendar: WorkCalendar, bars: tuple[Bar, ...], today: date) -> frozenset[date]:
    """The days off between the first and the last day of `bars` and today, for the chart's ground."""
    spans = [span for bar in bars for span in (bar.planned, bar.moved, bar.actual) if span]
    first = min((today, *(span.first for span in spans)))
    last = max((today, *(span.last for span in spans)))
    days = (date.fromordinal(n) for n in range(first.toordinal(), min(last.toordinal(), first.toordinal() + 100) + 1))
    return frozenset(day for day in days if not calendar.works(day))


def _span(span: Span) -> str:
    first, last = (f"{day.month}月{day.day}日" for day in (span.first, span.last))
    return first if span.first == span.last else f"{first}至{last}"


def summary(timeline: Timeline) -> str:
    """What the picture shows, for who sees none."""
    done = sum(bar.done for bar in timeline.bars)
    late = sum(bar.slip > 0 for bar in timeline.bars)
    return f"{timeline.title}，共{len(timeline.bars)}项，完成{done}项" + (f"，{late}项晚于计划" if late else "")
