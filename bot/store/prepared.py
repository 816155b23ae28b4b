"""Statements that are written once and run for every mail, made ready once: SQLAlchemy compiles, the driver runs.

Running a Core statement costs SQLAlchemy three times what SQLite needs for it (docs/performance.md), nearly all of it
for finding out again what never changes. So a statement object that comes a second time is compiled, with its columns'
types, into text and functions, and from then on handed to the driver within the same transaction; one with IN lists for
each length of them. What is streamed or built anew each time still takes the long way. Errors are the same on both.
"""

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter
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
    """One statement for one dialect, one set of values and one length of each list among them."""

    __slots__ = ("_constants", "_converts", "_names", "_pick", "_reads", "_returns", "_row", "_sql")

    def __init__(self, compiled: SQLCompiler, given: Mapping[str, Any], dialect: Dialect) -> None:
        state = compiled.construct_expanded_state(dict(given))
        self._sql: Final = state.statement
        origins: dict[str, tuple[str, int | None]]
        origins = {new: (old, n) for old, news in state.parameter_expansion.items() for n, new in enumerate(news)}
        names = list(state.positiontup if state.positiontup is not None else state.parameters)
        binds = [_bind(compiled, origins.get(name, (name, None)), given, dialect) for name in names]
        self._pick: Final = _picker_of([key or next(iter(given), "") for key, _, _ in binds])
        self._converts: Final = [(n, convert) for n, (key, convert, _) in enumerate(binds) if key and convert]
        self._constants: Final = [(n, constant) for n, (key, _, constant) in enumerate(binds) if not key]
        self._names: Final = None if state.positiontup is not None else names
        columns = list(getattr(compiled.statement, "exported_columns", ()))
        self._returns: Final = bool(columns)
        reads = [(n, _from_database(column.type, dialect)) for n, column in enumerate(columns)]
        self._reads: Final = [(n, read) for n, read in reads if read]
        self._row: Final = _row_maker([str(column.key) for column in columns])

    def run(self, connection: Connection, values: Given) -> Found:
        """Execute it once, or for a sequence of values many times."""
        cursor = _cursor_of(connection)
        try:
            if isinstance(values, _SEVERAL) and len(values) > 1:
                cursor.executemany(self._sql, [self._bound(row) for row in values])
            else:  # one row too: psycopg opens a pipeline for executemany
                cursor.execute(self._sql, self._bound(_first(values)))
            # Not asked of the driver (`description`): psycopg would make an object of each column to say so.
            rows = [self._read(row) for row in cursor.fetchall()] if self._returns else []
            return Found(rows, cursor.rowcount)
        except connection.dialect.loaded_dbapi.Error as error:
            connection.info.pop(_CURSOR, None)
            raise _wrapped(connection, self._sql, error) from error

    def _bound(self, values: Mapping[str, Any]) -> Any:
        bound = self._pick(values)
        for n, convert in self._converts:
            bound[n] = convert(bound[n])
        for n, constant in self._constants:
            bound[n] = constant
        return bound if self._names is None else dict(zip(self._names, bound, strict=True))

    def _read(self, row: Sequence[Any]) -> Any:
        if not self._reads:
            return self._row(row)
        read = list(row)
        for n, convert in self._reads:
            read[n] = convert(read[n])
        return self._row(read)


def _picker_of(keys: list[str]) -> Callable[[Mapping[str, Any]], list[Any]]:
    """Takes the values of `keys` out of those given; None for each where there are none, only constants."""
    if len(keys) < 2:
        return lambda values: [values[key] if values else None for key in keys]
    pick = itemgetter(*keys)
    return lambda values: list(pick(values)) if values else [None] * len(keys)


class _Expanding:
    """A statement with lists among its values: made ready for each length of them."""

    __slots__ = ("_compiled", "_dialect", "_lists", "_ready")

    def __init__(self, compiled: SQLCompiler, lists: list[str], dialect: Dialect) -> None:
        self._compiled = compiled
        self._lists = lists
        self._dialect = dialect
        self._ready: dict[tuple[int, ...], Prepared] = {}

    def find(self, values: Mapping[str, Any]) -> Prepared | None:
        if not all(isinstance(values[name], list) for name in self._lists):
            return None
        lengths = tuple(len(values[name]) for name in self._lists)
        if lengths not in self._ready:
            if max(lengths) > _LONGEST_LIST:
                return None
            self._ready[lengths] = Prepared(self._compiled, values, self._dialect)
        return self._ready[lengths]


