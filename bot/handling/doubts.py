"""What a new request may be mistaken for, looked up before it is decided on; each is asked about once (R3, R6)."""

from bot.rules.case import Case, DeadlineKind
from bot.rules.joining import join_slot
from bot.rules.mail import SubjectReading
from bot.rules.notice import NoticeKind
from bot.rules.people import Person
from bot.rules.resending import customer_slot
from bot.rules.saying import general_key
from bot.rules.table import ENDED
from bot.store.store import Tx


def near_customers(tx: Tx, subject: SubjectReading, sender: Person | None) -> tuple[str, ...]:
    """Known customers the request's customer may be a slip of; () when its sender was asked about it before (R3)."""
    if sender is None or not (subject.is_request and subject.fits):
        return ()
    near = tx.customers.near(subject.customer)
    asked = near and tx.outbox.has_notice(general_key(NoticeKind.SUBJECT_HELP, customer_slot(sender, subject)))
    return () if asked else near


def awaited_requests(tx: Tx, subject: SubjectReading, sender: Person | None) -> tuple[Case, ...]:
    """Cases that await their request (R6, R22), for a new request; () when its sender was asked about it before."""
    if sender is None or subject.is_reply or not (subject.is_request and subject.fits):
        return ()
    if tx.outbox.has_notice(general_key(NoticeKind.JOIN_ASKED, join_slot(sender, subject))):
        return ()
    cases = (tx.cases.get(case_id) for case_id in tx.deadlines.waiting_for(DeadlineKind.RESEND))
    return tuple(case for case in cases if case.retroactive and case.stage not in ENDED)
