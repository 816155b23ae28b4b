"""One mail, one transaction (design.md part 1, rules 1 and 3): recorded with its fate, or in quarantine, never lost."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.errors import StaleCase, StoreError
from bot.fetch.news import FetchedMail
from bot.handling import report_mail
from bot.handling.authority import Authority
from bot.handling.desks import lay_desk
from bot.handling.doubts import awaited_requests, near_customers
from bot.handling.evidence import burn_seen, settle_own
from bot.handling.gate import refuse_flood
from bot.handling.machines import judge_automatic, keep_marks
from bot.handling.quarantining import NOT_WHOLE, Quarantine
from bot.handling.reading import Known, Reader
from bot.handling.recording import Cause, Recorder
from bot.handling.report_mail import carry_signing, is_command, judge_report, look_up_both, read_report_mail
from bot.parse.mail import parse_mail
from bot.parse.tokens import hide_secrets
from bot.rules.automatic import Mark, decide_automatic
from bot.rules.beside import decide_beside
from bot.rules.case import Case, HistoryEntry
from bot.rules.deciding import Desk, decide_stranger
from bot.rules.decision import Decision, Say, ignore
from bot.rules.desk import PROVED
from bot.rules.mail import Envelope, Mail, Reading
from bot.rules.notice import NoticeKind
from bot.rules.people import Person
from bot.rules.policy import Policy
from bot.rules.standing import decide_alone, decide_reply
from bot.rules.threading import ThreadMatch
from bot.rules.words import Fate, Kind, Proof
from bot.store.address_tables import MarkKind as StoredMark
from bot.store.glances import MailGlance
from bot.store.mails import MailRow, NewMail
from bot.store.store import Store, Tx

log = logging.getLogger(__name__)

TRIES = 3
"""How often a mail that breaks the program is tried before it waits for the operator."""

_NEVER_HEARD = frozenset({Kind.LIST, Kind.RECEIPT})
"""Whatever case they may belong to, it is all the same: nothing is looked up."""

_OVERTAKEN = timedelta(days=1)
"""How much earlier than the true mail its forged twin may have come."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A mail's decision with what it was made from."""

    decision: Decision
    known: Known | None = None
    reading: Reading | None = None
    marks: tuple[Mark, ...] = ()
    report: report_mail.Judged | None = None  # the mail is about a weekly report (R28)


@dataclass(frozen=True)
class Mailroom:
    """What differs between accounts: whose word proves a sender, and which addresses are the bot's."""

    authserv_id: str
    bot_addresses: frozenset[str]


