"""Two who may decide answer differently: the first answer stands until its author changes it, and all are told (R10).

A director always overrules a delegate, and everybody may change their own mind.
"""

from bot.rules.applying import summarise
from bot.rules.case import Case
from bot.rules.decision import Decision, Say
from bot.rules.desk import Desk
from bot.rules.mail import Reading
from bot.rules.notice import NoticeKind as N
from bot.rules.people import Person
from bot.rules.record_lines import line_of_void
from bot.rules.table import AT_WORK, Event, Row, Who
from bot.rules.words import Role, Stage


def contradicts(row: Row, case: Case, sender: Person, desk: Desk) -> bool:
    """Whether this would undo what another decided who is not below the sender."""
    undoes = (case.stage in AT_WORK and row.event in {Event.REJECT, Event.WITHDRAW}) or (
        case.stage is Stage.DECLINED and row.event is Event.APPROVE
    )
    first = desk.policy.company.find(case.decided_by) if case.decided_by else None
    if row.who is not Who.DECIDER or not undoes or first is None or first == sender:
        return False
    today = desk.policy.hours.local(desk.now).date()
    if sender in desk.policy.company.delegates_of((first,), today):
        return False
    return Role.DIRECTOR in first.roles or Role.DIRECTOR not in sender.roles


def decide_conflict(reading: Reading, row: Row, case: Case, sender: Person, desk: Desk) -> Decision:
    """Nothing moves; both answers are on record, and all learn what holds and who can change it."""
    first = desk.policy.company.find(case.decided_by)
    name = first.name if first else case.decided_by
    stands = "不同意" if case.stage is Stage.DECLINED else "同意"
    because = f"{name}已答复{stands}，{sender.name}答复不同；在{name}改变决定之前以先前的答复为准（R10）"
    entry = line_of_void("conflict", because, row, reading, case, sender, desk)
    told = Say(N.CONFLICT, to=(case.decided_by, sender.address), text=summarise(reading))
    return Decision(why=entry.why, case=case, history=(entry,), says=(told,))
