"""The outbox on its way out: claim, send, report; an uncertain send is settled from evidence before it is repeated."""

import logging
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.rules.notice import NoticeKind
from bot.rules.policy import UncertainPolicy
from bot.store.outbox_claims import LONGEST_PAUSE
from bot.store.outbox_rows import OutboxRow
from bot.store.outbox_rows import RecipientResult as StoredResult
from bot.store.outbox_tables import RecipientState
from bot.store.store import Store, Tx
from bot.transmit.report import Outcome, RecipientResult, SendReport, Verdict
from bot.transmit.retry import Action, decide_retry
from bot.transmit.smtp import Courier

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
"""How long a claim holds when nobody can tell whether its sender lives; longer than the longest send."""

_AT_ONCE = 4
"""Copies claimed together: few, for their bytes are held, and nobody else sends them meanwhile."""

_PATIENT = 10
"""Failed connections in a row after which the pause grows no more; an outage never makes a mail be given up."""

EVIDENCE_TIME = timedelta(minutes=15)
"""How long after the send the mailbox must have been read without our own copy before the policy decides."""

NUDGES = frozenset(
    {
        NoticeKind.REMINDER,
        NoticeKind.ESCALATED,
        NoticeKind.CHASE_ACCEPTANCE,
        NoticeKind.DIGEST,
        NoticeKind.TODO,
        NoticeKind.STATUS,
        NoticeKind.HELP,
        NoticeKind.OPERATOR,
    }
)
"""Notices whose repetition does no harm."""

_STATES = {
    Verdict.ACCEPTED: RecipientState.ACCEPTED,
    Verdict.REFUSED_TEMPORARY: RecipientState.REFUSED_TEMPORARY,
    Verdict.REFUSED_PERMANENT: RecipientState.REFUSED_PERMANENT,
}


@dataclass(frozen=True, slots=True)
class UncertainRules:
    """What to do with sends of which no evidence came."""

    decisions: UncertainPolicy = UncertainPolicy.HOLD
    nudges: UncertainPolicy = UncertainPolicy.RESEND

    def for_kind(self, kind: NoticeKind) -> UncertainPolicy:
        """The policy for a notice of that kind."""
        return self.nudges if kind in NUDGES else self.decisions


class _ClaimLost(Exception):
    """Somebody took the claim away before the final dot; whoever has it now sends the mail."""


