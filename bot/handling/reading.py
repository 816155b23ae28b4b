"""From a decoded mail to what the rules need: its case, its sender's proof, its meaning at that point."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from bot.parse.assignment import read_assignment
from bot.parse.consent import drop_first, drop_object
from bot.parse.emergency import read_emergency
from bot.parse.fields import read_fields
from bot.parse.matters import read_matters
from bot.parse.meaning import read_meaning
from bot.parse.milestones import read_milestones
from bot.parse.own_forms import read_own_form
from bot.parse.prose_dates import find_date
from bot.parse.prose_fields import add_prose
from bot.parse.remarks import read_remarks
from bot.parse.standing import read_stand_in
from bot.parse.subject import read_subject
from bot.parse.subject_words import PLACEHOLDERS
from bot.parse.token_lines import drop_token_lines
from bot.parse.tokens import hide_secrets
from bot.parse.worktime import read_work
from bot.rules.case import Case
from bot.rules.mail import (
    Assignment,
    Attachment,
    Envelope,
    Mail,
    Reading,
    Remarks,
    RequestFields,
    StandIn,
    SubjectReading,
)
from bot.rules.matters.matter import MattersRead
from bot.rules.papers.writing import read_stage
from bot.rules.parts import find_parts, main_role, read_as
from bot.rules.people import Company, Person
from bot.rules.policy import Policy
from bot.rules.reports.work import WorkReading
from bot.rules.table import ASKED, AT_WORK, Who
from bot.rules.threading import ThreadMatch, match_thread, names_another, thread_text
from bot.rules.words import Proof, ReplyStage, Role, Stage
from bot.store.secrets import SecretVerdict
from bot.store.store import Tx


@dataclass(frozen=True, slots=True)
class Known:
    """What the database says about a mail: its case, and how far its sender is proved."""

    match: ThreadMatch
    proof: Proof
    secrets: tuple[str, ...] = ()  # valid ones, to be spent if the mail moves the case
    notes: tuple[str, ...] = ()  # what was wrong with other secrets, for the history
    stale: str = ""  # digest of a secret that was this person's once and counts no more
    known_person: bool = False  # a secret for matters and ratings alone names person and case


def look_up(tx: Tx, mail: Mail) -> Known:
    """Find the mail's case; a valid secret proves sender and case at once (design.md part 2)."""
    verdicts = [(seen, tx.secrets.check(seen.ref, seen.secret, mail.sender.email)) for seen in mail.secrets]
    valid = [seen for seen, verdict in verdicts if verdict is SecretVerdict.VALID]
    notes = tuple(f"{s.ref} 的口令无效（{v.value}）" for s, v in verdicts if v not in _GOOD)
    once = [s.secret for s, v in verdicts if v in _ONCE_THEIRS]
    stale = sha256(once[0].encode()).hexdigest()[:12] if once else ""
    if valid and (case := tx.cases.by_ref(valid[0].ref)):
        return Known(ThreadMatch(case=case, why="按钮口令"), Proof.SECRET, tuple(s.secret for s in valid), notes)
    beside = next((seen.ref for seen, verdict in verdicts if verdict is SecretVerdict.BESIDE), "")
    if beside and (case := tx.cases.by_ref(beside)):
        match = ThreadMatch(case=case, why="按钮口令")
        return Known(match, mail.proof.verdict, (), notes, stale, known_person=True)
    return Known(_find_case(tx, mail), mail.proof.verdict, (), notes, stale)


_GOOD = frozenset({SecretVerdict.VALID, SecretVerdict.BESIDE})
_ONCE_THEIRS = frozenset({SecretVerdict.BURNT, SecretVerdict.USED, SecretVerdict.OLD_ROUND})


def _find_case(tx: Tx, mail: Mail) -> ThreadMatch:
    by_ids = tx.cases.by_ids(mail.thread_ids)
    if len(by_ids) == 1 and not names_another(mail.subject, by_ids[0]):
        return ThreadMatch(case=by_ids[0], why="邮件头引用")
    by_token = tuple(case for ref in mail.tokens if (case := tx.cases.by_ref(ref)))
    return match_thread(mail, by_ids, by_token, tx.cases.open_by_subject(thread_text(mail.subject)))


def _try_suggestion(subject: SubjectReading, sender: Person | None, received_at: datetime) -> SubjectReading:
    """Whether the suggested subject would be accepted: only then is it laid ready to be sent (R3).

    A missing name of the sales is that of the sales who wrote: it is only suggested, and sent by their own tap.
    """
    suggestion = subject.suggestion
    if sender and Role.SALES in sender.roles:
        suggestion = suggestion.replace(PLACEHOLDERS["sales"], sender.name)
    return replace(subject, suggestion=suggestion, ready=read_subject(suggestion, received_at).fits)


def _adds_fields(case: Case, sender: Person | None) -> bool:
    """Whether a reply may complete the request: by its sales, until the work begins (R4)."""
    return sender is not None and case.sales in sender.addresses and case.stage in (*ASKED, Stage.APPROVED)


