"""Which Word forms a case needs and what stands in them (R15, R30)."""

from dataclasses import replace
from datetime import date

import pytest

from bot.rules.papers.forms import FIELDS, TABLES, FormSheet, fill_sheet, form_file_name, forms_for
from bot.rules.words import Nature, Stage
from tests.rules.build import CHEN, LI, POLICY, WANG, a_case, a_reading, a_scene

FIELDS_SAID = (
    ("支持类型", "安装实施"),
    ("支持内容", "安装两台服务器\n并测试"),
    ("客户联系人", "王经理"),
    ("电话", "021-1234"),
    ("支持地点", "静安区"),
    ("支持方式", "远程"),
)
CASE = a_case(
    Stage.APPROVED, fields=FIELDS_SAID, engineers=(LI.address, WANG.address), mode="现场", until=date(2026, 9, 24)
)


def sheet_of(**changed: object) -> FormSheet:
    case = replace(CASE, **changed)  # type: ignore[arg-type]
    return fill_sheet(a_scene(case, reading=a_reading(CHEN)), case, "新海")


@pytest.mark.parametrize(
    ("nature", "asked", "forms"),
    [
        (None, (), ("服务单", "实施方案", "实施计划")),
        (Nature.NON_PROJECT, (), ("服务单", "实施方案", "实施计划")),
        (
            Nature.PROJECT,
            (),
            ("服务单", "项目方案", "实施方案", "项目范围说明书", "项目进度计划", "项目管理计划", "项目章程", "SOW"),
        ),
        (Nature.NON_PROJECT, ("实施方案", "服务单"), ("服务单", "实施方案")),  # the director's list wins
    ],
)
def test_R15_which_forms_are_laid_ready(nature: Nature | None, asked: tuple[str, ...], forms: tuple[str, ...]) -> None:
    assert forms_for(POLICY, replace(CASE, nature=nature, documents_due=asked)) == forms


def test_R30_everything_known_of_the_case_is_filled_in() -> None:
    values = dict(sheet_of().values)
    assert set(values) == set(FIELDS)
    expected = {
        "公司": "新海",
        "编号": "ZC2026-0007",
        "客户": "欧莱雅",
        "联系人": "王经理",
        "电话": "021-1234",
        "地址": "静安区",
        "项目": "CITRIX安装",
        "销售": "张国华",
        "工程师": "李明、王强",
        "负责工程师": "李明",
        "协助工程师": "王强",
        "技术总监": "陈总",
        "申请日期": "2026年9月17日（周四）",
        "服务类型": "安装实施",
        "服务内容": "安装两台服务器\n并测试",
        "支持日期": "9月22日（周二）至9月24日（周四）",
        "支持方式": "现场",  # what was confirmed wins over what was asked
        "预估工作量": "2 人天",
        "应交文档": "实施方案、实施计划",
    }
    assert {name: values[name] for name in expected} == expected


def test_R30_what_is_not_known_stays_empty_for_the_hand() -> None:
    values = dict(sheet_of(fields=(), engineers=(), on=None, until=None, days=None, mode="").values)
    empty = {name for name, text in values.items() if not text}
    assert {"联系人", "电话", "地址", "工程师", "支持日期", "预估工作量", "服务内容"} <= empty


def test_R30_the_plan_counts_working_days_from_the_confirmed_ones() -> None:
    rows = [dict(row) for row in dict(sheet_of().tables)["计划"]]
    assert [(r["阶段"], r["负责人"], r["开始"], r["完成"]) for r in rows] == [
        ("申请与确认", "张国华", "2026-09-17", "2026-09-17"),
        ("准备", "李明", "2026-09-17", "2026-09-22"),
        ("实施", "李明", "2026-09-22", "2026-09-24"),
        ("客户签字", "李明", "2026-09-24", "2026-09-28"),  # the mid-autumn days are off
        ("验收", "张国华", "2026-09-28", "2026-09-29"),
        ("归档", "李明", "2026-09-28", "2026-10-09"),
    ]
    unknown = [dict(row) for row in dict(sheet_of(on=None, until=None).tables)["计划"]]
    assert {r["开始"] for r in unknown[2:]} == {""}


def test_R30_tables_have_their_columns_and_the_changes_stand_there() -> None:
    tables = dict(sheet_of(changes=(("多两台", "同意：4人天"),)).tables)
    assert [dict(row) for row in tables["变更"]] == [{"序号": "1", "内容": "多两台", "结果": "同意：4人天"}]
    assert [row[1][1] for row in tables["人员"]] == ["陈总", "张国华", "李明", "王强"]
    assert {name: {tuple(c for c, _ in row) for row in rows} for name, rows in tables.items()} == {
        name: {columns} for name, columns in TABLES.items()
    }


@pytest.mark.parametrize(("text", "shown"), [("a\x00b\x0bc\x1b", "abc"), ("a\tb\r\nc", "a b\nc"), ("x\u202ey", "xy")])
def test_what_word_refuses_is_left_out(text: str, shown: str) -> None:
    assert dict(sheet_of(fields=(("支持内容", text),)).values)["服务内容"] == shown


def test_a_long_text_is_cut_and_says_so() -> None:
    shown = dict(sheet_of(fields=(("支持内容", "长" * 9000),)).values)["服务内容"]
    assert len(shown) < 1600
    assert shown.endswith("…（全文见申请邮件）")


@pytest.mark.parametrize(
    ("customer", "name"),
    [
        ("欧莱雅", "服务单_欧莱雅_ZC2026-0007.docx"),
        ("3M/中国<有限>公司", "服务单_3M-中国-有限-公司_ZC2026-0007.docx"),
        ("../..", "服务单_ZC2026-0007.docx"),
        ("长" * 60, f"服务单_{'长' * 20}_ZC2026-0007.docx"),
    ],
)
def test_the_file_s_name_says_what_whose_and_which(customer: str, name: str) -> None:
    assert form_file_name("服务单", replace(CASE, customer=customer)) == name
