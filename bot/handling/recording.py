"""A decision written down: case, history, deadlines, documents and finished outgoing mails, all in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.handling.authority import Authority
from bot.handling.enclosing import Enclosing
from bot.handling.gate import COMMANDS, OVER, Over, Queued, count_queued, over_cap
from bot.handling.owing import reports_owed
from bot.handling.secrecy import with_secrets
from bot.parse.mail import parse_mail
from bot.rules.audience import reaches_others, thread_people
from bot.rules.case import Case, DeadlineKind
from bot.rules.decision import Decision, Say
from bot.rules.desk import Desk as RulesDesk
from bot.rules.mail import Attachment, Mail, Reading
from bot.rules.matters.mattering import end_matters
from bot.rules.notice import Notice, NoticeKind, Row
from bot.rules.papers.documents import FILED
from bot.rules.plans.booking import Booking, book
from bot.rules.plans.nodes import CHARTED, Record, lay_out
from bot.rules.plans.timeline import Timeline
from bot.rules.policy import Policy
from bot.rules.saying import IN_THREAD
from bot.rules.scene import Raised, Scene, Waiting
from bot.rules.whispering import word_notice
from bot.rules.words import Proof
from bot.store.glances import NOTHING
from bot.store.store import Tx
from bot.transmit.compose import Composer, Parent


@dataclass(frozen=True)
class Desk:
    """One account's means of writing: its composer, and where its evidence copies go ("" = nowhere)."""

    account: str
    composer: Composer
    self_copy: str


@dataclass(frozen=True, slots=True)
class Cause:
    """The mail behind a decision; `mail_id` 0 and no reading: the clock."""

    mail_id: int = 0
    reading: Reading | None = None

    @property
    def mail(self) -> Mail | None:
        """The decoded mail."""
        return self.reading.mail if self.reading else None


