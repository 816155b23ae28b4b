"""Which deadlines a row sets once its case is known: armed, handed over, or owed for what the yes lacks (R8, R9)."""

from dataclasses import replace

from bot.rules.applying import Cause, arm, not_at_once
from bot.rules.assigning import changed_lines, lacking
from bot.rules.case import Case, Deadline, DeadlineKind, Proposal
from bot.rules.decision import Decision
from bot.rules.desk import Desk
from bot.rules.kinds import is_proposal
from bot.rules.papers.writing import awaits_outline
from bot.rules.parts import who_decides
from bot.rules.policy import Policy
from bot.rules.table import AT_WORK, Event, Row
from bot.rules.times.deadlines import assign_deadline
from bot.rules.wishes import days_words, wish_words

ASSIGNING = frozenset({Event.APPROVE, Event.CONDITION, Event.ASSIGN, Event.CHANGE_AGREED, Event.RESCHEDULE_AGREED})
"""Events whose mail may name engineer, date, workload or nature."""


def arm_row(row: Row, before: Case, after: Case, cause: Cause, desk: Desk) -> tuple[Deadline, ...]:
    """The row's deadlines; besides them, the ones that a new nature, engineer or decider changes."""
    armed = {kind: made for kind in row.arms if (made := arm(kind, after, cause))}
    if row.event is Event.ASSIGN and (before.on, before.until) == (after.on, after.until):
        armed.pop(DeadlineKind.COMPLETE, None)
        if before.engineers[:1] != after.engineers[:1]:
            armed |= _hand_over(DeadlineKind.COMPLETE, after.engineers[0], desk)
    if row.event is Event.DELEGATE:
        armed |= _hand_over(DeadlineKind.CONFIRM, after.decider, desk)
    start = arm(DeadlineKind.START, after, cause) if row.event in ASSIGNING else None
    if start and before.nature is not after.nature:
        armed[DeadlineKind.START] = start
    return (*armed.values(), *_documents_due(row, before, after, cause))


def _documents_due(row: Row, before: Case, after: Case, cause: Cause) -> tuple[Deadline, ...]:
    """What document support owes once it is agreed to: the contents before it starts (R5), the proposal (R16)."""
    if row.event not in _AGREEING or after.stage not in AT_WORK:
        return ()
    began = before.stage not in AT_WORK or row.event is Event.EMERGENCY
    kinds: list[DeadlineKind] = []
    if awaits_outline(after) and (began or before.on != after.on):
        kinds.append(DeadlineKind.OUTLINE)
    if is_proposal(after) and after.proposal is Proposal.NONE and (began or before.nature is not after.nature):
        kinds.append(DeadlineKind.PROPOSAL)
    return tuple(made for kind in kinds if (made := arm(kind, after, cause)))


_AGREEING = ASSIGNING | {Event.EMERGENCY}


def what_changed(policy: Policy, before: Case, after: Case, event: Event) -> str:
    """Old → new for the history's line: arrangement, date asked for, sales' wish (R33)."""
    if event in ASSIGNING:
        return changed_lines(policy, before, after)
    if event in {Event.RESCHEDULE, Event.WITHDRAW_ASKED} and after.wish:
        return wish_words(after)
    if event is Event.RESCHEDULE:
        was, now = days_words(before.wanted, before.wanted_until), days_words(after.wanted, after.wanted_until)
        return f"支持日期：{was} → {now}"
    return ""


def settled_ends(row: Row, before: Case, after: Case) -> tuple[DeadlineKind, ...]:
    """The row's ends; and nobody is chased for a question that its mail settled besides."""
    settled = (DeadlineKind.WISH,) if before.wish and not after.wish else ()
    return tuple(dict.fromkeys((*row.ends, *settled)))


def _hand_over(kind: DeadlineKind, owner: str, desk: Desk) -> dict[DeadlineKind, Deadline]:
    """The open deadline of that kind, owed by somebody else from now on; its time stays."""
    return {d.kind: replace(d, owner=owner, id=0) for d in desk.open_deadlines if d.kind is kind}


def owe_lack(decision: Decision, after: Case, cause: Cause, desk: Desk) -> Decision:
    """A yes without engineer or date: the director owes them, or the case would be forgotten (R9, R11)."""
    lack = lacking(after)
    if not lack:
        return replace(decision, ends=tuple(dict.fromkeys((*decision.ends, DeadlineKind.CONFIRM))))
    if any(d.kind is DeadlineKind.CONFIRM for d in desk.open_deadlines) and DeadlineKind.CONFIRM not in decision.ends:
        return decision
    owner = who_decides(desk.policy, after, desk.policy.hours.local(desk.now).date())
    if not owner:
        return decision
    made = not_at_once(assign_deadline(desk.policy, desk.now, owner, lack), cause)
    return replace(decision, arms=(*decision.arms, made))
