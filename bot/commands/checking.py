"""`check`: everything that could keep the bot from working, all faults at once."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.commands.output import complain, print_json, stdout
from bot.config import Config
from bot.config.accounts import Account
from bot.errors import FolderMissing, ZhichiError
from bot.fetch.connection import Mailbox
from bot.house import House
from bot.papers.check import check_forms
from bot.rules.policy import ProposalStep
from bot.transmit.check import check_templates
from bot.transmit.smtp import Courier

_EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)


def check(config: Config, now: datetime, *, as_json: bool) -> int:
    """Configuration, secrets, database, templates, calendar, clock, logins, folders; exit code 1 on any fault."""
    house = House(config)
    secrets = config.secrets_faults()
    faults = [*secrets, *_attempt(lambda: _database(house)), *_clock(now)]
    faults += _attempt(lambda: check_templates(house.templates))
    form_faults, form_warnings = check_forms(house.templates, config.policy().every_document)
    faults += form_faults
    if not secrets:
        for account in config.accounts:
            faults += _attempt(partial(_imap, house, account))
            faults += _attempt(partial(_smtp, house, account))
    notes = [*_proposal(config)]
    warnings = [*config.warnings, *form_warnings, *_calendar(config, now), *_proof(config)]
    if as_json:
        print_json({"ok": not faults, "faults": faults, "warnings": warnings, "notes": notes})
    else:
        complain(f"fault: {line}" for line in faults)
        complain(f"warning: {line}" for line in warnings)
        complain(f"note: {line}" for line in notes)
        if not faults:
            stdout.print("all fine" if not warnings else "works; see the warnings")
    return 1 if faults else 0


def _attempt(look: Callable[[], object]) -> list[str]:
    """The faults that `look` finds; what it raises is one of them."""
    try:
        found = look()
    except ZhichiError as error:
        return [str(error)]
    return list(found) if isinstance(found, (list, tuple)) else []


def _database(house: House) -> None:
    house.store.open()


def _imap(house: House, account: Account) -> list[str]:
    faults = []
    with Mailbox(house.imap(account)) as mailbox:
        for folder in mailbox.choose_folders():
            try:
                mailbox.open(folder)
            except FolderMissing as error:
                faults.append(str(error))
    return faults


def _smtp(house: House, account: Account) -> None:
    async def dial() -> None:
        async with Courier(house.smtp(account)) as courier:
            await courier.check()

    asyncio.run(dial())


def _clock(now: datetime) -> list[str]:
    if now < _EARLIEST:
        return [f"clock: it says {now.isoformat()}, before this program was made; set it (NTP)"]
    return []


def _calendar(config: Config, now: datetime) -> Iterator[str]:
    """R42: a year the calendar does not know is said months ahead."""
    today = now.astimezone(config.zone).date()
    for year in sorted({today.year, (today + timedelta(days=75)).year}):
        if not config.calendar().knows(year):
            yield (
                f"calendar: {year} has no official data yet; deadlines in it are provisional (暂定). When the notice "
                f"is out, upgrade chinesecalendar or fill in [calendar] with known_years = [{year}]"
            )


def _proposal(config: Config) -> Iterator[str]:
    """R16: the company's text gives a project's proposal day 9 whenever it came; every other step has a day more."""
    before, after = config.policy().proposal_days(ProposalStep.DONE_PROJECT)
    if before == after:
        yield (
            f"proposal.times: done_project is day {before} before and after noon, as the rules' text says, surely by a "
            f'slip; write ["done_project", {before}, {before + 1}] if you read it as one (R16)'
        )


def _proof(config: Config) -> Iterator[str]:
    for account in config.accounts:
        if not account.authserv_id:
            yield (
                f"account {account.name}: authserv_id is empty, so decisions count by button only; see README, "
                "“Going live”"
            )
