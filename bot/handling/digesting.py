"""The morning's mails: one a person, and once a week the overview in its place for director and admin (R36, R46)."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.handling.authority import Authority
from bot.handling.delivering import EVIDENCE_TIME
from bot.handling.owing import reports_owed
from bot.handling.recording import Cause, Recorder
from bot.rules.case import Deadline, DeadlineKind
from bot.rules.clockwork import is_digest_time
from bot.rules.decision import Say
from bot.rules.notice import NoticeKind
from bot.rules.overview import RUNNING, opens_week, readers, week_of
from bot.rules.policy import Policy
from bot.rules.saying import general_key
from bot.rules.scene import Board, Raised, Scene, Waiting
from bot.rules.whispering import word_notice
from bot.store.outbox_tables import OutboxStatus
from bot.store.store import Store, Tx

_WARN_AHEAD = timedelta(days=75)
"""How long before the known calendar ends the digest begins to warn (R42)."""

_NUDGES = frozenset({NoticeKind.REMINDER, NoticeKind.ESCALATED, NoticeKind.CHASE_ACCEPTANCE})


class Digester:
    """Sends the digests of a morning; the database keeps a second one from going out."""

    def __init__(self, store: Store, policy: Policy, recorder: Recorder, operators: tuple[str, ...]) -> None:
        self._store = store
        self._policy = policy
        self._authority = Authority(policy)
        self._recorder = recorder
        self._operators = operators
        self._digested: date | None = None

    def send(self, now: datetime) -> int:
        """Everybody's mail of this morning; how many went out."""
        hours, today = self._policy.hours, self._policy.hours.local(now).date()
        if self._digested == today or not is_digest_time(hours, self._policy.chase.digest_at, now):
            return 0
        with self._store.transaction(alone=True) as tx:
            sent = self._send_all(tx, today, now)
        self._digested = today
        return sent

    def _send_all(self, tx: Tx, today: date, now: datetime) -> int:
        start = datetime.combine(today, self._policy.chase.digest_at, self._policy.hours.zone)
        awaited = self._awaited(tx, today, start)
        by_person: dict[str, list[Waiting]] = defaultdict(list)
        for waiting in awaited:
            if not _nudged_since(tx, waiting.deadline, start):
                by_person[waiting.deadline.owner].append(waiting)
        warnings = (*self._calendar_warnings(today), *_troubles(tx, now))
        horizon = self._policy.hours.closes(self._policy.hours.calendar.next_working(today))
        reports = reports_owed(tx, self._authority.now(tx, now), now, until=horizon, sent_before=start)
        known = (m for m in tx.matters.open() if m.raised_at < start)
        board = Board(awaited, tuple(Raised(tx.cases.get(m.case_id), m) for m in known))
        weekly = self._weekly(tx, board, today)
        seeing = tuple(p.address for p in readers(self._policy)) if board or weekly else ()
        people = dict.fromkeys((*by_person, *reports, *seeing, *(self._operators if warnings else ())))
        sent = 0
        for address in people:
            seen = _beside(weekly or board, address) if address in seeing else Board()
            scene = Scene(
                self._policy,
                now,
                waiting=tuple(by_person[address]),
                operators=self._operators,
                also=reports.get(address, ()),
                board=seen,
            )
            kind = NoticeKind.OVERVIEW if weekly and address in seeing else NoticeKind.DIGEST
            sent += self._send(tx, kind, address, scene, warnings, today)
        return sent

    def _awaited(self, tx: Tx, today: date, start: datetime) -> tuple[Waiting, ...]:
        """What was awaited this morning until the close of the next working day; what is due later can wait."""
        hours = self._policy.hours
        horizon = hours.closes(hours.calendar.next_working(today))
        owed = (d for d in tx.deadlines.open() if d.kind is not DeadlineKind.START and d.owner and d.due_at <= horizon)
        known = (d for d in owed if d.set_at is None or d.set_at < start)
        return tuple(Waiting(tx.cases.get(d.case_id), d) for d in known)

    def _weekly(self, tx: Tx, board: Board, today: date) -> Board | None:
        """With the stages of all running cases, once a week: on its first working morning, or when the bot wakes later.

        Who starts the bot in the middle of a week gets none: nothing ran on that morning.
        """
        hours = self._policy.hours
        begins = datetime.combine(opens_week(hours, today), self._policy.chase.digest_at, hours.zone)
        if any(tx.outbox.has_notice(_weekly_key(p.address, today)) for p in readers(self._policy)):
            return None
        running = tuple(case for stage in RUNNING for case in tx.cases.list(stage))
        if not any(case.received_at < begins for case in running):
            return None
        morning = datetime.combine(today, self._policy.chase.digest_at, hours.zone)
        late = frozenset(w.case.id for w in board.waiting if w.deadline.due_at < morning)
        return replace(board, stages=tuple(case.stage for case in running), overdue=late)

    def _send(
        self, tx: Tx, kind: NoticeKind, address: str, scene: Scene, warnings: tuple[str, ...], today: date
    ) -> bool:
        items = warnings if address in self._operators else ()
        if not (items or scene.waiting or scene.also or scene.board):
            return False
        slot = f"{address}:{today.isoformat() if kind is NoticeKind.DIGEST else week_of(today)}"
        notice = word_notice(Say(kind, to=(address,), items=items, slot=slot), scene)
        before = tx.outbox.last_sent_to(address, NoticeKind.DIGEST, NoticeKind.OVERVIEW)
        if tx.outbox.has_notice(notice.key) or (before and self._policy.hours.local(before).date() == today):
            return False
        self._recorder.send(tx, notice, Cause(), _account(tx, scene), scene.now)
        return True

    def _calendar_warnings(self, today: date) -> tuple[str, ...]:
        year = (today + _WARN_AHEAD).year
        if self._policy.hours.calendar.knows(year):
            return ()
        return (f"{year} 年的放假安排尚未收录，涉及该年的期限均为暂定；公布后请升级日历数据或填写 [calendar]（R42）。",)


