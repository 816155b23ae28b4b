"""The mails about a weekly report, in words: sent to be signed, reminded, answered, asked back (R27, R28)."""

from dataclasses import dataclass
from datetime import date

from bot.rules.notice import Button, Line, Notice, NoticeKind, Personal, Row
from bot.rules.notice import NoticeKind as N
from bot.rules.policy import Policy
from bot.rules.reports.report import ASSUMED, Report, ReportRow
from bot.rules.times.hours import moment_words
from bot.rules.times.weeks import parse_week

SIGN = (
    Button("同意签字", "同意签字", "primary"),
    Button("有改动，发回附件", "按附件更正", "plain"),
    Button("退回", "不同意，原因：", "danger"),
)
HOW_TO_SIGN = (
    "请您签字：回复“同意签字”或点下面的按钮。要改数字，请在附件里改（工时、系数、核算工作量），"
    "保存后回复本邮件并附上，以附件为准。"
)
_LONGEST_SAID = 100


@dataclass(frozen=True, slots=True)
class ReportSay:
    """One thing to say about a report. `to`, `cc` are addresses; `slot` makes the key: said once for each.

    `returned`: the director did not sign. `has_file`: a file could not be proved to be the director's.
    """

    kind: NoticeKind
    to: tuple[str, ...]
    cc: tuple[str, ...] = ()
    text: str = ""
    items: tuple[str, ...] = ()
    headline: str = ""
    slot: str = ""
    returned: bool = False
    has_file: bool = False


def word_report(say: ReportSay, report: Report, policy: Policy, *, mail_id: int = 0) -> Notice:
    """The notice for `say`; `mail_id`: the mail it answers, 0: the clock speaks."""
    headline, paragraphs, personal = _WORDS[say.kind](say, report, policy)
    slot = say.slot or f"{report.ref}:m{mail_id}"
    return Notice(
        kind=say.kind,
        key=f"-:{say.kind.value}:{slot}",
        to=tuple(policy.company.addressed(a) for a in dict.fromkeys(say.to)),
        cc=tuple(policy.company.addressed(a) for a in dict.fromkeys(say.cc) if a not in say.to),
        reply_to_mail=mail_id,
        report_id=report.id,
        ref=report.ref,
        headline=say.headline or headline,
        lines=report_lines(report),
        paragraphs=paragraphs,
        items=say.items,
        personal=personal,
    )


def report_lines(report: Report) -> tuple[Line, ...]:
    """The report in a table: enough to sign on a telephone."""
    sheet, week = report.sheet, parse_week(report.week)
    assumed = sum(1 for row in sheet.rows if row.times == ASSUMED)
    pairs = (
        ("工程师", sheet.name),
        ("周次", f"{week}（{_day(week.first)}至{_day(week.last)}）"),
        ("支持", f"{len({row.case_id for row in sheet.rows})} 件，{len(sheet.rows)} 条"),
        ("实际工时", f"{sheet.hours} 小时" + (f"（其中 {assumed} 条为{ASSUMED}）" if assumed else "")),
        ("核算工作量", f"{sheet.days} 人天"),
    )
    return tuple(Line(label, value) for label, value in pairs)


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def report_items(report: Report, most: int = 30) -> tuple[str, ...]:
    """The report's lines in words, for reading on a telephone; all of them stand in the attachment."""
    rows = report.sheet.rows
    lines = [
        f"{_day(r.day)} {r.customer} {r.project}：{r.hours} 小时{_mark(r)}，核算 {r.days} 人天" for r in rows[:most]
    ]
    return (*lines, f"其余 {len(rows) - most} 条见附件。") if len(rows) > most else tuple(lines)


def _mark(row: ReportRow) -> str:
    return f"（{ASSUMED}）" if row.times == ASSUMED else ""


