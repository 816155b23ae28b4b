"""What the clock does when a deadline's moment comes (R11, R23, R24)."""

from dataclasses import replace
from datetime import date, time

import pytest

from bot.rules.case import Case, Deadline, DeadlineKind
from bot.rules.clockwork import Reached, decide_due, is_digest_time, may_nudge
from bot.rules.decision import Decision
from bot.rules.people import Company
from bot.rules.policy import Policy
from bot.rules.times.hours import OfficeHours
from bot.rules.words import Stage
from tests.rules.build import (
    CHEN,
    GXM,
    LEAD,
    LI,
    LOCAL,
    TOP,
    ZGH,
    a_case,
    a_deadline,
    a_desk,
    armed,
    at,
    said_kinds,
    stage_after,
)

S, D = Stage, DeadlineKind
HOURS = OfficeHours()
IN_REACH = Reached()
NUDGED = [k for k in D if k not in {D.START, D.ACCEPT, D.POSTPONED}]


def due(
    deadline: Deadline, case: Case, when: str, reached: Reached = IN_REACH, policy: Policy | None = None
) -> Decision:
    desk = a_desk(at(when), policy=policy) if policy else a_desk(at(when))
    return decide_due(deadline, case, desk, reached)


def look(decision: Decision) -> tuple[str, int]:
    """When the clock looks again, and how many nudges went out by then."""
    (found,) = decision.looks
    moment = found.deadline.next_at
    return (f"{moment.astimezone(HOURS.zone):%m-%d %H:%M}" if moment else "never", found.step)


@pytest.mark.parametrize(
    ("moment", "may"),
    [
        ("09-17 08:59:59", False),
        ("09-17 09:00", True),
        ("09-17 12:30", True),
        ("09-17 18:00", True),
        ("09-17 18:29:59", True),  # for deadlines at the close
        ("09-17 18:30", False),
        ("09-19 11:00", False),  # Saturday
        ("09-20 11:00", True),  # worked Sunday
        ("10-01 11:00", False),
    ],
)
def test_R11_nudges_go_out_in_working_hours_and_a_little_after_the_close(moment: str, may: bool) -> None:
    assert may_nudge(HOURS, at(moment)) is may


# ---- reminders and escalation ----


def test_R11_the_reminder_goes_to_the_owner_alone() -> None:
    case = a_case()
    decision = due(a_deadline(D.CONFIRM, case, at("09-17 10:00")), case, "09-17 16:00")
    assert [(s.kind.value, s.to, s.cc, s.slot) for s in decision.says] == [("reminder", (CHEN.address,), (), "40:0")]
    assert look(decision) == ("09-17 18:00", 1)
    assert not decision.changed


def test_R11_one_level_a_working_day_then_the_digest_alone() -> None:
    case = a_case()
    deadline = a_deadline(D.CONFIRM, case, at("09-17 10:00"), step=1)
    seen = []
    when = "09-17 18:00"
    while True:
        decision = due(deadline, case, when)
        if decision.matters:  # nobody is left to tell: what then follows is R32's
            break
        (say,) = decision.says
        seen.append((when, say.to, say.cc))
        again, step = look(decision)
        deadline = replace(deadline, step=step)
        when = again
    assert seen == [
        ("09-17 18:00", (TOP.address,), (CHEN.address,)),
        ("09-18 09:00", (GXM.address,), (CHEN.address,)),
    ]
    assert look(decision)[0] == "never"


@pytest.mark.parametrize(
    ("kind", "stage", "first"),
    [
        (D.INFO, S.AWAITING_INFO, LEAD),
        (D.COMPLETE, S.APPROVED, CHEN),
        (D.DOCUMENTS, S.CLOSED, CHEN),
        (D.CLOSE, S.ACCEPTED, TOP),
    ],
)
def test_R11_the_next_in_line_of_each_owner(kind: DeadlineKind, stage: Stage, first: object) -> None:
    case = a_case(stage)
    deadline = a_deadline(kind, case, step=1)
    decision = decide_due(deadline, case, a_desk(deadline.due_at), Reached())
    assert decision.says[0].to == (first.address,)  # type: ignore[attr-defined]


