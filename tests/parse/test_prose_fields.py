"""R4: fields told in sentences are read where they are certain, and nowhere else."""

from datetime import date

import pytest

from bot.parse.prose_fields import read_prose

DAY = date(2026, 9, 17)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "陈总好，请安排工程师9月22日到现场安装CITRIX。客户联系人是周敏，电话021-5555 0100，比较紧急。",
            {
                "支持时间": "9月22日",
                "支持方式": "现场",
                "客户联系人": "周敏",
                "电话": "021-5555 0100",
                "紧急程度": "比较紧急",
            },
        ),
        (
            "这是非项目的故障处理，远程支持即可，不急",
            {"项目性质": "非项目", "支持类型": "故障处理", "支持方式": "远程", "紧急程度": "一般"},
        ),
        (
            "支持地点在上海市南京西路1601号，下周二上门",
            {"支持地点": "上海市南京西路1601号", "支持方式": "现场", "支持时间": "下周二"},
        ),
        ("联系人为王经理 13812345678", {"客户联系人": "王经理", "电话": "13812345678"}),
        (
            "陈总：下周三下午请安排工程师远程支持升级，售前交流，联系人李雷 021-62345678",
            {
                "支持时间": "下周三下午",
                "支持方式": "远程",
                "支持类型": "售前交流",
                "客户联系人": "李雷",
                "电话": "021-62345678",
            },
        ),
        ("下周二上午需要远程协助处理VPN", {"支持时间": "下周二上午", "支持方式": "远程"}),
        ("想约一次培训，9月22日上午，电话会议", {"支持类型": "培训", "支持方式": "电话"}),
        ("9月22日至23日现场支持", {"支持时间": "9月22日至23日", "支持方式": "现场"}),
    ],
)
def test_R4_what_sentences_say_for_certain(text: str, expected: dict[str, str]) -> None:
    assert read_prose(text, DAY) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "9月22日客户放假",  # another thing happens that day
        "设备9月20日到货，请安排支持",
        "9月22日或9月24日上门都可以？",  # a question says nothing
        "9月22日支持，9月25日再安排一次支持",  # two days are none
        "不用现场，也不要远程",
        "我的电话13812345678，有事找我",  # the sender's own number
        "培训资料请带上，测试环境已备好",
        "上次9月1日的支持很好",
        "支持地点：南京西路1号",
        "请到南京西路1号支持",
        "周末请安排支持",  # no plain day
        "联系人请补充，谢谢",
    ],
)
def test_R4_what_is_not_certain_is_not_filled_in(text: str) -> None:
    found = read_prose(text, DAY)
    assert {"支持时间", "电话", "支持类型", "项目性质", "客户联系人"}.isdisjoint(found)


def test_R4_two_ways_named_are_none() -> None:
    assert "支持方式" not in read_prose("现场支持或远程支持都行", DAY)


def test_any_text_is_read() -> None:
    read_prose("9" * 100_000 + "支持地点在" * 5000, DAY)
