"""Working hours and how a receipt time counts (R8, R23, R43): from a moment to the working day it belongs to."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.rules.times.workdays import WorkCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a receipt counts: `counted` the moment it counts from, `day` day 1, `afternoon` the noon rule's side (R8).

    `moved` says in Chinese why it counts later than it came, "" when it does not.
    """

    received: datetime
    counted: datetime
    day: date
    afternoon: bool
    moved: str = ""


@dataclass(frozen=True)
class OfficeHours:
    """Opening, noon and closing in the company's zone, on the company's calendar (R43)."""

    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    opening: time = time(9)
    noon: time = time(12)
    closing: time = time(18)
    zone: ZoneInfo = SHANGHAI

    def local(self, at: datetime) -> datetime:
        """`at` in the company's zone."""
        return at.astimezone(self.zone)

    def opens(self, day: date) -> datetime:
        """The opening of `day`."""
        return datetime.combine(day, self.opening, self.zone)

    def closes(self, day: date) -> datetime:
        """The close of `day`."""
        return datetime.combine(day, self.closing, self.zone)

    def are_open(self, at: datetime) -> bool:
        """Whether `at` lies in working hours: the only time for nudges."""
        local = self.local(at)
        return self.calendar.works(local.date()) and self.opening <= local.time() < self.closing

    def next_open(self, at: datetime) -> datetime:
        """`at` itself in working hours, else the next opening."""
        if self.are_open(at):
            return self.local(at)
        local = self.local(at)
        if self.calendar.works(local.date()) and local.time() < self.opening:
            return self.opens(local.date())
        return self.opens(self.calendar.next_working(local.date()))

    def arrival(self, received: datetime) -> Arrival:
        """How a mail received at that moment counts (R43): rest day or early → opening, after closing → afternoon."""
        local = self.local(received)
        day = local.date()
        if not self.calendar.works(day):
            first = self.calendar.next_working(day)
            why = f"{day_words(day)}为休息日，按{day_words(first)}上班时收到计算"
            return Arrival(received, self.opens(first), first, afternoon=False, moved=why)
        if local.time() < self.opening:
            return Arrival(received, self.opens(day), day, afternoon=False, moved="上班前收到，按上班时收到计算")
        if local.time() >= self.closing:
            why = "下班后收到，按当日中午12点后收到计算"
            return Arrival(received, local, day, afternoon=True, moved=why)
        return Arrival(received, local, day, afternoon=local.time() >= self.noon)

    def add_open_time(self, at: datetime, span: timedelta) -> datetime:
        """The moment `span` of working time after `at` (`span` ≥ 0)."""
        at = self.next_open(at)
        while (left := self.closes(at.date()) - at) < span:
            span -= left
            at = self.next_open(self.closes(at.date()))
        return at + span

    def subtract_open_time(self, at: datetime, span: timedelta) -> datetime:
        """The moment `span` of working time before `at` (`span` ≥ 0); outside working hours `at` is the last close."""
        local = self.local(at)
        day, upto = local.date(), local
        if not self.calendar.works(day) or upto < self.opens(day):
            day, upto = self._close_before(day)
        upto = min(upto, self.closes(day))
        while (left := upto - self.opens(day)) < span:
            span -= left
            day, upto = self._close_before(day)
        return upto - span

    def _close_before(self, day: date) -> tuple[date, datetime]:
        """The last working day before `day`, and its close."""
        day -= timedelta(days=1)
        while not self.calendar.works(day):
            day -= timedelta(days=1)
        return day, self.closes(day)


_WEEKDAYS = "一二三四五六日"


def day_words(day: date) -> str:
    """A date as people say it: `9月30日（周三）`."""
    return f"{day.month}月{day.day}日（周{_WEEKDAYS[day.weekday()]}）"


def moment_words(at: datetime) -> str:
    """A moment as people say it: `9月30日（周三）18:00`; the caller converts to the company's zone first."""
    return f"{day_words(at.date())}{at:%H:%M}"
