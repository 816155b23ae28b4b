"""How each deadline is computed, with the Chinese sentence that explains it (R8, R21, R23, R43)."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.rules.case import Deadline, DeadlineKind
from bot.rules.policy import Policy, ProposalStep
from bot.rules.times.hours import Arrival, OfficeHours, day_words, moment_words
from bot.rules.words import Nature

PROVISIONAL = "（该年放假安排尚未公布，暂定）"


def confirm_deadline(
    policy: Policy, received: datetime, owner: str, what: str = "申请", *, proposal: bool = False
) -> Deadline:
    """Until when the director confirms (R8): noon splits, 12:00:00 counts as after.

    `what` was received then: the request, or what makes the director decide again, which counts anew. A `proposal` has
    times of its own (R16).
    """
    arrival = policy.hours.arrival(received)
    rule = policy.proposal_days(ProposalStep.CONFIRM) if proposal else policy.confirm.confirm
    number = rule[arrival.afternoon]
    due = policy.hours.closes(_working_day(policy.hours, arrival.day, number))
    why = f"{_arrived(policy.hours, arrival, what)}，总监应在第{number}个工作日{moment_words(due)}前确认（R8）"
    return _checked(policy.hours, arrival.day, _nudged(policy, DeadlineKind.CONFIRM, due, owner, why))


def start_deadline(
    policy: Policy, received: datetime, nature: Nature | None, owner: str = "", *, proposal: bool = False
) -> Deadline:
    """The first day support may start (R8, a `proposal` by R16): not before, may slip; never chased."""
    arrival = policy.hours.arrival(received)
    project = nature is Nature.PROJECT
    rule = policy.confirm.start_project if project else policy.confirm.start_non_project
    if proposal:
        rule = policy.proposal_days(ProposalStep.RESPOND_PROJECT if project else ProposalStep.RESPOND_NON_PROJECT)
    number = rule[arrival.afternoon]
    due = policy.hours.opens(_working_day(policy.hours, arrival.day, number))
    kind = "项目" if project else "非项目" if nature else "性质未注明，按非项目"
    arrived = _arrived(policy.hours, arrival, "申请")
    why = f"{arrived}，{kind}支持从第{number}个工作日{day_words(due.date())}起，可顺延（R8）"
    made = Deadline(DeadlineKind.START, due_at=due, next_at=None, owner=owner, why=why)
    return _checked(policy.hours, arrival.day, made)


def accept_deadline(policy: Policy, received: datetime, owner: str) -> Deadline:
    """Until when sales answer the completion; then silence counts as acceptance (R23).

    The receipt day is not counted, the noon rule does not apply; received on a rest day, the period ends at the close
    of the first working day after. The chaser goes out at the opening of the last day.
    """
    hours = policy.hours
    got = hours.local(received)
    last = hours.calendar.next_working(got.date())
    due = hours.closes(last)
    skipped = "" if last - got.date() == timedelta(days=1) else "，其间休息日不计"
    counted = f"完成邮件{moment_words(got)}收到，收到当日不计{skipped}"
    why = f"{counted}，下一个工作日{moment_words(due)}前未答复即视为完成（R23）"
    made = Deadline(DeadlineKind.ACCEPT, due_at=due, next_at=hours.opens(last), owner=owner, why=why)
    return _checked(hours, got.date(), made)


def accept_again(policy: Policy, at: datetime, owner: str, *, chased: bool) -> Deadline:
    """A new period when the chaser came too late to precede the silence, or not at all (R23, R24).

    `chased`: the chaser goes out at `at`; otherwise it is sent once more at the opening of the new last day.
    """
    hours = policy.hours
    day = hours.local(at).date()
    last = hours.calendar.next_working(day)
    due = hours.closes(last)
    late = f"催办{moment_words(hours.local(at))}才发出" if chased else "催办未能送达"
    why = f"{late}，期限顺延：{moment_words(due)}前未答复即视为完成（R23、R24）"
    first, step = (due, 1) if chased else (hours.opens(last), 0)
    made = Deadline(DeadlineKind.ACCEPT, due_at=due, next_at=first, owner=owner, why=why, step=step)
    return _checked(hours, day, made)


def complete_deadline(policy: Policy, counted: date, owner: str, what: str = "支持日为") -> Deadline:
    """Until when the engineer mails the completion: within the working day after the work (R21).

    `what` says in Chinese what the day `counted` is.
    """
    due = policy.hours.closes(policy.hours.calendar.next_working(counted))
    why = f"{what}{day_words(counted)}，工程师应在下一个工作日{moment_words(due)}前邮件确认完成（R21）"
    return _checked(policy.hours, counted, _nudged(policy, DeadlineKind.COMPLETE, due, owner, why))


def assign_deadline(policy: Policy, agreed: datetime, owner: str, lacking: str) -> Deadline:
    """Until when the director adds what the confirmation lacks: engineer or date (R9)."""
    day = policy.hours.local(agreed).date()
    due = policy.hours.closes(policy.hours.calendar.next_working(day))
    why = f"总监已同意，但尚未指定{lacking}，应在下一个工作日{moment_words(due)}前补充（R9）"
    return _checked(policy.hours, day, _nudged(policy, DeadlineKind.CONFIRM, due, owner, why))


def outline_deadline(policy: Policy, on: date | None, since: datetime, owner: str) -> Deadline:
    """Until when sales and engineer agree the table of contents: the opening of the day the work starts (R5)."""
    hours = policy.hours
    day = hours.local(since).date()
    late = on is None or hours.opens(on) <= since
    due = hours.closes(hours.calendar.next_working(day)) if late or on is None else hours.opens(on)
    why = f"文档支持，开始之前工程师与销售应商定目录，应在{moment_words(due)}前（R5）"
    return _checked(hours, day, _nudged(policy, DeadlineKind.OUTLINE, due, owner, why))


def proposal_deadline(
    policy: Policy, received: datetime, since: datetime, nature: Nature | None, owner: str
) -> Deadline:
    """Until when the proposal is done, counted from the request (R16); learnt of only when it is over, from `since`."""
    step = ProposalStep.DONE_PROJECT if nature is Nature.PROJECT else ProposalStep.DONE_NON_PROJECT
    arrival = policy.hours.arrival(received)
    number = policy.proposal_days(step)[arrival.afternoon]
    due = policy.hours.closes(_working_day(policy.hours, arrival.day, number))
    counted = _arrived(policy.hours, arrival, "申请")
    if due <= since:
        day = policy.hours.arrival(since).day
        due, counted = (
            policy.hours.closes(_working_day(policy.hours, day, number)),
            "申请确认时原期限已过，从确认之日算起",
        )
    why = f"{counted}，方案应在第{number}个工作日{moment_words(due)}前完成（R16）"
    return _checked(policy.hours, arrival.day, _nudged(policy, DeadlineKind.PROPOSAL, due, owner, why))


_REASONS = {
    DeadlineKind.INFO: "总监要求补充，销售应在{n}个工作日内答复（R10）",
    DeadlineKind.CLOSE: "已验收，总监应在{n}个工作日内确认关闭（R25）",
    DeadlineKind.DOCUMENTS: "已关闭，工程师应在{n}个工作日内交齐文档（R26）",
    DeadlineKind.SETTLE: "已归档，总监应在{n}个工作日内核算工作量（R27）",
    DeadlineKind.FORM: "完成邮件未附签字的服务单，工程师应在{n}个工作日内补上（R21）",
    DeadlineKind.CHANGE: "工程师报告了变更，销售应在{n}个工作日内全部答复结果（R18）",
    DeadlineKind.WISH: "销售要求改期或撤回，总监应在{n}个工作日内答复（R33）",
    DeadlineKind.PROPOSAL: "销售尚未看懂方案，工程师应在{n}个工作日内改好再交（R17）",
    DeadlineKind.RESEND: "本次支持没有申请邮件，销售应在{n}个工作日内补发（R6、R22）",
}


def days_deadline(policy: Policy, kind: DeadlineKind, since: datetime, owner: str) -> Deadline:
    """A deadline of so many working days after `since` by the company's chase times; `since`'s day is not counted."""
    count = getattr(policy.chase, f"{kind.value}_days")
    day = policy.hours.local(since).date()
    due = policy.hours.closes(policy.hours.calendar.next_working(day, count=count))
    why = f"{_REASONS[kind].format(n=count)}，即{moment_words(due)}前"
    return _checked(policy.hours, day, _nudged(policy, kind, due, owner, why))


def postponed_deadline(policy: Policy, until: date | None, since: datetime, owner: str) -> Deadline:
    """Ask the director again at the opening of the day they named, or some days after `since` (R10)."""
    hours, said, count = policy.hours, policy.hours.local(since).date(), policy.chase.postponed_days
    day = hours.calendar.first_working(until) if until else hours.calendar.next_working(said, count=count)
    due = hours.opens(day)
    named = f"总监推迟至{day_words(until)}" if until else f"总监推迟而未定日期，{count}个工作日后再问"
    why = f"{named}，届时（{moment_words(due)}）再请总监确认（R10）"
    made = Deadline(DeadlineKind.POSTPONED, due_at=due, next_at=due, owner=owner, why=why)
    return _checked(hours, said, made)


def next_nudge(policy: Policy, deadline: Deadline, now: datetime) -> datetime:
    """When to look at a chased deadline again: at its due time, then at each working day's opening (R11)."""
    if now < deadline.due_at:
        return deadline.due_at
    return policy.hours.opens(policy.hours.calendar.next_working(policy.hours.local(now).date()))


def _nudged(policy: Policy, kind: DeadlineKind, due: datetime, owner: str, why: str) -> Deadline:
    first = policy.hours.subtract_open_time(due, policy.chase.remind_before)
    return Deadline(kind, due_at=due, next_at=first, owner=owner, why=why)


def _working_day(hours: OfficeHours, day1: date, number: int) -> date:
    return day1 if number == 1 else hours.calendar.next_working(day1, count=number - 1)


def _arrived(hours: OfficeHours, arrival: Arrival, what: str) -> str:
    got = f"{what}{moment_words(hours.local(arrival.received))}收到"
    if arrival.moved:
        return f"{got}（{arrival.moved}）"
    return f"{got}，属第1个工作日12点{'后' if arrival.afternoon else '前'}"


def _checked(hours: OfficeHours, start: date, deadline: Deadline) -> Deadline:
    """Mark what rests on a calendar not yet official (R42)."""
    if not hours.calendar.provisional_between(start, hours.local(deadline.due_at).date()):
        return deadline
    return replace(deadline, provisional=True, why=deadline.why + PROVISIONAL)
