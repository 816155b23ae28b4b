"""A certificate that has run out, or was made for another host: no password is said, and the one line tells why.

A running daemon waits for a better one and goes on by itself.
"""

import asyncio
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Self

import pytest

from bot.errors import CertificateRefused, MailServerError
from bot.fetch.connection import Mailbox
from bot.transmit.smtp import Courier
from tests.faults.living import living
from tests.fetch.helpers import make_settings as imap_settings
from tests.servers.certificates import Certificate, make_certificate
from tests.servers.mailhub import MailHub
from tests.servers.wire import Wire, cut
from tests.transmit.test_smtp import make_settings as smtp_settings
from tests.whole.office import Office

DAY, AN_HOUR = timedelta(days=1), timedelta(minutes=59)  # longer were a jump of the clock
PASSWORD = "kxvbqmnzlprtwsde"


@contextmanager
def server_with(certificate: Certificate) -> Iterator[tuple[int, list[bytes]]]:
    """A port that speaks TLS and greets nobody; and every byte it was told in confidence."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.cert_file, certificate.key_file)
    listener = socket.create_server(("127.0.0.1", 0))
    heard: list[bytes] = []

    def serve() -> None:
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                with suppress(OSError), context.wrap_socket(client, server_side=True) as line:
                    heard.append(line.recv(1000))

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listener.getsockname()[1], heard
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def dial_imap(port: int, ca_file: str) -> None:
    with Mailbox(imap_settings(port, tls="implicit", ca_file=ca_file, password=PASSWORD, read_timeout=1.0)):
        pass


def dial_smtp(port: int, ca_file: str) -> None:
    async def dial() -> None:
        settings = smtp_settings(port, tls="implicit", ca_file=ca_file, user="bot", password=PASSWORD)
        async with Courier(settings) as courier:
            await courier.check()

    asyncio.run(dial())


@pytest.mark.parametrize("dial", [dial_imap, dial_smtp])
@pytest.mark.parametrize(
    ("hosts", "ends", "words"),
    [
        pytest.param(["127.0.0.1"], timedelta(days=-1), "expired", id="expired"),
        pytest.param(["mail.elsewhere.example"], timedelta(days=1), "mismatch", id="wrong host"),
    ],
)
def test_a_bad_certificate_is_refused_with_its_reason(
    dial: object, hosts: list[str], ends: timedelta, words: str, tmp_path: Path
) -> None:
    assert callable(dial)
    certificate = make_certificate(tmp_path, hosts, ends)
    with server_with(certificate) as (port, heard), pytest.raises(CertificateRefused) as refused:
        dial(port, str(certificate.ca_file))
    assert words in str(refused.value)
    assert "never falls back to plain text" in str(refused.value)
    assert not any(heard)


def test_a_good_one_is_not_refused_for_it(tmp_path: Path) -> None:
    """The same server without a greeting: another fault, after TLS stood."""
    certificate = make_certificate(tmp_path)
    with server_with(certificate) as (port, _), pytest.raises(MailServerError) as failed:
        dial_imap(port, str(certificate.ca_file))
    assert not isinstance(failed.value, CertificateRefused)


class TlsFront:
    """TLS before a plain server; the certificate may be exchanged while it runs."""

    def __init__(self, target: int) -> None:
        self.target = target
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._sockets: set[socket.socket] = set()
        self._threads = [threading.Thread(target=self._listen)]

    def use(self, certificate: Certificate) -> None:
        """From the next connection on; those that stand are cut."""
        self._context.load_cert_chain(certificate.cert_file, certificate.key_file)
        for sock in list(self._sockets):
            cut(sock)

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(self, *_error: object) -> None:
        cut(self._listener)
        for sock in list(self._sockets):
            cut(sock)
        for thread in self._threads:
            thread.join()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                thread = threading.Thread(target=self._serve, args=self._listener.accept()[:1])
                self._threads.append(thread)
                thread.start()

    def _serve(self, client: socket.socket) -> None:
        with suppress(OSError), client, socket.create_connection(("127.0.0.1", self.target)) as server:
            line = self._context.wrap_socket(client, server_side=True)
            self._sockets |= {line, server}
            back = threading.Thread(target=_copy, args=(server, line))
            back.start()
            _copy(line, server)
            back.join()


def _copy(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(1 << 16):
            target.sendall(data)
    cut(source)
    cut(target)


@pytest.mark.servers
def test_a_daemon_whose_servers_certificates_run_out_says_so_and_goes_on_with_new_ones(
    mailhub_session: MailHub, tmp_path: Path
) -> None:
    """One of both lines after the other; meanwhile nothing is lost."""
    made = {}
    for name, ends in (("first", DAY), ("expired", -DAY), ("renewed", DAY)):
        (tmp_path / name).mkdir()
        made[name] = make_certificate(tmp_path / name, ends=ends)
    authorities = tmp_path / "authorities.pem"
    authorities.write_bytes(b"".join(each.ca_file.read_bytes() for each in made.values()))
    with ExitStack() as fronts:
        lines: dict[str, TlsFront] = {}

        def put_tls_before(office: Office, imap: Wire, smtp: Wire) -> None:
            for name, wire in (("imap", imap), ("smtp", smtp)):
                lines[name] = fronts.enter_context(TlsFront(wire.port))
                lines[name].use(made["first"])
                office.edit(f"port = {wire.port}", f'port = {lines[name].port}\nca_file = "{authorities}"')
            office.edit('tls = "none"', 'tls = "implicit"')

        with living(mailhub_session, tmp_path, change=put_tls_before) as daemon:
            daemon.settle(daemon.request())
            for name, part in (("imap", "mailbox main"), ("smtp", "sending")):
                lines[name].use(made["expired"])
                project = daemon.request()
                assert "expired" in daemon.wait_for_fault(part, "certificate refused")
                lines[name].use(made["renewed"])
                daemon.skip(AN_HOUR)  # patience with what only a person can mend is longer
                daemon.settle(project)
            daemon.check_all()
