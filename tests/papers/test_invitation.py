"""Invitations that calendars accept: by a real parser, and by the letter of RFC 5545 and 5546."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest
from icalendar import Calendar

from bot.papers.invitation import enclose_invitation
from bot.rules.case import Case
from bot.rules.decision import Say
from bot.rules.mail import Address
from bot.rules.notice import NoticeKind
from bot.rules.plans.invitation import Attendance, Invitation
from bot.rules.plans.inviting import find_ref
from bot.rules.times.hours import SHANGHAI
from bot.rules.whispering import word_notice
from bot.rules.words import Stage
from tests.papers import ics
from tests.rules.build import BOT, LI, WANG, ZGH, a_case, a_scene, at

DAY = date(2026, 9, 22)
SENT = Invitation(0, DAY, DAY, time(9), time(18), "上海市南京西路1号", (LI.address, ZGH.address))


def a_confirmed(invitation: Invitation = SENT, **case: Any) -> Case:
    return a_case(Stage.APPROVED, invitation=invitation, mode="现场", **case)


def enclose(case: Case, *, invites: bool = True, kind: NoticeKind = NoticeKind.CONFIRMED) -> tuple[Any, ...]:
    scene = a_scene(case, bot=Address(BOT, "支持机器人"))
    return enclose_invitation(word_notice(Say(kind, text="原话", invites=invites), scene), scene)


def first(case: Case) -> tuple[dict[str, list[ics.Component]], Any]:
    """The first file: line by line, and as the library reads it."""
    content = enclose(case)[0].content
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    return ics.check(content), event


def test_a_request_holds_what_calendars_need() -> None:
    found, event = first(a_confirmed())
    assert ics.value_of(found, "METHOD", "VCALENDAR") == "REQUEST"
    assert ics.value_of(found, "STATUS") == "CONFIRMED"
    assert ics.value_of(found, "ORGANIZER") == f"mailto:{BOT}"
    assert event.decoded("dtstart") == datetime(2026, 9, 22, 9, tzinfo=SHANGHAI)
    assert event.decoded("dtend") == datetime(2026, 9, 22, 18, tzinfo=SHANGHAI)
    assert str(event["summary"]) == "技术支持：欧莱雅 CITRIX安装（ZC2026-0007）"
    assert str(event["location"]) == "上海市南京西路1号"
    assert ics.value_of(found, "TZOFFSETTO", "STANDARD") == "+0800"
    assert "DAYLIGHT" not in found
    li, zgh = (ics.attendees(found)[p.address] for p in (LI, ZGH))
    assert "PARTSTAT=NEEDS-ACTION" in li
    assert "RSVP=TRUE" in li
    assert "ROLE=REQ-PARTICIPANT" in li
    assert "ROLE=OPT-PARTICIPANT" in zgh


def test_the_uid_stays_and_leads_back_to_the_case() -> None:
    uids = {ics.value_of(first(a_confirmed(replace(SENT, sequence=n)))[0], "UID") for n in range(3)}
    (uid,) = uids
    assert find_ref(uid) == "ZC2026-0007"
    assert find_ref(uid.upper()) == "ZC2026-0007"
    assert [find_ref(other) for other in ("", "x@y", "zhichi-zc2026@y", f"x{uid}")] == ["", "", "", ""]


def test_several_days_are_whole_days_and_end_the_day_after() -> None:
    found, event = first(a_confirmed(replace(SENT, until=date(2026, 9, 24), start=None, end=None)))
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (DAY, date(2026, 9, 25))
    assert "VTIMEZONE" not in found


def test_what_was_answered_stays_in_an_update() -> None:
    found, _ = first(a_confirmed(replace(SENT, sequence=1, answers=((LI.address, Attendance.ACCEPTED),))))
    assert "PARTSTAT=ACCEPTED" in ics.attendees(found)[LI.address]
    assert "RSVP=FALSE" in ics.attendees(found)[LI.address]
    assert ics.value_of(found, "SEQUENCE") == "1"


def test_each_file_goes_only_to_those_it_invites_both_shown_and_to_open() -> None:
    shown, attached = enclose(a_confirmed())
    assert shown.alternative
    assert not attached.alternative
    assert shown.content_type == "text/calendar; method=REQUEST; charset=UTF-8"
    assert attached.name == "invite.ics"
    assert shown.only_for == attached.only_for == (LI.address, ZGH.address)


def test_who_is_no_longer_needed_is_called_off_alone() -> None:
    moved = replace(SENT, sequence=2, people=(WANG.address, ZGH.address), left=(LI.address,))
    files = enclose(a_confirmed(moved, engineers=(WANG.address,)))
    assert [f.only_for for f in files[2:]] == [(LI.address,)] * 2
    found = ics.check(files[2].content)
    assert ics.value_of(found, "METHOD", "VCALENDAR") == "CANCEL"
    assert "STATUS" not in [name for name, _, _ in found["VEVENT"][0]], "or the whole would count as called off"
    assert list(ics.attendees(found)) == [LI.address]
    assert ics.value_of(found, "SEQUENCE") == "2"


def test_a_case_called_off_is_cancelled_for_all() -> None:
    case = replace(a_confirmed(replace(SENT, sequence=1, cancelled=True)), stage=Stage.DECLINED)
    files = enclose(case, kind=NoticeKind.DECLINED)
    found = ics.check(files[0].content)
    assert ics.value_of(found, "METHOD", "VCALENDAR") == "CANCEL"
    assert ics.value_of(found, "STATUS") == "CANCELLED"
    assert set(ics.attendees(found)) == {LI.address, ZGH.address}
    assert "method=CANCEL" in files[0].content_type


def test_an_unchanged_entry_is_not_sent_again() -> None:
    assert enclose(a_confirmed(), invites=False) == ()
    assert enclose(a_case(Stage.APPROVED)) == ()


HOSTILE = [
    "欧莱雅\r\nATTENDEE:mailto:boss@evil.example\r\nX:",
    "a;b,c\\n:\"'=",
    "很长" * 400,
    "😀🏭𠮷龘" * 20,
    "\x00\x07\x1b[31m‮",
    "BEGIN:VEVENT",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_values(name: str) -> None:
    case = a_confirmed(replace(SENT, place=name), customer=name, project=name)
    case = replace(case, fields=(("支持内容", name), ("客户联系人", name)))
    found, event = first(case)
    assert set(ics.attendees(found)) == {LI.address, ZGH.address}
    assert len(found["VEVENT"]) == 1
    kept = "".join(c for c in name if c.isprintable())[:100]
    assert str(event["summary"]).replace("\n", "").startswith(f"技术支持：{kept}"[:60])


def test_a_hostile_name_of_the_bot_breaks_no_line() -> None:
    scene = a_scene(a_confirmed(), at("09-17 12:00"), bot=Address(BOT, 'A"B;C:D\r\nX: 1'))
    files = enclose_invitation(word_notice(Say(NoticeKind.CONFIRMED, invites=True), scene), scene)
    assert ics.value_of(ics.check(files[0].content), "ORGANIZER") == f"mailto:{BOT}"
