"""Customers are learnt from cases and found by a name with one slip in it (R3)."""

import json

import pytest
from alembic import command
from sqlalchemy import create_engine, text

from bot.store import Store
from bot.store.engine import parse_url
from bot.store.schema import alembic_config
from tests.store.examples import a_case


def test_R3_a_case_teaches_its_customer(store: Store) -> None:
    with store.transaction() as tx:
        tx.cases.create(a_case(customer="欧莱雅"))
        assert tx.customers.near("欧菜雅") == ("欧莱雅",)
        tx.cases.create(a_case(customer="欧菜雅"))
    with store.reading() as tx:
        assert tx.customers.near("欧菜雅") == ()  # known now
        assert tx.customers.near("欧芽雅") == ("欧莱雅", "欧菜雅")


@pytest.mark.parametrize(
    "written", ["欧莱雅", "欧 莱 雅", "「欧莱雅」", "欧莱雅（中国）", "欧雅", "施耐德", "", "欧" * 200]
)
def test_R3_what_is_known_or_far_is_asked_about_by_nobody(store: Store, written: str) -> None:
    with store.transaction() as tx:
        assert tx.customers.learn("欧莱雅")
        assert not tx.customers.learn("欧莱雅 ")
        assert tx.customers.near(written) == ()


@pytest.mark.parametrize("name", ["", "--", "3M", "欧" * 300, "a\0b\ud800c"])
def test_any_name_can_be_learnt(store: Store, name: str) -> None:
    with store.transaction() as tx:
        tx.customers.learn(name)
        assert tx.customers.near(name) == ()


def test_the_customers_of_earlier_cases_are_learnt_by_the_migration(empty_url: str) -> None:
    with Store(empty_url) as store:
        engine = create_engine(parse_url(empty_url))
        with engine.begin() as connection:
            command.upgrade(alembic_config(connection), "0001")
            for n, customer in enumerate(("欧莱雅", "欧 莱 雅", "3M", "Siemens", "")):
                connection.execute(
                    text(
                        "INSERT INTO cases (ref, version, stage, subject_key, active_at, round, details, history_count,"
                        " history_head) VALUES (:ref, 1, 'approved', '', '2026-09-21 00:00:00', 0, :details, 0, '')"
                    ),
                    {"ref": f"ZC2026-{n:04}", "details": json.dumps({"customer": customer})},
                )
        engine.dispose()
        store.migrate()
        with store.open().reading() as tx:
            assert tx.customers.near("欧菜雅") == ("欧莱雅",)
            assert tx.customers.near("SIEMNES") == ("Siemens",)
