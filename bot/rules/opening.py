"""A mail that belongs to no case yet: a request (R1-R3), a completion without one (R22), or none of our business."""

from dataclasses import replace

from bot.rules import emergencies
from bot.rules.applying import Cause
from bot.rules.assigning import read_nature
from bot.rules.audience import missing_people, thread_people
from bot.rules.case import Case
from bot.rules.deciding import carry_out, decide_on_case
from bot.rules.decision import Decision, Say, ignore
from bot.rules.desk import Desk
from bot.rules.joining import ask_which, find_fit
from bot.rules.mail import Address, Emergency, Reading
from bot.rules.notice import Button
from bot.rules.notice import NoticeKind as N
from bot.rules.papers.documents import collect_documents
from bot.rules.parts import find_sales
from bot.rules.people import SALES_ROLES, Person
from bot.rules.reports.working import note_work
from bot.rules.resending import customer_slot, is_meant, name_customer, offer_corrected, offer_customers
from bot.rules.table import Event, Row, Who, find_row
from bot.rules.threading import subject_key
from bot.rules.words import Intent, Proof, Role, Stage

_COMMANDS = {Intent.STATUS_REQUEST: N.TODO, Intent.TODO_REQUEST: N.TODO, Intent.HELP_REQUEST: N.HELP}

_NO_CASE = "没有找到这封回复所属的申请；如需支持，请用下面的主题重新发送（不要带“回复”）"
_EMERGENCY_OF_SALES = "应急支持也请按规定主题发申请，总监可以先电话同意；申请写明“紧急程度：紧急”"
_NOT_OURS = "与支持申请无关的邮件，不处理也不答复"
_SALES_ONLY = "申请应由销售发给技术总监；工程师只在没有申请而支持已完成时发送，并写明“已完成”（R22）"


def decide_new(reading: Reading, sender: Person | None, desk: Desk) -> Decision:
    """What a mail without a case does: opens one, is answered to its sender alone, or is none of our business."""
    subject = reading.mail.subject
    if sender is None:
        return _decide_unknown(reading, desk)
    if reading.remarks.emergency:
        return _open_emergency(reading, reading.remarks.emergency, sender, desk)
    if not subject.is_request:
        return _decide_other(reading, sender, desk)
    if subject.is_reply:
        return _help(reading, sender, desk, (_NO_CASE,), offer_corrected(reading, desk.policy, desk.proof))
    if not subject.fits:
        return _help(reading, sender, desk, subject.problems, offer_corrected(reading, desk.policy, desk.proof))
    return _open(reading, sender, desk)


def _open_emergency(reading: Reading, told: Emergency, sender: Person, desk: Desk) -> Decision:
    """R6: work that starts before its request; director or engineer say so, and sales send the request afterwards."""
    who = emergencies.who_opens(reading, sender, desk)
    if who is None:
        return _help(reading, sender, desk, (_EMERGENCY_OF_SALES,)) if sender.is_any(SALES_ROLES) else ignore(_NOT_OURS)
    owner = emergencies.find_owner(reading, told, sender, desk.policy)
    row = emergencies.open_row(who)
    if owner is None or not told.customer or row is None:
        return emergencies.ask_back(sender, emergencies.what_lacks(told, owner), desk)
    case = emergencies.make_case(reading, told, sender, owner, row, desk)
    documents = collect_documents(desk.policy, reading.mail, reading.envelope.received_at, completing=False)
    cause = Cause(desk.policy, desk.now, sender.address, reading)
    return carry_out(row, case, cause, replace(desk, documents=documents), documents)


def _open(reading: Reading, sender: Person, desk: Desk) -> Decision:
    """A fitting subject: sales open a request; an engineer only by reporting a completion (R22)."""
    everybody = (*reading.mail.to, *reading.mail.cc)
    sales = find_sales(desk.policy, reading.mail.subject.sales, sender, (a.email for a in everybody))
    if sales is None:
        name = reading.mail.subject.sales
        return _help(reading, sender, desk, (f"销售“{name}”不在人员名单中，请在主题第四段写销售的姓名",))
    if Role.ENGINEER in sender.roles and not sender.is_any(SALES_ROLES | {Role.DIRECTOR}):
        if reading.meaning.intent is not Intent.COMPLETED:
            return _help(reading, sender, desk, (_SALES_ONLY,))
        return _start(reading, sender, sales, desk, Event.RETROACTIVE, Who.ENGINEER)
    fit = find_fit(reading, sales, desk.awaited)
    if fit.doubtful:
        return ask_which(reading, sender, fit.doubtful, desk)
    if fit.certain and Role.SALES in sender.roles:
        return decide_on_case(reading, fit.certain, sender, desk)
    return _start(reading, sender, sales, desk, Event.REQUEST, Who.SALES)


