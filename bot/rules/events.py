"""From what somebody said to what happened: meaning × part × stage → event (R10, R18-R27). No event: only on record."""

import re

from bot.rules.assigning import is_said
from bot.rules.case import Case
from bot.rules.kinds import is_proposal
from bot.rules.mail import Reading
from bot.rules.papers.writing import name_writing
from bot.rules.table import ASKED, AT_WORK, Event, Who
from bot.rules.wishes import Question, name_wish, settle_open, which_question
from bot.rules.words import Intent, Stage

SILENT = frozenset(
    {
        Intent.ACKNOWLEDGMENT_ONLY,
        Intent.THANKS,
        Intent.OUT_OF_OFFICE,
        Intent.STATUS_REQUEST,
        Intent.TODO_REQUEST,
        Intent.HELP_REQUEST,
    }
)
"""Said, but nothing that decides or needs asking back."""

BESIDE = frozenset({Intent.ESCALATE, Intent.DISPUTE, Intent.PROBLEM, Intent.RISK, Intent.RESOLVED, Intent.RATING})
"""About a matter or a rating, not about the case (R31, R32, R37, R39)."""

_ONLY_A_NUMBER = re.compile(r"\s*\d{1,3}(?:\.\d{1,2})?\s*(?:人天|天)?\s*[。.!！]?\s*")

_ON_APPLICATION = {
    Intent.APPROVE: Event.APPROVE,
    Intent.APPROVE_WITH_CONDITION: Event.CONDITION,
    Intent.REJECT: Event.REJECT,
    Intent.NEED_MORE_INFO: Event.NEED_INFO,
    Intent.POSTPONE: Event.POSTPONE,
    Intent.DELEGATE: Event.DELEGATE,
}
_AT_WORK = {
    Intent.COMPLETED: Event.COMPLETED,
    Intent.LEFT_SITE: Event.LEFT_SITE,
    Intent.DEVIATION: Event.DEVIATION,
}
_REFUSALS = frozenset({Intent.REJECT, Intent.OBJECT})


def name_event(reading: Reading, case: Case, parts: frozenset[Who]) -> Event | None:
    """What this mail makes happen, or None when it is only to be put on the record.

    The request sent once more is never an answer, whoever its sender is besides (R22).
    """
    if Who.SALES in parts and is_new_request(reading):
        return Event.RESENT if case.retroactive else None
    if event := name_writing(reading, case, parts):
        return event
    for part, of_part in ((Who.DECIDER, _of_decider), (Who.SALES, _of_sales), (Who.ENGINEER, _of_engineer)):
        if part in parts and (event := of_part(reading, case)):
            return event
    return None


def is_new_request(reading: Reading) -> bool:
    """Whether the mail is a request by itself, not an answer: the fixed subject without reply mark or thread."""
    subject = reading.mail.subject
    return subject.is_request and not subject.is_reply and not reading.mail.thread_ids


def _of_decider(reading: Reading, case: Case) -> Event | None:
    intent, said = reading.meaning.intent, is_said(reading.assignment)
    if case.stage in ASKED:
        return _ON_APPLICATION.get(intent)
    if case.stage is Stage.DECLINED:
        return Event.APPROVE if intent is Intent.APPROVE else None
    if case.stage in AT_WORK:
        hands_on = intent is Intent.DELEGATE and not reading.assignment.delegate  # "请李工处理"
        return Event.ASSIGN if hands_on and said else _of_decider_at_work(reading, case, said=said)
    if case.stage is Stage.ACCEPTED:
        return {Intent.APPROVE: Event.CLOSE, Intent.REJECT: Event.REJECT}.get(intent)
    if case.stage in {Stage.CLOSED, Stage.ARCHIVED}:
        return _of_decider_settling(reading, case)
    return None


