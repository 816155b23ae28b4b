"""The database fails under a running daemon: health says so, nothing is half-written, all of it is done afterwards."""

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event

from tests.faults.living import Living, living
from tests.servers.mailhub import MailHub
from tests.servers.postgres import Postgres

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
    ),
    "postgresql": (
        (postgres_locked, "another process holds a lock"),
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
