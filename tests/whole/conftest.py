"""An office on real servers: Dovecot and Postfix, with SQLite or PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.mailhub import MailHub
from tests.whole.office import Office


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, mailhub: MailHub, tmp_path: Path) -> Iterator[Office]:
    """On each database."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    made = Office(mailhub, tmp_path, database=url)
    yield made
    made.close()


@pytest.fixture
def small_office(mailhub: MailHub, tmp_path: Path) -> Iterator[Office]:
    """On SQLite alone, for what no database changes."""
    made = Office(mailhub, tmp_path)
    yield made
    made.close()
