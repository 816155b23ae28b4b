"""A director lets somebody decide in their place for some days, or ends that, in plain words (rulebook part 0).

Only a director may; only from a proved address, or with a secret; only what is plain is acted on, all else asked back.
"""

from dataclasses import dataclass, replace
from datetime import date

from bot.rules.applying import summarise
from bot.rules.case import Case, HistoryEntry
from bot.rules.deciding import decide_on_case
from bot.rules.decision import Decision, Say
from bot.rules.desk import PROVED, Desk
from bot.rules.mail import Reading, StandIn
from bot.rules.notice import Button
from bot.rules.notice import NoticeKind as N
from bot.rules.opening import decide_new
from bot.rules.people import Delegation, Person
from bot.rules.times.hours import day_words
from bot.rules.words import Intent, Role, Stage

CANCEL = "取消代批"
_EXAMPLE = "请写清起止日期和姓名，例如：9月20日至25日外出，由李工代批。要结束请回复：取消代批。"
_NOTHING_MORE = frozenset({Intent.NONE, Intent.THANKS, Intent.ACKNOWLEDGMENT_ONLY, Intent.OUT_OF_OFFICE})


@dataclass(frozen=True, slots=True)
class _Standing:
    """What the words about standing in lead to."""

    why: str
    says: tuple[Say, ...]
    added: tuple[Delegation, ...] = ()
    ended: tuple[Delegation, ...] = ()


def decide_reply(reading: Reading, case: Case, sender: Person, desk: Desk) -> Decision:
    """What a mail does to its case, and to who stands in for the director."""
    decision = decide_on_case(reading, case, sender, desk)
    if not _speaks(reading, sender):
        return decision
    if not decision.changed and reading.meaning.intent in _NOTHING_MORE:
        decision = replace(decision, says=())  # what is not about the case need not be understood as if it were
    made = _stand(reading, sender, desk, case)
    entry = HistoryEntry(
        at=desk.now,
        actor=sender.address,
        event="stand_in",
        from_stage=case.stage,
        to_stage=decision.case.stage if decision.case else case.stage,
        why=made.why,
        mail=reading.mail.message_id,
        summary=summarise(reading),
    )
    return replace(
        decision,
        why=made.why if not decision.changed else f"{decision.why}；{made.why}",
        history=(*decision.history, entry),
        says=(*decision.says, *made.says),
        delegates=made.added,
        undelegates=made.ended,
    )


def decide_alone(reading: Reading, sender: Person | None, desk: Desk) -> Decision:
    """What a mail without a case does; about standing in only when the bot is among those it is written to."""
    written_to = {a.email for a in (*reading.mail.to, *reading.mail.cc)}
    if sender is None or not _speaks(reading, sender) or not written_to & desk.policy.company.bot_addresses:
        return decide_new(reading, sender, desk)
    made = _stand(reading, sender, desk, None)
    return Decision(why=made.why, says=made.says, delegates=made.added, undelegates=made.ended)


def _speaks(reading: Reading, sender: Person) -> bool:
    return reading.standing is not None and Role.DIRECTOR in sender.roles


def _stand(reading: Reading, sender: Person, desk: Desk, case: Case | None) -> _Standing:
    said = reading.standing or StandIn()
    today = desk.policy.hours.local(desk.now).date()
    to, problems = _find_delegate(said, sender, desk, today)
    if problems:
        asked = Say(
            N.ASK,
            to=(sender.address,),
            text=summarise(reading),
            items=(f"代批没有登记：{'；'.join(problems)}。{_EXAMPLE}",),
            headline="代批没有登记，请再说明一句。",
            slot="" if desk.proof in PROVED else _once_a_day(sender, desk),
            general=True,
        )
        return _Standing(f"代批没有登记，已请总监说明：{'；'.join(problems)}", (asked,))
    if desk.proof not in PROVED:
        return _refuse(reading, sender, desk, said)
    standing = tuple(
        d for d in desk.policy.company.delegations if d.by_mail and d.by in sender.addresses and d.end >= today
    )
    if to is None:
        return _end(sender, desk, standing)
    return _begin(said, sender, to, desk, standing, case)


