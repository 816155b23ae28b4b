"""One person's mail and one case (or none yet) in, one decision out. Everything is decided by THE TABLE."""

from dataclasses import replace

from bot.rules.announcing import announce
from bot.rules.answering import answer
from bot.rules.applying import Cause, apply_row, arm, summarise, tell
from bot.rules.arming import arm_row, owe_lack, settled_ends, what_changed
from bot.rules.assigning import is_clear, unresolved
from bot.rules.case import Case, DeadlineKind, Document, HistoryEntry
from bot.rules.completing import complete_request
from bot.rules.contradiction import contradicts, decide_conflict
from bot.rules.decision import Decision, Say
from bot.rules.desk import PROVED
from bot.rules.desk import Desk as Desk
from bot.rules.events import name_event
from bot.rules.mail import Reading, RequestFields
from bot.rules.notice import NoticeKind as N
from bot.rules.papers.documents import collect_documents, has_form, missing_documents
from bot.rules.papers.lacking import tell_lacking
from bot.rules.parts import find_parts
from bot.rules.people import Person
from bot.rules.plans.inviting import invite
from bot.rules.policy import Policy
from bot.rules.record_lines import line_of_mail, line_of_void
from bot.rules.reports.work import WorkReading
from bot.rules.reports.working import note_work
from bot.rules.table import AT_WORK, Event, Row, Who, find_row
from bot.rules.words import Proof, Role, Stage


def decide_on_case(reading: Reading, case: Case, sender: Person, desk: Desk) -> Decision:
    """What a registered person's mail does to its case."""
    if desk.proof is Proof.FAIL:
        reading = _only_words(reading)
    parts = find_parts(desk.policy, case, sender, desk.policy.hours.local(reading.envelope.received_at).date())
    event = name_event(reading, case, parts)
    added = _new_documents(reading, event, parts, desk)
    desk = replace(desk, documents=(*desk.documents, *added)) if added else desk
    row = find_row(case.stage, event, parts) if event else None
    cause = Cause(desk.policy, desk.now, sender.address, reading, delegate=_delegate(reading, case, desk.policy))
    if row is None or _says_nothing_new(row, case, cause):
        recorded = tell_lacking(_only_record(case, sender, parts, cause, desk, added), sender, desk)
        return note_work(complete_request(recorded, reading, parts, desk), reading, event, desk)
    if desk.proof not in PROVED and (row.proof or desk.proof is Proof.FAIL):
        return _refuse_unproved(reading, case, sender, row, desk, added)
    if contradicts(row, case, sender, desk):
        return decide_conflict(reading, row, case, sender, desk)
    if row.event is Event.ASSIGN and apply_row(row, case, cause) == case:
        return _ask_assignment(case, cause, reading, desk)
    if row.event is Event.DELEGATE and not cause.delegate:
        asked = Say(N.ASK, to=(sender.address,), text=summarise(reading))
        why = "总监安排了人而没有表示同意，或请他人决定而没有写清是谁，已请总监明确"
        entry = replace(_mail_entry(case, cause, reading), why=why)
        return Decision(why=why, case=case, history=(entry,), says=(asked,), documents=added)
    decision = tell_lacking(carry_out(row, case, cause, desk, added), sender, desk)
    return note_work(complete_request(decision, reading, parts, desk), reading, event, desk)


def _only_words(reading: Reading) -> Reading:
    """Known to be forged: its files are nobody's documents, and its fields nobody's request."""
    return replace(reading, fields=RequestFields(), work=WorkReading(), mail=replace(reading.mail, attachments=()))


def _ask_assignment(case: Case, cause: Cause, reading: Reading, desk: Desk) -> Decision:
    """Nothing in the arrangement could be resolved (somebody unknown, two of a name): only its author is asked (R9)."""
    lines = unresolved(desk.policy, reading.assignment)
    why = f"安排没有变动：{'；'.join(lines)}，已请总监指明"
    asked = Say(N.ASK, to=(cause.actor,), text=summarise(reading), items=(f"安排没有变动：{'；'.join(lines)}。",))
    return Decision(why=why, case=case, history=(replace(_mail_entry(case, cause, reading), why=why),), says=(asked,))


