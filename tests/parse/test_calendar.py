"""Answers of people's calendars, as clients write them (RFC 5546)."""

from datetime import date, datetime
from email.message import EmailMessage

import pytest

from bot.parse.calendar import MAX_CALENDAR_BYTES, read_calendar
from bot.parse.mail import parse_mail
from bot.rules.plans.invitation import Attendance, CalendarAnswer
from bot.rules.times.hours import SHANGHAI
from bot.rules.words import Kind

UID = "zhichi-zc2026-0007@demo.cn"
NOW = datetime(2026, 9, 18, 10, tzinfo=SHANGHAI)


def an_ics(*event: str, method: str = "REPLY", head: str = "") -> bytes:
    lines = ("BEGIN:VCALENDAR", "VERSION:2.0", f"METHOD:{method}", *filter(None, [head]), "BEGIN:VEVENT", *event)
    return "\r\n".join((*lines, "END:VEVENT", "END:VCALENDAR", "")).encode()


OUTLOOK = an_ics(
    'ATTENDEE;PARTSTAT=DECLINED;CN="Li Ming":MAILTO:Li@Demo.cn',
    "COMMENT;LANGUAGE=zh-CN:当天在宝洁\\n",
    f"UID:{UID}",
    "SUMMARY;LANGUAGE=zh-CN:已拒绝: 技术支持",
    "DTSTART;TZID=China Standard Time:20260922T090000",
    "DTEND;TZID=China Standard Time:20260922T180000",
    "SEQUENCE:2",
)
PHONE = an_ics(
    "ATTENDEE;CN=李明;CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED;ROLE=REQ-PARTI\r\n CIPANT:mailto:li@demo.cn",
    f"UID:{UID}",
    "DTSTART;VALUE=DATE:20260922",
    "SEQUENCE:0",
)


def test_outlook_declines_with_a_word() -> None:
    answer = read_calendar(OUTLOOK)
    assert answer
    assert (answer.method, answer.uid, answer.attendee) == ("REPLY", UID, "li@demo.cn")
    assert (answer.answer, answer.sequence, answer.comment) == (Attendance.DECLINED, 2, "当天在宝洁")


def test_a_phone_accepts() -> None:
    assert read_calendar(PHONE) == CalendarAnswer(
        "REPLY", UID, "li@demo.cn", Attendance.ACCEPTED, 0, date(2026, 9, 22), ""
    )


def test_a_counter_proposes_another_time() -> None:
    answer = read_calendar(
        an_ics(
            f"UID:{UID}", "ATTENDEE;PARTSTAT=TENTATIVE:mailto:li@demo.cn", "DTSTART:20260928T010000Z", method="COUNTER"
        )
    )
    assert answer
    assert answer.method == "COUNTER"
    assert answer.proposed == datetime(2026, 9, 28, 9, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n",
        b"\xff\xfe\x00nonsense",
        an_ics(f"UID:{UID}", "SEQUENCE:many"),
        an_ics(f"UID:{UID}", "X" * MAX_CALENDAR_BYTES),
    ],
    ids=["nothing", "no event", "cut off", "no text", "no number", "too long"],
)
def test_what_cannot_be_read_is_no_answer(content: bytes) -> None:
    assert read_calendar(content) is None


@pytest.mark.parametrize(
    ("lines", "attendee", "answer"),
    [
        (("ATTENDEE;PARTSTAT=X-MAYBE:mailto:li@demo.cn",), "li@demo.cn", None),
        (("ATTENDEE:mailto:li@demo.cn",), "li@demo.cn", None),
        (("ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@x.cn", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:b@x.cn"), "", None),
        ((), "", None),
    ],
)
def test_an_answer_is_about_one_person_and_one_of_the_known(
    lines: tuple[str, ...], attendee: str, answer: Attendance | None
) -> None:
    found = read_calendar(an_ics(f"UID:{UID}", *lines))
    assert found
    assert (found.attendee, found.answer) == (attendee, answer)


def test_the_answer_comes_with_the_mail_and_the_mail_stays_automatic_R47() -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "li@demo.cn", "bot@demo.cn", "已拒绝: 技术支持"
    mail.set_content("同意，验收通过")
    mail.add_alternative(OUTLOOK.decode(), subtype="calendar", params={"method": "REPLY"})
    read = parse_mail(bytes(mail), received_at=NOW)
    assert read.kind is Kind.CALENDAR
    assert read.calendar
    assert read.calendar.answer is Attendance.DECLINED


def test_a_file_hung_on_a_persons_mail_is_no_answer() -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "li@demo.cn", "bot@demo.cn", "附件"
    mail.set_content("见附件")
    mail.add_attachment(OUTLOOK, maintype="text", subtype="calendar", filename="x.ics")
    read = parse_mail(bytes(mail), received_at=NOW)
    assert (read.kind, read.calendar) == (Kind.HUMAN, None)
