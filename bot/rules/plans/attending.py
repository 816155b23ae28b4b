"""What people's calendars answer to an invitation: on record, and a refusal told to the director (R38, R47).

It moves nothing and approves nothing: accepting a meeting is no answer to the mail it came with.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.rules.case import Case, HistoryEntry
from bot.rules.decision import Decision, Say, ignore
from bot.rules.desk import Desk
from bot.rules.mail import Mail
from bot.rules.notice import NoticeKind as N
from bot.rules.parts import deciders
from bot.rules.people import Person
from bot.rules.plans.invitation import Attendance, CalendarAnswer, Invitation
from bot.rules.table import AT_WORK
from bot.rules.times.hours import day_words, moment_words
from bot.rules.words import Proof

REPLY, COUNTER = "REPLY", "COUNTER"
NOT_OURS = "日历邮件"
_SAID = {
    Attendance.ACCEPTED: "接受了",
    Attendance.DECLINED: "谢绝了",
    Attendance.TENTATIVE: "暂定接受",
    Attendance.DELEGATED: "把日历邀请转给了别人：",
    Attendance.NEEDS_ACTION: "尚未答复",
}
_REFUSALS = frozenset({Attendance.DECLINED, Attendance.DELEGATED})


@dataclass(frozen=True, slots=True)
class _Heard:
    """An answer that can be tied to a person and the entry they were sent."""

    answer: CalendarAnswer
    person: Person
    address: str  # as invited
    invitation: Invitation


def decide_calendar(mail: Mail, case: Case | None, sender: Person | None, desk: Desk) -> Decision:
    """Record whose calendar answered what; the director hears of an engineer's refusal and of another time proposed."""
    answer = mail.calendar
    if answer is None or answer.method not in {REPLY, COUNTER} or case is None or case.invitation is None:
        return ignore(NOT_OURS)
    if sender is None:
        return ignore("日历答复，发件人不在人员名单中")
    invited = [a for a in case.invitation.people if a in sender.addresses]
    if not invited or (answer.attendee and answer.attendee not in sender.addresses):
        return _record(case, mail, desk, f"{sender.name}的日历答复，但被邀请的不是这个人，只作记录")
    heard = _Heard(answer, sender, invited[0], case.invitation)
    if doubt := _why_not_now(heard, case, desk):
        return _record(case, mail, desk, f"{_words(heard, desk)}（{doubt}，只作记录）")
    return _take(heard, case, mail, desk)


def _why_not_now(heard: _Heard, case: Case, desk: Desk) -> str:
    if desk.proof is Proof.FAIL:
        return "收信服务器判定来信系伪造"
    if heard.invitation.cancelled or case.stage not in AT_WORK:
        return "日程已不再有效"
    return "答复的是更改之前的日程" if heard.answer.sequence < heard.invitation.sequence else ""


def _take(heard: _Heard, case: Case, mail: Mail, desk: Desk) -> Decision:
    words, now_says = _words(heard, desk), heard.answer.answer or Attendance.NEEDS_ACTION
    known = heard.invitation.answer_of(heard.address)
    counters = heard.answer.method == COUNTER
    others = tuple(pair for pair in heard.invitation.answers if pair[0] != heard.address)
    answers = heard.invitation.answers if counters else (*others, (heard.address, now_says))
    decision = replace(
        _record(case, mail, desk, words),
        case=replace(case, invitation=replace(heard.invitation, answers=answers)),
        changed=answers != heard.invitation.answers,
    )
    refuses = now_says in _REFUSALS and now_says is not known and heard.address in case.engineers
    if not (counters or refuses):
        return decision
    bosses = deciders(desk.policy, case, desk.policy.hours.local(desk.now).date())
    unproved = "（来信地址未经验证）" if desk.proof is Proof.NONE else ""
    return decision.and_say(
        Say(
            N.INVITE_ANSWERED, to=tuple(p.address for p in bosses), text=heard.answer.comment, headline=words + unproved
        )
    )


def _words(heard: _Heard, desk: Desk) -> str:
    invitation, name = heard.invitation, heard.person.name
    first, last = day_words(invitation.on), day_words(invitation.until)
    days = first if first == last else f"{first}至{last}"
    if heard.answer.method == COUNTER:
        return f"{name}提议改变{days}的日程{_proposal(heard.answer, desk)}"
    return f"{name}{_SAID[heard.answer.answer or Attendance.NEEDS_ACTION]}{days}的日程"


def _proposal(answer: CalendarAnswer, desk: Desk) -> str:
    if answer.proposed is None:
        return ""
    if isinstance(answer.proposed, datetime):
        return f"，改为{moment_words(desk.policy.hours.local(answer.proposed))}"
    return f"，改为{day_words(answer.proposed)}"


def _record(case: Case, mail: Mail, desk: Desk, why: str) -> Decision:
    comment = mail.calendar.comment if mail.calendar else ""
    entry = HistoryEntry(
        at=desk.now,
        actor=mail.sender.email,
        event="calendar",
        from_stage=case.stage,
        to_stage=case.stage,
        why=why,
        mail=mail.message_id,
        summary=comment[:120],
    )
    return Decision(why=why, case=case, history=(entry,))
