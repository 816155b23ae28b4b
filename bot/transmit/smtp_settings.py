"""Through which SMTP account mail goes out, and how patiently; a wrong value fails here, before any dialling."""

import ipaddress
import re
from dataclasses import dataclass, field
from typing import Literal

from bot.errors import ConfigError

Tls = Literal["implicit", "starttls", "none"]

# Narrower than RFC 5321: nothing that could end the command or add a parameter to it.
ADDRESS = re.compile(r"[^\s<>\x00-\x1f\x7f]+@[^\s<>@\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """One SMTP account. Times are seconds. `user` empty: no login (a relay on this machine).

    `send_timeout` is for a whole mail up to the final dot, dialling and data included; `answer_timeout` for the answer
    to that dot: long, since giving up there leaves the mail uncertain. Together they stay below the outbox's lease.
    `helo_name` is what the bot calls itself; an address literal needs no DNS (RFC 5321 4.1.3).
    Raises ConfigError when a value cannot work, and for plain text to another machine: it would show the password.
    """

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    sender: str
    tls: Tls = "implicit"
    ca_file: str | None = None
    connect_timeout: float = 20.0
    command_timeout: float = 60.0
    send_timeout: float = 270.0
    answer_timeout: float = 300.0
    helo_name: str = "[127.0.0.1]"

    def __post_init__(self) -> None:
        faults = []
        if self.tls == "none" and not is_loopback(self.host):
            faults.append(f'smtp.tls: "none" would send the password in the clear to {self.host}; use "implicit"')
        if not ADDRESS.fullmatch(self.sender):
            faults.append("smtp.sender: must be one plain mail address")
        numbers = ("connect_timeout", "command_timeout", "send_timeout", "answer_timeout")
        faults += [f"smtp.{name}: must be above 0" for name in numbers if getattr(self, name) <= 0]
        if faults:
            raise ConfigError(faults)


def is_loopback(host: str) -> bool:
    """Whether `host` is this machine itself, judged without asking DNS."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"
