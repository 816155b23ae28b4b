"""The mailboxes of the bot: where it reads and through whom it sends."""

import ipaddress
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationInfo, field_validator, model_validator

from bot.config.values import Count, Email, EnvName, Host, OptionalPath, Port, Seconds, Section, Text

Tls = Literal["implicit", "starttls", "none"]
MIB = 1 << 20


class Login(Section):
    """What IMAP and SMTP have in common. At most one of the three `password` keys may be set."""

    host: Host
    tls: Tls = "implicit"
    user: str = ""  # empty: the account's address
    password: SecretStr = SecretStr("")
    password_env: EnvName = ""
    password_file: OptionalPath = None
    ca_file: OptionalPath = None  # a company's own certificate authority, PEM
    connect_timeout: Seconds = 15.0
    read_timeout: Seconds = 60.0

    @field_validator("tls")
    @classmethod
    def _never_in_the_clear(cls, tls: Tls, info: ValidationInfo) -> Tls:
        host = info.data.get("host", "localhost")
        if tls == "none" and not is_loopback(host):
            raise ValueError(f'"none" would send the password in the clear to {host}; use "implicit" or "starttls"')
        return tls

    @field_validator("user", "password")
    @classmethod
    def _one_line(cls, value: str | SecretStr) -> str | SecretStr:
        text = value if isinstance(value, str) else value.get_secret_value()
        if any(sign in text for sign in "\r\n\0"):
            raise ValueError("holds a line break; write it on one line")
        return value

    @model_validator(mode="after")
    def _one_source(self) -> "Login":
        if len(self.password_sources()) > 1:
            raise ValueError(f"{' and '.join(self.password_sources())} are both set; keep one of them")
        return self

    def password_sources(self) -> list[str]:
        """Which of the password keys are set."""
        return [k for k in ("password", "password_env", "password_file") if getattr(self, k)]


class Imap(Login):
    """Where the account's mail is read; the mailbox stays as it is unless `move_to` is set (design.md rule 5)."""

    port: Port = 993
    folders: tuple[Text, ...] = ()  # empty: INBOX and every junk folder
    poll_seconds: Seconds = 60.0
    batch_count: Count = 100
    batch_bytes: Count = 8 * MIB
    max_mail_bytes: Count = 50 * MIB
    first_look_days: Count = 30  # older mails found at the first look are recorded, never acted on
    move_to: str = ""

    @model_validator(mode="before")
    @classmethod
    def _usual_port(cls, data: Any) -> Any:
        return _with_port(data, {"starttls": 143, "none": 143})


class Smtp(Login):
    """How the account's mail goes out. Without a password of its own the IMAP one is used."""

    port: Port = 465
    sent_folder: str = ""  # an IMAP folder that gets a copy
    self_copy: bool = True
    answer_timeout: Seconds = Field(default=300.0, le=300)  # with the data below the outbox's lease

    @model_validator(mode="before")
    @classmethod
    def _usual_port(cls, data: Any) -> Any:
        return _with_port(data, {"starttls": 587, "none": 25})


class Account(Section):
    """One mailbox. An empty `authserv_id` means that decisions need the secret of a button (fail closed)."""

    name: Text
    address: Email
    display_name: str = ""
    authserv_id: str = ""
    imap: Imap
    smtp: Smtp

    @field_validator("authserv_id")
    @classmethod
    def _one_host(cls, text: str) -> str:
        if any(sign.isspace() or sign in ";," for sign in text):
            raise ValueError(f'"{text}" is not one host name; copy the word that follows "Authentication-Results:"')
        return text.lower()

    @property
    def imap_user(self) -> str:
        """The name to log in with at IMAP."""
        return self.imap.user or self.address

    @property
    def smtp_user(self) -> str:
        """The name to log in with at SMTP."""
        return self.smtp.user or self.imap_user


def is_loopback(host: str) -> bool:
    """Whether `host` is this machine itself, judged without asking DNS."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _with_port(data: Any, ports: dict[str, int]) -> Any:
    """Put in the usual port of the chosen `tls` when none is written; pydantic hands over whatever the file holds."""
    if isinstance(data, dict) and "port" not in data and (tls := data.get("tls")) in ports:
        return {**data, "port": ports[tls]}
    return data
