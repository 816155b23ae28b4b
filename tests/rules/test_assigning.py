"""The director's words turned into an assignment (R9)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.rules.assigning import assign, changed_lines, is_clear, is_said, lacking, open_points, resolve_names
from bot.rules.mail import Assignment
from bot.rules.people import Company, Person
from bot.rules.policy import Policy
from bot.rules.words import Nature, Role, Stage
from tests.rules.build import ASSIGNED, CAST, LI, POLICY, WANG, a_case

TWIN = Policy(Company((*CAST, Person("李亮", ("liang@demo.cn",), frozenset({Role.ENGINEER}), ("李工",)))))


def test_R9_names_become_people_in_the_order_written() -> None:
    assert resolve_names(POLICY, ("王工", "李明")).found == (WANG.address, LI.address)
    assert resolve_names(POLICY, ("李工", "李明")).found == (LI.address,)
    assert resolve_names(POLICY, ("赵工",)).unknown == ("赵工",)


def test_R9_two_engineers_of_one_name_are_asked_never_chosen() -> None:
    assert resolve_names(TWIN, ("李工",)).found == ()
    case = assign(TWIN, a_case(Stage.APPROVED, engineers=()), ASSIGNED)
    assert case.engineers == ()
    assert open_points(TWIN, case, ASSIGNED) == ("“李工”可能是李明或李亮，请指明",)
    assert not is_clear(TWIN, ASSIGNED)
    assert is_clear(POLICY, ASSIGNED)


def test_R9_what_is_not_said_stays() -> None:
    old = a_case(Stage.APPROVED, mode="现场", until=date(2026, 9, 24))
    assert assign(POLICY, old, Assignment()) == old
    new = assign(POLICY, old, Assignment(days=Decimal(3)))
    assert new == replace(old, days=Decimal(3))
    moved = assign(POLICY, old, Assignment(on=date(2026, 9, 28)))
    assert (moved.on, moved.until) == (date(2026, 9, 28), None), "a new day drops the old span"


@pytest.mark.parametrize(
    ("case", "said", "points"),
    [
        (
            a_case(engineers=(), on=None, days=None),
            Assignment(),
            ("尚未指定工程师", "尚未确定支持日期", "尚未给出预估"),
        ),
        (a_case(Stage.APPROVED), Assignment(), ()),  # found by an earlier assignment
        (a_case(Stage.APPROVED, engineers=()), Assignment(engineers=("赵工",)), ("没有找到名为“赵工”的工程师",)),
        (a_case(Stage.APPROVED), Assignment(problems=("支持方式写了两种",)), ("支持方式写了两种",)),
    ],
)
def test_R9_what_the_confirmation_lacks(case: object, said: Assignment, points: tuple[str, ...]) -> None:
    found = open_points(POLICY, case, said)  # type: ignore[arg-type]
    assert len(found) == len(points)
    for line, start in zip(found, points, strict=True):
        assert line.startswith(start)


def test_R9_engineer_and_date_are_needed_before_work() -> None:
    assert lacking(a_case(engineers=(), on=None)) == "工程师和支持日期"
    assert lacking(a_case(Stage.APPROVED, engineers=())) == "工程师"
    assert lacking(a_case(Stage.APPROVED)) == ""


@pytest.mark.parametrize(
    "said",
    [
        Assignment(engineers=("李工",)),
        Assignment(on=date(2026, 9, 22)),
        Assignment(days=Decimal(1)),
        Assignment(documents=("实施方案",)),
        Assignment(mode="远程"),
        Assignment(nature=Nature.PROJECT),
    ],
)
def test_anything_assigned_is_said(said: Assignment) -> None:
    assert is_said(said)
    assert not is_said(Assignment(delegate="王总", problems=("?",)))


def test_R18_old_and_new_stand_in_one_line() -> None:
    old = a_case(Stage.APPROVED)
    new = replace(old, engineers=(WANG.address, LI.address), days=Decimal("2.5"), nature=Nature.PROJECT)
    line = changed_lines(POLICY, old, new)
    assert line == "工程师：李明 → 王强、李明；性质：未定 → 项目；预估工作量：2 人天 → 2.5 人天"
    assert changed_lines(POLICY, old, old) == ""
