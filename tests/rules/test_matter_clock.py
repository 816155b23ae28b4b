"""What the clock does about matters: level by level in working hours, missed deadlines put there (R32)."""

from dataclasses import replace

import pytest

from bot.rules.case import DeadlineKind
from bot.rules.clockwork import Reached, decide_due
from bot.rules.matters.escalation import DUTIES, Escalation
from bot.rules.matters.matter import Issue, Matter
from bot.rules.matters.matter_clock import decide_unanswered
from bot.rules.notice import NoticeKind as N
from bot.rules.words import Role, Stage
from tests.rules.build import CHEN, DEPUTY, GXM, LEAD, LI, POLICY, TOP, ZGH, a_case, a_deadline, a_desk, a_scene, at
from tests.rules.test_mattering import a_matter

AT_WORK = a_case(Stage.APPROVED)
ROUNDS = ("09-17 16:00", "09-18 11:00", "09-18 15:00", "09-20 10:00")


def test_R32_it_climbs_level_by_level_with_the_former_in_copy_and_ends_at_the_top() -> None:
    matter = a_matter()
    seen: list[tuple[str, ...]] = []
    for moment in ROUNDS:
        assert matter.next_at == at(moment)
        decision = decide_unanswered(matter, AT_WORK, a_desk(at(moment)))
        (matter,) = decision.matters
        seen += [(say.slot, *say.to, "|", *say.cc) for say in decision.says]
        assert [entry.event for entry in decision.history] == ["climbed"]
    zgh, li, chen, lead = (p.address for p in (ZGH, LI, CHEN, LEAD))
    assert seen == [
        ("升级1:2", chen, "|", zgh, li),
        ("升级1:3", lead, "|", zgh, li, chen),
        ("升级1:4", TOP.address, "|", zgh, li, chen, lead),
    ]
    assert (matter.level, matter.next_at, matter.waits) == (4, None, True)


@pytest.mark.parametrize(("woken", "put_off"), [("09-17 20:00", "09-18 09:00"), ("09-19 10:00", "09-20 09:00")])
def test_R32_nobody_is_asked_outside_working_hours(woken: str, put_off: str) -> None:
    decision = decide_unanswered(a_matter(), AT_WORK, a_desk(at(woken)))
    assert (decision.says, decision.matters[0].next_at) == ((), at(put_off))


@pytest.mark.parametrize(
    "done", [{"answered_by": LI.address}, {"settled_by": LI.address, "settled_at": at("09-17 13:00")}]
)
def test_R32_what_is_answered_or_settled_climbs_no_more(done: dict[str, object]) -> None:
    decision = decide_unanswered(replace(a_matter(), **done), AT_WORK, a_desk(at("09-17 16:00")))  # type: ignore[arg-type]
    assert (decision.says, decision.matters[0].next_at, decision.history) == ((), None, ())


def test_R32_a_project_manager_on_the_case_sits_on_level_two_else_the_director() -> None:
    with_manager = replace(AT_WORK, participants=(*AT_WORK.participants, POLICY.company.addressed(DEPUTY.address)))
    for case, asked in ((with_manager, DEPUTY), (AT_WORK, CHEN)):
        assert decide_unanswered(a_matter(), case, a_desk(at("09-17 16:00"))).says[0].to == (asked.address,)


def test_R32_while_the_director_is_away_the_delegate_is_asked_too() -> None:
    decision = decide_unanswered(a_matter(), AT_WORK, a_desk(at("09-21 10:00")))
    assert decision.says[0].to == (CHEN.address, DEPUTY.address)


def test_R32_the_seats_and_the_wait_are_the_companys() -> None:
    policy = replace(POLICY, escalation=Escalation(seats=((Role.ADMIN,), (), (), ())))
    decision = decide_unanswered(
        a_matter(level=0, asked=(), owners=()), AT_WORK, a_desk(at("09-17 16:00"), policy=policy)
    )
    assert decision.says[0].to == (GXM.address,)


def test_R32_the_matrix_is_the_rulebooks_by_default() -> None:
    assert [issue for issue, _ in DUTIES] == list(Issue)
    assert all(len(duties) == 4 and all(duties) for _, duties in DUTIES)
    assert Escalation().duty(Issue.TIME, 3) == "与重点客户和伙伴协商交付时间"
    assert Escalation().duty(Issue.TERMINATION, 4) == "制定终止服务的政策"
    assert (Escalation().duty(None, 1), Escalation().duty(Issue.TIME, 0)) == ("", "")


# ---- missed deadlines ----


def _missed(kind: DeadlineKind, stage: Stage, step: int, *there: Matter, after_deadline: bool = True):  # type: ignore[no-untyped-def]
    case = a_case(stage)
    deadline = replace(a_deadline(kind, case), step=step)
    policy = replace(POLICY, escalation=Escalation(after_deadline=after_deadline))
    desk = replace(a_desk(at("09-28 09:00"), policy=policy, open_deadlines=(deadline,)), matters=there)
    return decide_due(deadline, case, desk, Reached())


def test_R32_a_missed_deadline_becomes_one_when_R11_has_nobody_left_to_tell() -> None:
    still = _missed(DeadlineKind.COMPLETE, Stage.APPROVED, 2)
    assert ([say.kind for say in still.says], still.matters) == ([N.ESCALATED], ())
    decision = _missed(DeadlineKind.COMPLETE, Stage.APPROVED, 3)
    (matter,) = decision.matters
    assert (matter.issue, matter.cause, matter.raised_by) == (Issue.TIME, "complete", "zhichi")
    # Engineer, director and admin know by R11: the third level is the first to be asked.
    assert (matter.level, matter.owners) == (3, (LEAD.address,))
    assert [(say.kind, say.to, say.cc) for say in decision.says] == [(N.MATTER, (LEAD.address,), ())]


def test_R32_R46_a_missed_deadline_is_put_there_once_and_not_at_all_when_switched_off() -> None:
    there = a_matter(raised_by="zhichi", cause="complete")
    assert _missed(DeadlineKind.COMPLETE, Stage.APPROVED, 4, there).matters == ()
    assert _missed(DeadlineKind.COMPLETE, Stage.APPROVED, 3, after_deadline=False).matters == ()


def test_R32_R46_whom_R11_has_told_is_not_asked_again() -> None:
    """Sales owe: their lead and both directors know by R11, so the engineer and the director are left."""
    decision = _missed(DeadlineKind.INFO, Stage.AWAITING_INFO, 5)
    (matter,) = decision.matters
    assert matter.owners == (CHEN.address,)
    case = a_case(Stage.AWAITING_INFO)
    deadline = a_deadline(DeadlineKind.INFO, case)
    desk = a_desk(at("09-28 14:00"), open_deadlines=(deadline,))
    again = decide_unanswered(replace(matter, id=5), case, desk)
    assert (again.says, again.matters[0].next_at) == ((), None)
    assert a_scene(case).matters == ()