def test_R11_with_nobody_in_line_the_owner_is_told_once_more() -> None:
    policy = Policy(Company((CHEN, ZGH, LI)))
    case = a_case()
    deadline = a_deadline(D.CONFIRM, case, at("09-17 10:00"), step=1)
    decision = due(deadline, case, "09-17 18:00", policy=policy)
    assert [(s.to, s.cc) for s in decision.says] == [((CHEN.address,), ())]
    assert due(replace(deadline, step=2), case, "09-18 09:00", policy=policy).says == ()


@pytest.mark.parametrize("kind", NUDGED)
def test_R11_at_night_every_nudge_waits_for_the_opening(kind: DeadlineKind) -> None:
    case = a_case(S.APPROVED)
    decision = due(a_deadline(kind, case), case, "09-30 20:00")
    assert decision.says == ()
    assert look(decision) == ("10-08 09:00", 0)


@pytest.mark.parametrize("stage", [S.AWAITING_APPROVAL, S.AWAITING_INFO, S.POSTPONED])
def test_R9_silence_never_approves(stage: Stage) -> None:
    case = a_case(stage)
    for kind in (D.CONFIRM, D.INFO, D.ACCEPT):
        for step in range(6):
            deadline = a_deadline(kind, case, step=step)
            for when in ("09-18 18:00", "11-30 10:00"):
                assert stage_after(due(deadline, case, when)) is stage


@pytest.mark.parametrize("kind", [k for k in D if k is not D.START])
def test_every_due_deadline_moves_on_so_that_nothing_fires_twice(kind: DeadlineKind) -> None:
    stages = {D.ACCEPT: S.AWAITING_ACCEPTANCE, D.POSTPONED: S.POSTPONED}
    case = a_case(stages.get(kind, S.APPROVED))
    for step in range(5):
        for when in ("09-17 12:00", "09-18 18:00", "09-19 10:00", "10-20 10:00"):
            deadline = a_deadline(kind, case, step=step)
            for reached in (Reached(), Reached(asked=False), Reached(chased=False), Reached(heard=False)):
                decision = due(deadline, case, when, reached)
                moved = [x.deadline.next_at for x in decision.looks]
                over = kind in decision.ends or kind in {d.kind for d in decision.arms}
                assert over or moved, (step, when)
                assert over or all(m is None or m > at(when) for m in moved), (step, when)


# ---- postponed ----


def test_R10_the_postponement_over_the_director_is_asked_again_in_working_hours() -> None:
    case = a_case(S.POSTPONED, postponed_to=date(2026, 10, 3))
    deadline = a_deadline(D.POSTPONED, case)
    early = due(deadline, case, "10-08 07:00")
    assert (stage_after(early), look(early)[0]) == (S.POSTPONED, "10-08 09:00")
    decision = due(deadline, case, "10-08 09:00")
    assert (stage_after(decision), said_kinds(decision)) == (S.AWAITING_APPROVAL, ["decide_again"])
    assert armed(decision) == {"confirm": "10-08 18:00"}
    assert decision.says[0].slot == "d40", "a second postponement's notice is not the first one's"


# ---- acceptance ----


def acceptance(**changed: object) -> tuple[Deadline, Case]:
    """Completed Wednesday 30 September, 17:00."""
    case = a_case(S.AWAITING_ACCEPTANCE)
    return replace(a_deadline(D.ACCEPT, case, at("09-30 17:00")), **changed), case  # type: ignore[arg-type]


def test_R23_the_chaser_then_silence_counts() -> None:
    deadline, case = acceptance()
    assert deadline.next_at == at("10-08 09:00")
    chased = due(deadline, case, "10-08 09:00")
    assert [(s.kind.value, s.to) for s in chased.says] == [("chase_acceptance", (ZGH.address,))]
    assert look(chased) == ("10-08 18:00", 1)
    early = due(replace(deadline, step=1), case, "10-08 17:59:59")
    assert (stage_after(early), look(early)) == (S.AWAITING_ACCEPTANCE, ("10-08 18:00", 1))
    silent = due(replace(deadline, step=1), case, "10-08 18:00")
    assert silent.case is not None
    assert (silent.case.stage, silent.case.tacit) == (S.ACCEPTED, True)
    assert (said_kinds(silent), silent.says[0].slot) == (["accepted"], "d40")
    assert armed(silent) == {"close": "10-09 18:00"}
    assert "视为完成" in silent.history[0].why


