"""What directors owe besides cases: weekly reports that wait for their signature (R28)."""

from collections import defaultdict
from datetime import datetime

from bot.rules.notice import Row
from bot.rules.policy import Policy
from bot.rules.reports.report_words import report_row
from bot.rules.reports.signing import signers
from bot.rules.words import Role
from bot.store.store import Tx


def reports_owed(
    tx: Tx, policy: Policy, now: datetime, *, until: datetime | None = None, sent_before: datetime | None = None
) -> dict[str, tuple[Row, ...]]:
    """Unsigned reports as lines of a list, by the address of each director who may sign.

    `until`: only those due by then; `sent_before`: only those whose newest edition went out before.
    """
    today = policy.hours.local(now).date()
    found: dict[str, list[Row]] = defaultdict(list)
    for report in tx.reports.open():
        if (until and report.due_at > until) or (sent_before and report.made_at >= sent_before):
            continue
        directors = [p for p in signers(policy, report, today) if Role.DIRECTOR in p.roles]
        names = "、".join(p.name for p in directors)
        for person in directors:
            found[person.address].append(report_row(report, policy, names, overdue=report.due_at < now))
    return {address: tuple(rows) for address, rows in found.items()}
