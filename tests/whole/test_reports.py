"""R27, R28 by real mail: the weekly report goes out on Friday, is signed by reply, tap or corrected file, settles."""

from collections.abc import Callable
from decimal import Decimal
from email.message import EmailMessage
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.rules.reports.report import Report, ReportState
from bot.rules.words import Stage
from tests.whole.office import ADMIN, BOT, DIRECTOR, ENGINEER, PEOPLE, SALES, Got, Office

pytestmark = pytest.mark.servers

SUBJECT = "技术支持申请--欧莱雅--CITRIX安装--ZGH--0914"
FORM = ("欧莱雅服务单-签字.pdf", b"%PDF-1.4 signed")
PLANS = (("CITRIX实施方案.docx", b"PK plan"), ("CITRIX实施计划.docx", b"PK schedule"))
DONE = "已完成，安装两台服务器。9月16日 9:00-17:30，7.5小时，服务单见附件。"
SIGNED = "周报已签字，按周报核算工作量，全部完成"


def archived(office: Office, done: str = DONE) -> None:
    """A case of W38, archived on Thursday."""
    office.write(SALES, "09-14 10:00", "支持类型：安装实施\n支持方式：现场", subject=SUBJECT)
    office.turn("09-14 10:05")
    office.write(DIRECTOR, "09-14 11:00", "同意，李工9月16日去，1人天，现场", answer=office.last(DIRECTOR))
    office.turn("09-14 11:05")
    office.write(ENGINEER, "09-16 18:00", done, answer=office.last(ENGINEER), files=(FORM, *PLANS))
    office.turn("09-16 18:05")
    office.tap(SALES, "09-17 09:30", office.last(SALES), "验收通过")
    office.turn("09-17 09:35")
    office.write(DIRECTOR, "09-17 10:00", "同意关闭", answer=office.last(DIRECTOR))
    office.turn("09-17 10:05")
    assert office.case().stage is Stage.ARCHIVED


def friday(office: Office) -> Got:
    """The report as the director gets it."""
    archived(office)
    office.turn("09-18 16:00")
    return office.last(DIRECTOR)


def report_of(office: Office, ref: str = "ZB2026-W38-03") -> Report:
    with office.house.store.reading() as tx:
        report = tx.reports.by_ref(ref)
    assert report is not None
    return report


def events(office: Office) -> list[str]:
    with office.house.store.reading() as tx:
        return [event.event for event in tx.reports.events(report_of(office).id)]


def workbook(got: Got) -> bytes:
    (part,) = got.message.iter_attachments()
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    assert part.get_filename() == "技术周报_2026-W38_李明.xlsx"
    return content


def corrected(got: Got, change: Callable[[Any], None]) -> tuple[str, bytes]:
    """The report's file as the director's program saves it after `change`."""
    book = load_workbook(BytesIO(workbook(got)))
    change(book.worksheets[0])
    out = BytesIO()
    book.save(out)
    return "周报改.xlsx", out.getvalue()


def test_R27_R28_the_report_goes_out_on_friday_is_signed_by_one_tap_and_settles(office: Office) -> None:
    archived(office)
    office.turn("09-18 15:59")
    before = len(office.inbox(DIRECTOR))
    office.turn("09-18 16:00")
    office.turn("09-18 16:01")
    got = office.last(DIRECTOR)
    assert len(office.inbox(DIRECTOR)) == before + 1
    assert "技术周报，请签字" in str(got.message["Subject"])
    assert (str(got.message["To"]), str(got.message["Cc"])) == ("陈总监 <chen@demo.local>", "李明 <li@demo.local>")
    assert "mailto:" not in office.last(ENGINEER).html
    page = load_workbook(BytesIO(workbook(got))).worksheets[0]
    assert [page.cell(5, n).value for n in (2, 8, 9, 12, 13, 14)] == [
        "欧莱雅", "09:00–17:30", 7.5, 0.938, "ZC2026-0001", "已归档",
    ]  # fmt: skip
    office.tap(DIRECTOR, "09-18 16:10", got, "同意签字")
    office.turn("09-18 16:11")
    case = office.case()
    assert (case.stage, case.settled_days) == (Stage.SETTLED, Decimal("0.938"))
    entry = office.show()["history"][-1]
    assert (entry["event"], entry["actor"]) == ("signed", DIRECTOR)
    assert entry["why"] == f"{SIGNED}；0.938 人天（ZB2026-W38-03）"
    assert entry["mail"]
    assert "陈总监已签李明 2026-W38 的技术周报：核算 0.938 人天" in office.last(ENGINEER).text
    assert (report_of(office).state, events(office)) == (ReportState.SIGNED, ["sent", "signed"])
    assert '"chain_ok": true' in office.zhichi("audit", "--json")


