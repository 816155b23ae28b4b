"""R6, R22: work that starts before its request, the chase of the 补发, and its joining into one case."""

from dataclasses import replace
from typing import Any

import pytest

from bot.rules.case import Case, DeadlineKind
from bot.rules.decision import Decision
from bot.rules.desk import Desk
from bot.rules.joining import NEW, find_fit
from bot.rules.mail import Address, SubjectReading
from bot.rules.notice import NoticeKind
from bot.rules.opening import decide_new
from bot.rules.people import Person
from bot.rules.whispering import word_notice
from bot.rules.words import Proof, Stage
from tests.rules.build import (
    CHEN,
    EVERYBODY,
    GXM,
    LEAD,
    LI,
    LOCAL,
    TOP,
    ZGH,
    a_case,
    a_deadline,
    a_desk,
    a_scene,
    a_subject,
    armed,
    at,
    said_kinds,
    stage_after,
)
from tests.rules.spoken import after, read, speak

S, D = Stage, DeadlineKind
HEADED = SubjectReading("应急", "应急")
WORDS = "应急：欧莱雅，CITRIX宕机，陈总电话已同意，先去处理"


def told(writer: Person, words: str = WORDS, desk: Desk | None = None, **mail: Any) -> Decision:
    new: dict[str, Any] = {"subject": HEADED, "thread_ids": (), "cc": (Address(ZGH.address),)} | mail
    return decide_new(read(writer, words, None, **new), writer, desk or a_desk())


def test_R6_a_directors_proved_mail_is_the_confirmation_and_the_request_is_awaited() -> None:
    decision = told(CHEN, "应急：欧莱雅，CITRIX宕机，李工先去处理，1人天")
    case = after(decision)
    assert (case.stage, case.customer, case.project, case.sales) == (S.APPROVED, "欧莱雅", "CITRIX宕机", ZGH.address)
    assert (case.engineers, str(case.on), str(case.days)) == ((LI.address,), "2026-09-17", "1")
    assert (case.emergency, case.retroactive) == (True, True)
    assert said_kinds(decision) == ["confirmed"]
    assert armed(decision) == {"complete": "09-18 18:00", "resend": "09-18 18:00"}


@pytest.mark.parametrize(
    "words",
    [
        "应急：欧莱雅，CITRIX宕机，同意先处理",
        "应急：欧莱雅，CITRIX宕机，电话已同意，先去处理",
        "应急：欧莱雅，CITRIX宕机，李工先过去",
    ],
)
def test_R6_to_go_first_is_what_the_director_agrees_to(words: str) -> None:
    assert stage_after(told(CHEN, words)) is S.APPROVED


@pytest.mark.parametrize("desk", [a_desk(proof=Proof.NONE), a_desk(proof=Proof.FAIL)])
def test_R6_an_unproved_directors_mail_is_put_to_the_director(desk: Desk) -> None:
    decision = told(CHEN, desk=desk)
    assert (stage_after(decision), said_kinds(decision)) == (S.AWAITING_APPROVAL, ["emergency"])


@pytest.mark.parametrize(
    "words",
    [
        "应急：欧莱雅，CITRIX宕机，先不要去",
        "应急：欧莱雅，CITRIX宕机，等客户付款再去",
        "应急：欧莱雅，CITRIX宕机，同意，但先签合同",
    ],
)
def test_R6_a_director_who_holds_back_confirms_nothing(words: str) -> None:
    assert stage_after(told(CHEN, words)) is S.AWAITING_APPROVAL


def test_R6_an_engineers_word_for_the_director_is_asked_of_the_director() -> None:
    decision = told(LI)
    case = after(decision)
    assert (case.stage, case.engineers, case.retroactive) == (S.AWAITING_APPROVAL, (LI.address,), True)
    assert said_kinds(decision) == ["emergency"]
    assert armed(decision) == {"confirm": "09-18 18:00", "resend": "09-18 18:00"}
    stored = replace(case, id=7, ref="ZC2026-0007", version=1, newest_mail=1)
    notice = word_notice(decision.says[0], a_scene(stored, deadlines=decision.arms))
    buttons = {a: tuple(b.label for b in p.buttons) for a, p in notice.personal.items()}
    assert buttons == {CHEN.address: ("属实，同意", "不属实"), ZGH.address: ("补发申请",)}
    everybody = {a.email for a in (*notice.to, *notice.cc)}
    assert everybody >= {p.address for p in (CHEN, ZGH, LEAD, LOCAL, TOP, GXM)}, "R22: the same people as a request"


def test_R6_silence_is_no_consent_and_only_the_directors_plain_word_is() -> None:
    case = replace(after(told(LI)), id=7, ref="ZC2026-0007", version=1)
    for words, stage in (
        ("情况属实，同意", S.APPROVED),
        ("同意", S.APPROVED),
        ("不属实，没有同意过", S.DECLINED),
        ("属实，但要先签合同", S.AWAITING_INFO),
        ("收到", S.AWAITING_APPROVAL),
    ):
        assert stage_after(speak(case, CHEN, words)) is stage, words
    assert stage_after(speak(case, LI, "总监电话已同意")) is S.AWAITING_APPROVAL
    assert stage_after(speak(case, CHEN, "情况属实，同意", desk=a_desk(proof=Proof.NONE))) is S.AWAITING_APPROVAL


