"""A case survives the round trip whole, is changed by one worker at a time, and is found again."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import StaleCase, StoreError
from bot.rules.case import Case
from bot.rules.mail import Address
from bot.rules.table import ENDED
from bot.rules.threading import case_text
from bot.rules.words import Nature, Stage
from bot.store import Store, Tx
from bot.store.cases import subject_key
from tests.store.examples import NOW, SHANGHAI, SUBJECT, a_case

# What parse promises: clean text, without NUL and lone surrogates.
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
# No zone that sets its clocks back: in the repeated hour Python calls no two zones' times equal (PEP 495).
ZONES = st.sampled_from([UTC, SHANGHAI, timezone(-timedelta(hours=3, minutes=30)), timezone(timedelta(hours=14))])
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).flatmap(  # noqa: DTZ001
    lambda moment: ZONES.map(moment.astimezone)
)
BY_TYPE: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    datetime: MOMENTS,
    datetime | None: st.none() | MOMENTS,
    Decimal | None: st.none() | st.decimals(0, 1000, allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    int: st.integers(0, 2**31 - 1),
    tuple[str, ...]: st.lists(TEXT, max_size=3).map(tuple),
    tuple[tuple[str, str], ...]: st.lists(st.tuples(TEXT, TEXT), max_size=3).map(tuple),
    tuple[Address, ...]: st.lists(st.builds(Address, TEXT, TEXT), max_size=3).map(tuple),
}
# Every field by its type, so that a field added later is tested without being named here.
CASES = st.builds(Case, **{f.name: BY_TYPE.get(f.type, st.from_type(f.type)) for f in fields(Case)})  # type: ignore[arg-type]
PROPERTY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@PROPERTY
@given(case=CASES)
def test_every_field_survives_the_round_trip(store: Store, case: Case) -> None:
    with store.transaction() as tx:
        created = tx.cases.create(case)
        assert created == replace(case, id=created.id, ref=created.ref, version=1)
    with store.reading() as tx:
        found = tx.cases.get(created.id)
        assert found == created
        for field in fields(Case):
            assert type(getattr(found, field.name)) is type(getattr(case, field.name))
        assert str(found.days) == str(case.days)


@PROPERTY
@given(before=CASES, after=CASES)
def test_every_field_can_be_changed(store: Store, before: Case, after: Case) -> None:
    with store.transaction() as tx:
        created = tx.cases.create(before)
        saved = tx.cases.save(replace(after, id=created.id, ref=created.ref, version=1), NOW)
        assert saved == replace(after, id=created.id, ref=created.ref, version=2)
        assert tx.cases.get(created.id) == saved


@pytest.mark.parametrize(
    ("counted_from", "year"),
    [
        (NOW, 2026),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), 2027),
        (datetime(2026, 12, 31, 15, 59, tzinfo=UTC), 2026),
    ],
)
def test_the_reference_names_the_year_in_shanghai(tx: Tx, counted_from: datetime, year: int) -> None:
    case = tx.cases.create(a_case(counted_from=counted_from))
    assert case.ref == f"ZC{year}-{case.id:04d}"
    assert tx.cases.by_ref(case.ref) == case
    assert tx.cases.by_ref("ZC1999-0001") is None


def test_the_slower_worker_loses_cleanly(store: Store, case: Case) -> None:
    with store.transaction() as tx:
        tx.cases.save(replace(case, stage=Stage.APPROVED), NOW)

    def save_late() -> None:
        with store.transaction() as tx:
            tx.cases.create(a_case())
            tx.cases.save(replace(case, stage=Stage.DECLINED), NOW)

    with pytest.raises(StaleCase, match=case.ref):
        save_late()
    with store.reading() as tx:
        (only,) = tx.cases.list()
        assert (only.stage, only.version) == (Stage.APPROVED, 2)


def test_a_case_that_is_not_there_is_told(tx: Tx) -> None:
    with pytest.raises(StoreError, match="case 99"):
        tx.cases.get(99)


def test_cases_are_listed_by_stage(tx: Tx) -> None:
    first = tx.cases.create(a_case())
    second = tx.cases.create(a_case(stage=Stage.ON_SITE, nature=Nature.PROJECT))
    assert tx.cases.list() == (first, second)
    assert tx.cases.list(Stage.ON_SITE) == (second,)
    assert tx.cases.list(Stage.SETTLED) == ()


@pytest.mark.parametrize("stage", list(Stage))
def test_only_running_cases_are_found_by_subject(tx: Tx, stage: Stage) -> None:
    case = tx.cases.create(a_case(stage=stage))
    tx.cases.create(a_case(stage=stage, subject="技术支持申请--宝洁--VPN--ZGH--0919"))
    assert tx.cases.open_by_subject(SUBJECT) == (() if stage in ENDED else (case,))


@pytest.mark.parametrize(
    ("written", "same"),
    [
        (SUBJECT, True),
        ("技术支持申请-- 欧莱雅 --citrix安装--zgh--0919", True),
        ("技术支持申请--欧莱雅--CITRIX\u3000安装--ZGH--0919\n", True),
        ("技术支持申请--欧莱雅--CITRIX安装--ZGH--0920", False),
        ("", False),
    ],
)
def test_blanks_and_case_make_no_other_subject(tx: Tx, written: str, same: bool) -> None:
    case = tx.cases.create(a_case())
    assert tx.cases.open_by_subject(written) == ((case,) if same else ())
    assert (subject_key(written) == subject_key(SUBJECT)) is same


def test_a_case_saved_as_it_stood_and_then_moved_is_found_where_it_is_now(store: Store) -> None:
    """What stage and subject are is only written where they changed; a round of one transaction is known in it."""
    with store.transaction() as tx:
        first = tx.cases.create(a_case())
    with store.transaction() as tx:
        read = tx.cases.get(first.id)
        same = tx.cases.save(replace(read, round=7), NOW)
        assert tx.cases.round_of(first.id) == 7
        moved = tx.cases.save(replace(same, stage=Stage.APPROVED, subject="技术支持申请--宝洁--VPN--ZGH--0919"), NOW)
        again = tx.cases.save(moved, NOW)
    with store.reading() as tx:
        assert tx.cases.list(Stage.APPROVED) == (again,) == (tx.cases.get(first.id),)
        assert tx.cases.list(read.stage) == ()
        assert tx.cases.open_by_subject(case_text(again)) == (again,)
        assert tx.cases.open_by_subject(case_text(read)) == ()


def test_half_a_character_is_replaced_and_stops_nothing(store: Store) -> None:
    with store.transaction() as tx:
        case = tx.cases.create(replace(a_case(), fields=(("地点", "上海\ud83d"),)))
    with store.reading() as tx:
        assert tx.cases.get(case.id).fields == (("地点", "上海\ufffd"),)


def test_message_ids_lead_to_their_cases_in_the_order_asked(tx: Tx) -> None:
    first, second = tx.cases.create(a_case()), tx.cases.create(a_case())
    tx.cases.remember_ids(first.id, ["a@x", "b@x", "a@x", ""])
    tx.cases.remember_ids(first.id, ["b@x"])
    tx.cases.remember_ids(second.id, ["c@x", "both@x"])
    tx.cases.remember_ids(first.id, ["both@x"])
    assert tx.cases.find_by_ids(["nobody@x", "b@x", "a@x"]) == (first.id,)
    assert tx.cases.find_by_ids(["c@x", "a@x"]) == (second.id, first.id)
    assert tx.cases.find_by_ids(["both@x"]) == (first.id, second.id)
    assert tx.cases.find_by_ids([]) == ()
    assert tx.cases.find_by_ids(["A@x"]) == ()


def test_a_thread_of_thousands_and_a_monstrous_id_are_found(tx: Tx) -> None:
    case = tx.cases.create(a_case())
    monster = "x" * 9000
    tx.cases.remember_ids(case.id, [*(f"{n}@x" for n in range(3000)), monster])
    assert tx.cases.find_by_ids(f"{n}@x" for n in range(2999, 0, -1)) == (case.id,)
    assert tx.cases.find_by_ids([monster]) == (case.id,)
