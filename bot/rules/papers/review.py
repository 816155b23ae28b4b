"""The closing review (复盘, R40): planned against actual, who, changes, problems, feedback, what was kept or missed.

Everything is taken from the case's own record, so the same record gives the same review.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.rules.assigning import NATURE_NAMES, support_days
from bot.rules.case import Case, Deadline, DeadlineKind, Document, HistoryEntry
from bot.rules.diagram import STAGE_NAMES
from bot.rules.event_names import event_name
from bot.rules.matters.matter import Matter, Rating
from bot.rules.papers.documents import FORM, missing_documents
from bot.rules.papers.forms import Cells, FormSheet, clean_value, day_in_words
from bot.rules.plans.plan import Milestone
from bot.rules.policy import Policy
from bot.rules.scene import AWAITED
from bot.rules.table import Event
from bot.rules.words import Role, Stage


@dataclass(frozen=True, slots=True)
class MailLine:
    """A mail of the case as the review lists it. `file`: where it lies in the case's folder, "" when it does not."""

    at: datetime
    sender: str
    subject: str
    summary: str
    file: str = ""


@dataclass(frozen=True)
class Dossier:
    """A case with everything on record about it. `deadlines` with the done ones; `mails` both ways, in order."""

    policy: Policy
    company: str
    case: Case
    history: tuple[HistoryEntry, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    documents: tuple[Document, ...] = ()
    mails: tuple[MailLine, ...] = ()
    matters: tuple[Matter, ...] = ()
    rating: Rating | None = None
    milestones: tuple[Milestone, ...] = ()

    def name(self, email: str) -> str:
        """The registered name behind an address; the bot's own for what it did itself."""
        person = self.policy.company.find(email)
        return person.name if person else "支持机器人" if email == "zhichi" else email

    def at(self, moment: datetime | None) -> str:
        """A moment, short enough for a table; "" for none."""
        return f"{self.policy.hours.local(moment):%Y-%m-%d %H:%M}" if moment else ""


REVIEW_FIELDS = (
    *("公司", "编号", "客户", "项目", "主题", "性质", "销售", "工程师", "技术总监", "阶段"),
    *(
        "申请时间",
        "支持日期",
        "支持方式",
        "预估工作量",
        "核算工作量",
        "验收方式",
        "期限结论",
        "评价",
        "缺少文档",
        "总历时",
    ),
)
REVIEW_TABLES: dict[str, tuple[str, ...]] = {
    "需求": ("项目", "内容"),
    "计划": ("事项", "计划", "实际", "结论"),
    "期限": ("事项", "负责", "期限", "完成", "结论", "催办", "说明"),
    "变更": ("序号", "内容", "结果"),
    "问题": ("时间", "谁", "情况", "说明"),
    "文档": ("名称", "类别", "来自", "时间", "大小"),
    "邮件": ("时间", "发件人", "主题", "摘要", "文件"),
    "经过": ("时间", "谁", "事件", "说明"),
}


def review_case(dossier: Dossier) -> FormSheet:
    """The review as fields and tables for its templates."""
    tables: dict[str, Iterable[tuple[str, ...]]] = {
        "需求": dossier.case.fields,
        "计划": _plan(dossier),
        "期限": (_deadline(dossier, d) for d in dossier.deadlines if d.kind is not DeadlineKind.START),
        "变更": ((str(n), old, new) for n, (old, new) in enumerate(dossier.case.changes, start=1)),
        "问题": _problems(dossier),
        "文档": (_document(dossier, d) for d in dossier.documents),
        "邮件": ((dossier.at(m.at), m.sender, m.subject, m.summary, m.file) for m in dossier.mails),
        "经过": ((dossier.at(e.at), dossier.name(e.actor), event_name(e.event), e.why) for e in dossier.history),
    }
    return FormSheet(
        values=tuple((name, clean_value(text)) for name, text in zip(REVIEW_FIELDS, _values(dossier), strict=True)),
        tables=tuple((name, tuple(_cells(name, row) for row in rows)) for name, rows in tables.items()),
    )


def _cells(table: str, row: tuple[str, ...]) -> Cells:
    return tuple((column, clean_value(text)) for column, text in zip(REVIEW_TABLES[table], row, strict=True))


def _values(dossier: Dossier) -> tuple[str, ...]:
    case, policy = dossier.case, dossier.policy
    directors = policy.company.with_role(Role.DIRECTOR)
    kept, missed = _kept_and_missed(dossier)
    return (
        dossier.company,
        case.ref,
        case.customer,
        case.project,
        case.subject,
        NATURE_NAMES.get(case.nature, "未定"),
        dossier.name(case.sales),
        "、".join(dossier.name(e) for e in case.engineers) or "未定",
        "、".join(p.name for p in directors),
        STAGE_NAMES[case.stage],
        dossier.at(case.received_at),
        support_days(case) or "未定",
        case.mode or "未定",
        f"{case.days} 人天" if case.days is not None else "未定",
        f"{case.settled_days} 人天" if case.settled_days is not None else "尚未核算",
        _accepted(case),
        f"按时 {kept} 项，逾期 {missed} 项",
        _rated(dossier),
        "、".join(missing_documents(policy, case, dossier.documents)) or "无",
        _lasted(dossier),
    )


_AFTER_ACCEPTANCE = frozenset({Stage.ACCEPTED, Stage.CLOSED, Stage.ARCHIVED, Stage.SETTLED})


def _accepted(case: Case) -> str:
    if case.stage not in _AFTER_ACCEPTANCE:
        return "尚未验收"
    return "销售一个工作日内未答复，视为完成（R23）" if case.tacit else "销售明确验收"


def _lasted(dossier: Dossier) -> str:
    """From the request to the last thing on record."""
    last = max((entry.at for entry in dossier.history), default=dossier.case.received_at)
    days = max((last - dossier.case.received_at) // timedelta(days=1), 0)
    return f"{days + 1} 天（{dossier.at(dossier.case.received_at)} 至 {dossier.at(last)}）"


def _rated(dossier: Dossier) -> str:
    rating = dossier.rating
    if rating is None:
        return "暂无评价"
    said = f"：{rating.comment}" if rating.comment else ""
    return f"{rating.stars} 分{said}（{dossier.name(rating.by)}，{dossier.at(rating.at)}）"


def _plan(dossier: Dossier) -> Iterable[tuple[str, ...]]:
    """Each station of the way: when it was due, when it was reached."""
    case, hours = dossier.case, dossier.policy.hours
    begun = next((e.at for e in dossier.history if e.event in {Event.LEFT_SITE, Event.COMPLETED}), None)
    for label, kind, event in _STATIONS:
        due = next((d.due_at for d in reversed(dossier.deadlines) if d.kind is kind), None)
        actual = _reached(dossier, event)
        if due or actual:
            yield label, dossier.at(due) or "—", dossier.at(actual) or "—", _verdict(due, actual)
    if case.on:
        first = hours.local(begun).date() if begun else None
        late = "提前" if first and first < case.on else ""
        last = case.until or case.on
        late = "推迟" if first and first > hours.calendar.next_working(last) else late
        yield "现场支持", support_days(case), f"首次报告：{day_in_words(first)}" if first else "—", late
    yield from (_milestone(milestone) for milestone in dossier.milestones)
    if case.days is not None or case.settled_days is not None:
        yield "工作量", _days(case.days), _days(case.settled_days), _difference(case)


def _milestone(milestone: Milestone) -> tuple[str, ...]:
    """One written by mail (R35), with the day it was first planned for."""
    moved = f"（原 {milestone.first.isoformat()}）" if milestone.first != milestone.planned else ""
    verdict = "取消" if milestone.dropped else "未完成"
    if milestone.actual:
        verdict = "按时" if milestone.actual <= milestone.first else "逾期"
    actual = milestone.actual.isoformat() if milestone.actual else "—"
    return milestone.name, f"{milestone.planned.isoformat()}{moved}", actual, verdict


_STATIONS: tuple[tuple[str, DeadlineKind, tuple[str, ...]], ...] = (
    ("总监确认", DeadlineKind.CONFIRM, (Event.APPROVE,)),
    ("报告完成", DeadlineKind.COMPLETE, (Event.COMPLETED, Event.RETROACTIVE)),
    ("签字的服务单", DeadlineKind.FORM, (Event.FORM,)),
    ("销售验收", DeadlineKind.ACCEPT, (Event.ACCEPT, Event.SILENCE)),
    ("总监关闭", DeadlineKind.CLOSE, (Event.CLOSE,)),
    ("文档归档", DeadlineKind.DOCUMENTS, (Event.DOCUMENTS, Event.ARCHIVE)),
    ("核算工作量", DeadlineKind.SETTLE, (Event.SETTLE,)),
)


def _reached(dossier: Dossier, events: tuple[str, ...]) -> datetime | None:
    """When it happened last: an objection makes some things happen twice. The form counts from when it came."""
    if Event.FORM in events:
        return min((d.received_at for d in dossier.documents if d.label == FORM), default=None)
    return max((e.at for e in dossier.history if e.event in events), default=None)


def _verdict(due: datetime | None, actual: datetime | None) -> str:
    if due is None:
        return ""
    if actual is None:
        return "未完成"
    return "按时" if actual <= due + _GRACE else "逾期"


_GRACE = timedelta(minutes=30)  # the clock ends periods up to so long after their moment (decisions.md, 9)


def _days(days: object) -> str:
    return f"{days} 人天" if days is not None else "—"


def _difference(case: Case) -> str:
    if case.days is None or case.settled_days is None:
        return ""
    more = case.settled_days - case.days
    return "一致" if not more else f"{'多' if more > 0 else '少'} {abs(more)} 人天"


def _deadline(dossier: Dossier, deadline: Deadline) -> tuple[str, ...]:
    nudges = f"{deadline.step} 次" if deadline.step else ""
    done = dossier.at(deadline.done_at) or "—"
    verdict = _verdict(deadline.due_at, deadline.done_at)
    return (
        AWAITED[deadline.kind],
        dossier.name(deadline.owner),
        dossier.at(deadline.due_at),
        done,
        verdict,
        nudges,
        deadline.why,
    )


def _kept_and_missed(dossier: Dossier) -> tuple[int, int]:
    verdicts = [_verdict(d.due_at, d.done_at) for d in dossier.deadlines if d.kind is not DeadlineKind.START]
    return verdicts.count("按时"), verdicts.count("逾期")


_TROUBLE = frozenset(
    {
        *(Event.CONDITION, Event.NEED_INFO, Event.POSTPONE, Event.REJECT, Event.WITHDRAW, Event.RETROACTIVE),
        *(Event.DEVIATION, Event.CHANGE_REFUSED, Event.OBJECT, Event.DOUBT),
        *("escalated", "silence_held", "extended", "unproved"),
    }
)
"""Events that did not belong to a smooth way."""


def _problems(dossier: Dossier) -> Iterable[tuple[str, ...]]:
    """What was raised (R31, R32, R37) with how it ended, then what else was not smooth."""
    for matter in dossier.matters:
        what = f"{matter.name}（{matter.issue.value}）" if matter.issue else matter.name
        yield dossier.at(matter.raised_at), dossier.name(matter.raised_by), what, _told(dossier, matter)
    for entry in dossier.history:
        if entry.event in _TROUBLE:
            said = f"{entry.why}：{entry.summary}" if entry.summary else entry.why
            yield dossier.at(entry.at), dossier.name(entry.actor), event_name(entry.event), said


def _told(dossier: Dossier, matter: Matter) -> str:
    parts = [matter.text]
    parts += [f"影响：{matter.impact}"] if matter.impact else []
    parts += [f"应对：{matter.response}"] if matter.response else []
    parts += [f"{dossier.name(matter.answered_by)}答复：{matter.answer}"] if matter.answer else []
    settled = f"{dossier.at(matter.settled_at)} 已解决 {matter.outcome}".strip() if matter.settled_at else "尚未解决"
    return "；".join((*parts, settled))


def _document(dossier: Dossier, document: Document) -> tuple[str, ...]:
    size = f"{max(document.size // 1024, 1)} KB"
    return (
        document.name,
        document.label or "其他",
        dossier.name(document.sender),
        dossier.at(document.received_at),
        size,
    )
