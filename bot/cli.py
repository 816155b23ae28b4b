"""The command `zhichi` (design.md part 3): exit 0 fine, 1 a fault or a failed operation, 2 wrong usage or config."""

import sys
from collections.abc import Callable
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.clock import FixedClock, SystemClock
from bot.commands.formats import ReportFormat
from bot.errors import ConfigError, ZhichiError
from bot.rules.words import ReplyStage, Role, Stage

if TYPE_CHECKING:
    from bot.config import Config
    from bot.house import House

app = typer.Typer(
    name="zhichi",
    help="Zhichi (支持) runs a company's technical-support process by e-mail alone.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
quarantine = typer.Typer(help="Mails that could not be handled.", no_args_is_help=True)
outbox = typer.Typer(help="Mails on their way out.", no_args_is_help=True)
reports = typer.Typer(help="Reports: the week to be signed (R28), the month in figures (R36).", no_args_is_help=True)
app.add_typer(reports, name="report")
app.add_typer(quarantine, name="quarantine")
app.add_typer(outbox, name="outbox")


DEFAULT_CONFIG = Path("config.toml")

ConfigOption = Annotated[
    Path | None, typer.Option("-c", "--config", metavar="FILE", help="Configuration; default: ./config.toml")
]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON on stdout, nothing else there.")]
AtOption = Annotated[str | None, typer.Option("--at", metavar="TIME", help="Act as at this ISO 8601 time.")]


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


def _load(context: typer.Context, config: Path | None) -> "Config":
    from bot.commands.output import start_logging
    from bot.config import load_config

    root = context.find_root().obj
    loaded = load_config(config or root or DEFAULT_CONFIG)
    start_logging(loaded.daemon.log_level, as_json=loaded.daemon.log_json)
    return loaded


def _house(context: typer.Context, config: Path | None) -> "House":
    from bot.house import House

    return House(_load(context, config))


def _moment(at: str | None, config: "Config") -> datetime:
    """`--at` as an aware time; without an offset it is the company's zone."""
    if at is None:
        return SystemClock().now()
    try:
        moment = datetime.fromisoformat(at)
    except ValueError as error:
        raise typer.BadParameter(f"{at!r} is not an ISO 8601 time such as 2026-09-17T12:00:00+08:00") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=config.zone)


def _end(code: int) -> None:
    if code:
        raise typer.Exit(code)


@app.command()
def demo(
    folder: Annotated[Path | None, typer.Option("--folder", help="Where mails and database are written.")] = None,
) -> None:
    """The whole story on embedded mail servers with a moved clock, in under a minute."""
    from bot.demo.story import run_demo

    _end(run_demo(folder))


