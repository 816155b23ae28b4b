"""改期 and 撤回 of sales; the director's yes or no to what is open; two who may decide and differ (R10, R18, R33)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.rules.case import Case, DeadlineKind, Wish
from bot.rules.desk import Desk
from bot.rules.mail import Address
from bot.rules.people import Company, Person
from bot.rules.policy import Policy
from bot.rules.words import Proof, Stage
from tests.rules.build import (
    CAST,
    CHEN,
    DEPUTY,
    LI,
    ZGH,
    a_case,
    a_deadline,
    a_desk,
    armed,
    at,
    said_kinds,
    stage_after,
)
from tests.rules.spoken import after, speak

S, D = Stage, DeadlineKind
TO_BOT: dict[str, Any] = {"to": (Address("bot@demo.cn"),), "cc": ()}
DAY = date(2026, 9, 25)
MOVING = a_case(S.APPROVED, wish=Wish.RESCHEDULE, wish_on=DAY, wish_said="改期到9月25日")
LEAVING = a_case(S.APPROVED, wish=Wish.WITHDRAW, wish_said="撤回申请")


@pytest.mark.parametrize(
    "words",
    [
        "客户机房停电，改期到9月25日",
        "支持时间改到9月25日，谢谢",
        "陈总，客户要求推迟到9月25日",
        "支持时间：9月25日",
        "能否改期？9月25日可以吗",
    ],
)
def test_R33_before_the_yes_another_date_simply_counts_and_is_on_record(words: str) -> None:
    decision = speak(a_case(wanted=date(2026, 9, 22)), ZGH, words)
    assert (after(decision).wanted, after(decision).stage) == (DAY, S.AWAITING_APPROVAL)
    assert any("9月22日（周二） → 9月25日（周五）" in entry.why for entry in decision.history)
    assert decision.says == (), "the director got the mail"


def test_R33_the_director_hears_of_another_date_that_only_the_bot_got() -> None:
    decision = speak(a_case(), ZGH, "改期到9月25日", **TO_BOT)
    assert (said_kinds(decision), decision.says[0].items) == (
        ["decide_again"],
        ("销售更改了支持日期：未定 → 9月25日（周五）。",),
    )


@pytest.mark.parametrize("stage", [S.APPROVED, S.ON_SITE])
def test_R33_after_the_yes_the_date_stays_until_the_director_agrees(stage: Stage) -> None:
    decision = speak(a_case(stage), ZGH, "客户停电，改期到9月25日")
    case = after(decision)
    assert (case.on, case.wish, case.wish_on) == (date(2026, 9, 22), Wish.RESCHEDULE, DAY)
    assert said_kinds(decision) == ["wish_asked"]
    assert (decision.says[0].to, decision.says[0].cc) == ((CHEN.address,), (LI.address,))
    assert armed(decision) == {"wish": "09-18 18:00"}
    assert decision.arms[0].owner == CHEN.address


@pytest.mark.parametrize("words", ["同意", "同意改期", "同意改期到9月25日", "可以改期", "同意，就按新日期"])
def test_R33_the_directors_plain_yes_moves_the_date_old_to_new(words: str) -> None:
    decision = speak(MOVING, CHEN, words)
    case = after(decision)
    assert (case.stage, case.on, case.wish) == (S.APPROVED, DAY, Wish.NONE)
    assert case.changes == (("改期：9月22日（周二） → 9月25日（周五）", "总监同意"),)
    assert (said_kinds(decision), decision.says[0].text) == (["confirmed"], "日期：9月22日（周二） → 9月25日（周五）")
    assert armed(decision) == {"complete": "09-28 18:00"}
    assert D.WISH in decision.ends


@pytest.mark.parametrize("words", ["不同意改期", "不同意", "不同意改期，按原安排进行"])
def test_R33_a_no_to_another_date_keeps_the_case_and_its_date(words: str) -> None:
    decision = speak(MOVING, CHEN, words, **TO_BOT)
    case = after(decision)
    assert (case.stage, case.on, case.wish) == (S.APPROVED, date(2026, 9, 22), Wish.NONE)
    assert "总监不同意" in case.changes[0][1]
    assert [(s.kind.value, s.to, s.cc) for s in decision.says] == [("wish_refused", (ZGH.address,), (LI.address,))]
    assert D.WISH in decision.ends


def test_R33_the_director_may_name_a_third_date() -> None:
    decision = speak(MOVING, CHEN, "同意，改到9月26日")
    case = after(decision)
    assert (case.on, case.wish) == (date(2026, 9, 26), Wish.NONE)
    assert "9月25日" in case.changes[0][0]
    assert D.WISH in decision.ends


@pytest.mark.parametrize("words", ["同意改到下周", "同意改期，但请先问客户", "嗯嗯", "同意改期吗？"])
def test_R10_what_is_no_plain_yes_moves_no_date(words: str) -> None:
    decision = speak(MOVING, CHEN, words)
    assert (after(decision).on, after(decision).wish) == (date(2026, 9, 22), Wish.RESCHEDULE)


def test_R10_the_old_button_does_not_agree_to_a_newer_date() -> None:
    newer = replace(MOVING, wish_on=date(2026, 9, 28))
    assert after(speak(newer, CHEN, "同意改期到2026年9月25日")).on != date(2026, 9, 28)


def test_R33_out_of_what_is_confirmed_only_with_the_directors_yes() -> None:
    asked = speak(a_case(S.APPROVED), ZGH, "撤回申请，客户取消了")
    assert (stage_after(asked), said_kinds(asked), armed(asked)) == (
        S.APPROVED,
        ["wish_asked"],
        {"wish": "09-18 18:00"},
    )
    agreed = speak(after(asked), CHEN, "同意撤回")
    assert (stage_after(agreed), said_kinds(agreed), set(agreed.ends)) == (S.WITHDRAWN, ["withdrawn"], set(D))
    kept = speak(after(asked), CHEN, "不同意撤回")
    assert (stage_after(kept), after(kept).wish) == (S.APPROVED, Wish.NONE)


def test_R10_only_what_says_so_ends_the_support_while_something_is_open() -> None:
    assert stage_after(speak(MOVING, CHEN, "不同意继续支持")) is S.DECLINED
    assert stage_after(speak(MOVING, CHEN, "撤回同意")) is S.AWAITING_APPROVAL
    assert after(speak(LEAVING, CHEN, "撤回同意")).wish is Wish.NONE


def test_design2_a_wish_without_proof_is_asked_back() -> None:
    for words in ("改期到9月25日", "撤回申请"):
        decision = speak(a_case(S.APPROVED), ZGH, words, desk=a_desk(proof=Proof.NONE))
        assert (said_kinds(decision), after(decision).wish) == (["prove"], Wish.NONE)


@pytest.mark.parametrize("stage", [S.AWAITING_APPROVAL, S.APPROVED])
def test_R33_another_date_without_a_day_is_asked_of_sales(stage: Stage) -> None:
    decision = speak(a_case(stage), ZGH, "客户要求改期，日期待定")
    assert (said_kinds(decision), decision.says[0].to) == (["ask"], (ZGH.address,))
    assert (after(decision).wish, decision.changed) == (Wish.NONE, False)


@pytest.mark.parametrize("words", ["不改期了，还是9月22日", "9月22日准时到", "无需改期"])
def test_R33_who_keeps_the_date_asks_for_nothing(words: str) -> None:
    assert speak(a_case(S.APPROVED), ZGH, words).says == ()


def test_R33_what_is_unanswered_at_completion_is_kept() -> None:
    done = speak(MOVING, LI, "已完成")
    assert after(done).changes == (("改期：9月22日（周二） → 9月25日（周五）", "完成前未答复"),)
    assert D.WISH in done.ends


# ---- R18: the director may decide the change too ----

CHANGING = a_case(S.ON_SITE, change="加两台服务器")


@pytest.mark.parametrize(
    ("words", "outcome", "days"), [("同意变更，3人天", "同意", "3"), ("不同意变更", "不同意", "2")]
)
def test_R18_the_director_decides_a_change_and_the_case_goes_on(words: str, outcome: str, days: str) -> None:
    decision = speak(CHANGING, CHEN, words, **TO_BOT)
    case = after(decision)
    assert (case.stage, case.change, str(case.days)) == (S.ON_SITE, "", days)
    assert case.changes[0][1].startswith(outcome)
    assert (said_kinds(decision), decision.says[0].text) == (["changed"], "总监")
    assert decision.ends == (D.CHANGE,)


@pytest.mark.parametrize(
    ("told", "answer", "days"),
    [
        ("工作量有变化，需要增加1人天", "同意变更", "3"),  # on top of the 2 of the estimate
        ("工作量有变化，需要增加到5人天", "同意", "5"),
        ("工作量有变化，需要增加2人天", "同意增加1人天", "3"),  # the answer counts
        ("产品型号与申请不符", "同意增加1人天", "3"),
        ("产品型号与申请不符", "同意，按4人天", "4"),
        ("产品型号与申请不符", "同意变更", "2"),
        ("工作量有变化，需要增加1人天", "不同意变更", "2"),
    ],
)
@pytest.mark.parametrize("writer", [ZGH, CHEN])
def test_R18_old_and_new_workload_are_what_was_agreed(told: str, answer: str, days: str, writer: Person) -> None:
    change = after(speak(a_case(S.ON_SITE), LI, told))
    decision = speak(change, writer, answer)
    assert str(after(decision).days) == days
    assert (f"2 人天 → {days} 人天" in decision.history[0].why) is (days != "2")
    assert after(decision).change_days is None


def test_R33_a_new_engineer_leaves_the_question_of_the_date_open_and_says_so() -> None:
    decision = speak(MOVING, CHEN, "工程师换成王工")
    assert (after(decision).wish, after(decision).on) == (Wish.RESCHEDULE, date(2026, 9, 22))
    assert said_kinds(decision) == ["confirmed", "ask"]
    assert "还没有答复" in decision.says[1].items[0]


def test_R33_a_yes_to_the_new_date_may_name_a_new_engineer_too() -> None:
    decision = speak(MOVING, CHEN, "同意改期，工程师换成王工")
    assert (after(decision).wish, after(decision).on) == (Wish.NONE, date(2026, 9, 25))
    assert "李明 → 王强" in decision.history[0].why


def test_R33_a_day_in_another_clause_is_not_the_day_asked_for() -> None:
    decision = speak(a_case(S.APPROVED), ZGH, "客户那边周五才有空，能不能改到9月25日上门")
    assert (after(decision).wish_on, after(decision).wanted) == (DAY, None)


def test_R18_with_two_questions_open_a_bare_answer_is_asked_back() -> None:
    both = replace(CHANGING, wish=Wish.RESCHEDULE, wish_on=DAY)
    bare = speak(both, CHEN, "同意")
    assert (said_kinds(bare), after(bare).wish, after(bare).change) == (["ask"], Wish.RESCHEDULE, "加两台服务器")
    assert after(speak(both, CHEN, "同意变更")).change == ""
    assert after(speak(both, CHEN, "同意改期")).on == DAY
    assert stage_after(speak(both, CHEN, "不同意")) is S.ON_SITE


def test_R18_the_director_hears_of_a_change_that_the_engineer_told_only_the_bot() -> None:
    alone = speak(a_case(S.ON_SITE), LI, "工作量有变化，需要增加1人天", **TO_BOT)
    assert [(s.kind.value, s.to, s.cc) for s in alone.says] == [("change_asked", (ZGH.address,), (CHEN.address,))]
    assert speak(a_case(S.ON_SITE), LI, "工作量有变化，需要增加1人天").says[0].cc == ()


# ---- bad input: two directors, an assignment to nobody ----

XU = replace(CHEN, name="许总", addresses=("xu@demo.cn",))
TWO = Policy(Company((*CAST, XU), (*Policy(Company(())).company.delegations,)))


def two(when: str = "09-17 12:00") -> Desk:
    return a_desk(at(when), policy=TWO)


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (a_case(S.APPROVED, decided_by=CHEN.address), "不同意，本周没有人手"),
        (a_case(S.ON_SITE, decided_by=CHEN.address), "撤回同意"),
        (a_case(S.DECLINED, decided_by=CHEN.address), "同意，李工，9月22日"),
    ],
)
def test_R10_two_directors_who_differ_are_told_and_the_first_answer_stands(case: Case, words: str) -> None:
    decision = speak(case, XU, words, desk=two())
    assert (stage_after(decision), decision.changed, said_kinds(decision)) == (case.stage, False, ["conflict"])
    assert decision.says[0].to == (CHEN.address, XU.address)
    assert decision.history[0].event == "conflict"
    assert decision.history[0].summary == words
    assert stage_after(speak(case, CHEN, words, desk=two())) is not case.stage, "who decided may change their mind"


def test_R10_a_director_overrules_a_delegate_but_not_the_other_way_round() -> None:
    by_deputy = a_case(S.APPROVED, decided_by=DEPUTY.address)
    assert stage_after(speak(by_deputy, CHEN, "不同意")) is S.DECLINED
    stranger_to_the_day = speak(a_case(S.APPROVED, decided_by=CHEN.address), XU, "不同意", desk=two())
    assert stage_after(stranger_to_the_day) is S.APPROVED
    stands_in = speak(a_case(S.APPROVED, decided_by=CHEN.address), DEPUTY, "不同意", at("09-21 10:00"))
    assert stage_after(stands_in) is S.DECLINED, "he decides in the director's place that day"


def test_R9_an_assignment_to_somebody_unknown_is_asked_of_the_director_alone() -> None:
    decision = speak(a_case(S.APPROVED), CHEN, "改派孙悟空去")
    assert (said_kinds(decision), decision.says[0].to) == (["ask"], (CHEN.address,))
    assert after(decision).engineers == (LI.address,)
    assert "孙悟空" in decision.says[0].items[0]


def test_the_wish_has_its_deadline_with_a_reason() -> None:
    deadline = a_deadline(D.WISH, MOVING)
    assert "总监应在1个工作日内答复" in deadline.why
