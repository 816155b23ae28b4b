"""The Word forms of R30: which ones a case needs, and what they are filled in with under which names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bot.rules.assigning import NATURE_NAMES, support_days
from bot.rules.case import Case
from bot.rules.kinds import is_proposal
from bot.rules.papers.documents import FORM
from bot.rules.policy import Policy
from bot.rules.scene import Scene
from bot.rules.times.hours import day_words
from bot.rules.words import Nature, Role

Cells = tuple[tuple[str, str], ...]
"""A row of a form's table: column name → text."""


@dataclass(frozen=True, slots=True)
class FormSheet:
    """What a form is filled in with: `values` by field name, `tables` by table name; "" where nothing is known yet."""

    values: Cells
    tables: tuple[tuple[str, tuple[Cells, ...]], ...]


SHIPPED = (
    FORM,
    "实施方案",
    "实施计划",
    "项目方案",
    "项目范围说明书",
    "项目进度计划",
    "项目管理计划",
    "项目章程",
    "SOW",
)
"""The forms that come with the program; a company may add its own for every document it names."""

FIELDS: dict[str, str] = {
    "公司": "the company's name",
    "编号": "the case's number",
    "客户": "customer, from the subject",
    "联系人": "the customer's contact (R4)",
    "电话": "the contact's telephone (R4)",
    "地址": "where the work is done (R4)",
    "项目": "project, from the subject",
    "性质": "项目 or 非项目",
    "销售": "whose request it is",
    "工程师": "all engineers, the lead first",
    "负责工程师": "the lead",
    "协助工程师": "the others",
    "技术总监": "the director",
    "申请日期": "the day of the request",
    "服务类型": "支持类型 of the request (R4)",
    "服务内容": "支持内容 of the request (R4)",
    "支持时间": "as asked for (R4)",
    "支持日期": "as confirmed (R9), else as asked for",
    "开始日期": "first confirmed day",
    "结束日期": "last confirmed day",
    "支持方式": "现场, 远程 or 电话",
    "预估工作量": "as confirmed, such as 2 人天",
    "产品及版本": "R4",
    "准备要求": "R4",
    "文档要求": "R4",
    "紧急程度": "R4",
    "应交文档": "the documents due (R15)",
    "制表日期": "the day the form was made",
}
TABLES: dict[str, tuple[str, ...]] = {
    "人员": ("角色", "姓名", "邮箱"),
    "计划": ("序号", "阶段", "工作内容", "负责人", "开始", "完成"),
    "变更": ("序号", "内容", "结果"),
    "文档": ("序号", "名称"),
}
"""Table name → its columns; a template loops over the rows."""

_LONGEST = 1500  # characters of one field; the whole text stands in the request


def forms_for(policy: Policy, case: Case) -> tuple[str, ...]:
    """The names of the forms this case needs: the service form, R15's or what the director asked, a project's own."""
    due = case.documents_due or policy.documents_for(case.nature, proposal=is_proposal(case))
    more = policy.forms_project if case.nature is Nature.PROJECT else ()
    return tuple(dict.fromkeys((FORM, *due, *more)))


def fill_sheet(scene: Scene, case: Case, company: str = "") -> FormSheet:
    """Everything a form may show of the case (R30)."""
    values = dict.fromkeys(FIELDS, "") | _from_request(case) | _from_case(scene, case) | {"公司": company}
    tables: dict[str, Iterable[tuple[str, ...]]] = {
        "人员": _people(scene, case),
        "计划": _plan(scene, case),
        "变更": ((str(n), old, new) for n, (old, new) in enumerate(case.changes, start=1)),
        "文档": ((str(n), name) for n, name in enumerate(_due(scene.policy, case), start=1)),
    }
    return FormSheet(
        values=tuple((name, clean_value(text)) for name, text in values.items()),
        tables=tuple(
            (name, tuple(tuple(zip(TABLES[name], map(clean_value, row), strict=True)) for row in rows))
            for name, rows in tables.items()
        ),
    )


def form_file_name(label: str, case: Case) -> str:
    """How the form is called in a mail: what it is, whose, which case. Read again by that name when it comes back."""
    customer = "".join(c if c.isalnum() else "-" for c in case.customer[:20]).strip("-")
    return "_".join(part for part in (label, customer, case.ref) if part) + ".docx"


