"""Finds in the clauses of a reply what each contributes to its meaning, by the tables of `phrases`."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from bot.parse import phrases
from bot.parse.bearing import Clause, settle
from bot.parse.clean_reply import Sentence
from bot.parse.first_chars import first_chars, needed_chars
from bot.parse.found import YES_TAGS, Found
from bot.parse.phrases import Tag
from bot.rules.words import ReplyStage

_WHOLE_LIMIT = 90  # a longer clause is never "entirely" one of the short answers
_SCAN_LIMIT = 600  # the rest of an endless clause is not read: linear
_CLAUSE_LIMIT = 160  # a yes in a longer clause is not plain


class _Row(NamedTuple):
    """A row that may match a whole clause, if that has one of `needed` (None: not known)."""

    tag: Tag
    pattern: re.Pattern[str]
    needed: frozenset[str] | None


_first_chars, _needed_chars, _compiled = cache(first_chars), cache(needed_chars), cache(re.compile)


@lru_cache(maxsize=4096)
def _wholes(stage: ReplyStage, first: str) -> tuple[_Row, ...]:
    """The rows that may match a whole clause beginning with `first`, in order."""
    rows = phrases.STAGE_WHOLE.get(stage, ()) + phrases.WHOLE
    fitting = ((tag, row) for tag, row in rows if (chars := _first_chars(row)) is None or first in chars)
    return tuple(_Row(tag, _compiled(row), _needed_chars(row)) for tag, row in fitting)


class _Stray(NamedTuple):
    """A row that may begin with any character; in a clause with none of `needed` it matches nowhere (None: unknown)."""

    place: int
    row: re.Pattern[str]
    needed: frozenset[str] | None


class _Scanner:
    """All rows for a stage: what they find in a clause from the left, the first row in their order at each place.

    Only rows that can begin with the character at a place are tried there: one alternation of all of them takes twenty
    times as long, for nearly all rows fail everywhere.
    """

    def __init__(self, rows: tuple[tuple[Tag, str], ...]) -> None:
        self._tags = [tag for tag, _ in rows]
        self._at: dict[str, list[tuple[int, re.Pattern[str]]]] = {}
        self._strays: list[_Stray] = []
        for place, (_, row) in enumerate(rows):
            chars = _first_chars(row)
            if chars is None:
                self._strays.append(_Stray(place, _compiled(row), _needed_chars(row)))
            for char in chars or ():
                self._at.setdefault(char, []).append((place, _compiled(row)))

    def finditer(self, clause: str) -> Iterator[tuple[Tag, re.Match[str]]]:
        strays = [s for s in self._strays if s.needed is None or not s.needed.isdisjoint(clause)]
        at, end = 0, min(len(clause), _SCAN_LIMIT)
        waiting = [(s, found) for s in strays if (found := s.row.search(clause, 0, end))]
        while at < end:
            place, found = self._match(clause, at, end)
            for stray, match in waiting:
                if match.start() == at and (found is None or stray.place < place):
                    place, found = stray.place, match
            if found is None:
                at += 1
                continue
            yield self._tags[place], found
            at = max(found.end(), at + 1)
            ahead = [(s, m if m.start() >= at else s.row.search(clause, at, end)) for s, m in waiting]
            waiting = [(s, m) for s, m in ahead if m]

    def _match(self, clause: str, at: int, end: int) -> tuple[int, re.Match[str] | None]:
        for place, row in self._at.get(clause[at], ()):
            if found := row.match(clause, at, end):
                return place, found
        return 0, None


@cache
def _scanner(stage: ReplyStage, reports: bool, brings: bool) -> _Scanner:
    rows = (
        phrases.BACKGROUND + phrases.DEFERRALS + phrases.STAGE_INSIDE.get(stage, ()) + phrases.ENGLISH + phrases.INSIDE
    )
    if brings:
        rows = phrases.BROUGHT + rows
    if reports:
        rows = phrases.REPORTS + rows
    return _Scanner(rows)


_SUBJECT = re.compile(
    rf"(?:[^,]{{0,40}}?{phrases.TOPIC}(?:上|方面|的)?)?(?>(?:{phrases.SELF}|可以|可|行|ok|确认)*)|(?>(?:\b{phrases.EN_SELF}\b|\W)*)"
)
_THIRD = re.compile(
    r"(?<![我得好再不没别前])(?:说|表示|讲|称|反馈|告诉|听说|据|认为|觉得)|(?<!其)[他她]|(?:客户|甲方|领导|老板|对方|用户|.总|.工|经理|总监|财务|商务)(?!的)[^,]{0,4}$"
)


def find_tags(sentences: list[Sentence], stage: ReplyStage, reports: bool, *, brings: bool = False) -> list[Found]:
    """The tags of `sentences` in order; with `reports`, reports from the work are read before verdicts.

    With `brings`, the customer's word counts as the outcome (R18).

    A clause that asks states nothing; what is told of others is no yes of the writer.
    """
    clauses: list[Clause] = []
    for number, sentence in enumerate(sentences):
        last, reported = len(sentence.clauses) - 1, False
        for i, clause in enumerate(sentence.clauses):
            said = _read_clause(clause, stage, reports, brings)
            tags = [*said.tags]
            if reported and "我" not in clause:
                tags = [f._replace(tag=Tag.OTHER) if f.tag in YES_TAGS else f for f in tags]
            reported = reported or said.reports_speech
            asks = (sentence.asks and i == last) or said.asks
            clauses.append(Clause(clause, _ask(tags, clause) if asks else tags, number, asks))
    return settle(clauses, stage)


_ASKING = re.compile(r"(?:吗|(?<![什怎这那多])么|可否|(?<!不)行不行|好不好|可以不|是不是|对不对|对吧)$")
_STANDS_IN_QUESTION = frozenset(
    {Tag.NEVER, Tag.UNABLE, Tag.INFO, Tag.FACT, Tag.SARCASM, Tag.QUESTION, Tag.HAZARD, Tag.WEAK, Tag.CONDITION}
)


def _ask(tags: list[Found], clause: str) -> list[Found]:
    """A clause that asks: it states nothing, except what is rhetorical or asks for information."""
    if clause.endswith("吧") and any(f.tag is Tag.LATER for f in tags):
        return tags  # "这个不急吧？" puts off
    kept = [f for f in tags if f.tag in _STANDS_IN_QUESTION]
    return [*kept, Found(Tag.QUESTION, clause[:20], clause)]


# "王总说：同意", "客户说没问题，可以安排": what follows in the sentence may still be theirs.
_SPEECH = re.compile(
    rf"(?<![我得好再不没别前])(?:说|表示|讲|称|反馈|回复|答复|批示|指示|(?<![没有无异])的?意见|意思|认为)[是为]?(?:$|.{{0,8}}?{phrases.ANY_YES})"
)
_NOTHING_SAID = re.compile("(?:没|没有|无|未)[^,]{0,10}(?:反馈|意见)$")
_OWN_SPEECH = re.compile(
    r"我|本人|^(?:之前|上次|昨天|已|早就)?(?:口头|电话里|电话|微信)[^,]{0,2}(?:说过|同意过|答应过)|^(?>(?:正式|统一|书面|现在|现|在此|这里|邮件|最终|特此|再次|审批|审核|批复|部门)*)(?:意见|回复|答复|批复|批示)$"
)


# "客户说没问题，可以安排" is still the customer's; at the completion sales go on with a verdict of their own.
_SPEECH_FINE = re.compile(
    r"(?<![我得好再不没别前])(?:说|表示|讲|反馈|回复|认为)[^,]{0,6}?(?:没问题|没意见|行$|无异议|没有问题)"
)
_COMPLETIONS = frozenset({ReplyStage.COMPLETION_SALES, ReplyStage.COMPLETION_DIRECTOR})


def _reports_speech(clause: str, stage: ReplyStage) -> bool:
    if len(clause) > _WHOLE_LIMIT or _NOTHING_SAID.search(clause) or _OWN_SPEECH.search(clause):
        return False
    fine = stage not in _COMPLETIONS and _SPEECH_FINE.search(clause) is not None
    return fine or _SPEECH.search(clause) is not None


class _Said(NamedTuple):
    """What one clause says, wherever it stands."""

    tags: tuple[Found, ...]
    reports_speech: bool
    asks: bool


@lru_cache(maxsize=512)  # labels and small words make up half of all clauses
def _read_clause(clause: str, stage: ReplyStage, reports: bool, brings: bool) -> _Said:
    tags = _find_tags(clause, stage, reports, brings)
    return _Said(tags, not brings and _reports_speech(clause, stage), _ASKING.search(clause) is not None)


def _find_tags(clause: str, stage: ReplyStage, reports: bool, brings: bool) -> tuple[Found, ...]:
    if len(clause) <= _WHOLE_LIMIT:
        for tag, pattern, needed in _wholes(stage, clause[:1]):
            if needed is not None and needed.isdisjoint(clause):
                continue
            if not (reports and tag is Tag.YES) and pattern.fullmatch(clause):
                own = tag not in YES_TAGS or not _SPEAKER.match(clause)
                return (Found(tag if own else Tag.OTHER, clause, clause),)
    found = []
    for tag, match in _scanner(stage, reports, brings).finditer(clause):
        if tag in YES_TAGS and not brings and not _is_own(clause[: match.start()]):
            tag = Tag.CONDITION if _BOUND.search(clause[: match.start()]) else Tag.OTHER
        found.append(Found(tag, match.group(), clause))
    if len(clause) > _CLAUSE_LIMIT:
        found.append(Found(Tag.HAZARD, "句子过长", clause))
    return tuple(found)


_SPEAKER = re.compile(phrases.SPEAKER)
_I_SAY = re.compile(phrases.I_SAY)
_BOUND = re.compile("[就才再方则便](?:可以|能|会)?$")  # "合同签了就同意"


def _is_own(before: str) -> bool:
    """Whether the words before a yes leave the writer (or the request) as its subject."""
    if len(before) > _WHOLE_LIMIT:
        return False
    return (_SUBJECT.fullmatch(before) is not None and not _THIRD.search(before)) or _I_SAY.fullmatch(
        before
    ) is not None
