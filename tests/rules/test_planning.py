"""A project's plan by mail: noted, reached, slipping, told to those it touches (R35)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.rules.case import Case
from bot.rules.decision import Decision
from bot.rules.people import Company, Person
from bot.rules.plans.plan import Milestone, PlanLine
from bot.rules.plans.plan_deciding import PLANNED_AT, decide_late, decide_plan
from bot.rules.plans.planning import merge, note, overdue, watched
from bot.rules.policy import Policy
from bot.rules.whispering import word_notice
from bot.rules.words import Intent, Proof, Stage
from tests.rules.build import (
    CAST,
    CHEN,
    DEPUTY,
    LI,
    OTHER,
    POLICY,
    WANG,
    ZGH,
    a_case,
    a_desk,
    a_reading,
    a_scene,
    at,
    hear,
)

CALENDAR = POLICY.hours.calendar


def day(written: str) -> date:
    return date.fromisoformat(f"2026-{written}")


def a_milestone(name: str, planned: str, who: str = LI.address, **changed: Any) -> Milestone:
    return watched(CALENDAR, replace(Milestone(name, day(planned), day(planned), who), **changed))


PLAN = (
    a_milestone("环境准备", "09-22", buffer=1),
    a_milestone("割接", "09-24", WANG.address),
    a_milestone("试运行", "09-29"),
)
CASE = a_case(Stage.APPROVED, on=day("09-24"))


def planned(plan: tuple[Milestone, ...]) -> dict[str, str]:
    return {m.name: f"{m.planned:%m-%d}" for m in plan}


def after(line: PlanLine, plan: tuple[Milestone, ...] = PLAN, today: str = "09-17") -> dict[str, str]:
    return planned(merge(plan, note(POLICY, plan, line, "", day(today)).milestones))


# ---- what a line does ----


def test_R35_a_new_one_is_noted_and_watched_from_the_day_after_its_buffer() -> None:
    step = note(POLICY, PLAN, PlanLine("验收准备", day("09-24"), buffer=1), WANG.address, day("09-17"))
    (made,) = step.milestones
    assert (made.planned, made.first, made.who, made.buffer) == (day("09-24"), day("09-24"), WANG.address, 1)
    assert made.late_on == day("09-29"), "the 25th to 27th are the holiday, the 28th is its buffer"
    assert step.lines == ("验收准备：9月24日（周四），王强，缓冲1天",)
    assert not step.slip


def test_R35_within_the_buffer_nothing_else_moves_and_the_buffer_is_used_up() -> None:
    step = note(POLICY, PLAN, PlanLine("环境准备", day("09-23"), moved=True), "", day("09-17"))
    (moved,) = step.milestones
    assert (moved.planned, moved.first, moved.buffer) == (day("09-23"), day("09-22"), 0)


def test_R35_beyond_the_buffer_everything_later_moves_by_as_many_working_days() -> None:
    assert after(PlanLine("环境准备", day("09-28"), moved=True)) == {
        "环境准备": "09-28",
        "割接": "09-29",  # 24 and 28 are beyond the buffer of the 23rd: two working days
        "试运行": "10-08",  # over the National Day
    }
    assert after(PlanLine("试运行", day("09-30"), moved=True))["割接"] == "09-24", "what comes before does not move"


def test_R35_what_is_done_or_dropped_does_not_move() -> None:
    plan = merge(PLAN, (replace(PLAN[1], actual=day("09-21")), replace(PLAN[2], dropped=True)))
    assert after(PlanLine("环境准备", day("09-28"), moved=True), plan)["割接"] == "09-24"
    assert after(PlanLine("环境准备", day("09-28"), moved=True), plan)["试运行"] == "09-29"


def test_R35_reached_in_time_reached_late() -> None:
    step = note(POLICY, PLAN, PlanLine("环境准备", done=True), "", day("09-22"))
    assert step.milestones == (replace(PLAN[0], actual=day("09-22"), late_on=None),)
    assert step.lines == ("环境准备：9月22日（周二）完成（计划9月22日（周二），按时）",)
    late = note(POLICY, PLAN, PlanLine("环境准备", day("09-24"), done=True), "", day("09-24"))
    assert planned(late.milestones) == {"环境准备": "09-22", "割接": "09-28", "试运行": "09-30"}
    assert "晚2个工作日" in late.lines[0]
    assert late.lines[1] == "割接：9月24日（周四） → 9月28日（周一），王强（随之顺延）"


def test_R35_the_clock_moves_what_depends_once_and_a_new_day_only_the_rest() -> None:
    assert PLAN[0].late_on == day("09-24")
    first = overdue(POLICY, PLAN, PLAN[0], day("09-24"))
    plan = merge(PLAN, first.milestones)
    assert planned(plan) == {"环境准备": "09-22", "割接": "09-28", "试运行": "09-30"}
    assert (plan[0].told, plan[0].late_on, plan[0].pushed) == (True, None, 1)
    assert after(PlanLine("环境准备", day("09-28"), moved=True), plan)["割接"] == "09-29", "one day more, not two"
    assert after(PlanLine("环境准备", day("09-23"), done=True), plan, "09-28")["割接"] == "09-24", "in time after all"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (PlanLine("没有", done=True), "没有名为"),
        (PlanLine("没有", day("09-28"), moved=True), "没有名为"),
        (PlanLine("没有", dropped=True), "没有名为"),
        (PlanLine("没有", who="李工"), "没有写日期"),
        (PlanLine("割接", day("09-28"), done=True), "还没有到"),
    ],
)
def test_R35_what_cannot_be_is_said(line: PlanLine, problem: str) -> None:
    step = note(POLICY, PLAN, line, "", day("09-17"))
    assert problem in step.problem
    assert step.milestones == ()


def test_R35_names_are_the_same_whatever_blanks_and_case() -> None:
    plan = (a_milestone("UAT 测试", "09-22"),)
    assert after(PlanLine("uat测试", day("09-23")), plan) == {"UAT 测试": "09-23"}


def test_R35_dropped_and_planned_anew() -> None:
    step = note(POLICY, PLAN, PlanLine("割接", dropped=True), "", day("09-17"))
    plan = merge(PLAN, step.milestones)
    assert after(PlanLine("割接", day("10-12")), plan)["割接"] == "10-12"
    assert after(PlanLine("割接", who="王强", buffer=2))["割接"] == "09-24"


# ---- who may, and who hears of it ----


def write(
    sender: Person,
    *lines: PlanLine,
    case: Case = CASE,
    proof: Proof = Proof.PASS,
    text: str = "",
    when: str = "09-17 12:00",
) -> Decision:
    reading = a_reading(sender, Intent.NONE, text, when=at(when))
    written = tuple(replace(line, text=f"{line.name} …") for line in lines)
    reading = replace(reading, plan=written)
    desk = replace(a_desk(at(when), proof=proof), milestones=PLAN)
    return decide_plan(hear(case, sender, reading, desk), reading, case, sender, desk)


NEW = PlanLine("验收准备", day("09-28"), "王工")
LATER = PlanLine("环境准备", day("09-28"), moved=True)
DONE = PlanLine("环境准备", done=True)


def told(decision: Decision) -> dict[str, tuple[str, ...]]:
    return {say.kind.value: say.to for say in decision.says}


@pytest.mark.parametrize("who", [CHEN, DEPUTY])
def test_R35_director_and_project_manager_write_the_plan(who: Person) -> None:
    decision = write(who, NEW)
    assert planned(decision.milestones) == {"验收准备": "09-28"}
    assert told(decision) == {"plan": (who.address, WANG.address)}
    assert [line.event for line in decision.history] == ["plan"]
    assert decision.case == CASE, "a plan moves no case"


def test_R35_a_slip_is_told_to_those_it_touches_the_director_and_sales() -> None:
    decision = write(LI, LATER)
    assert told(decision) == {"plan": (LI.address, WANG.address, CHEN.address, ZGH.address)}
    notice = word_notice(decision.says[0], a_scene(CASE))
    assert notice.headline == "项目计划有变。"
    assert notice.items == (
        "环境准备：9月22日（周二） → 9月28日（周一），李明",
        "割接：9月24日（周四） → 9月29日（周二），王强（随之顺延）",
        "试运行：9月29日（周二） → 10月8日（周四），李明（随之顺延）",
        "支持开始日9月24日（周四）受影响：环境准备已排到当天或以后，请总监确认是否改期。",
    )


@pytest.mark.parametrize(
    ("who", "line", "allowed"),
    [
        (LI, NEW, False),
        (LI, LATER, True),
        (LI, DONE, True),
        (WANG, DONE, False),
        (WANG, PlanLine("割接", done=True, day=day("09-17")), True),
        (ZGH, LATER, False),
        (OTHER, DONE, False),
    ],
)
def test_R35_others_may_only_say_how_their_own_stands(who: Person, line: PlanLine, *, allowed: bool) -> None:
    decision = write(who, line)
    assert bool(decision.milestones) is allowed
    assert ("ask" in told(decision)) is not allowed


@pytest.mark.parametrize("who", [CHEN, DEPUTY, LI])
def test_R35_without_proof_the_plan_is_not_changed_and_the_sender_asked_once_a_day(who: Person) -> None:
    decision = write(who, LATER, proof=Proof.NONE)
    assert decision.milestones == ()
    (say,) = decision.says
    assert (say.kind.value, say.text, say.to) == ("prove", "里程碑：环境准备 …", (who.address,))
    assert say.slot == f"plan:{who.address}:2026-09-17"
    assert write(who, LATER, proof=Proof.FAIL).says == ()


def test_R35_that_it_is_done_is_a_report_and_needs_no_proof() -> None:
    decision = write(LI, DONE, LATER, proof=Proof.NONE)
    assert [m.actual for m in decision.milestones] == [day("09-17")]


def test_R35_a_yes_beside_the_plan_is_asked_for_proof_in_the_same_mail() -> None:
    reading = a_reading(CHEN, Intent.APPROVE, "同意")
    reading = replace(reading, plan=(replace(NEW, text="验收准备 9月28日 王工"),))
    case, desk = a_case(), a_desk(proof=Proof.NONE)
    decision = decide_plan(hear(case, CHEN, reading, desk), reading, case, CHEN, desk)
    (say,) = decision.says
    assert (say.kind.value, say.text) == ("prove", "同意\n里程碑：验收准备 9月28日 王工")


@pytest.mark.parametrize(
    "line", [PlanLine("验收准备", day("09-28"), "赵工"), PlanLine("", problem="没有写里程碑的名称")]
)
def test_R35_what_is_unclear_is_asked_back_and_the_rest_noted(line: PlanLine) -> None:
    decision = write(CHEN, line, PlanLine("上线", day("09-30")))
    assert list(planned(decision.milestones)) == ["上线"]
    assert "里程碑没有登记" in next(say for say in decision.says if say.kind.value == "ask").items[0]


def test_R35_two_of_one_name_are_asked() -> None:
    twin = Person("王刚", ("wg@demo.cn",), WANG.roles, ("王工",))
    desk = replace(a_desk(policy=Policy(Company((*CAST, twin)))), milestones=PLAN)
    reading = replace(a_reading(CHEN, text=""), plan=(NEW,))
    decision = decide_plan(Decision(why="", case=CASE), reading, CASE, CHEN, desk)
    assert "王强或王刚" in decision.says[0].items[0]


@pytest.mark.parametrize("stage", [s for s in Stage if s not in PLANNED_AT])
def test_R35_a_case_that_is_over_has_no_plan(stage: Stage) -> None:
    decision = write(CHEN, NEW, case=a_case(stage))
    assert decision.milestones == ()
    assert "已经结束" in decision.says[-1].items[0]


def test_R35_late_is_told_once_with_what_moves() -> None:
    desk = replace(a_desk(at("09-24 09:00")), milestones=PLAN)
    decision = decide_late(PLAN[0], CASE, desk)
    (say,) = decision.says
    assert say.to == (LI.address, WANG.address, CHEN.address, ZGH.address)
    assert say.slot == "late:环境准备:2026-09-22"
    notice = word_notice(say, a_scene(CASE))
    assert notice.headline == "里程碑逾期：环境准备，应于9月22日（周二）完成，至今没有完成。"
    assert notice.items[0] == "割接：9月24日（周四） → 9月28日（周一），王强（随之顺延）"
    assert "里程碑：环境准备 改到" in notice.paragraphs[0]
    assert decision.history[0].actor == "zhichi"


def test_R35_of_a_case_that_is_over_nobody_is_told() -> None:
    desk = replace(a_desk(at("09-24 09:00")), milestones=PLAN)
    decision = decide_late(PLAN[0], replace(CASE, stage=Stage.CLOSED), desk)
    assert (decision.says, decision.history) == ((), ())
    assert decision.milestones == (replace(PLAN[0], told=True, late_on=None),)
