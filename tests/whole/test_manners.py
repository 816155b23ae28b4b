"""Wrong subjects, strangers, doubles, objections: what the bot says to whom (R1, R3, R18, R24, R45-R48)."""

from email.header import Header

import pytest

from bot.rules.words import Stage
from tests.whole.office import ADMIN, COMPANY, DIRECTOR, ENGINEER, LEAD, LOCAL, PEOPLE, SALES, Office

pytestmark = pytest.mark.servers

SUBJECT = "技术支持申请--欧莱雅--CITRIX安装--ZGH--0917"


def test_R3_a_wrong_subject_is_answered_to_its_sender_alone(small_office: Office) -> None:
    small_office.write(SALES, "09-17 10:00", "请安排", subject="技术支持申请--欧莱雅--ZGH--0917")
    small_office.turn("09-17 10:05")
    assert small_office.cases() == ()
    assert "技术支持申请--" in small_office.last(SALES).text
    assert all(not small_office.inbox(person) for person in PEOPLE if person != SALES)
    small_office.turn("09-17 10:06")
    assert len(small_office.inbox(SALES)) == 1


def test_R1_required_people_are_added_and_it_is_said(small_office: Office) -> None:
    small_office.write(SALES, "09-17 10:00", "请安排", subject=SUBJECT)
    small_office.turn("09-17 10:05")
    got = small_office.last(DIRECTOR)
    everybody = f"{got.message['To']}{got.message['Cc']}"
    assert all(person in everybody for person in (SALES, LEAD, LOCAL, COMPANY, ADMIN))
    assert "林组长" in got.text
    assert str(got.message["Subject"]) == f"Re: {SUBJECT}"
    assert got.message["Auto-Submitted"] == "auto-generated"


def test_the_same_mail_twice_is_one_case(small_office: Office) -> None:
    raw = small_office.write(SALES, "09-17 10:00", "请安排", subject=SUBJECT)
    small_office.hub.append("bot@demo.local", raw)
    small_office.turn("09-17 10:05")
    small_office.write(SALES, "09-17 10:10", "请安排", subject=SUBJECT)
    small_office.turn("09-17 10:15")
    assert len(small_office.cases()) == 1
    assert len(small_office.inbox(DIRECTOR)) == 1


def test_R47_a_stranger_is_never_answered(small_office: Office) -> None:
    small_office.write("who@elsewhere.example", "09-17 10:00", "hi", subject=SUBJECT)
    small_office.turn("09-17 10:05")
    assert small_office.cases() == ()
    assert all(not small_office.inbox(person) for person in PEOPLE)


def _approve(office: Office) -> None:
    office.write(SALES, "09-17 10:00", "请安排", subject=SUBJECT)
    office.turn("09-17 10:05")
    office.write(DIRECTOR, "09-17 11:00", "同意，李工9月18日去，1人天", answer=office.last(DIRECTOR))
    office.turn("09-17 11:05")


def test_R24_sales_object_and_the_work_goes_on_until_they_accept(small_office: Office) -> None:
    _approve(small_office)
    small_office.write(ENGINEER, "09-18 15:00", "已完成", answer=small_office.last(ENGINEER))
    small_office.turn("09-18 15:05")
    assert small_office.was_told(ENGINEER, "服务单")
    small_office.write(SALES, "09-18 16:00", "不通过，客户说打印还不行", answer=small_office.last(SALES))
    small_office.turn("09-18 16:05")
    assert small_office.case().stage is Stage.ON_SITE
    objected = next(got for got in small_office.inbox(ENGINEER) if "打印还不行" in got.text)  # Friday's report came too
    scan = ("IMG_2026.jpg", b"\xff\xd8 photo")
    small_office.write(ENGINEER, "09-20 15:00", "已完成，打印已修好", answer=objected, files=(scan,))
    small_office.turn("09-20 15:05")
    small_office.write(SALES, "09-20 16:00", "确认验收", answer=small_office.last(SALES))
    small_office.turn("09-20 16:05")
    assert small_office.case().stage is Stage.ACCEPTED


def test_R18_a_change_is_asked_of_sales_and_recorded_old_to_new(small_office: Office) -> None:
    _approve(small_office)
    small_office.write(ENGINEER, "09-18 10:00", "现场工作量有变化，需要增加到2人天", answer=small_office.last(ENGINEER))
    small_office.turn("09-18 10:05")
    assert small_office.case().change
    small_office.write(SALES, "09-18 11:00", "同意变更，按2人天", answer=small_office.last(SALES))
    small_office.turn("09-18 11:05")
    assert (small_office.case().change, str(small_office.case().days)) == ("", "2")
    assert len(small_office.case().changes) == 1


