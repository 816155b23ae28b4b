"""Settings that cannot work, or would show the password, are refused before any dialling."""

import pytest

from bot.errors import ConfigError
from bot.fetch.settings import is_loopback
from tests.fetch.helpers import SECRET, make_settings


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("LOCALHOST", True),
        ("imap.qq.com", False),
        ("10.0.0.1", False),
        ("localhost.evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("0.0.0.0", False),
    ],
)
def test_only_this_very_machine_is_loopback(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


def test_plain_text_to_another_machine_is_refused() -> None:
    with pytest.raises(ConfigError, match="in the clear to mail") as caught:
        make_settings(143, host="mail.example.com")
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    "field", ["connect_timeout", "read_timeout", "batch_count", "batch_bytes", "idle_renew", "max_mail_bytes"]
)
def test_a_number_that_cannot_work_is_named(field: str) -> None:
    with pytest.raises(ConfigError, match=f"imap.{field}"):
        make_settings(143, **{field: 0})


@pytest.mark.parametrize("sign", ["\r", "\n", "\0"])
def test_a_password_that_would_end_the_command_is_refused(sign: str) -> None:
    with pytest.raises(ConfigError, match="line break") as caught:
        make_settings(143, password=f"abc{sign}A1 LOGOUT")
    assert "abc" not in str(caught.value)


def test_the_password_is_not_shown() -> None:
    assert SECRET not in repr(make_settings(143))
