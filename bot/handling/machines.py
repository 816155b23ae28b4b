"""A machine's mail: our own copy, a bounce, an automatic answer, a calendar's; what it does and what it tells (R24)."""

from dataclasses import replace
from datetime import datetime

from bot.handling.desks import lay_desk
from bot.handling.evidence import bounced_case, judge_own, written_to
from bot.handling.reading import Known
from bot.rules.automatic import Learnt, Mark, MarkKind, decide_automatic
from bot.rules.case import Case
from bot.rules.mail import Mail
from bot.rules.people import Person
from bot.rules.plans.inviting import find_ref
from bot.rules.policy import Policy
from bot.rules.words import Kind
from bot.store.address_tables import MarkKind as StoredMark
from bot.store.store import Tx


def judge_automatic(tx: Tx, mail: Mail, known: Known, sender: Person | None, policy: Policy, now: datetime) -> Learnt:
    """What the machine's `mail` does, and what it tells about addresses; `sender`: whose address it came from."""
    if mail.kind is Kind.OWN:
        return judge_own(tx, mail, policy, now)
    case = _invited_case(tx, mail) or known.match.case or bounced_case(tx, mail)
    believed = written_to(tx, mail) if mail.kind is Kind.BOUNCE else frozenset()
    away = frozenset(mark.address for mark in tx.marks.all() if mark.what is StoredMark.AWAY)
    desk = replace(lay_desk(tx, policy, case, known, mail, now), away=away)
    return decide_automatic(mail, case, sender, desk, believed=believed)


def _invited_case(tx: Tx, mail: Mail) -> Case | None:
    """The case whose entry a calendar answers: many clients tie their answer to nothing else."""
    ref = find_ref(mail.calendar.uid) if mail.calendar else ""
    return tx.cases.by_ref(ref) if ref else None


def keep_marks(tx: Tx, mail: Mail, marks: tuple[Mark, ...], now: datetime) -> None:
    """Put down what the mail tells about addresses (R24)."""
    for mark in marks:
        if mark.kind is MarkKind.BOUNCED:
            tx.marks.mark_bounced(mark.address, mark.why, now)
            for own_id in mail.own_ids:
                tx.outbox.mark_bounced(own_id, mark.address, mark.why)
        else:
            tx.marks.mark_away(mark.address, mark.why, now)
