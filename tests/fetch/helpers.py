"""Settings for the fetch tests: loopback, short patience."""

from typing import Any

from bot.fetch.settings import ImapSettings

SECRET = "kxvbqmnzlprtwsde"


def make_settings(port: int, **changes: Any) -> ImapSettings:
    """An account on this machine; `changes` replace fields."""
    values: dict[str, Any] = {
        "account": "support",
        "host": "127.0.0.1",
        "port": port,
        "user": "bot@demo.local",
        "password": SECRET,
        "tls": "none",
        "connect_timeout": 5.0,
        "read_timeout": 5.0,
    }
    return ImapSettings(**{**values, **changes})
