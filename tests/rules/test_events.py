"""From what somebody said to what happened (R10, R18-R27)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.rules.case import Case
from bot.rules.events import name_event, needs_asking
from bot.rules.mail import Assignment, Reading
from bot.rules.table import ASKED, Event, Who
from bot.rules.words import Intent, Stage
from tests.rules.build import ASSIGNED, CHEN, LI, ZGH, a_case, a_reading, a_request, a_subject

S, M, E = Stage, Intent, Event
DIRECTOR = frozenset({Who.DECIDER})
SALES = frozenset({Who.SALES, Who.SALES_OR_ENGINEER})
ENGINEER = frozenset({Who.ENGINEER, Who.SALES_OR_ENGINEER})
TWO_DAYS = Assignment(days=Decimal(2))


@pytest.mark.parametrize(
    ("stage", "intent", "said", "event"),
    [
        (S.APPROVED, M.NONE, ASSIGNED, E.ASSIGN),
        (S.APPROVED, M.APPROVE, ASSIGNED, E.ASSIGN),
        (S.ON_SITE, M.POSTPONE, ASSIGNED, E.ASSIGN),  # "改到9月24日"
        (S.APPROVED, M.DELEGATE, Assignment(engineers=("李工",)), E.ASSIGN),  # "请李工处理"
        (S.APPROVED, M.DELEGATE, Assignment(delegate="王总"), None),
        (S.APPROVED, M.APPROVE, Assignment(), None),  # "同意" once more
        (S.APPROVED, M.QUESTION, ASSIGNED, None),
        (S.AWAITING_ACCEPTANCE, M.APPROVE, Assignment(), None),  # acceptance is sales' word
        (S.WITHDRAWN, M.APPROVE, ASSIGNED, None),
        (S.SETTLED, M.APPROVE, TWO_DAYS, None),
        (S.DECLINED, M.REJECT, Assignment(), None),
    ],
)
def test_what_the_director_says_beyond_the_request(
    stage: Stage, intent: Intent, said: Assignment, event: Event | None
) -> None:
    assert name_event(a_reading(CHEN, intent, said=said), a_case(stage), DIRECTOR) is event


@pytest.mark.parametrize(
    ("stage", "intent", "said", "text", "event"),
    [
        (S.CLOSED, M.APPROVE, TWO_DAYS, "按2人天核算", E.SETTLE),
        (S.ARCHIVED, M.APPROVE, TWO_DAYS, "按2人天核算", E.SETTLE),
        (S.ARCHIVED, M.NONE, TWO_DAYS, "2", E.SETTLE),
        (S.ARCHIVED, M.NONE, TWO_DAYS, " 2.5人天。", E.SETTLE),
        (S.ARCHIVED, M.NONE, TWO_DAYS, "客户那边说要2天", None),  # a number told is no settlement
        (S.ARCHIVED, M.QUESTION, TWO_DAYS, "为什么是2人天？", None),
        (S.ARCHIVED, M.APPROVE, Assignment(), "同意", E.SETTLE),  # at the estimate
        (S.CLOSED, M.APPROVE, Assignment(), "同意归档", E.ARCHIVE),
    ],
)
def test_R27_a_settlement_is_said_plainly(
    stage: Stage, intent: Intent, said: Assignment, text: str, event: Event | None
) -> None:
    assert name_event(a_reading(CHEN, intent, text, said=said), a_case(stage), DIRECTOR) is event


def test_R27_without_an_estimate_a_bare_yes_settles_nothing() -> None:
    case = a_case(S.ARCHIVED, days=None)
    assert name_event(a_reading(CHEN, M.APPROVE), case, DIRECTOR) is None
    assert needs_asking(a_reading(CHEN, M.APPROVE), case, DIRECTOR)


@pytest.mark.parametrize(
    ("intent", "event"),
    [
        (M.APPROVE, E.ACCEPT),
        (M.REJECT, E.OBJECT),
        (M.OBJECT, E.OBJECT),
        (M.APPROVE_WITH_CONDITION, E.DOUBT),
        (M.QUESTION, E.DOUBT),
        (M.POSTPONE, E.DOUBT),
        (M.NONE, E.DOUBT),
        (M.OUT_OF_OFFICE, E.DOUBT),  # who is away cannot agree by silence
        (M.ACKNOWLEDGMENT_ONLY, None),
        (M.THANKS, None),
        (M.STATUS_REQUEST, None),
    ],
)
def test_R23_R24_what_sales_answer_to_the_completion(intent: Intent, event: Event | None) -> None:
    assert name_event(a_reading(ZGH, intent), a_case(S.AWAITING_ACCEPTANCE), SALES) is event


def test_an_empty_mail_answers_nothing() -> None:
    assert name_event(a_reading(ZGH, M.NONE, ""), a_case(S.AWAITING_ACCEPTANCE), SALES) is None
    assert name_event(a_reading(ZGH, M.NONE, " "), a_case(S.AWAITING_INFO), SALES) is None


def test_R18_a_change_is_answered_only_while_one_is_open() -> None:
    open_one, none = a_case(S.APPROVED, change="换产品"), a_case(S.APPROVED)
    assert name_event(a_reading(ZGH, M.APPROVE), open_one, SALES) is E.CHANGE_AGREED
    assert name_event(a_reading(ZGH, M.REJECT), open_one, SALES) is E.CHANGE_REFUSED
    assert name_event(a_reading(ZGH, M.APPROVE), none, SALES) is None


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("intent", [M.APPROVE, M.REJECT, M.NONE, M.WITHDRAW])
def test_R22_the_request_once_more_is_never_an_answer(stage: Stage, intent: Intent) -> None:
    again = a_request()
    again = replace(again, meaning=replace(again.meaning, intent=intent))
    for parts in (SALES, SALES | DIRECTOR):
        assert name_event(again, a_case(stage), parts) is None
        assert name_event(again, a_case(stage, retroactive=True), parts) is E.RESENT
        assert not needs_asking(again, a_case(stage), parts)


def test_a_reply_from_a_program_that_drops_the_reply_mark_is_an_answer() -> None:
    stripped = a_reading(ZGH, M.APPROVE, subject=a_subject(), thread_ids=("first@demo.cn",))
    assert name_event(stripped, a_case(S.AWAITING_ACCEPTANCE), SALES) is E.ACCEPT


def test_somebody_with_two_parts_is_heard_in_the_one_the_case_waits_for() -> None:
    both = DIRECTOR | ENGINEER
    done = a_reading(CHEN, M.COMPLETED)
    assert name_event(done, a_case(S.APPROVED), both) is E.COMPLETED
    assert name_event(a_reading(CHEN, M.APPROVE), a_case(S.AWAITING_APPROVAL), both) is E.APPROVE
    own_request = DIRECTOR | SALES
    assert name_event(a_reading(CHEN, M.APPROVE), a_case(S.AWAITING_ACCEPTANCE), own_request) is E.ACCEPT


@pytest.mark.parametrize(
    ("reading", "case", "parts", "asks"),
    [
        *((a_reading(CHEN, M.NONE), a_case(s), DIRECTOR, True) for s in (*ASKED, S.ACCEPTED, S.ARCHIVED)),
        (a_reading(CHEN, M.NONE), a_case(S.APPROVED), DIRECTOR, False),
        (a_reading(CHEN, M.ACKNOWLEDGMENT_ONLY), a_case(), DIRECTOR, False),
        (a_reading(CHEN, M.THANKS), a_case(), DIRECTOR, False),
        (a_reading(CHEN, M.QUESTION), a_case(), DIRECTOR, False),
        (a_reading(CHEN, M.NONE, ""), a_case(), DIRECTOR, False),
        (a_reading(ZGH, M.NONE), a_case(), SALES, False),
        (a_reading(LI, M.NONE), a_case(), ENGINEER, False),
    ],
)
def test_R10_only_whom_the_case_waits_for_is_asked_back(
    reading: Reading, case: Case, parts: frozenset[Who], asks: bool
) -> None:
    assert needs_asking(reading, case, parts) is asks
