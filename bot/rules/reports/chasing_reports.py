"""Until when a weekly report is signed, and what the clock does until it is (R28 [D], as R11 for other answers)."""

from dataclasses import replace
from datetime import datetime

from bot.rules.notice import NoticeKind as N
from bot.rules.people import Person
from bot.rules.policy import Policy
from bot.rules.reports.report import Report
from bot.rules.reports.report_words import ReportSay
from bot.rules.reports.signing import signers
from bot.rules.times.hours import day_words, moment_words
from bot.rules.words import Role


def due_from(policy: Policy, sent: datetime) -> tuple[datetime, str]:
    """Until when a report sent at that moment is signed, and the Chinese sentence that explains it."""
    hours, count = policy.hours, policy.report.sign_days
    day = hours.local(sent).date()
    due = hours.closes(hours.calendar.next_working(day, count=count))
    return due, f"周报{day_words(day)}发出，总监应在{count}个工作日内签字，即{moment_words(due)}前（R28）"


def next_look(policy: Policy, due_at: datetime, step: int) -> datetime:
    """When the clock looks next after `step` nudges: before the deadline, at it, then each working day's opening."""
    hours = policy.hours
    if step == 0:
        return hours.subtract_open_time(due_at, policy.chase.remind_before)
    return due_at if step == 1 else hours.opens(hours.calendar.next_working(hours.local(due_at).date(), count=step - 1))


def next_in_line(policy: Policy, report: Report, now: datetime) -> tuple[Person, ...]:
    """Who hears of an unsigned report: directors' delegates, then admin."""
    company, today = policy.company, policy.hours.local(now).date()
    line = (*company.delegates(today), *company.with_role(Role.ADMIN))
    directors = company.with_role(Role.DIRECTOR)
    return tuple(dict.fromkeys(p for p in line if p not in directors and report.engineer not in p.addresses))


def chase(policy: Policy, report: Report, now: datetime) -> tuple[Report, tuple[ReportSay, ...], str]:
    """What is said about an unsigned report at `now`; the report with the next look; why, "" when nothing is said."""
    planned = next_look(policy, report.due_at, report.step)
    if now < planned:
        return replace(report, next_at=planned), (), ""
    step = max(report.step, 1) if now >= report.due_at else 0
    today = policy.hours.local(now).date()
    owing = tuple(p.address for p in signers(policy, report, today) if Role.DIRECTOR in p.roles)
    if step == 0:
        say = ReportSay(N.REMINDER, to=owing, slot=f"{report.ref}:{report.round}:0")
        return replace(report, step=1, next_at=report.due_at), (say,), f"到期前提醒：{report.why}"
    line = next_in_line(policy, report, now)
    if step > max(len(line), 1):
        return replace(report, next_at=None), (), "已逐级上报完毕，此后由每日摘要催办"
    to = (line[step - 1].address,) if line else owing
    say = ReportSay(N.ESCALATED, to=to, cc=owing if line else (), slot=f"{report.ref}:{report.round}:{step}")
    hours = policy.hours
    again = hours.opens(hours.calendar.next_working(today))
    return replace(report, step=step + 1, next_at=again), (say,), f"逾期上报第{step}级：{report.why}"
