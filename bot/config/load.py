"""From a file to a Config: every fault at once, then paths made absolute."""

from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from bot.config.checks import find_faults
from bot.config.config import Config
from bot.config.faults import dotted
from bot.config.partial import read_settings
from bot.config.sections import Settings
from bot.config.source import Key, Source, read_source
from bot.errors import ConfigError

M = TypeVar("M", bound=BaseModel)


def load_config(path: Path) -> Config:
    """The configuration at `path` with the environment laid over it.

    Raises ConfigError with every fault found, in the order of the file. Secrets are not read here: see
    `Config.secrets_faults`.
    """
    source = read_source(path)
    folder = path.resolve().parent
    read = read_settings(source.data)
    settings = anchored(read.settings, folder)
    faults = [*read.faults, *(read.as_written(fault) for fault in find_faults(settings, read.lost))]
    if faults:
        order = {name: n for n, name in enumerate(Settings.model_fields)}
        faults.sort(key=lambda fault: order.get(str(fault.key[0]), -1))
        raise ConfigError([fault.line(source) for fault in faults])
    return Config(settings, path.resolve(), folder, tuple(_plain_secrets(settings, source)))


def default_config() -> Config:
    """The documented defaults, without people and accounts: what `explain` uses when there is no file."""
    folder = Path.cwd()
    return Config(anchored(Settings(), folder), None, folder)


def anchored(section: M, folder: Path) -> M:
    """`section` with every relative path in it starting at `folder`."""
    changes = {name: _anchored(value, folder) for name, value in section}
    return section.model_copy(update={name: new for name, new in changes.items() if new is not getattr(section, name)})


def _anchored(value: Any, folder: Path) -> Any:
    if isinstance(value, BaseModel):
        return anchored(value, folder)
    if isinstance(value, Path):
        return folder / value.expanduser()
    if isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
        return tuple(anchored(entry, folder) for entry in value)
    return value


def _plain_secrets(settings: Settings, source: Source) -> list[str]:
    """The keys of secrets written in the file itself."""
    keys: list[Key] = [
        ("accounts", n, side, "password")
        for n, account in enumerate(settings.accounts)
        for side, login in (("imap", account.imap), ("smtp", account.smtp))
        if login.password
    ]
    if settings.database.holds_password():
        keys.append(("database", "url"))
    return [dotted(key) for key in keys if key not in source.variables]
