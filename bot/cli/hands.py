"""Commands by which the operator sees to mails that could not be handled, or not be sent."""

from typing import Annotated

import typer

from bot.cli.options import AtOption, ConfigOption, JsonOption, end_with, open_house, read_moment

quarantine = typer.Typer(help="Mails that could not be handled.", no_args_is_help=True)
outbox = typer.Typer(help="Mails on their way out.", no_args_is_help=True)


@quarantine.command(name="list")
def quarantine_list(context: typer.Context, config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """The mails in quarantine."""
    from bot.commands.hands import list_quarantine

    end_with(list_quarantine(open_house(context, config), as_json=as_json))


@quarantine.command(name="show")
def quarantine_show(context: typer.Context, number: int, config: ConfigOption = None) -> None:
    """One mail's bytes, made harmless for a terminal."""
    from bot.commands.hands import show_quarantined

    end_with(show_quarantined(open_house(context, config), number))


@quarantine.command(name="retry")
def quarantine_retry(
    context: typer.Context,
    number: Annotated[int | None, typer.Argument(help="The mail's number; none: all of them.")] = None,
    config: ConfigOption = None,
    at: AtOption = None,
) -> None:
    """Try a mail again; what it causes is sent at the next turn."""
    from bot.commands.hands import retry_quarantined

    house = open_house(context, config)
    end_with(retry_quarantined(house, number, read_moment(at, house.config)))


@outbox.command(name="list")
def outbox_list(
    context: typer.Context,
    status: Annotated[str | None, typer.Option(help="Only this status; else all that is not done with.")] = None,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Outgoing mails."""
    from bot.commands.hands import list_outbox
    from bot.store.outbox_tables import OutboxStatus

    if status is not None and status not in set(OutboxStatus):
        raise typer.BadParameter(f"{status!r} is no status; one of {', '.join(OutboxStatus)}")
    end_with(list_outbox(open_house(context, config), OutboxStatus(status) if status else None, as_json=as_json))


@outbox.command(name="retry")
def outbox_retry(context: typer.Context, number: int, config: ConfigOption = None, at: AtOption = None) -> None:
    """Send a failed, held, uncertain or dropped mail after all."""
    from bot.commands.hands import retry_outbox

    house = open_house(context, config)
    end_with(retry_outbox(house, number, read_moment(at, house.config)))


@outbox.command(name="drop")
def outbox_drop(context: typer.Context, number: int, config: ConfigOption = None) -> None:
    """Never send a mail that is waiting."""
    from bot.commands.hands import drop_outbox

    end_with(drop_outbox(open_house(context, config), number))
