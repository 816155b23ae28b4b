"""One process at a time reads a mailbox; who is killed is followed within a minute (design.md part 4)."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import FixedClock
from bot.errors import StoreError
from bot.handling.leasing import BEAT, TTL, Shift, mailbox_lease
from bot.handling.worker import is_gone
from bot.store.store import Store

NOW = datetime(2026, 9, 18, 2, tzinfo=UTC)
BOX = mailbox_lease("main")


def _nobody(_name: str) -> bool:
    return False


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(f"sqlite:///{tmp_path / 'zhichi.db'}") as opened:
        opened.migrate()
        yield opened


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def hire(store: Store, clock: FixedClock) -> Callable[..., Shift]:
    def hire(owner: str, gone: Callable[[str], bool] = _nobody) -> Shift:
        return Shift(store, clock, owner, gone)

    return hire


def test_one_reads_the_others_wait(hire: Callable[..., Shift]) -> None:
    first, second = hire("a"), hire("b")
    assert first.take(BOX)
    assert first.take(BOX)
    assert not second.take(BOX)
    assert first.holds(BOX)
    assert not second.holds(BOX)


def test_a_heartbeat_keeps_it_without_one_it_is_taken_over_within_a_minute(
    hire: Callable[..., Shift], clock: FixedClock
) -> None:
    first, second = hire("a"), hire("b")
    first.take(BOX)
    for beat in range(1, 10):
        clock.set(NOW + beat * BEAT)
        assert first.beat() == ()
        assert not second.take(BOX)
    clock.set(NOW + 9 * BEAT + TTL)
    assert second.take(BOX)
    assert timedelta(minutes=1) > TTL + BEAT


def test_who_slept_past_the_lease_hears_that_it_is_lost(hire: Callable[..., Shift], clock: FixedClock) -> None:
    first, second = hire("a"), hire("b")
    first.take(BOX)
    clock.set(NOW + TTL)
    second.take(BOX)
    assert first.beat() == (BOX,)
    assert not first.holds(BOX)
    assert first.beat() == ()
    assert second.holds(BOX)


def test_who_surely_ended_is_followed_at_once(hire: Callable[..., Shift]) -> None:
    hire("a").take(BOX)
    assert not hire("b", lambda name: name == "other").take(BOX)
    assert hire("b", lambda name: name == "a").take(BOX)
    assert not is_gone("a"), "a name that tells nothing is nobody's end"


def test_given_back_it_is_free_at_once(hire: Callable[..., Shift]) -> None:
    first, second = hire("a"), hire("b")
    first.take(BOX)
    first.take(mailbox_lease("second"))
    first.release_all()
    assert not first.holds(BOX)
    assert second.take(BOX)
    assert second.take(mailbox_lease("second"))


def test_while_the_database_is_away_what_is_held_holds_until_it_runs_out(
    hire: Callable[..., Shift], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = hire("a")
    first.take(BOX)

    def away(*_args: object) -> bool:
        raise StoreError("the server is away")

    monkeypatch.setattr(store, "renew_lease", away)
    assert first.beat() == ()
    assert first.holds(BOX)
    monkeypatch.setattr("bot.handling.leasing.time.monotonic", lambda: float("inf"))
    assert first.beat() == (BOX,)
