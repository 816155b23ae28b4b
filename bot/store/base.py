"""What all repositories share: one connection in one transaction, and inserts that both databases know."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, CursorResult, Executable, Table
from sqlalchemy import Row as SqlRow
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.prepared import Found, find_prepared

_INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}

PerDialect = dict[str, Executable]
Row = SqlRow[*tuple[Any, ...]]
Rows = CursorResult[*tuple[Any, ...]] | Found


class Repository:
    """A part of the store inside one transaction."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def run(
        self, statement: Executable | PerDialect, values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> Rows:
        """Execute `statement` with its values, once or, for a sequence, many times."""
        fitting = self._fitting(statement)
        ready = find_prepared(fitting, self._connection.dialect, values)
        return self._connection.execute(fitting, values) if ready is None else ready.run(self._connection, values)

    def changed(self, statement: Executable | PerDialect, values: Mapping[str, Any]) -> bool:
        """Execute it; whether it touched a row."""
        fitting = self._fitting(statement)
        ready = find_prepared(fitting, self._connection.dialect, values)
        if ready is not None:
            return ready.run(self._connection, values).rowcount > 0
        # Without this option SQLAlchemy does not keep an INSERT's count.
        counted = {"preserve_rowcount": True}
        return self._connection.execute(fitting, values, execution_options=counted).rowcount > 0

    def _fitting(self, statement: Executable | PerDialect) -> Executable:
        return statement[self._connection.dialect.name] if isinstance(statement, dict) else statement


def insert_if_absent(table: Table, *keys: str, returning: str = "") -> PerDialect:
    """INSERT that does nothing when a row with these `keys` is there: then its rowcount is 0, and nothing returns."""

    def made(insert: Any) -> Executable:
        statement = insert(table).on_conflict_do_nothing(index_elements=[table.c[key] for key in keys])
        new: Executable = statement.returning(table.c[returning]) if returning else statement
        return new

    return {name: made(insert) for name, insert in _INSERTS.items()}


def insert_or_update(table: Table, keys: Sequence[str], changed: Sequence[str], where: Any = None) -> PerDialect:
    """INSERT that changes the columns `changed` of a row with these `keys`, if `where` holds for it."""

    def made(insert: Any) -> Executable:
        statement = insert(table)
        new: Executable = statement.on_conflict_do_update(
            index_elements=[table.c[key] for key in keys],
            set_={name: statement.excluded[name] for name in changed},
            where=None if where is None else where(statement.excluded),
        )
        return new

    return {name: made(insert) for name, insert in _INSERTS.items()}
