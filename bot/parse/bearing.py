"""What the rest of a reply does to its yes: what bears on it, and what only stands beside it (R10).

Asked only when some clause is a yes complete in itself. Every other clause is then one of: another matter, a thing told
or ordered beside it (`phrases/asides.py`), a lead-up to it, or something that binds. When in doubt it binds: to ask
costs a mail, a false yes costs more.
"""

import re
from itertools import pairwise
from typing import NamedTuple

from bot.parse.apart import Binding, find_binding
from bot.parse.found import YES_TAGS, Found
from bot.parse.phrases import Tag, asides
from bot.rules.words import ReplyStage


class Clause(NamedTuple):
    """One clause with its tags; `sentence` numbers the sentence it stands in."""

    text: str
    tags: list[Found]
    sentence: int
    asks: bool = False


_OUTRIGHT = frozenset({Tag.YES, Tag.PERSONAL_YES})
_TURNS = frozenset({Tag.WEAK, Tag.WAS_NO, Tag.UNSURE, Tag.HAZARD, Tag.OTHER, Tag.QUESTION})
# What means nothing in front of a complete yes, and what it means elsewhere.
_LEADS_UP = {Tag.WEAK: Tag.HAZARD, Tag.WAS_NO: Tag.NO, Tag.UNSURE: Tag.UNSURE}
# What a clause beside the yes may hold and yet leave it alone. The rest (a no, a change, half a yes) always counts.
_SOFT = frozenset(
    {Tag.HAZARD, Tag.WEAK, Tag.INFO, Tag.TAKE, Tag.ASSIGN, Tag.PLAIN, Tag.OTHER, Tag.ACK, Tag.THANKS, Tag.FINE}
    | {Tag.LATER, Tag.REPLY_LATER, Tag.WHEN, Tag.AWAY, Tag.PROBLEM, Tag.DECIDE}
)
_PLACES_FOR_DOCUMENTS = frozenset({ReplyStage.APPLICATION, ReplyStage.EXECUTION_CHANGE, ReplyStage.RETROACTIVE})

_LIMIT = 90  # no longer clause is an aside
_BESIDE = tuple(
    map(
        re.compile,
        (asides.ORDER, asides.MANNER, asides.AFTERWARDS, asides.EVEN, asides.REASON, asides.COURTESY, asides.HOUSE),
    )
)
_BESIDE_BUT = tuple(map(re.compile, (asides.MANNER, asides.AFTERWARDS, asides.COURTESY)))
_DUE, _ALWAYS = re.compile(asides.DUE), re.compile(asides.ALWAYS)
_IF, _TELL, _IF_TELL = re.compile(asides.IF), re.compile(asides.TELL), re.compile(asides.IF_TELL)
_SETS_OFF = re.compile(asides.SETS_OFF)
_ELSEWHERE, _DENIES, _LOOK_BACK = re.compile(asides.ELSEWHERE), re.compile(asides.DENIES), re.compile(asides.LOOK_BACK)
_BINDS, _ABOVE = re.compile(asides.BINDS), re.compile(asides.ABOVE)
_PAST, _FORMERLY = re.compile(asides.PAST), re.compile(asides.FORMERLY)
_VERDICT = re.compile(asides.VERDICT)
_THE_CHANGE = frozenset({"改", "换", "延", "延长", "调整", "推"})
_CHANGES = re.compile("(?:改|换|变更|调整)(?!回|期)|(?:交|更)换")
_AS_ASKED = re.compile(asides.AS_ASKED)
_NEEDED = re.compile(asides.NEEDED)
_BY_THE_WAY = frozenset({"对了", "顺便", "顺便说一下", "顺便说一句"})
_THOUGH = re.compile("虽|尽管")
_BUT = re.compile("^(?:但是?|不过|只是|可是|然而)")


def settle(clauses: list[Clause], stage: ReplyStage) -> list[Found]:
    """The tags that count, in order. In: all clauses of a reply with their tags."""
    clauses = _share_out(clauses)
    yes = _find_yes(clauses)
    if yes is None:
        return [_away_from_yes(f) for clause in clauses for f in clause.tags]
    if stage is ReplyStage.EXECUTION_CHANGE:
        clauses = [c._replace(tags=[f for f in c.tags if not _repeats_change(f)]) for c in clauses]
    found: list[Found] = []
    elsewhere = -1
    bound = _read_pieces(clauses, yes, stage)
    for i, clause in enumerate(clauses):
        if i in bound and bound[i] is None:
            found += [f for f in clause.tags if f.tag is Tag.ACK or f.tag in YES_TAGS]
            continue
        if i != yes and not _agrees(clause) and _ELSEWHERE.search(clause.text[:_LIMIT]):
            elsewhere = clause.sentence
        if clause.sentence == elsewhere and i != yes:
            continue
        found += clause.tags if i == yes else _beside(clauses, i, yes, stage)
        if (binding := bound.get(i)) and binding.sure:
            found.append(Found(Tag.CONDITION, binding.words, clause.text))
    return [_away_from_yes(f) for f in found]


