"""Commands that look at cases, mails and people, and change nothing."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import (
    DEFAULT_CONFIG,
    AtOption,
    ConfigOption,
    JsonOption,
    end_with,
    load_settings,
    open_house,
    read_moment,
    refuse_without_secrets,
)
from bot.rules.words import ReplyStage, Role, Stage


def list_cases(
    context: typer.Context,
    config: ConfigOption = None,
    stage: Annotated[Stage | None, typer.Option(help="Only cases at this stage.")] = None,
    at: AtOption = None,
    as_json: JsonOption = False,
) -> None:
    """All cases, a line each."""
    from bot.commands.looking import list_cases as run_list

    house = open_house(context, config)
    end_with(run_list(house, stage, read_moment(at, house.config), as_json=as_json))


def show(
    context: typer.Context, ref: str, config: ConfigOption = None, at: AtOption = None, as_json: JsonOption = False
) -> None:
    """One case: history, deadlines with their reasons, documents, mails sent."""
    from bot.commands.looking import show_case

    house = open_house(context, config)
    end_with(show_case(house, ref, read_moment(at, house.config), as_json=as_json))


def load(
    context: typer.Context,
    week: Annotated[str | None, typer.Option(metavar="WEEK", help="Such as 2026-W38; default: this week.")] = None,
    config: ConfigOption = None,
    at: AtOption = None,
    as_json: JsonOption = False,
) -> None:
    """Every engineer's week: days taken, by which cases, and double bookings."""
    from bot.commands.planning import show_load

    house = open_house(context, config)
    end_with(show_load(house, week, read_moment(at, house.config), as_json=as_json))


def chart(
    context: typer.Context,
    ref: Annotated[str, typer.Argument(help="A case, such as ZC2026-0001.")] = "",
    customer: Annotated[str, typer.Option(help="All cases of this customer instead.")] = "",
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Draw it: a .png or .svg file.")] = None,
    config: ConfigOption = None,
    at: AtOption = None,
    as_json: JsonOption = False,
) -> None:
    """The timeline of a case or customer, planned against actual: as text, or drawn."""
    from bot.commands.charting import show_chart

    if bool(ref) == bool(customer):
        raise typer.BadParameter("name a case, or --customer NAME")
    house = open_house(context, config)
    end_with(show_chart(house, ref, customer, out, read_moment(at, house.config), as_json=as_json))


def export(
    context: typer.Context,
    ref: str,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Default: 日期_编号.zip here.")] = None,
    config: ConfigOption = None,
) -> None:
    """A case with its documents, raw mails and review as one zip, like its folder in the archive."""
    from bot.commands.exporting import export_case

    end_with(export_case(open_house(context, config), ref, out))


def audit(
    context: typer.Context,
    path: Annotated[Path | None, typer.Argument(metavar="[FILE.zip]", help="A zip that `export` wrote.")] = None,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Prove that every mail has one fate and nothing was altered; with FILE.zip, that this export is as it was made."""
    from bot.commands.auditing import audit as run_audit
    from bot.commands.exporting import audit_zip

    if path is not None:
        end_with(audit_zip(path, as_json=as_json))
        return

    house = open_house(context, config)
    refuse_without_secrets(house.config)
    end_with(run_audit(house, as_json=as_json))


def explain(
    context: typer.Context,
    paths: Annotated[list[Path] | None, typer.Argument(metavar="[PATH]...", help="Mail files or folders.")] = None,
    replies: Annotated[Path | None, typer.Option(help="Rows role<TAB>stage<TAB>text[<TAB>expected].")] = None,
    role: Annotated[Role | None, typer.Option(help="Read replies as written by this role.")] = None,
    stage: Annotated[ReplyStage | None, typer.Option(help="Read replies at this point of the process.")] = None,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """What the bot would make of a mail, and why; touches nothing and needs no configuration."""
    from bot.commands.explaining import explain_files, explain_replies
    from bot.config import default_config

    if replies is not None:
        end_with(explain_replies(replies))
        return
    if not paths:
        raise typer.BadParameter("name mail files or folders, or --replies FILE")
    named = config or context.find_root().obj
    loaded = load_settings(context, config) if named or DEFAULT_CONFIG.is_file() else default_config()
    end_with(explain_files(loaded, paths, role, stage, as_json=as_json))