_SEVERAL: Final = (list, tuple)
_NOTHING: Final[Mapping[str, Any]] = {}
_CURSOR = "zhichi-cursor"
_LONGEST_LIST = 50
_KNOWN: WeakKeyDictionary[Executable, dict[tuple[str, ...], Prepared | _Expanding | None]] = WeakKeyDictionary()


def find_prepared(statement: Executable, dialect: Dialect, values: Given) -> Prepared | None:
    """The statement made ready for these values, or None: SQLAlchemy is to run it."""
    ready = _KNOWN.get(statement)
    if ready is None:
        _KNOWN[statement] = {}  # the first time; most that are built for one run are never seen again
        return None
    given = _first(values)
    key = (dialect.name, *given)
    if key not in ready:
        ready[key] = _prepare(statement, dialect, given)
    found = ready[key]
    return found.find(given) if isinstance(found, _Expanding) else found


def _prepare(statement: Executable, dialect: Dialect, given: Mapping[str, Any]) -> Prepared | _Expanding | None:
    if not isinstance(statement, Select | UpdateBase) or statement.get_execution_options():
        return None
    # Without this an INSERT would ask for the new key, which nobody wants who did not write RETURNING.
    silent = isinstance(statement, Insert) and not list(statement.exported_columns)
    compiled = statement.compile(dialect=dialect, column_keys=list(given), for_executemany=silent)
    if not isinstance(compiled, SQLCompiler) or compiled.literal_execute_params:
        return None
    lists = [p.key for p in compiled.post_compile_params if p.key in given]
    return _Expanding(compiled, lists, dialect) if lists else Prepared(compiled, given, dialect)


def _bind(
    compiled: SQLCompiler, origin: tuple[str, int | None], given: Mapping[str, Any], dialect: Dialect
) -> tuple[str | None, _Convert, Any]:
    """(key among the values or None for a constant, what to do with that value, the constant)."""
    name, position = origin
    parameter = compiled.binds[name]
    convert = parameter.type.dialect_impl(dialect).bind_processor(dialect)
    pick = convert if position is None else _picker(position, convert)
    if parameter.key in given:
        return parameter.key, pick, None
    if parameter.required:
        raise exc.StatementError(f"a value is required for {parameter.key!r}", compiled.string, None, None)
    value: Any = parameter.effective_value
    return None, None, value if pick is None else pick(value)


def _picker(position: int, convert: _Convert) -> Callable[[Sequence[Any]], Any]:
    if convert is None:
        return itemgetter(position)
    return lambda values: convert(values[position])


def _row_maker(names: list[str]) -> Callable[[Sequence[Any]], Any]:
    row: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]  # the names are our columns', not a mail's
    maker: Callable[[Sequence[Any]], Any] = row._make
    return maker


def _from_database(type_: TypeEngine[Any], dialect: Dialect) -> _Convert:
    return type_.dialect_impl(dialect).result_processor(dialect, None)


def _first(values: Given) -> Mapping[str, Any]:
    if isinstance(values, _SEVERAL):
        only: Mapping[str, Any] = values[0]
        return only
    return values or _NOTHING  # type: ignore[return-value]  # no sequence: that was asked


def _cursor_of(connection: Connection) -> Any:
    """The cursor that all prepared statements of a connection share: each has fetched its rows before the next."""
    info = connection.info
    cursor = info.get(_CURSOR)
    if cursor is None:
        assert connection.connection.dbapi_connection is not None
        cursor = info[_CURSOR] = connection.connection.dbapi_connection.cursor()
    return cursor


def run_plain(connection: Connection, sql: str) -> None:
    """A statement without values or rows, by the driver itself."""
    cursor = connection.connection.cursor()
    try:
        cursor.execute(sql)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _wrapped(connection, sql, error) from error
    finally:
        cursor.close()


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
