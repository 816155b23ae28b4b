"""A bot without mail servers for each test; a database for each module that keeps a daemon alive."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.front import Front
from tests.servers.postgres import address_of


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database of the current version."""
    folder = tmp_path_factory.mktemp("migrated")
    Front(folder).close()
    return folder / "zhichi.db"


@pytest.fixture
def front(tmp_path: Path, migrated: Path) -> Iterator[Front]:
    """Nothing has come yet; whatever comes, every case stands where its record ends."""
    made = Front(tmp_path, migrated)
    yield made
    with made.house.store.reading() as tx:
        assert tx.history.verify() == ()
    made.close()


@pytest.fixture(scope="module", params=["sqlite"])
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty PostgreSQL database, or "" for an SQLite file; what is marked `ON_BOTH` gets each."""
    with address_of(request.param, request) as url:
        yield url
