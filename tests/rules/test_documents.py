"""Which documents a case owes and has (R15, R20, R21, R26)."""

from dataclasses import replace

import pytest

from bot.rules.papers.documents import (
    collect_documents,
    has_form,
    in_order,
    label_document,
    missing_documents,
    required_documents,
)
from bot.rules.papers.own_forms import OwnForm
from bot.rules.words import Nature, Stage
from tests.rules.build import ALL_PAPERS, LI, NOON, POLICY, a_case, a_document, a_file, a_mail


@pytest.mark.parametrize(
    ("name", "completing", "label"),
    [
        ("技术支持服务单-欧莱雅.pdf", False, "服务单"),
        ("客户验收单.JPG", False, "客户验收单"),  # a customer's own form may stand in (R20)
        ("实施方案v2.docx", False, "实施方案"),
        ("欧莱雅 实施 计划.xlsx", False, "实施计划"),
        ("项目进度计划.mpp", False, "项目进度计划"),
        ("IMG_2031.jpg", True, "服务单"),  # a photo with the completion is the form
        ("scan0001.pdf", True, "服务单"),
        ("IMG_2031.jpg", False, ""),
        ("配置.txt", True, ""),
        ("实施方案.pdf", True, "实施方案"),  # a telling name wins
        ("报价.xlsx", True, ""),
    ],
)
def test_documents_are_known_by_their_names(name: str, completing: bool, label: str) -> None:
    assert label_document(POLICY, a_file(name), completing=completing) == label


@pytest.mark.parametrize(
    ("name", "content", "label"),
    [
        ("服务单.pdf", b"%PDF-1.7 scan", "服务单"),
        ("服务单.pdf", b"E-SafeNet\x00LOCK", "服务单"),  # encrypted by the company's own program
        ("服务单", b"%PDF-1.7", "服务单"),  # phones drop the ending
        ("服务单.ofd", b"PK\x03\x04", "服务单"),
        ("服务单.docx", b"PK\x03\x04", "服务单（未签字）"),
        ("服务单.doc", b"\xd0\xcf\x11\xe0", "服务单（未签字）"),
        ("服务单.pdf", b"PK\x03\x04", "服务单（未签字）"),  # Word under another name
        ("服务单.jpg", b"<html>", "服务单（未签字）"),
        ("服务单.zip", b"PK\x03\x04", "服务单（未签字）"),
        ("服务单.pdf", b"", "服务单（未签字）"),
        ("IMG_1.jpg", b"PK\x03\x04", ""),
        ("SOW.docx", b"PK\x03\x04", "SOW"),
    ],
)
def test_R20_the_signed_form_is_a_scan_by_its_bytes_too(name: str, content: bytes, label: str) -> None:
    assert label_document(POLICY, a_file(name, content), completing=True) == label


@pytest.mark.parametrize(
    ("form", "label"), [("服务单", "服务单（未签字）"), ("实施方案", "实施方案"), ("项目章程", "项目章程")]
)
def test_R30_our_own_form_filled_in_is_known_whatever_it_is_called(form: str, label: str) -> None:
    renamed = replace(a_file("新建文档.docx", b"PK\x03\x04"), own=OwnForm(form, "ZC2026-0007", blank=False))
    assert label_document(POLICY, renamed, completing=True) == label


def test_R30_our_own_form_sent_back_blank_is_no_document() -> None:
    blank = replace(a_file("实施方案.docx", b"PK\x03\x04"), own=OwnForm("实施方案", "ZC2026-0007", blank=True))
    assert collect_documents(POLICY, a_mail(LI, attachments=(blank,)), NOON, completing=True) == ()


def test_R21_a_logo_shown_in_the_text_is_no_document() -> None:
    mail = a_mail(LI, attachments=(a_file("logo.png", inline=True), a_file("服务单.pdf")))
    found = collect_documents(POLICY, mail, NOON, completing=True)
    assert [(d.name, d.label, d.sender, d.mail) for d in found] == [
        ("服务单.pdf", "服务单", LI.address, mail.message_id)
    ]


@pytest.mark.parametrize(
    ("nature", "asked", "required"),
    [
        (None, (), ("服务单", "实施方案", "实施计划")),
        (Nature.NON_PROJECT, (), ("服务单", "实施方案", "实施计划")),
        (Nature.PROJECT, (), ("服务单", "项目方案", "实施方案", "项目范围说明书", "项目进度计划", "项目管理计划")),
        (Nature.PROJECT, ("实施方案", "服务单"), ("服务单", "实施方案")),  # the director's list wins
    ],
)
def test_R15_what_is_required(nature: Nature | None, asked: tuple[str, ...], required: tuple[str, ...]) -> None:
    case = a_case(Stage.CLOSED, nature=nature, documents_due=asked)
    assert required_documents(POLICY, case) == required


def test_R26_what_is_missing() -> None:
    case = a_case(Stage.CLOSED)
    assert missing_documents(POLICY, case, ()) == ("服务单", "实施方案", "实施计划")
    assert missing_documents(POLICY, case, (a_document("实施方案"), a_document(""))) == ("服务单", "实施计划")
    assert missing_documents(POLICY, case, ALL_PAPERS) == ()
    assert has_form(ALL_PAPERS)
    assert not has_form(ALL_PAPERS[1:])


def test_R20_the_customers_own_form_stands_in_and_lies_behind_the_signed_one() -> None:
    own, signed, plan = (a_document(label) for label in ("客户验收单", "服务单", "实施方案"))
    assert has_form((own,))
    assert "服务单" not in missing_documents(POLICY, a_case(Stage.CLOSED), (own,))
    assert in_order((plan, own, signed)) == (signed, own, plan)
