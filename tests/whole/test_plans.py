"""Plans by mail: who is where on which days, in whose calendar (R38)."""

import json
from email.message import EmailMessage

import pytest
from icalendar import Calendar

from tests.papers import ics
from tests.whole.office import ADMIN, BOT, DIRECTOR, ENGINEER, ENGINEER_2, SALES, Got, Office

pytestmark = pytest.mark.servers

FIRST = "技术支持申请--欧莱雅--CITRIX安装--ZGH--0917"
SECOND = "技术支持申请--宝洁--网络升级--ZGH--0917"


def _ask_and_approve(office: Office, subject: str, hour: int) -> None:
    office.write(SALES, f"09-17 {hour:02d}:00", "请安排", subject=subject)
    office.turn(f"09-17 {hour:02d}:05")
    office.write(DIRECTOR, f"09-17 {hour:02d}:10", "同意，李工9月22日去，1人天，现场", answer=office.last(DIRECTOR))
    office.turn(f"09-17 {hour:02d}:15")


def test_R38_double_booking_is_said_when_the_director_assigns(small_office: Office) -> None:
    _ask_and_approve(small_office, FIRST, 9)
    assert not small_office.was_told(DIRECTOR, "已安排在")
    _ask_and_approve(small_office, SECOND, 10)
    told = small_office.last(DIRECTOR).text
    assert "李明9月22日（周二）已安排在 ZC2026-0001（欧莱雅 CITRIX安装" in told
    assert "有空的工程师：王强" in told
    assert not small_office.was_told(SALES, "已安排在")
    assert not small_office.was_told(ENGINEER, "已安排在")
    li, wang = map(json.loads, small_office.zhichi("load", "--week", "2026-W39", "--json").splitlines())
    assert (li["engineer"], li["days"], li["workdays"], li["doubled"]) == ("李明", 1, 4, ["2026-09-22"])
    assert (wang["engineer"], wang["taken"]) == ("王强", [])
    small_office.zhichi("load", "--week", "2026-99", expect=2)


def _invitations(got: Got) -> list[tuple[str, bytes]]:
    """Type and content of the calendars in a mail."""
    parts = [part for part in got.message.walk() if part.get_content_type() in {"text/calendar", "application/ics"}]
    found = []
    for part in parts:
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        found.append((str(part["Content-Type"]), content))
    return found


def _answer_calendar(office: Office, person: str, when: str, invitation: bytes, answer: str) -> None:
    """As a calendar does: the UID back, one attendee, no thread."""
    event = ics.check(invitation)
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "METHOD:REPLY",
        "BEGIN:VEVENT",
        f"UID:{ics.value_of(event, 'UID')}",
        f"SEQUENCE:{ics.value_of(event, 'SEQUENCE')}",
        f"ATTENDEE;PARTSTAT={answer}:mailto:{person}",
        "COMMENT:同意",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )

    def add(mail: EmailMessage) -> None:
        mail.add_alternative("\r\n".join(lines), subtype="calendar", params={"method": "REPLY"})

    office.write(person, when, "同意，验收通过", subject="答复: 技术支持", change=add)


def test_invitations_ride_on_the_confirmation_to_engineer_and_sales_alone(small_office: Office) -> None:
    _ask_and_approve(small_office, FIRST, 9)
    for person in (ENGINEER, SALES):
        (shown, content), (attached, same) = _invitations(small_office.last(person))
        assert content == same
        assert "REQUEST" in shown
        assert "invite.ics" in attached
        found = ics.check(content)
        assert ics.value_of(found, "ORGANIZER") == f"mailto:{BOT}"
        assert set(ics.attendees(found)) == {ENGINEER, SALES}
        (event,) = Calendar.from_ical(content).walk("VEVENT")
        assert event.decoded("dtstart").isoformat() == "2026-09-22T09:00:00+08:00"
    alternatives = [part.get_content_type() for part in small_office.last(ENGINEER).message.walk()]
    assert alternatives[:4] == ["multipart/mixed", "multipart/alternative", "text/plain", "text/html"]
    assert all(not _invitations(small_office.last(person)) for person in (DIRECTOR, ADMIN))
    small_office.write(DIRECTOR, "09-17 11:00", "改由王工去，9月23日", answer=small_office.last(DIRECTOR))
    small_office.turn("09-17 11:05")
    (_, called_off), _ = _invitations(small_office.last(ENGINEER))
    (_, moved), _ = _invitations(small_office.last(ENGINEER_2))
    assert ics.value_of(ics.check(called_off), "METHOD", "VCALENDAR") == "CANCEL"
    assert ics.value_of(ics.check(moved), "METHOD", "VCALENDAR") == "REQUEST"
    assert ics.value_of(ics.check(moved), "SEQUENCE") == "1"


def test_a_calendars_answer_is_on_record_a_refusal_told_and_nothing_moves(small_office: Office) -> None:
    _ask_and_approve(small_office, FIRST, 9)
    (_, content), _ = _invitations(small_office.last(ENGINEER))
    before = len(small_office.inbox(DIRECTOR))
    _answer_calendar(small_office, SALES, "09-17 11:00", content, "ACCEPTED")
    _answer_calendar(small_office, ENGINEER, "09-17 11:01", content, "DECLINED")
    small_office.turn("09-17 11:05")
    told = small_office.inbox(DIRECTOR)[before:]
    assert len(told) == 1
    assert "李明谢绝了9月22日（周二）的日程" in told[0].text
    assert "有空的工程师：王强" in told[0].text
    shown = small_office.show()
    assert shown["stage"] == "approved"
    assert [h["why"] for h in shown["history"] if h["event"] == "calendar"] == [
        "张国华接受了9月22日（周二）的日程",
        "李明谢绝了9月22日（周二）的日程",
    ]
    small_office.turn("09-17 11:10")
    assert len(small_office.inbox(DIRECTOR)) == before + 1


