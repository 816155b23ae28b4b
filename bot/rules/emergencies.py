"""Work that starts before its request (R6): the case opened by director or engineer, the 补发 laid ready."""

from dataclasses import replace

from bot.rules.audience import missing_people, thread_people
from bot.rules.case import Case
from bot.rules.decision import Decision, Say
from bot.rules.desk import PROVED, Desk
from bot.rules.mail import Address, Emergency, Reading
from bot.rules.notice import Button, Letter
from bot.rules.notice import NoticeKind as N
from bot.rules.parts import find_sales
from bot.rules.people import Person
from bot.rules.policy import Policy
from bot.rules.table import Event, Row, Who, find_row
from bot.rules.words import Intent, Role, Stage

EXAMPLE = "应急：欧莱雅，CITRIX宕机，销售张国华，陈总电话已同意，先去处理"
MATTER = "应急支持"
"""What the matter is called until the 补发 names it."""


_CONFIRMS = frozenset({Intent.APPROVE, Intent.DELEGATE, Intent.NONE})
"""How a director's own words about an emergency read when they neither refuse, bind, nor ask."""


def who_opens(reading: Reading, sender: Person, desk: Desk) -> Who | None:
    """In which part the sender may open an emergency: the director when proved, else whoever works on it.

    A director's mail is the confirmation itself, unless its words refuse, bind or ask: then it is asked for.
    """
    today = desk.policy.hours.local(desk.now).date()
    if sender in desk.policy.company.deciders(today):
        confirms = desk.proof in PROVED and reading.meaning.intent in _CONFIRMS
        return Who.DECIDER if confirms else Who.ENGINEER
    works = sender.is_any({Role.ENGINEER, Role.PROJECT_MANAGER, Role.DEPUTY_MANAGER})
    return Who.ENGINEER if works else None


def find_owner(reading: Reading, told: Emergency, sender: Person, policy: Policy) -> Person | None:
    """Whose request it will be: named in the mail, or the one salesperson it is addressed to."""
    everybody = (a.email for a in (*reading.mail.to, *reading.mail.cc))
    return find_sales(policy, told.sales, None if Role.SALES not in sender.roles else sender, everybody)


def what_lacks(told: Emergency, owner: Person | None) -> tuple[str, ...]:
    """What must be known to open the case, a Chinese line each."""
    customer = () if told.customer else ("没有看出是哪个客户",)
    sales = () if owner else ("没有看出是哪位销售的客户",)
    return (*customer, *sales)


def ask_back(sender: Person, lacks: tuple[str, ...], desk: Desk) -> Decision:
    """The sender alone is asked; until then nothing is opened."""
    day = desk.policy.hours.local(desk.now).date().isoformat()
    say = Say(
        N.ASK,
        to=(sender.address,),
        text="；".join(lacks),
        items=(f"请写明后重新发送，例如：{EXAMPLE}。",),
        headline=f"应急支持还没有登记：{'；'.join(lacks)}。",
        slot=f"emergency:{sender.address}:{day}:{'；'.join(lacks)}",
        general=True,
    )
    return Decision(why=f"应急支持没有登记，已请发件人写明：{'；'.join(lacks)}", says=(say,))


def open_row(who: Who) -> Row | None:
    """The row of THE TABLE that opens it."""
    return find_row(None, Event.EMERGENCY, frozenset({who}))


def make_case(reading: Reading, told: Emergency, sender: Person, owner: Person, row: Row, desk: Desk) -> Case:
    """The case as it is known now; the 补发 completes it."""
    received, policy = reading.envelope.received_at, desk.policy
    today = policy.hours.local(received).date()
    works = Role.ENGINEER in sender.roles or (row.who is Who.ENGINEER and Role.DIRECTOR not in sender.roles)
    case = Case(
        stage=row.to or Stage.AWAITING_APPROVAL,
        subject=reading.mail.subject.normal or f"应急：{told.customer}",
        customer=told.customer,
        project=told.project or MATTER,
        sales_name=owner.name,
        sales=owner.address,
        received_at=received,
        counted_from=policy.hours.arrival(received).counted,
        subject_date=reading.mail.subject.date or today,
        engineers=(sender.address,) if works else (),
        on=today,
        retroactive=True,
        emergency=True,
    )
    added = tuple(Address(p.address, p.name) for p in missing_people(policy, reading.mail, owner))
    return _with_people(case, reading, added, policy)


def _with_people(case: Case, reading: Reading, added: tuple[Address, ...], policy: Policy) -> Case:
    owner = Address(case.sales, case.sales_name)
    return replace(case, participants=(*thread_people(policy, case, reading.mail), owner, *added))


def request_subject(case: Case) -> str:
    """The fixed subject under which the 补发 is certain to be joined."""
    day = f"{case.subject_date:%m%d}" if case.subject_date else ""
    if not case.emergency:
        return case.subject
    return f"技术支持申请--{case.customer}--{case.project}--{case.sales_name}--{day}"


def resend_button(policy: Policy, case: Case) -> Button:
    """The 补发 laid ready: a new mail to the director and everybody R1 wants, under the right subject."""
    sales = policy.company.find(case.sales)
    directors = tuple(p.address for p in policy.company.with_role(Role.DIRECTOR))
    others = (a.email for a in case.participants if a.email not in {*directors, case.sales})
    known = "\n".join(f"{label}：{value}" for label, value in case.fields)
    text = known or "项目性质：\n支持类型：故障处理\n支持内容：\n支持地点：\n客户联系人：\n电话："
    letter = Letter(directors, tuple(others) if sales else (), request_subject(case), text)
    return Button("补发申请", f"补发：{case.ref}", "primary", secret=False, letter=letter)
