"""Delegations said by mail: kept, ended, never deleted (part 0, R49)."""

from dataclasses import replace
from datetime import date

from sqlalchemy import create_engine, text

from bot.rules.people import Delegation
from bot.store import Store
from bot.store.engine import parse_url
from tests.store.examples import NOW

FIRST = Delegation("chen@demo.cn", "li@demo.cn", date(2026, 9, 20), date(2026, 9, 25), by_mail=True)
SECOND = replace(FIRST, to="wang@demo.cn", start=date(2026, 9, 26), end=date(2026, 9, 28))


def test_what_was_said_holds_until_its_last_day(store: Store) -> None:
    with store.transaction() as tx:
        tx.delegations.add([SECOND, FIRST], "m1@demo.cn", NOW)
    with store.reading() as tx:
        assert tx.delegations.since(date(2026, 9, 25)) == (FIRST, SECOND)
        assert tx.delegations.since(date(2026, 9, 26)) == (SECOND,)
        assert tx.delegations.since(date(2026, 9, 29)) == ()


def test_what_is_taken_back_stays_on_record(store: Store, url: str) -> None:
    with store.transaction() as tx:
        tx.delegations.add([FIRST, SECOND], "m1@demo.cn", NOW)
        tx.delegations.end([FIRST], "m2@demo.cn", NOW)
        assert tx.delegations.since(FIRST.start) == (SECOND,)
    engine = create_engine(parse_url(url))
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT to_address, mail, ended_by FROM delegations ORDER BY id")).all()
    engine.dispose()
    assert [tuple(row) for row in rows] == [
        ("li@demo.cn", "m1@demo.cn", "m2@demo.cn"),
        ("wang@demo.cn", "m1@demo.cn", ""),
    ]


def test_said_again_after_it_was_taken_back_it_holds_again(store: Store) -> None:
    with store.transaction() as tx:
        for number in range(2):
            tx.delegations.add([FIRST], f"m{number}", NOW)
            tx.delegations.end([FIRST], f"e{number}", NOW)
        tx.delegations.add([FIRST], "m3", NOW)
        tx.delegations.add([], "m4", NOW)
        assert tx.delegations.since(FIRST.end) == (FIRST,)