def test_R33_another_date_after_the_yes_counts_once_the_director_taps_yes(small_office: Office) -> None:
    _approve(small_office)
    small_office.write(SALES, "09-17 14:00", "客户停电，改期到9月22日", answer=small_office.last(SALES))
    small_office.turn("09-17 14:05")
    assert (str(small_office.case().on), str(small_office.case().wish_on)) == ("2026-09-18", "2026-09-22")
    asked = small_office.last(DIRECTOR)
    assert "9月18日（周五） → 9月22日（周二）" in asked.text
    assert "同意改期" in asked.html
    assert "同意改期" not in small_office.last(ENGINEER).html, "the engineer is told, without the director's button"
    small_office.tap(DIRECTOR, "09-17 15:00", asked, "同意改期")
    small_office.turn("09-17 15:05")
    assert (str(small_office.case().on), small_office.case().wish) == ("2026-09-22", "")
    assert "日期：9月18日（周五） → 9月22日（周二）" in small_office.last(ENGINEER).text
    history = small_office.show()["history"]
    assert [h["event"] for h in history][-2:] == ["reschedule", "reschedule_agreed"]


def test_R33_out_of_what_is_confirmed_with_the_directors_yes(small_office: Office) -> None:
    _approve(small_office)
    small_office.write(SALES, "09-17 14:00", "撤回申请，客户取消了", answer=small_office.last(SALES))
    small_office.turn("09-17 14:05")
    assert small_office.case().stage is Stage.APPROVED
    small_office.tap(DIRECTOR, "09-17 15:00", small_office.last(DIRECTOR), "同意撤回")
    small_office.turn("09-17 15:05")
    assert small_office.case().stage is Stage.WITHDRAWN
    assert "撤回" in small_office.last(ENGINEER).text


def test_R19_leaving_the_site_is_reported_on_the_thread(small_office: Office) -> None:
    _approve(small_office)
    small_office.write(ENGINEER, "09-18 17:00", "已离场，服务器已装好，明天继续", answer=small_office.last(ENGINEER))
    small_office.turn("09-18 17:05")
    assert small_office.case().stage is Stage.ON_SITE


def test_R22_a_completion_without_a_request_opens_the_case(small_office: Office) -> None:
    small_office.write(ENGINEER, "09-17 17:00", "客户端已完成，服务单后补", subject=SUBJECT)
    small_office.turn("09-17 17:05")
    case = small_office.case()
    assert (case.stage, case.retroactive, case.sales) == (Stage.AWAITING_ACCEPTANCE, True, SALES)
    assert small_office.was_told(SALES, "补发")
    small_office.write(SALES, "09-18 09:30", "补发申请", subject=SUBJECT)
    small_office.turn("09-18 09:35")
    assert (small_office.case().retroactive, small_office.case().stage) == (False, Stage.AWAITING_ACCEPTANCE)


def test_R6_an_emergency_lives_from_the_engineers_mail_to_the_joined_request(small_office: Office) -> None:
    words = "应急：欧莱雅，CITRIX宕机，销售张国华，陈总电话已同意，先去处理"
    small_office.write(ENGINEER, "09-17 10:00", words, subject="应急处理")
    small_office.turn("09-17 10:05")
    case = small_office.case()
    assert (case.stage, case.customer, case.sales) == (Stage.AWAITING_APPROVAL, "欧莱雅", SALES)
    asked = small_office.last(DIRECTOR)
    assert "应急支持已登记" in asked.text
    assert small_office.was_told(LEAD, "补发申请")
    small_office.tap(DIRECTOR, "09-17 10:30", asked, "属实，同意")
    small_office.turn("09-17 10:35")
    assert small_office.case().stage is Stage.APPROVED
    small_office.turn("09-18 16:00")
    assert small_office.was_told(SALES, "提醒：销售补发申请")
    letter = small_office.last(SALES).letter("补发申请")
    assert letter.subject == "技术支持申请--欧莱雅--CITRIX宕机--张国华--0917"
    assert f"补发：{case.ref}" in letter.body
    small_office.write(SALES, "09-18 16:30", letter.body, subject=letter.subject)
    small_office.turn("09-18 16:35")
    joined = small_office.case()
    assert (joined.id, joined.retroactive, joined.stage) == (case.id, False, Stage.APPROVED)
    assert "resend" not in [d["kind"] for d in small_office.show()["deadlines"] if not d.get("done_at")]


