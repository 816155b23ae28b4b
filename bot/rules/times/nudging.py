"""When a nudge may go out (R11, R46)."""

from datetime import datetime, timedelta

from bot.rules.times.hours import OfficeHours

AFTER_CLOSE = timedelta(minutes=30)
"""A nudge for a deadline at the close may still go out this long after it; later it waits for the next opening."""


def may_nudge(hours: OfficeHours, at: datetime) -> bool:
    """Whether a nudge may go out: working hours, and a little after the close."""
    local = hours.local(at)
    if not hours.calendar.works(local.date()) or local.time() < hours.opening:
        return False
    return local < hours.closes(local.date()) + AFTER_CLOSE
