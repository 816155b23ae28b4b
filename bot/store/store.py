"""The store: one database, opened once, used in transactions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime, timedelta
from threading import local
from types import TracebackType
from typing import Generic, Self, TypeVar

from sqlalchemy import Connection, Engine, func, select

from bot.store.archives import Archives
from bot.store.audit import Audit
from bot.store.base import Repository
from bot.store.bookings import Bookings
from bot.store.cases import Cases
from bot.store.customers import Customers
from bot.store.deadlines import Deadlines
from bot.store.delegations import Delegations
from bot.store.documents import Documents
from bot.store.engine import create_private, make_engine, parse_url, sqlite_file, synced
from bot.store.faults import mapped_errors
from bot.store.glances import Glances
from bot.store.history import History
from bot.store.leases import Leases
from bot.store.mails import Mails
from bot.store.marks import Marks
from bot.store.matters import Matters, Ratings
from bot.store.milestones import Milestones
from bot.store.outbox import Outbox
from bot.store.reports import Reports
from bot.store.schema import SchemaAge, SchemaState, read_state, upgrade
from bot.store.secrets import ReportSecrets, Secrets
from bot.store.work import Works

_T = TypeVar("_T")
_ALONE = select(func.pg_advisory_xact_lock(0x5A48494348))  # any number that is ours


class _Part(Generic[_T]):
    """A repository of a transaction, made when it is first asked for: a mail needs a few of them."""

    def __init__(self, make: Callable[[Connection], _T]) -> None:
        self._make = make
        self._name = ""

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    def __get__(self, tx: "Tx", _owner: type | None = None) -> _T:
        made = tx.__dict__[self._name] = self._make(tx.connection)
        return made


class Tx:
    """One transaction; everything done through it commits together or not at all (design.md part 1, rule 1)."""

    mails = _Part(Mails)
    cases = _Part(Cases)
    customers = _Part(Customers)
    history = _Part(History)
    deadlines = _Part(Deadlines)
    delegations = _Part(Delegations)
    documents = _Part(Documents)
    glances = _Part(Glances)
    outbox = _Part(Outbox)
    secrets = _Part(Secrets)
    marks = _Part(Marks)
    matters = _Part(Matters)
    milestones = _Part(Milestones)
    ratings = _Part(Ratings)
    leases = _Part(Leases)
    archives = _Part(Archives)
    audit = _Part(Audit)
    bookings = _Part(Bookings)
    work = _Part(Works)
    reports = _Part(Reports)
    report_secrets = _Part(ReportSecrets)

    def __init__(self, connection: Connection) -> None:
        self.connection = connection


class Store:
    """The database at `url` (sqlite:///zhichi.db or postgresql://…); may be used by several threads.

    `lock_timeout`: how long a transaction waits for another process. Every database error is a StoreError, raised
    where the transaction ends, and then nothing of it was written.
    """

    def __init__(self, url: str, lock_timeout: timedelta = timedelta(seconds=10)) -> None:
        self._url = parse_url(url)
        self._file = sqlite_file(self._url)
        self.place = str(self._file) if self._file else self._url.render_as_string(hide_password=True)
        self._writing: Engine = make_engine(self._url, lock_timeout)
        self._reading: Engine = make_engine(self._url, lock_timeout, read_only=True)
        self._kept = local()

    def open(self) -> Self:
        """Make sure the database can be reached and has this program's version; SchemaMismatch otherwise."""
        self.schema_state().require_current(self.place)
        return self

    def close(self) -> None:
        """Let go of all connections."""
        self._reading.dispose()
        self._writing.dispose()

    def __enter__(self) -> Self:
        """The store itself; open it with `open()`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def schema_state(self) -> SchemaState:
        """The database's version beside the program's; works before `migrate` too, and creates nothing."""
        if self._file and not self._file.exists():
            return SchemaState(SchemaAge.EMPTY, "")
        with mapped_errors(self.place), self._reading.begin() as connection:
            return read_state(connection)

    def migrate(self) -> None:
        """Bring the database to this program's version, creating an SQLite file (mode 0600) when there is none."""
        if self._file:
            create_private(self._file)
        with mapped_errors(self.place):
            upgrade(self._writing, self.place)

    @contextmanager
    def transaction(self, *, alone: bool = False, lasting: bool = False) -> Iterator[Tx]:
        """A transaction that may write; rolled back by any exception. SQLite has one at a time (BEGIN IMMEDIATE).

        `alone`: on PostgreSQL too no other such transaction runs until it ends, in whatever process: what looks for
        something and writes it down when it is not there (a mail's twin, a case of that subject) needs it.
        `lasting`: SQLite too has it on the disk when it ends, with all before it: what the world is told of next must
        not be taken back by a power cut.
        """
        with mapped_errors(self.place), self._begun(lasting=lasting) as connection:
            if alone and not self._file:
                Repository(connection).run(_ALONE)
            yield Tx(connection)

    @contextmanager
    def keeping(self, *, lasting: bool = False, idle: bool = False) -> Iterator[None]:
        """All that this thread writes within goes over one connection, taken from the pool and looked at once.

        `lasting`: each transaction within is so, as `transaction` says. `idle`: there are waits for others within, in
        which a database server may drop a connection; then only that to a file is kept.
        """
        if idle and not self._file:
            yield
            return
        with (
            mapped_errors(self.place),
            self._writing.connect() as connection,
            synced(connection) if lasting and self._file else nullcontext(),
        ):
            outer = getattr(self._kept, "connection", None)
            self._kept.connection = connection
            try:
                yield
            finally:
                self._kept.connection = outer

    @contextmanager
    def _begun(self, *, lasting: bool) -> Iterator[Connection]:
        kept: Connection | None = getattr(self._kept, "connection", None)
        with (
            self._writing.connect() if kept is None else nullcontext(kept) as connection,
            synced(connection) if lasting and self._file else nullcontext(),
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Tx]:
        """A transaction that sees one moment of the database and refuses to write (StoreReadOnly)."""
        with mapped_errors(self.place), self._reading.begin() as connection:
            yield Tx(connection)

    def renew_lease(self, name: str, owner: str, ttl: timedelta, now: datetime) -> bool:
        """Hold it `ttl` longer; False when it was lost: stop working on what it stands for."""
        with self.transaction() as tx:
            return tx.leases.renew(name, owner, ttl, now)

    def release_lease(self, name: str, owner: str) -> bool:
        """Give it back; False when `owner` did not hold it."""
        with self.transaction() as tx:
            return tx.leases.release(name, owner)
