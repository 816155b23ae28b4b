"""Matters by mail: raised, put to the first level, answered, settled, reopened (R31, R32, R37)."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bot.parse.assignment import read_assignment
from bot.parse.matters import read_matters
from bot.parse.meaning import read_meaning
from bot.rules.beside import decide_beside
from bot.rules.case import Case, DeadlineKind
from bot.rules.deciding import decide_on_case
from bot.rules.decision import Decision
from bot.rules.desk import Desk
from bot.rules.mail import Reading
from bot.rules.matters.matter import Issue, Matter, MatterKind
from bot.rules.matters.mattering import end_matters
from bot.rules.notice import NoticeKind as N
from bot.rules.parts import find_parts, read_as
from bot.rules.people import Person
from bot.rules.words import Intent, Proof, Role, Stage
from tests.rules.build import (
    BEIJING,
    CHEN,
    GXM,
    LEAD,
    LI,
    LOCAL,
    NOON,
    OTHER,
    POLICY,
    TOP,
    WANG,
    ZGH,
    a_case,
    a_desk,
    a_reading,
    at,
    said_kinds,
)

K, S = MatterKind, Stage
AT_WORK = a_case(S.APPROVED)


def read(person: Person, text: str, case: Case, when: datetime = NOON, **mail: Any) -> Reading:
    """As the bot reads it."""
    role, stage = read_as(case, find_parts(POLICY, case, person, when.date()), person)
    meaning = read_meaning(text, role, stage)
    said = read_assignment(read_matters(text).outside, when.date()) if role is Role.DIRECTOR else None
    reading = a_reading(person, meaning.intent, text, when=when, said=said, **mail)
    return replace(reading, meaning=meaning, beside=read_matters(text))


def write(
    person: Person, text: str, *there: Matter, case: Case = AT_WORK, desk: Desk | None = None, when: datetime = NOON
) -> Decision:
    """What `person`'s mail does when these matters are there."""
    desk = replace(desk or a_desk(when), matters=there)
    reading = read(person, text, case, when)
    return decide_beside(decide_on_case(reading, case, person, desk), reading, case, person, desk)


def a_matter(kind: MatterKind = K.ESCALATION, number: int = 1, **changed: Any) -> Matter:
    """An escalation of 张国华 that waits for 李工; a problem or risk that waits for nobody."""
    climbing = kind in {K.ESCALATION, K.DISPUTE}
    base = Matter(
        kind,
        number,
        "客户要求提前",
        ZGH.address,
        NOON,
        issue=Issue.TIME if kind is K.ESCALATION else None,
        level=1 if climbing else 0,
        owners=(LI.address,) if climbing else (),
        asked=(LI.address,) if climbing else (),
        next_at=at("09-17 16:00") if climbing else None,
        turn=1 if climbing else 0,
        case_id=7,
        id=5,
        version=1,
    )
    return replace(base, **changed)


def only(decision: Decision) -> Matter:
    (matter,) = decision.matters
    return matter


def events(decision: Decision) -> list[str]:
    return [entry.event for entry in decision.history]


# ---- raised (R32) ----


@pytest.mark.parametrize(
    ("raiser", "level", "asked"),
    [(ZGH, 1, LI), (LEAD, 1, LI), (CHEN, 1, LI), (LI, 2, CHEN)],
)
def test_R32_raised_by_whoever_is_on_the_case_it_goes_to_the_first_level_that_is_not_the_raiser(
    raiser: Person, level: int, asked: Person
) -> None:
    decision = write(raiser, "升级：时间调整 客户要求提前")
    matter = only(decision)
    assert (matter.name, matter.issue, matter.text) == ("升级1", Issue.TIME, "客户要求提前")
    assert (matter.level, matter.owners) == (level, (asked.address,))
    (say,) = decision.says
    assert (say.kind, say.to, say.cc, say.matter) == (N.MATTER, (asked.address,), (raiser.address,), "升级1")
    assert events(decision) == ["raised", "climbed"]
    assert decision.history[0].mail


@pytest.mark.parametrize(
    ("when", "until"),
    [
        ("09-17 10:00", "09-17 14:00"),
        ("09-17 16:00", "09-18 11:00"),
        ("09-18 17:00", "09-20 12:00"),
        ("09-19 10:00", "09-20 13:00"),
    ],
)
def test_R32_an_answer_is_awaited_for_four_working_hours(when: str, until: str) -> None:
    assert only(write(ZGH, "升级：运营问题 现场中断", when=at(when))).next_at == at(until)


