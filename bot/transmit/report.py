"""What became of one handing-over to the SMTP server: said as a value, since each case is settled differently."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How far the server's word goes. Only UNCERTAIN leaves open whether anybody gets the mail."""

    SENT = "sent"  # every recipient accepted
    PARTIAL = "partial"  # accepted for some, refused for others: repeat for none of the accepted
    REFUSED_TEMPORARY = "refused_temporary"  # nobody gets it now: 4xx, or 5xx that speaks of limits (retry.py)
    REFUSED_PERMANENT = "refused_permanent"  # nobody gets it, trying again would not help
    NOT_SENT = "not_sent"  # connection failed before the final dot: surely nobody gets it
    UNCERTAIN = "uncertain"  # no answer to the final dot: only evidence can tell (design.md part 2)
    AUTH_REFUSED = "auth_refused"  # nobody gets it; the login was refused


class Verdict(StrEnum):
    """The same for one recipient."""

    ACCEPTED = "accepted"
    REFUSED_TEMPORARY = "refused_temporary"
    REFUSED_PERMANENT = "refused_permanent"
    NOT_SENT = "not_sent"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class RecipientResult:
    """One recipient's fate with the server's reply code, if it gave one, and its words."""

    address: str
    verdict: Verdict
    code: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class SendReport:
    """The outcome, each recipient's fate in the order given, and the reply behind it: a refusal first."""

    outcome: Outcome
    recipients: tuple[RecipientResult, ...]
    code: int | None = None
    text: str = ""

    def addresses(self, *verdicts: Verdict) -> tuple[str, ...]:
        """The recipients with one of these fates."""
        return tuple(result.address for result in self.recipients if result.verdict in verdicts)
