"""Milestones written by mail: noted, reached, moved, and what depends on them moved with them (R35).

A slip is what goes beyond a milestone's buffer. By as many working days everything planned later moves, no further; the
process's own dates never do: they are the director's, who is told.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from bot.rules.plans.plan import Milestone, PlanLine
from bot.rules.plans.timeline import working_slip
from bot.rules.policy import Policy
from bot.rules.times.hours import day_words
from bot.rules.times.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Step:
    """What a line, or the clock, did to a plan. `lines`: old → new in Chinese; `slip`: others had to move or must know.

    `milestones`: every one that differs now; `problem`: why nothing was done instead.
    """

    milestones: tuple[Milestone, ...] = ()
    lines: tuple[str, ...] = ()
    slip: bool = False
    problem: str = ""


def merge(plan: Iterable[Milestone], changed: Iterable[Milestone]) -> tuple[Milestone, ...]:
    """The plan with what has changed, by name."""
    return tuple({fold(m.name): m for m in (*plan, *changed)}.values())


def fold(name: str) -> str:
    """What two writings of one milestone share."""
    return "".join(name.split()).casefold()


def end_of_buffer(calendar: WorkCalendar, milestone: Milestone) -> date:
    """The last day that is no slip."""
    day = milestone.planned
    return calendar.next_working(day, count=milestone.buffer) if milestone.buffer else day


def watched(calendar: WorkCalendar, milestone: Milestone) -> Milestone:
    """The milestone with the day on which it is late (None: reached, dropped, or already told)."""
    late = calendar.next_working(end_of_buffer(calendar, milestone))
    return replace(milestone, late_on=late if milestone.is_open and not milestone.told else None)


def note(policy: Policy, plan: tuple[Milestone, ...], line: PlanLine, who: str, today: date) -> Step:
    """What one plain line does to `plan`; `who` is the address of whom it names, "" for nobody."""
    known = next((m for m in plan if fold(m.name) == fold(line.name) and not m.dropped), None)
    if known is None:
        return _begin(policy, line, who)
    if line.dropped:
        dropped = replace(known, dropped=True, late_on=None)
        return Step((dropped,), (f"{known.name}：取消（原定{day_words(known.planned)}）",))
    if line.done:
        return _reach(policy, plan, known, line.day or today, today)
    if known.actual is not None:
        return Step(problem=f"“{known.name}”已于{day_words(known.actual)}完成")
    changed = replace(known, who=who or known.who, buffer=known.buffer if line.buffer is None else line.buffer)
    if line.day is None or line.day == known.planned:
        words = f"{known.name}：{day_words(known.planned)}{_owner(policy, changed)}{_buffer(changed)}"
        return Step((watched(policy.hours.calendar, changed),), (words,))
    return _move(policy, plan, changed, line)


def _begin(policy: Policy, line: PlanLine, who: str) -> Step:
    if line.done or line.dropped or line.moved:
        return Step(problem=f"没有名为“{line.name}”的里程碑")
    if line.day is None:
        return Step(problem=f"“{line.name}”没有写日期")
    made = Milestone(line.name, line.day, line.day, who, line.buffer or 0)
    words = f"{made.name}：{day_words(made.planned)}{_owner(policy, made)}{_buffer(made)}"
    return Step((watched(policy.hours.calendar, made),), (words,))


def _reach(policy: Policy, plan: tuple[Milestone, ...], known: Milestone, day: date, today: date) -> Step:
    if day > today:
        return Step(problem=f"“{known.name}”的完成日{day_words(day)}还没有到")
    slip = working_slip(policy.hours.calendar, known.planned, day)
    verdict = f"，晚{slip}个工作日" if slip else "，按时"
    words = f"{known.name}：{day_words(day)}完成（计划{day_words(known.planned)}{verdict}）"
    beyond = working_slip(policy.hours.calendar, end_of_buffer(policy.hours.calendar, known), day)
    moved, lines = _push(policy, plan, known, beyond - known.pushed)
    reached = replace(known, actual=day, pushed=beyond, late_on=None)
    return Step((reached, *moved), (words, *lines), slip=bool(moved))


def _move(policy: Policy, plan: tuple[Milestone, ...], known: Milestone, line: PlanLine) -> Step:
    """To another day. The buffer takes what it can, and is used up by it unless a new one is said."""
    calendar, day = policy.hours.calendar, line.day or known.planned
    beyond = working_slip(calendar, end_of_buffer(calendar, known), day)
    moved, lines = _push(policy, plan, known, beyond - known.pushed)
    left = (
        known.buffer if line.buffer is not None else max(0, known.buffer - working_slip(calendar, known.planned, day))
    )
    new = watched(calendar, replace(known, planned=day, buffer=left, pushed=0, told=False))
    words = f"{known.name}：{day_words(known.planned)} → {day_words(day)}{_owner(policy, new)}{_buffer(new)}"
    return Step((new, *moved), (words, *lines), slip=True)


def overdue(policy: Policy, plan: tuple[Milestone, ...], milestone: Milestone, today: date) -> Step:
    """The clock finds it late: what depends on it moves by the days lost so far; said once for this planned day."""
    calendar = policy.hours.calendar
    beyond = working_slip(calendar, end_of_buffer(calendar, milestone), today)
    moved, lines = _push(policy, plan, milestone, beyond - milestone.pushed)
    told = replace(milestone, told=True, pushed=max(beyond, milestone.pushed), late_on=None)
    return Step((told, *moved), lines, slip=True)


def _push(
    policy: Policy, plan: tuple[Milestone, ...], cause: Milestone, days: int
) -> tuple[tuple[Milestone, ...], tuple[str, ...]]:
    """Everything still open that was planned later moves by `days` working days (back again when negative)."""
    calendar = policy.hours.calendar
    later = [m for m in plan if days and m.is_open and m.planned > cause.planned and fold(m.name) != fold(cause.name)]
    moved = []
    lines = []
    for milestone in sorted(later, key=lambda m: m.planned):
        new = watched(calendar, replace(milestone, planned=_shift(calendar, milestone.planned, days), told=False))
        moved.append(new)
        way = "随之顺延" if days > 0 else "随之提前"
        lines.append(
            f"{new.name}：{day_words(milestone.planned)} → {day_words(new.planned)}{_owner(policy, new)}（{way}）"
        )
    return tuple(moved), tuple(lines)


def _shift(calendar: WorkCalendar, day: date, days: int) -> date:
    if days > 0:
        return calendar.next_working(day, count=days)
    for _ in range(-days):
        day = date.fromordinal(day.toordinal() - 1)
        while not calendar.works(day):
            day = date.fromordinal(day.toordinal() - 1)
    return day


def _owner(policy: Policy, milestone: Milestone) -> str:
    person = policy.company.find(milestone.who)
    return f"，{person.name if person else milestone.who}" if milestone.who else ""


def _buffer(milestone: Milestone) -> str:
    return f"，缓冲{milestone.buffer}天" if milestone.buffer else ""