def carry_out(row: Row, case: Case, cause: Cause, desk: Desk, added: tuple[Document, ...] = ()) -> Decision:
    """Apply the row, then what follows of itself: the form, archiving, settling.

    `desk.documents` holds the case's documents with those `added` by this mail.
    """
    after = invite(desk.policy, row, apply_row(row, case, cause), desk.now)
    more = what_changed(desk.policy, case, after, row.event)
    decision = Decision(
        why=row.says,
        case=after,
        changed=True,
        history=(tell(row, case, after, cause, more),),
        says=announce(row, case, after, cause, desk),
        arms=arm_row(row, case, after, cause, desk),
        ends=settled_ends(row, case, after),
        documents=added,
    )
    if row.event in {Event.APPROVE, Event.ASSIGN, Event.EMERGENCY} and after.stage in AT_WORK:
        decision = owe_lack(decision, after, cause, desk)
    if row.event in {Event.COMPLETED, Event.RETROACTIVE} and not has_form(desk.documents):
        decision = _ask_form(decision, after, cause)
    return _follow_up(_end_form(decision, cause, desk), cause, desk)


def _says_nothing_new(row: Row, case: Case, cause: Cause) -> bool:
    """An arrangement said once more: on record, and no mail to all about it (R46)."""
    if row.event is not Event.ASSIGN or cause.reading is None:
        return False
    return apply_row(row, case, cause) == case and is_clear(cause.policy, cause.reading.assignment)


def _ask_form(decision: Decision, after: Case, cause: Cause) -> Decision:
    """A completion without the signed form: ask the engineer for it (R21)."""
    form = arm(DeadlineKind.FORM, after, cause)
    return replace(
        decision.and_say(Say(N.FORM_MISSING, to=(cause.actor,))), arms=(*decision.arms, *((form,) if form else ()))
    )


def _end_form(decision: Decision, cause: Cause, desk: Desk) -> Decision:
    """The signed form is there: nobody is asked for it any more, whatever else its mail said (R21)."""
    awaited = any(d.kind is DeadlineKind.FORM for d in desk.open_deadlines) and DeadlineKind.FORM not in decision.ends
    if not (awaited and has_form(desk.documents) and cause.reading and decision.case):
        return decision
    row = find_row(decision.case.stage, Event.FORM, frozenset({Who.SALES_OR_ENGINEER}))
    return _then_row(decision, row, cause, silent=True) if row else decision


def _follow_up(decision: Decision, cause: Cause, desk: Desk) -> Decision:
    """Closed with all documents → archived; archived with the workload settled before → settled."""
    case = decision.case
    bot = Cause(cause.policy, cause.now, "zhichi")
    if case and case.stage is Stage.CLOSED and not missing_documents(desk.policy, case, desk.documents):
        said_already = any(say.kind is N.CLOSED for say in decision.says)
        decision = _then(decision, Event.DOCUMENTS, bot, silent=said_already)
        case = decision.case
    if case and case.stage is Stage.ARCHIVED and case.settled_days is not None:
        row = find_row(Stage.ARCHIVED, Event.SETTLE, frozenset({Who.DECIDER}))
        decision = _then_row(decision, row, bot, silent=False) if row else decision
    return decision


def _then(decision: Decision, event: Event, cause: Cause, *, silent: bool) -> Decision:
    row = find_row(decision.case.stage, event, frozenset({Who.BOT})) if decision.case else None
    return _then_row(decision, row, cause, silent=silent) if row else decision


def _then_row(decision: Decision, row: Row, cause: Cause, *, silent: bool) -> Decision:
    before = decision.case
    if before is None:
        return decision
    after = apply_row(row, before, cause)
    armed = tuple(d for kind in row.arms if (d := arm(kind, after, cause)))
    kept = tuple(d for d in decision.arms if d.kind not in row.ends)
    return replace(
        decision,
        case=after,
        changed=True,
        history=(*decision.history, tell(row, before, after, cause)),
        says=decision.says if silent else (*decision.says, *(Say(kind) for kind in row.notices)),
        arms=(*kept, *armed),
        ends=tuple(dict.fromkeys((*decision.ends, *row.ends))),
    )


