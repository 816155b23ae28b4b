"""Who decides in the director's place, on which days: read when it is plain, asked back when it is not (part 0)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parse.standing import read_stand_in
from bot.rules.mail import StandIn

TODAY = date(2026, 9, 17)  # a Thursday
NAMES = ("陈总监", "李明", "李工", "王强", "王工", "周总")


def read(text: str, *, on_case: bool = False) -> StandIn | None:
    found = read_stand_in(text, TODAY, NAMES, on_case=on_case)
    return found[0] if found else None


@pytest.mark.parametrize("on_case", [False, True])
@pytest.mark.parametrize(
    ("text", "name", "start", "end"),
    [
        ("9月20到25号外出，由李工代批", "李工", "0920", "0925"),
        ("我9月20日至9月25日出差，期间由李工代批", "李工", "0920", "0925"),
        ("9月20到25号由李明代为审批", "李明", "0920", "0925"),
        ("9月22日由李工代批", "李工", "0922", "0922"),
        ("9月20日至25日外出，由李工代批", "李工", "0920", "0925"),  # as help and questions show it
        ("2026年9月20日至9月25日外出，由李工代批", "李工", "0920", "0925"),  # as the button for proof says it
        ("明天外出，由李工代批", "李工", "0918", "0918"),
        ("9月20日休假，由李工代批。", "李工", "0920", "0920"),
        ("20号到25号我不在，申请由李工代批", "李工", "0920", "0925"),
        ("即日起至9月30日，由王工代我审批", "王工", "0917", "0930"),
        ("从明天到9月22日我休假，请李工代为审批技术支持申请", "李工", "0918", "0922"),
        ("下周一到周五出差，由周总代批", "周总", "0921", "0925"),
        ("9/20-9/25 外出，李工代批", "李工", "0920", "0925"),
        ("9月20日（周日）到25日（周五）外出，由李工代批", "李工", "0920", "0925"),
        ("2026年9月20日至2026年9月25日外出，由李明代批", "李明", "0920", "0925"),
        ("9月28日至10月3日休假，由李工代批", "李工", "0928", "1003"),
        ("9月10日到20日外出，由李工代批", "李工", "0910", "0920"),  # begun already
        ("各位好：\n我9月20日至25日出国，期间所有的技术支持申请由李工代批，谢谢！", "李工", "0920", "0925"),
        ("我9月20号到25号外出，手机可能不通，由李工代批", "李工", "0920", "0925"),
        ("說一下，9月20到25號外出，由李工代批", "李工", "0920", "0925"),
    ],
)
def test_plain_words(text: str, name: str, start: str, end: str, on_case: bool) -> None:
    found = read(text, on_case=on_case)
    assert found is not None
    assert found.problems == ()
    assert (found.name, f"{found.start:%m%d}", f"{found.end:%m%d}", found.ends) == (name, start, end, False)


@pytest.mark.parametrize(
    "text",
    [
        "下周出差，请周总代批",
        "9.20-9.25休假，审批请找李工",  # asks to be asked, names no decider
        "9月20日起外出，由李工代批",
        "9月25日之前由李工代批",
        "9月20日外出，25日回来，由李工代批",
        "9月20、25号外出，由李工代批",
        "9月10到12号外出，由李工代批",  # over
        "9月20到25号外出，由代批",
        "9月20到25号外出，由李工或王工代批",
        "9月20到25号外出，由小刘和李工代批",
        "李工9月20日出差，由王工代批",  # who is away?
        "王总说9月20到25号由李工代批",
        "如果我9月20到25号外出，由李工代批",
        "如果批了假，9月20到25号外出，由李工代批",
        "9月20到25号外出，由李工代批吗？",
        "9月20到25号外出，由李工代批，行不行？",
        "9月20到25号打算由李工代批",
        "9月20到25号不要由李工代批",
        "9月20到25号外出，报销由李工代批",
        "上海的申请9月20到25号由李工代批",
        "9月22日起取消代批",
        "不要取消代批",
        "要不要取消代批？",
        "不用李工代批了",
        "他说，取消代批",
        "如果客户同意就取消代批",
    ],
)
def test_what_is_not_plain_comes_with_a_problem(text: str) -> None:
    found = read(text)
    assert found is not None
    assert found.problems


@pytest.mark.parametrize(
    "text",
    ["取消代批", "请取消李工代批", "代批取消了", "取消由李工代批的安排。", "我回来了，取消代批", "取消代批，谢谢！"],
)
def test_taking_it_back(text: str) -> None:
    assert read(text) == StandIn(ends=True)


@pytest.mark.parametrize(
    "text",
    [
        "同意，李工9月20日去",
        "9月20到25号外出",
        "转李工处理",
        "代我向客户问好",
        "替代方案已收到",
        "",
        "代" * 3000,
        "，" * 3000,
    ],
)
def test_nothing_about_it(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("text", ["由周总代批", "我外出，由周总代批", "李工9月20日去，由周总代批"])
def test_R10_on_a_case_words_without_days_of_absence_are_about_that_case(text: str) -> None:
    assert read(text, on_case=True) is None


@pytest.mark.parametrize("text", ["由周总代批", "我外出，由周总代批"])
def test_without_a_case_the_days_are_asked_for(text: str) -> None:
    found = read(text)
    assert found is not None
    assert found.problems


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("同意，李工去。\n9月20到25号外出，由王工代批", "同意，李工去。"),
        ("9月20到25号外出，由王工代批。\n这个不同意", "这个不同意"),
        ("同意，9月20到25号外出，由王工代批", "同意，"),
        ("取消代批。同意", "同意"),
        ("9月20到25号外出，由李工代批", ""),
    ],
)
def test_the_other_words_are_handed_back(text: str, rest: str) -> None:
    found = read_stand_in(text, TODAY, NAMES, on_case=True)
    assert found is not None
    assert found[1] == rest


def test_taken_back_and_given_anew_in_one_mail() -> None:
    assert read("取消代批。9月20到25号外出，由王工代批") == StandIn(
        "王工", date(2026, 9, 20), date(2026, 9, 25), ends=True
    )


@given(st.text("9月20到25号外出，由李工代批取消。\n如果吗？和王", max_size=60))
def test_any_text_is_read_and_days_are_in_order(text: str) -> None:
    found = read(text)
    if found and not found.problems and not (found.ends and not found.name):
        assert found.start is not None
        assert found.end is not None
        assert found.start <= found.end >= TODAY
