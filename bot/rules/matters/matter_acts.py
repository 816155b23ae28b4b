"""One thing said about a matter: who may say it, and what follows (R31, R32, R37)."""

from dataclasses import dataclass, replace

from bot.rules.case import Case
from bot.rules.decision import Say
from bot.rules.desk import PROVED, Desk
from bot.rules.mail import Reading
from bot.rules.matters.matter import CLIMBING, Act, Issue, Matter, MatterKind, MatterSaid
from bot.rules.matters.putting import Put, climb, describe, start
from bot.rules.notice import Button
from bot.rules.notice import NoticeKind as N
from bot.rules.parts import deciders, stands_in
from bot.rules.people import Person

_LONGEST_IN_BUTTON = 60  # characters; a link holds no more


@dataclass(frozen=True, slots=True)
class Beside:
    """Who wrote what about which case, and the matters as this mail has left them so far."""

    reading: Reading
    case: Case
    sender: Person
    desk: Desk
    matters: tuple[Matter, ...]

    @property
    def proved(self) -> bool:
        """Whether the sender is proved, by the host or by a secret (design.md part 2)."""
        return self.desk.proof in PROVED or self.desk.known_person


def act(said: MatterSaid, beside: Beside) -> Put:
    """What one thing said leads to."""
    if said.act is Act.RAISE and said.kind:
        return _raise(said, said.kind, beside)
    found = _find(said, beside)
    if isinstance(found, Put):
        return found
    if said.act is Act.ANSWER and not _is_asked(found, beside):
        return Put(lines=(("noted", f"关于{found.name}：{said.text}"),))
    if not is_concerned(found, beside.case, beside.sender, beside.desk):
        return _refuse(found, beside)
    if said.act is Act.REOPEN:
        return _reopen(found, said, beside)
    if not beside.proved:
        return _ask_proof(found, beside)
    return _settle(found, said, beside) if said.act is Act.SETTLE else _answer(found, said, beside)


def is_on_case(case: Case, person: Person, desk: Desk) -> bool:
    """Whether somebody belongs to the case: on its thread, its sales or engineer, or who may decide."""
    there = {case.sales, *case.engineers, *(a.email for a in case.participants)}
    return not there.isdisjoint(person.addresses) or _may_stand(case, person, desk)


def is_concerned(matter: Matter, case: Case, person: Person, desk: Desk) -> bool:
    """Who may end a matter: who raised it, who was asked, who decides; a problem or risk also sales and engineer."""
    own = {matter.raised_by, *matter.asked}
    if matter.kind not in CLIMBING:
        own |= {case.sales, *case.engineers}
    return not own.isdisjoint(person.addresses) or _may_stand(case, person, desk)


def _may_stand(case: Case, person: Person, desk: Desk) -> bool:
    today = desk.policy.hours.local(desk.now).date()
    return person in deciders(desk.policy, case, today) or stands_in(desk.policy, case, person, today)


def _is_asked(matter: Matter, beside: Beside) -> bool:
    return not set(matter.asked).isdisjoint(beside.sender.addresses)


def _raise(said: MatterSaid, kind: MatterKind, beside: Beside) -> Put:
    if not is_on_case(beside.case, beside.sender, beside.desk):
        says = _help(beside, kind.value, f"{kind.value}没有登记：您不在这件申请的人员之列，请联系它的销售或工程师。")
        return Put(lines=(("not_concerned", f"{beside.sender.name}不是本申请的人员，{kind.value}没有登记"),), says=says)
    if kind is MatterKind.ESCALATION and said.issue is None:
        return _ask_issue(said, beside)
    same = (kind, said.issue, said.text)
    twin = next((m for m in beside.matters if m.is_open and (m.kind, m.issue, m.text) == same), None)
    if twin:
        return Put(lines=(("noted", f"与{twin.name}相同，不重复登记"),))
    mail = beside.reading.mail.message_id
    return start(said, kind, beside.case, beside.sender.address, beside.desk, beside.matters, mail=mail)


def _ask_issue(said: MatterSaid, beside: Beside) -> Put:
    """None of the eight kinds was named: they are listed, one tap each (never guessed)."""
    duties = beside.desk.policy.escalation
    items = tuple(f"{issue.value}：{duties.duty(issue, 1)}" for issue in Issue)
    text = said.text[:_LONGEST_IN_BUTTON]
    buttons = tuple(Button(issue.value, f"升级：{issue.value} {text}".strip(), secret=False) for issue in Issue)
    says = _help(beside, said.text[:20], f"“升级：{text}”没有写明是八种中的哪一种，还没有登记。", items, buttons)
    return Put(lines=(("asked", f"升级没有写明种类，已请{beside.sender.name}指明：{text}"),), says=says)


def _find(said: MatterSaid, beside: Beside) -> Matter | Put:
    """The matter meant; or what is asked back when it cannot be told."""
    of_kind = [m for m in beside.matters if said.kind in {None, m.kind}]
    if said.number:
        found = next((m for m in of_kind if m.number == said.number), None)
        return found or _unknown(said, beside)
    if named := next((m for m in of_kind if m.name == beside.desk.answers), None):
        return named
    still = [m for m in of_kind if (m.is_open or said.act is Act.REOPEN) and _may_mean(m, beside)]
    if len(still) == 1:
        return still[0]
    return _which(said, still, beside) if still else Put()  # nothing open: the words are about the case itself


