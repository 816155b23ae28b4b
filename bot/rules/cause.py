"""Why something happens to a case: the mail or the clock behind it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bot.rules.mail import Reading
from bot.rules.policy import Policy


@dataclass(frozen=True, slots=True)
class Cause:
    """What makes a row apply: at what moment, by whom, by which mail (None: the clock)."""

    policy: Policy
    now: datetime
    actor: str
    reading: Reading | None = None
    delegate: str = ""  # address, for Event.DELEGATE
    figure: Decimal | None = None  # 人天, for Event.SIGNED

    @property
    def at(self) -> datetime:
        """The moment that counts: the mail's receipt (R43), or now."""
        return self.reading.envelope.received_at if self.reading else self.now


def summarise(reading: Reading) -> str:
    """One line of what the mail said (R34)."""
    line = " ".join(reading.mail.fresh_text.split())
    return line if len(line) <= 120 else line[:119] + "…"


def summarise_cause(cause: Cause) -> str:
    """What the mail behind it said, "" for the clock."""
    return summarise(cause.reading) if cause.reading else ""