class Intake:
    """Takes fetched mails in."""

    def __init__(self, store: Store, policy: Policy, recorder: Recorder, rooms: Mapping[str, Mailroom]) -> None:
        self._store = store
        self._policy = policy
        self._recorder = recorder
        self._authority = Authority(policy)
        self._reader = Reader(policy.company)
        self._rooms = rooms
        hosts = {account: room.authserv_id for account, room in rooms.items()}
        self._quarantine = Quarantine(store, policy.company, recorder, hosts)

    def take(self, fetched: FetchedMail, now: datetime, *, old: bool = False) -> Fate:
        """Handle one mail; what became of it. StoreError means nothing was written and the mail comes again.

        `old`: it lay there before the bot came; it is recorded and nothing else.
        """
        for attempt in range(TRIES):
            try:
                return self._take_once(fetched, now, old=old)
            except StaleCase:
                log.info("another worker changed the case; reading it again (%d)", attempt + 1)
            except StoreError:
                raise
            except Exception as error:
                log.exception("mail %s could not be handled", _place(fetched.envelope))
                return self._quarantine.keep(fetched, f"{type(error).__name__}: {error}", now)
        raise StaleCase(f"{_place(fetched.envelope)}: the case keeps changing; the next turn tries again")

    def retry(self, row: MailRow, now: datetime) -> Fate:
        """Try a quarantined mail once more; one that was not fetched whole stays (its header alone decides nothing)."""
        if row.summary == NOT_WHOLE:
            return Fate.QUARANTINED
        envelope = Envelope(row.account, row.folder, row.uidvalidity, row.uid, row.received_at)
        with self._store.reading() as tx:
            raw = tx.mails.raw(row.raw_sha256)
        return self.take(FetchedMail(envelope, raw), now)

    def retry_all(self, now: datetime) -> int:
        """Try every mail in quarantine that was tried fewer than TRIES times, once a moment; how many got out."""
        with self._store.reading() as tx:
            rows = [r for r in tx.mails.quarantined() if r.tries < TRIES and r.last_at != now]
        return sum(self.retry(row.mail, now) is not Fate.QUARANTINED for row in rows)

    def _take_once(self, fetched: FetchedMail, now: datetime, *, old: bool) -> Fate:
        if fetched.problem:
            return self._quarantine.keep(fetched, fetched.problem, now, old=old)
        env, room = fetched.envelope, self._rooms[fetched.envelope.account]
        mail = parse_mail(
            fetched.raw,
            received_at=env.received_at,
            authserv_id=room.authserv_id,
            bot_addresses=room.bot_addresses,
        )
        if mail.kind is Kind.UNREADABLE:
            return self._quarantine.keep(fetched, mail.kind_why, now)
        with self._store.transaction(alone=True) as tx:
            glance = self._glance(tx, mail, env, now)
            place = (env.account, env.folder, env.uidvalidity, env.uid)
            there = tx.mails.find_place(*place) if glance.here else None
            if there and there.fate is not Fate.QUARANTINED:
                tx.mails.set_cursor(*place)
                return there.fate
            return self._handle(tx, fetched, mail, there, glance, now, old=old)

    def _glance(self, tx: Tx, mail: Mail, env: Envelope, now: datetime) -> MailGlance:
        place, day = (env.account, env.folder, env.uidvalidity, env.uid), self._authority.last_day(now)
        glance = tx.glances.of_mail(place, mail.identity, mail.sender.email, day)
        if not glance.delegations:
            tx.delegations.none_since(day)
        return glance

    def _handle(
        self,
        tx: Tx,
        fetched: FetchedMail,
        mail: Mail,
        there: MailRow | None,
        glance: MailGlance,
        now: datetime,
        *,
        old: bool,
    ) -> Fate:
        env = fetched.envelope
        twin = tx.mails.find_twin(mail.identity) if glance.twin else None
        if twin and twin.id != (there.id if there else 0) and not _proves_more(mail, env, twin):
            judged = Judged(ignore(f"与邮件 {twin.id} 相同"))
        elif old:
            judged = Judged(ignore("机器人启用之前的邮件，只作记录"))
        else:
            judged = self._judge(tx, mail, env, now)
        new = _new_mail(fetched, mail, judged, tx.mails.keep_raw(fetched.raw), now)
        mail_id = self._write(tx, new, there, now)
        self._carry(tx, judged, mail, env, mail_id, now)
        if glance.away and mail.kind is Kind.HUMAN and judged.known and judged.known.proof in PROVED:
            tx.marks.clear(mail.sender.email, StoredMark.AWAY)  # who writes, and is proved to, is back (R24)
        tx.mails.set_cursor(env.account, env.folder, env.uidvalidity, env.uid)
        return judged.decision.fate

    def _judge(self, tx: Tx, mail: Mail, env: Envelope, now: datetime) -> Judged:
        policy = self._authority.now(tx, now)
        if mail.kind in _NEVER_HEARD and not mail.secrets:
            known = Known(ThreadMatch(), mail.proof.verdict)
            return Judged(decide_automatic(mail, None, None, Desk(policy, now, known.proof))[0], known)
        known, about = look_up_both(tx, mail)
        if about and not is_command(mail, env):
            report = judge_report(mail, env, about, policy, now)
            return Judged(Decision(why=report.signing.why), known, report=report)
        sender, case = policy.company.find(mail.sender.email), known.match.case
        if mail.kind is not Kind.HUMAN:
            decision, marks = judge_automatic(tx, mail, known, sender, policy, now)
            return Judged(decision, known, marks=marks)
        if known.match.several:
            return Judged(_ask_which(known.match.several, sender), known)
        reading = self._reader.read(mail, env, case, sender, policy)
        desk = lay_desk(tx, policy, case, known, mail, now)
        desk = replace(desk, stale=known.stale) if known.stale else desk
        if case is None:
            near, awaited = near_customers(tx, mail.subject, sender), awaited_requests(tx, mail.subject, sender)
            desk = replace(desk, near_customers=near, awaited=awaited)
            decision = decide_alone(reading, sender, desk)
            if decision.case and known.proof not in PROVED:
                today = policy.hours.local(now).date()
                decision = refuse_flood(tx, policy.caps, mail, env.received_at, today) or decision
        elif sender is None:
            decision = decide_stranger(reading, case, desk)
        else:
            desk = replace(desk, milestones=tx.milestones.of(case.id)) if reading.plan else desk
            decision = decide_beside(decide_reply(reading, case, sender, desk), reading, case, sender, desk)
        return Judged(_with_notes(decision, known, mail, now), known, reading)

    def _write(self, tx: Tx, new: NewMail, there: MailRow | None, now: datetime) -> int:
        if there is None:
            return tx.mails.record(new)
        tx.mails.release(there.id, new, now)
        return there.id

    def _carry(self, tx: Tx, judged: Judged, mail: Mail, env: Envelope, mail_id: int, now: datetime) -> None:
        if mail.kind is Kind.OWN:
            settle_own(tx, mail, now)
        decision, known = judged.decision, judged.known
        case = self._recorder.record(tx, decision, Cause(mail_id, judged.reading), env.account, now)
        if case and not (decision.case and decision.case.id):  # else it was recorded so
            tx.mails.set_fate(mail_id, decision.fate, decision.why, case.id)
        if judged.report:
            policy, cause = self._authority.now(tx, now), Cause(mail_id, read_report_mail(mail, env))
            carry_signing(tx, judged.report, policy, self._recorder, cause, env.account, now)
        if known and (decision.changed or decision.delegates or decision.undelegates or decision.milestones):
            for secret in known.secrets:
                tx.secrets.use(secret, now)
        keep_marks(tx, mail, judged.marks, now)
        burn_seen(tx, mail, self._policy.company.bot_addresses)


