"""R4, R33: what sales add or change later is on the record, old → new."""

from datetime import date
from typing import Any

import pytest

from bot.rules.opening import decide_new
from bot.rules.words import Proof, Stage
from tests.rules.build import CHEN, OTHER, ZGH, a_case, a_desk, a_subject
from tests.rules.spoken import after, read, speak

S = Stage


def test_R4_a_reply_fills_what_is_missing_and_it_is_recorded() -> None:
    case = a_case(fields=(("支持方式", "现场"),))
    decision = speak(case, ZGH, "支持地点：上海市南京西路1601号\n客户联系人是周敏，电话13812345678")
    assert dict(after(decision).fields) == {
        "支持方式": "现场",
        "支持地点": "上海市南京西路1601号",
        "客户联系人": "周敏",
        "电话": "13812345678",
    }
    entry = decision.history[-1]
    assert (entry.event, entry.actor) == ("fields", ZGH.address)
    assert "支持地点：未写明 → 上海市南京西路1601号" in entry.why
    assert decision.says == (), "what is missing is listed once, with the registration"


def test_R33_a_changed_requirement_is_recorded_old_to_new() -> None:
    decision = speak(a_case(fields=(("支持地点", "上海"),)), ZGH, "支持地点：北京")
    assert dict(after(decision).fields) == {"支持地点": "北京"}
    assert "支持地点：上海 → 北京" in decision.history[-1].why


@pytest.mark.parametrize("proof", [Proof.NONE, Proof.FAIL])
def test_design2_without_proof_nothing_said_before_is_changed(proof: Proof) -> None:
    decision = speak(a_case(fields=(("支持地点", "上海"),)), ZGH, "支持地点：北京", desk=a_desk(proof=proof))
    assert dict(after(decision).fields) == {"支持地点": "上海"}


@pytest.mark.parametrize("writer", [CHEN, OTHER])
def test_R4_nobody_else_completes_the_request(writer: object) -> None:
    assert after(speak(a_case(), writer, "支持地点：北京")).fields == ()  # type: ignore[arg-type]


def test_R4_a_day_added_later_is_the_day_asked_for() -> None:
    decision = speak(a_case(), ZGH, "请安排9月22日到现场支持")
    assert (after(decision).wanted, dict(after(decision).fields)["支持时间"]) == (date(2026, 9, 22), "9月22日")


def test_R4_a_request_told_in_sentences_lacks_only_what_it_does_not_say() -> None:
    new: dict[str, Any] = {"subject": a_subject(), "thread_ids": ()}
    reading = read(ZGH, "陈总好，请9月22日安排现场支持，客户联系人是周敏", None, **new)
    case = after(decide_new(reading, ZGH, a_desk()))
    assert dict(case.fields) == {"支持时间": "9月22日", "支持方式": "现场", "客户联系人": "周敏"}
    assert {"支持时间", "支持方式", "客户名称"}.isdisjoint(reading.fields.missing)
    assert "支持地点" in reading.fields.missing
    assert case.wanted == date(2026, 9, 22)


def test_R33_the_confirmation_names_a_date_that_is_not_the_one_asked_for() -> None:
    case = a_case(wanted=date(2026, 9, 22))
    same, other = speak(case, CHEN, "同意，李工，9月22日"), speak(case, CHEN, "同意，李工，9月24日")
    assert (after(same).stage, after(same).on) == (S.APPROVED, date(2026, 9, 22))
    assert (after(other).stage, after(other).on, after(other).wanted) == (
        S.APPROVED,
        date(2026, 9, 24),
        date(2026, 9, 22),
    )
