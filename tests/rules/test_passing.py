"""R7, R19: whom an engineer's doubt and a line from the road are passed on to, when they did not get the mail."""

from typing import Any

import pytest

from bot.rules.case import Case
from bot.rules.mail import Address
from bot.rules.opening import decide_new
from bot.rules.people import Person
from bot.rules.words import Stage
from tests.rules.build import CHEN, LI, ZGH, a_case, a_desk, a_subject, said_kinds
from tests.rules.spoken import after, read, speak

S = Stage
TO_BOT: dict[str, Any] = {"to": (Address("bot@demo.cn"),), "cc": ()}
TO_SALES: dict[str, Any] = {"to": (Address("bot@demo.cn"), Address(ZGH.address)), "cc": ()}


@pytest.mark.parametrize(
    ("words", "to"),
    [
        ("客户的存储型号是什么？", ZGH),
        ("请问客户要不要做高可用？", ZGH),
        ("这个申请超出支持范围，应该拒绝", CHEN),
        ("请问总监这个是否应该做？", CHEN),
        ("这个不合规，做不了", CHEN),
    ],
)
@pytest.mark.parametrize("case", [a_case(), a_case(S.APPROVED), a_case(S.ON_SITE)])
def test_R7_an_engineers_doubt_reaches_the_one_who_can_answer(words: str, to: Person, case: Case) -> None:
    decision = speak(case, LI, words, **TO_BOT)
    assert (said_kinds(decision), decision.says[0].to) == (["ask"], (to.address,))
    assert after(decision).stage is case.stage
    assert speak(case, LI, words).says == (), "everybody has the mail already"


@pytest.mark.parametrize("words", ["收到", "谢谢", "已到客户现场", "明天再看"])
def test_R7_what_is_no_doubt_is_passed_on_to_nobody(words: str) -> None:
    assert speak(a_case(S.APPROVED), LI, words, **TO_BOT).says == ()


def left(case: Case, **mail: Any) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    decision = speak(case, LI, "已离场，安装完成一半，明天继续", **mail)
    assert after(decision).stage is S.ON_SITE
    return [(say.to, say.cc) for say in decision.says if say.kind.value == "left"]


def test_R19_to_sales_if_they_asked_for_it_else_to_the_director_then_sales() -> None:
    assert left(a_case(S.APPROVED), **TO_BOT) == [((CHEN.address,), (ZGH.address,))]
    assert left(a_case(S.APPROVED, leave_to_sales=True), **TO_BOT) == [((ZGH.address,), ())]
    assert left(a_case(S.APPROVED), **TO_SALES) == [((CHEN.address,), ())]
    assert left(a_case(S.APPROVED, leave_to_sales=True), **TO_SALES) == []
    everybody = (Address(CHEN.address), Address(ZGH.address))
    assert left(a_case(S.APPROVED), to=everybody) == [], "who got the mail has it"


@pytest.mark.parametrize("words", ["离场时请告诉我", "准备要求：工程师离场后通知销售", "请李工离开现场前联系我"])
def test_R19_sales_ask_to_hear_of_the_leaving_in_the_request_or_later(words: str) -> None:
    request = read(ZGH, words, None, subject=a_subject(), thread_ids=())
    assert after(decide_new(request, ZGH, a_desk())).leave_to_sales
    assert after(speak(a_case(S.APPROVED), ZGH, words)).leave_to_sales
    assert not after(speak(a_case(S.APPROVED), CHEN, words)).leave_to_sales
