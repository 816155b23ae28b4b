"""What a row of THE TABLE does to the case, and the deadlines it arms."""

from dataclasses import replace
from datetime import datetime

from bot.rules.case import Case, Deadline, DeadlineKind, HistoryEntry, Proposal
from bot.rules.cause import Cause as Cause
from bot.rules.cause import summarise as summarise
from bot.rules.effects import EFFECTS, OF_DECIDER
from bot.rules.kinds import is_proposal
from bot.rules.parts import who_decides
from bot.rules.table import Event, Row, Who
from bot.rules.times import deadlines
from bot.rules.words import Intent


def apply_row(row: Row, case: Case, cause: Cause) -> Case:
    """The case after the row: its fields, its stage; a new stage opens a new round, which voids older secrets."""
    effect = (OF_DECIDER.get(row.event) if row.who is Who.DECIDER else None) or EFFECTS.get(row.event)
    changed = effect(case, cause) if effect else case
    if row.to is None or row.to is case.stage:
        return changed
    return replace(changed, stage=row.to, round=case.round + 1)


def tell(row: Row, before: Case, after: Case, cause: Cause, more: str = "") -> HistoryEntry:
    """The history's line for a row: what, from where to where, why, and the mail that caused it (R49)."""
    reading = cause.reading
    said = reading.meaning.why if reading and row.event not in _NO_REPLY else ""
    reason = f"{row.says}。{said}" if said else row.says
    return HistoryEntry(
        at=cause.now,
        actor=cause.actor,
        event=row.event.value,
        from_stage=before.stage if before.version else None,
        to_stage=after.stage,
        why=f"{reason}；{more}" if more else reason,
        mail=reading.mail.message_id if reading else "",
        summary=summarise(reading) if reading else "",
    )


_NO_REPLY = frozenset({Event.REQUEST, Event.RESENT})
"""Mails whose words answer nothing, so how they would read as an answer is no reason."""


_MOVABLE = frozenset(DeadlineKind) - {DeadlineKind.CONFIRM, DeadlineKind.START, DeadlineKind.ACCEPT}
"""Periods of our own: whoever learns of one only when it is over gets a whole one from then."""


def arm(kind: DeadlineKind, case: Case, cause: Cause) -> Deadline | None:
    """The deadline of that kind for the changed case; None when nobody owes it or its day is not known yet."""
    made = arm_since(kind, case, cause, cause.at)
    if made and kind in _MOVABLE and made.due_at <= cause.now:
        made = arm_since(kind, case, cause, cause.now)
    if made is None or not (made.owner or kind is DeadlineKind.START):
        return None
    return not_at_once(made, cause)


def not_at_once(made: Deadline, cause: Cause) -> Deadline:
    """Nobody is reminded of what was just said: a first nudge already past waits for the due time.

    The chaser before silence must still go out (R24): it then comes as late as a reminder, or at once.
    """
    if made.next_at is None or not made.next_at <= cause.now < made.due_at:
        return made
    if made.kind is DeadlineKind.ACCEPT:
        last = cause.policy.hours.subtract_open_time(made.due_at, cause.policy.chase.remind_before)
        return replace(made, next_at=max(cause.now, last))
    return replace(made, next_at=made.due_at, step=max(made.step, 1))


def arm_since(kind: DeadlineKind, case: Case, cause: Cause, since: datetime) -> Deadline | None:
    """The deadline of that kind counted from `since`; its owner may still be ""."""
    policy = cause.policy
    director = who_decides(policy, case, policy.hours.local(cause.now).date())
    engineer = next(iter(case.engineers), "")
    match kind:
        case DeadlineKind.CONFIRM:
            return _arm_confirm(case, cause, director)
        case DeadlineKind.START:
            return deadlines.start_deadline(policy, case.received_at, case.nature, engineer, proposal=is_proposal(case))
        case DeadlineKind.COMPLETE:
            return _arm_complete(case, cause, since, engineer or director)
        case DeadlineKind.OUTLINE:
            return deadlines.outline_deadline(policy, case.on, since, engineer or case.sales)
        case DeadlineKind.PROPOSAL if case.proposal is not Proposal.REVISE:
            return deadlines.proposal_deadline(policy, case.received_at, since, case.nature, engineer or director)
        case DeadlineKind.ACCEPT:
            return deadlines.accept_deadline(policy, since, case.sales)
        case DeadlineKind.POSTPONED:
            return deadlines.postponed_deadline(policy, case.postponed_to, since, director)
        case DeadlineKind.CLOSE | DeadlineKind.SETTLE | DeadlineKind.WISH:
            owner = director
        case DeadlineKind.DOCUMENTS | DeadlineKind.FORM | DeadlineKind.PROPOSAL:
            owner = engineer or case.sales
        case _:
            owner = case.sales
    return deadlines.days_deadline(policy, kind, since, owner)


def _arm_confirm(case: Case, cause: Cause, director: str) -> Deadline:
    """From the request (R8); when the director is asked once more, from what makes them decide again."""
    if case.round == 0:
        return deadlines.confirm_deadline(cause.policy, case.received_at, director, proposal=is_proposal(case))
    what = "答复" if cause.reading else "推迟期满的申请"
    return deadlines.confirm_deadline(cause.policy, cause.at, director, what)


def _arm_complete(case: Case, cause: Cause, since: datetime, owner: str) -> Deadline | None:
    """From the confirmed day; after a visit, an objection or a late confirmation from that day (R21)."""
    intent = cause.reading.meaning.intent if cause.reading else None
    told = _TOLD.get(intent) if intent else None
    today = cause.policy.hours.local(since).date()
    day = case.until or case.on
    if day is None and told is None:
        return None
    if day is None or day < today:
        return deadlines.complete_deadline(cause.policy, today, owner, told or "支持安排确认于")
    return deadlines.complete_deadline(cause.policy, day, owner)


_TOLD = {Intent.LEFT_SITE: "离场日为", Intent.REJECT: "异议提出于", Intent.OBJECT: "异议提出于"}
