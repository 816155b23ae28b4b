"""Load and double booking, from confirmed dates alone (R38)."""

from dataclasses import replace
from datetime import date

import pytest

from bot.rules.decision import Say
from bot.rules.notice import NoticeKind
from bot.rules.people import Company, Person
from bot.rules.plans.booking import Booking, book, days_of, find_clashes, find_free, warn_of_clashes, week_load
from bot.rules.policy import Policy
from bot.rules.whispering import word_notice
from bot.rules.words import Role, Stage
from tests.rules.build import CAST, CHEN, LI, POLICY, WANG, ZGH, a_case, a_scene

ZHAO = Person("赵磊", ("zhao@demo.cn",), frozenset({Role.ENGINEER}), branch="北京")
QIAN = Person("钱进", ("qian@demo.cn",), frozenset({Role.ENGINEER}), branch="上海")
WIDE = Policy(Company((*CAST, ZHAO, QIAN)))
TUESDAY, FRIDAY = date(2026, 9, 22), date(2026, 9, 25)  # the 25th begins the Mid-Autumn holiday
CASE = a_case(Stage.APPROVED)  # 李明 on Tuesday the 22nd


def a_booking(on: date = TUESDAY, until: date | None = None, who: Person = LI, ref: str = "ZC2026-0003") -> Booking:
    return Booking(ref, "宝洁", "网络升级", (who.address,), on, until or on)


@pytest.mark.parametrize(
    ("on", "until", "expected"),
    [
        ("09-22", "09-22", ["22"]),
        ("09-24", "09-28", ["24", "28"]),  # 25 to 27 are the holiday
        ("09-19", "09-21", ["19", "20", "21"]),  # a Saturday named itself; the Sunday is worked instead (R44)
        ("09-26", "09-26", ["26"]),  # a cut-over on a rest day
    ],
)
def test_R38_a_span_takes_its_working_days_and_the_days_named(on: str, until: str, expected: list[str]) -> None:
    found = days_of(POLICY.hours.calendar, date.fromisoformat(f"2026-{on}"), date.fromisoformat(f"2026-{until}"))
    assert [f"{day:%d}" for day in found] == expected


@pytest.mark.parametrize(
    ("other", "clashes"),
    [
        (a_booking(), True),
        (a_booking(date(2026, 9, 21), date(2026, 9, 23)), True),
        (a_booking(date(2026, 9, 23)), False),
        (a_booking(who=WANG), False),
        (a_booking(ref=CASE.ref), False),  # the case itself, when its date is changed
    ],
)
def test_R38_two_places_on_one_day(other: Booking, *, clashes: bool) -> None:
    assert bool(find_clashes(POLICY, CASE, [other])) is clashes


def test_R38_rest_days_inside_both_spans_are_no_clash() -> None:
    over = replace(CASE, on=date(2026, 9, 24), until=date(2026, 9, 28))
    assert find_clashes(POLICY, over, [a_booking(date(2026, 9, 23), date(2026, 9, 29))])[0].days == (
        date(2026, 9, 24),
        date(2026, 9, 28),
    )
    assert find_clashes(POLICY, over, [a_booking(date(2026, 9, 26))]) == ()


def test_R38_without_a_day_or_a_person_nothing_is_taken() -> None:
    assert book(replace(CASE, on=None)) is None
    assert book(replace(CASE, engineers=())) is None
    assert find_clashes(POLICY, replace(CASE, on=None), [a_booking()]) == ()
    assert find_free(POLICY, replace(CASE, on=None), [], frozenset()) == ()


def test_R38_who_is_free_those_of_the_same_branch_first() -> None:
    free = find_free(WIDE, CASE, [a_booking(who=WANG)], frozenset())
    assert [p.name for p in free] == ["钱进", "赵磊"], "sales sit in Shanghai; 王强 is taken, 李明 is asked about"
    assert [p.name for p in find_free(WIDE, CASE, [], frozenset({QIAN.address}))] == ["王强", "赵磊"]


def test_R38_the_warning_names_the_other_case_and_who_is_free() -> None:
    assert warn_of_clashes(WIDE, CASE, (), frozenset()) == ()
    assert warn_of_clashes(WIDE, CASE, (a_booking(),), frozenset()) == (
        "李明9月22日（周二）已安排在 ZC2026-0003（宝洁 网络升级，9月22日）",
        "这几天有空的工程师：钱进（上海）、王强、赵磊（北京）",
    )
    assert warn_of_clashes(POLICY, CASE, (a_booking(), a_booking(who=WANG)), frozenset({LI.address}))[1:] == (
        "李明目前设有外出自动答复",
        "这几天没有空闲的工程师",
    )


def test_R38_it_is_said_in_the_answer_to_the_assignment_and_to_the_director_alone() -> None:
    scene = a_scene(CASE, bookings=(a_booking(),))
    notice = word_notice(Say(NoticeKind.CONFIRMED, items=("尚未给出预估工作量（人天）",)), scene)
    asked = notice.personal[CHEN.address].ask
    assert "ZC2026-0003" in asked
    assert "王强" in asked
    assert asked.startswith("请补充：")
    assert "王强" not in notice.personal[ZGH.address].ask
    assert not [text for text in (notice.headline, *notice.paragraphs, *notice.items) if "ZC2026-0003" in text]


def test_R38_a_weeks_load_counts_days_not_cases() -> None:
    bookings = [
        a_booking(),
        a_booking(date(2026, 9, 21), date(2026, 9, 23), ref="ZC2026-0004"),
        a_booking(FRIDAY, who=WANG),
    ]
    li, wang = week_load(POLICY, bookings, date(2026, 9, 21))
    assert (li.engineer, [f"{day:%d}" for day, _ in li.taken], li.workdays) == (LI, ["21", "22", "23"], 4)
    assert li.doubled == (TUESDAY,)
    assert (wang.engineer, [day for day, _ in wang.taken], wang.doubled) == (WANG, [FRIDAY], ())
