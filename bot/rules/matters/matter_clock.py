"""What the clock does about matters: the next level after so many working hours (R32), missed deadlines put there."""

from dataclasses import replace

from bot.rules.audience import next_in_line
from bot.rules.case import Case, Deadline
from bot.rules.decision import Decision
from bot.rules.desk import Desk
from bot.rules.matters.matter import Act, Issue, Matter, MatterKind, MatterSaid
from bot.rules.matters.mattering import add
from bot.rules.matters.putting import BOT, climb, start
from bot.rules.scene import AWAITED
from bot.rules.times.nudging import may_nudge


def decide_unanswered(matter: Matter, case: Case, desk: Desk) -> Decision:
    """What happens at `matter.next_at` ≤ now. Always moves `next_at` on, so nothing is put twice."""
    base = Decision(why=f"{matter.name}未获答复", case=case)
    if not matter.waits:
        return replace(base, matters=(replace(matter, next_at=None),))
    if not may_nudge(desk.policy.hours, desk.now):
        return replace(base, matters=(replace(matter, next_at=desk.policy.hours.next_open(desk.now)),))
    return add(base, climb(matter, case, desk, told=_told(matter, case, desk)), case, BOT, desk)


def raise_missed(decision: Decision, deadline: Deadline, case: Case, desk: Desk) -> Decision:
    """R11's line is used up: the missed deadline becomes a 时间调整, for those R11 has not told (R32)."""
    open_one = any(m.is_open and m.cause == deadline.kind.value for m in desk.matters)
    if open_one or not desk.policy.escalation.after_deadline:
        return decision
    said = MatterSaid(Act.RAISE, MatterKind.ESCALATION, issue=Issue.TIME, text=f"{AWAITED[deadline.kind]}逾期未办")
    told = _line(deadline.owner, case, desk)
    put = start(said, MatterKind.ESCALATION, case, BOT, desk, desk.matters, cause=deadline.kind.value, told=told)
    return add(decision, put, case, BOT, desk) if put.says else decision


def _told(matter: Matter, case: Case, desk: Desk) -> tuple[str, ...]:
    """Whom R11 has told of the deadline behind a matter: they know, and are not asked again."""
    owner = next((d.owner for d in desk.open_deadlines if d.kind.value == matter.cause), "")
    return _line(owner, case, desk) if owner else ()


def _line(owner: str, case: Case, desk: Desk) -> tuple[str, ...]:
    today = desk.policy.hours.local(desk.now).date()
    return (owner, *(p.address for p in next_in_line(desk.policy, case, owner, today)))