class Delivery:
    """Sends what is due through each account's courier. One event loop owns it.

    `owner` is this sender's name in claims, no other's; `is_gone` tells of a name whether its process surely ended;
    `keeps`: the accounts whose sent mails are laid into a folder afterwards.
    """

    def __init__(
        self,
        store: Store,
        couriers: Mapping[str, Courier],
        owner: str,
        uncertain: UncertainRules,
        is_gone: Callable[[str], bool] = lambda _owner: False,
        keeps: frozenset[str] = frozenset(),
    ) -> None:
        self._store = store
        self._couriers = couriers
        self._owner = owner
        self._uncertain = uncertain
        self._is_gone = is_gone
        self._keeps = keeps
        self._paused: dict[str, datetime] = {}  # accounts that cannot send now, until when
        self._failures: dict[str, int] = {}  # account → failed connections in a row
        self.faults: dict[str, str] = {}  # account → what is wrong with sending, for health
        self.to_append: list[tuple[str, bytes]] = []  # (account, mail) just sent, for the sent folder

    async def deliver(self, now: datetime, heard: Mapping[str, datetime], limit: int = 200) -> int:
        """Send what is due at `now`; how many copies were handed over. Faults are reported, not raised.

        `heard`: account → until when its mailbox is read; the absence of our own copy counts only as far as that.
        """
        with self._store.keeping(idle=True):
            with self._store.transaction() as tx:
                self._take_over(tx, now)
                self._settle_uncertain(tx, now, heard)
                rows = self._claim(tx, now, limit)
            sent = 0
            while rows:
                handed_over, finish = await self._send(rows.popleft(), now)
                sent += handed_over
                with self._store.transaction() as tx:
                    finish(tx)
                    rows = rows or self._claim(tx, now, limit - sent)
            return sent

    async def close(self) -> None:
        """Hang up all connections."""
        for courier in self._couriers.values():
            await courier.close()

    def _claim(self, tx: Tx, now: datetime, limit: int) -> deque[OutboxRow]:
        """The next few, in the transaction that reports the last: the fence is the only commit besides."""
        return deque(tx.outbox.claim(now, self._owner, LEASE, min(_AT_ONCE, limit)))

    async def _send(self, row: OutboxRow, now: datetime) -> tuple[int, Callable[[Tx], object]]:
        """Hand one copy over; how many went (0 or 1), and what is to be written about it."""
        courier = self._couriers.get(row.account)
        if courier is None:
            return 0, _released(row, now + timedelta(hours=1), f"account {row.account} is not configured")
        if (until := self._paused.get(row.account)) and now < until < now + LONGEST_PAUSE:
            return 0, _released(row, until, self.faults.get(row.account, "waiting"))

        def note(refused: Sequence[RecipientResult]) -> None:
            self._note_sending(row, refused, now)

        try:
            report = await courier.send(row.raw, courier.settings.sender, row.waiting, fence=note)
        except _ClaimLost:
            log.warning("outbox %d: another sender has taken it over; not sent from here", row.id)
            return 0, lambda _tx: None
        return int(report.outcome in {Outcome.SENT, Outcome.PARTIAL}), lambda tx: self._report(tx, row, report, now)

    def _take_over(self, tx: Tx, now: datetime) -> None:
        """Claims of senders that ended, and our own of a pass that broke off: nobody else works on those."""
        gone = [owner for owner in tx.outbox.claimants() if owner == self._owner or self._is_gone(owner)]
        unsent, unsure = tx.outbox.expire_claims(now, gone)
        if unsent or unsure:
            log.warning("senders stopped: %d mails not yet sent go again, %d wait for evidence", unsent, unsure)

    def _note_sending(self, row: OutboxRow, refused: Sequence[RecipientResult], now: datetime) -> None:
        """Only the final dot is left: a crash from here on leaves the mail uncertain, one before it does not."""
        results = tuple(_stored(r) for r in refused if r.verdict in _STATES)
        with self._store.transaction(lasting=True) as tx:
            if not tx.outbox.mark_sending(row, now, LEASE, results):
                raise _ClaimLost

    def _report(self, tx: Tx, row: OutboxRow, report: SendReport, now: datetime) -> None:
        results = tuple(_stored(r) for r in report.recipients if r.verdict in _STATES)
        if report.outcome is Outcome.SENT:
            self.faults.pop(row.account, None)
            self._failures.pop(row.account, None)
            if row.account in self._keeps:
                self.to_append.append((row.account, row.raw))
            tx.outbox.mark_sent(row, now, results)
            return
        if report.outcome is Outcome.UNCERTAIN:
            log.warning("outbox %d: sent or not, nobody knows: %s", row.id, report.text)
            tx.outbox.mark_uncertain(row, report.text, now)
            return
        self._report_refusal(tx, row, report, results, now)

    def _report_refusal(
        self, tx: Tx, row: OutboxRow, report: SendReport, results: tuple[StoredResult, ...], now: datetime
    ) -> None:
        """Refused, by all or for some; what is repeated is repeated only for those who do not have it."""
        nobody = report.outcome in {Outcome.NOT_SENT, Outcome.AUTH_REFUSED}
        if nobody:
            self._failures[row.account] = self._failures.get(row.account, 0) + 1
        tries = min(self._failures[row.account], _PATIENT) if nobody else row.attempts
        decision = decide_retry(report.code, report.text, tries, report.outcome)
        again, line = now + decision.delay, decision.operator_line
        self.faults[row.account] = line
        log.warning("outbox %d: %s", row.id, line)
        _mark_unknown(tx, row, report, now)
        if nobody:
            self._paused[row.account] = again  # the others in the queue would only dial again
            tx.outbox.release_unsent(row, again, line)
        elif report.outcome is Outcome.PARTIAL:
            put_off = report.addresses(Verdict.REFUSED_TEMPORARY)
            if put_off:
                tx.outbox.mark_retry(row, now + _soonest(report, row.attempts), line, results)
            else:
                tx.outbox.mark_sent(row, now, results)
        elif decision.action is Action.FAIL:
            tx.outbox.mark_failed(row, line, results)
        else:
            if decision.action is Action.STOP_ACCOUNT:
                self._paused[row.account] = again
            tx.outbox.mark_retry(row, again, line, results)
            if decision.action is Action.HOLD:
                tx.outbox.hold(row.id, line)

    def _settle_uncertain(self, tx: Tx, now: datetime, heard: Mapping[str, datetime]) -> None:
        """No evidence though there was time for it: the policy decides. While the mailbox is unread, nothing does."""
        self.faults = {place: fault for place, fault in self.faults.items() if not place.startswith("outbox ")}
        for line in tx.outbox.uncertain_before(now - EVIDENCE_TIME):
            read_until = heard.get(line.account)
            if read_until is None or line.tried_at is None or read_until < line.tried_at + EVIDENCE_TIME:
                continue
            if self._uncertain.for_kind(line.kind) is UncertainPolicy.RESEND:
                log.warning("outbox %d: no evidence that it arrived; sent again by policy", line.id)
                tx.outbox.retry(line.id, now)
            else:
                self.faults[f"outbox {line.id}"] = (
                    f"outbox {line.id} ({line.kind.value}) may or may not have been sent: "
                    f"zhichi outbox retry {line.id}, or zhichi outbox drop {line.id}"
                )


def _released(row: OutboxRow, again: datetime, why: str) -> Callable[[Tx], object]:
    return lambda tx: tx.outbox.release_unsent(row, again, why)


def _mark_unknown(tx: Tx, row: OutboxRow, report: SendReport, now: datetime) -> None:
    """An address that does not exist is known as such: its silence is no consent (R24)."""
    for result in report.recipients:
        if result.verdict is not Verdict.REFUSED_PERMANENT:
            continue
        decision = decide_retry(result.code, result.text, row.attempts, Outcome.REFUSED_PERMANENT)
        if decision.action is Action.FAIL:
            tx.marks.mark_bounced(result.address, f"{result.code} {result.text}".strip(), now)


def _soonest(report: SendReport, attempts: int) -> timedelta:
    """When to try again those that the server put off."""
    put_off = [r for r in report.recipients if r.verdict is Verdict.REFUSED_TEMPORARY]
    return min(decide_retry(r.code, r.text, attempts, Outcome.REFUSED_TEMPORARY).delay for r in put_off)


def _stored(result: RecipientResult) -> StoredResult:
    return StoredResult(result.address, _STATES[result.verdict], result.code or 0, result.text)