def test_R28_signed_by_plain_reply(small_office: Office) -> None:
    got = friday(small_office)
    small_office.write(DIRECTOR, "09-18 17:00", "同意签字", answer=got)
    small_office.turn("09-18 17:01")
    assert small_office.case().stage is Stage.SETTLED
    assert report_of(small_office).sheet.signed_by == "陈总监"


@pytest.mark.parametrize("words", ["收到", "我看一下", "谢谢", ""])
def test_R28_what_is_no_plain_yes_signs_nothing(small_office: Office, words: str) -> None:
    got = friday(small_office)
    small_office.write(DIRECTOR, "09-18 17:00", words, answer=got)
    small_office.turn("09-18 17:01")
    assert small_office.case().stage is Stage.ARCHIVED
    assert report_of(small_office).state is ReportState.OPEN


def test_nobody_signs_for_the_director(small_office: Office) -> None:
    got = friday(small_office)
    small_office.write(ENGINEER, "09-18 17:00", "同意签字", answer=got)
    small_office.write(DIRECTOR, "09-18 17:05", "同意签字", answer=got, proved=False)
    _, body = got.button("同意签字")
    small_office.write(ADMIN, "09-18 17:10", body, subject="Re: 技术周报")
    small_office.turn("09-18 17:11")
    assert report_of(small_office).state is ReportState.OPEN
    assert "更正工时" in small_office.last(ENGINEER).text
    ask = small_office.last(DIRECTOR)
    assert "没有生效" in ask.text
    small_office.tap(DIRECTOR, "09-18 17:20", ask, "是我本人，确认")
    small_office.turn("09-18 17:21")
    assert small_office.case().stage is Stage.SETTLED


def test_R28_a_corrected_file_wins_and_is_read_back(small_office: Office) -> None:
    got = friday(small_office)

    def change(page: Any) -> None:
        page["I5"] = 6

    small_office.write(DIRECTOR, "09-18 17:00", "有改动，见附件", answer=got, files=(corrected(got, change),))
    small_office.turn("09-18 17:01")
    case = small_office.case()
    assert (case.stage, case.settled_days) == (Stage.SETTLED, Decimal("0.75"))
    assert "实际工时 7.5 → 6，核算工作量 0.938 → 0.75" in small_office.last(ENGINEER).text
    with small_office.house.store.reading() as tx:
        (record,) = tx.work.of(case.id)
    assert (record.hours, record.source) == (Decimal(6), "report")


def test_R28_by_tap_with_the_file_added(small_office: Office) -> None:
    got = friday(small_office)

    def change(page: Any) -> None:
        page["L5"] = 2.5

    subject, body = got.button("有改动，发回附件")
    small_office.write(DIRECTOR, "09-18 17:00", body, subject=subject, files=(corrected(got, change),), proved=False)
    small_office.turn("09-18 17:01")
    assert small_office.case().settled_days == Decimal("2.5")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda page: page.delete_cols(9), "第4行表头里没有“实际工时”这一列"),
        (lambda page: page.delete_rows(5), "9月16日 ZC2026-0001 欧莱雅这一行不见了"),
        (lambda page: page.__setitem__("I5", "七个半"), "第5行“实际工时”（七个半）不是数字"),
        (lambda page: page.__setitem__("M5", "ZC2026-0099"), "不在这份周报里"),
        (lambda page: page.__setitem__("M2", "编号：无"), "不是机器人发出的周报"),
        (lambda page: page.__setitem__("M2", "ZB2026-W37-03"), "这里要签的是 ZB2026-W38-03"),
    ],
)
def test_R28_a_file_that_cannot_be_taken_over_is_answered_with_the_place(
    small_office: Office, change: Callable[[Any], None], told: str
) -> None:
    got = friday(small_office)
    small_office.write(DIRECTOR, "09-18 17:00", "同意，改动见附件", answer=got, files=(corrected(got, change),))
    small_office.turn("09-18 17:01")
    assert report_of(small_office).state is ReportState.OPEN
    answer = small_office.last(DIRECTOR)
    assert told in answer.text
    assert "附件没有采用" in answer.text
    small_office.tap(DIRECTOR, "09-18 17:20", answer, "同意签字")
    small_office.turn("09-18 17:21")
    assert small_office.case().settled_days == Decimal("0.938")


