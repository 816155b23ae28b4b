"""Reading a subject by R2 and R3: repair what needs no guess, ask back what would be one (mail-in-china.md D)."""

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.parse.dates import read_date
from bot.parse.subject_checks import is_shaky
from bot.parse.subject_fields import Split, note_separator, split_fields, unwrap
from bot.parse.subject_head import LONGEST_DATE, Head, find_head
from bot.parse.subject_marks import clean_text, note_cleaning, strip_marks, take_tag
from bot.parse.subject_split import WRONG_SEPARATOR, find_tokens
from bot.parse.subject_tail import Tail, find_tail, strip_ending
from bot.parse.subject_words import CHINESE_NAMES, FIXED_WORD, LOOK_ALIKES, PLACEHOLDERS, SEPARATOR
from bot.rules.mail import SubjectReading

ZONE = ZoneInfo("Asia/Shanghai")  # R43
_MAX_KNOWN_CHARS = 300
_COLON = re.compile(r"\s?[:：]\s?")
_NO_FIRST_SEPARATOR = f"「{FIXED_WORD}」后面缺少分隔符「{SEPARATOR}」"


@dataclass(slots=True)
class _Draft:
    """What has been found so far. `values`: the names as they are to stand in the canonical subject."""

    reference: date
    repaired: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    day: date | None = None


def read_subject(subject: str, received_at: datetime) -> SubjectReading:
    """Read a decoded Subject header; `received_at` is aware and gives the year to dates without one.

    Out: a SubjectReading that fits only when every field is there without a guess (R3). Never raises.
    """
    day = _day_of(received_at)
    return _read_known(subject, day) if len(subject) <= _MAX_KNOWN_CHARS else _read(subject, day)


def _read(subject: str, day: date) -> SubjectReading:
    stripped = strip_marks(clean_text(subject))
    inner = unwrap(stripped.text)
    wrapped = inner != stripped.text
    again = strip_marks(inner) if wrapped else stripped
    reading = SubjectReading(
        raw=subject,
        normal=again.text,
        is_reply=stripped.is_reply or again.is_reply,
        is_forward=stripped.is_forward or again.is_forward,
    )
    draft = _Draft(day)
    head = find_head(again.text, draft.reference)
    if head is None:
        return reading
    removed = (*stripped.removed, *again.removed) if wrapped else stripped.removed
    draft.repaired.extend(f"去掉了标记「{mark}」" for mark in removed)
    if wrapped:
        draft.repaired.append("去掉了整个主题外面的括号")
    draft.repaired.extend(note_cleaning(subject))
    _read_request(head, draft)
    return _conclude(reading, draft)


_read_known = lru_cache(maxsize=2048)(_read)  # every answer of a thread bears the same


def _day_of(received_at: datetime) -> date:
    try:
        return received_at.astimezone(ZONE).date()
    except (OverflowError, ValueError):
        return received_at.date()


def _read_request(head: Head, draft: _Draft) -> None:
    draft.repaired.extend([head.repaired] if head.repaired else [])
    draft.problems.extend([head.problem] if head.problem else [])
    rest, kind = _take_first_separator(head, draft)
    if not rest:
        draft.problems = ["主题里没有写全：固定字样后面要有客户名称、项目名称、销售姓名和日期"]
        return
    body, notes = strip_ending(rest)
    draft.repaired.extend(notes)
    tail = find_tail(body, draft.reference)
    _adopt_date(tail, draft)
    split = split_fields(tail.middle, draft.reference, long_only=kind == "L" and tail.kind == "L")
    _adopt_names(split, draft, in_order=tail.in_order)


