"""A mail about a weekly report: found by secret, thread or number, decided, and carried out (R27, R28)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256

from bot.handling.reading import Known, look_up
from bot.handling.recording import Cause, Recorder
from bot.papers.weekly_reading import read_books
from bot.parse.grammar import read_grammar
from bot.parse.token_lines import drop_token_lines
from bot.parse.tokens import hide_secrets
from bot.parse.workload import read_days
from bot.rules.decision import Decision
from bot.rules.mail import Envelope, Mail, Reading
from bot.rules.policy import Policy
from bot.rules.reports.report import Report, ReportState
from bot.rules.reports.report_words import word_report
from bot.rules.reports.settling import settle_by_report
from bot.rules.reports.signing import Signing, SigningDesk, decide_report
from bot.rules.reports.work import WorkRecord, WorkSource
from bot.rules.threading import ThreadMatch
from bot.rules.words import Intent, Kind, Proof, ReplyStage, Role
from bot.store.secrets import SecretVerdict
from bot.store.store import Tx

_ONCE = frozenset({SecretVerdict.BURNT, SecretVerdict.USED, SecretVerdict.OLD_ROUND})


@dataclass(frozen=True, slots=True)
class About:
    """The report a mail is about, and how far its sender is proved."""

    report: Report
    proof: Proof
    secrets: tuple[str, ...] = ()  # valid ones, spent when the mail signs
    stale: str = ""  # digest of a secret that was this person's once
    outdated: bool = False  # it answers an edition that was replaced


@dataclass(frozen=True, slots=True)
class Judged:
    """What a mail does to the report it is about."""

    about: About
    signing: Signing


COMMANDS = frozenset({Intent.STATUS_REQUEST, Intent.TODO_REQUEST, Intent.HELP_REQUEST})
"""Words that are about no report, even in an answer to one (R48)."""


def names_report(mail: Mail) -> bool:
    """Whether a report's number stands anywhere in the mail."""
    return any(ref.startswith("ZB") for ref in (*mail.tokens, *(seen.ref for seen in mail.secrets)))


def look_up_both(tx: Tx, mail: Mail) -> tuple[Known, About | None]:
    """What the database says about a mail: its case, or the report it is about.

    A number decides first, for a report quotes the numbers of its cases; then the thread, where no case claims it.
    """
    if mail.kind is not Kind.HUMAN:
        return look_up(tx, mail), None
    about = find_report(tx, mail) if names_report(mail) else None
    if about:
        return Known(ThreadMatch(why="周报编号"), about.proof), about
    known = look_up(tx, mail)
    claimed = known.match.case or known.match.several
    about = None if claimed else find_report(tx, mail)
    return (Known(ThreadMatch(why="周报邮件"), about.proof) if about else known), about


def is_command(mail: Mail, env: Envelope) -> bool:
    """Whether an answer to a report asks the bot for something else (R48)."""
    return read_report_mail(mail, env).meaning.intent in COMMANDS


def find_report(tx: Tx, mail: Mail) -> About | None:
    """The report that `mail` is about; None when it is about none, or rather about a case."""
    if not names_report(mail) and not mail.thread_ids:
        return None
    verdicts = [
        (seen, tx.report_secrets.check(seen.ref, seen.secret, mail.sender.email))
        for seen in mail.secrets
        if seen.ref.startswith("ZB")
    ]
    valid = [seen for seen, verdict in verdicts if verdict is SecretVerdict.VALID]
    if valid and (report := tx.reports.by_ref(valid[0].ref)):
        return About(report, Proof.SECRET, tuple(s.secret for s in valid))
    by_ids = tx.reports.find_by_ids(mail.thread_ids)
    found = _by_thread(tx, by_ids) or _by_number(tx, mail)
    if found is None:
        return None
    once = [s.secret for s, v in verdicts if v in _ONCE]
    stale = sha256(once[0].encode()).hexdigest()[:12] if once else ""
    edition = dict(by_ids).get(found.id, found.round)
    old = any(v is SecretVerdict.OLD_ROUND for _, v in verdicts) or edition < found.round
    outdated = found.state is ReportState.OPEN and old
    return About(found, mail.proof.verdict, (), stale, outdated)


def _by_thread(tx: Tx, by_ids: tuple[tuple[int, int], ...]) -> Report | None:
    return tx.reports.get(by_ids[0][0]) if len(by_ids) == 1 else None


