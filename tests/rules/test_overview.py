"""The digest of director and admin, and the weekly overview (R32, R36, R37, R46)."""

from datetime import date

import pytest

from bot.rules.case import DeadlineKind
from bot.rules.decision import Say
from bot.rules.matters.matter import MatterKind
from bot.rules.notice import NoticeKind as N
from bot.rules.overview import MOST, opens_week, readers, week_of
from bot.rules.scene import Board, Raised, Scene, Waiting
from bot.rules.times.hours import OfficeHours
from bot.rules.whispering import word_notice
from bot.rules.words import Stage
from tests.rules.build import CHEN, GXM, LI, POLICY, a_case, a_deadline, at
from tests.rules.test_mattering import a_matter

S, D = Stage, DeadlineKind
WHEN = at("09-21 09:00")


def waits(stage: Stage, kind: DeadlineKind, since: str) -> Waiting:
    case = a_case(stage)
    return Waiting(case, a_deadline(kind, case, at(since)))


LATE, SOON = waits(S.AWAITING_APPROVAL, D.CONFIRM, "09-17 10:00"), waits(S.AWAITING_ACCEPTANCE, D.ACCEPT, "09-20 10:00")
RAISED = (
    Raised(a_case(), a_matter()),
    Raised(a_case(), a_matter(number=2, level=4, next_at=None)),
    Raised(a_case(), a_matter(number=3, level=2, answered_by=CHEN.address, answer="周五改", next_at=None)),
    Raised(a_case(), a_matter(MatterKind.RISK, text="停电", impact="停机", response="UPS")),
)


def a_view(kind: N, board: Board, *own: Waiting):  # type: ignore[no-untyped-def]
    scene = Scene(POLICY, WHEN, waiting=own, board=board, operators=("ops@demo.cn",))
    return word_notice(Say(kind, to=(CHEN.address,), items=("注意",)), scene)


def test_R36_R46_director_and_admin_see_what_waits_for_whom_overdue_first() -> None:
    assert {p.address for p in readers(POLICY)} == {CHEN.address, GXM.address}
    notice = a_view(N.DIGEST, Board((SOON, LATE), RAISED), LATE)
    titles = ["您的待办（1）", "等待他人（2）", "升级与争议（3）", "问题与风险（1）"]
    assert [section.title for section in notice.sections] == titles
    others = notice.sections[1].rows
    assert [(row.overdue, row.owes) for row in others] == [(True, "陈总"), (False, "张国华")]
    assert notice.headline == (
        "9月21日（周一）：您有 1 项待办，其中 1 项逾期；等待他人 2 项，其中 1 项逾期；"
        "4 项升级、争议、问题或风险未了结。"
    )
    assert (notice.items, notice.rows, notice.bars) == (("注意",), (), ())


def test_R32_R37_open_escalations_with_their_level_problems_and_risks() -> None:
    notice = a_view(N.DIGEST, Board(raised=RAISED))
    climbing, listed = notice.sections
    assert [(r.state.split("：")[0], r.owes, r.overdue) for r in climbing.rows] == [
        ("升级2", "李明", True),  # nobody is left to ask
        ("升级3", "", False),
        ("升级1", "李明", True),
    ]
    assert "第4级（销售负责人）" in climbing.rows[0].state
    assert "陈总已答复：周五改" in climbing.rows[1].state
    assert [r.state for r in listed.rows] == ["风险1：停电；影响：停机；应对：UPS"]


def test_R46_everybody_else_sees_only_their_own() -> None:
    notice = a_view(N.DIGEST, Board(), SOON)
    assert (len(notice.rows), notice.sections) == (1, ())
    assert notice.headline == "9月21日（周一）：1 项待办。"


def test_R36_the_overview_counts_by_stage_with_plain_bars() -> None:
    stages = (S.ON_SITE, S.AWAITING_APPROVAL, S.ON_SITE, S.ON_SITE, S.ON_SITE)
    notice = a_view(N.OVERVIEW, Board((LATE,), (), stages, frozenset({7})))
    assert [(bar.label, bar.count, bar.share) for bar in notice.bars] == [("待确认", 1, 25), ("支持中", 4, 100)]
    assert notice.headline == "9月21日（周一）：在办 5 件，其中 1 件有逾期。"
    assert notice.sections[0].rows[0].overdue
    assert a_view(N.OVERVIEW, Board(stages=stages)).headline.endswith("没有逾期。")


def test_a_long_list_is_cut_and_says_so() -> None:
    (section,) = a_view(N.DIGEST, Board((SOON,) * (MOST + 3))).sections
    assert (len(section.rows), section.more) == (MOST, "其余 3 项请运行 zhichi list 查看。")


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 9, 21), date(2026, 9, 21)),
        (date(2026, 9, 24), date(2026, 9, 21)),
        (date(2026, 10, 8), date(2026, 10, 8)),  # the week of the national day begins on Thursday
        (date(2026, 10, 9), date(2026, 10, 8)),
    ],
)
def test_R36_a_week_begins_on_its_first_working_day(today: date, first: date) -> None:
    assert opens_week(OfficeHours(), today) == first


def test_R36_the_week_names_itself_across_the_year() -> None:
    days = (date(2026, 9, 20), date(2026, 9, 21), date(2027, 1, 1))
    assert [week_of(day) for day in days] == ["2026-W38", "2026-W39", "2026-W53"]


def test_R48_my_todo_lists_the_escalations_that_wait_for_me() -> None:
    scene = Scene(POLICY, WHEN, waiting=(SOON,), asked=(Raised(a_case(), a_matter()),))
    notice = word_notice(Say(N.TODO, to=(LI.address,)), scene)
    assert notice.headline == "您有 2 项待办。"
    assert notice.items == ("ZC2026-0007 升级1：时间调整：客户要求提前（第1级（项目组联系人），待李明答复）",)
