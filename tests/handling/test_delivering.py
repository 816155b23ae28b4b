"""What a dead sender left: the unsent goes again at once, the unsure waits for evidence, then for the policy."""

import asyncio
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.errors import StoreError
from bot.handling.delivering import EVIDENCE_TIME, LEASE, Delivery, UncertainRules
from bot.rules.notice import NoticeKind
from bot.store import OutboxStatus, RecipientState, Store, Tx
from bot.store.outbox_claims import Claims
from bot.transmit.smtp import Courier, SmtpSettings
from tests.servers.scripted import FakeSmtp, Talk, cut
from tests.store.examples import NOW, a_copy

S = OutboxStatus
MINUTE = timedelta(minutes=1)
DECISION, NUDGE = NoticeKind.CONFIRMED, NoticeKind.REMINDER


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(f"sqlite:///{tmp_path / 'zhichi.db'}") as made:
        made.migrate()
        yield made.open()


def add(store: Store, kind: NoticeKind = DECISION, copies: int = 1) -> None:
    with store.transaction() as tx:
        for number in range(copies):
            tx.outbox.add(a_copy(copy=number, kind=kind), NOW)


def die(store: Store, *, after_the_note: bool) -> None:
    """What a sender called "dead" leaves when it is killed."""
    with store.transaction() as tx:
        (row,) = tx.outbox.claim(NOW, "dead", LEASE, 1)
        if after_the_note:
            tx.outbox.mark_sending(row, NOW, LEASE)


def sender(store: Store, port: int) -> Delivery:
    """A new sender that knows "dead" to be gone."""
    settings = SmtpSettings("127.0.0.1", port, "", "", "bot@demo.local", "none")
    return Delivery(store, {"support": Courier(settings)}, "me", UncertainRules(), lambda name: name == "dead")


def deliver(store: Store, port: int, now: datetime = NOW, read_until: datetime | None = None) -> None:
    """One pass; `read_until`: how far the mailbox is read."""

    async def run() -> None:
        delivery = sender(store, port)
        try:
            await delivery.deliver(now, {"support": read_until} if read_until else {})
        finally:
            await delivery.close()

    asyncio.run(run())


def status(store: Store) -> OutboxStatus:
    with store.reading() as tx:
        (line,) = tx.outbox.list()
    return line.status


def test_what_a_dead_sender_had_not_sent_is_sent_at_once(store: Store) -> None:
    add(store)
    die(store, after_the_note=False)
    with FakeSmtp() as server:
        deliver(store, server.port)
    assert (status(store), len(server.mails)) == (S.SENT, 1)


def test_what_a_dead_sender_may_have_sent_waits_for_evidence(store: Store) -> None:
    add(store)
    die(store, after_the_note=True)
    with FakeSmtp() as server:
        deliver(store, server.port)
    assert (status(store), server.mails) == (S.UNCERTAIN, [])


def test_a_living_sender_keeps_its_claim_until_the_lease_ends(store: Store) -> None:
    add(store)
    with store.transaction() as tx:
        tx.outbox.claim(NOW, "alive", LEASE, 1)
    with FakeSmtp() as server:
        deliver(store, server.port, NOW + LEASE - MINUTE)
        assert (status(store), server.mails) == (S.CLAIMED, [])
        deliver(store, server.port, NOW + LEASE)
        assert (status(store), len(server.mails)) == (S.SENT, 1)


@pytest.mark.parametrize(
    ("kind", "waited", "unread", "expected"),
    [
        (NUDGE, EVIDENCE_TIME - MINUTE, timedelta(0), S.UNCERTAIN),
        (NUDGE, EVIDENCE_TIME, timedelta(0), S.SENT),
        (NUDGE, 100 * EVIDENCE_TIME, 100 * EVIDENCE_TIME, S.UNCERTAIN),
        (NUDGE, 100 * EVIDENCE_TIME, 99 * EVIDENCE_TIME, S.SENT),
        (DECISION, 100 * EVIDENCE_TIME, timedelta(0), S.UNCERTAIN),
    ],
    ids=["too early", "nothing came", "mailbox unread since", "mailbox read long enough", "decisions are held"],
)
def test_the_policy_decides_only_when_the_evidence_had_time_and_the_mailbox_was_read(
    store: Store, kind: NoticeKind, waited: timedelta, unread: timedelta, expected: OutboxStatus
) -> None:
    add(store, kind)
    die(store, after_the_note=True)
    with FakeSmtp() as server:
        deliver(store, server.port)
        deliver(store, server.port, NOW + waited, NOW + waited - unread)
    assert status(store) is expected
    assert len(server.mails) == int(expected is S.SENT)


def test_an_unread_mailbox_alone_never_lets_anything_go_again(store: Store) -> None:
    add(store, NUDGE)
    die(store, after_the_note=True)
    with FakeSmtp() as server:
        deliver(store, server.port, NOW + 100 * EVIDENCE_TIME)
    assert (status(store), server.mails) == (S.UNCERTAIN, [])


