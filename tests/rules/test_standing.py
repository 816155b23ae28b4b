"""Who may let somebody decide in their place, what is said to whom, and what is asked first (part 0, R10, R24)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.rules.decision import Decision
from bot.rules.mail import Address, StandIn
from bot.rules.people import Delegation, Person
from bot.rules.policy import Policy
from bot.rules.standing import decide_alone, decide_reply
from bot.rules.whispering import word_notice
from bot.rules.words import Fate, Intent, Proof, Role, Stage
from tests.rules.build import (
    ASSIGNED,
    BOT,
    CAST,
    CHEN,
    COMPANY,
    DEPUTY,
    GXM,
    LI,
    OTHER,
    WANG,
    ZGH,
    a_case,
    a_desk,
    a_reading,
    a_scene,
    a_subject,
    at,
    said_kinds,
    stage_after,
)

WORDS = "9月20到25号外出，由李工代批"
SAID = StandIn("李工", date(2026, 9, 20), date(2026, 9, 25))
BY_LI = Delegation(CHEN.address, LI.address, date(2026, 9, 20), date(2026, 9, 25), by_mail=True)
PLAIN = a_subject(raw="外出", normal="外出", is_request=False, fits=False)


def policy(*said: Delegation) -> Policy:
    return Policy(COMPANY.with_delegations(said))


def alone(
    said: StandIn,
    sender: Person = CHEN,
    *,
    proof: Proof = Proof.PASS,
    before: tuple[Delegation, ...] = (),
    **mail: Any,
) -> Decision:
    """The same words in a mail of their own, on 9-18."""
    fields: dict[str, Any] = {"subject": PLAIN, "thread_ids": ()} | mail
    reading = a_reading(sender, text=WORDS, when=at("09-18 10:00"), **fields)
    desk = a_desk(at("09-18 10:01"), policy=policy(*before), proof=proof)
    return decide_alone(replace(reading, standing=said), sender, desk)


def on_case(
    said: StandIn,
    sender: Person = CHEN,
    intent: Intent = Intent.NONE,
    when: str = "09-18 10:00",
    stage: Stage = Stage.AWAITING_APPROVAL,
    *,
    proof: Proof = Proof.PASS,
) -> Decision:
    reading = a_reading(sender, intent, WORDS, when=at(when), said=ASSIGNED if intent is Intent.APPROVE else None)
    return decide_reply(replace(reading, standing=said), a_case(stage), sender, a_desk(at(when), proof=proof))


def test_the_director_and_the_delegate_are_told_and_only_the_director_may_tap() -> None:
    decision = alone(SAID)
    assert (decision.fate, decision.case, decision.delegates, decision.undelegates) == (Fate.ACTED, None, (BY_LI,), ())
    (say,) = decision.says
    notice = word_notice(say, a_scene(None))
    assert [a.email for a in notice.to] == [CHEN.address, LI.address]
    assert "9月20日（周日）至9月25日（周五）由李明代陈总批复" in notice.headline
    assert [b.says for b in notice.personal[CHEN.address].buttons] == ["取消代批"]
    assert notice.personal[LI.address].buttons == ()


@pytest.mark.parametrize("sender", [p for p in CAST if Role.DIRECTOR not in p.roles])
def test_nobody_else_delegates(sender: Person) -> None:
    assert alone(SAID, sender).delegates == ()
    assert on_case(SAID, sender).delegates == ()


@pytest.mark.parametrize("proof", [Proof.NONE, Proof.FAIL])
@pytest.mark.parametrize("said", [SAID, StandIn(ends=True)])
def test_design2_unproved_it_is_asked_back_once_a_day(proof: Proof, said: StandIn) -> None:
    decision = alone(said, proof=proof, before=(BY_LI,))
    assert (decision.delegates, decision.undelegates, said_kinds(decision)) == ((), (), ["prove"])
    assert decision.says[0].slot == f"stand-in:{CHEN.address}:2026-09-18"
    assert not word_notice(decision.says[0], a_scene(None)).personal


def test_design2_on_a_case_the_question_carries_the_same_words_for_a_tap_on_any_day() -> None:
    decision = on_case(SAID, proof=Proof.NONE)
    assert (decision.delegates, said_kinds(decision), decision.changed) == ((), ["prove"], False)
    notice = word_notice(decision.says[0], a_scene(a_case()))
    assert [b.says for b in notice.personal[CHEN.address].buttons] == ["2026年9月20日至9月25日外出，由李工代批"]
    assert on_case(SAID, proof=Proof.SECRET).delegates == (BY_LI,)


TWINS = (Person("李四", ("lisi@demo.cn",), frozenset({Role.ENGINEER}), ("李工",)),)


@pytest.mark.parametrize(
    ("said", "people", "asked"),
    [
        (replace(SAID, problems=("说法不是肯定的",)), CAST, "说法不是肯定的"),
        (replace(SAID, name="小刘"), CAST, "没有找到“小刘”"),
        (SAID, (*CAST, *TWINS), "“李工”可能是李明或李四"),
        (replace(SAID, name="陈总"), CAST, "不能是您自己"),
        (replace(SAID, name=""), CAST, "没有写清由谁代批"),
        (replace(SAID, start=None, end=None), CAST, "没有写清从哪一天到哪一天"),
        (replace(SAID, start=date(2026, 9, 1), end=date(2026, 9, 17)), CAST, "没有写清从哪一天到哪一天"),
    ],
)
def test_what_is_not_plain_is_asked_of_the_director_alone(
    said: StandIn, people: tuple[Person, ...], asked: str
) -> None:
    reading = replace(a_reading(CHEN, text=WORDS, subject=PLAIN, thread_ids=()), standing=said)
    desk = a_desk(at("09-18 10:00"), policy=Policy(replace(COMPANY, people=people)))
    decision = decide_alone(reading, CHEN, desk)
    (say,) = decision.says
    assert (say.kind.value, say.to, decision.delegates) == ("ask", (CHEN.address,), ())
    notice = word_notice(say, a_scene(None))
    assert asked in notice.items[0]
    assert "例如" in notice.items[0]


def test_what_a_forger_leaves_unclear_is_asked_once_a_day() -> None:
    said = replace(SAID, problems=("说法不是肯定的",))
    assert alone(said, proof=Proof.NONE).says[0].slot == f"stand-in:{CHEN.address}:2026-09-18"
    assert alone(said).says[0].slot == ""


def test_a_mail_that_the_bot_only_overhears_is_not_about_it() -> None:
    decision = alone(SAID, to=(Address(LI.address),), cc=(Address(WANG.address),))
    assert (decision.fate, decision.delegates) == (Fate.IGNORED, ())
    assert alone(SAID, to=(Address(LI.address),), cc=(Address(BOT),)).delegates == (BY_LI,)


def test_the_newest_word_counts_and_who_was_replaced_is_told() -> None:
    later = replace(BY_LI, start=date(2026, 9, 28), end=date(2026, 9, 30))
    said = StandIn("王工", date(2026, 9, 22), date(2026, 9, 23))
    decision = alone(said, before=(BY_LI, later))
    assert decision.undelegates == (BY_LI,)
    assert (decision.says[0].to, decision.says[0].cc) == ((CHEN.address, WANG.address), (LI.address,))
    assert LI.address not in word_notice(decision.says[0], a_scene(None)).personal
    assert alone(replace(said, ends=True), before=(BY_LI, later)).undelegates == (BY_LI, later)


def test_said_twice_it_is_written_once() -> None:
    decision = alone(SAID, before=(BY_LI,))
    assert (decision.delegates, decision.undelegates, said_kinds(decision)) == ((), (), ["stand_in"])


def test_taking_it_back_ends_what_was_said_by_mail_and_nothing_else() -> None:
    over = replace(BY_LI, start=date(2026, 9, 1), end=date(2026, 9, 3))
    others = replace(BY_LI, by=DEPUTY.address)
    decision = alone(StandIn(ends=True), before=(over, BY_LI, others))
    assert (decision.undelegates, decision.says[0].to) == ((BY_LI,), (CHEN.address, LI.address))
    nothing = alone(StandIn(ends=True))
    assert (nothing.undelegates, nothing.says[0].to) == ((), (CHEN.address,))
    assert (
        "联系管理员" in word_notice(nothing.says[0], a_scene(None)).paragraphs[0]
    )  # 陈总's stands in the configuration


@pytest.mark.parametrize(
    ("when", "stage", "kinds"),
    [
        ("09-21 10:00", Stage.AWAITING_APPROVAL, ["stand_in", "delegated"]),
        ("09-18 10:00", Stage.AWAITING_APPROVAL, ["stand_in"]),  # these days are still to come
        ("09-21 10:00", Stage.APPROVED, ["stand_in"]),  # nothing waits
    ],
)
def test_R24_on_a_case_that_waits_today_the_delegate_is_asked_at_once(
    when: str, stage: Stage, kinds: list[str]
) -> None:
    decision = on_case(SAID, when=when, stage=stage)
    assert said_kinds(decision) == kinds
    assert (stage_after(decision), decision.changed) == (stage, False)
    assert decision.history[-1].event == "stand_in"


def test_R10_the_other_words_of_the_mail_count_as_ever() -> None:
    decision = on_case(SAID, intent=Intent.APPROVE)
    assert stage_after(decision) is Stage.APPROVED
    assert decision.delegates == (BY_LI,)
    assert said_kinds(decision) == ["confirmed", "stand_in"]
    assert [entry.event for entry in decision.history] == ["approve", "stand_in"]


def test_R10_a_delegate_never_decides_on_their_own_request() -> None:
    said = replace(BY_LI, to=ZGH.address)
    desk = a_desk(at("09-21 10:00"), policy=policy(said))
    reading = a_reading(ZGH, Intent.APPROVE, "同意", when=at("09-21 10:00"), said=ASSIGNED)
    assert stage_after(decide_reply(reading, a_case(), ZGH, desk)) is Stage.AWAITING_APPROVAL
    others = a_case(sales=OTHER.address)
    assert stage_after(decide_reply(reading, others, ZGH, desk)) is Stage.APPROVED


def test_R10_an_engineer_stands_in_only_on_these_days() -> None:
    yes = a_reading(LI, Intent.APPROVE, "同意", when=at("09-21 10:00"), said=ASSIGNED)
    for said, stage in (((BY_LI,), Stage.APPROVED), ((), Stage.AWAITING_APPROVAL)):
        assert stage_after(decide_reply(yes, a_case(), LI, a_desk(at("09-21 10:00"), policy=policy(*said)))) is stage
    late = a_reading(LI, Intent.APPROVE, "同意", when=at("09-26 10:00"), said=ASSIGNED)
    desk = a_desk(at("09-26 10:00"), policy=policy(BY_LI))
    assert stage_after(decide_reply(late, a_case(), LI, desk)) is Stage.AWAITING_APPROVAL


def test_self_service_and_other_mails_are_as_before() -> None:
    reading = a_reading(GXM, Intent.HELP_REQUEST, "帮助", subject=PLAIN, thread_ids=())
    assert said_kinds(decide_alone(reading, GXM, a_desk())) == ["help"]
    assert decide_alone(reading, None, a_desk()).fate is Fate.IGNORED
