"""Lines of the record for a mail that leaves its case at its stage: what it said, and why nothing moves (R34, R49)."""

from datetime import datetime

from bot.rules.case import Case, HistoryEntry
from bot.rules.cause import summarise
from bot.rules.desk import Desk
from bot.rules.mail import Reading
from bot.rules.people import Person
from bot.rules.table import Row


def line_of_mail(event: str, why: str, reading: Reading, case: Case, actor: str, at: datetime) -> HistoryEntry:
    """What `actor`'s mail was to the case, taken in `at` (aware); `why` is one Chinese sentence."""
    return HistoryEntry(
        at=at,
        actor=actor,
        event=event,
        from_stage=case.stage,
        to_stage=case.stage,
        why=why,
        mail=reading.mail.message_id,
        summary=summarise(reading),
    )


def line_of_void(
    event: str, because: str, row: Row, reading: Reading, case: Case, sender: Person, desk: Desk
) -> HistoryEntry:
    """A decision that did not count: which row of THE TABLE it would have been, and what kept it from counting."""
    return line_of_mail(event, f"“{row.says}”未生效：{because}", reading, case, sender.address, desk.now)
