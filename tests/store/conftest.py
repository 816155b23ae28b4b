"""Every store test runs on SQLite and on PostgreSQL, each time with a migrated database without rows."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from bot.rules.case import Case
from bot.store import Store, Tx
from bot.store.columns import metadata
from bot.store.schema import REVISIONS
from tests.servers.postgres import Postgres
from tests.store.examples import a_case

DIALECTS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)]


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables and no rows."""
    path = tmp_path_factory.mktemp("store") / "template.db"
    with Store(f"sqlite:///{path}") as store:
        store.migrate()
    return path


@pytest.fixture(scope="session")
def migrated_database(postgres_server: Postgres) -> str:
    """The address of the PostgreSQL database that the tests use one after the other, with all tables."""
    url = postgres_server.url(postgres_server.create())
    with Store(url) as store:
        store.migrate()
    return url


@pytest.fixture(params=DIALECTS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'zhichi.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def sqlite_url(tmp_path: Path, migrated_file: Path) -> str:
    """The address of a fresh, migrated SQLite file."""
    path = tmp_path / "zhichi.db"
    shutil.copyfile(migrated_file, path)
    path.chmod(0o600)
    return f"sqlite:///{path}"


@pytest.fixture
def migrated_postgres_url(migrated_database: str) -> str:
    """The address of a migrated PostgreSQL database without rows, its numbers starting at 1."""
    tables = sql.SQL(", ").join(map(sql.Identifier, metadata.tables))
    with psycopg.connect(migrated_database.replace("+psycopg", "")) as connection:
        connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(tables))
        connection.execute("UPDATE alembic_version SET version_num = %s", [REVISIONS[-1]])
    return migrated_database


@pytest.fixture(params=DIALECTS)
def url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh, migrated database."""
    found: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "migrated_postgres_url")
    return found


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An open store with an empty database."""
    with Store(url, lock_timeout=timedelta(seconds=5)) as opened:
        yield opened.open()


@pytest.fixture
def tx(store: Store) -> Iterator[Tx]:
    """One transaction of an empty store."""
    with store.transaction() as opened:
        yield opened


@pytest.fixture
def case(store: Store) -> Case:
    """A case, stored and committed."""
    with store.transaction() as opened:
        return opened.cases.create(a_case())
