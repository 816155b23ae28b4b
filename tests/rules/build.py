"""A small company and values built directly, so that a rules test says only what it is about."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from bot.rules.applying import Cause, arm
from bot.rules.case import Case, Deadline, DeadlineKind, Document
from bot.rules.deciding import decide_on_case
from bot.rules.decision import Decision
from bot.rules.desk import Desk
from bot.rules.mail import (
    Address,
    Assignment,
    Attachment,
    Envelope,
    Mail,
    Meaning,
    ProofFacts,
    Reading,
    RequestFields,
    SubjectReading,
)
from bot.rules.people import Company, Delegation, Person
from bot.rules.policy import Policy
from bot.rules.scene import Scene
from bot.rules.times.hours import SHANGHAI
from bot.rules.words import Intent, Kind, Proof, Role, Stage

CHEN = Person("陈总", ("chen@demo.cn",), frozenset({Role.DIRECTOR}))
ZGH = Person("张国华", ("zgh@demo.cn", "zhang.gh@demo.cn"), frozenset({Role.SALES}), ("ZGH",), "上海")
LEAD = Person("孙组长", ("sun@demo.cn",), frozenset({Role.SALES_LEAD}), branch="上海")
LOCAL = Person("周总", ("zhou@demo.cn",), frozenset({Role.LOCAL_SALES_DIRECTOR}), branch="上海")
BEIJING = Person("吴总", ("wu@demo.cn",), frozenset({Role.LOCAL_SALES_DIRECTOR}), branch="北京")
TOP = Person("郑总", ("zheng@demo.cn",), frozenset({Role.COMPANY_SALES_DIRECTOR}))
GXM = Person("高晓明", ("gxm@demo.cn",), frozenset({Role.ADMIN}), ("GXM",))
LI = Person("李明", ("li@demo.cn",), frozenset({Role.ENGINEER}), ("李工",))
WANG = Person("王强", ("wang@demo.cn",), frozenset({Role.ENGINEER}), ("王工",))
OTHER = Person("刘芳", ("liufang@demo.cn",), frozenset({Role.SALES}), ("LF",), "上海")
DEPUTY = Person("冯副总", ("feng@demo.cn",), frozenset({Role.PROJECT_MANAGER}))  # decides while 陈总 is away
CAST = (CHEN, ZGH, LEAD, LOCAL, BEIJING, TOP, GXM, LI, WANG, OTHER, DEPUTY)
BOT = "bot@demo.cn"
AWAY = (date(2026, 9, 21), date(2026, 9, 23))
COMPANY = Company(CAST, (Delegation("chen@demo.cn", "feng@demo.cn", *AWAY),), frozenset({BOT}))
POLICY = Policy(COMPANY)

SUBJECT = "技术支持申请--欧莱雅--CITRIX安装--ZGH--0917"
EVERYBODY = tuple(Address(p.address, p.name) for p in (CHEN, ZGH, LEAD, LOCAL, TOP, GXM))
_numbers = count(1)


def at(written: str) -> datetime:
    """`09-17 11:59` or with seconds, of 2026 unless a year stands first; Shanghai."""
    day, time = written.split(" ")
    day = day if day.count("-") == 2 else f"2026-{day}"
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=SHANGHAI)


NOON = at("09-17 12:00")
"""A Thursday noon: when nothing else is said, everything happens then."""


def a_subject(**changed: Any) -> SubjectReading:
    """A fitting request's subject."""
    base = SubjectReading(
        raw=SUBJECT,
        normal=SUBJECT,
        is_request=True,
        fits=True,
        customer="欧莱雅",
        project="CITRIX安装",
        sales="ZGH",
        date=date(2026, 9, 17),
        suggestion=SUBJECT,
    )
    return replace(base, **changed)


REPLY = a_subject(raw=f"Re: {SUBJECT}", is_reply=True)


def a_file(name: str, content: bytes = b"scan", *, inline: bool = False) -> Attachment:
    """An attached file."""
    return Attachment(name, "application/octet-stream", content, f"sha-{name}-{len(content)}", inline)


def a_mail(sender: Person | str, text: str = "", **changed: Any) -> Mail:
    """A human mail to the bot and everybody, a reply in the thread."""
    email = sender if isinstance(sender, str) else sender.address
    base = Mail(
        kind=Kind.HUMAN,
        kind_why="",
        message_id=f"m{next(_numbers)}@demo.cn",
        thread_ids=("first@demo.cn",),
        sender=Address(email),
        to=(Address("chen@demo.cn"), Address(BOT)),
        cc=EVERYBODY[1:],
        reply_to=(),
        date=None,
        subject=REPLY,
        fresh_text=text,
        full_text=text,
        full_html="",
        attachments=(),
        proof=ProofFacts(Proof.PASS, "test"),
        identity="",
    )
    return replace(base, **changed)


