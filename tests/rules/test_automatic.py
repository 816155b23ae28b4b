"""Automatic mail: never answered, never an answer (R24, R47)."""

from dataclasses import replace
from datetime import date

import pytest

from bot.rules.automatic import Mark, MarkKind, decide_automatic
from bot.rules.case import Case
from bot.rules.mail import BouncedAddress
from bot.rules.people import Delegation, Person
from bot.rules.policy import Policy
from bot.rules.whispering import word_notice
from bot.rules.words import Fate, Kind, Role, Stage
from tests.rules.build import (
    BOT,
    CAST,
    CHEN,
    COMPANY,
    DEPUTY,
    LI,
    ZGH,
    a_case,
    a_desk,
    a_mail,
    a_scene,
    at,
    said_kinds,
    stage_after,
)

KINDS = [k for k in Kind if k not in {Kind.HUMAN, Kind.UNREADABLE}]


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("kind", KINDS)
def test_R47_no_automatic_mail_moves_a_case_or_is_answered_to_its_sender(kind: Kind, stage: Stage) -> None:
    for sender in (CHEN, ZGH):
        mail = a_mail(sender, "同意", kind=kind, bounced=(BouncedAddress(ZGH.address, permanent=True),))
        decision, _ = decide_automatic(mail, a_case(stage), sender, a_desk())
        assert not decision.changed
        assert stage_after(decision) in {None, stage}
        assert all(sender.address not in say.to for say in decision.says)
        assert decision.arms == ()
        assert decision.ends == ()


def test_R24_a_permanent_bounce_marks_the_address_and_tells_the_operator() -> None:
    mail = a_mail("mailer-daemon@demo.cn", kind=Kind.BOUNCE, bounced=(BouncedAddress(ZGH.address, True, "550"),))
    decision, marks = decide_automatic(mail, a_case(), None, a_desk(), believed=frozenset({ZGH.address}))
    assert marks == (Mark(MarkKind.BOUNCED, ZGH.address, "550"),)
    assert said_kinds(decision) == ["operator"]
    assert "沉默不算同意" in decision.history[0].why


def test_R24_a_delay_notice_marks_nobody() -> None:
    mail = a_mail("mailer-daemon@demo.cn", kind=Kind.BOUNCE, bounced=(BouncedAddress(ZGH.address, permanent=False),))
    decision, marks = decide_automatic(mail, a_case(), None, a_desk())
    assert (decision.fate, marks) == (Fate.IGNORED, ())


def test_R24_a_vacation_reply_marks_its_sender_away() -> None:
    decision, marks = decide_automatic(a_mail(ZGH, kind=Kind.AUTO_REPLY), a_case(), ZGH, a_desk())
    assert [(m.kind, m.address) for m in marks] == [(MarkKind.AWAY, ZGH.address)]
    assert (decision.says, [e.event for e in decision.history]) == ((), ["away"])
    unknown, nothing = decide_automatic(a_mail("x@else.cn", kind=Kind.AUTO_REPLY), a_case(), None, a_desk())
    assert (unknown.fate, nothing) == (Fate.IGNORED, ())


@pytest.mark.parametrize(
    ("stage", "when", "asked"),
    [
        (Stage.AWAITING_APPROVAL, "09-21 10:00", True),
        (Stage.APPROVED, "09-21 10:00", False),  # nothing to decide
    ],
)
def test_R24_a_directors_vacation_puts_the_request_to_his_delegate_once(stage: Stage, when: str, asked: bool) -> None:
    case = a_case(stage)
    decision, _ = decide_automatic(a_mail(CHEN, kind=Kind.AUTO_REPLY), case, CHEN, a_desk(at(when)))
    assert [(s.kind.value, s.to, s.slot) for s in decision.says] == (
        [("delegated", (DEPUTY.address,), f"away:{case.round}")] if asked else []
    )


def test_R47_a_recall_asks_a_person_and_undoes_nothing() -> None:
    decision, _ = decide_automatic(a_mail(CHEN, kind=Kind.RECALL), a_case(Stage.APPROVED), CHEN, a_desk())
    assert (stage_after(decision), said_kinds(decision)) == (Stage.APPROVED, ["operator"])


def test_R47_the_bots_own_mail_is_nothing() -> None:
    assert decide_automatic(a_mail(BOT, "同意", kind=Kind.OWN), a_case(), None, a_desk())[0].fate is Fate.IGNORED


# ---- a director away, and nobody who may decide (R24) ----

TOLD = "away:chen@demo.cn:2026-09-17"
SECOND = Person("钱总", ("qian@demo.cn",), frozenset({Role.DIRECTOR}))


def away(case: Case, *more: Person, by_mail: Delegation | None = None, also_away: str = "") -> list[tuple[str, str]]:
    company = replace(COMPANY, people=(*CAST, *more)).with_delegations((by_mail,) if by_mail else ())
    desk = replace(a_desk(at("09-17 10:00"), policy=Policy(company)), away=frozenset({also_away}))
    decision, _ = decide_automatic(a_mail(CHEN, kind=Kind.AUTO_REPLY), case, CHEN, desk)
    return [(say.kind.value, say.slot) for say in decision.says]


def test_R24_a_director_away_without_a_delegate_is_told_to_the_operator_once_a_day_for_all_cases() -> None:
    for case in (a_case(), a_case(id=8, ref="ZC2026-0008")):
        decision, _ = decide_automatic(a_mail(CHEN, kind=Kind.AUTO_REPLY), case, CHEN, a_desk(at("09-17 10:00")))
        (say,) = decision.says
        notice = word_notice(say, a_scene(case, at("09-17 10:00")))
        assert (notice.key, notice.case_id) == (f"-:operator:{TOLD}", 0)
        assert [a.email for a in notice.to] == ["ops@demo.cn"]
        assert "陈总" in notice.paragraphs[0]


@pytest.mark.parametrize(
    ("case", "more", "also_away", "told"),
    [
        (a_case(), (SECOND,), "", False),  # another director is there
        (a_case(), (SECOND,), "qian@demo.cn", True),
        (a_case(decider=DEPUTY.address), (), "", False),  # whom the director named for this case
        (a_case(Stage.AWAITING_INFO), (), "", False),  # it waits for sales
    ],
)
def test_R24_the_operator_hears_it_only_when_nobody_may_decide(
    case: Case, more: tuple[Person, ...], also_away: str, told: bool
) -> None:
    assert away(case, *more, also_away=also_away) == ([("operator", TOLD)] if told else [])


def test_R24_a_delegate_said_by_mail_is_offered_like_a_configured_one() -> None:
    said = Delegation(CHEN.address, LI.address, date(2026, 9, 17), date(2026, 9, 18), by_mail=True)
    assert away(a_case(), by_mail=said) == [("delegated", "away:0")]
    assert away(a_case(), by_mail=said, also_away=LI.address) == [("delegated", "away:0"), ("operator", TOLD)]
