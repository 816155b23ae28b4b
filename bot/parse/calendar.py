"""What a calendar mail says (RFC 5545, RFC 5546): whose calendar answered what, to which entry. Never raises."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from bot.parse.charsets import clean_text
from bot.rules.plans.invitation import Attendance, CalendarAnswer

MAX_CALENDAR_BYTES = 200_000
_LONGEST_COMMENT = 300


def read_calendar(content: bytes) -> CalendarAnswer | None:
    """The first event of a calendar and the attendee it speaks of; None when there is none to be read.

    An answer is about one person: with several attendees in it, it is about nobody.
    """
    from icalendar import Calendar

    if len(content) > MAX_CALENDAR_BYTES:
        return None
    try:
        calendar = Calendar.from_ical(content)
        return _read(calendar, next(iter(calendar.walk("VEVENT"))))
    except Exception:  # noqa: BLE001 -- the library raises many kinds on hostile files; the mail is then no answer
        return None


def _read(calendar: Any, event: Any) -> CalendarAnswer:
    people = list(_several(event.get("ATTENDEE")))
    attendee = people[0] if len(people) == 1 else None
    said = str(attendee.params.get("PARTSTAT", "")).upper() if attendee is not None else ""
    return CalendarAnswer(
        method=_plain(calendar.get("METHOD", ""))[:20].upper(),
        uid=_plain(event.get("UID", ""))[:300],
        attendee=_address(attendee) if attendee is not None else "",
        answer=Attendance(said) if said in set(Attendance) else None,
        sequence=int(event.get("SEQUENCE", 0)),
        proposed=_start(event),
        comment=" ".join(_plain(text) for text in _several(event.get("COMMENT")))[:_LONGEST_COMMENT],
    )


def _several(value: Any) -> Iterator[Any]:
    """A property that may stand there never, once or several times."""
    if isinstance(value, list):
        yield from value
    elif value is not None:
        yield value


def _plain(value: object) -> str:
    return " ".join(clean_text(str(value)).split())


def _address(value: object) -> str:
    scheme, _, address = _plain(value).rpartition(":")
    return address.strip().lower() if scheme.lower() in {"", "mailto"} else ""


def _start(event: Any) -> date | datetime | None:
    start = event.decoded("DTSTART") if "DTSTART" in event else None
    if isinstance(start, datetime):
        return start if start.tzinfo else None
    return start if isinstance(start, date) else None