def a_reading(
    sender: Person | str,
    intent: Intent = Intent.NONE,
    text: str = "原文",
    *,
    when: datetime = NOON,
    said: Assignment | None = None,
    fields: RequestFields | None = None,
    **mail: Any,
) -> Reading:
    """What that person wrote, as read."""
    return Reading(
        mail=a_mail(sender, text, **mail),
        envelope=Envelope("main", "INBOX", 1, next(_numbers), when),
        meaning=Meaning(intent, f"{intent.value}的依据"),
        assignment=said or Assignment(),
        fields=fields or RequestFields(),
    )


def a_request(sender: Person | str = ZGH, text: str = "请支持", *, when: datetime = NOON, **changed: Any) -> Reading:
    """A request as a new mail."""
    new: dict[str, Any] = {"subject": a_subject(), "thread_ids": ()}
    return a_reading(sender, text=text, when=when, **(new | changed))


def a_case(stage: Stage = Stage.AWAITING_APPROVAL, **changed: Any) -> Case:
    """A stored case of 张国华 at `stage`, assigned to 李工 once approved."""
    base = Case(
        stage=stage,
        subject=SUBJECT,
        customer="欧莱雅",
        project="CITRIX安装",
        sales_name="ZGH",
        sales=ZGH.address,
        received_at=at("09-17 10:00"),
        counted_from=at("09-17 10:00"),
        subject_date=date(2026, 9, 17),
        participants=EVERYBODY,
        newest_mail=1,
        id=7,
        ref="ZC2026-0007",
        version=3,
        round=0 if stage is Stage.AWAITING_APPROVAL else 2,
    )
    if stage not in {Stage.AWAITING_APPROVAL, Stage.AWAITING_INFO, Stage.POSTPONED}:
        base = replace(base, engineers=(LI.address,), on=date(2026, 9, 22), days=Decimal(2))
    return replace(base, **changed)


ASSIGNED = Assignment(engineers=("李工",), on=date(2026, 9, 22), days=Decimal(2), mode="现场")


def a_deadline(kind: DeadlineKind, case: Case, when: datetime = NOON, **changed: Any) -> Deadline:
    """The deadline of that kind as the rules arm it for `case` at `when`, stored under id 40."""
    made = arm(kind, case, Cause(POLICY, when, "test", a_reading(CHEN, when=when)))
    assert made is not None
    return replace(made, case_id=case.id, id=40, **changed)


def a_document(label: str, name: str = "") -> Document:
    """A document the case has already."""
    return Document(name or f"{label}.pdf", label, f"sha-{label}", 4, "application/pdf", "m@x", LI.address, NOON)


ALL_PAPERS = tuple(a_document(label) for label in ("服务单", "实施方案", "实施计划"))


def a_desk(
    when: datetime = NOON,
    *,
    policy: Policy = POLICY,
    proof: Proof = Proof.PASS,
    documents: Iterable[Document] = (),
    open_deadlines: Iterable[Deadline] = (),
) -> Desk:
    """What lies on the desk."""
    return Desk(policy, when, proof, tuple(documents), tuple(open_deadlines))


def hear(case: Case, sender: Person, reading: Reading, desk: Desk | None = None) -> Decision:
    """What that mail does to the case, proved and read at once unless the desk says otherwise."""
    return decide_on_case(reading, case, sender, desk or a_desk(reading.envelope.received_at))


def a_scene(case: Case | None, when: datetime = NOON, **changed: Any) -> Scene:
    """What a notice about the case is written from."""
    base = Scene(POLICY, when, case, mail_id=9, operators=("ops@demo.cn",))
    return replace(base, **changed)


def said_kinds(decision: Decision) -> list[str]:
    """The notices of a decision, by name."""
    return [say.kind.value for say in decision.says]


def armed(decision: Decision) -> dict[str, str]:
    """The deadlines of a decision: kind → due time as `09-18 18:00`."""
    return {d.kind.value: f"{d.due_at.astimezone(SHANGHAI):%m-%d %H:%M}" for d in decision.arms}


def stage_after(decision: Decision) -> Stage | None:
    """Where the case stands after it."""
    return decision.case.stage if decision.case else None
