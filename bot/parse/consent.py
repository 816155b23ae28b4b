"""What a consent is about, taken out before its meaning is read: 同意改期 is the yes to what was asked (R10).

Only the thing that was asked for, right behind the word of consent; another date, or anything more, stays and is read.
"""

import re
from datetime import date

from bot.parse.phrases import process as words
from bot.parse.prose_dates import find_date
from bot.rules.case import Wish

_FIRST = re.compile(words.FIRST)
_DATE = re.compile(f"{words.CONSENT}{words.WHOSE}{words.MOVE_OBJECT}{words.END}")
_DATE_TO = re.compile(f"{words.CONSENT}{words.WHOSE}{words.MOVE_TO}{words.END}")
_WITHDRAWAL = re.compile(f"{words.CONSENT}{words.WHOSE}{words.WITHDRAW_OBJECT}{words.END}")


def drop_first(text: str) -> str:
    """Of an emergency: `同意先处理` as `同意处理`, for going first is what it asks (R6); `先不要去` stays."""
    return _FIRST.sub("", text)


def drop_object(text: str, wish: Wish, on: date | None, until: date | None, reference: date) -> str:
    """`text` with `同意改期`, `同意改期到<the day asked for>` or `同意撤回` as `同意`; the rest as it is."""
    if wish is Wish.WITHDRAW:
        return _WITHDRAWAL.sub(r"\g<yes>", text)
    if wish is not Wish.RESCHEDULE:
        return text

    def same_day(found: re.Match[str]) -> str:
        day = find_date(found["day"], reference)
        same = day and day.reading.plain and (day.reading.day, day.reading.end) in {(on, until), (on, None)}
        return found["yes"] if same else found[0]

    return _DATE_TO.sub(same_day, _DATE.sub(r"\g<yes>", text))
