"""The database fails under a running daemon: health says so, nothing is half-written, all of it is done afterwards."""

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

import psycopg
import pytest
from sqlalchemy import event

from tests.faults.living import Living, living
from tests.servers.mailhub import MailHub
from tests.servers.postgres import Postgres

pytestmark = [pytest.mark.servers, pytest.mark.timeout(60)]

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


@dataclass(frozen=True)
class Kept:
    """A daemon and where it keeps its cases."""

    daemon: Living
    server: Postgres | None
    name: str

    def harm(self, what: str) -> Harm:
        """Break the database in this way."""
        if self.server:
            return POSTGRESQL[what](self.daemon, self.server, self.name)
        return SQLITE[what](self.daemon)


SQLITE: dict[str, Callable[[Living], Harm]] = {
    "locked": sqlite_locked,
    "full": sqlite_full,
    "read-only": sqlite_read_only,
}
POSTGRESQL: dict[str, Callable[[Living, Postgres, str], Harm]] = {
    "locked": postgres_locked,
    "gone": postgres_gone,
    "read-only": postgres_read_only,
}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def kept(
    request: pytest.FixtureRequest, mailhub_session: MailHub, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Kept]:
    """A daemon on each; at the end nothing is lost, doubled or without a fate."""
    server: Postgres | None = None
    name = url = ""
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres_server")
        name = server.create()
        url = server.url(name)
    with living(mailhub_session, tmp_path_factory.mktemp("database"), database=url) as daemon:
        daemon.settle(daemon.request())
        yield Kept(daemon, server, name)
        daemon.check_all()
    if server:
        server.drop(name)


@pytest.mark.parametrize(
    ("kept", "what", "words"),
    [
        ("sqlite", "locked", "locked; another process holds it"),
        ("sqlite", "full", "full; free some space on its disk"),
        ("sqlite", "read-only", "readonly database; make the file"),
        ("postgresql", "locked", "another process holds a lock"),
        ("postgresql", "gone", "check that the server runs"),
        ("postgresql", "read-only", "connect to the primary server"),
    ],
    indirect=["kept"],
)
def test_the_database_fails_for_a_while(kept: Kept, what: str, words: str) -> None:
    with kept.harm(what):
        project = kept.daemon.request(BIG)
        kept.daemon.wait_for_fault("mailbox main", words)
    kept.daemon.settle(project)
