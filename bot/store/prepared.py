"""Statements that are written once and run for every mail, made ready once: SQLAlchemy compiles, the driver runs.

Running a Core statement costs SQLAlchemy three times what SQLite needs for it (docs/performance.md), nearly all of it
for finding out again what never changes. So a statement object that comes a second time is compiled, with its columns'
types, into text and functions, and from then on handed to the driver within the same transaction. What SQLAlchemy must
expand for each run (IN lists, streamed rows) and what is built anew each time still takes the long way. Errors are the
same on both.
"""

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Dialect, Executable, Insert, exc
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.selectable import Select
from sqlalchemy.types import TypeEngine

_Convert = Callable[[Any], Any] | None
Given = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None


class Found:
    """The rows of a statement, all fetched; the part of SQLAlchemy's result that the store uses."""

    __slots__ = ("_rows", "rowcount")

    def __init__(self, rows: list[Any], rowcount: int) -> None:
        self._rows = rows
        self.rowcount = rowcount

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)

    def all(self) -> list[Any]:
        """All rows."""
        return self._rows

    def first(self) -> Any:
        """The first row, or None."""
        return self._rows[0] if self._rows else None

    def one_or_none(self) -> Any:
        """The only row, or None."""
        if len(self._rows) > 1:
            raise exc.MultipleResultsFound("Multiple rows were found when one or none was required")
        return self.first()

    def scalar(self) -> Any:
        """The first column of the first row, or None."""
        return self._rows[0][0] if self._rows else None

    def scalar_one(self) -> Any:
        """The first column of the only row."""
        if len(self._rows) != 1:
            raise exc.NoResultFound("exactly one row was required")
        return self._rows[0][0]

    def scalars(self) -> "Found":
        """The first column of each row."""
        return Found([row[0] for row in self._rows], self.rowcount)


class Prepared:
    """One statement for one dialect and one set of values."""

    __slots__ = ("_binds", "_named", "_results", "_row", "_sql")

    def __init__(self, compiled: SQLCompiler, given: frozenset[str], dialect: Dialect) -> None:
        self._sql: Final = compiled.string
        self._named: Final = compiled.positiontup is None
        names = compiled.positiontup if compiled.positiontup is not None else list(compiled.binds)
        self._binds: Final = [_bind(compiled, name, given, dialect) for name in names]
        columns = list(getattr(compiled.statement, "exported_columns", ()))
        self._results: Final = [_from_database(column.type, dialect) for column in columns]
        self._row: Final = _row_maker([str(column.key) for column in columns])

    def run(self, connection: Connection, values: Given) -> Found:
        """Execute it once, or for a sequence of values many times."""
        cursor = connection.connection.cursor()
        try:
            if isinstance(values, Sequence):
                cursor.executemany(self._sql, [self._bound(row) for row in values])
            else:
                cursor.execute(self._sql, self._bound(values or {}))
            rows = [self._read(row) for row in cursor.fetchall()] if self._results else []
            return Found(rows, cursor.rowcount)
        except connection.dialect.loaded_dbapi.Error as error:
            raise _wrapped(connection, self._sql, error) from error
        finally:
            cursor.close()

    def _bound(self, values: Mapping[str, Any]) -> Any:
        bound = [
            constant if key is None else (values[key] if convert is None else convert(values[key]))
            for _, key, convert, constant in self._binds
        ]
        return dict(zip((name for name, *_ in self._binds), bound, strict=True)) if self._named else bound

    def _read(self, row: Sequence[Any]) -> Any:
        return self._row([v if f is None else f(v) for f, v in zip(self._results, row, strict=True)])


_KNOWN: WeakKeyDictionary[Executable, dict[tuple[str, tuple[str, ...]], Prepared | None]] = WeakKeyDictionary()


def find_prepared(statement: Executable, dialect: Dialect, values: Given) -> Prepared | None:
    """The statement made ready for these values, or None: SQLAlchemy is to run it."""
    ready = _KNOWN.get(statement)
    if ready is None:
        _KNOWN[statement] = {}  # the first time; most that are built for one run are never seen again
        return None
    given = (values[0] if values else {}) if isinstance(values, Sequence) else values or {}
    key = (dialect.name, tuple(given))
    try:
        return ready[key]
    except KeyError:
        ready[key] = _prepare(statement, dialect, given)
        return ready[key]


def _prepare(statement: Executable, dialect: Dialect, given: Mapping[str, Any]) -> Prepared | None:
    if not isinstance(statement, Select | UpdateBase) or statement.get_execution_options():
        return None
    # Without this an INSERT would ask for the new key, which nobody wants who did not write RETURNING.
    silent = isinstance(statement, Insert) and not list(statement.exported_columns)
    compiled = statement.compile(dialect=dialect, column_keys=list(given), for_executemany=silent)
    if not isinstance(compiled, SQLCompiler) or compiled.post_compile_params or compiled.literal_execute_params:
        return None
    return Prepared(compiled, frozenset(given), dialect)


def _bind(compiled: SQLCompiler, name: str, given: frozenset[str], dialect: Dialect) -> tuple[str, Any, _Convert, Any]:
    """(name in the text, key among the values or None for a constant, conversion, the constant)."""
    parameter = compiled.binds[name]
    convert = parameter.type.dialect_impl(dialect).bind_processor(dialect)
    if parameter.key in given:
        return name, parameter.key, convert, None
    if parameter.required:
        raise exc.StatementError(f"a value is required for {parameter.key!r}", compiled.string, None, None)
    value = parameter.effective_value
    return name, None, None, value if convert is None else convert(value)


def _row_maker(names: list[str]) -> Callable[[list[Any]], Any]:
    row: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]  # the names are our columns', not a mail's
    maker: Callable[[list[Any]], Any] = row._make
    return maker


def _from_database(type_: TypeEngine[Any], dialect: Dialect) -> _Convert:
    return type_.dialect_impl(dialect).result_processor(dialect, None)


def _wrapped(connection: Connection, sql: str, error: Exception) -> exc.DBAPIError:
    """The driver's error as SQLAlchemy would have raised it; a connection that is gone is not given out again."""
    dialect, raw = connection.dialect, connection.connection.dbapi_connection
    gone = dialect.is_disconnect(error, raw, None)  # type: ignore[arg-type]
    whole = exc.DBAPIError.instance(
        sql, {}, error, dialect.loaded_dbapi.Error, hide_parameters=True, connection_invalidated=gone, dialect=dialect
    )
    if gone:
        connection.invalidate(error)
    assert isinstance(whole, exc.DBAPIError)
    return whole
