"""The database's version: read it cheaply, bring it up with Alembic (loaded only then)."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, Text, inspect, select, table, text
from sqlalchemy import column as column_

import bot
from bot.errors import SchemaMismatch, StoreError

if TYPE_CHECKING:
    from alembic.config import Config

# Every revision in order; read at each start, when loading Alembic would cost half a second. A test compares them.
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008")
_VERSION = select(column_("version_num", Text)).select_from(table("alembic_version"))
_LOCK = 5_201_314  # any number, the same for all processes that migrate


class SchemaAge(StrEnum):
    """How the database's version stands to this program's."""

    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"  # or not ours at all


@dataclass(frozen=True, slots=True)
class SchemaState:
    """The database's version and the program's; `found` "" when there is none."""

    age: SchemaAge
    found: str
    wanted: str = REVISIONS[-1]

    def require_current(self, place: str) -> None:
        """Raise SchemaMismatch unless the program can work with this database."""
        if self.age is SchemaAge.NEWER:
            raise SchemaMismatch(f"{place}: version {self.found} is unknown to this program; install the newer program")
        if self.age is not SchemaAge.CURRENT:
            have = f"version {self.found}" if self.found else "no tables"
            raise SchemaMismatch(f"{place}: {have}, this program needs {self.wanted}; run `zhichi migrate`")


def read_state(connection: Connection) -> SchemaState:
    """The state of the database behind `connection`."""
    if not inspect(connection).has_table("alembic_version"):
        return SchemaState(SchemaAge.EMPTY, "")
    found = connection.scalar(_VERSION) or ""
    if not found:
        return SchemaState(SchemaAge.EMPTY, "")
    if found not in REVISIONS:
        return SchemaState(SchemaAge.NEWER, found)
    return SchemaState(SchemaAge.CURRENT if found == REVISIONS[-1] else SchemaAge.OLDER, found)


def upgrade(engine: Engine, place: str) -> None:
    """Bring the database to the newest version in one transaction; nothing to do when it is there."""
    from alembic import command

    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        state = read_state(connection)
        if state.age is SchemaAge.CURRENT:
            return
        if state.age is SchemaAge.NEWER:
            state.require_current(place)
        command.upgrade(alembic_config(connection), "head")


def alembic_config(connection: Connection) -> "Config":
    """Alembic's configuration for `connection`, without a file."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_scripts()).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _scripts() -> Path:
    """The migrations: shipped inside the installed package, or beside it in a checkout."""
    package = Path(bot.__file__).parent
    for folder in (package / "_shipped" / "migrations", package.parent / "migrations"):
        if (folder / "env.py").exists():
            return folder
    raise StoreError("the migrations are missing from this installation; install it again")