def _take_first_separator(head: Head, draft: _Draft) -> tuple[str, str]:
    """What follows the separator after the fixed word, and that separator's kind."""
    rest = head.rest
    while (behind := take_tag(rest)) != rest:
        draft.repaired.append(f"去掉了标记「{rest[: len(rest) - len(behind)].strip()}」")
        rest = behind.lstrip()
    rest = _drop_behind_word(rest, draft)
    colon = _COLON.match(rest)
    if colon:
        draft.repaired.append(f"去掉了「{FIXED_WORD}」后面的冒号")
        rest = rest[colon.end() :]
    first = next(iter(find_tokens(rest[:LONGEST_DATE])), None)
    if first and first.start == 0 and first.kind != "U":
        if first.dashes != SEPARATOR:
            draft.repaired.append(note_separator(first.dashes))
        return rest[first.end :], first.kind
    if not colon and not head.closed:
        draft.problems.append(_NO_FIRST_SEPARATOR)
    return rest.lstrip(LOOK_ALIKES + " _"), "?"


def _drop_behind_word(rest: str, draft: _Draft) -> str:
    """Take off what stands between the fixed word and the first separator (申请表, 申请(第二次)), as a problem."""
    tokens = find_tokens(rest[: 4 * LONGEST_DATE], "SL")
    behind = rest[: tokens[0].start].strip(" :：") if len(tokens) > 3 else ""
    if not behind or len(behind) > len("（第二次申请）"):
        return rest
    draft.problems.append(f"「{FIXED_WORD}」后面多了「{behind}」")
    return rest[tokens[0].start :]


def _adopt_date(tail: Tail, draft: _Draft) -> None:
    reading, typed = tail.reading, tail.typed
    draft.day = reading.day
    draft.problems.extend((*tail.problems, *reading.problems))
    draft.repaired.extend((*tail.repaired, *reading.repaired))
    if reading.plain and reading.relative and reading.day:
        draft.problems.append(f"日期「{typed}」要靠收信日推算，请写成月日四位数，如{reading.day:%m%d}")
    elif reading.plain and reading.end:
        draft.repaired.append(f"日期「{typed}」是一段时间，主题按开始的一天登记")
    elif reading.plain and typed and typed != _show_day(reading.day, draft.reference):
        draft.repaired.append(f"日期「{typed}」统一写作「{_show_day(reading.day, draft.reference)}」")


@lru_cache(maxsize=256)
def _show_day(day: date | None, reference: date) -> str:
    """MMDD, or with the year when month and day alone would be read as another year."""
    if day is None:
        return PLACEHOLDERS["date"]
    short = f"{day.month:02}{day.day:02}"
    return short if read_date(short, reference).day == day else f"{day.year:04}{short}"


def _adopt_names(split: Split, draft: _Draft, *, in_order: bool) -> None:
    draft.repaired.extend(split.repaired)
    draft.values = split.values
    draft.shown = {
        slot: f"{CHINESE_NAMES[slot]}：{value}" if slot in split.labelled and is_shaky(slot, value) else value
        for slot, value in split.values.items()
    }
    if in_order or len(split.values) < len(CHINESE_NAMES) - 1:
        draft.problems.extend(split.problems)
    if WRONG_SEPARATOR in draft.problems and len(split.values) == len(CHINESE_NAMES) - 1 and draft.day:
        draft.problems = [p for p in draft.problems if p == WRONG_SEPARATOR or p.startswith("开头")]


def _conclude(reading: SubjectReading, draft: _Draft) -> SubjectReading:
    day = _show_day(draft.day, draft.reference)
    names = [draft.shown.get(slot) or PLACEHOLDERS[slot] for slot in ("customer", "project", "sales")]
    reading = replace(
        reading,
        is_request=True,
        repaired=tuple(dict.fromkeys(draft.repaired)),
        problems=tuple(dict.fromkeys(draft.problems)),
        suggestion=SEPARATOR.join([FIXED_WORD, *names, day]),
    )
    if draft.problems:
        return reading
    values = draft.values
    return replace(
        reading,
        fits=True,
        customer=values["customer"],
        project=values["project"],
        sales=values["sales"],
        date=draft.day,
    )
