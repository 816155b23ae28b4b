"""A case's timeline from its deadlines and history alone: planned against actual (R35, R41)."""

from dataclasses import replace
from datetime import date

import pytest

from bot.rules.case import Deadline, DeadlineKind, HistoryEntry
from bot.rules.decision import Say
from bot.rules.notice import NoticeKind
from bot.rules.plans.nodes import CHARTED, Record, lay_out, lay_out_customer
from bot.rules.plans.plan import Milestone
from bot.rules.plans.timeline import Bar, Span, bar_words, rest_days, summary, working_slip
from bot.rules.whispering import word_notice
from bot.rules.words import Nature, Stage
from tests.rules.build import CHEN, LI, POLICY, ZGH, a_case, a_document, a_scene, at

D, S = DeadlineKind, Stage
CALENDAR = POLICY.hours.calendar


def due(kind: DeadlineKind, when: str) -> Deadline:
    return Deadline(kind, at(when), None, CHEN.address, "")


def came(stage: Stage, when: str, before: Stage | None = None, event: str = "x") -> HistoryEntry:
    return HistoryEntry(at(when), CHEN.address, event, before, stage, "")


DEADLINES = (due(D.CONFIRM, "09-17 18:00"), due(D.COMPLETE, "09-23 18:00"))
APPROVED = (came(S.AWAITING_APPROVAL, "09-17 10:00"), came(S.APPROVED, "09-18 11:00", S.AWAITING_APPROVAL))
WHOLE = Record(
    a_case(S.ARCHIVED, completed_at=at("09-24 17:00")),
    (*DEADLINES, due(D.ACCEPT, "09-28 18:00"), due(D.CLOSE, "09-29 18:00"), due(D.DOCUMENTS, "10-09 18:00")),
    (
        *APPROVED,
        came(S.AWAITING_ACCEPTANCE, "09-24 17:00", S.APPROVED),
        came(S.ACCEPTED, "09-28 09:30", S.AWAITING_ACCEPTANCE),
        came(S.CLOSED, "09-30 09:00", S.ACCEPTED),
        came(S.ARCHIVED, "09-30 09:00", S.CLOSED),
    ),
)


def rows(record: Record, when: str = "10-08 10:00") -> dict[str, tuple[str, str, str]]:
    """Name → planned, actual, verdict; days as `09-22`."""

    def day(span: Span | None) -> str:
        return f"{span.first:%m-%d}" if span else ""

    return {b.name: (day(b.planned), day(b.actual), b.verdict) for b in lay_out(POLICY, record, at(when)).bars}


def test_R41_a_whole_case_planned_against_actual() -> None:
    assert rows(WHOLE) == {
        "申请": ("09-17", "09-17", "按时"),
        "确认": ("09-17", "09-18", "晚1天"),
        "支持开始": ("09-22", "09-22", "按时"),
        "完成": ("09-23", "09-24", "晚1天"),
        "验收": ("09-28", "09-28", "按时"),
        "关闭": ("09-29", "09-30", "晚1天"),
        "归档": ("10-09", "09-30", "按时"),
    }


def test_R41_what_is_to_come_is_planned_ahead_over_the_holiday() -> None:
    record = Record(a_case(S.APPROVED), DEADLINES, APPROVED)
    assert rows(record, "09-22 10:00") == {
        "申请": ("09-17", "09-17", "按时"),
        "确认": ("09-17", "09-18", "晚1天"),
        "支持开始": ("09-22", "", "未到期"),
        "完成": ("09-23", "", "未到期"),
        "验收": ("09-24", "", "未到期"),
        "关闭": ("09-28", "", "未到期"),
        "归档": ("10-08", "", "未到期"),  # three working days later; 10-01 to 10-07 are none
    }
    late = rows(record, "09-28 10:00")
    assert late["完成"] == ("09-23", "", "已逾期2天")  # the 24th and the 28th are worked


def test_R41_a_project_has_its_proposal_before_the_work() -> None:
    case = a_case(S.APPROVED, nature=Nature.PROJECT, on=date(2026, 9, 28))
    assert rows(Record(case, DEADLINES, APPROVED))["方案"] == ("09-24", "", "已逾期4天")
    paper = replace(a_document("项目方案"), received_at=at("09-23 10:00"))
    assert rows(Record(case, DEADLINES, APPROVED, (paper,)))["方案"] == ("09-24", "09-23", "按时")
    assert "方案" not in rows(Record(a_case(S.APPROVED), DEADLINES, APPROVED))
    written = Record(a_case(S.APPROVED), (*DEADLINES, due(D.PROPOSAL, "09-25 18:00")), APPROVED)
    assert rows(written, "09-22 10:00")["方案"] == ("09-25", "", "未到期"), "document support has its own date (R16)"
    sent = replace(written, history=(*APPROVED, came(S.APPROVED, "09-24 10:00", S.APPROVED, "proposal")))
    assert rows(sent)["方案"] == ("09-25", "09-24", "按时")


def test_R41_the_first_promise_counts_not_the_last() -> None:
    record = replace(WHOLE, deadlines=(*WHOLE.deadlines, due(D.COMPLETE, "10-12 18:00")))
    assert rows(record)["完成"] == ("09-23", "09-24", "晚1天")


def test_R41_an_objection_takes_completion_and_acceptance_back() -> None:
    case = replace(WHOLE.case, stage=S.ON_SITE, completed_at=None)
    found = rows(replace(WHOLE, case=case), "09-29 10:00")
    assert [found[name][1] for name in ("确认", "完成", "验收", "关闭")] == ["09-18", "", "", ""]


