"""What a row of THE TABLE does to the case, and the deadlines it arms."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from bot.rules import deadlines
from bot.rules.assigning import assign, read_nature
from bot.rules.case import Case, Deadline, DeadlineKind, HistoryEntry, Proposal, Wish
from bot.rules.kinds import is_proposal
from bot.rules.mail import Assignment, Reading
from bot.rules.parts import who_decides
from bot.rules.policy import Policy
from bot.rules.table import ASKED, Event, Row, Who
from bot.rules.wishes import end_wish, make_wish
from bot.rules.words import Intent, Stage
from bot.rules.writing import propose_outline


@dataclass(frozen=True, slots=True)
class Cause:
    """What makes a row apply: at what moment, by whom, by which mail (None: the clock)."""

    policy: Policy
    now: datetime
    actor: str
    reading: Reading | None = None
    delegate: str = ""  # address, for Event.DELEGATE
    figure: Decimal | None = None  # 人天, for Event.SIGNED

    @property
    def at(self) -> datetime:
        """The moment that counts: the mail's receipt (R43), or now."""
        return self.reading.envelope.received_at if self.reading else self.now


def apply_row(row: Row, case: Case, cause: Cause) -> Case:
    """The case after the row: its fields, its stage; a new stage opens a new round, which voids older secrets."""
    effect = (_OF_DECIDER.get(row.event) if row.who is Who.DECIDER else None) or _EFFECTS.get(row.event)
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


def summarise(reading: Reading) -> str:
    """One line of what the mail said (R34)."""
    line = " ".join(reading.mail.fresh_text.split())
    return line if len(line) <= 120 else line[:119] + "…"


def summarise_cause(cause: Cause) -> str:
    """What the mail behind it said, "" for the clock."""
    return summarise(cause.reading) if cause.reading else ""


def _worked(case: Case, cause: Cause) -> Case:
    """Who reports from the work does it, when nobody else was named."""
    return case if case.engineers else replace(case, engineers=(cause.actor,))


def _completed(case: Case, cause: Cause) -> Case:
    unanswered = ((case.change, "完成前未答复"),) if case.change else ()
    case = end_wish(case, "完成前未答复")
    if is_proposal(case) and case.proposal is Proposal.NONE:
        case = replace(case, proposal=Proposal.SENT)
    done = replace(case, completed_at=cause.at, silence_held="", tacit=False)
    return _worked(replace(done, change="", changes=(*case.changes, *unanswered)), cause)


def _assigned(case: Case, cause: Cause) -> Case:
    """What the director says; a day of their own settles sales' wish for another."""
    if cause.reading is None:
        return case
    said = cause.reading.assignment
    settled = case.wish is Wish.RESCHEDULE and said.on is not None
    return assign(cause.policy, end_wish(case, f"总监：{summarise(cause.reading)}") if settled else case, said)


def _approved(case: Case, cause: Cause) -> Case:
    return replace(_assigned(case, cause), condition="", postponed_to=None, decided_by=cause.actor)


def _rejected(case: Case, cause: Cause) -> Case:
    case = end_wish(case, "总监收回同意") if case.stage not in ASKED else case
    return replace(_reopened(case, cause) if case.stage not in ASKED else case, decided_by=cause.actor)


def _taken_back(case: Case, _cause: Cause) -> Case:
    return replace(end_wish(case, "总监收回同意"), decided_by="")


def _wished(wish: Wish) -> Callable[[Case, Cause], Case]:
    return lambda case, cause: make_wish(case, wish, cause.reading, summarise(cause.reading) if cause.reading else "")


def _reschedule_agreed(case: Case, cause: Cause) -> Case:
    said = cause.reading.assignment if cause.reading else Assignment()
    agreed = assign(cause.policy, case, said)
    moved = replace(agreed, on=case.wish_on, until=case.wish_until, wanted=case.wish_on, wanted_until=case.wish_until)
    done = end_wish(case, "总监同意")
    return replace(moved, wish=done.wish, wish_on=None, wish_until=None, wish_said="", changes=done.changes)


def _wish_refused(case: Case, cause: Cause) -> Case:
    return end_wish(case, f"总监不同意：{summarise(cause.reading)}" if cause.reading else "总监不同意")


def _conditional(case: Case, cause: Cause) -> Case:
    said = cause.reading.meaning.condition or summarise(cause.reading) if cause.reading else ""
    return replace(_assigned(case, cause), condition=said)


def _postponed(case: Case, cause: Cause) -> Case:
    """The day named, if it is still to come."""
    day = cause.reading.assignment.on if cause.reading else None
    today = cause.policy.hours.local(cause.now).date()
    return replace(case, postponed_to=day if day and day > today else None)


