"""A bot without mail servers for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.front import Front


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Front]:
    """Nothing has come yet."""
    made = Front(tmp_path)
    yield made
    made.close()
