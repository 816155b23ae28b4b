"""A mail that belongs to no case yet (R1-R4, R22, R47, R48)."""

from dataclasses import replace

import pytest

from bot.rules.case import Case
from bot.rules.decision import Decision
from bot.rules.mail import Address, Meaning, Reading, RequestFields
from bot.rules.notice import Letter
from bot.rules.opening import decide_new
from bot.rules.people import Person
from bot.rules.words import Fate, Intent, Nature, Proof, Stage
from tests.rules.build import (
    BOT,
    CHEN,
    GXM,
    LEAD,
    LI,
    LOCAL,
    SUBJECT,
    TOP,
    ZGH,
    a_desk,
    a_file,
    a_reading,
    a_request,
    a_subject,
    armed,
    at,
    said_kinds,
    stage_after,
)


def opened(reading: Reading, sender: Person | None, when: str = "09-17 12:00", proof: Proof = Proof.PASS) -> Decision:
    return decide_new(reading, sender, a_desk(at(when), proof=proof))


def the_case(decision: Decision) -> Case:
    assert decision.case is not None
    return decision.case


def completing(reading: Reading) -> Reading:
    return replace(reading, meaning=Meaning(Intent.COMPLETED, "“已完成”"))


def test_R1_a_fitting_request_opens_a_case() -> None:
    decision = opened(a_request(when=at("09-17 10:00")), ZGH, "09-17 10:01")
    case = the_case(decision)
    assert (case.stage, case.customer, case.project, case.sales, case.subject) == (
        Stage.AWAITING_APPROVAL,
        "欧莱雅",
        "CITRIX安装",
        ZGH.address,
        SUBJECT,
    )
    assert (case.id, case.version, case.round, case.retroactive) == (0, 0, 0, False)
    assert said_kinds(decision) == ["registered"]
    assert armed(decision) == {"confirm": "09-17 18:00", "start": "09-18 09:00"}
    assert decision.history[0].from_stage is None


def test_R1_required_people_not_addressed_join_the_thread() -> None:
    decision = opened(a_request(to=(Address("chen@demo.cn"), Address(BOT)), cc=()), ZGH)
    emails = [a.email for a in the_case(decision).participants]
    assert emails == [p.address for p in (ZGH, CHEN, LEAD, LOCAL, TOP, GXM)]
    assert BOT not in emails


def test_R43_the_receipt_counts_not_the_turn() -> None:
    decision = opened(a_request(when=at("09-19 10:00")), ZGH, "09-20 09:30")
    assert the_case(decision).counted_from == at("09-20 09:00")
    assert armed(decision)["confirm"] == "09-20 18:00"


@pytest.mark.parametrize(
    ("written", "nature"),
    [("非项目", Nature.NON_PROJECT), ("项目", Nature.PROJECT), ("项目类", Nature.PROJECT), ("", None), ("待定", None)],
)
def test_R4_the_nature_is_read_from_its_field(written: str, nature: Nature | None) -> None:
    reading = a_request(fields=RequestFields((("项目性质", written),)))
    assert the_case(opened(reading, ZGH)).nature is nature


def test_R3_a_subject_that_does_not_fit_is_told_to_the_sender_alone_once_a_day() -> None:
    bad = a_request(subject=a_subject(fits=False, problems=("缺少日期",), suggestion="技术支持申请--欧莱雅--〔项目〕"))
    decision = opened(bad, ZGH)
    assert decision.case is None
    say = decision.says[0]
    assert (say.kind.value, say.to, say.items, say.text) == (
        "subject_help",
        (ZGH.address,),
        ("缺少日期",),
        "技术支持申请--欧莱雅--〔项目〕",
    )
    again = opened(bad, ZGH, "09-17 17:00")
    tomorrow = opened(bad, ZGH, "09-18 09:00")
    assert again.says[0].slot == say.slot != tomorrow.says[0].slot


def test_R3_a_reply_without_its_case_and_a_sales_nobody_knows_are_helped_too() -> None:
    assert said_kinds(opened(a_request(subject=a_subject(is_reply=True)), ZGH)) == ["subject_help"]
    unknown = a_request(CHEN, subject=a_subject(sales="谁"), cc=())
    decision = opened(unknown, CHEN)
    assert "“谁”不在人员名单中" in decision.says[0].items[0]


def test_R22_an_engineers_completion_without_a_request_opens_the_case_at_the_acceptance() -> None:
    report = completing(a_request(LI, "已完成", attachments=(a_file("扫描.pdf"),), when=at("09-30 17:00")))
    decision = opened(report, LI, "09-30 17:01")
    case = the_case(decision)
    assert (case.stage, case.retroactive, case.engineers, case.sales, case.completed_at) == (
        Stage.AWAITING_ACCEPTANCE,
        True,
        (LI.address,),
        ZGH.address,
        at("09-30 17:00"),
    )
    assert said_kinds(decision) == ["acceptance", "resend_asked"]
    assert armed(decision) == {"accept": "10-08 18:00", "resend": "10-08 18:00"}
    assert [d.label for d in decision.documents] == ["服务单"]


def test_R22_without_the_form_it_is_asked_for_as_ever() -> None:
    decision = opened(completing(a_request(LI)), LI)
    assert said_kinds(decision) == ["acceptance", "resend_asked", "form_missing"]


def test_R1_an_engineers_request_without_a_completion_opens_nothing() -> None:
    decision = opened(a_request(LI), LI)
    assert (decision.case, said_kinds(decision)) == (None, ["subject_help"])


def test_a_request_opens_without_proof_for_it_decides_nothing() -> None:
    assert stage_after(opened(a_request(), ZGH, proof=Proof.FAIL)) is Stage.AWAITING_APPROVAL


