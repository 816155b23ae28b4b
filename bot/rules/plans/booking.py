"""Who is where on which days: load, double booking, and who is free instead (R38). From confirmed dates alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.rules.case import Case
from bot.rules.people import Person
from bot.rules.policy import Policy
from bot.rules.times.hours import day_words
from bot.rules.times.workdays import WorkCalendar
from bot.rules.words import Role, Stage

MOST_FREE = 6  # names; a longer list helps nobody
WORKING = frozenset({Stage.APPROVED, Stage.ON_SITE})
"""Stages whose confirmed days are still to be worked."""
CONFIRMED = WORKING | {Stage.AWAITING_ACCEPTANCE, Stage.ACCEPTED, Stage.CLOSED, Stage.ARCHIVED, Stage.SETTLED}
"""Stages whose confirmed days are, or were, worked: what a week's load counts."""


@dataclass(frozen=True, slots=True)
class Booking:
    """The confirmed days of one case, both included, and the engineers they take (addresses)."""

    ref: str
    customer: str
    project: str
    engineers: tuple[str, ...]
    on: date
    until: date

    @property
    def days(self) -> str:
        """Its days in words, without weekdays: they stand in brackets."""
        first, last = (f"{day.month}月{day.day}日" for day in (self.on, self.until))
        return first if first == last else f"{first}至{last}"


@dataclass(frozen=True, slots=True)
class Clash:
    """`engineer` is in two places on these days."""

    engineer: str
    booking: Booking
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """One engineer's week: the days taken (day → the cases), out of `workdays`."""

    engineer: Person
    taken: tuple[tuple[date, tuple[Booking, ...]], ...]
    workdays: int

    @property
    def doubled(self) -> tuple[date, ...]:
        """The days with more than one case."""
        return tuple(day for day, bookings in self.taken if len(bookings) > 1)


def book(case: Case) -> Booking | None:
    """What the case takes; None while it has no confirmed day or nobody to go."""
    if case.on is None or not case.engineers:
        return None
    until = max(case.until or case.on, case.on)
    return Booking(case.ref, case.customer, case.project, case.engineers, case.on, until)


def days_of(calendar: WorkCalendar, on: date, until: date) -> tuple[date, ...]:
    """The days really worked from `on` to `until`: the first and the last as named, between them working days only."""
    span = (on + timedelta(days=n) for n in range((until - on).days + 1))
    return tuple(day for day in span if day in {on, until} or calendar.works(day))


def find_clashes(policy: Policy, case: Case, bookings: Iterable[Booking]) -> tuple[Clash, ...]:
    """Where the case's engineers are already on its days; its own booking does not count."""
    mine = book(case)
    if mine is None:
        return ()
    calendar = policy.hours.calendar
    wanted = set(days_of(calendar, mine.on, mine.until))
    found = []
    for other in bookings:
        if other.ref == case.ref or other.until < mine.on or other.on > mine.until:
            continue
        common = tuple(day for day in days_of(calendar, other.on, other.until) if day in wanted)
        found += [
            Clash(engineer, other, common) for engineer in mine.engineers if common and engineer in other.engineers
        ]
    return tuple(found)


def find_free(policy: Policy, case: Case, bookings: Iterable[Booking], away: frozenset[str]) -> tuple[Person, ...]:
    """The engineers who are neither taken on the case's days nor away, those of its engineer's branch first."""
    mine = book(case)
    if mine is None:
        return ()
    wanted = set(days_of(policy.hours.calendar, mine.on, mine.until))
    taken = {
        engineer
        for other in bookings
        if other.ref != case.ref and not wanted.isdisjoint(days_of(policy.hours.calendar, other.on, other.until))
        for engineer in other.engineers
    }
    branch = _branch(policy, case)
    busy = taken | away | set(mine.engineers)
    free = (p for p in policy.company.with_role(Role.ENGINEER) if busy.isdisjoint(p.addresses))
    return tuple(sorted(free, key=lambda p: bool(branch) and p.branch != branch))


def _branch(policy: Policy, case: Case) -> str:
    """Where the work is: the branch of its engineer, else of its sales."""
    people = (policy.company.find(address) for address in (*case.engineers, case.sales))
    return next((p.branch for p in people if p and p.branch), "")


def warn_of_clashes(policy: Policy, case: Case, bookings: tuple[Booking, ...], away: frozenset[str]) -> tuple[str, ...]:
    """What the director must know about an assignment, a Chinese line each; () when everybody can go (R38)."""

    def name(address: str) -> str:
        person = policy.company.find(address)
        return person.name if person else address

    lines = [
        f"{name(c.engineer)}{'、'.join(map(day_words, c.days))}已安排在 {c.booking.ref}"
        f"（{c.booking.customer} {c.booking.project}，{c.booking.days}）"
        for c in find_clashes(policy, case, bookings)
    ]
    lines += [f"{name(engineer)}目前设有外出自动答复" for engineer in case.engineers if engineer in away]
    if not lines or case.on is None:
        return tuple(lines)
    return (*lines, free_words(find_free(policy, case, bookings, away)))


def free_words(free: tuple[Person, ...]) -> str:
    """Who could go instead, in one line."""
    names = "、".join(f"{p.name}（{p.branch}）" if p.branch else p.name for p in free[:MOST_FREE])
    more = f" 等 {len(free)} 人" if len(free) > MOST_FREE else ""
    return f"这几天有空的工程师：{names}{more}" if free else "这几天没有空闲的工程师"


def week_load(policy: Policy, bookings: Iterable[Booking], monday: date) -> tuple[Load, ...]:
    """Each engineer's week from `monday` on, those with most days first; whoever has none stands in it too."""
    calendar, week = policy.hours.calendar, tuple(monday + timedelta(days=n) for n in range(7))
    workdays = sum(calendar.works(day) for day in week)
    there = [(set(days_of(calendar, b.on, b.until)), b) for b in bookings]
    loads = []
    for person in policy.company.with_role(Role.ENGINEER):
        mine = [(days, b) for days, b in there if not set(b.engineers).isdisjoint(person.addresses)]
        taken = tuple((day, on_it) for day in week if (on_it := tuple(b for days, b in mine if day in days)))
        loads.append(Load(person, taken, workdays))
    return tuple(sorted(loads, key=lambda load: -len(load.taken)))