def _by_number(tx: Tx, mail: Mail) -> Report | None:
    """By its number: in the subject, or the only one in the text; a mail in a case's thread is about the case."""
    refs = [ref for ref in mail.tokens if ref.startswith("ZB")]
    named = [ref for ref in refs if ref in mail.subject.raw] or refs
    if len(named) != 1 or tx.cases.find_by_ids(mail.thread_ids):
        return None
    return tx.reports.by_ref(named[0])


def read_report_mail(mail: Mail, env: Envelope) -> Reading:
    """The mail's plain words, read as a director's about settling."""
    words = hide_secrets(drop_token_lines(mail.fresh_text))
    return Reading(replace(mail, fresh_text=words), env, read_grammar(words, Role.DIRECTOR, ReplyStage.WORKLOAD))


def judge_report(mail: Mail, env: Envelope, about: About, policy: Policy, now: datetime) -> Judged:
    """What the mail does to its report; nothing is written yet."""
    reading = read_report_mail(mail, env)
    desk = SigningDesk(
        policy=policy,
        proof=about.proof,
        now_day=policy.hours.local(now).date(),
        stale=about.stale,
        days=read_days(reading.mail.fresh_text),
        books=read_books(mail.attachments),
        outdated=about.outdated,
    )
    return Judged(about, decide_report(reading, about.report, policy.company.find(mail.sender.email), desk))


def carry_signing(
    tx: Tx, judged: Judged, policy: Policy, recorder: Recorder, cause: Cause, account: str, now: datetime
) -> None:
    """Write it down: report, record of it, settled cases, hours of a correction, and the mails."""
    about, signing = judged.about, judged.signing
    report = signing.report
    tx.reports.tell(report.id, replace(signing.event, at=now))
    if cause.mail:
        tx.reports.remember_ids(report.id, about.report.round, (cause.mail.message_id,))
    if signing.signed:
        tx.reports.save(report)
        for secret in about.secrets:
            tx.report_secrets.use(secret, now)
        if signing.changes:
            _correct_records(tx, report, cause, now)
        for decision in _settle_cases(tx, report, policy, signing.event.mail, now):
            recorder.record(tx, decision, Cause(), account, now)
    for say in signing.says:
        notice = word_report(say, report, policy, mail_id=cause.mail_id)
        if notice.to and not tx.outbox.has_notice(notice.key):
            recorder.send(tx, notice, cause, account, now)


def _correct_records(tx: Tx, report: Report, cause: Cause, now: datetime) -> None:
    """The director's hours stand in the records too (R27)."""
    mail = cause.mail.message_id if cause.mail else ""
    hours = {(row.case_id, row.day): row.hours for row in report.sheet.rows}
    for case_id in {row.case_id for row in report.sheet.rows}:
        records = tx.work.of(case_id)
        tx.work.put(case_id, [_corrected(r, report, hours, mail) for r in records], now)


def _corrected(record: WorkRecord, report: Report, hours: dict[tuple[int, date], Decimal], mail: str) -> WorkRecord:
    new = hours.get((record.case_id, record.day))
    mine = record.report_id == report.id and new is not None and new != record.hours
    return replace(record, hours=new, source=WorkSource.REPORT, mail=mail) if mine and new is not None else record


def _settle_cases(tx: Tx, report: Report, policy: Policy, mail: str, now: datetime) -> Iterable[Decision]:
    for case_id in sorted({row.case_id for row in report.sheet.rows}):
        signed = signed_rows(tx, tx.work.of(case_id))
        records = tx.work.of(case_id)
        if any(record.id not in signed for record in records):
            continue  # somebody's work on it is not signed yet
        figure = sum((days for days, _ in signed.values()), Decimal(0))
        refs = tuple(sorted({ref for _, ref in signed.values()}))
        case = tx.cases.get(case_id)
        decision = settle_by_report(policy, case, figure, refs, report.signed_by, now, mail)
        if decision:
            yield decision


def signed_rows(tx: Tx, records: Iterable[WorkRecord]) -> dict[int, tuple[Decimal, str]]:
    """Of the records, those that signed reports list: record id → (人天, report's number)."""
    found: dict[int, tuple[Decimal, str]] = {}
    reports: dict[int, Report | None] = {}
    for record in records:
        if not record.report_id:
            continue
        if record.report_id not in reports:
            reports[record.report_id] = tx.reports.get(record.report_id)
        report = reports[record.report_id]
        if report is None or report.state is not ReportState.SIGNED:
            continue
        row = next((r for r in report.sheet.rows if (r.case_id, r.day) == (record.case_id, record.day)), None)
        if row:
            found[record.id] = (row.days, report.ref)
    return found
