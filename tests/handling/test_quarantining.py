"""A mail that cannot be handled waits with its bytes, tried again and told of once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.fetch.news import FetchedMail
from bot.handling.intake import Intake
from bot.rules.mail import Envelope
from bot.rules.words import Fate
from tests.faults.front import SUBJECT, Front, make_mail
from tests.rules.build import at
from tests.whole.office import ADMIN, SALES

WHEN = "09-17 10:00"


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Front]:
    made = Front(tmp_path)
    yield made
    made.close()


@pytest.fixture
def waiting(front: Front, monkeypatch: pytest.MonkeyPatch) -> Front:
    """A mail broke the program and waits."""

    def broken(*_args: object) -> None:
        raise RuntimeError("a bug")

    raw = make_mail(SALES, WHEN, "请安排", subject=SUBJECT)
    with monkeypatch.context() as patch:
        patch.setattr("bot.handling.intake.decide_alone", broken)
        fetched = FetchedMail(Envelope("main", "INBOX", 1, 900, at(WHEN)), raw)
        assert front.house.intake.take(fetched, at(WHEN)) is Fate.QUARANTINED
    return front


def test_it_is_handled_when_the_program_no_longer_breaks(waiting: Front) -> None:
    assert waiting.house.intake.retry_all(at("09-17 10:05")) == 1
    with waiting.house.store.reading() as tx:
        assert (tx.mails.quarantined(), len(tx.cases.list())) == ((), 1)


def test_it_waits_on_when_its_account_is_no_longer_configured(waiting: Front) -> None:
    """The quarantine does not need to know the account of a mail that it holds already."""
    house = waiting.house
    without = Intake(house.store, house.config.policy(), house.recorder, {})
    assert without.retry_all(at("09-17 10:05")) == 0
    with house.store.reading() as tx:
        (row,) = tx.mails.quarantined()
    assert (row.tries, row.last_at, row.error) == (2, at("09-17 10:05"), "KeyError: 'main'")
    assert sum("无法处理" in told.text for told in waiting.sent(ADMIN)) == 1
