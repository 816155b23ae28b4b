"""Real servers for the benchmarks: Dovecot with a filled Maildir, a sink for outgoing mail, PostgreSQL."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from benchmarks.mailbox import BenchMail
from tests.servers import postgres
from tests.servers.mailhub import MailHub
from tests.servers.ports import find_free_ports

_PATIENCE = 15.0


@contextmanager
def mail_servers() -> Iterator[MailHub]:
    """A private Dovecot and Postfix, as the tests have them."""
    with TemporaryDirectory(prefix="hub-") as folder:
        hub = MailHub(Path(folder))
        try:
            hub.start()
            yield hub
        finally:
            hub.stop()


def fill(hub: MailHub, user: str, mails: Iterable[BenchMail], start: int = 0) -> int:
    """Lay mails into the INBOX of `user`, as a delivery agent does: files in `new`, their time the time of receipt."""
    folder = hub.folder / "mail" / user / "new"
    for part in ("new", "cur", "tmp"):
        (folder.parent / part).mkdir(parents=True, exist_ok=True)
    number = start
    for number, mail in enumerate(mails, start + 1):
        path = folder / f"{1_700_000_000 + number}.M{number}P1.bench"
        path.write_bytes(mail.raw.replace(b"\n", b"\r\n"))
        os.utime(path, (mail.received_at.timestamp(),) * 2)
    for path in (folder.parents[1], folder.parent, *folder.parent.rglob("*")):
        shutil.chown(path, "mail", "mail")
    return number


@contextmanager
def sink() -> Iterator[int]:
    """The port of Postfix's smtp-sink: a server that takes every mail and keeps none."""
    (port,) = find_free_ports(1)
    program = shutil.which("smtp-sink", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        raise FileNotFoundError("smtp-sink (package postfix)")
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    process = subprocess.Popen([program, *user, "-a", f"127.0.0.1:{port}", "100"], stdout=subprocess.DEVNULL)
    try:
        give_up = time.monotonic() + _PATIENCE
        while time.monotonic() < give_up:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.02)
        yield port
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


@contextmanager
def postgres_server(settings: dict[str, str] | None = None) -> Iterator[postgres.Postgres]:
    """A private PostgreSQL with the settings it comes with, fsync on, unlike the tests' one."""
    programs = postgres._find_programs()
    if programs is None:
        raise FileNotFoundError("PostgreSQL")
    folder = Path(mkdtemp(prefix="zhichi-postgres-"))
    kept = dict(postgres.SETTINGS)
    try:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            postgres.SETTINGS.pop(name)
        postgres.SETTINGS.update(settings or {})
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        with postgres._running(programs, folder) as server:
            yield server
    finally:
        postgres.SETTINGS.clear()
        postgres.SETTINGS.update(kept)
        shutil.rmtree(folder, ignore_errors=True)