@pytest.mark.parametrize(
    ("words", "mail", "lacks"),
    [
        ("应急：欧莱雅服务器宕机，电话已同意", {}, "哪个客户"),
        ("应急：电话已同意，先去处理", {}, "哪个客户"),
        (WORDS, {"cc": ()}, "哪位销售"),
    ],
)
def test_R6_what_cannot_be_told_is_asked_of_the_writer_and_nothing_is_opened(
    words: str, mail: dict[str, Any], lacks: str
) -> None:
    decision = told(LI, words, **mail)
    assert (decision.case, said_kinds(decision), decision.says[0].to) == (None, ["ask"], (LI.address,))
    assert lacks in decision.says[0].headline


def test_R6_the_fixed_subject_with_an_emergency_in_its_text_opens_one() -> None:
    decision = told(LI, "应急：客户电话报障，陈总电话已同意，先去处理", subject=a_subject())
    assert (after(decision).emergency, after(decision).project) == (True, "CITRIX安装")


def test_R6_sales_send_a_request_instead_and_outsiders_open_nothing() -> None:
    assert said_kinds(told(ZGH)) == ["subject_help"]
    assert told(GXM).case is None
    assert told(LI, "应急预案已更新").case is None


# ---- the 补发 ----

WAITING = replace(
    a_case(S.APPROVED, retroactive=True, emergency=True, customer="欧莱雅", project="CITRIX宕机"),
    subject="应急",
    participants=EVERYBODY,
)
OTHER_ONE = replace(WAITING, id=8, ref="ZC2026-0008", project="AD无法登录")


def request(words: str, *awaited: Case, project: str = "CITRIX宕机", customer: str = "欧莱雅") -> Decision:
    raw = f"技术支持申请--{customer}--{project}--ZGH--0918"
    subject = a_subject(raw=raw, normal=raw, suggestion=raw, customer=customer, project=project)
    reading = read(ZGH, words, None, at("09-18 09:30"), subject=subject, thread_ids=())
    return decide_new(reading, ZGH, replace(a_desk(at("09-18 09:30")), awaited=awaited))


@pytest.mark.parametrize(
    ("words", "project"),
    [("请看附件", "CITRIX宕机"), ("请看", "Citrix 宕机"), ("补发申请", "应急处理"), ("事后补的申请", "CITRIX故障处理")],
)
def test_R6_a_certain_request_is_joined_into_the_one_case(words: str, project: str) -> None:
    decision = request(f"{words}\n支持地点：上海", WAITING, project=project)
    case = after(decision)
    assert (case.id, case.retroactive, case.project) == (WAITING.id, False, project)
    assert (case.stage, dict(case.fields)) == (S.APPROVED, {"支持地点": "上海"})
    assert case.subject.startswith("技术支持申请--欧莱雅")
    assert D.RESEND in decision.ends
    assert decision.says == ()


def test_R6_a_doubtful_request_is_asked_with_one_tap() -> None:
    decision = request("请安排", WAITING, project="网络扩容")
    assert (decision.case, said_kinds(decision)) == (None, ["join_asked"])
    say = decision.says[0]
    assert [b.says for b in say.buttons] == [f"补发：{WAITING.ref}", NEW]
    assert all(b.letter and b.letter.subject.startswith("技术支持申请--欧莱雅--网络扩容") for b in say.buttons)
    assert all(b.letter and "请安排" in b.letter.text for b in say.buttons), "the request comes along, nothing is lost"
    assert word_notice(say, a_scene(None)).kind is NoticeKind.JOIN_ASKED


def test_R6_a_request_that_fits_two_emergencies_is_asked_for_each() -> None:
    decision = request("补发申请", WAITING, OTHER_ONE, project="机房支持")
    assert [b.says for b in decision.says[0].buttons] == [f"补发：{WAITING.ref}", f"补发：{OTHER_ONE.ref}", NEW]
    exact = request("补发申请", WAITING, OTHER_ONE, project="AD无法登录")
    assert after(exact).id == OTHER_ONE.id


def test_R6_the_answer_opens_a_new_case_or_none_is_meant() -> None:
    assert said_kinds(request(f"{NEW}\n\n请安排", WAITING, project="网络扩容")) == ["registered"]
    assert said_kinds(request("请安排", project="网络扩容")) == ["registered"], "asked once, the same again is new"
    assert said_kinds(request("请安排", WAITING, customer="宝洁", project="巡检")) == ["registered"]


def test_R6_only_its_own_sales_request_is_certain() -> None:
    reading = read(ZGH, "补发申请", None, subject=a_subject(customer="欧莱雅中国", project="x"), thread_ids=())
    assert find_fit(reading, ZGH, (WAITING,)).certain == WAITING
    assert find_fit(reading, LEAD, (WAITING,)).certain is None


@pytest.mark.parametrize("stage", [S.AWAITING_APPROVAL, S.APPROVED, S.ON_SITE, S.ACCEPTED, S.CLOSED, S.ARCHIVED])
def test_R6_the_request_is_chased_at_every_stage_until_it_is_there(stage: Stage) -> None:
    case = replace(WAITING, stage=stage)
    assert a_deadline(D.RESEND, case).owner == ZGH.address
    assert D.RESEND in request("补发申请", case).ends
