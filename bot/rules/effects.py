"""What each event of THE TABLE changes in the case's value."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from bot.rules.assigning import assign, read_nature
from bot.rules.case import Case, Proposal, Wish
from bot.rules.cause import Cause, summarise, summarise_cause
from bot.rules.kinds import is_proposal
from bot.rules.mail import Assignment, Remarks
from bot.rules.papers.writing import propose_outline
from bot.rules.table import ASKED, Event
from bot.rules.wishes import end_wish, make_wish
from bot.rules.words import Stage


def _worked(case: Case, cause: Cause) -> Case:
    """Who reports from the work does it, when nobody else was named."""
    return case if case.engineers else replace(case, engineers=(cause.actor,))


def _completed(case: Case, cause: Cause) -> Case:
    unanswered = ((case.change, "完成前未答复"),) if case.change else ()
    case = end_wish(case, "完成前未答复")
    if is_proposal(case) and case.proposal is Proposal.NONE:
        case = replace(case, proposal=Proposal.SENT)
    done = replace(case, completed_at=cause.at, silence_held="", tacit=False)
    return _worked(replace(done, change="", change_days=None, changes=(*case.changes, *unanswered)), cause)


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
    before = case.days if case.change_days is None else case.change_days
    asked = _new_days(before, cause)
    return replace(
        case, change=f"{case.change}；{said}" if case.change else said, change_days=asked or case.change_days
    )


def _new_days(before: Decimal | None, cause: Cause) -> Decimal | None:
    """The workload a mail about a change names: anew, or on top of the one before; None when it names none."""
    said = cause.reading.remarks if cause.reading else Remarks()
    named = cause.reading.assignment.days if cause.reading else None
    days = said.days if named is None else named
    return days + before if days is not None and said.adds_days and before is not None else days


def _change_agreed(case: Case, cause: Cause) -> Case:
    """At the workload the answer names; else at the one that was asked for."""
    days = _new_days(case.days, cause) or case.change_days or case.days
    outcome = summarise(cause.reading) if cause.reading else ""
    changes = (*case.changes, (case.change, f"同意：{outcome}"))
    return replace(case, days=days, change="", change_days=None, changes=changes)


def _change_agreed_above(case: Case, cause: Cause) -> Case:
    """The director decides the change and may name anything with it (R18)."""
    agreed = _change_agreed(case, cause)
    return replace(_assigned(agreed, cause), days=agreed.days)


def _change_refused(case: Case, cause: Cause) -> Case:
    outcome = summarise(cause.reading) if cause.reading else ""
    return replace(case, change="", change_days=None, changes=(*case.changes, (case.change, f"不同意：{outcome}")))


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


EFFECTS: dict[Event, Callable[[Case, Cause], Case]] = {
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


OF_DECIDER: dict[Event, Callable[[Case, Cause], Case]] = {
    Event.WITHDRAW: _taken_back,
    Event.CHANGE_AGREED: _change_agreed_above,
}
"""Where the director's word does more than that of sales."""