def test_R23_a_second_silence_of_the_same_case_is_announced_too() -> None:
    deadline, case = acceptance(step=1)
    second = replace(deadline, id=52)
    slots = {due(d, case, "10-08 18:00").says[0].slot for d in (deadline, second)}
    assert len(slots) == 2


def test_R24_a_bot_that_slept_sends_the_chaser_and_extends() -> None:
    deadline, case = acceptance()
    decision = due(deadline, case, "10-09 10:00")
    assert (stage_after(decision), said_kinds(decision)) == (S.AWAITING_ACCEPTANCE, ["chase_acceptance"])
    assert armed(decision) == {"accept": "10-10 18:00"}
    assert (decision.arms[0].step, decision.arms[0].next_at) == (1, decision.arms[0].due_at)
    assert "催办10月9日（周五）10:00才发出，期限顺延" in decision.arms[0].why
    night = due(deadline, case, "10-09 23:00")
    assert (night.says, look(night)) == ((), ("10-10 09:00", 0))


def test_R24_a_chaser_that_did_not_arrive_is_sent_again_in_a_new_period() -> None:
    deadline, case = acceptance(step=1)
    decision = due(deadline, case, "10-08 18:00", Reached(chased=False))
    assert (stage_after(decision), decision.says) == (S.AWAITING_ACCEPTANCE, ())
    (again,) = decision.arms
    assert (again.due_at, again.next_at, again.step) == (at("10-09 18:00"), at("10-09 09:00"), 0)
    assert said_kinds(due(replace(again, id=41), case, "10-09 09:00")) == ["chase_acceptance"]


def test_R23_silence_counts_only_over_a_mailbox_that_was_read() -> None:
    deadline, case = acceptance(step=1)
    decision = due(deadline, case, "10-08 18:00", Reached(heard=False))
    assert (stage_after(decision), look(decision)) == (S.AWAITING_ACCEPTANCE, ("10-08 18:10", 1))


@pytest.mark.parametrize(
    ("reached", "why"),
    [
        (Reached(bounced="550 no such user"), "被退回"),
        (Reached(away="休假中"), "休假"),
        (Reached(asked=False), "未送达"),
    ],
)
def test_R24_silence_of_who_could_not_answer_is_put_to_the_next_and_the_director_told(
    reached: Reached, why: str
) -> None:
    deadline, case = acceptance(step=1)
    decision = due(deadline, case, "10-08 18:00", reached)
    assert decision.case is not None
    assert decision.case.stage is S.AWAITING_ACCEPTANCE
    assert why in decision.case.silence_held
    assert [(s.kind.value, s.to, s.cc) for s in decision.says] == [("escalated", (LEAD.address,), (CHEN.address,))]
    assert look(decision) == ("10-09 09:00", 2)
    later = due(replace(deadline, step=2), decision.case, "10-09 09:00", reached)
    assert [(s.to, s.cc) for s in later.says] == [((LOCAL.address,), (ZGH.address,))]
    assert stage_after(due(replace(deadline, step=9), decision.case, "12-01 10:00")) is S.AWAITING_ACCEPTANCE


def test_R24_after_a_doubtful_answer_sales_are_chased_then_escalated_from_the_first_level() -> None:
    deadline, case = acceptance()
    case = replace(case, silence_held="销售已答复但未表明是否验收")
    assert said_kinds(due(deadline, case, "10-08 09:00")) == ["chase_acceptance"]
    first = due(replace(deadline, step=1), case, "10-08 18:00")
    assert [(s.kind.value, s.to) for s in first.says] == [("escalated", (LEAD.address,))]
    assert stage_after(first) is S.AWAITING_ACCEPTANCE


@pytest.mark.parametrize(
    ("moment", "yes"),
    [
        ("09-17 08:59", False),
        ("09-17 09:00", True),
        ("09-17 17:59", True),
        ("09-17 18:00", False),
        ("09-19 09:30", False),
        ("09-20 09:30", True),
    ],
)
def test_R46_one_digest_on_working_mornings(moment: str, yes: bool) -> None:
    assert is_digest_time(HOURS, time(9), at(moment)) is yes