def _weekly_key(address: str, today: date) -> str:
    return general_key(NoticeKind.OVERVIEW, f"{address}:{week_of(today)}")


def _beside(board: Board, address: str) -> Board:
    """What waits for others than this reader: their own stands above it already."""
    return replace(board, waiting=tuple(w for w in board.waiting if w.deadline.owner != address))


def _nudged_since(tx: Tx, deadline: Deadline, start: datetime) -> bool:
    """Whether the owner had a mail of its own about this case this morning: the digest need not repeat it (R46)."""
    lines = tx.outbox.of_case(deadline.case_id) if deadline.step else ()
    return any(x.kind in _NUDGES and x.created_at >= start and deadline.owner in x.recipients for x in lines)


def _troubles(tx: Tx, now: datetime) -> tuple[str, ...]:
    """What waits for the operator's hands; an uncertain mail only when its evidence had time to come."""
    stuck = [line for s in (OutboxStatus.HELD, OutboxStatus.FAILED) for line in tx.outbox.list(s)]
    stuck += tx.outbox.uncertain_before(now - EVIDENCE_TIME)
    aside = len(tx.mails.quarantined())
    lines = []
    if stuck:
        lines.append(f"{len(stuck)} 封邮件未能发出，请运行 zhichi outbox list。")
    if aside:
        lines.append(f"{aside} 封来信无法处理，请运行 zhichi quarantine list。")
    return tuple(lines)


def _account(tx: Tx, scene: Scene) -> str:
    """The account that answers for a case of the list: the one its newest mail came to."""
    first = next(iter((*scene.waiting, *scene.board.waiting)), None)
    return tx.mails.get(first.case.newest_mail).account if first and first.case.newest_mail else ""