def _place(env: Envelope) -> str:
    return f"{env.account}/{env.folder}/{env.uidvalidity}/{env.uid}"


def _proves_more(mail: Mail, env: Envelope, twin: MailRow) -> bool:
    """The same words soon after, this time vouched for: a forger was quicker than the true mail.

    Not what was proved by its secret, and not a mailbox read anew long after: those have counted already.
    """
    soon = abs(env.received_at - twin.received_at) < _OVERTAKEN
    return soon and mail.proof.verdict is Proof.PASS and twin.proof not in PROVED


def _new_mail(fetched: FetchedMail, mail: Mail, judged: Judged, raw_sha256: str, now: datetime) -> NewMail:
    decision = judged.decision
    env = fetched.envelope
    return NewMail(
        account=env.account,
        folder=env.folder,
        uidvalidity=env.uidvalidity,
        uid=env.uid,
        received_at=env.received_at,
        raw_sha256=raw_sha256,
        size=len(fetched.raw),
        recorded_at=now,
        message_id=mail.message_id,
        identity=mail.identity,
        sender=mail.sender.email,
        subject=mail.subject.raw,
        kind=mail.kind,
        fate=decision.fate,
        fate_why=decision.why,
        case_id=(decision.case.id or None) if decision.case else None,
        proof=judged.known.proof if judged.known else mail.proof.verdict,
        summary=hide_secrets(" ".join(mail.fresh_text.split()))[:200],
    )


def _ask_which(cases: tuple[Case, ...], sender: Person | None) -> Decision:
    refs = tuple(f"{case.ref}：{case.customer} {case.project}" for case in cases)
    if sender is None:
        return ignore(f"可能属于多个申请，发件人不在名单中：{'；'.join(refs)}")
    say = Say(NoticeKind.WHICH_CASE, to=(sender.address,), items=refs)
    return Decision(why=f"可能属于多个申请，已请发件人指明：{'；'.join(refs)}", says=(say,))


def _with_notes(decision: Decision, known: Known, mail: Mail, now: datetime) -> Decision:
    """Invalid secrets are put on the case's record (R49)."""
    case = decision.case
    if not known.notes or case is None or not case.id:
        return decision
    entry = HistoryEntry(
        now, mail.sender.email, "secret", case.stage, case.stage, "；".join(known.notes), mail=mail.message_id
    )
    return replace(decision, history=(entry, *decision.history))