def test_R32_before_an_engineer_is_named_the_director_is_asked() -> None:
    assert only(write(ZGH, "升级：寻求指导 怎么做", case=a_case())).owners == (CHEN.address,)


def test_R32_numbers_count_by_kind() -> None:
    there = (a_matter(), a_matter(K.PROBLEM, 3, id=6))
    assert only(write(ZGH, "升级：客户数据 电话错了", *there)).name == "升级2"
    assert only(write(ZGH, "问题：又坏了", *there)).name == "问题4"


def test_R32_several_in_one_mail_are_each_raised() -> None:
    decision = write(LI, "问题：介质损坏\n风险：机房停电，影响：停机，应对：UPS\n升级：物资采购 要新介质")
    assert [m.name for m in decision.matters] == ["问题1", "风险1", "升级1"]
    assert said_kinds(decision) == ["matter"]


def test_R32_an_unknown_kind_is_asked_back_with_the_eight_one_tap_each() -> None:
    decision = write(ZGH, "升级：换人")
    (say,) = decision.says
    assert (say.kind, say.to, decision.matters) == (N.MATTER_HELP, (ZGH.address,), ())
    assert [b.label for b in say.buttons] == [issue.value for issue in Issue]
    for button, issue in zip(say.buttons, Issue, strict=True):
        assert only(write(ZGH, button.says)).issue is issue
    assert len(say.items) == 8


def test_R32_the_same_once_more_is_not_raised_twice() -> None:
    there = a_matter(text="客户要求提前")
    decision = write(ZGH, "升级：时间调整 客户要求提前", there)
    assert (decision.matters, decision.says) == ((), ())
    assert events(decision) == ["noted"]


@pytest.mark.parametrize("stranger", [OTHER, BEIJING])
def test_R32_a_colleague_who_is_not_on_the_case_raises_nothing_and_hears_so(stranger: Person) -> None:
    decision = write(stranger, "升级：时间调整 客户要求提前")
    assert (decision.matters, said_kinds(decision)) == ((), ["matter_help"])
    assert events(decision) == ["not_concerned"]


def test_R32_raising_needs_no_proof_but_a_forged_mail_does_nothing() -> None:
    assert only(write(ZGH, "升级：时间调整 提前", desk=a_desk(proof=Proof.NONE))).name == "升级1"
    forged = write(ZGH, "升级：时间调整 提前", desk=a_desk(proof=Proof.FAIL))
    assert (forged.matters, forged.says) == ((), ())


def test_R32_the_stage_never_moves_by_it() -> None:
    for person in (ZGH, CHEN, LI):
        for stage in Stage:
            case = a_case(stage)
            assert (write(person, "升级：时间调整 提前", case=case).case or case).stage is stage


# ---- disputes (R31) ----


@pytest.mark.parametrize(
    ("raiser", "text", "asked"),
    [
        (LI, "我和销售对完成时间有分歧", CHEN),
        (LI, "争议：我说完成了，销售不认可", CHEN),
        (ZGH, "争议：工程师的工作量算多了", LOCAL),
    ],
)
def test_R31_the_engineers_goes_to_the_director_the_sales_to_the_sales_director(
    raiser: Person, text: str, asked: Person
) -> None:
    matter = only(write(raiser, text))
    assert (matter.kind, matter.owners, matter.raised_by) == (K.DISPUTE, (asked.address,), raiser.address)


# ---- problems and risks (R37) ----


def test_R37_a_problem_is_on_record_and_no_mail_is_sent_about_it() -> None:
    decision = write(LI, "问题：安装介质损坏")
    assert (decision.says, only(decision).name, only(decision).next_at) == ((), "问题1", None)
    assert decision.history[0].why == "问题1已登记：安装介质损坏"
    assert not decision.changed


def test_R37_a_problem_told_without_its_label_is_one_too() -> None:
    assert only(write(LI, "遇到问题，服务器无法启动")).kind is K.PROBLEM


def test_R37_a_risk_keeps_effect_and_answer() -> None:
    matter = only(write(ZGH, "风险：机房可能停电，影响：停机半天，应对：备UPS"))
    assert (matter.text, matter.impact, matter.response) == ("机房可能停电", "停机半天", "备UPS")


