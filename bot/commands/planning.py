"""`load`: who is where in a week. It changes nothing."""

import re
from datetime import date, datetime, timedelta

from bot.commands.output import complain, print_json, print_table, stdout
from bot.house import House
from bot.rules.plans.booking import CONFIRMED, Load, week_load
from bot.rules.times.hours import day_words

_WEEK = re.compile(r"(\d{4})-?W(\d{1,2})", re.IGNORECASE)


def show_load(house: House, week: str | None, now: datetime, *, as_json: bool) -> int:
    """Every engineer's days of an ISO week such as 2026-W38 (None: the week of `now`); 2 when it is none."""
    monday = _monday(week, house.config.policy().hours.local(now).date())
    if monday is None:
        complain([f"{week} is no week; write it as 2026-W38"])
        return 2
    with house.store.open().reading() as tx:
        bookings = tx.bookings.between(monday, monday + timedelta(days=6), CONFIRMED)
    loads = week_load(house.config.policy(), bookings, monday)
    if as_json:
        for load in loads:
            print_json(_plain(load, monday))
        return 0
    stdout.print(f"{_name(monday)}，{loads[0].workdays if loads else 0} 个工作日", markup=False)
    print_table(("工程师", "分公司", "天", "安排"), ((*_who(load), len(load.taken), _where(load)) for load in loads))
    return 0


def _monday(week: str | None, today: date) -> date | None:
    if week is None:
        return today - timedelta(days=today.weekday())
    found = _WEEK.fullmatch(week.strip())
    try:
        return date.fromisocalendar(int(found[1]), int(found[2]), 1) if found else None
    except ValueError:
        return None


def _name(monday: date) -> str:
    year, number, _ = monday.isocalendar()
    return f"{year}-W{number:02d}"


def _who(load: Load) -> tuple[str, str]:
    return load.engineer.name, load.engineer.branch


def _where(load: Load) -> str:
    return "\n".join(
        f"{day_words(day)} {'；'.join(f'{b.ref} {b.customer} {b.project}' for b in bookings)}"
        f"{' 【冲突】' if len(bookings) > 1 else ''}"
        for day, bookings in load.taken
    )


def _plain(load: Load, monday: date) -> dict[str, object]:
    return {
        "week": _name(monday),
        "engineer": load.engineer.name,
        "address": load.engineer.address,
        "branch": load.engineer.branch,
        "days": len(load.taken),
        "workdays": load.workdays,
        "taken": [{"day": day.isoformat(), "cases": [b.ref for b in bookings]} for day, bookings in load.taken],
        "doubled": [day.isoformat() for day in load.doubled],
    }
