"""What the commands share: their options, and what they read from them."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.clock import SystemClock
from bot.errors import ConfigError

if TYPE_CHECKING:
    from bot.config import Config
    from bot.house import House

DEFAULT_CONFIG = Path("config.toml")

ConfigOption = Annotated[
    Path | None, typer.Option("-c", "--config", metavar="FILE", help="Configuration; default: ./config.toml")
]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON on stdout, nothing else there.")]
AtOption = Annotated[str | None, typer.Option("--at", metavar="TIME", help="Act as at this ISO 8601 time.")]


def load_settings(context: typer.Context, config: Path | None) -> "Config":
    """The configuration named behind the command, before it, or ./config.toml; logging starts as it says."""
    from bot.commands.output import start_logging
    from bot.config import load_config

    root = context.find_root().obj
    loaded = load_config(config or root or DEFAULT_CONFIG)
    start_logging(loaded.daemon.log_level, as_json=loaded.daemon.log_json)
    return loaded


def open_house(context: typer.Context, config: Path | None) -> "House":
    """The stations, built by the configuration; nothing is connected yet."""
    from bot.house import House

    return House(load_settings(context, config))


def read_moment(at: str | None, config: "Config") -> datetime:
    """`--at` as an aware time; without an offset it is the company's zone."""
    if at is None:
        return SystemClock().now()
    try:
        moment = datetime.fromisoformat(at)
    except ValueError as error:
        raise typer.BadParameter(f"{at!r} is not an ISO 8601 time such as 2026-09-17T12:00:00+08:00") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=config.zone)


def end_with(code: int) -> None:
    """Exit with `code` unless it is 0."""
    if code:
        raise typer.Exit(code)


def refuse_without_secrets(config: "Config") -> None:
    """Nothing that needs a mailbox begins without its passwords; raises `ConfigError` with every one missing."""
    if faults := config.secrets_faults():
        raise ConfigError(faults)
    if not config.accounts:
        raise ConfigError(["accounts: there is none; add [[accounts]] with imap and smtp"])
