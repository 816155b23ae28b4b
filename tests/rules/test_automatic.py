"""Automatic mail: never answered, never an answer (R24, R47)."""

import pytest

from bot.rules.automatic import Mark, MarkKind, decide_automatic
from bot.rules.mail import BouncedAddress
from bot.rules.words import Fate, Kind, Stage
from tests.rules.build import BOT, CHEN, DEPUTY, ZGH, a_case, a_desk, a_mail, at, said_kinds, stage_after

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
    decision, marks = decide_automatic(mail, a_case(), None, a_desk())
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
        (Stage.AWAITING_APPROVAL, "09-17 10:00", False),  # no delegate that day
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
