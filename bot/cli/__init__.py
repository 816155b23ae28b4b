"""The command `zhichi` (design.md part 3): exit 0 fine, 1 a fault or a failed operation, 2 wrong usage or config."""

import sys
from collections.abc import Callable
from importlib.metadata import version
from typing import Annotated

import typer

from bot.cli import hands, looking, reports, working
from bot.cli.options import ConfigOption
from bot.errors import ConfigError, ZhichiError

app = typer.Typer(
    name="zhichi",
    help="Zhichi (支持) runs a company's technical-support process by e-mail alone.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(reports.reports, name="report")
app.add_typer(hands.quarantine, name="quarantine")
app.add_typer(hands.outbox, name="outbox")
_COMMANDS: tuple[Callable[..., None], ...] = (
    *(working.demo, working.check, working.migrate, working.run, working.once),
    *(looking.list_cases, looking.show, looking.load, looking.chart, looking.export, looking.audit, looking.explain),
)
for _command in _COMMANDS:
    app.command(name=_command.__name__.partition("_")[0])(_command)


@app.callback()
def _main(
    context: typer.Context,
    config: ConfigOption = None,
    show_version: Annotated[bool, typer.Option("--version", help="Print the version and exit.", is_eager=True)] = False,
) -> None:
    if show_version:
        typer.echo(f"zhichi {version('zhichi')}")
        raise typer.Exit
    context.obj = config


def main() -> None:
    """Run the command line; our own errors are one line each, without a traceback."""
    sys.exit(_guarded(app))


def _guarded(command: Callable[[], object]) -> int:
    try:
        command()
    except ConfigError as error:
        for fault in error.faults:
            typer.echo(fault, err=True)
        return 2
    except ZhichiError as error:
        typer.echo(str(error), err=True)
        return 1
    except BrokenPipeError:
        return 1
    return 0
