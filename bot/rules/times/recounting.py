"""Provisional deadlines counted again once the year's calendar is known (R42)."""

from dataclasses import replace
from datetime import datetime

from bot.rules.applying import Cause, arm_since, not_at_once
from bot.rules.assigning import lacking
from bot.rules.case import Case, Deadline, DeadlineKind, HistoryEntry
from bot.rules.policy import Policy
from bot.rules.table import AT_WORK
from bot.rules.times.deadlines import assign_deadline
from bot.rules.times.hours import moment_words


def recount(policy: Policy, case: Case, deadline: Deadline, now: datetime) -> tuple[Deadline, HistoryEntry] | None:
    """The deadline by the calendar as it is known now, with its line for the history; None while it stays provisional.

    Who owes it and how often they were nudged stays as it was.
    """
    if not deadline.provisional or deadline.set_at is None:
        return None
    made = _count_again(policy, case, deadline, deadline.set_at)
    if made is None or made.provisional:
        return None
    local = policy.hours.local
    made = replace(not_at_once(made, Cause(policy, now, "zhichi")), owner=deadline.owner)
    moved = f"由{moment_words(local(deadline.due_at))}改为{moment_words(local(made.due_at))}"
    what = "不变" if made.due_at == deadline.due_at else moved
    why = f"放假安排已公布，暂定的期限重新计算，{what}（R42）：{made.why}"
    return made, HistoryEntry(now, "zhichi", "recounted", case.stage, case.stage, why)


def _count_again(policy: Policy, case: Case, deadline: Deadline, since: datetime) -> Deadline | None:
    if deadline.kind is DeadlineKind.CONFIRM and case.stage in AT_WORK:
        return assign_deadline(policy, since, deadline.owner, lacking(case) or "安排")
    if deadline.kind is DeadlineKind.ACCEPT and deadline.step == 0 and case.completed_at:
        since = case.completed_at
    return arm_since(deadline.kind, case, Cause(policy, since, "zhichi"), since)