def test_R37_a_completion_with_a_problem_is_a_completion_and_the_problem_is_listed() -> None:
    decision = write(LI, "已完成，服务单见附件。\n问题：驱动缺失")
    assert decision.case
    assert (decision.case.stage, only(decision).text) == (S.AWAITING_ACCEPTANCE, "驱动缺失")


def test_R37_a_list_numbered_by_its_writer_is_raised() -> None:
    assert [m.name for m in write(LI, "问题1：介质损坏\n问题2：驱动缺失").matters] == ["问题1", "问题2"]


def test_R24_who_raises_something_instead_of_accepting_cannot_be_taken_to_agree() -> None:
    case = a_case(S.AWAITING_ACCEPTANCE)
    risk = write(ZGH, "风险：月底可能再坏", case=case)
    assert risk.case
    assert risk.case.silence_held
    assert [say.headline for say in risk.says] == ["您说的已经登记；这件申请还等着您明确答复。"]
    problem = write(ZGH, "问题：打印还不能用", case=case)
    assert problem.case
    assert (problem.case.stage, only(problem).name) == (S.ON_SITE, "问题1")


@pytest.mark.parametrize("who", [LI, ZGH, CHEN])
def test_R37_sales_engineer_and_director_settle_a_problem(who: Person) -> None:
    decision = write(who, "问题1已解决，换了介质", a_matter(K.PROBLEM))
    assert (only(decision).settled_by, only(decision).outcome) == (who.address, "换了介质")
    assert (decision.says, events(decision)) == ((), ["resolved"])


# ---- answered and settled (R32) ----


@pytest.mark.parametrize("text", ["升级1：我来处理", "收到，我来处理，周五改期", "已与客户约好周六"])
def test_R32_an_answer_of_who_is_asked_stops_the_climbing_and_the_raiser_hears_it(text: str) -> None:
    decision = write(LI, text, a_matter())
    matter = only(decision)
    assert (matter.answered_by, matter.next_at, matter.is_open) == (LI.address, None, True)
    assert [(s.kind, s.to) for s in decision.says] == [(N.MATTER_TOLD, (ZGH.address,))]
    assert events(decision) == ["answered"]


@pytest.mark.parametrize("text", ["收到", "好的，谢谢", "状态", "帮助"])
def test_R32_what_was_only_seen_is_no_answer(text: str) -> None:
    assert write(LI, text, a_matter()).matters == ()


def test_R32_an_answer_to_the_notice_counts_although_it_also_moves_the_case() -> None:
    desk = replace(a_desk(), answers="升级1")
    decision = write(LI, "已离场，明天再去", a_matter(), desk=desk)
    assert decision.case
    assert (decision.case.stage, only(decision).answered_by) == (S.ON_SITE, LI.address)
    assert write(LI, "已离场，明天再去", a_matter()).matters == ()


def test_R32_words_of_others_are_no_answer() -> None:
    for person in (WANG, LEAD, GXM):
        assert write(person, "周五应该可以", a_matter()).matters == ()


def test_R32_with_two_open_plain_words_are_not_guessed_at() -> None:
    assert write(LI, "周五应该可以", a_matter(), a_matter(number=2, id=6)).matters == ()


@pytest.mark.parametrize("who", [LI, ZGH, CHEN])
def test_R32_settled_by_raiser_asked_or_director_and_the_others_hear_it(who: Person) -> None:
    decision = write(who, "升级1已解决", a_matter())
    assert (only(decision).settled_by, only(decision).next_at) == (who.address, None)
    others = tuple(p.address for p in (ZGH, LI) if p is not who)
    assert [(*s.to, *s.cc) for s in decision.says] == [others]


@pytest.mark.parametrize("who", [WANG, LEAD, GXM])
def test_R32_nobody_else_settles_it_and_they_hear_why(who: Person) -> None:
    decision = write(who, "升级1已解决", a_matter())
    assert decision.matters == ()
    assert [(s.kind, s.to) for s in decision.says] == [(N.MATTER_HELP, (who.address,))]
    assert "张国华" in decision.says[0].headline
    assert events(decision) == ["not_concerned"]


