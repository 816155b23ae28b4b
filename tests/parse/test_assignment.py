"""R9, R27: whom the director sends, when, for how long, how, and who decides instead."""

import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parse.assignment import find_documents, read_assignment, read_days
from bot.parse.workload import read_workload
from bot.rules.mail import Assignment
from bot.rules.words import Nature

FRIDAY = date(2026, 9, 18)
NAMES = ("李明", "李工", "liming", "王伟", "小王", "WW", "张总监", "ZGH", "周国华", "王总", "陈工", "张三")


def read(text: str) -> Assignment:
    return read_assignment(text, FRIDAY, NAMES)


def test_a_full_confirmation_in_one_line() -> None:
    assert read("同意，李工9月21日去现场，2人天，非项目，需提交实施方案") == Assignment(
        engineers=("李工",),
        on=date(2026, 9, 21),
        days=Decimal(2),
        nature=Nature.NON_PROJECT,
        mode="现场",
        documents=("实施方案",),
    )


def test_a_full_confirmation_as_a_form() -> None:
    text = (
        "同意。\n工程师：李明、王伟\n时间：9月21日-23日\n工作量：3人天\n性质：项目\n方式：远程\n"
        "文档：项目方案、SOW、进度计划"
    )

    assert read(text) == Assignment(
        engineers=("李明", "王伟"),
        on=date(2026, 9, 21),
        until=date(2026, 9, 23),
        days=Decimal(3),
        nature=Nature.PROJECT,
        mode="远程",
        documents=("项目方案", "项目范围说明书", "项目进度计划"),
    )


@pytest.mark.parametrize(
    ("text", "engineers"),
    [
        ("李工和小王去", ("李工", "小王")),
        ("李工、小王、WW去现场", ("李工", "小王", "WW")),
        ("李工跟小王去", ("李工", "小王")),
        ("同意，李工。", ("李工",)),
        ("同意李工去", ("李工",)),
        ("同意，由李工负责，小王协助", ("李工", "小王")),
        ("李明负责，王伟协助", ("李明", "王伟")),
        ("安排小王明天远程处理", ("小王",)),
        ("派张三，2天", ("张三",)),
        ("工程师：李明（主）、王伟（辅）", ("李明", "王伟")),
        ("工程师孙悟空，9月22日", ("孙悟空",)),
        ("派钱七去，现场支持", ("钱七",)),
        ("已安排陈工", ("陈工",)),
        ("改派王伟，改到9月22日", ("王伟",)),
        ("李明2人天，王伟1人天，共3人天", ("李明", "王伟")),
        ("张三9月21号上午9点去", ("张三",)),
        ("同意，liming下周三去", ("liming",)),
        ("李工没空，安排小王去", ("小王",)),
        ("请李工安排下周一去客户现场", ("李工",)),
        ("同意张三和王伟21、22号去", ("张三", "王伟")),
        ("9.21-9.23李明+王伟，3人天", ("李明", "王伟")),
        ("李工支持，项目经理张三", ("李工",)),
        ("李工周一到客户那边，找王工", ("李工",)),
        ("不要派小王，派李工", ("李工",)),
        ("小李，同意。", ()),
        ("同意\n李明", ()),
        ("请李工先和ZGH沟通", ()),
        ("请ZGH补充拓扑图", ()),
        ("联系张三确认时间", ()),
        ("辛苦李工", ()),
        ("请王总代批", ()),
        ("OK, Li Ming, 2 days", ("Li Ming",)),
        ("同意，我和李明去", ("李明",)),
        ("同意，我和李明沟通过了", ()),
        ("同意，李明18日、王伟19日", ("李明", "王伟")),
        ("安排周三去", ()),
        ("请安排时间", ()),
        ("7*24小时支持", ()),
        ("同意", ()),
    ],
)
def test_who_is_sent(text: str, engineers: tuple[str, ...]) -> None:
    assert read(text).engineers == engineers


def test_the_longest_known_name_wins() -> None:
    assert read_assignment("安排李明辉去", FRIDAY, ("李明", "李明辉")).engineers == ("李明辉",)


def test_a_mapping_of_names_counts_by_its_keys() -> None:
    assert read_assignment("安排阿明去", FRIDAY, {"阿明": "李明"}).engineers == ("阿明",)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2人天", "2"),
        ("2 人/天", "2"),
        ("1.5个人日", "1.5"),
        ("两天工作量", "2"),
        ("3天", "3"),
        ("3个工作日", "3"),
        ("半天", "0.5"),
        ("半个人天", "0.5"),
        ("一天半", "1.5"),
        ("1天半", "1.5"),
        ("十天", "10"),
        ("16小时", "2"),
        ("4h", "0.5"),
        ("3小时", "0.375"),
        ("王伟 1d", "1"),
        ("10人时", "1.25"),
        ("二十人天太多了，给12人天", "12"),
        ("两个人2天", "4"),
        ("工作量：2", "2"),
        ("预估工作量 1.5", "1.5"),
        ("按2.5人天核算", "2.5"),
        ("按2.5核算", "2.5"),
        ("核算3天", "3"),
        ("2.5", "2.5"),
        ("同意，2", "2"),
        ("李明2人天，王伟1人天，共3人天", "3"),
        ("同意，9月21日，2人天，3天内完成", "2"),
        ("２人天", "2"),
        ("20人天", "20"),
        ("2天（含1天文档）", "2"),
        ("支持1天，来回路上半天", "1"),
    ],
)
def test_the_workload_is_read_in_man_days(text: str, days: str) -> None:
    read_back = read_days(text)

    assert read_back == Decimal(days)
    assert str(read_back) == days