def _only_record(
    case: Case, sender: Person, parts: frozenset[Who], cause: Cause, desk: Desk, added: tuple[Document, ...]
) -> Decision:
    """No row fits: the mail goes on the record; documents and the form may still move the case."""
    if (reading := cause.reading) is None:
        raise ValueError("only a mail can be put on record")
    entry = _mail_entry(case, cause, reading)
    decision = Decision(why=reading.meaning.why, case=case, history=(entry,), documents=added)
    decision = decision.and_say(*answer(reading, case, sender, parts, desk))
    return _follow_up(_end_form(decision, cause, desk), cause, desk)


def _refuse_unproved(
    reading: Reading, case: Case, sender: Person, row: Row, desk: Desk, added: tuple[Document, ...]
) -> Decision:
    """A decision from an address that nobody vouches for moves nothing; the address is asked once a day (design 2).

    One exception, on the safe side: after an objection, though unproved, silence is no consent any more (R24).
    """
    because = f"来信地址未获验证（{reading.mail.proof.why}），已请{sender.name}本人确认"
    entry = line_of_void("unproved", because, row, reading, case, sender, desk)
    day = desk.policy.hours.local(desk.now).date().isoformat()
    said = reading.mail.fresh_text.strip()[:1000]
    slot = ":".join(part for part in (sender.address, day, desk.stale) if part)
    ask = Say(N.PROVE, to=(sender.address,), text=said, slot=slot)
    decision = Decision(why=entry.why, case=case, history=(entry,), says=(ask,), documents=added)
    if row.event is Event.OBJECT and case.stage is Stage.AWAITING_ACCEPTANCE and not case.silence_held:
        held = replace(case, silence_held="收到以销售名义提出的异议，尚待本人确认")
        return replace(decision, case=held, changed=True)
    return decision


def _mail_entry(case: Case, cause: Cause, reading: Reading) -> HistoryEntry:
    why = f"来信已记录，案件不变：{reading.meaning.why}"
    return line_of_mail("mail", why, reading, case, cause.actor, cause.now)


def _new_documents(reading: Reading, event: Event | None, parts: frozenset[Who], desk: Desk) -> tuple[Document, ...]:
    awaited = any(d.kind is DeadlineKind.FORM for d in desk.open_deadlines) and Who.SALES_OR_ENGINEER in parts
    completing = event is Event.COMPLETED or awaited
    found = collect_documents(desk.policy, reading.mail, reading.envelope.received_at, completing=completing)
    there = {(d.sha256, d.name) for d in desk.documents}
    return tuple(d for d in found if (d.sha256, d.name) not in there)


def _delegate(reading: Reading, case: Case, policy: Policy) -> str:
    """Whom the director lets decide; "" when it must be asked.

    "交给李工处理" may just mean that 李工 does the work: an engineer decides only as a delegate of the configuration
    or of that day, and nobody on their own request.
    """
    named = policy.company.find_named(reading.assignment.delegate)
    if len(named) != 1 or case.sales in named[0].addresses:
        return ""
    day = policy.hours.local(reading.envelope.received_at).date()
    standing = (d for d in policy.company.delegations if d.to in named[0].addresses)
    delegate = any(not d.by_mail or d.start <= day <= d.end for d in standing)
    only_works = named[0].roles <= {Role.ENGINEER}
    return "" if only_works and not delegate else named[0].address


def decide_stranger(reading: Reading, case: Case, desk: Desk) -> Decision:
    """A mail on a case from an address nobody registered: on record, and nothing else (authority is the address)."""
    why = "来信地址不在人员名单中，只作记录，不影响案件"
    entry = line_of_mail("stranger", why, reading, case, reading.mail.sender.email or "?", desk.now)
    return Decision(why=why, case=case, history=(entry,))
