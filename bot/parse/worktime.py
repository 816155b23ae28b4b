"""Reading hours and 人天 from what engineers write (R27): 9月21日 9:00-17:30，7.5小时 · 用时1.5天 · 李工、王工各8小时.

What is planned (明天, 预计还需2小时) and what is no work (2小时内, 7*24小时) is passed over.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from decimal import Decimal

from bot.parse.workdays_said import find_day
from bot.parse.worktime_tokens import MEASURES, Kind, Token, find_tokens
from bot.rules.reports.work import WorkReading, WorkSaid

LONGEST_TEXT = 6000
LUNCH = (time(12), time(13))
"""Left out of a span that holds it whole, when no hours are named beside the span."""
_BREAK = re.compile(r"[\n;。!?]+")
_PLANNED = re.compile(
    r"预计|计划|估计|增加|需要|变更|变化|追加|预估|还需|还要|尚需|仍需|需再|打算|将于|待(?:客户|后续|安排)|明[天日早]|后天|下周|下次|改天|承诺|要求|响应"
)
_WHOLE = re.compile(r"共|合计|总计|总用时|总工时|总耗时|全部|总的")
_EACH = re.compile(r"各自?|每人|人均|均为|都是")
_EACH_DAY = re.compile(r"每天|每日|一天|天天|各")


@dataclass
class _Entry:
    """A statement being gathered."""

    names: tuple[str, ...] = ()
    day: date | None = None
    until: date | None = None
    spans: list[tuple[time, time]] = field(default_factory=list)
    hours: Decimal | None = None
    labelled: bool = False
    wrong_day: str = ""

    def is_whole(self) -> bool:
        """Whether there is anything to count."""
        return bool(self.spans) or self.hours is not None


def read_work(text: str, reference: date, known_names: Iterable[str] = ()) -> WorkReading:
    """What `text` says about work done up to `reference`, the day of receipt; `known_names`: those of engineers.

    Names are returned as written, hours with at most three places. Never raises.
    """
    plain = unicodedata.normalize("NFKC", text[:LONGEST_TEXT])
    names = tuple(known_names)
    said: list[WorkSaid] = []
    problems: list[str] = []
    for line in _BREAK.split(plain):
        for one, problem in _read_line(line, reference, names):
            if one:
                said.append(one)
            if problem:
                problems.append(problem)
    return WorkReading(tuple(said), tuple(problems))


def _read_line(line: str, reference: date, names: tuple[str, ...]) -> Iterator[tuple[WorkSaid | None, str]]:
    if MEASURES.isdisjoint(line):
        return
    clauses = [c for c in re.split(r"(?<=[,、，])", line) if c.strip()]
    kept = "".join(c for c in clauses if not _PLANNED.search(c))
    tokens = find_tokens(kept, names)
    if not any(token.kind in {Kind.SPAN, Kind.AMOUNT} for token in tokens):
        return
    alone = len(tokens) == 1 and tokens[0].end - tokens[0].start >= len(kept.strip(" ,、.:-")) - 1
    for entry, words in _gather(kept, tokens, reference):
        if entry.is_whole() and entry.wrong_day:
            yield None, f"“{entry.wrong_day}”不是已经过去的日期，其工时未计入"
        elif entry.is_whole() and (alone or _is_about_work(entry)):
            yield _finish(entry, words)


def _is_about_work(entry: _Entry) -> bool:
    """A bare "2小时" may be anything; beside a day, a time, a name or a label it is work."""
    return bool(entry.labelled or entry.day or entry.spans or entry.names)


def _gather(line: str, tokens: tuple[Token, ...], reference: date) -> Iterator[tuple[_Entry, str]]:
    """Statements in the order written: a new name or day after an amount opens a new one, the rest is inherited."""
    entry, start = _Entry(), 0
    for number, token in enumerate(tokens):
        counted = entry.spans or entry.hours is not None
        opens = token.kind in {Kind.NAME, Kind.DAY} or (token.kind is Kind.SPAN and entry.hours is not None)
        if counted and opens:
            yield entry, line[start : token.start]
            start = token.start
            entry = _next_entry(entry, token.kind)
        _take(entry, token, line, reference, tokens[number - 1] if number else None)
    yield entry, line[start:]


def _next_entry(before: _Entry, opened_by: Kind) -> _Entry:
    fresh = _Entry(before.names, before.day, before.until, labelled=before.labelled)
    return replace(fresh, names=()) if opened_by is Kind.NAME else fresh


def _take(entry: _Entry, token: Token, line: str, reference: date, before: Token | None) -> None:
    match token.kind:
        case Kind.NAME:
            entry.names = (*entry.names, token.text)
        case Kind.LABEL:
            entry.labelled = True
        case Kind.SPAN:
            entry.spans.append((token.first, token.last))
        case Kind.AMOUNT if entry.hours is None or token.sure:
            entry.hours = token.hours
        case Kind.DAY:
            day = find_day(token.text, reference)
            if day is None:
                entry.wrong_day = token.text
            ranged = before is not None and before.kind is Kind.DAY and _is_range(line[before.end : token.start])
            if ranged and entry.day and day and day > entry.day:
                entry.until = day
            else:
                entry.day, entry.until = day, None
        case _:
            pass


def _is_range(between: str) -> bool:
    return bool(re.fullmatch(r"\s*(?:-|~|到|至|、|和|及|,)\s*", between))


def _finish(entry: _Entry, words: str) -> tuple[WorkSaid | None, str]:
    start = min((s for s, _ in entry.spans), default=None)
    end = _latest(entry.spans)
    length = sum((_length(s) for s in entry.spans), Decimal(0))
    hours = _tidy(entry.hours) if entry.hours is not None else length
    people = max(len(entry.names), 1)
    whole = bool(_WHOLE.search(words))
    if people > 1 and whole and not _EACH.search(words):
        hours = _tidy(hours / people)
    days = (entry.until - entry.day).days + 1 if entry.day and entry.until else 1
    if hours <= 0 or hours > 24 * days * (1 if entry.day else 60):
        return None, f"工时“{words.strip()[:40]}”不合理，未计入"
    each_day = entry.until is not None and (entry.hours is None or bool(_EACH_DAY.search(words)))
    open_length = sum((_length(s, lunch=False) for s in entry.spans), Decimal(0))
    problem = ""
    if entry.spans and entry.hours is not None and entry.hours > open_length * (1 if each_day else days):
        problem = f"工时“{words.strip()[:40]}”写的时数多于起止时间"
    said = WorkSaid(entry.names, entry.day, entry.until, start, end, hours, each_day, whole and not entry.day)
    return said, problem


def _latest(spans: list[tuple[time, time]]) -> time | None:
    """The end of the last span; one past midnight ends last."""
    night = [e for s, e in spans if e <= s]
    return max(night or [e for _, e in spans], default=None)


def _length(span: tuple[time, time], *, lunch: bool = True) -> Decimal:
    """Hours from start to end, past midnight too; a lunch hour that lies inside is no work."""
    first, last = (timedelta(hours=t.hour, minutes=t.minute) for t in span)
    if last <= first:
        last += timedelta(days=1)
    minutes = int((last - first).total_seconds() // 60)
    if lunch and span[0] < LUNCH[0] and last >= timedelta(hours=LUNCH[1].hour):
        minutes -= 60
    return _tidy(Decimal(minutes) / 60)


def _tidy(value: Decimal) -> Decimal:
    rounded = value.quantize(Decimal("0.001")).normalize()
    return rounded if int(rounded.as_tuple().exponent) <= 0 else rounded.quantize(Decimal(1))