def test_R6_a_doubtful_request_is_asked_with_one_tap_and_then_joined(small_office: Office) -> None:
    words = "应急：欧莱雅，CITRIX宕机，销售张国华，李工先去处理"
    small_office.write(DIRECTOR, "09-17 10:00", words, subject="应急处理")
    small_office.turn("09-17 10:05")
    case = small_office.case()
    assert case.stage is Stage.APPROVED
    subject = "技术支持申请--欧莱雅--机房抢修--ZGH--0917"
    small_office.write(SALES, "09-17 14:00", "支持地点：上海", subject=subject)
    small_office.turn("09-17 14:05")
    assert len(small_office.cases()) == 1
    letter = small_office.last(SALES).letter(f"是 {case.ref} 的补发")
    small_office.write(SALES, "09-17 14:10", letter.body, subject=letter.subject)
    small_office.turn("09-17 14:15")
    joined = small_office.case()
    assert (joined.id, joined.project, joined.retroactive) == (case.id, "机房抢修", False)
    assert dict(joined.fields)["支持地点"] == "上海"


def test_R48_status_by_mail(small_office: Office) -> None:
    _approve(small_office)
    small_office.write(SALES, "09-18 10:00", "状态", answer=small_office.last(SALES))
    small_office.turn("09-18 10:05")
    assert "当前状态" in small_office.last(SALES).text


def test_junk_folder_is_read_too(small_office: Office) -> None:
    raw = small_office.write(SALES, "09-17 09:00", "x", subject="hello")
    junk = raw.replace(b"Subject: hello", b"Subject: " + _encoded(SUBJECT)).replace(b"Message-ID: <", b"Message-ID: <j")
    small_office.hub.append("bot@demo.local", junk, folder="垃圾邮件")
    small_office.turn("09-17 10:05")
    assert small_office.case().customer == "欧莱雅"


def _encoded(text: str) -> bytes:
    return Header(text, "utf-8", maxlinelen=200).encode().replace("\n", "\r\n").encode()


def test_a_new_uidvalidity_makes_nothing_happen_twice(small_office: Office) -> None:
    raw = small_office.write(SALES, "09-17 10:00", "请安排", subject=SUBJECT)
    small_office.turn("09-17 10:05")
    with small_office.hub.imap("bot@demo.local") as client:
        for _ in range(2):
            client.create_folder("广告邮件")
            client.append("广告邮件", raw)
            client.append("广告邮件", raw.replace(b"Message-ID: <", b"Message-ID: <other"))
            small_office.turn("09-17 10:10")
            client.delete_folder("广告邮件")
    assert len(small_office.cases()) == 1
    assert len(small_office.inbox(DIRECTOR)) == 1


def test_a_request_written_in_another_way_is_the_same_request(small_office: Office) -> None:
    small_office.write(SALES, "09-17 10:00", "请安排", subject="技术支持申请--欧莱雅--CITRIX安装--ZGH--0917")
    small_office.turn("09-17 10:05")
    small_office.write(SALES, "09-17 10:30", "请安排", subject="技术支持申请——欧莱雅——Citrix安装——张国华——9月17日")
    small_office.turn("09-17 10:35")
    assert len(small_office.cases()) == 1


def test_R4_sales_complete_their_request_by_a_reply(small_office: Office) -> None:
    small_office.write(SALES, "09-17 10:00", "支持方式：现场", subject=SUBJECT)
    small_office.turn("09-17 10:05")
    assert "支持地点" in small_office.last(SALES).text
    assert "客户名称、" not in small_office.last(SALES).text
    small_office.write(SALES, "09-17 10:30", "支持地点：南京西路1号", answer=small_office.last(SALES))
    small_office.turn("09-17 10:35")
    assert dict(small_office.case().fields) == {"支持方式": "现场", "支持地点": "南京西路1号"}


def test_R48_help_as_a_subject_alone(small_office: Office) -> None:
    small_office.write(ENGINEER, "09-17 10:00", "", subject="帮助")
    small_office.turn("09-17 10:05")
    assert "用邮件就能办的事" in small_office.last(ENGINEER).text