def test_R28_returned_goes_to_the_engineer_and_the_corrected_report_comes_anew(small_office: Office) -> None:
    got = friday(small_office)
    small_office.write(DIRECTOR, "09-18 16:30", "不同意，16日只做了半天", answer=got)
    small_office.turn("09-18 16:31")
    told = small_office.last(ENGINEER)
    assert "16日只做了半天" in told.text
    thread = next(mail for mail in small_office.inbox(ENGINEER) if "支持已确认" in mail.text)
    small_office.write(ENGINEER, "09-18 16:40", "更正工时：9月16日 9:00-12:00", answer=thread)
    small_office.turn("09-18 16:41")
    renewed = small_office.last(DIRECTOR)
    assert "更正后的技术周报" in renewed.text
    small_office.write(DIRECTOR, "09-18 16:50", "同意签字", answer=got)  # to the old one
    small_office.turn("09-18 16:51")
    assert "以前的一份" in small_office.last(DIRECTOR).text
    assert report_of(small_office).state is ReportState.OPEN
    small_office.write(DIRECTOR, "09-18 17:00", "同意签字", answer=renewed)
    small_office.turn("09-18 17:01")
    assert small_office.case().settled_days == Decimal("0.375")
    assert events(small_office) == ["sent", "returned", "renewed", "asked", "signed"]


def test_R28_unsigned_is_chased_like_any_other_answer(small_office: Office) -> None:
    friday(small_office)
    small_office.turn("09-20 15:00")  # the Sunday worked
    assert not small_office.was_told(DIRECTOR, "提醒：李明的技术周报待签字")
    small_office.turn("09-20 16:00")
    assert small_office.was_told(DIRECTOR, "提醒：李明的技术周报待签字")
    small_office.turn("09-20 18:00")
    assert small_office.was_told(ADMIN, "逾期上报：李明的技术周报")
    small_office.turn("09-21 09:00")
    digest = small_office.last(DIRECTOR)
    assert "每周概览" in str(digest.message["Subject"]), "on a Monday the overview takes the digest's place"
    assert "技术周报 李明 2026-W38" in digest.text
    assert "【逾期】" in digest.text
    small_office.turn("09-22 09:00")
    small_office.turn("09-22 09:05")
    assert sum("逾期上报" in mail.text for mail in small_office.inbox(ADMIN)) == 1


def test_R28_my_todo_lists_the_report(small_office: Office) -> None:
    friday(small_office)

    def to_bot(mail: EmailMessage) -> None:
        del mail["To"]
        mail["To"] = BOT

    small_office.write(DIRECTOR, "09-18 17:00", "我的待办", subject="待办", change=to_bot)
    small_office.turn("09-18 17:01")
    assert "ZB2026-W38-03 技术周报 李明 2026-W38" in small_office.last(DIRECTOR).text


def test_R48_a_command_in_an_answer_to_the_report_is_answered(small_office: Office) -> None:
    got = friday(small_office)

    def to_bot(mail: EmailMessage) -> None:
        del mail["To"]
        mail["To"] = BOT

    small_office.write(DIRECTOR, "09-18 17:00", "我的待办", answer=got, change=to_bot)
    small_office.turn("09-18 17:01")
    assert "您有" in small_office.last(DIRECTOR).text
    assert report_of(small_office).state is ReportState.OPEN


