"""A certificate that has run out, or was made for another host: no password is said, and the one line tells why."""

import asyncio
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import CertificateRefused, MailServerError
from bot.fetch.connection import Mailbox
from bot.transmit.smtp import Courier
from tests.fetch.helpers import make_settings as imap_settings
from tests.servers.certificates import Certificate, make_certificate
from tests.transmit.test_smtp import make_settings as smtp_settings

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