def _of_decider_at_work(reading: Reading, case: Case, *, said: bool) -> Event | None:
    """A plain yes or no answers the open question (改期, 撤回, R18); only what says so ends the support itself."""
    intent = reading.meaning.intent
    if which_question(case, reading.remarks) is not Question.NONE and intent in {Intent.APPROVE, Intent.REJECT}:
        return Event.REJECT if intent is Intent.REJECT and reading.remarks.ends_support else settle_open(case, reading)
    if intent is Intent.REJECT:
        return Event.REJECT
    if intent is Intent.WITHDRAW:
        return Event.WITHDRAW
    assigns = intent in {Intent.APPROVE, Intent.APPROVE_WITH_CONDITION, Intent.POSTPONE, Intent.NONE}
    return Event.ASSIGN if assigns and said else None


def _of_decider_settling(reading: Reading, case: Case) -> Event | None:
    days, intent = reading.assignment.days, reading.meaning.intent
    if days is not None and _ONLY_A_NUMBER.fullmatch(reading.mail.fresh_text):
        return Event.SETTLE
    if intent is not Intent.APPROVE:
        return None
    if days is not None:
        return Event.SETTLE
    if case.stage is Stage.CLOSED:
        return Event.ARCHIVE
    return Event.SETTLE if case.days is not None else None


def _of_sales(reading: Reading, case: Case) -> Event | None:
    intent = reading.meaning.intent
    if intent is Intent.WITHDRAW and case.stage in ASKED:
        return Event.WITHDRAW
    if case.stage is Stage.AWAITING_INFO:
        return None if intent in SILENT | BESIDE or not _has_content(reading) else Event.ANSWER
    if case.stage in AT_WORK and case.change and intent in {Intent.APPROVE, *_REFUSALS}:
        return Event.CHANGE_AGREED if intent is Intent.APPROVE else Event.CHANGE_REFUSED
    if case.stage in {Stage.AWAITING_APPROVAL, Stage.POSTPONED, *AT_WORK}:
        return name_wish(reading, case)
    if case.stage is Stage.AWAITING_ACCEPTANCE:
        return _of_sales_accepting(reading, case)
    if case.stage in {Stage.ACCEPTED, Stage.CLOSED, Stage.ARCHIVED}:
        return _refused(intent, Event.OBJECT)
    return None


def _of_sales_accepting(reading: Reading, case: Case) -> Event | None:
    intent = reading.meaning.intent
    if intent is Intent.APPROVE:
        return Event.ACCEPT
    if intent in _REFUSALS or (is_proposal(case) and reading.remarks.revises):
        return Event.OBJECT
    if intent is Intent.OUT_OF_OFFICE:  # somebody away cannot be taken to agree (R24)
        return Event.DOUBT
    harmless = SILENT | {Intent.RESOLVED, Intent.RATING}  # who raises something now cannot be taken to agree (R24)
    return None if intent in harmless or not reading.mail.fresh_text.strip() else Event.DOUBT


def _of_engineer(reading: Reading, case: Case) -> Event | None:
    return _AT_WORK.get(reading.meaning.intent) if case.stage in AT_WORK else None


def _refused(intent: Intent, event: Event) -> Event | None:
    return event if intent in _REFUSALS else None


def _decides(reading: Reading) -> bool:
    return reading.meaning.intent in {Intent.APPROVE, Intent.APPROVE_WITH_CONDITION, *_REFUSALS}


def _has_content(reading: Reading) -> bool:
    return bool(reading.mail.fresh_text.strip() or reading.mail.attachments)


def needs_asking(reading: Reading, case: Case, parts: frozenset[Who]) -> bool:
    """Whether the case waits for this person, who wrote something that is neither plain nor harmless (R10)."""
    waits = {
        Who.DECIDER: {*ASKED, Stage.ACCEPTED, Stage.ARCHIVED},
        Who.SALES: {Stage.AWAITING_ACCEPTANCE},
    }
    open_at_work = case.stage in AT_WORK and bool(case.wish or (case.change and _decides(reading)))
    if Who.DECIDER in parts and open_at_work:
        waits[Who.DECIDER].add(case.stage)
    harmless = SILENT | BESIDE | {Intent.QUESTION}
    unclear = reading.meaning.intent not in harmless and bool(reading.mail.fresh_text.strip())
    if is_new_request(reading):
        return False
    return unclear and any(part in parts and case.stage in stages for part, stages in waits.items())
