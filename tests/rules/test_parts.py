"""Which part somebody plays, and as what their words are read."""

from dataclasses import replace
from datetime import date

import pytest

from bot.rules.parts import deciders, find_parts, find_sales, main_role, read_as, who_decides
from bot.rules.people import Company, Delegation, Person
from bot.rules.policy import Policy
from bot.rules.table import Who
from bot.rules.words import ReplyStage, Role, Stage
from tests.rules.build import (
    AWAY,
    CAST,
    CHEN,
    COMPANY,
    DEPUTY,
    GXM,
    LEAD,
    LI,
    LOCAL,
    OTHER,
    POLICY,
    TOP,
    WANG,
    ZGH,
    a_case,
)

DAY = date(2026, 9, 17)
SALES = {Who.SALES, Who.SALES_OR_ENGINEER}
ENGINEER = {Who.ENGINEER, Who.SALES_OR_ENGINEER}


@pytest.mark.parametrize(
    ("person", "parts"),
    [
        (CHEN, {Who.DECIDER}),
        (ZGH, SALES),
        (OTHER, set()),
        (LI, ENGINEER),
        (WANG, ENGINEER),
        (LEAD, set()),
        (LOCAL, set()),
        (TOP, set()),
        (GXM, set()),
        (DEPUTY, set()),
    ],
)
def test_the_parts_in_a_case(person: Person, parts: set[Who]) -> None:
    assert find_parts(POLICY, a_case(), person, DAY) == parts


def test_a_delegate_decides_on_his_days_only_and_whom_the_director_named_always() -> None:
    assert Who.DECIDER in find_parts(POLICY, a_case(), DEPUTY, AWAY[0])
    assert Who.DECIDER not in find_parts(POLICY, a_case(), DEPUTY, date(2026, 9, 24))
    assert Who.DECIDER in find_parts(POLICY, a_case(decider=TOP.address), TOP, DAY)
    assert Who.DECIDER not in find_parts(POLICY, a_case(), TOP, DAY)


def test_R24_the_delegate_of_sales_and_to_whom_a_held_silence_was_put_answer_for_sales() -> None:
    policy = Policy(Company(CAST, (Delegation(ZGH.address, OTHER.address, *AWAY),)))
    assert find_parts(policy, a_case(), OTHER, AWAY[0]) == SALES
    assert find_parts(policy, a_case(), OTHER, DAY) == set()
    held = a_case(Stage.AWAITING_ACCEPTANCE, silence_held="休假")
    assert find_parts(POLICY, held, LEAD, DAY) == SALES
    assert find_parts(POLICY, held, LOCAL, DAY) == set(), "only the nearest"


def test_who_owes_a_decision() -> None:
    second = Person("许总", ("xu@demo.cn",), frozenset({Role.DIRECTOR}))
    policy = Policy(Company((second, *CAST)))
    assert who_decides(policy, a_case(), DAY) == CHEN.address, "the director on the thread"
    assert who_decides(policy, a_case(participants=()), DAY) == second.address
    assert who_decides(POLICY, a_case(decider=TOP.address), DAY) == TOP.address, "whom the director named"
    assert who_decides(Policy(Company((ZGH,))), a_case(), DAY) == ""
    assert [p.address for p in deciders(policy, a_case(), DAY)] == ["xu@demo.cn", "chen@demo.cn"]


R = ReplyStage


@pytest.mark.parametrize(
    ("stage", "person", "role", "read"),
    [
        (Stage.AWAITING_APPROVAL, CHEN, Role.DIRECTOR, R.APPLICATION),
        (Stage.APPROVED, CHEN, Role.DIRECTOR, R.APPLICATION),
        (Stage.ACCEPTED, CHEN, Role.DIRECTOR, R.COMPLETION_DIRECTOR),
        (Stage.ARCHIVED, CHEN, Role.DIRECTOR, R.WORKLOAD),
        (Stage.AWAITING_INFO, ZGH, Role.SALES, R.APPLICATION),
        (Stage.AWAITING_ACCEPTANCE, ZGH, Role.SALES, R.COMPLETION_SALES),
        (Stage.CLOSED, ZGH, Role.SALES, R.COMPLETION_SALES),
        (Stage.APPROVED, LI, Role.ENGINEER, R.EXECUTION),
        (Stage.AWAITING_APPROVAL, LEAD, Role.SALES_LEAD, R.APPLICATION),
        (Stage.AWAITING_APPROVAL, GXM, Role.ADMIN, R.APPLICATION),
    ],
)
def test_as_what_a_reply_is_read(stage: Stage, person: Person, role: Role, read: ReplyStage) -> None:
    case = a_case(stage)
    assert read_as(case, find_parts(POLICY, case, person, DAY), person) == (role, read)


def test_R18_sales_answer_an_open_change() -> None:
    case = a_case(Stage.APPROVED, change="换产品")
    assert read_as(case, find_parts(POLICY, case, ZGH, DAY), ZGH) == (Role.SALES, R.EXECUTION_CHANGE)


def test_a_director_who_does_the_work_himself_reports_from_it_one_who_only_could_decides() -> None:
    boss = replace(CHEN, roles=frozenset({Role.DIRECTOR, Role.ENGINEER}))
    policy = Policy(replace(COMPANY, people=(boss, *CAST[1:])))
    own, others = a_case(Stage.APPROVED, engineers=(boss.address,)), a_case(Stage.APPROVED)
    assert read_as(own, find_parts(policy, own, boss, DAY), boss) == (Role.ENGINEER, R.EXECUTION)
    assert read_as(others, find_parts(policy, others, boss, DAY), boss) == (Role.DIRECTOR, R.APPLICATION)


def test_the_role_that_says_most() -> None:
    assert main_role(replace(CHEN, roles=frozenset({Role.ADMIN, Role.SALES, Role.ENGINEER}))) is Role.SALES
    assert main_role(DEPUTY) is Role.ADMIN


@pytest.mark.parametrize(
    ("written", "sender", "addressed", "found"),
    [
        ("ZGH", ZGH, (), ZGH),
        ("谁也不是", ZGH, (), ZGH),  # the sender's address is the authority
        ("ZGH", OTHER, (), OTHER),
        ("ZGH", LEAD, (), ZGH),  # the lead sends for him
        ("张国华", CHEN, (), ZGH),
        ("谁也不是", CHEN, ("zgh@demo.cn",), ZGH),  # the one sales in copy
        ("谁也不是", CHEN, ("zgh@demo.cn", "liufang@demo.cn"), None),
        ("谁也不是", LEAD, (), LEAD),  # the lead's own request
        ("谁也不是", CHEN, (), None),
        ("李工", CHEN, (), None),  # an engineer is no sales
    ],
)
def test_R2_whose_request_it_is(written: str, sender: Person, addressed: tuple[str, ...], found: Person | None) -> None:
    assert find_sales(POLICY, written, sender, addressed) is found
