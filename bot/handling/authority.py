"""The company's policy as it stands at this moment: with the delegations that directors said by mail (part 0)."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.rules.people import Delegation
from bot.rules.policy import Policy
from bot.store.store import Tx

_LATE = timedelta(days=60)
"""A mail is judged by the day it was received, so delegations that are just over are still known."""


class Authority:
    """Makes the policy of the moment; the same value as long as nobody says otherwise."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._last: tuple[tuple[Delegation, ...], Policy] = ((), policy)

    def last_day(self, now: datetime) -> date:
        """Delegations that ended before this day are no more asked for at `now`."""
        return self._policy.hours.local(now).date() - _LATE

    def now(self, tx: Tx, now: datetime) -> Policy:
        """The policy in force at `now`."""
        said = tx.delegations.since(self.last_day(now))
        before, policy = self._last
        if said != before:
            company = self._policy.company.with_delegations(said)
            policy = replace(self._policy, company=company)
            self._last = (said, policy)
        return policy