class Recorder:
    """Carries decisions out inside a transaction given by the caller."""

    def __init__(
        self,
        policy: Policy,
        desks: Mapping[str, Desk],
        operators: tuple[str, ...],
        enclosing: Enclosing = Enclosing(),  # noqa: B008 - a frozen value
    ) -> None:
        self._policy = policy
        self._enclosing = enclosing
        self._authority = Authority(policy)
        self._desks = desks
        self._operators = operators

    def record(self, tx: Tx, decision: Decision, cause: Cause, account: str, now: datetime) -> Case | None:
        """Write the decision; returns the case as stored (None when none is touched)."""
        said_in = cause.mail.message_id if cause.mail else ""
        tx.delegations.end(decision.undelegates, said_in, now)
        tx.delegations.add(decision.delegates, said_in, now)
        if decision.case and decision.case.id:
            desk = RulesDesk(self._authority.now(tx, now), now)
            there = tx.glances.of_case(decision.case.id)
            decision = end_matters(decision, tx.matters.of(decision.case.id) if there.matters else (), desk)
        case = self._store_case(tx, decision, cause, now)
        if case:
            self._store_parts(tx, decision, case, cause, now)
            _want_filed(tx, case)
        for say in decision.says:
            self.say(tx, say, case, cause, account, now)
        return case

    def say(self, tx: Tx, say: Say, case: Case | None, cause: Cause, account: str, now: datetime) -> None:
        """Word one notice, render it, and put it into the outbox; what was said before is not said again."""
        scene = self._scene(tx, say, case, cause, account, now)
        notice = word_notice(say, scene)
        if notice.to and not tx.outbox.has_notice(notice.key):
            self.send(tx, notice, cause, account, now, attachments=self._enclosing.enclose(notice, scene))

    def send(
        self,
        tx: Tx,
        notice: Notice,
        cause: Cause,
        account: str,
        now: datetime,
        *,
        attachments: Sequence[Attachment] = (),
    ) -> None:
        """Render a notice's copies and put them into the outbox, through the one gate (R47)."""
        desk = self._desk(account)
        if notice.kind in COMMANDS and (over := over_cap(tx, self._policy.caps, notice, (), Queued(), now)):
            self._tell_over(tx, over, account, now)
            return
        parent = self._parent(tx, notice, cause)
        copies = desk.composer.compose(
            with_secrets(tx, notice, now),
            parent,
            now,
            desk.account,
            self_copy_to=desk.self_copy or None,
            attachments=attachments,
        )
        bounced = tx.marks.all_bounced() if copies else frozenset()
        queued = count_queued(tx, self._policy.caps, copies, now)
        for out in copies:
            reachable = tuple(a for a in out.recipients if a not in bounced)
            people = tuple(a for a in reachable if a != desk.self_copy)
            if not people:
                continue
            over = over_cap(tx, self._policy.caps, notice, people, queued, now)
            if tx.outbox.add(replace(out, recipients=reachable), now) and over:
                tx.outbox.hold_notice(out.notice_key, over.why)
                self._tell_over(tx, over, account, now)
        if notice.case_id and copies:
            tx.cases.remember_ids(notice.case_id, (copies[0].message_id,))
        if copies and (report := tx.reports.get(notice.report_id) if notice.report_id else None):
            tx.reports.remember_ids(report.id, report.round, (copies[0].message_id,))

    def _desk(self, account: str) -> Desk:
        return self._desks.get(account) or next(iter(self._desks.values()))

    def _store_case(self, tx: Tx, decision: Decision, cause: Cause, now: datetime) -> Case | None:
        case, mail = decision.case, cause.mail
        if case is None:
            return None
        joins = mail is not None and self._joins(mail, decision)
        if mail and joins:
            proved = mail.proof.verdict is Proof.PASS
            newest = cause.mail_id if reaches_others(self._policy, mail) or not case.newest_mail else case.newest_mail
            people = thread_people(self._policy, case, mail, proved=proved)
            case = replace(case, newest_mail=newest, participants=people)
        if decision.changed and case.engineers:
            known = {a.email for a in case.participants}
            new = tuple(self._policy.company.addressed(e) for e in case.engineers if e not in known)
            case = replace(case, participants=(*case.participants, *new)) if new else case
        if not case.id:
            return tx.cases.create(case, *decision.history)
        if decision.changed or joins:
            return tx.cases.save(case, now, *decision.history)
        tx.history.append(case.id, *decision.history)
        return case

    def _joins(self, mail: Mail, decision: Decision) -> bool:
        """Whether a mail becomes part of the thread; a forged one that moved nothing must bring nobody in."""
        registered = self._policy.company.find(mail.sender.email) is not None
        return registered and (decision.changed or mail.proof.verdict is not Proof.FAIL)

    def _store_parts(self, tx: Tx, decision: Decision, case: Case, cause: Cause, now: datetime) -> None:
        if cause.mail:
            tx.cases.remember_ids(case.id, (cause.mail.message_id,))
        tx.deadlines.renew(case.id, decision.ends, decision.arms, now)
        ended = {*decision.ends, *(d.kind for d in decision.arms)}
        for look in decision.looks:
            if look.deadline.kind not in ended:
                tx.deadlines.reschedule(look.deadline.id, look.step, look.deadline.next_at)
        if decision.work is not None:
            tx.work.put(case.id, decision.work, now)
        tx.matters.save(case.id, decision.matters)
        tx.milestones.save(case.id, decision.milestones)
        for rating in decision.ratings:
            tx.ratings.add(case.id, rating)
        if decision.work is not None or (decision.changed and case.settled_days is not None):
            tx.reports.mark_stale(case.id, now)
        contents = {a.sha256: a.content for a in cause.mail.attachments} if cause.mail else {}
        for document in decision.documents:
            tx.documents.keep_blob(contents[document.sha256])
            tx.documents.add(case.id, document)
        if decision.matters or decision.ratings or decision.documents or decision.work is not None:
            tx.glances.forget_case(case.id)

    def _scene(self, tx: Tx, say: Say, case: Case | None, cause: Cause, account: str, now: datetime) -> Scene:
        deadlines = tuple(d for d in tx.deadlines.of(case.id) if d.done_at is None) if case else ()
        there = tx.glances.of_case(case.id) if case else NOTHING
        assigning = {NoticeKind.CONFIRMED, NoticeKind.INVITE_ANSWERED}
        confirmed = case if say.kind in assigning else None
        policy = self._authority.now(tx, now)
        waiting: tuple[Waiting, ...] = ()
        also: tuple[Row, ...] = ()
        if say.kind is NoticeKind.TODO:
            waiting, owed = waiting_for(tx, say.to), reports_owed(tx, policy, now)
            also = tuple(row for address in say.to for row in owed.get(address, ()))
        return Scene(
            policy=policy,
            now=now,
            case=case,
            deadlines=deadlines,
            documents=tx.documents.of(case.id) if case and there.documents else (),
            mail_id=cause.mail_id,
            reading=cause.reading,
            operators=self._operators,
            waiting=waiting,
            bot=self._desk(account).composer.sender,
            timeline=_timeline(tx, policy, case, now) if case and say.kind in CHARTED else None,
            also=also,
            bookings=_bookings_beside(tx, confirmed),
            away=frozenset(m.address for m in tx.marks.all() if m.what == "away") if confirmed else frozenset(),
            matters=tx.matters.of(case.id) if case and there.matters else (),
            rating=tx.ratings.current(case.id) if case and there.ratings else None,
            asked=asked_of(tx, say.to) if say.kind is NoticeKind.TODO else (),
        )

    def _parent(self, tx: Tx, notice: Notice, cause: Cause) -> Parent | None:
        """The mail to answer: the one that caused the notice, or the thread's newest (R45)."""
        if not notice.reply_to_mail:
            return None
        if cause.mail and notice.reply_to_mail == cause.mail_id:
            return _in_thread(tx, make_parent(cause.mail), notice)
        row = tx.mails.get(notice.reply_to_mail)
        mail = parse_mail(tx.mails.raw(row.raw_sha256), received_at=row.received_at)
        return _in_thread(tx, make_parent(mail), notice)

    def _tell_over(self, tx: Tx, over: Over, account: str, now: datetime) -> None:
        """The operator hears of a reached cap once a day and case or address; what is held the digest counts."""
        day = self._policy.hours.local(now).date().isoformat()
        text = (
            f"{over.who}：发信数量达到上限（{over.why}），可能有自动应答循环或大量来信。"
            "多出的邮件已扣住（指令的答复则不再发），请运行 zhichi outbox list 查看。"
        )
        self.say(tx, Say(NoticeKind.OPERATOR, text=text, slot=f"{OVER}:{over.who}:{day}"), None, Cause(), account, now)