@app.command()
def check(context: typer.Context, config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Config, logins, folders, clock, calendar, templates, database: all faults at once."""
    from bot.commands.checking import check as run_check
    from bot.commands.output import print_json

    try:
        loaded = _load(context, config)
    except ConfigError as error:
        if as_json:
            print_json({"ok": False, "faults": error.faults, "warnings": []})
        raise
    _end(run_check(loaded, SystemClock().now(), as_json=as_json))


@app.command()
def migrate(context: typer.Context, config: ConfigOption = None) -> None:
    """Bring the database to this program's version."""
    house = _house(context, config)
    house.store.migrate()
    typer.echo(f"{house.store.place}: up to date", err=True)


@app.command()
def run(context: typer.Context, config: ConfigOption = None) -> None:
    """The daemon: runs until SIGTERM or Ctrl-C."""
    from bot.daemon import Daemon

    house = _house(context, config)
    _refuse_without_secrets(house.config)
    with house.store.open():
        Daemon(house, SystemClock()).run()


@app.command()
def once(context: typer.Context, config: ConfigOption = None, at: AtOption = None, as_json: JsonOption = False) -> None:
    """One full turn (fetch, deadlines, deliver), then exit: for cron and for tests."""
    from dataclasses import asdict

    from bot.commands.output import complain, print_json
    from bot.cycle import Cycle

    house = _house(context, config)
    _refuse_without_secrets(house.config)
    clock = FixedClock(_moment(at, house.config))
    with house.store.open():
        report = Cycle(house).turn(clock.now())
    if as_json:
        print_json(asdict(report))
    else:
        done = {key: value for key, value in asdict(report).items() if key != "faults"}
        complain([", ".join(f"{key} {value}" for key, value in done.items())])
    complain(report.faults)
    _end(1 if report.faults else 0)


def _refuse_without_secrets(config: "Config") -> None:
    if faults := config.secrets_faults():
        raise ConfigError(faults)
    if not config.accounts:
        raise ConfigError(["accounts: there is none; add [[accounts]] with imap and smtp"])


@app.command(name="list")
def list_command(
    context: typer.Context,
    config: ConfigOption = None,
    stage: Annotated[Stage | None, typer.Option(help="Only cases at this stage.")] = None,
    at: AtOption = None,
    as_json: JsonOption = False,
) -> None:
    """All cases, a line each."""
    from bot.commands.looking import list_cases

    house = _house(context, config)
    _end(list_cases(house, stage, _moment(at, house.config), as_json=as_json))


@app.command()
def show(
    context: typer.Context, ref: str, config: ConfigOption = None, at: AtOption = None, as_json: JsonOption = False
) -> None:
    """One case: history, deadlines with their reasons, documents, mails sent."""
    from bot.commands.looking import show_case

    house = _house(context, config)
    _end(show_case(house, ref, _moment(at, house.config), as_json=as_json))


@app.command()
def load(
    context: typer.Context,
    week: Annotated[str | None, typer.Option(metavar="WEEK", help="Such as 2026-W38; default: this week.")] = None,
    config: ConfigOption = None,
    at: AtOption = None,
    as_json: JsonOption = False,
) -> None:
    """Every engineer's week: days taken, by which cases, and double bookings."""
    from bot.commands.planning import show_load

    house = _house(context, config)
    _end(show_load(house, week, _moment(at, house.config), as_json=as_json))


@app.command()
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
    house = _house(context, config)
    _end(show_chart(house, ref, customer, out, _moment(at, house.config), as_json=as_json))


@app.command()
def export(
    context: typer.Context,
    ref: str,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Default: 日期_编号.zip here.")] = None,
    config: ConfigOption = None,
) -> None:
    """A case with its documents, raw mails and review as one zip, like its folder in the archive."""
    from bot.commands.exporting import export_case

    _end(export_case(_house(context, config), ref, out))


@app.command()
def audit(
    context: typer.Context,
    path: Annotated[Path | None, typer.Argument(metavar="[FILE.zip]", help="A zip that `export` wrote.")] = None,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Prove that every mail has one fate and nothing was altered; with FILE.zip, that this export is as it was made."""
    from bot.commands.exporting import audit_zip
    from bot.commands.looking import audit as run_audit

    if path is not None:
        _end(audit_zip(path, as_json=as_json))
        return

    house = _house(context, config)
    _refuse_without_secrets(house.config)
    _end(run_audit(house, as_json=as_json))


@app.command()
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
        _end(explain_replies(replies))
        return
    if not paths:
        raise typer.BadParameter("name mail files or folders, or --replies FILE")
    named = config or context.find_root().obj
    loaded = _load(context, config) if named or DEFAULT_CONFIG.is_file() else default_config()
    _end(explain_files(loaded, paths, role, stage, as_json=as_json))


@quarantine.command(name="list")
def quarantine_list(context: typer.Context, config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """The mails in quarantine."""
    from bot.commands.hands import list_quarantine

    _end(list_quarantine(_house(context, config), as_json=as_json))


@quarantine.command(name="show")
def quarantine_show(context: typer.Context, number: int, config: ConfigOption = None) -> None:
    """One mail's bytes, made harmless for a terminal."""
    from bot.commands.hands import show_quarantined

    _end(show_quarantined(_house(context, config), number))


@quarantine.command(name="retry")
def quarantine_retry(
    context: typer.Context,
    number: Annotated[int | None, typer.Argument(help="The mail's number; none: all of them.")] = None,
    config: ConfigOption = None,
    at: AtOption = None,
) -> None:
    """Try a mail again; what it causes is sent at the next turn."""
    from bot.commands.hands import retry_quarantined

    house = _house(context, config)
    _end(retry_quarantined(house, number, _moment(at, house.config)))


@outbox.command(name="list")
def outbox_list(
    context: typer.Context,
    status: Annotated[str | None, typer.Option(help="Only this status; else all that is not done with.")] = None,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Outgoing mails."""
    from bot.commands.hands import list_outbox
    from bot.store.tables import OutboxStatus

    if status is not None and status not in set(OutboxStatus):
        raise typer.BadParameter(f"{status!r} is no status; one of {', '.join(OutboxStatus)}")
    _end(list_outbox(_house(context, config), OutboxStatus(status) if status else None, as_json=as_json))


@outbox.command(name="retry")
def outbox_retry(context: typer.Context, number: int, config: ConfigOption = None, at: AtOption = None) -> None:
    """Send a failed, held, uncertain or dropped mail after all."""
    from bot.commands.hands import retry_outbox

    house = _house(context, config)
    _end(retry_outbox(house, number, _moment(at, house.config)))


@outbox.command(name="drop")
def outbox_drop(context: typer.Context, number: int, config: ConfigOption = None) -> None:
    """Never send a mail that is waiting."""
    from bot.commands.hands import drop_outbox

    _end(drop_outbox(_house(context, config), number))


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
    house = _house(context, config)
    _end(run_report(house, wanted, engineer, out, form, _moment(at, house.config)))


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
    house = _house(context, config)
    _end(run_report(house, wanted, out, form, _moment(at, house.config)))


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
