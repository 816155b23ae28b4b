"""R27, R28: who signs a weekly report, with which words, with which file; what differs is told, nothing is guessed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.rules.people import Person
from bot.rules.reports.chasing_reports import chase, due_from, next_look
from bot.rules.reports.correcting import ReadBook, ReadRow, correct
from bot.rules.reports.report import Report, ReportState
from bot.rules.reports.report_words import SIGN, report_items, word_report
from bot.rules.reports.signing import Signing, SigningDesk, decide_report
from bot.rules.words import Intent, Proof, Role
from tests.papers.sheets import SHEET, a_row
from tests.rules.build import CHEN, COMPANY, DEPUTY, GXM, LI, POLICY, WANG, ZGH, a_reading, at

D, M = Decimal, Intent
SENT = at("09-18 16:00")
DUE, WHY = due_from(POLICY, SENT)
REPORT = Report(
    id=3, ref=SHEET.ref, week=SHEET.week, engineer=LI.address, version=1, round=1, state=ReportState.OPEN,
    sheet=replace(SHEET, engineer=LI.address), account="", made_at=SENT, due_at=DUE, next_at=None, step=0, why=WHY,
)  # fmt: skip
ROWS = tuple(
    ReadRow(5 + n, row.day, row.ref, row.hours, row.factor, row.days, row.content) for n, row in enumerate(SHEET.rows)
)
BOOK = ReadBook("周报.xlsx", SHEET.ref, ROWS)
SECOND = Person("赵总", ("zhao@demo.cn",), frozenset({Role.DIRECTOR}))
TWO = replace(POLICY, company=replace(COMPANY, people=(*COMPANY.people, SECOND)))


def answer(
    sender: Person | None,
    intent: Intent = M.NONE,
    text: str = "原文",
    *,
    report: Report = REPORT,
    books: tuple[ReadBook, ...] = (),
    proof: Proof = Proof.PASS,
    days: str = "",
    outdated: bool = False,
    when: str = "09-18 17:00",
) -> Signing:
    reading = a_reading(sender or "x@elsewhere.cn", intent, text, when=at(when))
    desk = SigningDesk(TWO, proof, date(2026, 9, 18), days=D(days) if days else None, books=books, outdated=outdated)
    return decide_report(reading, report, sender, desk)


def changed(number: int = 0, **fields: object) -> ReadBook:
    rows = list(ROWS)
    rows[number] = replace(rows[number], **fields)  # type: ignore[arg-type]
    return replace(BOOK, rows=tuple(rows))


@pytest.mark.parametrize("proof", [Proof.PASS, Proof.SECRET])
def test_R27_a_plain_proved_yes_of_the_director_signs(proof: Proof) -> None:
    made = answer(CHEN, M.APPROVE, proof=proof)
    assert (made.signed, made.report.state, made.report.signed_by) == (True, ReportState.SIGNED, CHEN.address)
    assert (made.report.sheet.signed_by, made.report.sheet.signed_on) == ("陈总", date(2026, 9, 18))
    assert made.report.round == 2, "the buttons are void"
    assert made.says[0].to == (CHEN.address, LI.address)


@pytest.mark.parametrize("intent", [i for i in Intent if i is not M.APPROVE])
def test_R28_no_other_words_sign(intent: Intent) -> None:
    made = answer(CHEN, intent)
    assert not made.signed
    assert made.report == REPORT
    assert made.event.why


@pytest.mark.parametrize("proof", [Proof.NONE, Proof.FAIL])
@pytest.mark.parametrize("books", [(), (changed(hours=D(6)),)])
def test_design2_without_proof_nothing_is_signed_and_the_address_is_asked_once_a_day(
    proof: Proof, books: tuple[ReadBook, ...]
) -> None:
    made = answer(CHEN, M.APPROVE, proof=proof, books=books)
    assert (made.signed, made.report) == (False, REPORT)
    (say,) = made.says
    assert (say.kind.value, say.to, say.slot) == ("prove", (CHEN.address,), f"{SHEET.ref}:{CHEN.address}:2026-09-18")
    assert say.has_file is bool(books)


@pytest.mark.parametrize("sender", [LI, WANG, ZGH, GXM, DEPUTY, None], ids=lambda p: p.name if p else "stranger")
def test_design2_nobody_else_signs(sender: Person | None) -> None:
    made = answer(sender, M.APPROVE)
    assert (made.signed, made.report) == (False, REPORT)
    assert bool(made.says) is (sender is LI), "only the engineer is told where hours are corrected"


def test_R10_a_delegate_signs_on_their_days_but_never_their_own_report() -> None:
    assert answer(DEPUTY, M.APPROVE, when="09-21 10:00").signed
    own = replace(REPORT, engineer=DEPUTY.address)
    assert not answer(DEPUTY, M.APPROVE, report=own, when="09-21 10:00").signed


def test_R28_a_total_other_than_the_reports_is_asked_back() -> None:
    assert answer(CHEN, M.APPROVE, days="2.538").signed
    made = answer(CHEN, M.APPROVE, days="2")
    assert not made.signed
    assert "2 人天" in made.says[0].items[0]


@pytest.mark.parametrize("intent", [M.APPROVE, M.NONE, M.THANKS, M.REJECT])
def test_R28_a_corrected_file_wins(intent: Intent) -> None:
    made = answer(CHEN, intent, books=(changed(hours=D(6)),))
    assert made.signed
    assert made.changes == ("9月14日 ZC2026-0001 欧莱雅：实际工时 7.5 → 6，核算工作量 0.938 → 0.75",)
    assert made.report.sheet.days == D("2.35")


@pytest.mark.parametrize("intent", [M.QUESTION, M.APPROVE_WITH_CONDITION, M.POSTPONE, M.DELEGATE])
def test_R28_a_corrected_file_beside_doubtful_words_is_asked_about(intent: Intent) -> None:
    made = answer(CHEN, intent, books=(changed(hours=D(6)),))
    assert not made.signed
    assert "7.5 → 6" in " ".join(made.says[0].items)


def test_R28_the_file_as_it_was_sent_says_nothing_by_itself() -> None:
    assert not answer(CHEN, M.NONE, books=(BOOK,)).signed
    assert answer(CHEN, M.APPROVE, books=(BOOK,)).signed


def test_R28_two_files_are_asked_about() -> None:
    made = answer(CHEN, M.APPROVE, books=(BOOK, changed(hours=D(6))))
    assert "2个表格附件" in " ".join(made.says[0].items)


def test_R28_an_answer_to_an_older_edition_signs_nothing() -> None:
    made = answer(CHEN, M.APPROVE, outdated=True)
    assert not made.signed
    assert "以前的一份" in made.says[0].items[0]


SIGNED = answer(CHEN, M.APPROVE).report


def test_R27_who_signed_may_correct_and_nobody_else() -> None:
    again = answer(CHEN, M.NONE, report=SIGNED, books=(changed(hours=D(6)),))
    assert (again.signed, again.report.sheet.days) == (True, D("2.35"))
    other = answer(SECOND, M.NONE, report=SIGNED, books=(changed(hours=D(6)),))
    assert (other.signed, other.report) == (False, SIGNED)
    assert other.says[0].to == (SECOND.address, CHEN.address)
    assert "以先签字的为准" in other.says[0].headline


@pytest.mark.parametrize("intent", [M.APPROVE, M.THANKS])
def test_R28_a_second_yes_is_only_put_on_record(intent: Intent) -> None:
    for sender in (CHEN, SECOND):
        made = answer(sender, intent, report=SIGNED)
        assert (made.signed, made.says, made.report) == (False, (), SIGNED)


@pytest.mark.parametrize(
    ("book", "told"),
    [
        (replace(BOOK, rows=ROWS[:2]), "9月16日 ZC2026-0002 欧莱雅这一行不见了"),
        (
            replace(BOOK, rows=(*ROWS, replace(ROWS[0], number=9, ref="ZC2026-0099"))),
            "第9行（9月14日 ZC2026-0099）不在",
        ),
        (replace(BOOK, rows=(*ROWS, replace(ROWS[0], number=9))), "第9行与第5行是同一天的同一服务单"),
        (replace(BOOK, ref="ZB2026-W37-01"), "这里要签的是 ZB2026-W38-01"),
        (replace(BOOK, problems=("第5行…",)), "第5行…"),
        (changed(hours=D(25)), "第5行“实际工时”25 不合理"),
        (changed(hours=D(-1)), "第5行“实际工时”-1 不合理"),
        (changed(days=None), "第5行“核算工作量”是空的"),
        (changed(factor=D(11)), "第5行“系数”11 不合理"),
    ],
)
def test_R28_what_cannot_be_taken_over_names_its_place_and_changes_nothing(book: ReadBook, told: str) -> None:
    made = correct(SHEET, book)
    assert any(told in problem for problem in made.problems), made.problems
    assert (made.sheet, made.changes) == (SHEET, ())


def test_R28_a_figure_typed_wins_over_hours_and_else_it_is_counted_anew() -> None:
    assert correct(SHEET, changed(hours=D(6), days=D(1))).sheet.rows[0].days == D(1)
    assert correct(SHEET, changed(days=D(2))).sheet.rows[0].days == D(2)
    assert correct(SHEET, changed(2, factor=D(2))).sheet.rows[2].days == D(1)
    assert correct(SHEET, changed(hours=D(0))).sheet.rows[0].days == 0
    assert correct(SHEET, changed(days=D("0.93799999"))).changes == ()
    assert correct(SHEET, changed(content="改写")).changes == ("9月14日 ZC2026-0001 欧莱雅：工作内容已改",)


def test_R28_a_report_is_signed_within_the_next_working_day() -> None:
    assert at("09-20 18:00") == DUE  # the Sunday worked
    assert WHY == "周报9月18日（周五）发出，总监应在1个工作日内签字，即9月20日（周日）18:00前（R28）"
    assert [next_look(POLICY, DUE, n) for n in range(4)] == [
        at("09-20 16:00"), DUE, at("09-21 09:00"), at("09-22 09:00"),
    ]  # fmt: skip


def test_R28_reminded_escalated_then_left_to_the_digest() -> None:
    report, told = REPORT, []
    for when in ("09-20 15:00", "09-20 16:00", "09-20 18:00", "09-21 09:00", "09-22 09:00", "09-23 09:00"):
        report, says, _ = chase(POLICY, report, at(when))
        told += [(when, say.kind.value, say.to) for say in says]
    assert told == [
        ("09-20 16:00", "reminder", (CHEN.address,)),
        ("09-20 18:00", "escalated", (GXM.address,)),
        ("09-21 09:00", "escalated", (GXM.address,)),  # that day a delegate stands in the line before her
    ]
    assert report.next_at is None


def test_R28_the_mail_can_be_read_and_signed_on_a_telephone() -> None:
    made = answer(CHEN, M.APPROVE)
    assert SIGN[0].says == "同意签字"
    assert report_items(REPORT)[1] == "9月15日 欧莱雅 CITRIX 安装：8 小时（估算），核算 1 人天"
    many = replace(REPORT, sheet=replace(SHEET, rows=tuple(a_row(n, 14) for n in range(40))))
    assert report_items(many)[-1] == "其余 10 条见附件。"
    notice = word_report(made.says[0], made.report, POLICY, mail_id=9)
    assert (notice.ref, notice.report_id, notice.reply_to_mail) == (SHEET.ref, 3, 9)
    assert notice.headline == "陈总已签李明 2026-W38 的技术周报：核算 2.538 人天。"
