"""The database fails under a running daemon: health says so, nothing is half-written, all of it is done afterwards."""

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event

from tests.faults.living import Living, living
from tests.servers.mailhub import MailHub
from tests.servers.postgres import Postgres
from tests.servers.wire import Fault

pytestmark = [pytest.mark.servers, pytest.mark.timeout(120)]

BIG = ("big.pdf", random.Random(1).randbytes(400_000))
Harm = AbstractContextManager[None]


@contextmanager
def sqlite_locked(daemon: Living) -> Iterator[None]:
    """A backup tool holds the file."""
    other = sqlite3.connect(daemon.office.folder / "zhichi.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


@contextmanager
def sqlite_pragma(daemon: Living, pragma: str) -> Iterator[None]:
    """Every connection of the bot gets it."""
    engine = daemon.office.house.store._writing

    def set_it(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(pragma)

    event.listen(engine, "connect", set_it)
    engine.dispose()
    yield
    event.remove(engine, "connect", set_it)
    engine.dispose()


def sqlite_full(daemon: Living) -> AbstractContextManager[None]:
    """SQLite's own words for a full disk: not a page more than there is."""
    return sqlite_pragma(daemon, "PRAGMA max_page_count = 1")


def sqlite_read_only(daemon: Living) -> AbstractContextManager[None]:
    """SQLite's own words for a file that may not be written."""
    return sqlite_pragma(daemon, "PRAGMA query_only = ON")


@contextmanager
def sqlite_gone(daemon: Living) -> Iterator[None]:
    """A person moves the file elsewhere and, a while later, back; meanwhile no empty one may take its place."""
    path = daemon.office.folder / "zhichi.db"
    store = daemon.office.house.store
    store.close()  # as after a reboot: nobody holds the file open
    path.rename(path.with_name("elsewhere"))
    yield
    assert not path.exists()
    path.with_name("elsewhere").rename(path)


@contextmanager
def postgres_full(_daemon: Living, server: Postgres, name: str) -> Iterator[None]:
    """The server's own words for a full disk, whatever is written."""
    with psycopg.connect(server.url(name).replace("+psycopg", ""), autocommit=True) as other:
        other.execute(
            "CREATE FUNCTION no_space() RETURNS trigger LANGUAGE plpgsql AS "
            "$$BEGIN RAISE 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END$$"
        )
        other.execute("CREATE TRIGGER no_space BEFORE INSERT ON blobs EXECUTE FUNCTION no_space()")
        yield
        other.execute("DROP FUNCTION no_space CASCADE")


@contextmanager
def postgres_gone(_daemon: Living, server: Postgres, _name: str) -> Iterator[None]:
    """Its machine is being upgraded."""
    server.stop()
    yield
    server.restart()


@contextmanager
def postgres_locked(_daemon: Living, server: Postgres, name: str) -> Iterator[None]:
    """An administrator's forgotten transaction."""
    with psycopg.connect(server.url(name).replace("+psycopg", "")) as other:
        other.execute("LOCK TABLE mails IN ACCESS EXCLUSIVE MODE")
        yield
        other.rollback()


@contextmanager
def postgres_read_only(_daemon: Living, server: Postgres, name: str) -> Iterator[None]:
    """The address leads to a standby."""
    server.refuse_writes(name, on=True)
    yield
    server.refuse_writes(name, on=False)


Harming = Callable[[Living, Postgres, str], Harm]
HARMS: dict[str, tuple[tuple[Harming, str], ...]] = {
    "sqlite": (
        (lambda daemon, *_: sqlite_locked(daemon), "locked; another process holds it"),
        (lambda daemon, *_: sqlite_full(daemon), "full; free some space on its disk"),
        (lambda daemon, *_: sqlite_read_only(daemon), "readonly database; make the file"),
        (lambda daemon, *_: sqlite_gone(daemon), "it is not there; check the path"),
    ),
    "postgresql": (
        (postgres_locked, "another process holds a lock"),
        (postgres_full, "free some space on the server's disk"),
        (postgres_gone, "check that the server runs"),
        (postgres_read_only, "connect to the primary server"),
    ),
}


@pytest.mark.parametrize("kind", HARMS)
def test_the_database_fails_for_a_while(
    kind: str, mailhub_session: MailHub, postgres_server: Postgres, tmp_path: Path
) -> None:
    """One way after the other under one daemon; at the end nothing is lost, doubled or without a fate."""
    name = postgres_server.create()
    url = postgres_server.url(name) if kind == "postgresql" else ""
    with living(mailhub_session, tmp_path, database=url) as daemon:
        daemon.settle(daemon.request())
        for harm, words in HARMS[kind]:
            with harm(daemon, postgres_server, name):
                project = daemon.request(BIG)
                daemon.wait_for_fault("mailbox main", words)
            daemon.settle(project)
        daemon.check_all()
    postgres_server.drop(name)


def test_what_is_wrong_with_sending_is_known_since_it_began_though_the_database_failed_in_between(
    mailhub_session: MailHub, tmp_path: Path
) -> None:
    with living(mailhub_session, tmp_path) as daemon:
        daemon.settle(daemon.request())
        daemon.smtp.break_at("EHLO", Fault.UNHEARD, 1000)
        daemon.smtp.cut_all()
        project = daemon.request()
        daemon.wait_for_fault("sending", "surely not sent")
        began = daemon.fault("sending")
        with sqlite_locked(daemon):
            daemon.wait_for_fault("outbox", "locked")
        daemon.wait(lambda: daemon.fault("outbox") == ("", ""), "unlocked")
        assert daemon.fault("sending") == began
        daemon.smtp.mend()
        daemon.skip(timedelta(minutes=2))
        daemon.settle(project)
