"""Who gets what (R1, R11, R45)."""

from dataclasses import replace
from datetime import date

import pytest

from bot.rules.audience import (
    merge,
    missing_people,
    next_in_line,
    reaches_others,
    required_people,
    split_thread,
    thread_people,
)
from bot.rules.mail import Address
from bot.rules.people import Company, Delegation, Person
from bot.rules.policy import Policy
from bot.rules.words import Role, Stage
from tests.rules.build import (
    AWAY,
    BOT,
    CAST,
    CHEN,
    COMPANY,
    DEPUTY,
    EVERYBODY,
    GXM,
    LEAD,
    LI,
    LOCAL,
    OTHER,
    POLICY,
    TOP,
    ZGH,
    a_case,
    a_mail,
)

DAY = date(2026, 9, 17)


def test_R1_whom_every_request_needs() -> None:
    assert required_people(POLICY, ZGH) == (CHEN, LEAD, LOCAL, TOP, GXM)


def test_R1_who_is_missing_is_added_by_any_of_their_addresses() -> None:
    mail = a_mail(ZGH, to=(Address("chen@demo.cn"),), cc=(Address("sun@demo.cn"), Address("gxm@demo.cn")))
    assert missing_people(POLICY, mail, ZGH) == (LOCAL, TOP)
    assert missing_people(POLICY, a_mail(ZGH), ZGH) == ()


def test_R1_the_lead_of_the_own_group_and_not_of_another() -> None:
    mine = replace(LEAD, name="一组长", addresses=("one@demo.cn",), group="一组")
    theirs = replace(LEAD, name="二组长", addresses=("two@demo.cn",), group="二组")
    policy = Policy(Company((mine, theirs, *CAST)))
    assert [p.name for p in required_people(policy, replace(ZGH, group="一组")) if Role.SALES_LEAD in p.roles] == [
        "一组长",
        "孙组长",
    ]
    line = next_in_line(Policy(Company((mine, theirs, replace(ZGH, group="一组")))), a_case(), ZGH.address, DAY)
    assert [p.name for p in line] == ["一组长"]


def test_R1_a_lead_who_sends_his_own_request_is_not_added() -> None:
    assert LEAD not in missing_people(POLICY, a_mail(LEAD, to=(), cc=()), LEAD)


def test_R45_the_bot_is_never_among_the_recipients() -> None:
    mail = a_mail(ZGH, to=(Address(BOT), Address("chen@demo.cn")), cc=(Address(BOT),))
    assert BOT not in {a.email for a in thread_people(POLICY, a_case(), mail)}
    to, cc = split_thread(POLICY, a_case(participants=(Address(BOT), *EVERYBODY)), (BOT, CHEN.address))
    assert BOT not in {a.email for a in (*to, *cc)}


def test_R45_each_person_once_whatever_address_was_used() -> None:
    merged = merge(
        POLICY, (Address("zhang.gh@demo.cn", "老张"), Address("zgh@demo.cn"), Address("guest@else.cn", "客户"))
    )
    assert merged == (Address("zgh@demo.cn", "张国华"), Address("guest@else.cn", "客户"))


def test_R45_who_owes_sales_and_engineers_in_to_the_others_in_cc() -> None:
    to, cc = split_thread(POLICY, a_case(Stage.APPROVED), (CHEN.address,))
    assert [a.email for a in to] == [CHEN.address, ZGH.address, LI.address]
    assert {a.email for a in cc} == {p.address for p in (LEAD, LOCAL, TOP, GXM)}


def test_R45_people_who_join_the_thread_stay_in_it() -> None:
    guest, colleague = Address("kunde@loreal.cn", "欧莱雅 IT"), Address("neu@demo.cn")
    mail = a_mail(LI, cc=(guest, colleague))
    assert {guest, colleague} <= set(thread_people(POLICY, a_case(), mail, proved=True))
    unproved = thread_people(POLICY, a_case(), mail)
    assert colleague in unproved
    assert guest not in unproved, "a forger brings in nobody from outside"


def test_R45_a_tapped_answer_reached_nobody_else() -> None:
    assert reaches_others(POLICY, a_mail(ZGH))
    assert not reaches_others(POLICY, a_mail(ZGH, to=(Address(BOT), Address(ZGH.address)), cc=()))


@pytest.mark.parametrize(
    ("owner", "day", "line"),
    [
        (CHEN, DAY, (TOP, GXM)),
        (CHEN, AWAY[0], (DEPUTY, TOP, GXM)),  # his delegate first
        (LI, DAY, (CHEN, GXM)),
        (ZGH, DAY, (LEAD, LOCAL, TOP)),
    ],
)
def test_R11_who_hears_of_an_overdue_answer(owner: Person, day: date, line: tuple[Person, ...]) -> None:
    assert next_in_line(POLICY, a_case(), owner.address, day) == line


def test_R11_nobody_is_told_of_his_own_delay() -> None:
    boss = replace(TOP, roles=TOP.roles | {Role.SALES})
    policy = Policy(Company((boss,)))
    assert next_in_line(policy, a_case(sales=boss.address), boss.address, DAY) == ()


def test_R10_whom_the_director_named_answers_to_the_director() -> None:
    assert next_in_line(POLICY, a_case(decider=LOCAL.address), LOCAL.address, DAY) == (CHEN, GXM)


def test_R24_the_delegate_of_sales_comes_first() -> None:
    policy = Policy(replace(COMPANY, delegations=(Delegation(ZGH.address, OTHER.address, *AWAY),)))
    assert next_in_line(policy, a_case(), ZGH.address, AWAY[0])[0] is OTHER
