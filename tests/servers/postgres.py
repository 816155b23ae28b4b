"""A private PostgreSQL for the test session: own folder, free loopback port, thrown away at the end."""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

OLDEST = 15
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",  # the data live as long as the session
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
    "timezone": "Asia/Shanghai",  # not UTC, so that a naive time would show
}


@dataclass(frozen=True)
class Postgres:
    """A running server; `url` leads to one of its databases."""

    port: int
    password: str
    programs: Path
    folder: Path

    def stop(self) -> None:
        """As an administrator does: whoever is connected is cut off."""
        self._control("-m", "fast", "stop")

    def restart(self) -> None:
        """On the same port, with everything that was committed."""
        self._control("-l", str(self.folder / "log"), "-o", _options(self.port), "start")

    def url(self, database: str) -> str:
        """The SQLAlchemy address of `database`."""
        return f"postgresql+psycopg://postgres:{self.password}@127.0.0.1:{self.port}/{database}"

    def create(self) -> str:
        """Make an empty database and return its name."""
        name = f"zhichi_{secrets.token_hex(6)}"
        self._run(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return name

    def drop(self, database: str) -> None:
        """Remove `database`, whoever is still connected."""
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))

    def refuse_writes(self, database: str, *, on: bool) -> None:
        """As a standby does; whoever is connected is cut off and comes back to it."""
        name = sql.Identifier(database)
        word = sql.SQL("on" if on else "off")
        self._run(sql.SQL("ALTER DATABASE {} SET default_transaction_read_only = {}").format(name, word))
        ended = sql.SQL("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {}")
        self._run(ended.format(sql.Literal(database)))

    def log_all(self, url: str) -> None:
        """Whoever connects to the database at `url` from now on is logged word for word, with all values."""
        name = sql.Identifier(url.rpartition("/")[2])
        self._run(sql.SQL("ALTER DATABASE {} SET log_statement = 'all'").format(name))

    def read_log(self) -> str:
        """What the server has written since it was started."""
        return (self.folder / "log").read_text(errors="replace")

    def _control(self, *words: str) -> None:
        _call(self.programs / "pg_ctl", "-D", str(self.folder / "data"), "-w", *words, folder=self.folder)

    def _run(self, statement: sql.Composed) -> None:
        info = f"host=127.0.0.1 port={self.port} user=postgres password={self.password} dbname=postgres"
        with psycopg.connect(info, autocommit=True) as connection:
            connection.execute(statement)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """PostgreSQL for this session; skips when none is installed, fails when ZHICHI_REQUIRE_SERVERS=1 demands it."""
    programs = _find_programs()
    if programs is None:
        reason = f"PostgreSQL {OLDEST} or newer (initdb, pg_ctl) is neither on PATH nor under /usr/lib/postgresql"
        if os.environ.get("ZHICHI_REQUIRE_SERVERS") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    folder = Path(tempfile.mkdtemp(prefix="zhichi-postgres-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        with _running(programs, folder) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a fresh, empty database, dropped after the test."""
    with address_of("postgresql", request) as url:
        yield url


@contextmanager
def address_of(kind: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """A fresh, empty PostgreSQL database's address; "" for `sqlite`, whose file the caller makes."""
    if kind == "sqlite":
        yield ""
        return
    server: Postgres = request.getfixturevalue("postgres_server")
    database = server.create()
    yield server.url(database)
    server.drop(database)


@contextmanager
def _running(programs: Path, folder: Path) -> Iterator[Postgres]:
    data, password = folder / "data", secrets.token_hex(16)
    secret = folder / "password"
    secret.write_text(password)
    secret.chmod(0o644)  # read by the postgres user; the folder itself is closed to others
    init = ["--auth=scram-sha-256", f"--pwfile={secret}", "--username=postgres", "--encoding=UTF8", "--locale=C"]
    _call(programs / "initdb", "-D", str(data), "--no-sync", *init, folder=folder)
    port = _start(programs, data, folder)
    try:
        yield Postgres(port, password, programs, folder)
    finally:
        _call(programs / "pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop", folder=folder)


def _options(port: int) -> str:
    return " ".join(f"-c {name}='{value}'" for name, value in {**SETTINGS, "port": str(port)}.items())


def _start(programs: Path, data: Path, folder: Path, tries: int = 3) -> int:
    """Start on a free port and return it; another process may take the port first, so a few tries."""
    while True:
        port = _free_port()
        settings = _options(port)
        log = folder / "log"
        try:
            _call(programs / "pg_ctl", "-D", str(data), "-l", str(log), "-w", "-o", settings, "start", folder=folder)
        except subprocess.CalledProcessError:
            tries -= 1
            if tries == 0:
                pytest.fail(f"PostgreSQL does not start: {log.read_text() if log.exists() else 'no log'}")
        else:
            return port


def _call(program: Path, *arguments: str, folder: Path) -> None:
    """Run a server program, as user postgres when we are root (PostgreSQL refuses root)."""
    user = "postgres" if os.geteuid() == 0 else None
    groups: list[str | int] | None = [] if user else None
    # The server inherits standard output, so a pipe would never end: a file takes it.
    with (folder / "output").open("ab") as output:
        subprocess.run(
            [str(program), *arguments],
            check=True, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            user=user, group=user, extra_groups=groups,
        )  # fmt: skip


def _find_programs() -> Path | None:
    """The folder with the newest initdb and pg_ctl that is new enough."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += Path("/usr/lib/postgresql").glob("*/bin")
    usable = [(_version(f), f) for f in folders if (f / "initdb").exists() and (f / "pg_ctl").exists()]
    newest = max(usable, default=(0, Path()))
    return newest[1] if newest[0] >= OLDEST else None


def _version(programs: Path) -> int:
    said = subprocess.run([programs / "initdb", "--version"], capture_output=True, text=True, check=True).stdout
    return int(next(word for word in said.split() if word[0].isdigit()).split(".")[0])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