def _deviated(case: Case, cause: Cause) -> Case:
    said = summarise(cause.reading) if cause.reading else ""
    return replace(case, change=f"{case.change}；{said}" if case.change else said)


def _change_agreed(case: Case, cause: Cause) -> Case:
    said = cause.reading.assignment if cause.reading else None
    days = said.days if said and said.days is not None else case.days
    outcome = summarise(cause.reading) if cause.reading else ""
    return replace(case, days=days, change="", changes=(*case.changes, (case.change, f"同意：{outcome}")))


def _change_agreed_above(case: Case, cause: Cause) -> Case:
    """The director decides the change and may name anything with it (R18)."""
    return _change_agreed(_assigned(case, cause), cause)


def _change_refused(case: Case, cause: Cause) -> Case:
    outcome = summarise(cause.reading) if cause.reading else ""
    return replace(case, change="", changes=(*case.changes, (case.change, f"不同意：{outcome}")))


def _reopened(case: Case, _cause: Cause) -> Case:
    return replace(case, completed_at=None, tacit=False, silence_held="", settled_days=None)


def _resent(case: Case, cause: Cause) -> Case:
    """The request is there at last: what its subject and body say completes the case (R4, R6, R22)."""
    if cause.reading is None:
        return case
    fields, subject = cause.reading.fields, cause.reading.mail.subject
    nature = case.nature or read_nature(fields)
    case = replace(case, retroactive=False, fields=fields.values or case.fields, nature=nature)
    if not (case.emergency and subject.fits):
        return case
    return replace(
        case,
        subject=subject.normal,
        customer=subject.customer,
        project=subject.project,
        sales_name=subject.sales,
        subject_date=subject.date,
        wanted=fields.on,
        wanted_until=fields.until,
    )


def _settled(case: Case, cause: Cause) -> Case:
    said = cause.reading.assignment.days if cause.reading else case.settled_days
    return replace(case, settled_days=said if said is not None else case.days)


_EFFECTS: dict[Event, Callable[[Case, Cause], Case]] = {
    Event.APPROVE: _approved,
    Event.ASSIGN: _assigned,
    Event.CONDITION: _conditional,
    Event.POSTPONE: _postponed,
    Event.DELEGATE: lambda case, cause: replace(case, decider=cause.delegate),
    Event.OUTLINE: lambda case, cause: propose_outline(case, cause.actor, summarise_cause(cause)),
    Event.OUTLINE_AGREED: lambda case, _cause: replace(case, outline_agreed=True),
    Event.PROPOSAL: lambda case, cause: replace(_worked(case, cause), proposal=Proposal.SENT),
    Event.REVISE: lambda case, _cause: replace(case, proposal=Proposal.REVISE),
    Event.UNDERSTOOD: lambda case, _cause: replace(case, proposal=Proposal.UNDERSTOOD),
    Event.LEFT_SITE: _worked,
    Event.DEVIATION: _deviated,
    Event.CHANGE_AGREED: _change_agreed,
    Event.CHANGE_REFUSED: _change_refused,
    Event.COMPLETED: _completed,
    Event.RETROACTIVE: lambda case, cause: replace(_completed(case, cause), retroactive=True),
    Event.EMERGENCY: lambda case, cause: _approved(case, cause) if case.stage is Stage.APPROVED else case,
    Event.RESENT: _resent,
    Event.ACCEPT: lambda case, _cause: replace(case, tacit=False, silence_held=""),
    Event.SILENCE: lambda case, _cause: replace(case, tacit=True),
    Event.DOUBT: lambda case, _cause: replace(case, silence_held="销售已答复但未表明是否验收"),
    Event.OBJECT: _reopened,
    Event.REJECT: _rejected,
    Event.RESCHEDULE: _wished(Wish.RESCHEDULE),
    Event.WITHDRAW_ASKED: _wished(Wish.WITHDRAW),
    Event.RESCHEDULE_AGREED: _reschedule_agreed,
    Event.WITHDRAW_AGREED: lambda case, _cause: end_wish(case, "总监同意"),
    Event.WISH_REFUSED: _wish_refused,
    Event.SETTLE: _settled,
    Event.SIGNED: lambda case, cause: replace(case, settled_days=cause.figure),
}


_OF_DECIDER: dict[Event, Callable[[Case, Cause], Case]] = {
    Event.WITHDRAW: _taken_back,
    Event.CHANGE_AGREED: _change_agreed_above,
}
"""Where the director's word does more than that of sales."""


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