def test_a_held_one_is_a_fault_only_as_long_as_it_waits(store: Store) -> None:
    add(store)
    die(store, after_the_note=True)
    later = NOW + EVIDENCE_TIME

    async def run(port: int) -> tuple[list[str], list[str]]:
        delivery = sender(store, port)
        await delivery.deliver(later, {"support": later})
        before = list(delivery.faults.values())
        with store.transaction() as tx:
            (line,) = tx.outbox.list()
            tx.outbox.drop(line.id)
        await delivery.deliver(later, {"support": later})
        await delivery.close()
        return before, list(delivery.faults.values())

    with FakeSmtp() as server:
        before, after = asyncio.run(run(server.port))
    assert "zhichi outbox retry" in before[0]
    assert after == []


def test_who_loses_the_claim_while_sending_sends_nothing(store: Store) -> None:
    """As after a machine that slept: the claim ran out and another has it."""
    add(store)

    def steal(talk: Talk, _line: bytes) -> None:
        with store.transaction() as tx:
            tx.outbox.expire_claims(NOW, ["me"])
            tx.outbox.claim(NOW, "thief", LEASE, 1)
        talk.send(b"250 ok")

    with FakeSmtp({b"MAIL": steal}) as server:
        deliver(store, server.port)
    with store.reading() as tx:
        (line,) = tx.outbox.list()
    assert (line.status, line.lease_owner, server.mails) == (S.CLAIMED, "thief", [])


def test_a_cut_after_the_dot_is_uncertain_and_a_refused_person_is_on_record(store: Store) -> None:
    add(store)

    def only_one(talk: Talk, line: bytes) -> None:
        talk.send(b"250 ok" if b"zgh@" in line else b"451 4.7.1 greylisted")

    with FakeSmtp({b"RCPT": only_one, b".": cut}) as server:
        deliver(store, server.port)
    with store.transaction() as tx:
        (line,) = tx.outbox.list()
        assert line.status is S.UNCERTAIN
        assert [r.state for r in line.results] == [RecipientState.WAITING, RecipientState.REFUSED_TEMPORARY]
        assert tx.outbox.settle(line.own_id, NOW)
        (line,) = tx.outbox.list()
    assert (line.status, line.waiting) == (S.PENDING, ("director@example.com",))


def test_the_note_of_the_final_dot_is_on_the_disk_before_the_dot(store: Store) -> None:
    """Else a power cut takes back the note, the mail counts as unsent, and a person gets it twice."""
    notes: list[bool] = []
    begin = store.transaction

    def watched(*, alone: bool = False, lasting: bool = False) -> AbstractContextManager[Tx]:
        notes.append(lasting)
        return begin(alone=alone, lasting=lasting)

    def answer(talk: Talk, _line: bytes) -> None:
        """The server has just heard the final dot."""
        assert notes[-1]
        talk.send(b"250 2.0.0 taken")

    add(store)
    with pytest.MonkeyPatch.context() as patch, FakeSmtp({b".": answer}) as server:
        patch.setattr(store, "transaction", watched)
        deliver(store, server.port)
    assert status(store) is S.SENT
    assert notes.count(True) == 1


@pytest.mark.servers
def test_a_database_that_drops_its_connections_while_the_server_thinks_makes_no_send_uncertain(
    postgres_url: str,
) -> None:
    def answer(talk: Talk, _line: bytes) -> None:
        with psycopg.connect(postgres_url.replace("+psycopg", "")) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        talk.send(b"250 2.0.0 taken")

    with Store(postgres_url) as store, FakeSmtp({b".": answer}) as server:
        store.migrate()
        add(store.open())
        deliver(store, server.port)
        assert status(store) is S.SENT


def test_a_pass_that_breaks_off_leaves_what_it_had_claimed_to_the_next(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Claims are taken a few at a time: whatever happens to one mail, each of the others goes out once."""
    add(store, copies=9)
    note, calls = Claims.mark_sending, count()

    def fail_once(*args: Any) -> bool:
        if next(calls) == 2:
            raise StoreError("the disk is full")
        return note(*args)

    monkeypatch.setattr(Claims, "mark_sending", fail_once)

    async def run(port: int) -> tuple[int, int]:
        delivery = sender(store, port)
        with pytest.raises(StoreError):
            await delivery.deliver(NOW, {})
        before = len(server.mails)
        await delivery.deliver(NOW, {})
        await delivery.close()
        return before, len(server.mails)

    with FakeSmtp() as server:
        assert asyncio.run(run(server.port)) == (2, 9)
    with store.reading() as tx:
        assert {line.status for line in tx.outbox.list()} == {S.SENT}
        assert {line.attempts for line in tx.outbox.list()} == {1}


def test_no_more_is_claimed_than_may_be_sent(store: Store) -> None:
    add(store, copies=9)

    async def run(port: int) -> int:
        delivery = sender(store, port)
        sent = await delivery.deliver(NOW, {}, limit=6)
        await delivery.close()
        return sent

    with FakeSmtp() as server:
        assert asyncio.run(run(server.port)) == 6
    with store.reading() as tx:
        left = [line for line in tx.outbox.list() if line.status is not S.SENT]
    assert [(line.status, line.attempts) for line in left] == [(S.PENDING, 0)] * 3
