"""A wrong subject comes back ready to be sent; a new customer that looks like a slip is asked about (R3)."""

from email.message import EmailMessage

import pytest

from tests.whole.office import ADMIN, BOT, DIRECTOR, LEAD, PEOPLE, SALES, Office

pytestmark = pytest.mark.servers

RIGHT = "技术支持申请--欧莱雅--CITRIX安装--ZGH--0917"
SLIP = "技术支持申请--欧菜雅--服务器巡检--ZGH--0918"


def copied(mail: EmailMessage) -> None:
    del mail["Cc"]
    mail["Cc"] = f"{BOT}, {LEAD}, {ADMIN}"


def send_letter(office: Office, when: str, label: str) -> None:
    """The salesman taps a button of his newest mail and sends the mail it opens as it is."""
    letter = office.last(SALES).letter(label)
    assert (letter.to, letter.cc[0]) == ((DIRECTOR,), BOT)

    def addressed(mail: EmailMessage) -> None:
        for name, people in (("To", letter.to), ("Cc", letter.cc)):
            del mail[name]
            mail[name] = ", ".join(people)

    office.write(SALES, when, letter.body, subject=letter.subject, change=addressed)


def only_sales_heard(office: Office, mails: int) -> bool:
    return len(office.inbox(SALES)) == mails and not any(office.inbox(p) for p in PEOPLE if p != SALES)


def test_R3_a_wrong_subject_comes_back_as_a_mail_that_one_tap_sends(small_office: Office) -> None:
    wrong = "技术支持申请(第二次)--欧莱雅--CITRIX安装--ZGH--0917"
    small_office.write(SALES, "09-17 10:00", "项目性质：非项目\n请安排", subject=wrong, change=copied)
    small_office.turn("09-17 10:05")
    assert only_sales_heard(small_office, 1)
    assert RIGHT in small_office.last(SALES).text
    letter = small_office.last(SALES).letter("发送更正后的申请")
    assert (letter.subject, letter.cc) == (RIGHT, (BOT, LEAD, ADMIN))
    send_letter(small_office, "09-17 10:10", "发送更正后的申请")
    small_office.turn("09-17 10:15")
    case = small_office.case()
    assert (case.customer, dict(case.fields)["项目性质"]) == ("欧莱雅", "非项目")


def test_R3_a_missing_sales_name_is_that_of_the_sales_who_wrote(small_office: Office) -> None:
    small_office.write(SALES, "09-17 10:00", "请安排", subject="技术支持申请--欧莱雅--CITRIX安装--0917", change=copied)
    small_office.turn("09-17 10:05")
    assert only_sales_heard(small_office, 1)
    assert small_office.cases() == ()
    send_letter(small_office, "09-17 10:10", "发送更正后的申请")
    small_office.turn("09-17 10:15")
    assert small_office.case().sales_name == "张国华"


def register(office: Office) -> None:
    office.write(SALES, "09-17 10:00", "请安排", subject=RIGHT)
    office.turn("09-17 10:05")


def test_R3_a_slip_of_a_known_customer_is_asked_of_its_sender_alone(small_office: Office) -> None:
    register(small_office)
    small_office.write(SALES, "09-18 10:00", "请巡检", subject=SLIP)
    small_office.turn("09-18 10:05")
    assert len(small_office.cases()) == 1
    assert not any(small_office.was_told(p, "欧菜雅") for p in PEOPLE if p != SALES)
    assert "欧莱雅" in small_office.last(SALES).text
    send_letter(small_office, "09-18 10:10", "改为“欧莱雅”")
    small_office.turn("09-18 10:15")
    assert [case.customer for case in small_office.cases()] == ["欧莱雅", "欧莱雅"]


def test_R3_who_says_that_the_name_is_right_is_believed_and_the_name_is_learnt(small_office: Office) -> None:
    register(small_office)
    small_office.write(SALES, "09-18 10:00", "请巡检", subject=SLIP)
    small_office.turn("09-18 10:05")
    send_letter(small_office, "09-18 10:10", "就是这个客户")
    small_office.turn("09-18 10:15")
    again = SLIP.replace("服务器巡检", "存储扩容")
    small_office.write(SALES, "09-18 11:00", "请扩容", subject=again)
    small_office.turn("09-18 11:05")
    assert [(c.customer, c.project) for c in small_office.cases()[1:]] == [
        ("欧菜雅", "服务器巡检"),
        ("欧菜雅", "存储扩容"),
    ]


def test_R3_the_same_subject_once_more_is_taken_as_meant(small_office: Office) -> None:
    register(small_office)
    for minute in ("00", "20"):
        small_office.write(SALES, f"09-18 10:{minute}", "请巡检", subject=SLIP.replace("--0918", "—0918"))
        small_office.turn(f"09-18 10:{minute}:30")
    assert [case.customer for case in small_office.cases()] == ["欧莱雅", "欧菜雅"]


@pytest.mark.parametrize("customer", ["欧莱雅（中国）", "欧莱雅", "欧 莱 雅"])
def test_R3_a_longer_form_and_the_same_name_are_no_slip(small_office: Office, customer: str) -> None:
    register(small_office)
    small_office.write(SALES, "09-18 10:00", "请巡检", subject=SLIP.replace("欧菜雅", customer))
    small_office.turn("09-18 10:05")
    assert len(small_office.cases()) == 2


@pytest.mark.parametrize(
    "subject", ["技术支持申请--欧莱雅--ZGH--0917", "技术支持申请--欧莱雅--CITRIX安装--市场部--0917"]
)
def test_R3_what_only_the_sender_can_fill_in_is_copied_not_tapped(small_office: Office, subject: str) -> None:
    small_office.write(SALES, "09-17 10:00", "请安排", subject=subject)
    small_office.turn("09-17 10:05")
    assert "技术支持申请--欧莱雅--" in small_office.last(SALES).text
    assert "发送更正后的申请" not in small_office.last(SALES).html
