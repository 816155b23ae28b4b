"""A private OpenDKIM that verifies, in front of a private Postfix that delivers: what a company's mail host does.

The hub's own Postfix stays as it is; this second one hands on to the same Dovecot.
"""

import base64
import contextlib
import os
import shutil
import signal
import smtplib
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from tests.servers.mailhub import MailHub
from tests.servers.mailhub_config import POSTFIX_MAIN, POSTFIX_MASTER
from tests.servers.ports import find_free_ports

AUTHSERV_ID = "hub.demo.local"
_PATIENCE = 15.0
_SBIN = "/usr/sbin:/sbin"
_OPENDKIM = """
Mode v
Syslog no
Socket inet:$milter_port@127.0.0.1
AuthservID hub.demo.local
TestPublicKeys $folder/keys
AlwaysAddARHeader yes
RemoveARAll yes
UserID root
"""


class Signer:
    """A domain's key: signs mails as RFC 6376 wants it, relaxed both ways."""

    def __init__(self, domain: str) -> None:
        self.domain = domain
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    @property
    def record(self) -> str:
        """The line of the verifier's table of public keys."""
        der = self._key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return f"s1._domainkey.{self.domain} v=DKIM1; k=rsa; p={base64.b64encode(der).decode()}\n"

    def sign(self, raw: bytes) -> bytes:
        """`raw` with a DKIM-Signature over From, To, Cc, Subject, Date, In-Reply-To, References and body."""
        head, _, body = raw.partition(b"\r\n\r\n")
        fields = _unfold(head)
        names = [n for n in (b"from", b"to", b"cc", b"subject", b"date", b"in-reply-to", b"references") if n in fields]
        digest = hashes.Hash(hashes.SHA256())
        digest.update(_relax_body(body))
        value = (
            f"v=1; a=rsa-sha256; c=relaxed/relaxed; d={self.domain}; s=s1; "
            f"h={':'.join(n.decode() for n in names)}; bh={base64.b64encode(digest.finalize()).decode()}; b="
        ).encode()
        signed = b"".join(n + b":" + fields[n] + b"\r\n" for n in names) + b"dkim-signature:" + value
        signature = base64.b64encode(self._key.sign(signed, padding.PKCS1v15(), hashes.SHA256()))
        return b"DKIM-Signature: " + value + signature + b"\r\n" + raw


def _unfold(head: bytes) -> dict[bytes, bytes]:
    lines = head.replace(b"\r\n ", b" ").replace(b"\r\n\t", b" ").split(b"\r\n")
    pairs = (line.partition(b":") for line in lines)
    return {name.lower(): b" ".join(value.split()) for name, _, value in pairs}


def _relax_body(body: bytes) -> bytes:
    lines = [b" ".join(line.replace(b"\t", b" ").split(b" ")).rstrip() for line in body.split(b"\r\n")]
    lines = [b" ".join(part for i, part in enumerate(line.split(b" ")) if part or not i) for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    return b"".join(line + b"\r\n" for line in lines)


class CheckedMail:
    """Postfix with OpenDKIM as its milter. Mails sent here reach the hub's mailboxes with an honest result."""

    def __init__(self, hub: MailHub, folder: Path, signer: Signer) -> None:
        self.hub, self.folder, self.signer = hub, folder, signer
        self.smtp_port, self.milter_port = find_free_ports(2)
        self._milter: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start both and wait until they answer."""
        for name in ("log", "postfix/queue", "postfix/data", "postfix/conf"):
            (self.folder / name).mkdir(parents=True)
        self.folder.chmod(0o755)
        shutil.chown(self.folder / "postfix/data", "postfix")
        (self.folder / "keys").write_text(self.signer.record)
        values = {name: str(getattr(self, name)) for name in ("folder", "smtp_port", "milter_port")}
        values["lmtp_port"] = str(self.hub.lmtp_port)
        maps = {
            f"hash:{self.folder}/postfix/{n}": f"hash:{self.hub.folder}/postfix/{n}" for n in ("domains", "mailboxes")
        }
        main = Template(POSTFIX_MAIN + "smtpd_milters = inet:127.0.0.1:$milter_port\n").substitute(values)
        for ours, hubs in maps.items():
            main = main.replace(ours, hubs)
        (self.folder / "postfix/conf/main.cf").write_text(main)
        (self.folder / "postfix/conf/master.cf").write_text(Template(POSTFIX_MASTER).substitute(values))
        (self.folder / "opendkim.conf").write_text(Template(_OPENDKIM).substitute(values))
        self._milter = subprocess.Popen(
            [find("opendkim"), "-f", "-x", str(self.folder / "opendkim.conf")], stderr=subprocess.DEVNULL
        )
        self._postfix("start")
        for port in (self.milter_port, self.smtp_port):
            _wait_for(port)

    def stop(self) -> None:
        """End both."""
        with contextlib.suppress(subprocess.CalledProcessError):
            self._postfix("stop")
        if self._milter is not None:
            self._milter.send_signal(signal.SIGTERM)
            self._milter.wait(timeout=_PATIENCE)

    def deliver(self, raw: bytes, sender: str, recipient: str) -> None:
        """Send without login, as a stranger's host would; return when it lies in the mailbox."""
        before = self.hub.count(recipient)
        with smtplib.SMTP("127.0.0.1", self.smtp_port, timeout=_PATIENCE) as smtp:
            smtp.sendmail(sender, [recipient], raw)
        self.hub.wait_for(recipient, before + 1)

    def _postfix(self, command: str) -> None:
        arguments = [find("postfix"), "-c", str(self.folder / "postfix/conf"), command]
        subprocess.run(arguments, check=True, capture_output=True)


def find(program: str) -> str:
    """The program's path, or ""."""
    return shutil.which(program, path=f"{os.environ.get('PATH', '')}:{_SBIN}") or ""


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE):
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)


@pytest.fixture
def checked_mail(mailhub: MailHub) -> Iterator[CheckedMail]:
    """The hub's mailboxes behind a host that checks signatures; demo.local's key is in the table."""
    if not find("opendkim"):
        if os.environ.get("ZHICHI_REQUIRE_SERVERS") == "1":
            pytest.fail("opendkim is not installed")
        pytest.skip("opendkim is not installed")
    with TemporaryDirectory(prefix="dkim-") as folder:
        checked = CheckedMail(mailhub, Path(folder), Signer("demo.local"))
        try:
            checked.start()
            yield checked
        finally:
            checked.stop()