def _not_in_subject(fields: RequestFields, subject: SubjectReading) -> RequestFields:
    """Customer and project need not be written again in the body of a request."""
    given = {"客户名称", "项目名称"} if subject.fits else set()
    return replace(fields, missing=tuple(label for label in fields.missing if label not in given))


def _recognise(file: Attachment) -> Attachment:
    """Our own forms are known again by their mark (R20)."""
    own = read_own_form(file.content)
    return replace(file, own=own) if own else file


def _with_prose(words: str, case: Case | None, day: date) -> RequestFields:
    """The fields of lines and tables; what neither they nor the case have, from the sentences, where it is certain."""
    known = dict(case.fields) if case and not case.retroactive else {}
    late = {"支持时间"} if case and case.stage in AT_WORK else set()  # a day said then is no day asked for
    return add_prose(read_fields(words), words, day, {*known, *late})


def _with_day(fields: RequestFields, day: date) -> RequestFields:
    """The days that 支持时间 names plainly, counted from `day`."""
    found = find_date(fields.get("支持时间"), day)
    plain = found.reading if found and found.reading.plain else None
    return replace(fields, on=plain.day, until=plain.end) if plain else fields


class Reader:
    """Reads mails with the company's people in mind."""

    def __init__(self, company: Company) -> None:
        self._names = company.known_names
        engineers = company.with_role(Role.ENGINEER)
        self._engineers = tuple(dict.fromkeys(n for p in engineers for n in (p.name, *p.aliases)))

    def read(self, mail: Mail, envelope: Envelope, case: Case | None, sender: Person | None, policy: Policy) -> Reading:
        """The mail with meaning, assignment and request fields, read as what its sender is to the case."""
        day = policy.hours.local(envelope.received_at).date()
        parts = find_parts(policy, case, sender, day) if case and sender else frozenset()
        role, stage = _read_as(case, sender, parts)
        words = hide_secrets(drop_token_lines(mail.fresh_text))
        plan, words = read_milestones(words, day, self._names) if case and sender else ((), words)
        if words != mail.fresh_text or mail.attachments:
            mail = replace(mail, fresh_text=words, attachments=tuple(map(_recognise, mail.attachments)))
        standing, words = self._read_standing(mail, case, sender, day)
        command = "" if case or mail.subject.is_request else mail.subject.normal  # 帮助 as a subject alone (R48)
        beside = read_matters(words) if case else MattersRead()
        remarks = read_remarks(beside.outside if case else words, day) if sender else Remarks()
        if case is None and sender and not mail.subject.is_forward:
            remarks = replace(remarks, emergency=read_emergency(words, mail.subject))
        if case and (writing := read_stage(case, remarks.outline, parts)):
            stage = writing  # words about a table of contents or a proposal are read as such (R5, R17)
        asked = drop_object(words, case.wish, case.wish_on, case.wish_until, day) if case else words
        asked = drop_first(asked) if remarks.emergency else asked
        meaning = read_meaning(asked or command, role, stage, beside if case and asked == words else None)
        assignment, fields = Assignment(), RequestFields()
        if ((case or remarks.emergency) and role is Role.DIRECTOR) or stage is ReplyStage.EXECUTION_CHANGE:
            assignment = read_assignment(beside.outside if case else words, day, self._names)
        if mail.subject.is_request and case is None:
            mail = replace(mail, subject=_try_suggestion(mail.subject, sender, envelope.received_at))
        if (mail.subject.is_request and (case is None or case.retroactive)) or (case and _adds_fields(case, sender)):
            fields = _not_in_subject(_with_day(_with_prose(words, case, day), day), mail.subject)
        if case and fields.on and (case.stage in AT_WORK or case.wanted):
            remarks = replace(remarks, moves=True, on=fields.on, until=fields.until)
        work = WorkReading()
        if role is Role.ENGINEER and (case is None or case.stage not in ASKED):
            work = read_work(words, day, self._engineers)
        return Reading(
            mail=mail,
            envelope=envelope,
            meaning=meaning,
            assignment=assignment,
            fields=fields,
            remarks=remarks,
            standing=standing,
            work=work,
            plan=plan,
            beside=beside,
        )

    def _read_standing(
        self, mail: Mail, case: Case | None, sender: Person | None, day: date
    ) -> tuple[StandIn | None, str]:
        """A director's word about who stands in, and his other words; in a mail of its own also from the subject."""
        words, subject = mail.fresh_text, mail.subject
        new_request = subject.is_request and not subject.is_reply and case is None
        if sender is None or Role.DIRECTOR not in sender.roles or new_request:
            return None, words
        found = read_stand_in(words, day, self._names, on_case=case is not None)
        if found is None and case is None and not (subject.is_request or subject.is_reply or subject.is_forward):
            found = read_stand_in(subject.normal, day, self._names)
        return found or (None, words)


def _read_as(case: Case | None, sender: Person | None, parts: frozenset[Who]) -> tuple[Role, ReplyStage]:
    if sender is None:
        return Role.ADMIN, ReplyStage.APPLICATION
    if case:
        return read_as(case, parts, sender)
    role = main_role(sender)
    return role, ReplyStage.EXECUTION if role is Role.ENGINEER else ReplyStage.APPLICATION
