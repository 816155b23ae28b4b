"""The shipped Word forms, and a company's own in their place (R30)."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import TemplateError
from bot.handling.forms import FormPost
from bot.papers.forms import FOLDER, Forms
from bot.papers.word import open_form
from bot.parse.own_forms import read_own_form
from bot.rules.notice import Notice, NoticeKind
from bot.rules.papers.forms import SHIPPED as LABELS
from bot.rules.papers.own_forms import OwnForm
from bot.rules.words import Nature
from bot.transmit.attach import write_part
from bot.transmit.templates import shipped_templates
from tests.papers.drafting.forms import FORMS
from tests.papers.samples import CASE, SHEET, SHIPPED, a_docx, edited, put, words_in
from tests.rules.build import a_scene

SERVICE_FIELDS = (
    "编号 客户名称 联系人 电话 地址 项目名称 销售 工程师 申请日期 服务类型 到达时间 离开时间 工时 服务内容 处理过程 "
    "完成状态 遗留问题 设备清单 型号 序列号 版本 客户意见 满意度 客户签字 工程师签字"
)


@pytest.mark.parametrize("label", LABELS)
def test_R30_the_shipped_form_is_the_one_the_script_draws(label: str) -> None:
    drawn = open_form(FORMS[label]().save()).parts
    shipped = open_form((shipped_templates() / FOLDER / f"{label}.docx").read_bytes()).parts
    assert drawn == shipped, "run: python -m tests.papers.drafting"


@pytest.mark.parametrize("label", LABELS)
def test_R30_every_form_shows_the_case_on_a_light_a4_page_in_named_fonts(label: str) -> None:
    from io import BytesIO

    from docx import Document

    made = SHIPPED.make(label, CASE.ref, SHEET)
    words = words_in(made)
    assert all(known in words for known in ("欧莱雅", "CITRIX安装", "ZC2026-0007", "测试公司", "李明"))
    assert "{{" not in words
    assert len(made) < 15_000
    page = Document(BytesIO(made)).sections[0]
    assert {round((side or 0) / 360_000, 1) for side in (page.page_width, page.page_height)} == {21.0, 29.7}
    parts = dict(open_form(made).parts)
    assert "宋体" in parts["word/document.xml"].decode()
    assert "黑体" in parts["word/document.xml"].decode()


def test_R30_the_service_form_has_every_field_of_the_rule() -> None:
    words = words_in(SHIPPED.make("服务单", CASE.ref, SHEET))
    assert [field for field in SERVICE_FIELDS.split() if field not in words] == []


@pytest.mark.parametrize(
    ("label", "chapters"),
    [
        ("项目方案", "目录 背景 需求分析 解决方案 产品介绍 服务介绍 产品清单 总结"),
        ("实施方案", "客户环境描述 客户需求 实施内容 准备工作 实施过程 可能出现的问题及应对"),
    ],
)
def test_R30_the_proposals_have_the_chapters_of_the_rule(label: str, chapters: str) -> None:
    words = words_in(SHIPPED.make(label, CASE.ref, SHEET))
    places = [words.find(chapter) for chapter in chapters.split()]
    assert -1 not in places
    assert places == sorted(places)


def test_forms_are_made_in_milliseconds_once_read() -> None:
    for label in LABELS:
        SHIPPED.make(label, CASE.ref, SHEET)
    begun = time.perf_counter()
    for label in LABELS:
        SHIPPED.make(label, CASE.ref, SHEET)
    assert time.perf_counter() - begun < 0.1 * len(LABELS)  # measured: 5 ms each


def test_a_project_s_mail_stays_light() -> None:
    case = replace(CASE, nature=Nature.PROJECT)
    files = FormPost(SHIPPED, "测试公司").enclose(Notice(NoticeKind.CONFIRMED, "k", ()), a_scene(case))
    assert sum(len(write_part(file)) for file in files) < 140_000


@pytest.mark.parametrize("place", [".", FOLDER])
def test_a_company_s_own_form_wins_and_the_others_stay(tmp_path: Path, place: str) -> None:
    put(tmp_path / place, "服务单.docx", a_docx("我司服务单 {{ 客户 }}"))
    forms = Forms((tmp_path, shipped_templates()))
    assert words_in(forms.make("服务单", CASE.ref, SHEET)).strip() == "我司服务单 欧莱雅"
    assert "客户环境描述" in words_in(forms.make("实施方案", CASE.ref, SHEET))


def test_a_changed_form_counts_without_a_restart(tmp_path: Path) -> None:
    forms = Forms((tmp_path,))
    for words in ("第一版", "第二版"):
        put(tmp_path, "服务单.docx", a_docx(words))
        assert words_in(forms.make("服务单", CASE.ref, SHEET)).strip() == words


def test_a_broken_form_is_logged_and_the_shipped_one_serves(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    put(tmp_path, "服务单.docx", a_docx("{{ 客互 }}"))
    assert "处理过程" in words_in(Forms((tmp_path, shipped_templates())).make("服务单", CASE.ref, SHEET))
    assert "客互" in caplog.text
    with pytest.raises(TemplateError, match="zhichi check"):
        Forms((tmp_path,)).make("服务单", CASE.ref, SHEET)


def test_R20_a_form_knows_itself_again_blank_or_filled_in() -> None:
    made = SHIPPED.make("服务单", CASE.ref, SHEET)
    assert read_own_form(made) == OwnForm("服务单", "ZC2026-0007", blank=True)
    saved_unchanged, filled_in = edited(made, "处理过程", ""), edited(made, "处理过程", "更换硬盘")
    assert saved_unchanged != made
    assert read_own_form(saved_unchanged) == OwnForm("服务单", "ZC2026-0007", blank=True)
    assert read_own_form(filled_in) == OwnForm("服务单", "ZC2026-0007", blank=False)


def test_R20_a_company_s_own_properties_stay_beside_the_mark(tmp_path: Path) -> None:
    first = SHIPPED.make("服务单", "ZC2026-0001", SHEET)
    put(tmp_path, "服务单.docx", first)
    again = Forms((tmp_path,)).make("服务单", CASE.ref, SHEET)
    assert read_own_form(again) == OwnForm("服务单", "ZC2026-0007", blank=True)
    custom = dict(open_form(again).parts)["docProps/custom.xml"]
    assert custom.count(b"<property") == 1
