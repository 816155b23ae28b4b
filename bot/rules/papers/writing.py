"""Documents in the making: contents agreed first (R5), the proposal sent and revised until understood (R16, R17)."""

from dataclasses import replace

from bot.rules.case import Case, Proposal
from bot.rules.kinds import is_document, is_proposal
from bot.rules.mail import Reading
from bot.rules.table import AT_WORK, Event, Who
from bot.rules.words import Intent, ReplyStage, Stage

_SALES, _ENGINEER = "sales", "engineer"
OUTLINE_STAGES = (Stage.AWAITING_APPROVAL, *AT_WORK)
_REVISES = frozenset({Intent.REJECT, Intent.OBJECT, Intent.NEED_MORE_INFO, Intent.APPROVE_WITH_CONDITION})


def awaits_outline(case: Case) -> bool:
    """Whether sales and engineer still have to agree the table of contents (R5)."""
    return is_document(case) and not case.outline_agreed and case.stage in OUTLINE_STAGES


def is_read_by_sales(case: Case) -> bool:
    """Whether a proposal lies with sales, who understand it or not (R17)."""
    return is_proposal(case) and case.proposal is Proposal.SENT and case.stage in AT_WORK and not case.change


def read_stage(case: Case, reading_of_outline: bool, parts: frozenset[Who]) -> ReplyStage | None:
    """The stage at which words about contents or proposal are read; None: at the usual one."""
    about_outline = reading_of_outline and awaits_outline(case) and Who.SALES_OR_ENGINEER in parts
    if about_outline and Who.DECIDER not in parts:
        return ReplyStage.DOC_OUTLINE
    return ReplyStage.DOC_OUTLINE if Who.SALES in parts and is_read_by_sales(case) else None


def name_writing(reading: Reading, case: Case, parts: frozenset[Who]) -> Event | None:
    """What a mail does to contents or proposal; None when it is not about them."""
    if Who.SALES_OR_ENGINEER not in parts or reading.remarks.moves or reading.meaning.intent in _ELSEWHERE:
        return None
    return _of_outline(reading, case, parts) or _of_proposal(reading, case, parts)


_ELSEWHERE = frozenset({Intent.WITHDRAW, Intent.COMPLETED, Intent.LEFT_SITE, Intent.DEVIATION})


def _of_outline(reading: Reading, case: Case, parts: frozenset[Who]) -> Event | None:
    """Agreed when the other side has proposed and this one says yes; anything with contents in it is a proposal."""
    said, intent = reading.remarks, reading.meaning.intent
    attached = any("目录" in a.name or "大纲" in a.name or "提纲" in a.name for a in reading.mail.attachments)
    if not awaits_outline(case) or not (said.outline or attached):
        return None
    other = case.outline_by not in {"", _part(parts)}
    if intent is Intent.APPROVE and not said.lists_outline:
        return Event.OUTLINE_AGREED if other else Event.OUTLINE if attached or case.outline_by else None
    return Event.OUTLINE if attached or said.lists_outline or (other and intent in _REVISES) else None


def _of_proposal(reading: Reading, case: Case, parts: frozenset[Who]) -> Event | None:
    if not is_proposal(case):
        return None
    if Who.SALES in parts and is_read_by_sales(case):
        if reading.remarks.revises or reading.meaning.intent in _REVISES:
            return Event.REVISE
        understands = reading.remarks.understands or reading.meaning.intent is Intent.APPROVE
        return Event.UNDERSTOOD if understands else None
    sent = any("方案" in a.name for a in reading.mail.attachments if not a.inline)
    return Event.PROPOSAL if Who.ENGINEER in parts and sent and case.stage in AT_WORK else None


def _part(parts: frozenset[Who]) -> str:
    return _SALES if Who.SALES in parts else _ENGINEER


def propose_outline(case: Case, actor: str, said: str) -> Case:
    """The contents are proposed, or changed: the other side has to agree."""
    return replace(case, outline_by=_SALES if actor == case.sales else _ENGINEER, outline_said=said)


def other_side(case: Case) -> tuple[str, ...]:
    """Who has to answer a proposed table of contents: the other side; addresses."""
    return case.engineers if case.outline_by == _SALES else (case.sales,)