@pytest.mark.parametrize(("stage", "names"), [(S.DECLINED, 2), (S.WITHDRAWN, 2), (S.AWAITING_APPROVAL, 7)])
def test_R41_a_case_that_ended_has_no_further_milestones(stage: Stage, names: int) -> None:
    assert len(rows(Record(a_case(stage), DEADLINES[:1]))) == names


def test_R22_a_case_without_a_request_begins_with_its_work() -> None:
    case = a_case(S.AWAITING_ACCEPTANCE, retroactive=True, on=None, completed_at=at("09-17 10:00"))
    found = rows(Record(case, (due(D.ACCEPT, "09-18 18:00"),)))
    assert "确认" not in found
    assert found["申请"] == ("", "09-17", "已完成")
    assert found["完成"][1] == "09-17"
    assert found["验收"][0] == "09-18"


def test_R19_the_start_is_the_day_of_the_first_report_when_that_was_earlier() -> None:
    left = came(S.ON_SITE, "09-21 18:00", S.APPROVED, "left_site")
    assert rows(Record(a_case(S.ON_SITE), DEADLINES, (*APPROVED, left)))["支持开始"][1] == "09-21"


def test_R35_milestones_by_mail_stand_among_the_processs_own() -> None:
    own = (
        Milestone("环境准备", date(2026, 9, 18), date(2026, 9, 18), LI.address, actual=date(2026, 9, 21)),
        Milestone("割接", date(2026, 9, 28), date(2026, 9, 24), LI.address),
        Milestone("完成", date(2026, 9, 30), date(2026, 9, 30), ZGH.address),
        Milestone("作废", date(2026, 9, 30), date(2026, 9, 30), dropped=True),
    )
    timeline = lay_out(POLICY, Record(a_case(S.APPROVED), DEADLINES, APPROVED, (), own), at("09-22 10:00"))
    names = [bar.name for bar in timeline.bars]
    assert names == ["申请", "确认", "环境准备", "支持开始", "割接", "完成", "验收", "关闭", "归档"]
    bars = {bar.name: bar for bar in timeline.bars}
    assert (bars["环境准备"].verdict, bars["环境准备"].who) == ("晚2天", "李明")  # Sunday the 20th is worked
    assert bars["割接"].moved == Span(date(2026, 9, 28), date(2026, 9, 28))
    assert bar_words(bars["割接"]) == "计划9月24日，改为9月28日，未到期，李明"
    assert (bars["完成"].planned, bars["完成"].who) == (Span(date(2026, 9, 30), date(2026, 9, 30)), "张国华")


def test_R41_a_customers_cases_from_their_start_to_their_completion() -> None:
    running = Record(a_case(S.ON_SITE, project="二期", ref="ZC2026-0008"), DEADLINES, APPROVED)
    refused = Record(a_case(S.DECLINED, project="三期"), DEADLINES[:1])
    timeline = lay_out_customer(POLICY, "欧莱雅", (WHOLE, running, refused), at("09-28 10:00"))
    done, now, ended = timeline.bars
    assert (done.planned, done.actual) == (
        Span(date(2026, 9, 22), date(2026, 9, 23)),
        Span(date(2026, 9, 22), date(2026, 9, 24)),
    )
    assert (done.verdict, done.who) == ("晚1天", "ZC2026-0007")
    assert (now.actual, now.verdict) == (Span(date(2026, 9, 22), date(2026, 9, 28)), "已逾期2天")
    assert (ended.planned, ended.actual, ended.who) == (None, None, "ZC2026-0007 未获同意")
    assert timeline.subtitle == "3 个支持，完成 1 个"


def test_a_slip_is_counted_in_working_days() -> None:
    assert working_slip(CALENDAR, date(2026, 9, 24), date(2026, 9, 28)) == 1  # 25 to 27 are the holiday
    assert working_slip(CALENDAR, date(2026, 9, 18), date(2026, 9, 20)) == 1  # a worked Sunday (R44)
    assert working_slip(CALENDAR, date(2026, 9, 24), date(2026, 9, 24)) == 0
    assert working_slip(CALENDAR, date(2026, 9, 24), date(2026, 9, 1)) == 0


def test_the_days_off_are_the_calendars_and_bounded() -> None:
    bars = (Bar("x", Span(date(2026, 9, 24), date(2026, 9, 28))),)
    assert sorted(rest_days(CALENDAR, bars, date(2026, 9, 24))) == [date(2026, 9, n) for n in (25, 26, 27)]
    ages = (Bar("x", Span(date(1970, 1, 1), date(2099, 1, 1))),)
    assert len(rest_days(CALENDAR, ages, date(2026, 9, 24))) < 101


@pytest.mark.parametrize("kind", sorted(CHARTED))
def test_R41_the_mail_says_in_words_what_its_picture_shows(kind: NoticeKind) -> None:
    timeline = lay_out(POLICY, WHOLE, at("10-08 10:00"))
    scene = a_scene(WHOLE.case, timeline=timeline)
    notice = word_notice(Say(kind, to=(ZGH.address,)), scene)
    assert [line.label for line in notice.nodes] == [bar.name for bar in timeline.bars]
    assert notice.nodes[1].value == "计划9月17日，实际9月18日，晚1天，陈总"
    assert summary(timeline) == "客户时间节点图：欧莱雅，共7项，完成7项，3项晚于计划"
    assert word_notice(Say(kind, to=(ZGH.address,)), replace(scene, timeline=None)).nodes == ()


def test_without_any_day_a_bar_still_says_something() -> None:
    assert [Bar("x").verdict, Bar("x", done=True).verdict, bar_words(Bar("x", provisional=True))] == [
        "未定",
        "已完成",
        "未定",
    ]
