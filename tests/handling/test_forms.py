"""The confirmation carries the forms the case needs, filled in (R15, R30)."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.handling.enclosing import Enclosing
from bot.handling.forms import FormPost
from bot.papers.forms import Forms
from bot.papers.word import CONTENT_TYPE
from bot.parse.own_forms import read_own_form
from bot.rules.mail import Attachment
from bot.rules.notice import Notice, NoticeKind
from bot.rules.words import Nature, Stage
from tests.papers.samples import SHIPPED, a_docx, put, words_in
from tests.rules.build import LI, WANG, a_case, a_scene

CASE = a_case(Stage.APPROVED)


def forms_of(nature: Nature | None, forms: Forms = SHIPPED, **changed: Any) -> list[Attachment]:
    enclosing = Enclosing({NoticeKind.CONFIRMED: (FormPost(forms, "测试公司").enclose,)})
    notice = Notice(NoticeKind.CONFIRMED, "k", ())
    return list(enclosing.enclose(notice, a_scene(replace(CASE, nature=nature, **changed))))


def test_R30_the_confirmation_carries_the_service_form_and_the_documents_due() -> None:
    files = forms_of(Nature.NON_PROJECT)
    assert [f.name.split("_")[0] for f in files] == ["服务单", "实施方案", "实施计划"]
    assert {f.content_type for f in files} == {CONTENT_TYPE}
    assert [own.label for f in files if (own := read_own_form(f.content)) and own.blank] == [
        "服务单",
        "实施方案",
        "实施计划",
    ]
    assert all("欧莱雅" in words_in(f.content) for f in files)
    assert len(forms_of(Nature.PROJECT)) == 8


def test_R45_the_documents_go_to_the_engineers_alone_and_not_before_they_are_named() -> None:
    files = forms_of(Nature.NON_PROJECT, engineers=(LI.address, WANG.address))
    assert [f.only_for for f in files] == [(), (LI.address, WANG.address), (LI.address, WANG.address)]
    (only,) = forms_of(Nature.PROJECT, engineers=())
    assert only.name.startswith("服务单")


def test_a_company_with_its_own_forms_gets_those_it_has(tmp_path: Path) -> None:
    put(tmp_path, "实施方案.docx", a_docx("我司方案 {{ 编号 }}"))
    (only,) = forms_of(None, Forms((tmp_path,)))[:1]
    assert "我司方案 ZC2026-0007" in words_in(only.content)