def test_R28_an_answer_whose_subject_was_rewritten_is_known_by_its_thread(small_office: Office) -> None:
    got = friday(small_office)

    def strip(mail: EmailMessage) -> None:
        del mail["Subject"]
        mail["Subject"] = "Re: 周报"
        mail.set_content("同意签字")

    small_office.write(DIRECTOR, "09-18 17:00", "同意签字", answer=got, change=strip)
    small_office.turn("09-18 17:01")
    assert small_office.case().stage is Stage.SETTLED


def test_R27_a_figure_settled_by_reply_renews_the_report(small_office: Office) -> None:
    friday(small_office)
    closed = next(mail for mail in small_office.inbox(DIRECTOR) if "已归档" in mail.text and "周报" not in mail.text)
    small_office.write(DIRECTOR, "09-18 16:30", "核算1.5人天", answer=closed)
    small_office.turn("09-18 16:31")
    assert small_office.case().stage is Stage.SETTLED
    # Two mails of one turn: Postfix does not say which of them arrives first.
    reports = [mail for mail in small_office.inbox(DIRECTOR) if "同意签字" in mail.html]
    renewed = reports[-1]
    assert (len(reports), "1.5" in renewed.text) == (2, True)
    small_office.tap(DIRECTOR, "09-18 16:40", renewed, "同意签字")
    small_office.turn("09-18 16:41")
    assert (small_office.case().settled_days, report_of(small_office).state) == (Decimal("1.5"), ReportState.SIGNED)


def test_R28_two_directors_answering_differently_are_both_told(small_office: Office) -> None:
    small_office.edit('name = "高晓梅"\naddress = "gxm@demo.local"\nroles = ["admin"]',
                      'name = "高晓梅"\naddress = "gxm@demo.local"\nroles = ["director"]')  # fmt: skip
    got = friday(small_office)
    other = small_office.last(ADMIN)
    small_office.tap(DIRECTOR, "09-18 16:30", got, "同意签字")
    small_office.write(ADMIN, "09-18 16:35", "不同意，16日只做了半天", answer=other)
    small_office.turn("09-18 16:40")
    assert small_office.case().settled_days == Decimal("0.938")
    for person in (DIRECTOR, ADMIN):
        assert "两位的答复不同：以先签字的为准" in small_office.last(person).text
        assert "16日只做了半天" in small_office.last(person).text


def test_R28_a_bot_that_was_down_sends_it_once_in_the_next_working_hours(small_office: Office) -> None:
    archived(small_office)
    small_office.turn("09-19 11:00")  # Saturday
    assert not any("技术周报" in str(mail.message["Subject"]) for mail in small_office.inbox(DIRECTOR))
    for when in ("09-20 09:00", "09-20 09:01", "09-21 10:00"):
        small_office.close()  # a new process each time
        small_office.turn(when)
    sent = [mail for mail in small_office.inbox(DIRECTOR) if "技术周报，请签字" in str(mail.message["Subject"])]
    assert len(sent) == 1


def test_R28_no_work_no_report(small_office: Office) -> None:
    small_office.turn("09-18 16:00")
    assert not any(small_office.inbox(person) for person in PEOPLE)


def test_R27_assumed_hours_are_marked_and_the_command_writes_what_was_signed(small_office: Office) -> None:
    archived(small_office, "已完成，服务单见附件")
    small_office.turn("09-18 16:00")
    got = small_office.last(DIRECTOR)
    assert "9月16日 欧莱雅 CITRIX安装：8 小时（估算），核算 1 人天" in got.text
    small_office.tap(DIRECTOR, "09-18 16:10", got, "同意签字")
    small_office.turn("09-18 16:11")
    small_office.zhichi("report", "weekly", "--week", "2026-W38", "--engineer", "李工", "--out", "out")
    (path,) = (small_office.folder / "out").iterdir()
    said = [str(cell.value) for row in load_workbook(path).worksheets[0].iter_rows() for cell in row if cell.value]
    assert "技术总监签字：陈总监（邮件签字）    日期：9月18日（周五）" in said
    small_office.zhichi("report", "weekly", "--week", "2026-W54", expect=2)
