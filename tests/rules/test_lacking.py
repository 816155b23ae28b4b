"""Who sends documents hears what they do not settle, alone and once (R21, R26)."""

from bot.rules.case import DeadlineKind
from bot.rules.notice import NoticeKind as N
from bot.rules.papers.own_forms import OwnForm
from bot.rules.whispering import word_notice
from bot.rules.words import Intent, Stage
from tests.rules.build import LI, a_case, a_deadline, a_desk, a_document, a_file, a_reading, a_scene, hear, said_kinds

CLOSED = a_case(Stage.CLOSED)
DONE = a_case(Stage.AWAITING_ACCEPTANCE)
WORD_FORM = a_file("服务单_欧莱雅_ZC2026-0007.docx", b"PK\x03\x04 filled in")


def test_R26_some_documents_are_there_and_the_sender_hears_what_is_missing() -> None:
    decision = hear(CLOSED, LI, a_reading(LI, Intent.DOCUMENTS, attachments=(a_file("实施方案.docx"),)))
    (say,) = decision.says
    assert (say.kind, say.to, say.items) == (N.DOCUMENTS_MISSING, (LI.address,), ("实施方案.docx",))
    notice = word_notice(say, a_scene(CLOSED, documents=decision.documents))
    assert notice.items == ("服务单", "实施计划")
    assert "已收到：实施方案.docx。" in notice.paragraphs
    assert not notice.in_thread


def test_R26_the_last_document_archives_and_nothing_is_missing() -> None:
    there = (a_document("服务单"), a_document("实施方案"))
    reading = a_reading(LI, Intent.DOCUMENTS, attachments=(a_file("实施计划.xlsx"),))
    assert said_kinds(hear(CLOSED, LI, reading, a_desk(documents=there))) == ["archived"]


def test_R26_a_mail_without_documents_and_one_before_closing_are_not_answered() -> None:
    assert hear(CLOSED, LI, a_reading(LI, Intent.THANKS)).says == ()
    early = a_reading(LI, Intent.DOCUMENTS, attachments=(a_file("实施方案.docx"),))
    assert hear(a_case(Stage.APPROVED), LI, early).says == ()


def test_R21_a_form_that_nobody_signed_is_answered_while_it_is_awaited() -> None:
    desk = a_desk(open_deadlines=(a_deadline(DeadlineKind.FORM, DONE),))
    decision = hear(DONE, LI, a_reading(LI, attachments=(WORD_FORM,)), desk)
    assert [(d.label, d.name) for d in decision.documents] == [("服务单（未签字）", WORD_FORM.name)]
    (say,) = decision.says
    notice = word_notice(say, a_scene(DONE, documents=decision.documents))
    assert (say.kind, say.to) == (N.FORM_MISSING, (LI.address,))
    assert notice.headline == f"已收到“{WORD_FORM.name}”，但它不是客户签字后的扫描件、照片或 PDF。"
    assert decision.ends == ()


def test_R21_completing_with_an_unsigned_form_asks_once_for_the_signed_one() -> None:
    decision = hear(a_case(Stage.ON_SITE), LI, a_reading(LI, Intent.COMPLETED, attachments=(WORD_FORM,)))
    assert said_kinds(decision) == ["acceptance", "form_missing"]
    assert DeadlineKind.FORM in {d.kind for d in decision.arms}


def test_R20_our_own_blank_form_quoted_back_is_nobody_s_document() -> None:
    blank = a_file("服务单.docx", b"PK\x03\x04")
    own = type(blank)(
        blank.name, blank.content_type, blank.content, blank.sha256, own=OwnForm("服务单", "ZC2026-0007", True)
    )
    decision = hear(CLOSED, LI, a_reading(LI, Intent.THANKS, attachments=(own,)))
    assert decision.documents == ()
    assert decision.says == ()
