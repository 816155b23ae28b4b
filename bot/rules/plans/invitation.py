"""The calendar entry of a case, and what its people answer to it (R38, RFC 5545 and 5546): values only."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum


class Attendance(StrEnum):
    """PARTSTAT: what somebody's calendar answered."""

    NEEDS_ACTION = "NEEDS-ACTION"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    TENTATIVE = "TENTATIVE"
    DELEGATED = "DELEGATED"


@dataclass(frozen=True, slots=True)
class Invitation:
    """The entry as last sent. `people` and `left` are addresses; without `start` and `end` it lasts whole days.

    `sequence` rises with every change of days, hours, place or people, so that calendars take the newest.
    """

    sequence: int
    on: date
    until: date
    start: time | None = None
    end: time | None = None
    place: str = ""
    people: tuple[str, ...] = ()
    cancelled: bool = False
    left: tuple[str, ...] = ()  # invited by the version before, no longer by this one
    answers: tuple[tuple[str, Attendance], ...] = ()  # to this version

    def answer_of(self, address: str) -> Attendance:
        """What this person's calendar answered."""
        return dict(self.answers).get(address, Attendance.NEEDS_ACTION)


@dataclass(frozen=True, slots=True)
class CalendarAnswer:
    """What a calendar mail says. `method` in upper case; `proposed`: the new beginning, of a COUNTER.

    `answer` is None when it is none of those known.
    """

    method: str
    uid: str
    attendee: str = ""
    answer: Attendance | None = None
    sequence: int = 0
    proposed: date | datetime | None = None
    comment: str = ""
