"""Finds in the clauses of a reply what each contributes to its meaning, by the tables of `phrases`."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from bot.parse import phrases
from bot.parse.bearing import Clause, settle
from bot.parse.clean_reply import Sentence
from bot.parse.found import YES_TAGS, Found
from bot.parse.phrases import Tag
from bot.rules.words import ReplyStage

_WHOLE_LIMIT = 90  # a longer clause is never "entirely" one of the short answers
_SCAN_LIMIT = 600  # the rest of an endless clause is not read: linear
_CLAUSE_LIMIT = 160  # a yes in a longer clause is not plain


@cache
def _wholes(stage: ReplyStage) -> tuple[tuple[Tag, re.Pattern[str]], ...]:
    rows = phrases.STAGE_WHOLE.get(stage, ()) + phrases.WHOLE
    return tuple((tag, re.compile(pattern)) for tag, pattern in rows)


class _Scanner(NamedTuple):
    """All rows for a stage as one alternation, twice; group n of `rows` belongs to tag n-1.

    Without groups the search for the next match takes less than half the time: nearly all rows fail everywhere.
    """

    anywhere: re.Pattern[str]
    rows: re.Pattern[str]
    tags: tuple[Tag, ...]

    def finditer(self, clause: str) -> Iterator[tuple[Tag, re.Match[str]]]:
        for match in self.anywhere.finditer(clause, 0, _SCAN_LIMIT):
            row = self.rows.match(clause, match.start(), _SCAN_LIMIT)
            if row and row.lastindex:
                yield self.tags[row.lastindex - 1], row


@cache
def _scanner(stage: ReplyStage, reports: bool, brings: bool) -> _Scanner:
    rows = (
        phrases.BACKGROUND + phrases.DEFERRALS + phrases.STAGE_INSIDE.get(stage, ()) + phrases.ENGLISH + phrases.INSIDE
    )
    if brings:
        rows = phrases.BROUGHT + rows
    if reports:
        rows = phrases.REPORTS + rows
    patterns = [pattern for _, pattern in rows]
    grouped = "|".join(f"({pattern})" for pattern in patterns)
    return _Scanner(re.compile("|".join(patterns)), re.compile(grouped), tuple(tag for tag, _ in rows))


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
            tags = [*_read_clause(clause, stage, reports, brings)]
            if reported and "我" not in clause:
                tags = [f._replace(tag=Tag.OTHER) if f.tag in YES_TAGS else f for f in tags]
            reported = reported or (not brings and _reports_speech(clause, stage))
            asks = (sentence.asks and i == last) or _ASKING.search(clause) is not None
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


@lru_cache(maxsize=512)  # labels and small words make up half of all clauses
def _read_clause(clause: str, stage: ReplyStage, reports: bool, brings: bool) -> tuple[Found, ...]:
    if len(clause) <= _WHOLE_LIMIT:
        for tag, pattern in _wholes(stage):
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
_BOUND = re.compile("[就才再方则便](?:可以|能|会)?$")  # "合同签了就同意"


def _is_own(before: str) -> bool:
    """Whether the words before a yes leave the writer (or the request) as its subject."""
    return len(before) <= _WHOLE_LIMIT and _SUBJECT.fullmatch(before) is not None and not _THIRD.search(before)
