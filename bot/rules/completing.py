"""What sales add to their request later, or change in it: every requirement old → new on the record (R4, R33)."""

from dataclasses import replace

from bot.rules.case import Case, HistoryEntry
from bot.rules.decision import Decision
from bot.rules.desk import PROVED, Desk
from bot.rules.mail import Reading
from bot.rules.record_lines import line_of_mail
from bot.rules.table import AT_WORK, Who

_DAY = "支持时间"
_LONGEST = 60


def complete_request(decision: Decision, reading: Reading, parts: frozenset[Who], desk: Desk) -> Decision:
    """The decision with what the mail of sales fills in; only a proved mail changes what was said before.

    The day of the support is not changed here once the director has agreed to one: that asks for consent.
    """
    case = decision.case
    if case and Who.SALES in parts and reading.remarks.tell_sales_leaving and not case.leave_to_sales:
        case = replace(case, leave_to_sales=True)
        decision = replace(decision, case=case, changed=True)
    if case is None or Who.SALES not in parts or not reading.fields.values:
        return decision
    known = dict(case.fields)
    changed = tuple(
        (label, known.get(label, ""), value)
        for label, value in reading.fields.values
        if known.get(label) != value and (label not in known or _may_change(label, case, desk))
    )
    if not changed:
        return decision
    fields = known | {label: value for label, _, value in changed}
    after = replace(case, fields=tuple(fields.items()))
    if reading.fields.on and (case.wanted is None or case.stage not in AT_WORK):
        after = replace(after, wanted=reading.fields.on, wanted_until=reading.fields.until)
    entry = _entry(changed, after, reading, desk)
    return replace(decision, case=after, changed=True, history=(*decision.history, entry))


def _may_change(label: str, case: Case, desk: Desk) -> bool:
    return desk.proof in PROVED and not (label == _DAY and case.stage in AT_WORK)


def _entry(changed: tuple[tuple[str, str, str], ...], case: Case, reading: Reading, desk: Desk) -> HistoryEntry:
    lines = "；".join(f"{label}：{_short(was) or '未写明'} → {_short(now)}" for label, was, now in changed)
    why = f"销售补充或更改申请内容：{lines}（R4、R33）"
    return line_of_mail("fields", why, reading, case, reading.mail.sender.email, desk.now)


def _short(value: str) -> str:
    line = " ".join(value.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