def _timeline(tx: Tx, policy: Policy, case: Case, now: datetime) -> Timeline:
    """Planned against actual, with what this very decision wrote down already."""
    record = Record(
        case,
        tx.deadlines.of(case.id),
        tuple(tx.history.of(case.id)),
        tx.documents.of(case.id),
        tx.milestones.of(case.id),
    )
    return lay_out(policy, record, now)


def _bookings_beside(tx: Tx, case: Case | None) -> tuple[Booking, ...]:
    """Whatever touches the confirmed days of `case` (R38)."""
    mine = book(case) if case else None
    return tx.bookings.between(mine.on, mine.until) if mine else ()


def _want_filed(tx: Tx, case: Case) -> None:
    """Whatever is new about a case that has its folder goes there too (R26)."""
    if case.stage in FILED:
        tx.archives.begin(case.id)
        tx.glances.forget_case(case.id)
    if case.stage in FILED or tx.glances.of_case(case.id).folder:
        tx.archives.changed_case(case.id)


def make_parent(mail: Mail) -> Parent:
    """What a reply needs of the mail it answers."""
    return Parent(
        message_id=mail.message_id,
        references=tuple(reversed(mail.thread_ids)),
        sender=mail.sender,
        date=mail.date,
        subject=mail.subject.raw,
        text=mail.full_text,
        html=mail.full_html,
    )


def _in_thread(tx: Tx, parent: Parent, notice: Notice) -> Parent:
    """A tapped answer opens a mail of its own that only the bot got: tie the notice to what the others have (R45)."""
    if parent.references or not (notice.in_thread and notice.case_id):
        return parent
    said = (line.message_id for line in tx.outbox.of_case(notice.case_id) if line.kind in IN_THREAD)
    return replace(parent, references=tuple(dict.fromkeys(said)))


def waiting_for(tx: Tx, addresses: Iterable[str]) -> tuple[Waiting, ...]:
    """Open answers owed by these addresses."""
    wanted = set(addresses)
    owed = [d for d in tx.deadlines.open() if d.owner in wanted and d.kind is not DeadlineKind.START]
    return tuple(Waiting(tx.cases.get(d.case_id), d) for d in owed)


def asked_of(tx: Tx, addresses: Iterable[str]) -> tuple[Raised, ...]:
    """Open escalations and disputes that wait for these addresses."""
    wanted = set(addresses)
    return tuple(Raised(tx.cases.get(m.case_id), m) for m in tx.matters.open() if m.waits and wanted & set(m.owners))
