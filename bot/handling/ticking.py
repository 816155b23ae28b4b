"""What falls due: deadlines one by one, digests once a day and person, documents into the archive (R11, R26, R46)."""

import logging
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.errors import StoreError
from bot.handling.authority import Authority
from bot.handling.digesting import Digester
from bot.handling.recording import Cause, Recorder
from bot.rules.case import Case, Deadline
from bot.rules.clockwork import Reached, decide_due
from bot.rules.deciding import Desk
from bot.rules.decision import Decision
from bot.rules.matters.matter import Matter
from bot.rules.matters.matter_clock import decide_unanswered
from bot.rules.notice import NoticeKind
from bot.rules.plans.plan import Milestone
from bot.rules.plans.plan_deciding import decide_late
from bot.rules.policy import Policy
from bot.rules.times.nudging import may_nudge
from bot.rules.times.recounting import recount
from bot.rules.words import Stage
from bot.store.outbox_rows import OutboxLine
from bot.store.outbox_tables import OutboxStatus, RecipientState
from bot.store.store import Store, Tx

log = logging.getLogger(__name__)

_TROUBLE_PAUSE = timedelta(hours=1)


class Ticker:
    """The clock's hand: asks the database what is due and has it decided."""

    def __init__(self, store: Store, policy: Policy, recorder: Recorder, operators: tuple[str, ...]) -> None:
        self._store = store
        self._policy = policy
        self._authority = Authority(policy)
        self._recorder = recorder
        self._digester = Digester(store, policy, recorder, operators)
        self._recounted: date | None = None

    def take_deadlines(self, now: datetime, heard: datetime | None, limit: int = 10_000) -> int:
        """Handle everything due at `now`, each in its own transaction; how many.

        `heard`: until when every mailbox is read (None: not yet); silence counts only as far as that (R23).
        """
        done = 0
        while done < limit and self._take_one(now, heard):
            done += 1
        return done

    def _take_one(self, now: datetime, heard: datetime | None) -> bool:
        due: tuple[Deadline, ...] = ()
        try:
            with self._store.transaction(alone=True) as tx:
                due = tx.deadlines.due(now, 1)
                if due:
                    self._handle(tx, due[0], now, heard)
        except StoreError:
            raise
        except Exception:
            log.exception("deadline %d could not be handled; it is tried again in an hour", due[0].id if due else 0)
            with self._store.transaction() as tx:
                tx.deadlines.reschedule(due[0].id, due[0].step, now + _TROUBLE_PAUSE)
        return bool(due)

    def _handle(self, tx: Tx, deadline: Deadline, now: datetime, heard: datetime | None) -> None:
        case = tx.cases.get(deadline.case_id)
        open_ones = tuple(d for d in tx.deadlines.of(case.id) if d.done_at is None)
        desk = Desk(self._authority.now(tx, now), now, documents=tx.documents.of(case.id), open_deadlines=open_ones)
        reached = replace(_reached(tx, case, now), heard=heard is not None and heard >= deadline.due_at)
        desk = replace(desk, matters=tx.matters.of(case.id))
        decision = decide_due(deadline, case, desk, reached)
        account = _account_of(tx, case)
        self._recorder.record(tx, decision, Cause(), account, now)
        if not _moved_on(decision, deadline):
            tx.deadlines.finish(case.id, (deadline.kind,), now)

    def take_matters(self, now: datetime, limit: int = 1_000) -> int:
        """Put to the next level what nobody answered (R32), each in its own transaction; how many."""
        done = 0
        while done < limit and self._take_matter(now):
            done += 1
        return done

    def _take_matter(self, now: datetime) -> bool:
        due: tuple[Matter, ...] = ()
        try:
            with self._store.transaction(alone=True) as tx:
                due = tx.matters.due(now, 1)
                if due:
                    self._climb(tx, due[0], now)
        except StoreError:
            raise
        except Exception:
            log.exception("matter %d could not be handled; it is tried again in an hour", due[0].id if due else 0)
            with self._store.transaction() as tx:
                tx.matters.save(due[0].case_id, (replace(due[0], next_at=now + _TROUBLE_PAUSE),))
        return bool(due)

    def _climb(self, tx: Tx, matter: Matter, now: datetime) -> None:
        case = tx.cases.get(matter.case_id)
        open_ones = tuple(d for d in tx.deadlines.of(case.id) if d.done_at is None)
        desk = Desk(self._authority.now(tx, now), now, open_deadlines=open_ones)
        self._recorder.record(tx, decide_unanswered(matter, case, desk), Cause(), _account_of(tx, case), now)

    def take_late_milestones(self, now: datetime, limit: int = 1_000) -> int:
        """Tell of milestones past day and buffer (R35), in working hours, each in its own transaction; how many."""
        if not may_nudge(self._policy.hours, now):
            return 0
        done = 0
        while done < limit and self._take_late_milestone(now):
            done += 1
        return done

    def _take_late_milestone(self, now: datetime) -> bool:
        late: tuple[Milestone, ...] = ()
        today = self._policy.hours.local(now).date()
        try:
            with self._store.transaction(alone=True) as tx:
                late = tx.milestones.late(today)
                if late:
                    self._tell_late(tx, late[0], now)
        except StoreError:
            raise
        except Exception:
            log.exception("milestone %d could not be handled; it is tried again tomorrow", late[0].id if late else 0)
            with self._store.transaction() as tx:
                tx.milestones.save(late[0].case_id, (replace(late[0], late_on=today + timedelta(days=1)),))
        return bool(late)

    def _tell_late(self, tx: Tx, milestone: Milestone, now: datetime) -> None:
        case, plan = tx.cases.get(milestone.case_id), tx.milestones.of(milestone.case_id)
        desk = Desk(self._authority.now(tx, now), now, milestones=plan)
        decision = decide_late(milestone, case, desk)
        self._recorder.record(tx, decision, Cause(), _account_of(tx, case), now)

    def recount(self, now: datetime) -> int:
        """Count provisional deadlines again when the calendar knows more (R42), at most once a day; how many."""
        today = self._policy.hours.local(now).date()
        if self._recounted == today:
            return 0
        self._recounted = today
        with self._store.reading() as tx:
            provisional = [d for d in tx.deadlines.open() if d.provisional]
        return sum(self._recount_one(deadline, now) for deadline in provisional)

    def _recount_one(self, deadline: Deadline, now: datetime) -> bool:
        with self._store.transaction(alone=True) as tx:
            case = tx.cases.get(deadline.case_id)
            counted = recount(self._authority.now(tx, now), case, deadline, now)
            if counted:
                tx.deadlines.set(case.id, counted[0], now)
                tx.history.append(case.id, counted[1])
                tx.archives.changed_case(case.id)
        return counted is not None

    def send_digests(self, now: datetime) -> int:
        """One digest per person and morning (R46)."""
        return self._digester.send(now)