def report_row(report: Report, policy: Policy, owes: str, *, overdue: bool) -> Row:
    """The unsigned report as a line of a list (digest, 我的待办)."""
    return Row(
        ref=report.ref,
        title=f"技术周报 {report.sheet.name} {report.week}",
        state="待总监签字",
        due=moment_words(policy.hours.local(report.due_at)),
        overdue=overdue,
        owes=owes,
    )


def _ask_each(say: ReportSay, ask: str = HOW_TO_SIGN, buttons: tuple[Button, ...] = SIGN) -> dict[str, Personal]:
    return dict.fromkeys(say.to, Personal(ask, buttons))


Words = tuple[str, tuple[str, ...], dict[str, Personal]]


def _sent(say: ReportSay, report: Report, policy: Policy) -> Words:
    due = moment_words(policy.hours.local(report.due_at))
    again = "更正后的" if report.round > 1 else ""
    headline = f"{report.sheet.name} {report.week} {again}技术周报，请您在 {due} 前签字。"
    renewed = "上一份发出之后有改动，以这一份为准；上一份里的按钮已经失效。"
    paragraphs = (report.why,) if report.round == 1 else (renewed, report.why)
    return headline, paragraphs, _ask_each(say)


def _reminder(say: ReportSay, report: Report, policy: Policy) -> Words:
    due = moment_words(policy.hours.local(report.due_at))
    return f"提醒：{report.sheet.name}的技术周报待签字，{due} 到期。", (report.why,), _ask_each(say)


def _escalated(say: ReportSay, report: Report, policy: Policy) -> Words:
    due = moment_words(policy.hours.local(report.due_at))
    headline = f"逾期上报：{report.sheet.name}的技术周报应于 {due} 前签字，至今未签。"
    owing = {a: Personal(HOW_TO_SIGN, SIGN) for a in say.cc}
    return headline, (report.why, "请督促签字。"), owing


def _answered(say: ReportSay, report: Report, _policy: Policy) -> Words:
    if say.returned:
        how = "请核对；要更正工时，请在对应申请的邮件里回复，例如：更正工时：9月21日 7.5小时。"
        then = "改后机器人会把新的周报再发给总监。"
        return f"总监没有签{report.sheet.name}的技术周报。", (f"总监：“{say.text}”", how + then), {}
    sheet, more = report.sheet, "，有更正" if say.items else ""
    words = f"{sheet.signed_by}已签{sheet.name} {report.week} 的技术周报{more}：核算 {sheet.days} 人天。"
    return words, ("签字的周报是最终的核算（R27）；其中已归档的支持随之核算完成。",), {}


def _asked(say: ReportSay, _report: Report, _policy: Policy) -> Words:
    paragraphs = (f"来信：“{say.text}”",) if say.text else ()
    if say.headline:
        return say.headline, paragraphs, {}
    return "没有读懂您对这份周报的答复，周报没有变动，请您明确答复。", paragraphs, _ask_each(say)


def _prove(say: ReportSay, _report: Report, _policy: Policy) -> Words:
    paragraphs = (
        f"收到一封以您的名义发来的邮件：“{say.text}”。无法验证它确实来自您的邮箱，因此没有生效。",
        "如不是您本人所发，请不要理会，并告知管理员。",
    )
    if say.has_file:
        ask = "如是您本人所发：请点按钮，在打开的邮件里重新添加更正后的附件，再发送。"
        again = (Button("是我本人，附上更正", "按附件更正", "primary"),)
        return "请确认这封邮件是您本人所发。", paragraphs, _ask_each(say, ask, again)
    said = " ".join(say.text.split())
    buttons = (Button("是我本人，确认", said, "primary"),) if 0 < len(said) <= _LONGEST_SAID else SIGN
    return "请确认这封邮件是您本人所发。", paragraphs, _ask_each(say, "如是您本人所发，请点按钮确认。", buttons)


_WORDS = {
    N.WEEKLY_REPORT: _sent,
    N.REMINDER: _reminder,
    N.ESCALATED: _escalated,
    N.REPORT_ANSWER: _answered,
    N.ASK: _asked,
    N.PROVE: _prove,
}
