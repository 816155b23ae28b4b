"""The database's complaints in the words of bot.errors: place, cause, cure; no mail's text, no password."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc

from bot.errors import SchemaMismatch, StoreBusy, StoreError, StoreReadOnly

_MIGRATE = "run `zhichi migrate`"
_SQLITE: dict[int, tuple[type[StoreError], str]] = {
    sqlite3.SQLITE_BUSY: (StoreBusy, "another process holds it; the turn is repeated"),
    sqlite3.SQLITE_LOCKED: (StoreBusy, "another process holds it; the turn is repeated"),
    sqlite3.SQLITE_READONLY: (StoreReadOnly, "make the file and its folder writable for this user"),
    sqlite3.SQLITE_PERM: (StoreReadOnly, "make the file and its folder writable for this user"),
    sqlite3.SQLITE_FULL: (StoreReadOnly, "free some space on its disk"),
    sqlite3.SQLITE_CANTOPEN: (StoreError, "check the path, the folder and their permissions"),
    sqlite3.SQLITE_IOERR: (StoreError, "check the disk, its free space and any quota"),
    sqlite3.SQLITE_CORRUPT: (StoreError, "restore the latest backup; the mails are still in the mailbox"),
    sqlite3.SQLITE_NOTADB: (StoreError, "the path leads to another file: correct the database address"),
}
_POSTGRES: dict[str, tuple[type[StoreError], str]] = {
    "55P03": (StoreBusy, "another process holds a lock; the turn is repeated"),
    "57014": (StoreBusy, "the server ended the statement; the turn is repeated"),
    "40": (StoreBusy, "two processes crossed; the turn is repeated"),
    "53300": (StoreBusy, "too many connections; the turn is repeated"),
    "25006": (StoreReadOnly, "connect to the primary server, not to a standby"),
    "53100": (StoreReadOnly, "free some space on the server's disk"),
    "42501": (StoreError, "give this user rights on the tables"),
    "42P01": (SchemaMismatch, _MIGRATE),
    "42703": (SchemaMismatch, _MIGRATE),
    "28": (StoreError, "check user and password in the database address"),
    "3D000": (StoreError, "create the database"),
}
_UNREACHABLE = "check that the server runs, and host, user, password and database in the address"


@contextmanager
def mapped_errors(place: str) -> Iterator[None]:
    """Turn every database error inside into a StoreError of `place` (the address without its password)."""
    try:
        yield
    except exc.DBAPIError as error:
        raise _mapped(place, error) from error
    except exc.TimeoutError as error:
        raise StoreBusy(f"{place}: all connections are in use; the turn is repeated") from error
    except exc.StatementError as error:
        # A value refused by a column type (a naive time): the caller's fault, so its own error is shown.
        raise (error.orig or error) from None


def _mapped(place: str, error: exc.DBAPIError) -> StoreError:
    said = next(iter(str(error.orig).splitlines()), "no message")
    kind, cure = _sqlite(error.orig) if isinstance(error.orig, sqlite3.Error) else _postgres(error)
    return kind(f"{place}: {said}; {cure}")


def _sqlite(error: sqlite3.Error) -> tuple[type[StoreError], str]:
    if isinstance(error, sqlite3.IntegrityError):
        return StoreError, "a promise of the database would be broken, so nothing was written"
    if str(error).startswith(("no such table", "no such column")) or " has no column named " in str(error):
        return SchemaMismatch, _MIGRATE
    primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return _SQLITE.get(primary, (StoreError, "see SQLite's message"))


def _postgres(error: exc.DBAPIError) -> tuple[type[StoreError], str]:
    state = getattr(error.orig, "sqlstate", None)
    if isinstance(error, exc.IntegrityError):
        return StoreError, "a promise of the database would be broken, so nothing was written"
    if state is None or error.connection_invalidated:
        return StoreError, _UNREACHABLE
    return _POSTGRES.get(state) or _POSTGRES.get(state[:2]) or (StoreError, "see the server's log")
