"""Automatic mail: never answered, never an answer; what it tells about addresses is kept (R24, R47)."""

from dataclasses import dataclass
from enum import StrEnum

from bot.rules.case import Case, HistoryEntry
from bot.rules.decision import Decision, Say, ignore
from bot.rules.desk import Desk
from bot.rules.mail import Mail
from bot.rules.notice import NoticeKind as N
from bot.rules.parts import deciders
from bot.rules.people import Person
from bot.rules.plans.attending import decide_calendar
from bot.rules.words import Fate, Kind, Role, Stage


class MarkKind(StrEnum):
    """What is known about an address."""

    BOUNCED = "bounced"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing learnt about an address; `why` for operator and history."""

    kind: MarkKind
    address: str
    why: str


_IGNORED = {
    Kind.RECEIPT: "阅读回执，不算答复",
    Kind.LIST: "邮件列表来信",
    Kind.OWN: "机器人自己的邮件",
    Kind.AUTO_REPLY: "自动答复，不算答复（R47）",
}

Learnt = tuple[Decision, tuple[Mark, ...]]


def decide_automatic(
    mail: Mail, case: Case | None, sender: Person | None, desk: Desk, *, believed: frozenset[str] = frozenset()
) -> Learnt:
    """What an automatic mail does: it moves nothing; bounces and vacations mark the address (R24).

    `believed`: of the addresses that a bounce reports, those it may be believed about.
    """
    if mail.kind is Kind.BOUNCE:
        return _decide_bounce(mail, case, desk, believed)
    if mail.kind is Kind.AUTO_REPLY and sender:
        return _decide_away(mail, case, sender, desk)
    if mail.kind is Kind.CALENDAR:
        return decide_calendar(mail, case, sender, desk), ()
    if mail.kind is Kind.RECALL:
        return _decide_recall(mail, case, desk), ()
    return ignore(_IGNORED.get(mail.kind, str(mail.kind))), ()


def _decide_bounce(mail: Mail, case: Case | None, desk: Desk, believed: frozenset[str]) -> Learnt:
    permanent = [b for b in mail.bounced if b.permanent]
    marks = tuple(Mark(MarkKind.BOUNCED, b.email, b.why) for b in permanent if b.email in believed)
    if permanent and not marks:
        return _doubt_bounce(mail, desk), ()
    if not marks:
        return ignore("退信或延迟通知，没有永久退回的地址"), ()
    who = "、".join(mark.address for mark in marks)
    day = desk.policy.hours.local(desk.now).date().isoformat()
    text = (
        f"发给 {who} 的邮件被退回：{marks[0].why or mail.subject.raw}。此后该收件人的沉默不算同意（R24），请更正地址。"
    )
    history = (_entry(case, mail, desk, "bounce", f"发给 {who} 的邮件被退回，其沉默不算同意（R24）"),) if case else ()
    says = (Say(N.OPERATOR, text=text, slot=f"bounce:{who}:{day}"),)
    return Decision(why=f"退信：{who}", case=case, history=history, says=says), marks


def _doubt_bounce(mail: Mail, desk: Desk) -> Decision:
    """A bounce of nothing the bot sent, by nobody who must know: forged, or of somebody else's mail."""
    who = "、".join(b.email for b in mail.bounced if b.permanent)[:300]
    day = desk.policy.hours.local(desk.now).date().isoformat()
    text = f"收到一封退信，称发给 {who} 的邮件被退回，但与机器人发出的邮件对不上，没有采信；请核实这些地址。"
    says = (Say(N.OPERATOR, text=text, slot=f"doubtful-bounce:{day}"),)
    return Decision(why=f"退信无法核实，没有采信：{who}", fate=Fate.IGNORED, says=says)


def _decide_away(mail: Mail, case: Case | None, sender: Person, desk: Desk) -> Learnt:
    """A vacation reply stops no clock; a director's is put to the delegate of the day, or the operator told (R24)."""
    marks = (Mark(MarkKind.AWAY, sender.address, mail.subject.raw),)
    if case is None:
        return ignore(_IGNORED[Kind.AUTO_REPLY]), marks
    why = f"{sender.name}的自动答复（外出），不算答复，时限照走（R24、R47）"
    asked = Role.DIRECTOR in sender.roles and case.stage is Stage.AWAITING_APPROVAL
    says = _offer_delegate(case, sender, desk) if asked else ()
    return Decision(why=why, case=case, history=(_entry(case, mail, desk, "away", why),), says=says), marks


def _offer_delegate(case: Case, director: Person, desk: Desk) -> tuple[Say, ...]:
    """The delegates of the day are asked; when nobody who may decide is there, the operator hears it once a day."""
    today = desk.policy.hours.local(desk.now).date()
    delegates = tuple(p for p in desk.policy.company.delegates(today) if p != director)
    there = [p for p in deciders(desk.policy, case, today) if p != director and desk.away.isdisjoint(p.addresses)]
    asked = Say(
        N.DELEGATED, tuple(p.address for p in delegates), text=f"{director.name}外出", slot=f"away:{case.round}"
    )
    text = (
        f"总监{director.name}外出（自动答复），今天没有人可以代为确认，待确认的申请会一直等着。"
        "请联系总监：发一封邮件给机器人即可安排代批，例如：9月20日至25日外出，由李工代批；也可在配置中登记代批。"
    )
    told = Say(N.OPERATOR, text=text, slot=f"away:{director.address}:{today.isoformat()}", general=True)
    return (*((asked,) if delegates else ()), *(() if there else (told,)))


def _decide_recall(mail: Mail, case: Case | None, desk: Desk) -> Decision:
    """A recall asks for something already read to be undone: a person must judge."""
    text = f"{mail.sender.email} 撤回了邮件“{mail.subject.raw}”。已读的内容不会自动撤销，请联系本人核实。"
    history = (_entry(case, mail, desk, "recall", text),) if case else ()
    return Decision(
        why="撤回请求，已告知管理员",
        case=case,
        history=history,
        says=(Say(N.OPERATOR, text=text, slot=mail.message_id),),
    )


def _entry(case: Case, mail: Mail, desk: Desk, event: str, why: str) -> HistoryEntry:
    return HistoryEntry(desk.now, mail.sender.email, event, case.stage, case.stage, why, mail=mail.message_id)