@pytest.mark.parametrize("text", ["升级1已解决", "升级1：我来处理", "已与客户约好周六"])
def test_R32_design2_what_stops_it_needs_proof(text: str) -> None:
    decision = write(LI, text, a_matter(), desk=a_desk(proof=Proof.NONE))
    assert (decision.matters, said_kinds(decision)) == ((), ["prove"])
    assert events(decision) == ["unproved"]
    assert only(write(LI, text, a_matter(), desk=a_desk(proof=Proof.SECRET))).id == 5
    assert only(write(LI, text, a_matter(), desk=replace(a_desk(proof=Proof.NONE), known_person=True))).id == 5


def test_R32_a_bare_word_settles_the_only_one_and_asks_between_two() -> None:
    assert only(write(LI, "已解决", a_matter())).settled_by == LI.address
    decision = write(LI, "已解决", a_matter(), a_matter(K.PROBLEM, id=6))
    assert decision.matters == ()
    assert [b.says for b in decision.says[0].buttons] == ["升级1已解决", "问题1已解决"]
    assert write(LI, "已解决").history[0].event == "mail"


def test_R32_a_number_that_is_not_there_is_told_with_those_that_are() -> None:
    decision = write(LI, "问题7已解决", a_matter(K.PROBLEM))
    assert (decision.matters, said_kinds(decision)) == ((), ["matter_help"])
    assert decision.says[0].items == ("问题1：客户要求提前",)


def test_R32_two_who_answer_differently_are_both_on_record_and_tell_each_other() -> None:
    asked = a_matter(level=2, owners=(CHEN.address,), asked=(LI.address, CHEN.address))
    first = write(LI, "升级1：周五可以", asked)
    assert {*first.says[0].to, *first.says[0].cc} == {ZGH.address, CHEN.address}
    second = write(CHEN, "升级1：周五不行，下周一", replace(only(first), version=2))
    assert only(second).answer == "周五不行，下周一"
    assert {*second.says[0].to, *second.says[0].cc} == {ZGH.address, LI.address}


def test_R32_who_says_not_solved_is_believed_and_it_goes_one_level_up() -> None:
    settled = a_matter(settled_by=LI.address, settled_at=NOON, next_at=None)
    for there in (settled, a_matter(answered_by=LI.address, answer="周五改", next_at=None)):
        decision = write(ZGH, "升级1仍未解决", there)
        matter = only(decision)
        assert (matter.is_open, matter.waits, matter.level, matter.owners) == (True, True, 2, (CHEN.address,))
        (say,) = decision.says
        assert (say.to, set(say.cc)) == ((CHEN.address,), {ZGH.address, LI.address})
    top = replace(settled, level=4, owners=(TOP.address,), asked=(LI.address, CHEN.address, LEAD.address, TOP.address))
    assert only(write(ZGH, "升级1仍未解决", top)).owners == (TOP.address,)


# ---- ended with the case, or with the deadline that raised it ----


def test_R32_a_declined_case_takes_its_matters_along_and_a_met_deadline_what_it_raised() -> None:
    there = (a_matter(), a_matter(number=2, id=6, raised_by="zhichi", cause="confirm"))
    declined = end_matters(write(CHEN, "不同意继续支持", *there), there, a_desk())
    assert [m.settled_by for m in declined.matters] == ["zhichi", "zhichi"]
    met = end_matters(replace(write(ZGH, "谢谢", *there), ends=(DeadlineKind.CONFIRM,)), there, a_desk())
    assert [m.name for m in met.matters] == ["升级2"]
    assert met.history[-1].why == "升级2随之了结：期限已了结"


def test_a_day_under_a_label_is_no_arrangement() -> None:
    for text in ("风险：9月25日机房停电", "升级1：周五不行，下周一"):
        decision = write(CHEN, text, a_matter(owners=(CHEN.address,), asked=(CHEN.address,)))
        assert not decision.changed
        assert decision.matters


def test_no_word_about_a_matter_is_asked_back_as_unclear() -> None:
    """`R10`: the director whom the case waits for is not asked what they meant by a risk."""
    decision = write(CHEN, "风险：机房可能停电", case=a_case())
    assert (decision.says, decision.why) == ((), "风险1已登记：机房可能停电")
    assert read(CHEN, "风险：机房可能停电", a_case()).meaning.intent is Intent.RISK
