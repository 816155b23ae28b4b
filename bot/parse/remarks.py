"""What a mail says besides yes and no: another date, what an answer is about (R10, R18, R33). Never an approval."""

import re
import unicodedata
from datetime import date

from bot.parse.first_chars import Guarded
from bot.parse.phrases import process as words
from bot.parse.prose_dates import find_date
from bot.parse.workload import read_days
from bot.rules.mail import Remarks

LONGEST_TEXT = 4000
_MOVE, _MOVE_DENIED = Guarded(words.MOVE), Guarded(words.MOVE_DENIED)
_MOVED_TO = re.compile("(?:改|改期|调|调整|推|推迟|延|延期|延后|顺延|提前|换|挪)(?:到|为|至|成|在)[^\\S\\n]?$")
_MOVES = frozenset("改调推延顺提换挪")  # what _MOVED_TO begins with
_PLAIN_DAY = re.compile(words.PLAIN_DAY)
_ABOUT_DATE, _ABOUT_WITHDRAWAL = Guarded(words.ABOUT_DATE), Guarded(words.ABOUT_WITHDRAWAL)
_ABOUT_CHANGE, _ENDS = Guarded(words.ABOUT_CHANGE), Guarded(words.ENDS_SUPPORT)

_ADDS, _TOTAL = Guarded(words.ADDS_DAYS), Guarded(words.NEW_TOTAL)
_OUTLINE, _LISTS_OUTLINE = Guarded(words.OUTLINE), Guarded(words.LISTS_OUTLINE)
_REVISES, _UNDERSTANDS = Guarded(words.REVISES), re.compile(words.UNDERSTANDS)
_RESENDS = Guarded(words.RESENDS)
_LEAVING = Guarded(words.TELL_LEAVING)
_OF_DIRECTOR, _OF_SALES = Guarded(words.ASK_DIRECTOR), Guarded(words.ASK_SALES)


def read_remarks(text: str, reference: date) -> Remarks:
    """Read one person's fresh text; `reference` is the day of receipt."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST_TEXT])
    chars = frozenset(plain)
    moves, on, until = _find_move(plain, chars, reference)
    return Remarks(
        moves=moves,
        on=on,
        until=until,
        about_wish=_ABOUT_DATE.found(plain, chars) or _ABOUT_WITHDRAWAL.found(plain, chars),
        about_change=_ABOUT_CHANGE.found(plain, chars),
        ends_support=_ENDS.found(plain, chars),
        tell_sales_leaving=_LEAVING.found(plain, chars),
        days=read_days(plain),
        adds_days=_ADDS.found(plain, chars) and not _TOTAL.found(plain, chars),
        outline=_OUTLINE.found(plain, chars),
        lists_outline=_LISTS_OUTLINE.found(plain, chars),
        revises=_REVISES.found(plain, chars),
        understands=bool(_UNDERSTANDS.fullmatch(plain.strip())),
        resends=_RESENDS.found(plain, chars),
        asks_director=_OF_DIRECTOR.found(plain, chars),
        asks_sales=_OF_SALES.found(plain, chars),
    )


def _find_move(text: str, chars: frozenset[str], reference: date) -> tuple[bool, date | None, date | None]:
    """Whether another date is asked for, and the days when they are plain (R33)."""
    if _MOVE_DENIED.found(text, chars):
        return False, None, None
    asked = _MOVE.found(text, chars)
    if not asked and _MOVES.isdisjoint(chars):
        return False, None, None
    found = find_date(text, reference)
    if found is None or not found.reading.plain:
        return asked, None, None
    said = text[found.start : found.end]
    moved = _MOVED_TO.search(text, max(0, found.start - 12), found.start) and _PLAIN_DAY.search(said)
    return (True, found.reading.day, found.reading.end) if asked or moved else (False, None, None)
