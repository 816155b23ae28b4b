"""A bot without mail servers for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.front import Front


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
