"""Commands that write reports."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import AtOption, ConfigOption, end_with, open_house, read_moment
from bot.commands.formats import ReportFormat

reports = typer.Typer(help="Reports: the week to be signed (R28), the month in figures (R36).", no_args_is_help=True)


@reports.command(name="weekly")
def report_weekly(
    context: typer.Context,
    week: Annotated[str | None, typer.Option(metavar="2026-W38", help="ISO week; default: this week.")] = None,
    engineer: Annotated[str, typer.Option(metavar="NAME", help="Only this engineer; a name or an address.")] = "",
    out: Annotated[Path | None, typer.Option(metavar="DIR|FILE", help="A folder gets one file a person.")] = None,
    form: Annotated[ReportFormat, typer.Option("--format", help="What to write.")] = ReportFormat.XLSX,
    config: ConfigOption = None,
    at: AtOption = None,
) -> None:
    """The technical weekly report (技术周报), the company's and each engineer's: as sent or signed, or as a draft."""
    from bot.commands.reporting import report_weekly as run_report
    from bot.rules.times.weeks import parse_week

    try:
        wanted = parse_week(week) if week else None
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    house = open_house(context, config)
    end_with(run_report(house, wanted, engineer, out, form, read_moment(at, house.config)))


@reports.command(name="monthly")
def report_monthly(
    context: typer.Context,
    month: Annotated[str | None, typer.Option(metavar="2026-09", help="Default: this month.")] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR|FILE", help="Where to write.")] = None,
    form: Annotated[ReportFormat, typer.Option("--format", help="What to write.")] = ReportFormat.XLSX,
    config: ConfigOption = None,
    at: AtOption = None,
) -> None:
    """The month in figures: on-time rates per rule, load per engineer, customers, ratings; the workbook has charts."""
    from bot.commands.reporting import report_monthly as run_report

    try:
        wanted = datetime.strptime(month, "%Y-%m").date() if month else None  # noqa: DTZ007 - a month has no zone
    except ValueError as error:
        raise typer.BadParameter(f"{month!r} is not a month such as 2026-09") from error
    house = open_house(context, config)
    end_with(run_report(house, wanted, out, form, read_moment(at, house.config)))
