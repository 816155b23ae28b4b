"""Connections: SQLite (WAL, one writer at a time from BEGIN on) or PostgreSQL through psycopg 3."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import StoreError
from bot.store.prepared import run_plain
from bot.store.types import to_json

_CURE = "write sqlite:///zhichi.db or postgresql://user:password@host/database"


def parse_url(url: str) -> URL:
    """The database address; StoreError when it is neither an SQLite file nor PostgreSQL."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise StoreError(f"the database address cannot be read; {_CURE}") from error
    backend = parsed.get_backend_name()
    if backend == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise StoreError(f"database address: {backend} is not supported; {_CURE}")
    if parsed.database in {None, "", ":memory:"}:
        raise StoreError(f"database address: it must name a file, for several connections share it; {_CURE}")
    return parsed.set(drivername="sqlite+pysqlite")


def sqlite_file(url: URL) -> Path | None:
    """The SQLite file of `url`; None for PostgreSQL."""
    if url.get_backend_name() != "sqlite" or url.database is None:
        return None
    return Path(url.database.removeprefix("file:"))


def create_private(path: Path) -> None:
    """Make the SQLite file when absent, readable by this user alone; its WAL takes over the mode."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}; the folder must exist and be writable") from error


# A machine that vanished in the middle of a transaction must not keep its locks from the others, nor a dead network
# keep us waiting: both ends look after the connection (seconds, and milliseconds for the last).
_SESSION = (
    "-c idle_in_transaction_session_timeout=60s -c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 "
    "-c tcp_keepalives_count=3"
)
_KEEPALIVE = {"keepalives_idle": 15, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 30_000}


class _NotThere(sqlite3.OperationalError):
    """The file was moved or removed; in SQLite's own terms."""

    sqlite_errorcode = sqlite3.SQLITE_CANTOPEN


def make_engine(url: URL, lock_timeout: timedelta, *, read_only: bool = False) -> Engine:
    """An engine whose transactions wait `lock_timeout` for a lock; `read_only` ones refuse to write."""
    try:
        if url.get_backend_name() == "sqlite":
            return _sqlite(url, lock_timeout, read_only=read_only)
        return _postgres(url, lock_timeout, read_only=read_only)
    except ModuleNotFoundError as error:
        raise StoreError(f"PostgreSQL needs the driver {error.name}; install zhichi[postgres]") from error


# Pages of the WAL before it is copied into the file (16 MB): a mail writes thirty, mostly the same as the last one.
_CHECKPOINT = "PRAGMA wal_autocheckpoint=4000"


def _sqlite(url: URL, lock_timeout: timedelta, *, read_only: bool) -> Engine:
    engine = create_engine(url, json_serializer=to_json, hide_parameters=True)
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"
    mode = "PRAGMA query_only=ON" if read_only else "PRAGMA synchronous=NORMAL"
    wait = f"PRAGMA busy_timeout={lock_timeout // timedelta(milliseconds=1)}"
    pragmas = (wait, "PRAGMA foreign_keys=ON", mode, _CHECKPOINT)

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we begin ourselves: sqlite3 would begin late and not IMMEDIATE
        with closing(connection.cursor()) as cursor:
            for pragma in pragmas:
                cursor.execute(pragma)
            if not read_only:
                _switch_to_wal(cursor, lock_timeout)

    file = sqlite_file(url)

    @event.listens_for(engine, "do_connect")
    def make_none(*_how: object) -> None:
        if file and not file.exists():  # SQLite would make an empty one, beside the WAL of the true one
            raise _NotThere("unable to open database file: it is not there")

    @event.listens_for(engine, "begin")
    def begin_now(connection: Connection) -> None:
        run_plain(connection, begin)

    return engine


_SYNCED = "zhichi.synced"


@contextmanager
def synced(connection: Connection) -> Iterator[None]:
    """SQLite waits for the disk at each commit within; else a power cut may take back the last few (WAL, NORMAL).

    Within another of the same connection it does nothing: the outer one ends it.
    """
    info = connection.info
    if _SYNCED in info:
        yield
        return
    run_plain(connection, "PRAGMA synchronous=FULL")
    info[_SYNCED] = True
    try:
        yield
    finally:
        info.pop(_SYNCED, None)
        run_plain(connection, "PRAGMA synchronous=NORMAL")


def _switch_to_wal(cursor: sqlite3.Cursor, lock_timeout: timedelta) -> None:
    """Put the file into WAL mode, for good; when several processes do so at once, SQLite itself does not wait."""
    give_up = time.monotonic() + lock_timeout.total_seconds()
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(0.01)
        else:
            return


def _postgres(url: URL, lock_timeout: timedelta, *, read_only: bool) -> Engine:
    milliseconds = lock_timeout // timedelta(milliseconds=1)
    engine = create_engine(
        url,
        json_serializer=to_json,
        hide_parameters=True,
        pool_pre_ping=True,  # the server may have been restarted overnight
        pool_size=2,  # kept open; several machines share the server's connections, and most of the time all are idle
        pool_timeout=lock_timeout.total_seconds(),
        connect_args={"options": f"-c lock_timeout={milliseconds} {_SESSION}", "connect_timeout": 10, **_KEEPALIVE},
    )
    if read_only:
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine
