"""Only the right secret, from the right person, for the question now open, proves anything (design.md part 2)."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import text

from bot.rules.case import Case
from bot.store import SecretVerdict, Store, Tx
from bot.store.secrets import BESIDE_ROUNDS
from tests.store.examples import NOW, a_case

V = SecretVerdict
DIRECTOR, SALES = "director@example.com", "zgh@example.com"


def test_a_fresh_secret_proves_its_person(case: Case, tx: Tx) -> None:
    secret = tx.secrets.issue(case.id, DIRECTOR, 0, NOW)
    assert re.fullmatch("[A-Z2-7]{16}", secret)
    assert tx.secrets.check(case.ref, secret, DIRECTOR) is V.VALID
    assert tx.secrets.check(case.ref, secret, DIRECTOR.upper()) is V.VALID
    assert tx.secrets.check(case.ref, f" {secret.lower()}", DIRECTOR) is V.VALID


def test_R32_R39_a_secret_for_matters_holds_in_every_round_but_decides_nothing(case: Case, tx: Tx) -> None:
    secret = tx.secrets.issue(case.id, SALES, BESIDE_ROUNDS, NOW)
    assert tx.secrets.check(case.ref, secret, SALES) is V.BESIDE
    tx.cases.save(replace(case, round=case.round + 1), NOW)
    assert tx.secrets.check(case.ref, secret, SALES) is V.BESIDE
    assert tx.secrets.check(case.ref, secret, DIRECTOR) is V.OTHER_PERSON
    tx.secrets.burn_leaked(secret)
    assert tx.secrets.check(case.ref, secret, SALES) is V.BURNT


def test_each_secret_is_new_and_none_is_stored(case: Case, tx: Tx) -> None:
    issued = {tx.secrets.issue(case.id, DIRECTOR, 0, NOW) for _ in range(20)}
    assert len(issued) == 20
    stored = str(tx.secrets.run(text("SELECT * FROM secrets")).all())
    assert not [secret for secret in issued if secret in stored]


@pytest.mark.parametrize("wrong", ["", "AAAAAAAAAAAAAAAA", "支持", "\ud800"])
def test_what_was_never_issued_proves_nothing(case: Case, tx: Tx, wrong: str) -> None:
    tx.secrets.issue(case.id, DIRECTOR, 0, NOW)
    assert tx.secrets.check(case.ref, wrong, DIRECTOR) is V.UNKNOWN


def test_the_wrong_person_case_or_round_proves_nothing(case: Case, tx: Tx) -> None:
    other = tx.cases.create(a_case())
    secret = tx.secrets.issue(case.id, DIRECTOR, 0, NOW)
    assert tx.secrets.check(case.ref, secret, SALES) is V.OTHER_PERSON
    assert tx.secrets.check(other.ref, secret, DIRECTOR) is V.OTHER_CASE
    assert tx.secrets.check("ZC1999-0001", secret, DIRECTOR) is V.OTHER_CASE
    tx.cases.save(replace(case, round=1), NOW)
    assert tx.secrets.check(case.ref, secret, DIRECTOR) is V.OLD_ROUND
    assert tx.secrets.check(case.ref, tx.secrets.issue(case.id, DIRECTOR, 1, NOW), DIRECTOR) is V.VALID


def test_a_secret_decides_once(case: Case, tx: Tx) -> None:
    secret = tx.secrets.issue(case.id, DIRECTOR, 0, NOW)
    assert tx.secrets.use(secret, NOW)
    assert not tx.secrets.use(secret, NOW)
    assert tx.secrets.check(case.ref, secret, DIRECTOR) is V.USED


def test_burning_one_person_spares_the_others(case: Case, tx: Tx) -> None:
    first, second = tx.secrets.issue(case.id, DIRECTOR, 0, NOW), tx.secrets.issue(case.id, SALES, 0, NOW)
    tx.secrets.burn(case.id, DIRECTOR)
    assert tx.secrets.check(case.ref, first, DIRECTOR) is V.BURNT
    assert not tx.secrets.use(first, NOW)
    assert tx.secrets.check(case.ref, second, SALES) is V.VALID


def test_burning_a_case_spares_other_cases(case: Case, tx: Tx) -> None:
    other = tx.cases.create(a_case())
    here, there = tx.secrets.issue(case.id, DIRECTOR, 0, NOW), tx.secrets.issue(other.id, DIRECTOR, 0, NOW)
    tx.secrets.burn(case.id)
    assert tx.secrets.check(case.ref, here, DIRECTOR) is V.BURNT
    assert tx.secrets.check(other.ref, there, DIRECTOR) is V.VALID


def test_a_leaked_secret_is_burnt_alone(case: Case, tx: Tx) -> None:
    leaked, other = tx.secrets.issue(case.id, DIRECTOR, 0, NOW), tx.secrets.issue(case.id, DIRECTOR, 0, NOW)
    assert tx.secrets.burn_leaked(leaked)
    assert not tx.secrets.burn_leaked("AAAAAAAAAAAAAAAA")
    assert tx.secrets.check(case.ref, leaked, DIRECTOR) is V.BURNT
    assert tx.secrets.check(case.ref, other, DIRECTOR) is V.VALID


def test_a_secret_outlives_the_process(store: Store, case: Case) -> None:
    with store.transaction() as tx:
        secret = tx.secrets.issue(case.id, DIRECTOR, 0, NOW)
    with store.reading() as tx:
        assert tx.secrets.check(case.ref, secret, DIRECTOR) is V.VALID
