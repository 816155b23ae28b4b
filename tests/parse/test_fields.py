"""R4: the body's fields, however they were laid out; 项目性质 in prose."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parse.field_words import LABELS
from bot.parse.fields import find_label, find_nature, read_fields
from bot.rules.words import Nature

WHOLE = """王总，您好：
客户名称：欧莱雅
项目名称: CITRIX安装
项目性质：非项目
支持类型：安装实施
支持内容：
1、安装DDC
2、安装StoreFront：两台
支持时间：9月21日 14:00
支持地点：上海 静安
支持方式：现场
客户联系人：张工
电话：13812345678
地址：上海市静安区南京西路1号
产品及版本：XenApp 7.15
准备要求：PPT
文档要求：实施方案
紧急程度：一般

谢谢
ZGH
"""


def test_a_whole_form_is_read_in_the_rulebooks_order() -> None:
    fields = read_fields(WHOLE)

    assert fields.missing == ()
    assert tuple(label for label, _ in fields.values) == LABELS
    assert fields.get("客户名称") == "欧莱雅"
    assert fields.get("支持内容") == "1、安装DDC\n2、安装StoreFront：两台"
    assert fields.get("支持时间") == "9月21日 14:00"
    assert fields.get("紧急程度") == "一般"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("客户名称:欧莱雅", {"客户名称": "欧莱雅"}),
        (
            "  1、客户名称：欧莱雅\n2. 项目名称：A\n（3）支持方式：远程",
            {"客户名称": "欧莱雅", "项目名称": "A", "支持方式": "远程"},
        ),
        ("【客户名称】欧莱雅\n【支持方式】：现场", {"客户名称": "欧莱雅", "支持方式": "现场"}),
        ("**客户名称**：欧莱雅\n- 项目名称：A", {"客户名称": "欧莱雅", "项目名称": "A"}),
        ("客　户：欧莱雅\n电  话：021-12345678", {"客户名称": "欧莱雅", "电话": "021-12345678"}),
        (
            "用户名称：欧莱雅\n顾客联系人：张工\n手机：13812345678",
            {"客户名称": "欧莱雅", "客户联系人": "张工", "电话": "13812345678"},
        ),
        (
            "客戶名稱：歐萊雅\n專案名稱：CITRIX\n聯絡電話：02112345678\n緊急程度：緊急",
            {"客户名称": "歐萊雅", "项目名称": "CITRIX", "电话": "02112345678", "紧急程度": "緊急"},
        ),
        ("联系人：李四 电话：021-12345678", {"客户联系人": "李四", "电话": "021-12345678"}),
        (
            "支持时间：9:00，支持地点：上海；支持方式：现场",
            {"支持时间": "9:00", "支持地点": "上海", "支持方式": "现场"},
        ),
        ("联系人：张工，13812345678", {"客户联系人": "张工，13812345678", "电话": "13812345678"}),
        ("客户联系人/电话：王经理 13912345678", {"客户联系人": "王经理 13912345678", "电话": "13912345678"}),
        ("项目性质（非项目/项目）：非项目", {"项目性质": "非项目"}),
        ("项目性质：☑非项目 □项目", {"项目性质": "非项目"}),
        ("项目性质\t项目\n紧急程度\t紧急", {"项目性质": "项目", "紧急程度": "紧急"}),
        (
            "| 客户名称 | 项目性质 | 紧急程度 |\n|---|---|---|\n| 欧莱雅 | 项目 | 紧急 |",
            {"客户名称": "欧莱雅", "项目性质": "项目", "紧急程度": "紧急"},
        ),
        (
            "客户名称\n欧莱雅\n项目性质\n项目\n支持方式\n远程",
            {"客户名称": "欧莱雅", "项目性质": "项目", "支持方式": "远程"},
        ),
        ("支持方式：现场□ 远程☑ 电话□", {"支持方式": "远程"}),
        ("项目性质：项目( ) 非项目(√)", {"项目性质": "非项目"}),
        ("紧急程度：(√)紧急 ( )一般", {"紧急程度": "紧急"}),
        ("支持内容：迁移（V）", {"支持内容": "迁移（V）"}),
        ("客户名称    欧莱雅\n支持方式　　远程", {"客户名称": "欧莱雅", "支持方式": "远程"}),
        ("客户名称　　：欧莱雅；\n支持方式：远程;", {"客户名称": "欧莱雅", "支持方式": "远程"}),
        (
            "客户联系人+电话+地址：王芳 13812345678 上海市南京西路1601号",
            {
                "客户联系人": "王芳 13812345678 上海市南京西路1601号",
                "电话": "13812345678",
                "地址": "上海市南京西路1601号",
            },
        ),
        ("支持方式：□现场 ■远程 □电话", {"支持方式": "远程"}),
        (
            "客户名称\t欧莱雅\t项目名称\tA\n联系电话\t13800000000",
            {"客户名称": "欧莱雅", "项目名称": "A", "电话": "13800000000"},
        ),
        (
            "客户名称\t项目名称\t支持时间\n欧莱雅\tA\t9月21日",
            {"客户名称": "欧莱雅", "项目名称": "A", "支持时间": "9月21日"},
        ),
        ("客户名称\t项目名称\t支持时间\n欧莱雅\t\t9月21日", {"客户名称": "欧莱雅", "支持时间": "9月21日"}),
        ("| 客户名称 | 欧莱雅 |\n|---|---|\n| 项目名称 | A |", {"客户名称": "欧莱雅", "项目名称": "A"}),
        ("客户名称\n欧莱雅\n项目名称\nCITRIX安装", {"客户名称": "欧莱雅", "项目名称": "CITRIX安装"}),
        (
            "客户名称\n项目名称\n支持时间\n欧莱雅\nA\n9月21日",
            {"客户名称": "欧莱雅", "项目名称": "A", "支持时间": "9月21日"},
        ),
        (
            "支持内容：安装\n  两台服务器\n备注：尽快\n支持方式：现场",
            {"支持内容": "安装\n两台服务器", "支持方式": "现场"},
        ),
        ("支持内容：安装\n谢谢！\nZGH", {"支持内容": "安装"}),
        ("支持内容：\n\n安装\n\n祝好", {"支持内容": "安装"}),
        ("客户名称：欧莱雅\n客户名称：宝洁", {"客户名称": "欧莱雅"}),
        ("支持方式：现场/远程/电话\n客户名称：\n项目性质：非项目/项目", {}),
        ("准备要求：无", {"准备要求": "无"}),
        ("您好，欧莱雅需要安装CITRIX，请安排工程师9月21日去现场。", {}),
        ("http://example.invalid/客户：x", {}),
        ("", {}),
    ],
)
def test_fields_are_read_from_lines_tables_and_lists(text: str, expected: dict[str, str]) -> None:
    fields = read_fields(text)

    assert dict(fields.values) == expected
    assert set(fields.missing) == set(LABELS) - set(expected)


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("客户", "客户名称"),
        ("聯絡人", "客户联系人"),
        ("产品/版本", "产品及版本"),
        ("TEL", "电话"),
        ("优先级", "紧急程度"),
        ("备注", ""),
    ],
)
def test_other_words_for_a_label(written: str, label: str) -> None:
    assert find_label(written) == label


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        ("非项目", Nature.NON_PROJECT),
        ("按非项目处理", Nature.NON_PROJECT),
        ("不是项目", Nature.NON_PROJECT),
        ("不属于项目，2人天", Nature.NON_PROJECT),
        ("不算项目，按非项目处理", Nature.NON_PROJECT),
        ("不是非项目", Nature.PROJECT),
        ("项目性质：项目", Nature.PROJECT),
        ("性质：项目", Nature.PROJECT),
        ("按项目处理", Nature.PROJECT),
        ("同意，按项目走，2人天", Nature.PROJECT),
        ("这是项目类支持", Nature.PROJECT),
        ("同意，项目，李工去", Nature.PROJECT),
        ("项目还是非项目？", None),
        ("是项目吗？", None),
        ("请准备项目方案", None),
        ("CITRIX项目经理", None),
        ("客户的项目很急", None),
        ("项目名称：CITRIX", None),
        ("按项目。不，按非项目", None),
        ("同意", None),
    ],
)
def test_the_nature_is_read_with_denials(text: str, nature: Nature | None) -> None:
    assert find_nature(text) is nature


_PIECES = st.sampled_from(
    [*LABELS, "客户", "：", ":", "\t", "\n", "|", "【", "】", "1、", "欧莱雅", " ", "☑", "□", "谢谢", "\x00"]
)


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_no_body_breaks_it_and_every_label_is_found_or_missing(text: str) -> None:
    fields = read_fields(text)

    assert {label for label, _ in fields.values} | set(fields.missing) == set(LABELS)
    assert len(fields.values) + len(fields.missing) == len(LABELS)
    assert all(value for _, value in fields.values)


@pytest.mark.parametrize(
    "text", ["客户：a\n" * 3000, "客户\n项目\n时间\nx\n" * 2500, "x\n" * 20_000, "a\t" * 20_000, "客户：" * 5000]
)
def test_a_very_long_body_is_quick(text: str) -> None:
    before = time.process_time()

    read_fields(text)

    assert time.process_time() - before < 1