def test_R41_the_closure_shows_the_timeline_as_picture_and_in_words(small_office: Office) -> None:
    _ask_and_approve(small_office, FIRST, 9)
    small_office.write(ENGINEER, "09-22 17:00", "已完成", answer=small_office.last(ENGINEER))
    small_office.turn("09-22 17:05")
    small_office.write(SALES, "09-23 10:00", "验收通过", answer=small_office.last(SALES))
    small_office.turn("09-23 10:05")
    small_office.write(DIRECTOR, "09-23 11:00", "同意关闭", answer=small_office.last(DIRECTOR))
    small_office.turn("09-23 11:05")
    for person in (SALES, ENGINEER, DIRECTOR):
        closed = small_office.last(person)
        (picture,) = [part for part in closed.message.walk() if part.get_content_type() == "image/png"]
        assert f'src="cid:{picture["Content-ID"].strip("<>")}"' in closed.html
        assert 'alt="客户时间节点图：欧莱雅，共7项，完成6项' in closed.html
        assert len(picture.get_content()) < 60_000
        assert "- 完成：计划9月23日，实际9月22日，按时，李明" in closed.text
    small_office.zhichi("chart", "ZC2026-0001", "--out", "chart.png")
    small_office.zhichi("chart", "--customer", "欧莱雅", "--out", "chart.svg")
    assert (small_office.folder / "chart.png").read_bytes().startswith(b"\x89PNG")
    assert "客户时间节点图：欧莱雅" in (small_office.folder / "chart.svg").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in small_office.zhichi("chart", "zc2026-0001", "--json").splitlines()]
    assert rows[1] | {"who": ""} == {
        "name": "确认",
        "who": "",
        "planned": ["2026-09-17", "2026-09-17"],
        "moved": None,
        "actual": ["2026-09-17", "2026-09-17"],
        "slip": 0,
        "verdict": "按时",
    }
    assert "确认" in small_office.zhichi("chart", "ZC2026-0001")
    small_office.zhichi("chart", "ZC2026-9999", expect=1)
    small_office.zhichi("chart", "--customer", "无此客户", expect=1)
    small_office.zhichi("chart", expect=2)
    small_office.zhichi("chart", "ZC2026-0001", "--out", "chart.gif", expect=1)


def test_R35_milestones_by_mail_slip_and_move_what_depends_on_them(small_office: Office) -> None:
    _ask_and_approve(small_office, FIRST, 9)
    plan = "里程碑：环境准备 9月18日 李工 缓冲1天\n里程碑：割接 9月22日 王工"
    before = {person: len(small_office.inbox(person)) for person in (DIRECTOR, SALES, ENGINEER, ENGINEER_2)}

    def new(person: str) -> list[Got]:
        return small_office.inbox(person)[before[person] :]

    small_office.write(DIRECTOR, "09-17 11:00", plan, answer=small_office.last(DIRECTOR))
    small_office.turn("09-17 11:05")
    assert [len(new(person)) for person in before] == [1, 0, 1, 1], "the writer, and who answers for a milestone"
    assert "割接：9月22日（周二），王强" in new(ENGINEER_2)[0].text
    assert "- 环境准备：计划9月18日，未到期，李明" in new(ENGINEER)[0].text
    small_office.turn("09-20 18:00")
    assert len(new(ENGINEER)) == 1, "the Sunday is worked, and is its buffer"
    small_office.turn("09-21 09:00")
    small_office.turn("09-21 10:00")
    told = [len(new(person)) for person in before]
    assert told == [3, 1, 2, 2], "told once to those it touches; the director has Monday's overview besides"
    assert "里程碑逾期：环境准备，应于9月18日（周五）完成" in new(SALES)[0].text
    assert "割接：9月22日（周二） → 9月23日（周三），王强（随之顺延）" in new(ENGINEER_2)[1].text
    small_office.write(ENGINEER, "09-21 11:00", "里程碑：环境准备 完成", answer=new(ENGINEER)[1])
    small_office.turn("09-21 11:05")
    shown = small_office.show()
    assert shown["stage"] == "approved"
    assert [h["actor"] for h in shown["history"] if h["event"] == "plan"] == [DIRECTOR, "zhichi", ENGINEER]
    rows = {
        row["name"]: row for row in map(json.loads, small_office.zhichi("chart", "ZC2026-0001", "--json").splitlines())
    }
    assert (rows["环境准备"]["actual"], rows["环境准备"]["slip"]) == (["2026-09-21"] * 2, 2)
    assert (rows["割接"]["planned"], rows["割接"]["moved"]) == (["2026-09-22"] * 2, ["2026-09-23"] * 2)


def test_R35_a_plan_nobody_vouches_for_counts_once_its_secret_comes_back(small_office: Office) -> None:
    _ask_and_approve(small_office, FIRST, 9)
    small_office.write(
        DIRECTOR, "09-17 11:00", "里程碑：割接 9月22日 王工", answer=small_office.last(DIRECTOR), proved=False
    )
    small_office.turn("09-17 11:05")
    assert not small_office.was_told(ENGINEER_2, "割接")
    small_office.tap(DIRECTOR, "09-17 11:10", small_office.last(DIRECTOR), "是我本人，确认")
    small_office.turn("09-17 11:15")
    assert small_office.was_told(ENGINEER_2, "割接：9月22日（周二），王强")
