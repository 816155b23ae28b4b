"""Work done, as values: what a mail says about hours, and what the bot keeps a case, engineer and day (R27-R29)."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

HOURS_A_DAY = Decimal(8)
"""Hours that make one 人天 (R29)."""


class WorkSource(StrEnum):
    """Whose word the hours rest on."""

    SAID = "said"  # the engineer's mail names them
    ASSUMED = "assumed"  # nobody named them: from the confirmed days and the estimate; 估算 in the report
    REPORT = "report"  # the director's corrected report


@dataclass(frozen=True, slots=True)
class WorkSaid:
    """One statement of a mail. `names` as written, "" for the writer; () means the writer too.

    `day` None: no day named. `until`: last day of a range. `hours`: of one person; a day's when `each_day`, else those
    of all the days; None: what `start` to `end` gives. `whole`: said as the whole of the work.
    """

    names: tuple[str, ...] = ()
    day: date | None = None
    until: date | None = None
    start: time | None = None
    end: time | None = None
    hours: Decimal | None = None
    each_day: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class WorkReading:
    """All a mail says about work done; `problems`: what contradicts itself, a Chinese line each."""

    said: tuple[WorkSaid, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkRecord:
    """What one engineer did in one case on one day. `start`, `end`: first and last moment, None when not known.

    `mail`: Message-ID of the mail it rests on. `report_id`: the weekly report that lists it, 0: none yet.
    """

    engineer: str  # address
    day: date
    hours: Decimal
    source: WorkSource
    start: time | None = None
    end: time | None = None
    content: str = ""  # one line of what was done
    mail: str = ""
    case_id: int = 0
    report_id: int = 0
    id: int = 0
    set_at: datetime | None = None  # the store fills it in
