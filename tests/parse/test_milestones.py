"""Milestones in plain lines (R35)."""

from datetime import date

import pytest

from bot.parse.milestones import MOST_LINES, read_milestones
from bot.rules.plans.plan import PlanLine

DAY = date(2026, 9, 17)
NAMES = ("李工", "王强")
D25, D28 = date(2026, 9, 25), date(2026, 9, 28)


def one(text: str) -> PlanLine:
    (line,), rest = read_milestones(text, DAY, NAMES)
    assert rest == ""
    return line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("里程碑：环境准备 9月25日 李工 缓冲1天", PlanLine("环境准备", D25, "李工", 1)),
        ("里程碑:环境准备，9/25，李工负责，缓冲 两 个工作日", PlanLine("环境准备", D25, "李工", 2)),
        ("里程碑：环境准备9月25日李工缓冲1天", PlanLine("环境准备", D25, "李工", 1)),
        ("- 里程碑 1：环境准备 9月25日前 由王强", PlanLine("环境准备", D25, "王强")),
        ("里程碑：上线 割接 9月28日（周一）", PlanLine("上线 割接", D28)),
        ("里程碑：割接 9月25日至28日 张三丰", PlanLine("割接", D28, "张三丰")),
        ("里程碑：环境准备 改到9月28日", PlanLine("环境准备", D28, moved=True)),
        ("里程碑：环境准备 推迟到9月28日 缓冲2天", PlanLine("环境准备", D28, "", 2, moved=True)),
        ("里程碑：环境准备 完成", PlanLine("环境准备", done=True)),
        ("里程碑：环境准备已完成", PlanLine("环境准备", done=True)),
        ("里程碑：环境准备 9月25日 已完成", PlanLine("环境准备", D25, done=True)),
        ("里程碑：割接完成 9月25日", PlanLine("割接完成", D25)),
        ("里程碑：环境准备 取消", PlanLine("环境准备", dropped=True)),
        ("里程碑：环境准备 王强", PlanLine("环境准备", None, "王强")),
        ("里程碑：环境准备", PlanLine("环境准备", problem="没有写日期")),
        ("里程碑：", PlanLine("", problem="没有写里程碑的名称")),
        ("里程碑：环境准备 改到 李工", PlanLine("环境准备", None, "李工", moved=True, problem="没有写改到哪一天")),
        ("里程碑：环境准备 推迟", PlanLine("环境准备", moved=True, problem="没有写改到哪一天")),
        ("里程碑：环境准备 完成 取消", PlanLine("环境准备", done=True, dropped=True, problem="既写了完成，又写了取消")),
    ],
)
def test_R35_plain_lines(text: str, expected: PlanLine) -> None:
    line = one(text)
    assert PlanLine(**{name: getattr(line, name) for name in PlanLine.__slots__ if name != "text"}) == expected


@pytest.mark.parametrize("text", ["里程碑：验收 下周", "里程碑：验收 2月30日", f"里程碑：{'长' * 60} 9月25日"])
def test_R35_what_is_not_plain_comes_with_a_problem(text: str) -> None:
    assert one(text).problem


def test_R35_the_rest_of_the_mail_is_read_without_them() -> None:
    text = "同意，李工，9月28日\n里程碑：环境准备 9月25日 李工\n里程碑：\n请大家配合"
    lines, rest = read_milestones(text, DAY, NAMES)
    assert [line.name for line in lines] == ["环境准备", ""]
    assert rest == "同意，李工，9月28日\n请大家配合"


def test_R35_several_on_one_line_as_a_tapped_answer_has_them() -> None:
    lines, rest = read_milestones("里程碑：A 9月25日 李工 里程碑：B 9月28日", DAY, NAMES)
    assert [(line.name, line.day, line.who) for line in lines] == [("A", D25, "李工"), ("B", D28, "")]
    assert rest == ""


@pytest.mark.parametrize("text", ["", "里程碑已经讨论", "项目里程碑安排见附件", "已完成"])
def test_R35_no_line_no_change(text: str) -> None:
    assert read_milestones(text, DAY, NAMES) == ((), text)


def test_R35_a_flood_is_bounded() -> None:
    lines, _ = read_milestones("里程碑：A 9月25日\n" * 5000, DAY, NAMES)
    assert len(lines) == MOST_LINES
    assert len(one("里程碑：" + "9月25日 " * 5000).text) <= 200