def _may_mean(matter: Matter, beside: Beside) -> bool:
    return is_concerned(matter, beside.case, beside.sender, beside.desk)


def _unknown(said: MatterSaid, beside: Beside) -> Put:
    """A number nobody gave: with text behind it, a list of one's own ("问题1：…"), else a slip."""
    if said.act is Act.ANSWER and said.kind and said.kind not in CLIMBING:
        return _raise(replace(said, act=Act.RAISE, number=0), said.kind, beside)
    name = f"{said.kind.value if said.kind else ''}{said.number}"
    items = tuple(f"{m.name}：{describe(m)}" for m in beside.matters if m.is_open)
    headline = f"这件申请没有{name}。" + ("还没有了结的有：" if items else "目前没有未了结的事项。")
    return Put(lines=(("asked", f"没有{name}，已告知{beside.sender.name}"),), says=_help(beside, name, headline, items))


def _which(said: MatterSaid, still: list[Matter], beside: Beside) -> Put:
    word = "仍未解决" if said.act is Act.REOPEN else "已解决"
    buttons = tuple(Button(f"{m.name}{word}", f"{m.name}{word}") for m in still[:8])
    items = tuple(f"{m.name}：{describe(m)}" for m in still)
    says = _help(beside, word, f"您说的“{word}”是哪一件？", items, buttons)
    return Put(
        lines=(("asked", f"“{word}”可能是{'、'.join(m.name for m in still)}，已请{beside.sender.name}指明"),), says=says
    )


def _refuse(matter: Matter, beside: Beside) -> Put:
    raiser = beside.desk.policy.company.find(matter.raised_by)
    who = f"提出人{raiser.name}、" if raiser else ""
    headline = f"{matter.name}没有变动：它由{who}被请处理的人或总监了结。"
    line = ("not_concerned", f"{beside.sender.name}与{matter.name}无关，不能了结它")
    return Put(lines=(line,), says=_help(beside, matter.name, headline, (f"{matter.name}：{describe(matter)}",)))


def _ask_proof(matter: Matter, beside: Beside) -> Put:
    """An answer or 已解决 that nobody vouches for stops nothing; the address is asked once a day."""
    desk, sender = beside.desk, beside.sender
    day = desk.policy.hours.local(desk.now).date().isoformat()
    said = beside.reading.mail.fresh_text.strip()[:1000]
    slot = ":".join(part for part in (matter.name, sender.address, day, desk.stale) if part)
    why = (
        f"关于{matter.name}的答复未生效：来信地址未获验证（{beside.reading.mail.proof.why}），已请{sender.name}本人确认"
    )
    return Put(lines=(("unproved", why),), says=(Say(N.PROVE, to=(sender.address,), text=said, slot=slot),))


def _answer(matter: Matter, said: MatterSaid, beside: Beside) -> Put:
    """Somebody asked has answered: it climbs no further, and stays listed until it is settled (R32)."""
    line = ("answered", f"{matter.name}：{beside.sender.name}已答复，不再上报：{said.text}")
    if not matter.is_open:
        return Put(lines=(("noted", f"关于已了结的{matter.name}：{said.text}"),))
    done = replace(matter, answered_by=beside.sender.address, answer=said.text, next_at=None)
    return Put((done,), (line,), _tell(done, beside))


def _settle(matter: Matter, said: MatterSaid, beside: Beside) -> Put:
    if not matter.is_open:
        return Put(lines=(("noted", f"{matter.name}早已了结"),))
    outcome = f"：{said.text}" if said.text else ""
    done = replace(
        matter, settled_by=beside.sender.address, settled_at=beside.desk.now, outcome=said.text, next_at=None
    )
    says = _tell(done, beside) if matter.kind in CLIMBING else ()
    return Put((done,), (("resolved", f"{matter.name}已解决（{beside.sender.name}）{outcome}"),), says)


def _reopen(matter: Matter, said: MatterSaid, beside: Beside) -> Put:
    """Who says that it is not solved is believed: it is open again, and what climbs goes one level up."""
    text = f"：{said.text}" if said.text else ""
    line = ("reopened", f"{matter.name}仍未解决（{beside.sender.name}）{text}")
    again = replace(matter, settled_by="", settled_at=None, outcome="")
    if matter.kind not in CLIMBING:
        return Put((again,), (line,))
    return Put((again,), (line,)).also(climb(again, beside.case, beside.desk, again=True))


def _tell(matter: Matter, beside: Beside) -> tuple[Say, ...]:
    """Raiser and everybody asked hear it, but not who said it."""
    company = beside.desk.policy.company
    others = [a for a in (matter.raised_by, *matter.asked) if a not in beside.sender.addresses and company.find(a)]
    to = tuple(dict.fromkeys(others))
    return (Say(N.MATTER_TOLD, to=to[:1], cc=to[1:], matter=matter.name),) if to else ()


def _help(
    beside: Beside, name: str, headline: str, items: tuple[str, ...] = (), buttons: tuple[Button, ...] = ()
) -> tuple[Say, ...]:
    return (
        Say(N.MATTER_HELP, to=(beside.sender.address,), headline=headline, items=items, buttons=buttons, matter=name),
    )
