"""How the rules with a deadline were kept in a month (R8, R21, R23, R25, R26)."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.rules.case import Deadline, DeadlineKind
from bot.rules.policy import Policy
from bot.rules.reports.month import Missed, MonthMaterial, Rate


@dataclass(frozen=True, slots=True)
class Measured:
    """A rule whose deadline is measured: which deadline, and what on the case's record meets it."""

    rule: str
    name: str
    kind: DeadlineKind
    met_by: frozenset[str]
    silence: bool = False  # the rule itself counts silence: told apart from an answer


MEASURED = (
    Measured(
        "R8", "总监确认申请", DeadlineKind.CONFIRM,
        frozenset({"approve", "condition", "need_info", "postpone", "reject"}),
    ),
    Measured("R21", "工程师确认完成", DeadlineKind.COMPLETE, frozenset({"completed"})),
    Measured("R23", "销售验收", DeadlineKind.ACCEPT, frozenset({"accept", "object", "doubt"}), silence=True),
    Measured("R25", "总监确认关闭", DeadlineKind.CLOSE, frozenset({"close", "reject"})),
    Measured("R26", "工程师提交文档", DeadlineKind.DOCUMENTS, frozenset({"documents", "archive"})),
)  # fmt: skip


def judge_deadlines(
    policy: Policy, first: date, last: date, material: MonthMaterial, now: datetime
) -> tuple[tuple[Rate, ...], tuple[Missed, ...]]:
    """Each rule's rate from `first` to `last`, as at `now`, and every deadline that was not kept."""
    judged = [_judge(measured, material, now) for measured in MEASURED]
    rates = tuple(_with_prompt(policy, first, last, rate, material) for rate, _ in judged)
    return rates, tuple(_name_owner(policy, m) for _, missed in judged for m in missed)


def _judge(measured: Measured, material: MonthMaterial, now: datetime) -> tuple[Rate, list[Missed]]:
    counted = dict.fromkeys(("on_time", "late", "silent", "waiting"), 0)
    missed: list[Missed] = []
    for deadline in material.deadlines:
        if deadline.kind is not measured.kind:
            continue
        verdict, met_at = _verdict(measured, deadline, material, now)
        if verdict:
            counted[verdict] += 1
        if verdict in {"late", "waiting"}:
            case = material.cases[deadline.case_id]
            missed.append(Missed(measured.rule, case.ref, case.customer, deadline.owner, deadline.due_at, met_at))
    return Rate(measured.rule, measured.name, **counted), missed


def _with_prompt(policy: Policy, first: date, last: date, rate: Rate, material: MonthMaterial) -> Rate:
    """Closed with all documents there: no deadline was ever set for them, and they were in time (R26)."""
    if rate.rule != "R26":
        return rate
    prompt = 0
    for entries in material.history.values():
        closed = {e.at for e in entries if e.event == "close" and first <= policy.hours.local(e.at).date() <= last}
        prompt += sum(e.event == "documents" and e.at in closed for e in entries)
    return replace(rate, on_time=rate.on_time + prompt)


def _verdict(
    measured: Measured, deadline: Deadline, material: MonthMaterial, now: datetime
) -> tuple[str, datetime | None]:
    """on_time, late, silent, waiting; "" when it was overtaken by something else, or is not due yet.

    A mail counts from its receipt (R43), not from the moment the bot read it.
    """
    if deadline.done_at is None:
        return ("waiting", None) if deadline.due_at < now else ("", None)
    ended = [e for e in material.history.get(deadline.case_id, ()) if e.at == deadline.done_at]
    if measured.silence and any(e.event == "silence" for e in ended):
        return "silent", deadline.done_at
    met = next((e for e in ended if e.event in measured.met_by), None)
    if met is None:
        return "", None
    met_at = min(deadline.done_at, material.received.get(met.mail, deadline.done_at))
    return ("on_time" if met_at <= deadline.due_at else "late"), met_at


def _name_owner(policy: Policy, missed: Missed) -> Missed:
    person = policy.company.find(missed.owner)
    name = person.name if person else missed.owner
    return replace(missed, owner=name)
