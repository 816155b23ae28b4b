"""Passwords from the environment or a file, read only when they are needed, never shown."""

import os
import stat
from pathlib import Path

from pydantic import SecretStr

from bot.errors import ConfigError


def find_secret(key: str, plain: SecretStr, env: str, file: Path | None) -> SecretStr | None:
    """The secret of whichever source is set, or None when none is.

    `key` is the setting's dotted name up to its `_env` or `_file`. Raises ConfigError when the source gives nothing.
    """
    if env:
        if value := os.environ.get(env):
            return SecretStr(value)
        raise ConfigError([f"{key}_env: the environment variable {env} is not set; set it or use {_last(key)}_file"])
    if file:
        return SecretStr(_read(f"{key}_file", file))
    return plain if plain.get_secret_value() else None


def is_world_readable(path: Path) -> bool:
    """Whether every user of the machine may read `path`; False when it is not there."""
    try:
        return bool(path.stat().st_mode & stat.S_IROTH)
    except OSError:
        return False


def _read(key: str, path: Path) -> str:
    try:
        text = path.read_text("utf-8").strip("\r\n")
    except OSError as error:
        cure = "check the path and its permissions"
        raise ConfigError([f"{key}: {path} cannot be read ({error.strerror}); {cure}"]) from None
    except UnicodeDecodeError:
        raise ConfigError([f"{key}: {path} is not UTF-8 text; write the secret alone into it"]) from None
    if not text.strip():
        raise ConfigError([f"{key}: {path} is empty; write the secret into it"])
    if "\n" in text or "\r" in text or "\0" in text:
        raise ConfigError([f"{key}: {path} has more than one line; write the secret alone into it"])
    return text


def _last(key: str) -> str:
    return key.rpartition(".")[2]
