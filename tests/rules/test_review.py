"""The closing review: planned against actual, what was kept or missed, from the record alone (R40)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.rules.case import Deadline, DeadlineKind, HistoryEntry
from bot.rules.event_names import event_name
from bot.rules.matters.matter import Issue, Matter, MatterKind, Rating
from bot.rules.papers.forms import FormSheet
from bot.rules.papers.review import REVIEW_FIELDS, REVIEW_TABLES, Dossier, MailLine, review_case
from bot.rules.plans.plan import Milestone
from bot.rules.table import Event
from bot.rules.words import Stage
from tests.rules.build import ALL_PAPERS, CHEN, LI, POLICY, ZGH, a_case, a_document, at

CASE = a_case(
    Stage.SETTLED,
    settled_days=Decimal("2.5"),
    mode="现场",
    fields=(("支持内容", "安装两台服务器"),),
    changes=(("多两台", "同意：4人天"),),
)
D = DeadlineKind


def entry(when: str, actor: str, event: str, why: str = "说明", summary: str = "") -> HistoryEntry:
    return HistoryEntry(at(when), actor, event, None, None, why, summary=summary)


def due(kind: DeadlineKind, when: str, done: str | None, step: int = 0) -> Deadline:
    return Deadline(kind, at(when), None, LI.address, f"{kind.value}的算法", step, done_at=at(done) if done else None)


HISTORY = (
    entry("09-17 10:00", ZGH.address, "request"),
    entry("09-17 19:00", CHEN.address, "approve"),
    entry("09-22 16:00", LI.address, "left_site"),
    entry("09-22 17:00", LI.address, "deviation", "工程师报告变更", "多两台服务器"),
    entry("09-23 17:00", LI.address, "completed"),
    entry("09-24 18:00", "zhichi", "silence"),
    entry("09-28 10:00", CHEN.address, "close"),
    entry("09-28 10:00", "zhichi", "documents"),
    entry("09-29 09:00", CHEN.address, "settle"),
)
DEADLINES = (
    due(D.START, "09-18 09:00", None),
    due(D.CONFIRM, "09-17 18:00", "09-17 19:00", 2),
    due(D.COMPLETE, "09-23 18:00", "09-23 17:00"),
    due(D.ACCEPT, "09-24 18:00", "09-24 18:10", 1),
)
DOSSIER = Dossier(POLICY, "新海", CASE, HISTORY, DEADLINES, ALL_PAPERS)


def rows(sheet: FormSheet, table: str) -> list[tuple[str, ...]]:
    return [tuple(text for _, text in row) for row in dict(sheet.tables)[table]]


def value(name: str, dossier: Dossier = DOSSIER) -> str:
    return dict(review_case(dossier).values)[name]


def test_R40_planned_against_actual() -> None:
    assert [(r[0], r[3]) for r in rows(review_case(DOSSIER), "计划")] == [
        ("总监确认", "逾期"),
        ("报告完成", "按时"),
        ("签字的服务单", ""),
        ("销售验收", "按时"),
        ("总监关闭", ""),
        ("文档归档", ""),
        ("核算工作量", ""),
        ("现场支持", ""),
        ("工作量", "多 0.5 人天"),
    ]
    confirm = rows(review_case(DOSSIER), "计划")[0]
    assert confirm[1:3] == ("2026-09-17 18:00", "2026-09-17 19:00")


def test_R35_milestones_with_the_day_they_were_first_planned_for() -> None:
    day = date(2026, 9, 20)
    milestones = (
        Milestone("到货", day, day, actual=day),
        Milestone("切换", date(2026, 9, 24), day, actual=date(2026, 9, 24)),
        Milestone("培训", day, day),
        Milestone("回访", day, day, dropped=True),
    )
    found = rows(review_case(replace(DOSSIER, milestones=milestones, history=(), deadlines=(), documents=())), "计划")
    assert [r for r in found if r[0] in {m.name for m in milestones}] == [
        ("到货", "2026-09-20", "2026-09-20", "按时"),
        ("切换", "2026-09-24（原 2026-09-20）", "2026-09-24", "逾期"),
        ("培训", "2026-09-20", "—", "未完成"),
        ("回访", "2026-09-20", "—", "取消"),
    ]


def test_R40_deadlines_kept_and_missed_with_their_reasons() -> None:
    found = rows(review_case(DOSSIER), "期限")
    assert [(r[0], r[1], r[4], r[5]) for r in found] == [
        ("总监确认", "李明", "逾期", "2 次"),
        ("工程师确认完成", "李明", "按时", ""),
        ("销售验收", "李明", "按时", "1 次"),  # the clock ends the period a little after its moment
    ]
    assert found[0][6] == "confirm的算法"
    assert value("期限结论") == "按时 2 项，逾期 1 项"


def test_R40_who_what_changes_problems_documents_history() -> None:
    sheet = review_case(DOSSIER)
    assert rows(sheet, "需求") == [("支持内容", "安装两台服务器")]
    assert rows(sheet, "变更") == [("1", "多两台", "同意：4人天")]
    assert [(r[1], r[2], r[3]) for r in rows(sheet, "问题")] == [("李明", "变更", "工程师报告变更：多两台服务器")]
    assert rows(sheet, "文档")[0][:3] == ("服务单.pdf", "服务单", "李明")
    assert len(rows(sheet, "经过")) == len(HISTORY)
    assert rows(sheet, "经过")[5][1:3] == ("支持机器人", "视为完成")
    assert [value(n) for n in ("销售", "工程师", "阶段", "预估工作量", "核算工作量", "缺少文档")] == [
        "张国华",
        "李明",
        "已核算",
        "2 人天",
        "2.5 人天",
        "无",
    ]


def test_R39_feedback_stands_there_when_it_was_given() -> None:
    assert value("评价") == "暂无评价"
    rated = replace(DOSSIER, rating=Rating(5, ZGH.address, at("09-30 09:00"), "很及时"))
    assert value("评价", rated) == "5 分：很及时（张国华，2026-09-30 09:00）"


def test_R37_what_was_raised_stands_there_with_how_it_ended() -> None:
    problem = Matter(
        MatterKind.PROBLEM, 1, "缺少许可", LI.address, at("09-22 10:00"), settled_at=at("09-22 15:00"), outcome="已补"
    )
    risk = Matter(MatterKind.RISK, 1, "停机", LI.address, at("09-22 11:00"), impact="半天", response="夜间做")
    climbing = Matter(
        MatterKind.ESCALATION,
        1,
        "推迟",
        ZGH.address,
        at("09-22 12:00"),
        Issue.TIME,
        answered_by=CHEN.address,
        answer="同意",
    )
    found = rows(review_case(replace(DOSSIER, matters=(problem, risk, climbing), history=())), "问题")
    assert [r[2:] for r in found] == [
        ("问题1", "缺少许可；2026-09-22 15:00 已解决 已补"),
        ("风险1", "停机；影响：半天；应对：夜间做；尚未解决"),
        ("升级1（时间调整）", "推迟；陈总答复：同意；尚未解决"),
    ]


@pytest.mark.parametrize(
    ("stage", "tacit", "told"),
    [
        (Stage.APPROVED, False, "尚未验收"),
        (Stage.CLOSED, False, "销售明确验收"),
        (Stage.CLOSED, True, "销售一个工作日内未答复，视为完成（R23）"),
    ],
)
def test_R40_how_it_was_accepted(stage: Stage, tacit: bool, told: str) -> None:
    assert value("验收方式", replace(DOSSIER, case=a_case(stage, tacit=tacit))) == told


def test_R40_a_case_of_which_little_is_known_has_a_review_all_the_same() -> None:
    bare = Dossier(POLICY, "", a_case())
    sheet = review_case(bare)
    assert tuple(name for name, _ in sheet.values) == REVIEW_FIELDS
    assert {name for name, _ in sheet.tables} == set(REVIEW_TABLES)
    assert value("缺少文档", bare) == "服务单、实施方案、实施计划"


def test_R40_open_deadlines_are_not_done_and_an_early_visit_is_said() -> None:
    open_one = replace(DOSSIER, deadlines=(due(D.SETTLE, "09-28 18:00", None),), history=HISTORY[:-1])
    assert rows(review_case(open_one), "期限")[0][3:5] == ("—", "未完成")
    early = replace(DOSSIER, history=(entry("09-21 16:00", LI.address, "left_site"),))
    (visit,) = [r for r in rows(review_case(early), "计划") if r[0] == "现场支持"]
    assert visit[2:] == ("首次报告：2026年9月21日（周一）", "提前")


def test_R40_the_form_counts_from_when_it_came() -> None:
    form = replace(a_document("服务单"), received_at=at("09-25 09:00"))
    late = replace(DOSSIER, documents=(form,), deadlines=(due(D.FORM, "09-24 18:00", "09-25 09:00"),))
    assert ("签字的服务单", "逾期") in [(r[0], r[3]) for r in rows(review_case(late), "计划")]


def test_R34_mails_are_listed_with_where_they_lie() -> None:
    mails = (MailLine(at("09-17 10:00"), "张国华", "主题", "摘要\x00", "邮件/来信001.eml"),)
    assert rows(review_case(replace(DOSSIER, mails=mails)), "邮件") == [
        ("2026-09-17 10:00", "张国华", "主题", "摘要", "邮件/来信001.eml")
    ]


def test_every_event_has_a_name_for_people() -> None:
    assert [event.value for event in Event if event_name(event).isascii()] == []