def _moved_on(decision: Decision, deadline: Deadline) -> bool:
    """Whether the deadline will not simply fire again at once."""
    kinds = {look.deadline.kind for look in decision.looks} | {d.kind for d in decision.arms} | set(decision.ends)
    return deadline.kind in kinds


def _account_of(tx: Tx, case: Case) -> str:
    """The account that answers for a case: the one its newest mail came to."""
    return tx.mails.get(case.newest_mail).account if case.newest_mail else ""


def _reached(tx: Tx, case: Case, now: datetime) -> Reached:
    """Whether sales could know that their answer is awaited (R24)."""
    bounced, away = tx.marks.bounced(case.sales), tx.marks.away(case.sales, now)
    lines = tx.outbox.of_case(case.id) if case.stage is Stage.AWAITING_ACCEPTANCE else ()
    asked = max((line.created_at for line in lines if line.kind is NoticeKind.ACCEPTANCE), default=None)
    recent = [line for line in lines if asked is None or line.created_at >= asked]
    return Reached(
        asked=any(_arrived(line, case.sales) for line in recent if line.kind is NoticeKind.ACCEPTANCE),
        chased=any(_arrived(line, case.sales) for line in recent if line.kind is NoticeKind.CHASE_ACCEPTANCE),
        away=away.why if away else "",
        bounced=bounced.why if bounced else "",
    )


def _arrived(line: OutboxLine, address: str) -> bool:
    if line.status is not OutboxStatus.SENT:
        return address in line.accepted
    return any(r.address == address and r.state in _TAKEN for r in line.results)


_TAKEN = frozenset({RecipientState.ACCEPTED, RecipientState.WAITING})
