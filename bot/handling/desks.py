"""What the database knows of a case, laid on the desk before a mail on it is decided."""

from datetime import datetime

from bot.handling.reading import Known
from bot.rules.case import Case
from bot.rules.desk import Desk
from bot.rules.mail import Mail
from bot.rules.notice import NoticeKind
from bot.rules.policy import Policy
from bot.rules.saying import matter_of
from bot.store.store import Tx


def lay_desk(tx: Tx, policy: Policy, case: Case | None, known: Known, mail: Mail, now: datetime) -> Desk:
    """The desk for `mail` and its `case` (None: a mail without one).

    What the case has none of, as one glance tells, is not asked for.
    """
    if case is None:
        return Desk(policy, now, known.proof)
    there = tx.glances.of_case(case.id)
    matters = tx.matters.of(case.id) if there.matters else ()
    return Desk(
        policy,
        now,
        known.proof,
        tx.documents.of(case.id) if there.documents else (),
        tuple(d for d in tx.deadlines.of(case.id) if d.done_at is None),
        work=tx.work.of(case.id) if there.work else (),
        matters=matters,
        rating=tx.ratings.current(case.id) if there.ratings else None,
        answers=_answers(tx, mail, case) if matters else "",
        known_person=known.known_person,
    )


def _answers(tx: Tx, mail: Mail, case: Case) -> str:
    """The name of the matter whose notice the mail answers; "" when it answers none."""
    told = {NoticeKind.MATTER, NoticeKind.MATTER_TOLD}
    parent = mail.thread_ids[:1]
    keys = (x.notice_key for x in tx.outbox.of_case(case.id) if x.kind in told and x.message_id in parent)
    return matter_of(next(keys, ""))
