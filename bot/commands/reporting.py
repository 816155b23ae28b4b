"""`report weekly` and `report monthly`: as workbook, CSV or JSON (R28, R36)."""

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bot.commands.formats import ReportFormat
from bot.commands.output import complain, print_json
from bot.errors import ZhichiError
from bot.handling.authority import Authority
from bot.handling.gathering import gather_sheets
from bot.handling.gathering_month import gather_monthly
from bot.house import House
from bot.papers.monthly import make_monthly_book
from bot.papers.monthly_tables import monthly_csv, monthly_json
from bot.papers.names import clean_name
from bot.papers.tables import weekly_csv, weekly_json
from bot.papers.weekly import file_name, make_workbook
from bot.rules.reports.report import Sheet
from bot.rules.times.weeks import Week, week_of
from bot.rules.words import Role


def report_weekly(
    house: House, week: Week | None, engineer: str, out: Path | None, form: ReportFormat, now: datetime
) -> int:
    """Write the week's reports; exit code. JSON and CSV go to stdout without `out`, a workbook to this folder.

    Into a folder go the company's workbook and one for each engineer.
    """
    policy = house.config.policy()
    wanted = week or week_of(policy.hours.local(now).date())
    with house.store.open().reading() as tx:
        address = _find_engineer(house, engineer) if engineer else ""
        sheets = gather_sheets(tx, Authority(policy).now(tx, now), wanted, now, address)
    if not sheets:
        complain([f"{wanted}: no work and no plan in this week"])
    if form is ReportFormat.JSON and out is None:
        print_json(weekly_json(str(wanted), sheets))
        return 0
    company = house.config.settings.company.name
    folder = out if out is not None and (out.is_dir() or not out.suffix) else None
    if folder is None:
        content = _make(form, sheets, wanted, company, now, whole=not engineer)
        write_report(out or _here(form, sheets, wanted), content)
        return 0
    for chosen in (sheets, *((s,) for s in sheets)) if len(sheets) > 1 else (sheets,):
        name = clean_name(file_name(chosen, str(wanted), form.value))
        write_report(folder / name, _make(form, chosen, wanted, company, now, whole=len(chosen) != 1))
    return 0


def report_monthly(house: House, month: date | None, out: Path | None, form: ReportFormat, now: datetime) -> int:
    """Write the month's figures; exit code. JSON and CSV go to stdout without `out`, a workbook to this folder."""
    policy = house.config.policy()
    with house.store.open().reading() as tx:
        wanted = month or policy.hours.local(now).date()
        found = gather_monthly(tx, Authority(policy).now(tx, now), wanted, now)
    if form is ReportFormat.JSON and out is None:
        print_json(monthly_json(found))
        return 0
    name = f"技术支持月报_{found.month}.{form.value}"
    if form is ReportFormat.JSON:
        content = to_json(monthly_json(found))
    elif form is ReportFormat.CSV:
        content = monthly_csv(found)
    else:
        content = make_monthly_book(found, house.config.settings.company.name, now)
    if out is not None:
        write_report(out / name if out.is_dir() or not out.suffix else out, content)
    else:
        write_report(None if form is ReportFormat.CSV else Path(name), content)
    return 0


def to_json(value: Mapping[str, Any]) -> bytes:
    """JSON for a file."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _make(
    form: ReportFormat, sheets: Sequence[Sheet], week: Week, company: str, now: datetime, *, whole: bool
) -> bytes:
    if form is ReportFormat.CSV:
        return weekly_csv(sheets, company=whole)
    if form is ReportFormat.JSON:
        return to_json(weekly_json(str(week), sheets))
    return make_workbook(sheets, company, now)


def _here(form: ReportFormat, sheets: Sequence[Sheet], week: Week) -> Path | None:
    return Path(clean_name(file_name(sheets, str(week), form.value))) if form is ReportFormat.XLSX else None


def write_report(path: Path | None, content: bytes) -> None:
    """Write it and say where on stderr; None: stdout. ZhichiError when the disk refuses."""
    if path is None:
        sys.stdout.buffer.write(content)
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise ZhichiError(f"{path}: {error.strerror}; choose another --out") from error
    complain([str(path)])


def _find_engineer(house: House, written: str) -> str:
    company = house.config.company()
    known = company.find(written)
    named = (known,) if known else company.find_named(written, {Role.ENGINEER}) or company.find_named(written)
    if len(named) != 1:
        why = f"means {'、'.join(p.name for p in named)}" if named else "is nobody in [[people]]"
        raise ZhichiError(f'--engineer: "{written}" {why}; write a name or an address from there')
    return named[0].address