def _find_delegate(said: StandIn, sender: Person, desk: Desk, today: date) -> tuple[Person | None, tuple[str, ...]]:
    """Who is to stand in (None: it is only ended), and what must be asked first."""
    if said.problems:
        return None, said.problems
    if not said.name:
        return None, () if said.ends else ("没有写清由谁代批",)
    named = desk.policy.company.find_named(said.name)
    if len(named) != 1:
        why = f"“{said.name}”可能是{'或'.join(p.name for p in named)}" if named else f"没有找到“{said.name}”"
        return None, (f"{why}，请写全名",)
    if named[0] == sender:
        return None, ("代批的人不能是您自己",)
    if said.start is None or said.end is None or said.end < today:
        return None, ("没有写清从哪一天到哪一天",)
    return named[0], ()


def _refuse(reading: Reading, sender: Person, desk: Desk, said: StandIn) -> _Standing:
    """Nobody vouches for the address: nothing is done, and the address is asked once a day (design.md part 2)."""
    say = Say(N.PROVE, to=(sender.address,), text=_plain_words(said), slot=_once_a_day(sender, desk))
    why = f"代批未生效：来信地址未获验证（{reading.mail.proof.why}），已请{sender.name}本人确认"
    return _Standing(why, (say,))


def _once_a_day(sender: Person, desk: Desk) -> str:
    """What a forger can make the bot ask is asked once a day."""
    day = desk.policy.hours.local(desk.now).date().isoformat()
    return ":".join(part for part in ("stand-in", sender.address, day, desk.stale) if part)


def _plain_words(said: StandIn) -> str:
    """The same in words that mean the same on any day: they may be sent again tomorrow."""
    if said.start is None or said.end is None:
        return CANCEL
    first = f"{said.start.year}年{said.start.month}月{said.start.day}日"
    until = f"至{said.end.month}月{said.end.day}日" if said.end != said.start else ""
    return f"{CANCEL + '。' if said.ends else ''}{first}{until}外出，由{said.name}代批"


def _begin(
    said: StandIn, sender: Person, to: Person, desk: Desk, standing: tuple[Delegation, ...], case: Case | None
) -> _Standing:
    """The newest word counts: what it overlaps ends, and with 取消 everything before it."""
    if said.start is None or said.end is None:
        raise ValueError("a delegation needs its days")
    new = Delegation(sender.address, to.address, said.start, said.end, by_mail=True)
    ended = tuple(d for d in standing if d != new and (said.ends or (d.start <= new.end and new.start <= d.end)))
    added = () if new in standing else (new,)
    words = f"{_days(new)}由{to.name}代{sender.name}批复技术支持申请"
    others = (_ended_words(d, desk) for d in ended)
    say = Say(
        N.STAND_IN,
        to=(sender.address, to.address),
        cc=tuple(a for a in _receivers(sender, desk, ended) if a not in {sender.address, to.address}),
        headline=f"{words}。",
        items=tuple(others),
        buttons=(Button(CANCEL, CANCEL, "danger", secret=case is not None),),
    )
    today = desk.policy.hours.local(desk.now).date()
    waits = case is not None and case.stage is Stage.AWAITING_APPROVAL and new.start <= today <= new.end
    ask = Say(N.DELEGATED, to=(to.address,), text=f"{words}。", slot=f"away:{case.round}") if case and waits else None
    return _Standing(words, (say, *((ask,) if ask else ())), added, ended)


def _end(sender: Person, desk: Desk, standing: tuple[Delegation, ...]) -> _Standing:
    if standing:
        lines = tuple(_ended_words(d, desk) for d in standing)
        say = Say(N.STAND_IN, to=_receivers(sender, desk, standing), headline="代批已结束。", items=lines)
        return _Standing("；".join(lines), (say,), ended=standing)
    today = desk.policy.hours.local(desk.now).date()
    configured = any(d.by in sender.addresses and d.end >= today for d in desk.policy.company.delegations)
    items = ("配置中登记的代批请联系管理员修改。",) if configured else ()
    say = Say(N.STAND_IN, to=(sender.address,), headline="目前没有由邮件登记的代批，无须取消。", items=items)
    return _Standing("总监取消代批，但没有由邮件登记的代批", (say,))


def _ended_words(ended: Delegation, desk: Desk) -> str:
    person = desk.policy.company.find(ended.to)
    return f"{_days(ended)}由{person.name if person else ended.to}代批已取消"


def _days(said: Delegation) -> str:
    return day_words(said.start) if said.start == said.end else f"{day_words(said.start)}至{day_words(said.end)}"


def _receivers(sender: Person, desk: Desk, about: tuple[Delegation, ...]) -> tuple[str, ...]:
    """The director first, then everybody it is about who is still on the list of people."""
    known = (person.address for d in about if (person := desk.policy.company.find(d.to)))
    return tuple(dict.fromkeys((sender.address, *known)))