@pytest.mark.parametrize(
    "text",
    [
        "同意",
        "3天内完成",
        "三天后去",
        "第二天",
        "每天汇报",
        "提前2天通知",
        "推迟3天",
        "延期两天",
        "4小时内响应",
        "7*24小时支持",
        "13812345678",
        "1203室",
        "9月21日",
        "2026-09-21",
        "今天去",
        "0人天",
    ],
)
def test_other_numbers_are_no_workload(text: str) -> None:
    assert read_workload(text).days is None
    assert read_workload(text).problem == ""


@pytest.mark.parametrize("text", ["2-3天", "2到3人天", "李明2人天，王伟1人天"])
def test_more_than_one_workload_is_a_problem(text: str) -> None:
    assert read_days(text) is None
    assert "工作量" in read(text).problems[0]


@pytest.mark.parametrize(
    ("text", "mode", "unclear"),
    [
        ("李工去现场", "现场", False),
        ("上门支持", "现场", False),
        ("远程处理", "远程", False),
        ("不用去现场，远程即可", "远程", False),
        ("电话支持", "电话", False),
        ("方式：电话", "电话", False),
        ("电话13812345678联系客户", "", False),
        ("先电话沟通", "", False),
        ("现场联系人张工", "", False),
        ("先远程，不行再去现场", "", True),
        ("同意", "", False),
    ],
)
def test_the_mode(text: str, mode: str, unclear: bool) -> None:
    assignment = read(text)

    assert assignment.mode == mode
    assert bool(assignment.problems) == unclear


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("请提交实施方案和实施计划", ("实施方案", "实施计划")),
        ("实施规划", ("实施方案",)),
        (
            "项目方案、项目范围说明书、项目进度计划、项目管理计划",
            ("项目方案", "项目范围说明书", "项目进度计划", "项目管理计划"),
        ),
        ("带上技术支持服务单", ("服务单",)),
        ("不需要实施计划，实施方案要", ("实施方案",)),
        ("实施方案、实施计划都不用", ()),
        ("不用实施方案和实施计划", ()),
        ("实施方案，再发一次实施方案", ("实施方案",)),
        ("同意", ()),
    ],
)
def test_documents_due(text: str, documents: tuple[str, ...]) -> None:
    assert find_documents(text) == documents


@pytest.mark.parametrize(
    ("text", "delegate"),
    [
        ("请王总代批", "王总"),
        ("授权王总9月20日至9月25日代我审批", "王总"),
        ("不归我管，找王总", "王总"),
        ("休假中，请联系王总审批", "王总"),
        ("不是我批的，王总批过了", ""),
        ("转李工审批", "李工"),
        ("由张总监定", "张总监"),
        ("让王总决定", "王总"),
        ("王总批就行", "王总"),
        ("授权李工审批", "李工"),
        ("委托张三全权处理", "张三"),
        ("由王总确认。", "王总"),
        ("请赵经理代为审批", "赵经理"),
        ("请ZGH确认时间", ""),
        ("请公司批准", ""),
        ("由李工负责", ""),
        ("不要找王总批", ""),
        ("请王总代批，或者转李工审批", ""),
        ("同意", ""),
    ],
)
def test_who_is_to_decide_instead(text: str, delegate: str) -> None:
    assert read(text).delegate == delegate


@pytest.mark.parametrize("text", ["李工月底去", "李工9月21日或22日去", "李工9月31日去", "李工周五去"])
def test_a_vague_day_is_a_problem_and_no_date(text: str) -> None:
    assignment = read(text)

    assert (assignment.on, assignment.until) == (None, None)
    assert assignment.problems
    assert assignment.engineers == ("李工",)


_WORDS = st.sampled_from(
    [
        "同意",
        "李工",
        "小王",
        "、",
        "，",
        "。",
        "\n",
        "9月21日",
        "明天",
        "下周三",
        "2人天",
        "半",
        "天",
        "现场",
        "远程",
        "不",
        "请",
        "由",
        "代批",
        "实施方案",
        "项目",
        "非",
        "13812345678",
        "共",
        "-",
        "\x00",
    ]
)


@given(st.one_of(st.text(max_size=120), st.lists(_WORDS, max_size=20).map("".join)))
def test_no_text_breaks_it(text: str) -> None:
    assignment = read(text)

    assert assignment.until is None or (assignment.on is not None and assignment.until > assignment.on)
    assert assignment.days is None or assignment.days > 0
    assert set(assignment.engineers) <= {text[i:j] for i in range(len(text)) for j in range(i, len(text) + 1)}


@pytest.mark.parametrize(
    "text", ["李工" * 5000, "李工、" * 5000, "9月21日" * 3000, "半" * 10_000, "实施方案、" * 2000, "1" * 10_000]
)
def test_a_very_long_text_is_quick(text: str) -> None:
    before = time.process_time()

    read(text)

    assert time.process_time() - before < 1
