"""What a mail says besides yes and no: another date, what an answer is about (R10, R18, R33). Never an approval."""

import re
import unicodedata
from datetime import date

from bot.parse.phrases import process as words
from bot.parse.prose_dates import find_date
from bot.parse.workload import read_days
from bot.rules.mail import Remarks

LONGEST_TEXT = 4000
_MOVE, _MOVE_DENIED = re.compile(words.MOVE), re.compile(words.MOVE_DENIED)
_MOVED_TO = re.compile("(?:改|改期|调|调整|推|推迟|延|延期|延后|顺延|提前|换|挪)(?:到|为|至|成|在)[^\\S\\n]?$")
_PLAIN_DAY = re.compile(words.PLAIN_DAY)
_ABOUT_DATE, _ABOUT_WITHDRAWAL = re.compile(words.ABOUT_DATE), re.compile(words.ABOUT_WITHDRAWAL)
_ABOUT_CHANGE, _ENDS = re.compile(words.ABOUT_CHANGE), re.compile(words.ENDS_SUPPORT)

_ADDS, _TOTAL = re.compile(words.ADDS_DAYS), re.compile(words.NEW_TOTAL)
_OUTLINE, _LISTS_OUTLINE = re.compile(words.OUTLINE), re.compile(words.LISTS_OUTLINE)
_REVISES, _UNDERSTANDS = re.compile(words.REVISES), re.compile(words.UNDERSTANDS)
_RESENDS = re.compile(words.RESENDS)
_LEAVING = re.compile(words.TELL_LEAVING)
_OF_DIRECTOR, _OF_SALES = re.compile(words.ASK_DIRECTOR), re.compile(words.ASK_SALES)


def read_remarks(text: str, reference: date) -> Remarks:
    """Read one person's fresh text; `reference` is the day of receipt."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST_TEXT])
    moves, on, until = _find_move(plain, reference)
    return Remarks(
        moves=moves,
        on=on,
        until=until,
        about_wish=bool(_ABOUT_DATE.search(plain) or _ABOUT_WITHDRAWAL.search(plain)),
        about_change=bool(_ABOUT_CHANGE.search(plain)),
        ends_support=bool(_ENDS.search(plain)),
        tell_sales_leaving=bool(_LEAVING.search(plain)),
        days=read_days(plain),
        adds_days=bool(_ADDS.search(plain)) and not _TOTAL.search(plain),
        outline=bool(_OUTLINE.search(plain)),
        lists_outline=bool(_LISTS_OUTLINE.search(plain)),
        revises=bool(_REVISES.search(plain)),
        understands=bool(_UNDERSTANDS.fullmatch(plain.strip())),
        resends=bool(_RESENDS.search(plain)),
        asks_director=bool(_OF_DIRECTOR.search(plain)),
        asks_sales=bool(_OF_SALES.search(plain)),
    )


def _find_move(text: str, reference: date) -> tuple[bool, date | None, date | None]:
    """Whether another date is asked for, and the days when they are plain (R33)."""
    if _MOVE_DENIED.search(text):
        return False, None, None
    asked = _MOVE.search(text) is not None
    found = find_date(text, reference)
    if found is None or not found.reading.plain:
        return asked, None, None
    said = text[found.start : found.end]
    moved = _MOVED_TO.search(text, max(0, found.start - 12), found.start) and _PLAIN_DAY.search(said)
    return (True, found.reading.day, found.reading.end) if asked or moved else (False, None, None)
