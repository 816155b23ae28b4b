"""A case whose whole work stands in signed weekly reports is settled with their figures (R27)."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from bot.rules.applying import Cause, apply_row, tell
from bot.rules.case import Case
from bot.rules.decision import Decision
from bot.rules.policy import Policy
from bot.rules.table import Event, Who, find_row


def settle_by_report(
    policy: Policy, case: Case, figure: Decimal, refs: tuple[str, ...], signer: str, now: datetime, mail: str
) -> Decision | None:
    """The case with `figure` 人天 from the reports `refs`; None when nothing changes, or its work is not done yet.

    `signer` is the address of who signed, `mail` the Message-ID of the signature.
    """
    row = find_row(case.stage, Event.SIGNED, frozenset({Who.DECIDER}))
    if row is None or (case.settled_days == figure and row.to is None):
        return None
    cause = Cause(policy, now, signer, figure=figure)
    after = apply_row(row, case, cause)
    before = f"{case.settled_days} → " if case.settled_days is not None and case.settled_days != figure else ""
    entry = tell(row, case, after, cause, f"{before}{figure} 人天（{'、'.join(refs)}）")
    entry = replace(entry, mail=mail)
    return Decision(why=entry.why, case=after, changed=True, history=(entry,), ends=row.ends)
