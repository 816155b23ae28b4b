"""What a reply means (R10): what is said under labels first, then the words, by two readers.

The grammar of the words (`grammar.py`) and precedent (`precedents`) read apart; `verdict.py` settles where they differ.
"""

import re

from bot.parse import phrases
from bot.parse.clean_reply import CleanReply
from bot.parse.grammar import read_clean, read_grammar
from bot.parse.matters import read_matters
from bot.parse.precedents.reader import compare
from bot.parse.verdict import KNOWN, settle
from bot.rules.mail import Meaning
from bot.rules.matters.matter import CLIMBING, Act, MatterKind, MattersRead
from bot.rules.words import Intent, ReplyStage, Role


def read_meaning(text: str, role: Role, stage: ReplyStage, beside: MattersRead | None = None) -> Meaning:
    """What `text`, the fresh text of one person, says at `stage` (R10); any text, never raises.

    Out: the intent, the deciding words in Chinese, and the binding sentence for a conditional yes. The yes or no of a
    role that may not decide at this stage reads as NONE. What is said under a label (`问题：…`, `升级1已解决`) is no
    verdict about the case; only an objection to the completion counts wherever it stands (R24). `beside`: what is said
    under labels in `text`, if that is known already.
    """
    beside = read_matters(text) if beside is None else beside
    if not beside:
        return _read_words(text, role, stage)
    if beside.rating:
        rates = role in RATERS or beside.rating.labelled
        return _under_label(beside) if rates and not beside.rating.bare else read_grammar(text, role, stage)
    if role not in phrases.DECIDERS[stage]:
        work = read_grammar(beside.other, role, stage)
        if work.intent in _WORK:
            return work
        return _under_label(beside) if beside.whole and _names_it(beside) else read_grammar(beside.rest, role, stage)
    if not beside.whole or not _names_it(beside):
        return read_grammar(beside.rest if beside.rest and _names_it(beside) else text, role, stage)
    meant = read_grammar(text, role, stage)
    reopens = all(said.act is Act.REOPEN and said.kind in CLIMBING for said in beside.said)  # about whom to ask next
    if meant.intent is Intent.REJECT and stage is ReplyStage.COMPLETION_SALES and not reopens:
        return meant
    plain = meant.intent in _NO_VERDICT or reopens
    return _under_label(beside) if plain else Meaning(Intent.NONE, f"{meant.why}；但写在标签之下，不当作对此事的表态")


RATERS = frozenset({Role.SALES})
_WORK = frozenset({Intent.LEFT_SITE, Intent.COMPLETED, Intent.DEVIATION, Intent.DOCUMENTS})
_NO_VERDICT = frozenset({Intent.NONE, Intent.ACKNOWLEDGMENT_ONLY, Intent.THANKS, Intent.OUT_OF_OFFICE})
_RAISED = {
    MatterKind.ESCALATION: Intent.ESCALATE,
    MatterKind.DISPUTE: Intent.DISPUTE,
    MatterKind.PROBLEM: Intent.PROBLEM,
    MatterKind.RISK: Intent.RISK,
}


def _names_it(beside: MattersRead) -> bool:
    """Whether everything closed or reopened is named by its number: a bare 已解决 may be about the case itself."""
    return all(said.act is Act.RAISE or said.number for said in beside.said)


def _under_label(beside: MattersRead) -> Meaning:
    """R31, R32, R37, R39: it is about a matter, not about the case."""
    if beside.rating:
        return Meaning(Intent.RATING, f"“{beside.rating.written}”是评分")
    said = beside.said[0]
    raised = _RAISED.get(said.kind) if said.act in {Act.RAISE, Act.REOPEN} and said.kind else None
    what = f"{said.kind.value if said.kind else ''}{said.number or ''}"
    return Meaning(raised, f"报告{what}") if raised else Meaning(Intent.RESOLVED, f"关于{what}的答复")


def _read_words(text: str, role: Role, stage: ReplyStage) -> Meaning:
    reply = CleanReply(text)
    grammar = read_clean(reply, role, stage)
    if role not in phrases.DECIDERS[stage] or stage is ReplyStage.EXECUTION or grammar.intent not in KNOWN:
        return grammar  # precedent knows no reports
    if any(sentence.corrects for sentence in reply.sentences):
        return grammar  # nor what a correction leaves standing
    words = reply.whole.strip()
    if _FLAT_NO.match(words):
        contradicts = grammar.intent is Intent.APPROVE
        return Meaning(Intent.NONE, "先说不同意，后面又同意，前后不一") if contradicts else grammar
    meaning = settle(grammar, compare(words, role, stage))
    unread = None
    if meaning.intent is Intent.APPROVE and not _ENGLISH.search(words):
        unread = _UNREAD.search(words)
    if unread:
        return Meaning(Intent.APPROVE_WITH_CONDITION, f"“{unread.group()}”看不懂，不能当作明确同意", unread.group())
    return meaning


# A flat no in front stands, whatever else is said.
_FLAT_NO = re.compile("我?(?:不同意|不批准?|不行|不可以|不予批准)(?:[,。!]|$)")
_UNREAD = re.compile(phrases.UNREAD_PINYIN)
_ENGLISH = re.compile(phrases.ENGLISH_SIGNS)
