"""What a mail about a weekly report does: signed, corrected and signed, returned, or asked back (R27, R28).

Address, proof and meaning must agree, as with every decision of the director (design.md part 2): nobody signs their own
report by standing in, and only plain words or a corrected file sign.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from bot.rules.applying import summarise
from bot.rules.desk import PROVED
from bot.rules.mail import Reading
from bot.rules.notice import NoticeKind as N
from bot.rules.people import Person
from bot.rules.policy import Policy
from bot.rules.reports.correcting import Corrected, ReadBook, correct
from bot.rules.reports.report import Report, ReportEvent, ReportState, Sheet
from bot.rules.reports.report_words import ReportSay
from bot.rules.words import Intent, Proof, Role

SILENT = frozenset({Intent.OUT_OF_OFFICE})
_YES = frozenset({Intent.APPROVE})
_WITH_FILE = frozenset(
    {
        Intent.APPROVE,
        Intent.NONE,
        Intent.ACKNOWLEDGMENT_ONLY,
        Intent.THANKS,
        Intent.REJECT,
        Intent.OBJECT,
        Intent.PROBLEM,
    }
)
"""What may stand beside a corrected file without making it doubtful that it is meant."""


@dataclass(frozen=True, slots=True)
class SigningDesk:
    """What lies on the desk. `days`: 人天 named in the words. `books`: workbooks attached.

    `outdated`: the mail answers an edition that a newer one has replaced.
    """

    policy: Policy
    proof: Proof
    now_day: date
    stale: str = ""
    days: Decimal | None = None
    books: tuple[ReadBook, ...] = ()
    outdated: bool = False


@dataclass(frozen=True, slots=True)
class Signing:
    """The answer: the report from now on, the line for its record, what is said. `signed`: its figures are final."""

    why: str
    report: Report
    event: ReportEvent
    says: tuple[ReportSay, ...] = ()
    signed: bool = False
    changes: tuple[str, ...] = field(default=())


def signers(policy: Policy, report: Report, on: date) -> tuple[Person, ...]:
    """Who may sign: directors and their delegates of that day, but nobody their own report by standing in."""
    people = policy.company.deciders(on)
    return tuple(p for p in people if Role.DIRECTOR in p.roles or report.engineer not in p.addresses)


def decide_report(reading: Reading, report: Report, sender: Person | None, desk: SigningDesk) -> Signing:
    """One mail about `report`."""
    at = reading.envelope.received_at
    day = desk.policy.hours.local(at).date()
    if sender is None:
        return _only_record(reading, report, "来信地址不在人员名单中，只作记录")
    if reading.meaning.intent in SILENT:
        return _only_record(reading, report, "外出答复，不算答复")
    if sender not in signers(desk.policy, report, day):
        return _not_entitled(reading, report, sender)
    mine = tuple(book for book in desk.books if book.ref == report.ref) or desk.books
    corrected = _read(report, mine)
    if desk.proof not in PROVED:
        return _unproved(reading, report, sender, desk, has_file=bool(mine))
    if report.state is ReportState.SIGNED:
        return _signed_before(reading, report, sender, corrected)
    if desk.outdated:
        newer = "您答复的是以前的一份；其后有改动，请看新的一份再签字。"
        return _ask(reading, report, sender, "答复的是已被替换的一份，已请总监看新的", (newer,))
    if corrected and corrected.problems:
        items = ("附件没有采用，周报仍待您签字。", *corrected.problems)
        return _ask(reading, report, sender, "更正的附件有问题，未采用", items)
    if corrected and corrected.changes:
        return _sign_corrected(reading, report, sender, corrected)
    return _by_words(reading, report, sender, desk)


def _read(report: Report, books: tuple[ReadBook, ...]) -> Corrected | None:
    """The one file that counts; of several, which one is meant is asked."""
    if len(books) > 1:
        names = "、".join(book.name for book in books)
        return Corrected(report.sheet, problems=(f"有{len(books)}个表格附件（{names}），请只附一份",))
    return correct(report.sheet, books[0]) if books else None


def _sign_corrected(reading: Reading, report: Report, sender: Person, corrected: Corrected) -> Signing:
    if reading.meaning.intent not in _WITH_FILE:
        items = ("附件里有改动，但正文没有明确同意，周报仍待您签字。", *corrected.changes)
        return _ask(reading, report, sender, "附件有改动而正文不明确，已请总监明确", items)
    return _sign(reading, report, sender, corrected.sheet, corrected.changes)


def _by_words(reading: Reading, report: Report, sender: Person, desk: SigningDesk) -> Signing:
    intent = reading.meaning.intent
    if intent in _YES and desk.days is not None and desk.days != report.sheet.days:
        said = f"您写的是 {desk.days} 人天，周报合计 {report.sheet.days} 人天。"
        return _ask(reading, report, sender, "数字与周报合计不同，已请总监明确", (said, "要改哪一行，请改附件后发回。"))
    if intent in _YES:
        return _sign(reading, report, sender, report.sheet, ())
    if intent in {Intent.REJECT, Intent.OBJECT}:
        return _return(reading, report, sender)
    if intent in {Intent.ACKNOWLEDGMENT_ONLY, Intent.THANKS} or not reading.mail.fresh_text.strip():
        return _only_record(reading, report, f"只作记录：{reading.meaning.why}")
    return _ask(reading, report, sender, f"不明确，已请总监说明：{reading.meaning.why}", ())


def _sign(reading: Reading, report: Report, sender: Person, sheet: Sheet, changes: tuple[str, ...]) -> Signing:
    at = reading.envelope.received_at
    signed = replace(sheet, signed_by=sender.name, signed_on=at.date())
    after = replace(
        report, state=ReportState.SIGNED, sheet=signed, signed_at=at, signed_by=sender.address, next_at=None,
        round=report.round + 1,
    )  # fmt: skip
    why = f"{sender.name}签字，核算 {sheet.days} 人天" + (f"；更正：{'；'.join(changes)}" if changes else "")
    say = ReportSay(N.REPORT_ANSWER, to=(sender.address, report.engineer), items=changes)
    return Signing(why, after, _event(reading, "signed", why), (say,), signed=True, changes=changes)


def _return(reading: Reading, report: Report, sender: Person) -> Signing:
    why = f"{sender.name}没有签字：{summarise(reading)}"
    words = summarise(reading)
    say = ReportSay(N.REPORT_ANSWER, to=(report.engineer,), cc=(sender.address,), text=words, returned=True)
    return Signing(why, report, _event(reading, "returned", why), (say,))


def _signed_before(reading: Reading, report: Report, sender: Person, corrected: Corrected | None) -> Signing:
    """Signed is final; who signed may still correct it, and nobody else."""
    if sender.address != report.signed_by:
        return _after_another(reading, report, sender, corrected)
    if corrected and corrected.problems:
        items = ("附件没有采用，已签字的周报不变。", *corrected.problems)
        return _ask(reading, report, sender, "签字后的更正有问题，未采用", items)
    if corrected and corrected.changes and reading.meaning.intent in _WITH_FILE:
        return _sign(reading, report, sender, corrected.sheet, corrected.changes)
    return _only_record(reading, report, "周报已签字，只作记录")


def _after_another(reading: Reading, report: Report, sender: Person, corrected: Corrected | None) -> Signing:
    """Two directors: the first signature counts; a different answer is told to both, and nothing is changed."""
    differs = bool(corrected and (corrected.changes or corrected.problems))
    differs = differs or reading.meaning.intent in {Intent.REJECT, Intent.OBJECT, Intent.APPROVE_WITH_CONDITION}
    if not differs:
        return _only_record(reading, report, "周报已由另一位总监签字，只作记录")
    why = f"{sender.name}的答复与已签字的周报不同，未采用，已告知两位"
    changes = corrected.changes if corrected else ()
    say = ReportSay(
        N.ASK, to=(sender.address, report.signed_by), text=summarise(reading), items=changes, headline=_two(report)
    )
    return Signing(why, report, _event(reading, "differs", why), (say,))


def _two(report: Report) -> str:
    when = f"{report.sheet.signed_on}" if report.sheet.signed_on else ""
    return (
        f"这份周报已由{report.sheet.signed_by}于 {when} 签字，两位的答复不同：以先签字的为准，没有改动。"
        "如需更改，请商定后由签字的总监发回更正的附件。"
    )


def _unproved(reading: Reading, report: Report, sender: Person, desk: SigningDesk, *, has_file: bool) -> Signing:
    """Nobody vouches for the address: nothing is done, and the address is asked once a day (design.md part 2)."""
    why = f"来信地址未获验证（{reading.mail.proof.why}），未生效，已请{sender.name}本人确认"
    slot = ":".join(part for part in (report.ref, sender.address, desk.now_day.isoformat(), desk.stale) if part)
    say = ReportSay(N.PROVE, to=(sender.address,), text=summarise(reading), slot=slot, has_file=has_file)
    return Signing(why, report, _event(reading, "unproved", why), (say,))


def _not_entitled(reading: Reading, report: Report, sender: Person) -> Signing:
    """The engineer, who got a copy, is told where hours are corrected; of others only the record knows."""
    why = f"{sender.name}不能签这份周报，只作记录"
    mine = report.engineer in sender.addresses and report.state is ReportState.OPEN
    says = (ReportSay(N.ASK, to=(sender.address,), text=summarise(reading), headline=HOW_ENGINEERS_CORRECT),)
    return Signing(why, report, _event(reading, "mail", why), says if mine else ())


HOW_ENGINEERS_CORRECT = (
    "周报由总监签字。要更正工时，请在对应申请的邮件里回复，例如：更正工时：9月21日 7.5小时；"
    "签字之前改的，机器人会把新的周报再发给总监。"
)


def _ask(reading: Reading, report: Report, sender: Person, why: str, items: tuple[str, ...]) -> Signing:
    say = ReportSay(N.ASK, to=(sender.address,), text=summarise(reading), items=items)
    return Signing(why, report, _event(reading, "asked", why), (say,))


def _only_record(reading: Reading, report: Report, why: str) -> Signing:
    return Signing(why, report, _event(reading, "mail", why))


def _event(reading: Reading, event: str, why: str) -> ReportEvent:
    mail = reading.mail
    return ReportEvent(reading.envelope.received_at, mail.sender.email or "?", event, why, mail.message_id)
