"""Calendars answer: on record, a refusal told to the director, nothing moved and nothing approved (R38, R47)."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest

from bot.rules.case import Case
from bot.rules.decision import Decision
from bot.rules.people import Person
from bot.rules.plans.attending import decide_calendar
from bot.rules.plans.booking import Booking
from bot.rules.plans.invitation import Attendance, CalendarAnswer, Invitation
from bot.rules.whispering import word_notice
from bot.rules.words import Fate, Kind, Proof, Stage
from tests.rules.build import CHEN, LI, OTHER, WANG, ZGH, a_case, a_desk, a_mail, a_scene, at

DAY = date(2026, 9, 22)
INVITATION = Invitation(1, DAY, DAY, time(9), time(18), "欧莱雅", (LI.address, ZGH.address))
CASE = a_case(Stage.APPROVED, invitation=INVITATION)
NO, YES = Attendance.DECLINED, Attendance.ACCEPTED


def answer(
    sender: Person | None,
    said: Attendance | None,
    case: Case | None = CASE,
    proof: Proof = Proof.PASS,
    **changed: Any,
) -> Decision:
    address = sender.address if sender else "who@elsewhere.example"
    read = replace(CalendarAnswer("REPLY", "uid", address, said, 1), **changed)
    mail = a_mail(address, "同意，验收通过", kind=Kind.CALENDAR, calendar=read)
    return decide_calendar(mail, case, sender, a_desk(proof=proof))


def test_an_answer_is_on_record_and_moves_nothing() -> None:
    decision = answer(LI, YES, comment="没问题")
    assert decision.case
    assert decision.case == replace(CASE, invitation=replace(INVITATION, answers=((LI.address, YES),)))
    (entry,) = decision.history
    assert (entry.event, entry.actor, entry.summary) == ("calendar", LI.address, "没问题")
    assert entry.why == "李明接受了9月22日（周二）的日程"
    assert (decision.says, decision.arms, decision.ends, decision.changed) == ((), (), (), True)


def test_R38_an_engineers_refusal_is_told_to_the_director_with_who_is_free() -> None:
    decision = answer(LI, NO, comment="当天在宝洁")
    (say,) = decision.says
    assert say.to == (CHEN.address,)
    notice = word_notice(say, a_scene(decision.case))
    assert notice.headline == "李明谢绝了9月22日（周二）的日程。"
    assert "附言：当天在宝洁" in notice.paragraphs
    assert "这几天有空的工程师：王强。" in notice.paragraphs
    taken = (Booking("ZC2026-0003", "宝洁", "升级", (WANG.address,), DAY, DAY),)
    assert "这几天没有空闲的工程师。" in word_notice(say, a_scene(decision.case, bookings=taken)).paragraphs


@pytest.mark.parametrize(("who", "said"), [(ZGH, NO), (LI, Attendance.TENTATIVE), (ZGH, YES)])
def test_what_hinders_nobody_is_recorded_only(who: Person, said: Attendance) -> None:
    decision = answer(who, said)
    assert (len(decision.history), decision.says) == (1, ())


def test_the_same_refusal_is_told_once() -> None:
    once = answer(LI, NO).case
    assert answer(LI, NO, case=once).says == ()
    again = answer(LI, YES, case=once).case
    assert len(answer(LI, NO, case=again).says) == 1


@pytest.mark.parametrize("who", [LI, ZGH])
def test_another_time_proposed_is_told_and_changes_nothing(who: Person) -> None:
    decision = answer(who, Attendance.TENTATIVE, method="COUNTER", proposed=at("09-28 09:00"))
    (say,) = decision.says
    assert "改为9月28日（周一）09:00" in say.headline
    assert (decision.case, decision.changed) == (CASE, False)


@pytest.mark.parametrize(
    ("proposed", "words"),
    [(date(2026, 9, 28), "，改为9月28日（周一）"), (None, "的日程"), (at("09-28 14:00"), "14:00")],
)
def test_the_proposal_in_words(proposed: date | datetime | None, words: str) -> None:
    assert answer(LI, None, method="COUNTER", proposed=proposed).says[0].headline.endswith(words)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"sequence": 0}, "更改之前"),
        ({"case": replace(CASE, stage=Stage.SETTLED)}, "不再有效"),
        ({"case": replace(CASE, invitation=replace(INVITATION, cancelled=True))}, "不再有效"),
        ({"proof": Proof.FAIL}, "伪造"),
        ({"attendee": "wang@demo.cn"}, "不是这个人"),
    ],
)
def test_what_does_not_count_is_on_record_and_told_to_nobody(changed: dict[str, Any], why: str) -> None:
    decision = answer(LI, NO, **changed)
    assert why in decision.history[0].why
    assert (decision.says, decision.changed) == ((), False)


def test_somebody_not_invited_is_on_record_only() -> None:
    decision = answer(OTHER, NO)
    assert "不是这个人" in decision.history[0].why
    assert decision.says == ()


def test_an_address_nobody_vouches_for_is_told_as_such() -> None:
    assert "未经验证" in answer(LI, NO, proof=Proof.NONE).says[0].headline


@pytest.mark.parametrize(
    "changed", [{"sender": None}, {"case": None}, {"case": a_case(Stage.APPROVED)}, {"method": "REQUEST"}]
)
def test_R47_any_other_calendar_mail_is_ignored(changed: dict[str, Any]) -> None:
    sender: Person | None = changed.pop("sender", LI)
    decision = answer(sender, YES, **changed)
    assert (decision.fate, decision.case, decision.says) == (Fate.IGNORED, None, ())
