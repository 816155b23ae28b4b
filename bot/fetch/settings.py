"""Where one account's mail is fetched and how patiently; a wrong value fails here, before any dialling."""

import ipaddress
from dataclasses import dataclass, field
from typing import Literal

from bot.errors import ConfigError

Tls = Literal["implicit", "starttls", "none"]
MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class ImapSettings:
    """One IMAP account. Times are seconds, sizes bytes.

    `folders` empty means INBOX and every junk folder of the account: answers do land there (mail-in-china.md B7).
    `read_only` opens with EXAMINE, so nothing of the company's mailbox changes (design.md rule 5).
    Raises ConfigError when a value cannot work, and for plain text to another machine: it would show the password.
    """

    account: str
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    tls: Tls = "implicit"
    ca_file: str | None = None
    folders: tuple[str, ...] = ()
    connect_timeout: float = 15.0
    read_timeout: float = 60.0
    batch_count: int = 100
    batch_bytes: int = 8 * MIB
    read_only: bool = True
    idle_renew: float = 300.0
    max_mail_bytes: int = 50 * MIB

    def __post_init__(self) -> None:
        faults = [f"imap.{name}: {why}" for name, why in self._faults()]
        if faults:
            raise ConfigError(faults)

    def _faults(self) -> list[tuple[str, str]]:
        faults = []
        if self.tls == "none" and not is_loopback(self.host):
            faults.append(("tls", f'"none" would send the password in the clear to {self.host}; use "implicit"'))
        if any(sign in value for value in (self.user, self.password) for sign in "\r\n\0"):
            faults.append(("password", "user or password holds a line break; copy it again"))
        numbers = ("connect_timeout", "read_timeout", "batch_count", "batch_bytes", "idle_renew", "max_mail_bytes")
        return faults + [(name, "must be above 0") for name in numbers if getattr(self, name) <= 0]


def is_loopback(host: str) -> bool:
    """Whether `host` is this machine itself, judged without asking DNS."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"
