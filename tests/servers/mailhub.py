"""A private Dovecot (IMAP, LMTP, submission) behind a private Postfix, one pair for the whole test session.

Nothing leaves the machine: Postfix refuses every domain that no user was added for. Needs root and both servers;
otherwise tests are skipped with the reason, or fail when ZHICHI_REQUIRE_SERVERS=1.
"""

import contextlib
import os
import shutil
import signal
import smtplib
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory

import pytest
from imapclient import IMAPClient

from tests.servers.certificates import Certificate, make_certificate
from tests.servers.mailhub_config import DOVECOT, POSTFIX_MAIN, POSTFIX_MASTER
from tests.servers.ports import find_free_ports

PASSWORD = "kxvb-hub-password"  # long enough to be looked for in logs
_PATIENCE = 15.0  # seconds for a server to come up or a delivered mail to arrive
_SBIN = "/usr/sbin:/sbin"


class MailHub:
    """Two running servers. All users have the password `PASSWORD`; any address may be added as a user."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.password = PASSWORD
        ports = find_free_ports(6)
        self.imap_port, self.tls_port, self.lmtp_port, self.smtp_port = ports[:4]
        self.submission_port, self.submission_tls_port = ports[4:]
        self.users: list[str] = []
        self._dovecot: subprocess.Popen[bytes] | None = None
        self.certificate: Certificate

    @property
    def ca_file(self) -> str:
        """The authority that signed the servers' certificate."""
        return str(self.certificate.ca_file)

    def start(self) -> None:
        """Write the configuration and start both."""
        for name in ("run", "mail", "log", "postfix/queue", "postfix/data", "postfix/conf"):
            (self.folder / name).mkdir(parents=True)
        self.folder.chmod(0o755)  # the servers' own users must get through
        self.certificate = make_certificate(self.folder)
        shutil.chown(self.folder / "mail", "mail", "mail")
        shutil.chown(self.folder / "postfix/data", "postfix")
        self._write("dovecot.conf", DOVECOT)
        self._write("postfix/conf/main.cf", POSTFIX_MAIN)
        self._write("postfix/conf/master.cf", POSTFIX_MASTER)
        self._map_users()
        self.restart()

    def restart(self) -> None:
        """Start both, after `stop()` with everybody's mail still there, and wait until they answer."""
        self._dovecot = subprocess.Popen(
            [_find("dovecot"), "-F", "-c", str(self.folder / "dovecot.conf")], stderr=subprocess.DEVNULL
        )
        self._postfix("start")
        for port in (self.imap_port, self.tls_port, self.submission_port, self.smtp_port):
            self._wait(lambda port=port: _answers(port), f"port {port} to answer")  # type: ignore[misc]

    def stop(self) -> None:
        """End both by their own process numbers."""
        with contextlib.suppress(subprocess.CalledProcessError):  # it never came up
            self._postfix("stop")
        if self._dovecot is not None:
            self._dovecot.send_signal(signal.SIGTERM)
            self._dovecot.wait(timeout=_PATIENCE)

    def add_user(self, address: str) -> str:
        """Make a mailbox for `address`, in any domain; returns the address, which is the login too."""
        if address not in self.users:
            self.users.append(address)
            self._map_users()
        return address

    def append(
        self,
        user: str,
        raw: bytes,
        internaldate: datetime | None = None,
        folder: str = "INBOX",
        flags: Sequence[str] = (),
    ) -> None:
        """Lay a mail into a folder, made when absent, with a chosen time of receipt."""
        with self.imap(user) as client:
            if not client.folder_exists(folder):
                client.create_folder(folder)
            client.append(folder, raw, flags=flags, msg_time=internaldate)

    def deliver(self, raw: bytes, sender: str, recipients: Sequence[str], *, wait: bool = True) -> None:
        """Send by SMTP without login; with `wait`, return when every recipient has it in INBOX."""
        before = {user: self.count(user) for user in recipients} if wait else {}
        with smtplib.SMTP("127.0.0.1", self.smtp_port, timeout=_PATIENCE) as smtp:
            smtp.sendmail(sender, list(recipients), raw)
        for user, count in before.items():
            self.wait_for(user, count + 1)

    def wait_for(self, user: str, count: int) -> None:
        """Return when the INBOX of `user` holds at least `count` mails."""
        self._wait(lambda: self.count(user) >= count, f"mail {count} of {user}")

    def count(self, user: str) -> int:
        """How many mails lie in the INBOX of `user`."""
        with self.imap(user) as client:
            return int(client.folder_status("INBOX", ["MESSAGES"])[b"MESSAGES"])

    def inbox(self, user: str, folder: str = "INBOX") -> list[bytes]:
        """All mails of a folder, oldest first."""
        with self.imap(user) as client:
            client.select_folder(folder, readonly=True)
            uids = client.search()
            answer = client.fetch(uids, ["BODY.PEEK[]"])
            return [answer[uid][b"BODY[]"] for uid in uids]

    def wipe(self) -> None:
        """Expunge every mail of every user; UIDs go on rising, nothing restarts."""
        self._postfix_queue_clear()
        for user in self.users:
            arguments = ["-c", str(self.folder / "dovecot.conf"), "expunge", "-u", user, "mailbox", "*", "all"]
            self._insist("doveadm", *arguments)

    def renew_uidvalidity(self, user: str, folder: str = "INBOX") -> None:
        """As after a restored backup: the same mails, and no UID means what it meant."""
        config = str(self.folder / "dovecot.conf")
        value = str(int(time.time()))
        words = ["mailbox", "update", "-u", user, "--uid-validity", value, folder]
        subprocess.run([_find("doveadm"), "-c", config, *words], check=True, capture_output=True)

    @contextlib.contextmanager
    def imap(self, user: str) -> Iterator[IMAPClient]:
        """A plain client logged in as `user`, for looking and preparing."""
        client = IMAPClient("127.0.0.1", self.imap_port, ssl=False, timeout=_PATIENCE)
        try:
            client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            client.login(user, PASSWORD)
            yield client
            client.logout()
        finally:
            with contextlib.suppress(OSError):  # after a logout there is nothing left to shut
                client.shutdown()

    def _write(self, name: str, template: str) -> None:
        values = {
            "folder": str(self.folder),
            "password": PASSWORD,
            "cert_file": str(self.certificate.cert_file),
            "key_file": str(self.certificate.key_file),
            **{name: str(value) for name, value in vars(self).items() if name.endswith("_port")},
        }
        (self.folder / name).write_text(Template(template).substitute(values), encoding="utf-8")

    def _map_users(self) -> None:
        self._map("mailboxes", dict.fromkeys(self.users, "x"))
        self._map("domains", {user.partition("@")[2]: "x" for user in self.users})

    def _map(self, name: str, rows: dict[str, str]) -> None:
        path = self.folder / "postfix" / name
        path.write_text("".join(f"{key} {value}\n" for key, value in rows.items()))
        configuration = str(self.folder / "postfix/conf")
        subprocess.run([_find("postmap"), "-c", configuration, f"hash:{path}"], check=True, capture_output=True)

    def _postfix(self, command: str) -> None:
        arguments = [_find("postfix"), "-c", str(self.folder / "postfix/conf"), command]
        subprocess.run(arguments, check=True, capture_output=True)

    def _postfix_queue_clear(self) -> None:
        configuration = str(self.folder / "postfix/conf")
        self._insist("postsuper", "-c", configuration, "-d", "ALL")

    def _insist(self, program: str, *words: str) -> None:
        """Until it goes through: mails of a test that failed may still be on their way under it."""
        command = [_find(program), *words]
        self._wait(lambda: subprocess.run(command, check=False, capture_output=True).returncode == 0, " ".join(command))

    def _wait(self, is_so: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + _PATIENCE
        while not is_so():
            if time.monotonic() > deadline:
                logs = "\n".join(path.read_text()[-2000:] for path in (self.folder / "log").iterdir())
                raise TimeoutError(f"waited {_PATIENCE} s for {what}\n{logs}")
            time.sleep(0.01)


def _find(program: str) -> str:
    found = shutil.which(program, path=f"{os.environ.get('PATH', '')}:{_SBIN}")
    if found is None:
        raise FileNotFoundError(program)
    return found


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE):
            return True
    except OSError:
        return False


def _why_not() -> str:
    """Why the servers cannot run here, or ""."""
    for program in ("dovecot", "postfix", "postmap", "doveadm"):
        if shutil.which(program, path=f"{os.environ.get('PATH', '')}:{_SBIN}") is None:
            return f"{program} is not installed (packages dovecot-imapd dovecot-lmtpd dovecot-submissiond postfix)"
    return "" if os.geteuid() == 0 else "Postfix starts only as root"


@pytest.fixture(scope="session")
def mailhub_session() -> Iterator[MailHub]:
    """The servers of this session. Their folder is short: a Unix socket's path may have 107 characters only."""
    why_not = _why_not()
    if why_not and os.environ.get("ZHICHI_REQUIRE_SERVERS") == "1":
        pytest.fail(why_not)
    if why_not:
        pytest.skip(why_not)
    with TemporaryDirectory(prefix="hub-") as folder:
        hub = MailHub(Path(folder))
        try:
            hub.start()
            yield hub
        finally:
            hub.stop()


@pytest.fixture
def mailhub(mailhub_session: MailHub) -> MailHub:
    """The real servers with every mailbox empty."""
    mailhub_session.wipe()
    return mailhub_session