def _read_pieces(clauses: list[Clause], yes: int, stage: ReplyStage) -> dict[int, Binding | None]:
    """Of each clause what binds in its piece; None leaves the yes alone.

    A piece is a whole sentence, or all that stands before or behind the yes in its own.
    """
    outright = any(f.tag in _OUTRIGHT for f in clauses[yes].tags)
    if not outright and any(f.tag is Tag.ACK for clause in clauses for f in clause.tags):
        return {}
    pieces: dict[tuple[int, bool], list[int]] = {}
    own = clauses[yes].sentence
    for i, clause in enumerate(clauses):
        if i != yes:
            pieces.setdefault((clause.sentence, clause.sentence == own and i > yes), []).append(i)
    bound: dict[int, Binding | None] = {}
    for (sentence, _), piece in pieces.items():
        texts = [clauses[i].text for i in piece]
        asks = any(clauses[i].asks for i in piece)
        binding = find_binding(texts, [f for i in piece for f in clauses[i].tags], stage)
        turns = _turns(texts if sentence == own else texts[: piece[0] > yes])
        if binding is None and (asks or turns):
            continue
        bound |= dict.fromkeys(piece, binding)
    return bound


def _turns(texts: list[str]) -> bool:
    """Whether a 但 in them may turn the yes: one that answers a 虽然 does not."""
    return any(_BUT.match(text) and not _THOUGH.search(before) for before, text in pairwise(["", *texts]))


# "方案交流我支持，POC先不做": each has its own subject, so neither is the verdict on the whole.
_OWN_SUBJECT = (
    "(?![我你这此该本那他她您]|客户|领导|老板|销售|[^,]总|甲方|上次|之前|虽|但|可|却|还是"
    "|也)[^,不没]{2,10}?(?:部分|这块|那块)?(?:我|都|是|就|也)*"
)
_ONE = re.compile(f"{_OWN_SUBJECT}(?:同意|可以|批准?|支持|行|做|去|没问题|ok)(?:去|做|装|安排|派)?[的了吧]?")
_OTHER_ONE = re.compile(
    f"{_OWN_SUBJECT}(?:先|暂时?)?(?:不同意|不可以|不行|不批|不支持|不做|不去|不给|免谈"
    f"|等(?:合同|款|货)[^,]{{0,4}})[的了吧]?"
)


def _share_out(clauses: list[Clause]) -> list[Clause]:
    """Two verdicts on two parts (yes to one, no to the other) become half a yes each."""
    out = list(clauses)
    for i, (one, other) in enumerate(pairwise(clauses)):
        if one.sentence == other.sentence and _ONE.fullmatch(one.text) and _OTHER_ONE.fullmatch(other.text):
            out[i] = one._replace(tags=[Found(Tag.HEDGE, one.text, one.text)])
            out[i + 1] = other._replace(tags=[Found(Tag.HEDGE, other.text, other.text)])
    return out


def _away_from_yes(found: Found) -> Found:
    return found._replace(tag=_LEADS_UP.get(found.tag, found.tag))


def _find_yes(clauses: list[Clause]) -> int | None:
    """The first clause that is a yes complete in itself, an outright one (同意) before a colloquial one (行)."""
    complete = [i for i, clause in enumerate(clauses) if _is_complete_yes(clause.tags)]
    outright = (i for i in complete if any(f.tag in _OUTRIGHT for f in clauses[i].tags))
    return next(outright, complete[0] if complete else None)


def _is_complete_yes(tags: list[Found]) -> bool:
    kinds = {f.tag for f in tags}
    return not kinds.isdisjoint(YES_TAGS) and kinds.isdisjoint(_TURNS)


def _agrees(clause: Clause) -> bool:
    return any(f.tag in YES_TAGS for f in clause.tags)


