"""What the clock does when a deadline's moment comes: remind, escalate, let silence count (R11, R23, R24)."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from bot.rules.applying import Cause
from bot.rules.audience import next_in_line
from bot.rules.case import Case, Deadline, DeadlineKind, HistoryEntry
from bot.rules.deciding import carry_out
from bot.rules.decision import Decision, Look, Say
from bot.rules.desk import Desk
from bot.rules.matters.matter_clock import raise_missed
from bot.rules.notice import NoticeKind as N
from bot.rules.table import Event, Who, find_row
from bot.rules.times import deadlines
from bot.rules.times.hours import OfficeHours
from bot.rules.times.nudging import may_nudge as may_nudge

UNHEARD = timedelta(minutes=10)
"""How soon to look again when the mailbox could not be read since a period ended."""


@dataclass(frozen=True, slots=True)
class Reached:
    """What is known about whether sales could answer (R24): False or a reason = silence does not count."""

    asked: bool = True  # the request for acceptance arrived at sales
    chased: bool = True  # the chaser arrived before now
    away: str = ""  # the vacation reply, "" = none
    bounced: str = ""  # why mail to sales comes back, "" = it does not
    heard: bool = True  # every mailbox was read after the period's end: no answer lies there unread


def decide_due(deadline: Deadline, case: Case, desk: Desk, reached: Reached) -> Decision:
    """What happens at `deadline.next_at` ≤ now. Always moves `next_at` on, so nothing fires twice."""
    if deadline.kind is DeadlineKind.ACCEPT:
        return _accept_due(deadline, case, desk, reached)
    if deadline.kind is DeadlineKind.POSTPONED and desk.now >= deadline.due_at:
        return _ask_again(deadline, case, desk)
    return _nudge(deadline, case, desk)


def _by_clock(event: Event, deadline: Deadline, case: Case, desk: Desk) -> Decision:
    row = find_row(case.stage, event, frozenset({Who.BOT}))
    if row is None:
        return Decision(why=f"{event.value} 已不适用", case=case, looks=(_later(deadline, None, deadline.step),))
    decision = carry_out(row, case, Cause(desk.policy, desk.now, "zhichi"), desk)
    # No mail names these notices, and a case may fall silent twice: the deadline does.
    return replace(decision, says=tuple(replace(s, slot=s.slot or f"d{deadline.id}") for s in decision.says))


def _later(deadline: Deadline, at: datetime | None, step: int) -> Look:
    return Look(replace(deadline, next_at=at), step)


def _ask_again(deadline: Deadline, case: Case, desk: Desk) -> Decision:
    """The postponement is over: the director is asked in working hours (R10)."""
    if not may_nudge(desk.policy.hours, desk.now):
        return _wait_for_opening(deadline, case, desk)
    return _by_clock(Event.POSTPONE_OVER, deadline, case, desk)


def _wait_for_opening(deadline: Deadline, case: Case, desk: Desk) -> Decision:
    look = _later(deadline, desk.policy.hours.next_open(desk.now), deadline.step)
    return Decision(why="非工作时间，推迟催办", case=case, looks=(look,))


def _nudge(deadline: Deadline, case: Case, desk: Desk) -> Decision:
    """Remind the owner before the deadline; after it tell the next in line, one level a working day (R11)."""
    if not may_nudge(desk.policy.hours, desk.now):
        return _wait_for_opening(deadline, case, desk)
    step = max(deadline.step, 1) if desk.now >= deadline.due_at else 0
    say, why = _remind(deadline) if step == 0 else _escalate(deadline, case, desk, step)
    again = deadlines.next_nudge(desk.policy, deadline, desk.now) if say else None
    history = (_entry(case, desk, say[0].kind.value, why),) if say else ()
    decision = Decision(why=why, case=case, history=history, says=say, looks=(_later(deadline, again, step + 1),))
    return decision if say else raise_missed(decision, deadline, case, desk)


def _remind(deadline: Deadline) -> tuple[tuple[Say, ...], str]:
    say = Say(N.REMINDER, to=(deadline.owner,), slot=f"{deadline.id}:0", deadline=deadline.kind)
    return (say,), f"到期前提醒：{deadline.why}"


def _escalate(deadline: Deadline, case: Case, desk: Desk, step: int) -> tuple[tuple[Say, ...], str]:
    """Level by level; when the line is used up the daily digest goes on alone (R46)."""
    today = desk.policy.hours.local(desk.now).date()
    line = next_in_line(desk.policy, case, deadline.owner, today)
    if step > max(len(line), 1):
        return (), "已逐级上报完毕，此后由每日摘要催办"
    to = line[step - 1].address if line else deadline.owner
    slot = f"{deadline.id}:{step}"
    say = Say(N.ESCALATED, to=(to,), cc=(deadline.owner,) if line else (), slot=slot, deadline=deadline.kind)
    return (say,), f"逾期上报第{step}级：{deadline.why}"


def _accept_due(deadline: Deadline, case: Case, desk: Desk, reached: Reached) -> Decision:
    """R23 with R24: the chaser first, then silence counts, unless sales could not have answered."""
    if deadline.step == 0:
        return _chase_acceptance(deadline, case, desk)
    if desk.now < deadline.due_at:
        return Decision(why="未到期", case=case, looks=(_later(deadline, deadline.due_at, deadline.step),))
    if case.silence_held:
        return _nudge(deadline, case, desk)
    if not reached.heard:
        look = _later(deadline, desk.now + UNHEARD, deadline.step)
        return Decision(why="到期后尚未收取邮件，先看有无答复", case=case, looks=(look,))
    if held := _why_silence_fails(reached):
        return _hold_silence(deadline, case, desk, held)
    if not reached.chased:
        return _again(deadline, case, desk, "催办尚未送达", chased=False)
    return _by_clock(Event.SILENCE, deadline, case, desk)


def _chase_acceptance(deadline: Deadline, case: Case, desk: Desk) -> Decision:
    if not may_nudge(desk.policy.hours, desk.now):
        return _wait_for_opening(deadline, case, desk)
    say = Say(N.CHASE_ACCEPTANCE, to=(case.sales,), slot=f"{deadline.id}:0", deadline=deadline.kind)
    if desk.now >= deadline.due_at:
        return _again(deadline, case, desk, "到期前未能催办", chased=True).and_say(say)
    look = _later(deadline, deadline.due_at, 1)
    entry = _entry(case, desk, say.kind.value, f"到期前催办：{deadline.why}")
    return Decision(why=entry.why, case=case, history=(entry,), says=(say,), looks=(look,))


def _again(deadline: Deadline, case: Case, desk: Desk, why: str, *, chased: bool) -> Decision:
    """The chaser must precede the silence: the period starts anew (R23, R24)."""
    made = deadlines.accept_again(desk.policy, desk.now, deadline.owner, chased=chased)
    return Decision(why=why, case=case, history=(_entry(case, desk, "extended", f"{why}；{made.why}"),), arms=(made,))


def _why_silence_fails(reached: Reached) -> str:
    if reached.bounced:
        return f"发给销售的邮件被退回（{reached.bounced}）"
    if not reached.asked:
        return "验收请求未送达销售"
    return f"销售正在休假（{reached.away}）" if reached.away else ""


def _hold_silence(deadline: Deadline, case: Case, desk: Desk, held: str) -> Decision:
    """Silence does not count: to the delegate of sales if there is one, else held; the director is told (R24)."""
    hours = desk.policy.hours
    today = hours.local(desk.now).date()
    line = next_in_line(desk.policy, case, case.sales, today)
    bosses = tuple(p.address for p in desk.policy.company.deciders(today))
    to = (line[0].address,) if line else bosses
    say = Say(
        N.ESCALATED, to=to, cc=bosses if line else (), text=held, slot=f"{deadline.id}:held", deadline=deadline.kind
    )
    again = hours.opens(hours.calendar.next_working(today))
    entry = _entry(case, desk, "silence_held", f"{held}，沉默不算验收（R24），已上报并告知总监")
    return Decision(
        why=entry.why,
        case=replace(case, silence_held=held),
        changed=True,
        history=(entry,),
        says=(say,),
        looks=(_later(deadline, again, 2),),
    )


def _entry(case: Case, desk: Desk, event: str, why: str) -> HistoryEntry:
    return HistoryEntry(desk.now, "zhichi", event, case.stage, case.stage, why)


def is_digest_time(hours: OfficeHours, digest_at: time, now: datetime) -> bool:
    """Whether today's digests may go out: a working day, from the set time until the close (R46)."""
    local = hours.local(now)
    return hours.calendar.works(local.date()) and digest_at <= local.time() < hours.closing
