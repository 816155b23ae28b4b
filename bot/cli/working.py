"""Commands that do the bot's work, or see whether it can."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import (
    AtOption,
    ConfigOption,
    JsonOption,
    end_with,
    load_settings,
    open_house,
    read_moment,
    refuse_without_secrets,
)
from bot.clock import FixedClock, SystemClock
from bot.errors import ConfigError


def demo(
    folder: Annotated[Path | None, typer.Option("--folder", help="Where mails and database are written.")] = None,
) -> None:
    """The whole story on embedded mail servers with a moved clock, in under a minute."""
    from bot.demo.story import run_demo

    end_with(run_demo(folder))


def check(context: typer.Context, config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Config, logins, folders, clock, calendar, templates, database: all faults at once."""
    from bot.commands.checking import check as run_check
    from bot.commands.output import print_json

    try:
        loaded = load_settings(context, config)
    except ConfigError as error:
        if as_json:
            print_json({"ok": False, "faults": error.faults, "warnings": []})
        raise
    end_with(run_check(loaded, SystemClock().now(), as_json=as_json))


def migrate(context: typer.Context, config: ConfigOption = None) -> None:
    """Bring the database to this program's version."""
    house = open_house(context, config)
    house.store.migrate()
    typer.echo(f"{house.store.place}: up to date", err=True)


def run(context: typer.Context, config: ConfigOption = None) -> None:
    """The daemon: runs until SIGTERM or Ctrl-C."""
    from bot.daemon import Daemon

    house = open_house(context, config)
    refuse_without_secrets(house.config)
    with house.store.open():
        Daemon(house, SystemClock()).run()


def once(context: typer.Context, config: ConfigOption = None, at: AtOption = None, as_json: JsonOption = False) -> None:
    """One full turn (fetch, deadlines, deliver), then exit: for cron and for tests."""
    from dataclasses import asdict

    from bot.commands.output import complain, print_json
    from bot.cycle import Cycle

    house = open_house(context, config)
    refuse_without_secrets(house.config)
    clock = FixedClock(read_moment(at, house.config))
    with house.store.open():
        report = Cycle(house).turn(clock.now())
    if as_json:
        print_json(asdict(report))
    else:
        done = {key: value for key, value in asdict(report).items() if key != "faults"}
        complain([", ".join(f"{key} {value}" for key, value in done.items())])
    complain(report.faults)
    end_with(1 if report.faults else 0)
