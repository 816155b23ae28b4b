"""What people write, read by the bot's own reader, and what it does to a case: words in, decision out."""

from datetime import datetime
from typing import Any

from bot.handling.reading import Reader
from bot.rules.case import Case
from bot.rules.deciding import decide_on_case
from bot.rules.decision import Decision
from bot.rules.desk import Desk
from bot.rules.mail import Envelope, Reading
from bot.rules.people import Person
from bot.rules.policy import Policy
from tests.rules.build import NOON, POLICY, a_desk, a_mail


def read(sender: Person, text: str, case: Case | None, when: datetime = NOON, **mail: Any) -> Reading:
    """That person's mail on the case, read as the bot reads it."""
    policy: Policy = mail.pop("policy", POLICY)
    envelope = Envelope("main", "INBOX", 1, 1, when)
    return Reader(policy.company).read(a_mail(sender, text, **mail), envelope, case, sender, policy)


def speak(
    case: Case, sender: Person, text: str, when: datetime = NOON, desk: Desk | None = None, **mail: Any
) -> Decision:
    """What that mail does to the case; proved unless the desk says otherwise."""
    reading = read(sender, text, case, when, policy=desk.policy if desk else POLICY, **mail)
    return decide_on_case(reading, case, sender, desk or a_desk(when))


def after(decision: Decision) -> Case:
    """The case as it stands then."""
    assert decision.case is not None
    return decision.case