def _beside(clauses: list[Clause], i: int, yes: int, stage: ReplyStage) -> list[Found]:
    """What is left of the tags of clause `i`, which is not the yes itself."""
    clause = clauses[i]
    if _agrees(clause):
        return clause.tags if i > yes else [f for f in clause.tags if f.tag not in _LEADS_UP]
    if _repeats_request(clauses, i):
        return [f for f in clause.tags if f.tag not in {Tag.CHANGE, Tag.HAZARD}]
    if i > yes and _asks_to_be_told(clauses, i):
        return []
    if i > yes and not _is_due(clause.text, stage) and (bound := _binding(clause.text)):
        return [*clause.tags, bound]
    if i < yes and _FORMERLY.search(clause.text[:_LIMIT]) and not any(_is_refusal(f) for f in clause.tags):
        return []
    aside = i > yes and clauses[i - 1].text in _BY_THE_WAY and not _NEEDED.search(clause.text)
    if aside and all(f.tag in _SOFT for f in clause.tags):
        return []
    if _stands_beside(clause, stage, before=i < yes) and all(f.tag in _SOFT for f in clause.tags):
        return [f for f in clause.tags if f.tag is Tag.ACK]
    if i < yes:
        asks_on = any(f.tag is Tag.QUESTION for f in clause.tags) and not clause.asks
        return [
            f
            for f in clause.tags
            if not ((asks_on and f.tag is Tag.QUESTION) or f.tag in _LEADS_UP or _looks_back(f) or f.words == "算了")
        ]
    denies = _DENIES.search(clause.text) is not None
    return [_in_part(f) for f in clause.tags if (denies or f.tag is not Tag.WEAK)]


def _in_part(found: Found) -> Found:
    """同意加一天，不加人: what is refused behind a yes is a part, unless the verdict itself is taken back."""
    return found._replace(tag=Tag.NO_PART) if found.tag is Tag.NO and not _is_refusal(found) else found


def _is_refusal(found: Found) -> bool:
    return found.tag is Tag.NO and _VERDICT.search(found.words) is not None


def _repeats_change(found: Found) -> bool:
    """R18: 同意把软件换成新的那款: what is changed is what was asked; less of it (只, 最多, 不是) is not."""
    if found.tag is Tag.HAZARD:
        return found.words in _THE_CHANGE
    return found.tag is Tag.CHANGE and _CHANGES.match(found.words) is not None


def _repeats_request(clauses: list[Clause], i: int) -> bool:
    """远程即可，跟申请一致: what looks like a change is what was asked."""
    after = clauses[i + 1 : i + 2]
    return bool(after) and after[0].sentence == clauses[i].sentence and _AS_ASKED.search(after[0].text) is not None


def _binding(text: str) -> Found | None:
    """What binds a yes in front of it without any of the scanner's words."""
    for tag, pattern in ((Tag.DECIDE, _ABOVE), (Tag.CONDITION, _BINDS)):
        if match := pattern.search(text[:_LIMIT]):
            return Found(tag, match.group(), text)
    return None


def _looks_back(found: Found) -> bool:
    return found.tag is Tag.HAZARD and _LOOK_BACK.fullmatch(found.words) is not None


def _stands_beside(clause: Clause, stage: ReplyStage, *, before: bool) -> bool:
    text = clause.text
    wants = any(f.tag is Tag.INFO for f in clause.tags)
    if wants and not before and stage not in _PLACES_FOR_DOCUMENTS:
        return False
    if len(text) > _LIMIT:
        return False
    turned = _BUT.match(text)
    if turned:
        rest = text[turned.end() :]
        return any(kind.search(rest) for kind in _BESIDE_BUT)
    if _is_due(text, stage):
        return True
    told = _PAST.search(text) and not _DENIES.search(text) and (before or not wants)
    return bool(told) or any(kind.search(text) for kind in _BESIDE)


def _is_due(text: str, stage: ReplyStage) -> bool:
    """A document due with the work (R9, R15)."""
    return stage in _PLACES_FOR_DOCUMENTS and _DUE.search(text[:_LIMIT]) is not None and not _ALWAYS.search(text)


def _asks_to_be_told(clauses: list[Clause], i: int) -> bool:
    """要是临时变卦，第一时间告诉我: both clauses, or one that holds both."""
    text = clauses[i].text[:_LIMIT]
    if any(f.tag in {Tag.CHANGE, Tag.WITHDRAW, Tag.LATER, Tag.REPLY_LATER} or _is_refusal(f) for f in clauses[i].tags):
        return False
    around = (c for c in clauses[max(0, i - 1) : i + 2] if c.sentence == clauses[i].sentence)
    if any(_SETS_OFF.search(c.text[:_LIMIT]) for c in around):
        return False
    if _IF_TELL.search(text):
        return True
    after, before = clauses[i + 1 : i + 2], clauses[max(0, i - 1) : i]
    if _IF.search(text) and after and _TELL.search(after[0].text):
        return True
    return _TELL.search(text) is not None and bool(before) and _IF.search(before[0].text[:_LIMIT]) is not None
