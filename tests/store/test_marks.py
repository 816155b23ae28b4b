"""Addresses that bounce or answer automatically are known, for silence does not count there (R24)."""

from datetime import datetime

import pytest

from bot.store import Mark, MarkKind, Tx
from tests.store.examples import HOUR, NOW

SALES = "zgh@example.com"


def test_a_bounce_stays_until_cleared(tx: Tx) -> None:
    assert tx.marks.bounced(SALES) is None
    tx.marks.mark_bounced("ZGH@Example.com", "550 no such user", NOW)
    tx.marks.mark_bounced(SALES, "552 mailbox full", NOW + HOUR)
    mark = Mark(SALES, MarkKind.BOUNCED, "552 mailbox full", NOW + HOUR, None)
    assert tx.marks.bounced("zgh@EXAMPLE.com") == mark
    assert tx.marks.all() == (mark,)
    assert tx.marks.clear(SALES, MarkKind.BOUNCED)
    assert not tx.marks.clear(SALES, MarkKind.BOUNCED)
    assert tx.marks.bounced(SALES) is None


@pytest.mark.parametrize(
    ("until", "now", "away"),
    [
        (None, NOW + 9999 * HOUR, True),
        (NOW + HOUR, NOW, True),
        (NOW + HOUR, NOW + HOUR, False),
        (NOW + HOUR, NOW + 2 * HOUR, False),
    ],
)
def test_an_absence_ends_when_it_says(tx: Tx, until: datetime | None, now: datetime, away: bool) -> None:
    tx.marks.mark_away(SALES, "休假", NOW, until)
    assert (tx.marks.away(SALES, now) is not None) is away


def test_bounce_and_absence_are_apart(tx: Tx) -> None:
    tx.marks.mark_away(SALES, "休假", NOW)
    assert tx.marks.bounced(SALES) is None
    tx.marks.mark_bounced(SALES, "550", NOW)
    tx.marks.clear(SALES, MarkKind.AWAY)
    assert tx.marks.bounced(SALES) is not None
    assert tx.marks.away(SALES, NOW) is None
