"""The calendar entry follows what is confirmed (R9, R38, RFC 5546)."""

from dataclasses import replace
from datetime import date, time

import pytest

from bot.rules.case import Case
from bot.rules.mail import Assignment
from bot.rules.notice import NoticeKind
from bot.rules.plans.invitation import Attendance, Invitation
from bot.rules.plans.inviting import CARRIERS, hours_of, invite
from bot.rules.table import ASKED, ENDED, TABLE, Row
from bot.rules.times.hours import OfficeHours
from bot.rules.words import Intent, Stage
from tests.rules.build import ASSIGNED, CHEN, LI, POLICY, WANG, ZGH, a_case, a_reading, at, hear

DAY = date(2026, 9, 22)
LATER = date(2026, 9, 28)


def approve(case: Case, said: Assignment = ASSIGNED, when: str = "09-17 11:00") -> tuple[Invitation | None, bool]:
    decision = hear(case, CHEN, a_reading(CHEN, Intent.APPROVE, said=said, when=at(when)))
    assert decision.case
    return decision.case.invitation, any(say.invites for say in decision.says)


def sent(case: Case) -> Invitation:
    invitation = approve(case)[0]
    assert invitation
    return invitation


def an_approved() -> Case:
    decision = hear(a_case(), CHEN, a_reading(CHEN, Intent.APPROVE, said=ASSIGNED))
    assert decision.case
    return decision.case


def test_the_yes_invites_engineers_and_sales() -> None:
    invitation, rides = approve(a_case())
    assert invitation == Invitation(0, DAY, DAY, time(9), time(18), "欧莱雅", (LI.address, ZGH.address))
    assert rides


@pytest.mark.parametrize(
    "said", [Assignment(engineers=("李工",)), Assignment(on=DAY), Assignment(("李工",), on=date(2026, 9, 16))]
)
def test_without_a_day_a_person_or_a_future_nobody_is_invited(said: Assignment) -> None:
    assert approve(a_case(), said) == (None, False)


def test_a_new_day_raises_the_sequence_and_asks_anew() -> None:
    case = an_approved()
    assert case.invitation
    answered = replace(case.invitation, answers=((LI.address, Attendance.ACCEPTED),))
    invitation, rides = approve(replace(case, invitation=answered), Assignment(on=LATER))
    assert invitation
    assert (invitation.sequence, invitation.on, invitation.answers, rides) == (1, LATER, (), True)


def test_a_new_engineer_is_invited_and_the_old_one_called_off_others_keep_their_answer() -> None:
    case = an_approved()
    assert case.invitation
    answers = ((ZGH.address, Attendance.ACCEPTED), (LI.address, Attendance.DECLINED))
    case = replace(case, invitation=replace(case.invitation, answers=answers))
    invitation, rides = approve(case, Assignment(engineers=("王工",)))
    assert invitation
    assert (invitation.people, invitation.left, invitation.sequence) == ((WANG.address, ZGH.address), (LI.address,), 1)
    assert invitation.answers == ((ZGH.address, Attendance.ACCEPTED),)
    assert rides


def test_a_new_estimate_alone_sends_no_new_entry_R46() -> None:
    case = an_approved()
    invitation, rides = approve(case, Assignment(days=ASSIGNED.days and ASSIGNED.days + 1))
    assert (invitation, rides) == (case.invitation, False)


@pytest.mark.parametrize("intent", [Intent.REJECT, Intent.WITHDRAW])
def test_a_yes_taken_back_calls_everybody_off_and_a_new_yes_invites_anew(intent: Intent) -> None:
    case = an_approved()
    decision = hear(case, CHEN, a_reading(CHEN, intent))
    assert decision.case
    off = decision.case.invitation
    assert off
    assert (off.cancelled, off.sequence, off.people) == (True, 1, (LI.address, ZGH.address))
    assert [say.kind.value for say in decision.says if say.invites] == [
        "declined" if intent is Intent.REJECT else "postponed"
    ]
    again, rides = approve(decision.case)
    assert again
    assert (again.cancelled, again.sequence, again.left, rides) == (False, 2, (), True)


def test_a_refused_request_was_never_in_a_calendar() -> None:
    decision = hear(a_case(), CHEN, a_reading(CHEN, Intent.REJECT))
    assert decision.case
    assert decision.case.invitation is None
    assert not any(say.invites for say in decision.says)


def test_completion_leaves_the_entry_alone() -> None:
    case = replace(an_approved(), stage=Stage.ON_SITE)
    decision = hear(case, LI, a_reading(LI, Intent.COMPLETED))
    assert decision.case
    assert decision.case.invitation == case.invitation


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("", "09:00-18:00"),
        ("9月22日", "09:00-18:00"),
        ("9月22日全天", "09:00-18:00"),
        ("9月22日上午", "09:00-12:00"),
        ("9月22日下午", "12:00-18:00"),
        ("9月22日上午或下午", "09:00-18:00"),
        ("9月22日 14:00-17:30", "14:00-17:30"),
        ("22号下午2点到5点", "14:00-17:00"),
        ("9月22日晚上8点", "20:00-21:00"),
        ("晚上23点半", "23:30-23:59"),
        ("9月22日9点半至11点", "09:30-11:00"),
        ("10：30", "10:30-18:00"),
        ("99点", "09:00-18:00"),
        ("17:00-9:00", "09:00-18:00"),
    ],
)
def test_the_hours_of_a_single_day_as_the_request_says_else_the_companys(said: str, expected: str) -> None:
    start, end = hours_of(OfficeHours(), said)
    assert f"{start:%H:%M}-{end:%H:%M}" == expected


def test_several_days_last_whole_days_and_where_it_is_done_from_afar_is_no_place() -> None:
    said = replace(ASSIGNED, until=date(2026, 9, 24), mode="远程")
    invitation = approve(a_case(fields=(("支持时间", "下午2点"), ("支持地点", "南京路"))), said)[0]
    assert invitation
    assert (invitation.start, invitation.end, invitation.place) == (None, None, "远程")
    there = sent(a_case(fields=(("支持时间", "下午2点"), ("支持地点", "南京路"))))
    assert (there.start, there.place) == (time(14), "南京路")


def test_whoever_leaves_the_work_is_called_off_by_the_mail_that_says_so() -> None:
    leaving = [row for row in TABLE if Stage.APPROVED in row.stages and row.to in {*ASKED, *ENDED}]
    assert len(leaving) >= 3
    assert [row.event for row in leaving if CARRIERS.isdisjoint(row.notices)] == []


@pytest.mark.parametrize(
    "row", [row for row in TABLE if NoticeKind.WITHDRAWN in row.notices], ids=lambda row: row.event
)
def test_a_withdrawal_agreed_to_calls_everybody_off(row: Row) -> None:
    stage = row.to or Stage.WITHDRAWN
    case = replace(an_approved(), stage=stage)
    after = invite(POLICY, row, case, at("09-17 12:00")).invitation
    assert after
    assert after.cancelled