def _ask_customer(reading: Reading, sender: Person, desk: Desk) -> Decision:
    """R3: a new customer one typing slip from a known one may be new or mistyped; only the sender knows."""
    subject, known = reading.mail.subject, "”、“".join(desk.near_customers)
    say = Say(
        N.SUBJECT_HELP,
        to=(sender.address,),
        text=name_customer(subject, desk.near_customers[0]),
        items=(f"客户“{subject.customer}”以前没有出现过，与“{known}”只差一个字",),
        slot=customer_slot(sender, subject),
        headline=f"客户名称是“{subject.customer}”，还是“{known}”？申请还没有登记。",
        buttons=offer_customers(reading, desk.near_customers, desk.policy, desk.proof),
    )
    return Decision(why=f"客户“{subject.customer}”疑为“{known}”之误，已请发件人确认", says=(say,))


def _start(reading: Reading, sender: Person, sales: Person, desk: Desk, event: Event, who: Who) -> Decision:
    if desk.near_customers and not is_meant(reading):
        return _ask_customer(reading, sender, desk)
    row = find_row(None, event, frozenset({who}))
    if row is None:
        return ignore("THE TABLE opens no case this way")
    case = _new_case(reading, sender, sales, desk, row)
    cause = Cause(desk.policy, desk.now, sender.address, reading)
    completing = event is Event.RETROACTIVE
    documents = collect_documents(desk.policy, reading.mail, reading.envelope.received_at, completing=completing)
    decision = carry_out(row, case, cause, replace(desk, documents=documents), documents)
    return note_work(decision, reading, event, desk)


def _new_case(reading: Reading, sender: Person, sales: Person, desk: Desk, row: Row) -> Case:
    subject, policy = reading.mail.subject, desk.policy
    received = reading.envelope.received_at
    case = Case(
        stage=row.to or Stage.AWAITING_APPROVAL,
        subject=subject.normal,
        customer=subject.customer,
        project=subject.project,
        sales_name=subject.sales,
        sales=sales.address,
        received_at=received,
        counted_from=policy.hours.arrival(received).counted,
        subject_date=subject.date,
        nature=read_nature(reading.fields),
        fields=reading.fields.values,
        leave_to_sales=reading.remarks.tell_sales_leaving,
        wanted=reading.fields.on,
        wanted_until=reading.fields.until,
        engineers=(sender.address,) if row.event is Event.RETROACTIVE else (),
    )
    added = tuple(Address(p.address, p.name) for p in missing_people(policy, reading.mail, sales))
    return replace(case, participants=(*thread_people(policy, case, reading.mail), *added))


def _help(
    reading: Reading, sender: Person, desk: Desk, problems: tuple[str, ...], buttons: tuple[Button, ...] = ()
) -> Decision:
    """R3: the sender alone is told what is wrong; the same wrong subject is answered once a day."""
    day = desk.policy.hours.local(desk.now).date().isoformat()
    slot = f"{sender.address}:{day}:{subject_key(reading.mail.subject.raw)[:80]}"
    suggestion = reading.mail.subject.suggestion
    say = Say(N.SUBJECT_HELP, (sender.address,), text=suggestion, items=problems, slot=slot, buttons=buttons)
    return Decision(why=f"主题不合规定，已请发件人更正：{'；'.join(problems)}", says=(say,))


def _decide_other(reading: Reading, sender: Person, desk: Desk) -> Decision:
    """Not about a request: self-service when written to the bot (R48), else not ours; never answered."""
    command = _COMMANDS.get(reading.meaning.intent)
    to_bot = desk.policy.company.bot_addresses & {a.email for a in reading.mail.to}
    if command and to_bot:
        return Decision(why=reading.meaning.why, says=(Say(command, to=(sender.address,)),))
    return ignore(_NOT_OURS)


def _decide_unknown(reading: Reading, desk: Desk) -> Decision:
    """Strangers are not answered, except a colleague whose address is not registered: once a day (R47)."""
    sender = reading.mail.sender.email
    colleague = sender.rpartition("@")[2] in desk.policy.company.domains
    if not (reading.mail.subject.is_request and colleague) or desk.proof is Proof.FAIL:
        return ignore("发件人不在人员名单中")
    day = desk.policy.hours.local(desk.now).date().isoformat()
    say = Say(N.NOT_REGISTERED, to=(sender,), slot=f"{sender}:{day}")
    return Decision(why=f"{sender} 不在人员名单中，已告知发件人", says=(say,))