def _from_request(case: Case) -> dict[str, str]:
    said = dict(case.fields)
    same = ("产品及版本", "准备要求", "文档要求", "紧急程度", "电话", "支持时间", "支持方式")
    return {label: said.get(label, "") for label in same} | {
        "联系人": said.get("客户联系人", ""),
        "地址": said.get("地址", "") or said.get("支持地点", ""),
        "服务类型": said.get("支持类型", ""),
        "服务内容": said.get("支持内容", ""),
        "支持日期": said.get("支持时间", ""),
    }


def _from_case(scene: Scene, case: Case) -> dict[str, str]:
    today, hours = scene.policy.hours.local(scene.now).date(), scene.policy.hours
    engineers = [scene.name(e) for e in case.engineers]
    director = next(iter(scene.policy.company.with_role(Role.DIRECTOR)), None)
    known = {
        "编号": case.ref,
        "客户": case.customer,
        "项目": case.project,
        "性质": NATURE_NAMES.get(case.nature, ""),
        "销售": scene.name(case.sales),
        "工程师": "、".join(engineers),
        "负责工程师": "、".join(engineers[:1]),
        "协助工程师": "、".join(engineers[1:]),
        "技术总监": director.name if director else "",
        "申请日期": day_in_words(case.subject_date or hours.local(case.received_at).date()),
        "支持日期": support_days(case),
        "开始日期": day_in_words(case.on),
        "结束日期": day_in_words(case.until or case.on),
        "支持方式": case.mode,
        "预估工作量": f"{case.days} 人天" if case.days is not None else "",
        "应交文档": "、".join(_due(scene.policy, case)),
        "制表日期": day_in_words(today),
    }
    return {name: text for name, text in known.items() if text}


def _due(policy: Policy, case: Case) -> tuple[str, ...]:
    return tuple(name for name in forms_for(policy, case) if name != FORM)


def _people(scene: Scene, case: Case) -> Iterable[tuple[str, ...]]:
    directors = [("技术总监", p.name, p.address) for p in scene.policy.company.with_role(Role.DIRECTOR)]
    yield from directors
    yield "销售", scene.name(case.sales), case.sales
    for n, engineer in enumerate(case.engineers):
        yield "负责工程师" if n == 0 else "工程师", scene.name(engineer), engineer


def _plan(scene: Scene, case: Case) -> Iterable[tuple[str, ...]]:
    """The way of the case in days: what is confirmed, and what the rules set from there (R8, R21, R23, R26)."""
    hours, sales = scene.policy.hours, scene.name(case.sales)
    engineer = "、".join(scene.name(e) for e in case.engineers[:1])
    asked = hours.local(case.received_at).date()
    start, end = case.on, case.until or case.on
    next_day = hours.calendar.next_working
    done = next_day(end) if end else None
    rows: tuple[tuple[str, str, str, date | None, date | None], ...] = (
        ("申请与确认", "提交申请，总监确认工程师、日期与工作量", sales, asked, _confirmed_on(scene)),
        ("准备", "与销售沟通客户情况，备好方案、计划与介质", engineer, _confirmed_on(scene), start),
        ("实施", case.project, engineer, start, end),
        ("客户签字", "客户确认服务单，工程师邮件报告完成", engineer, end, done),
        ("验收", "销售一个工作日内答复", sales, done, next_day(done) if done else None),
        ("归档", "总监关闭，文档齐全后归档", engineer, done, next_day(done, count=4) if done else None),
    )
    for n, (phase, what, who, first, last) in enumerate(rows, start=1):
        yield str(n), phase, what, who, *(day.isoformat() if day else "" for day in (first, last))


def _confirmed_on(scene: Scene) -> date | None:
    at: datetime | None = scene.reading.envelope.received_at if scene.reading else None
    return scene.policy.hours.local(at).date() if at else None


def day_in_words(day: date | None) -> str:
    """A day with its year, "" for none."""
    return f"{day.year}年{day_words(day)}" if day else ""


def clean_value(text: str) -> str:
    """A text as papers show it: no control characters, which Word refuses; cut when it is very long."""
    kept = "".join(c for c in text.replace("\r\n", "\n").replace("\t", " ") if c == "\n" or c.isprintable())
    return kept if len(kept) <= _LONGEST else kept[:_LONGEST] + "…（全文见申请邮件）"
