"""A matter put to somebody: the first time, and to the next level when there is no answer (R31, R32)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.rules.case import Case
from bot.rules.decision import Say
from bot.rules.desk import Desk
from bot.rules.matters.escalation import level_words
from bot.rules.matters.levels import next_seat
from bot.rules.matters.matter import CLIMBING, Matter, MatterKind, MatterSaid
from bot.rules.notice import NoticeKind as N

BOT = "zhichi"


@dataclass(frozen=True, slots=True)
class Put:
    """What is done about matters: as they stand now, (event, why) lines for the history, and what is said."""

    matters: tuple[Matter, ...] = ()
    lines: tuple[tuple[str, str], ...] = ()
    says: tuple[Say, ...] = ()

    def also(self, more: "Put") -> "Put":
        """Both; the later state of a matter counts."""
        return Put(merge(self.matters, more.matters), (*self.lines, *more.lines), (*self.says, *more.says))


def merge(before: Iterable[Matter], after: Iterable[Matter]) -> tuple[Matter, ...]:
    """All matters once, as they stand later."""
    return tuple({m.name: m for m in (*before, *after)}.values())


def start(
    said: MatterSaid,
    kind: MatterKind,
    case: Case,
    raiser: str,
    desk: Desk,
    there: Iterable[Matter],
    *,
    mail: str = "",
    cause: str = "",
    told: tuple[str, ...] = (),
) -> Put:
    """A new matter, numbered by kind; what climbs is put to its first level. `told`: who knows of it already."""
    number = 1 + max((m.number for m in there if m.kind is kind), default=0)
    new = Matter(
        kind=kind,
        number=number,
        text=said.text,
        raised_by=raiser,
        raised_at=desk.now,
        issue=said.issue,
        impact=said.impact,
        response=said.response,
        cause=cause,
        mail=mail,
        case_id=case.id,
    )
    line = ("raised", f"{new.name}已登记：{describe(new)}")
    if kind not in CLIMBING:
        return Put((new,), (line,))
    climbed = climb(new, case, desk, told=told)
    return Put((new,), (line,)).also(climbed)


def climb(matter: Matter, case: Case, desk: Desk, *, told: tuple[str, ...] = (), again: bool = False) -> Put:
    """Put to the next level above; at the top it stays with whoever was asked (`again`: they are asked once more)."""
    hours = desk.policy.hours
    today = hours.local(desk.now).date()
    passed = (*matter.asked, *told)
    seat = next_seat(desk.policy, case, matter.kind, matter.raised_by, matter.level, passed, today)
    if seat is None and not (again and matter.owners):
        why = f"{matter.name}没有更上一级可以上报，每日汇总中继续列出"
        return Put((replace(matter, next_at=None),), (("climbed", why),))
    level, people = (seat.level, seat.people) if seat else (matter.level, matter.owners)
    now_asked = replace(
        matter,
        level=level,
        owners=people,
        asked=tuple(dict.fromkeys((*matter.asked, *people))),
        next_at=hours.add_open_time(desk.now, desk.policy.escalation.wait),
        turn=matter.turn + 1,
        answered_by="",
        answer="",
    )
    former = tuple(a for a in matter.asked if a not in people)
    raiser = () if matter.raised_by == BOT else (matter.raised_by,)
    say = Say(
        N.MATTER,
        to=people,
        cc=tuple(dict.fromkeys((*raiser, *former))),
        matter=matter.name,
        slot=f"{matter.name}:{now_asked.turn}",
    )
    names = "、".join(_name(desk, a) for a in people)
    return Put((now_asked,), (("climbed", f"{matter.name}已请{names}处理：{seat_words(now_asked)}"),), (say,))


def seat_words(matter: Matter) -> str:
    """Which level it is at, in words; the line of a dispute has no names for its levels."""
    return level_words(matter.level) if matter.kind is MatterKind.ESCALATION and matter.level else f"第{matter.level}级"


def describe(matter: Matter) -> str:
    """The matter in one line: kind of escalation, what it is, 影响 and 应对 of a risk."""
    parts = (
        f"{matter.issue.value}：{matter.text}" if matter.issue else matter.text,
        f"影响：{matter.impact}" if matter.impact else "",
        f"应对：{matter.response}" if matter.response else "",
    )
    return "；".join(part.strip("：") for part in parts if part)


def _name(desk: Desk, address: str) -> str:
    person = desk.policy.company.find(address)
    return person.name if person else address