OTHER_MAIL = a_subject(is_request=False, fits=False, normal="午饭")


@pytest.mark.parametrize(
    ("intent", "notice"),
    [(Intent.STATUS_REQUEST, "todo"), (Intent.TODO_REQUEST, "todo"), (Intent.HELP_REQUEST, "help")],
)
def test_R48_self_service_without_a_case_only_when_written_to_the_bot(intent: Intent, notice: str) -> None:
    to_bot = a_reading(LEAD, intent, subject=OTHER_MAIL, to=(Address(BOT),))
    between_people = a_reading(LEAD, intent, subject=OTHER_MAIL, to=(Address("chen@demo.cn"),))
    assert said_kinds(opened(to_bot, LEAD)) == [notice]
    assert opened(between_people, LEAD).fate is Fate.IGNORED


def test_R47_what_is_not_ours_is_never_answered() -> None:
    chat = a_reading(ZGH, Intent.APPROVE, subject=OTHER_MAIL, to=(Address(BOT),))
    for reading, sender in (
        (chat, ZGH),
        (a_request("x@else.cn"), None),
        (a_reading("x@demo.cn", subject=OTHER_MAIL), None),
    ):
        decision = opened(reading, sender)
        assert (decision.fate, decision.says, decision.case) == (Fate.IGNORED, (), None)


def test_R47_a_colleague_whose_address_is_not_registered_is_told_once_a_day() -> None:
    decision = opened(a_request("neu@demo.cn"), None)
    say = decision.says[0]
    assert (say.kind.value, say.to, say.slot) == ("not_registered", ("neu@demo.cn",), "neu@demo.cn:2026-09-17")
    assert decision.case is None


# ---- one tap sends the corrected request (R3) ----

WRONG = a_subject(
    raw="技术支持申请(第二次)--欧莱雅--CITRIX安装--ZGH--0917", fits=False, problems=("多了「(第二次)」",), ready=True
)
SLIP = a_subject(customer="欧菜雅", suggestion=SUBJECT.replace("欧莱雅", "欧菜雅"))


def letters(decision: Decision) -> dict[str, Letter | None]:
    (say,) = decision.says
    return {button.label: button.letter for button in say.buttons}


def test_R3_the_corrected_request_is_laid_ready_for_the_same_people() -> None:
    decision = opened(a_request(text="请安排", subject=WRONG), ZGH)
    colleagues = tuple(p.address for p in (LEAD, LOCAL, TOP, GXM))
    assert letters(decision) == {"发送更正后的申请": Letter((CHEN.address,), colleagues, SUBJECT, "请安排")}
    assert not any(b.secret for say in decision.says for b in say.buttons)


def test_R3_what_would_be_asked_back_itself_is_not_laid_ready() -> None:
    subject = replace(WRONG, suggestion=SUBJECT.replace("欧莱雅", "〔客户名称〕"), ready=False)
    assert letters(opened(a_request(subject=subject), ZGH)) == {}


def test_R3_a_request_nobody_else_got_goes_to_the_director() -> None:
    letter = letters(opened(a_request(subject=WRONG, to=(Address(BOT),), cc=()), ZGH))["发送更正后的申请"]
    assert letter == Letter((CHEN.address,), (), SUBJECT, "请支持")


@pytest.mark.parametrize(("proof", "joins"), [(Proof.PASS, True), (Proof.NONE, False), (Proof.FAIL, False)])
def test_a_forger_brings_no_outsider_into_the_corrected_request(proof: Proof, joins: bool) -> None:
    copied = (Address("customer@loreal.example"), Address(ZGH.addresses[1]))
    letter = letters(opened(a_request(subject=WRONG, cc=copied), ZGH, proof=proof))["发送更正后的申请"]
    assert letter is not None
    assert letter.cc == (("customer@loreal.example",) if joins else ())


# ---- a customer one slip from a known one (R3) ----


def with_known(reading: Reading, *near: str) -> Decision:
    return decide_new(reading, ZGH, replace(a_desk(), near_customers=near))


def test_R3_a_customer_that_may_be_a_slip_is_asked_of_the_sender_alone() -> None:
    decision = with_known(a_request(subject=SLIP), "欧莱雅", "欧菜莱")
    (say,) = decision.says
    assert (decision.case, say.to, say.text) == (None, (ZGH.address,), SUBJECT)
    assert {label: letter and letter.subject for label, letter in letters(decision).items()} == {
        "改为“欧莱雅”": SUBJECT,
        "改为“欧菜莱”": SUBJECT.replace("欧莱雅", "欧菜莱"),
        "就是这个客户": SLIP.suggestion,
    }


@pytest.mark.parametrize("text", ["客户名称无误", "客户名称无误。\n\n请安排", "\n客户名称无误！\n请安排"])
def test_R3_who_says_that_the_name_is_right_is_believed(text: str) -> None:
    assert the_case(with_known(a_request(text=text, subject=SLIP), "欧莱雅")).customer == "欧菜雅"


@pytest.mark.parametrize("text", ["客户名称：无误", "请确认客户名称无误", "请安排\n客户名称无误"])
def test_R3_other_words_are_no_such_answer(text: str) -> None:
    assert with_known(a_request(text=text, subject=SLIP), "欧莱雅").case is None


def test_R3_the_button_says_what_is_believed() -> None:
    (say,) = with_known(a_request(subject=SLIP), "欧莱雅").says
    said = next(button.says for button in say.buttons if button.label == "就是这个客户")
    assert the_case(with_known(a_request(text=said, subject=SLIP), "欧莱雅")).customer == "欧菜雅"
