"""What a row of THE TABLE has to say, to whom, besides what the row itself names (R18, R45, R46)."""

from bot.rules.applying import Cause, summarise
from bot.rules.assigning import changed_lines, open_points
from bot.rules.audience import reaches_others
from bot.rules.case import Case
from bot.rules.decision import Say
from bot.rules.desk import Desk
from bot.rules.mail import Reading
from bot.rules.notice import NoticeKind as N
from bot.rules.papers.writing import other_side
from bot.rules.parts import deciders, who_decides
from bot.rules.plans.inviting import CARRIERS
from bot.rules.table import ASKED, Event, Row, Who
from bot.rules.wishes import days_words, wish_words
from bot.rules.words import Intent

_REARRANGED = frozenset({Event.ASSIGN, Event.RESCHEDULE_AGREED})
_OUTCOMES = frozenset({Event.CHANGE_AGREED, Event.CHANGE_REFUSED})


def announce(row: Row, before: Case, after: Case, cause: Cause, desk: Desk) -> tuple[Say, ...]:
    """The notices of the row, each with its words and receivers."""
    reading = cause.reading
    if reading and (own := _OF_MAIL.get(row.event)):
        return own(row, before, after, reading, desk)
    text = summarise(reading) if reading else ""
    points: tuple[str, ...] = ()
    if row.event in {Event.APPROVE, Event.EMERGENCY, *_REARRANGED} and reading:
        points = open_points(desk.policy, after, reading.assignment)
        text = changed_lines(desk.policy, before, after) if row.event in _REARRANGED else ""
    invites = after.invitation != before.invitation
    says = tuple(
        Say(
            kind,
            text=text,
            items=(f"{row.says}。",) if kind is N.DECIDE_AGAIN else points,
            invites=invites and kind in CARRIERS,
        )
        for kind in row.notices
    )
    if row.event is Event.ASSIGN and after.wish:
        left = f"安排已更改；销售要求的“{wish_words(after)}”还没有答复，请您明确。"
        says = (*says, Say(N.ASK, to=(cause.actor,), text=text, items=(left,)))
    away = reading is not None and reading.meaning.intent is Intent.OUT_OF_OFFICE
    if row.event is Event.DOUBT and not away:  # who is away is not asked: two automatic answers make a loop (R47)
        says = (*says, Say(N.ASK, to=(cause.actor,), text=text))
    return says


def _outcome(row: Row, _before: Case, _after: Case, reading: Reading, desk: Desk) -> tuple[Say, ...]:
    """R18 wants the outcome replied to all: told only when it was not."""
    who = "总监" if row.who is Who.DECIDER else "销售"
    return () if reaches_others(desk.policy, reading.mail) else (Say(N.CHANGED, text=who),)


def _deviation(row: Row, _before: Case, after: Case, reading: Reading, desk: Desk) -> tuple[Say, ...]:
    """R18: sales owe the outcome; the director hears of it too, if the engineer did not write to them."""
    told = _got(reading)
    bosses = tuple(a for a in _bosses(after, desk) if a not in told) if told.isdisjoint(_bosses(after, desk)) else ()
    return tuple(Say(kind, to=(after.sales,), cc=bosses, text=summarise(reading)) for kind in row.notices)


def _moved_early(_row: Row, before: Case, after: Case, reading: Reading, desk: Desk) -> tuple[Say, ...]:
    """Another date before the yes simply counts; the director hears of it, if the mail did not reach them."""
    if not _got(reading).isdisjoint(_bosses(after, desk)):
        return ()
    was, now = days_words(before.wanted, before.wanted_until), days_words(after.wanted, after.wanted_until)
    return (Say(N.DECIDE_AGAIN, text=summarise(reading), items=(f"销售更改了支持日期：{was} → {now}。",)),)


def _wish(row: Row, before: Case, after: Case, reading: Reading, desk: Desk) -> tuple[Say, ...]:
    if before.stage in ASKED:
        return _moved_early(row, before, after, reading, desk)
    return tuple(
        Say(kind, to=_bosses(after, desk), cc=after.engineers, text=summarise(reading)) for kind in row.notices
    )


def _refused(row: Row, _before: Case, after: Case, reading: Reading, desk: Desk) -> tuple[Say, ...]:
    if reaches_others(desk.policy, reading.mail):
        return ()
    return tuple(Say(kind, to=(after.sales,), cc=after.engineers, text=summarise(reading)) for kind in row.notices)


def _left(row: Row, _before: Case, after: Case, reading: Reading, desk: Desk) -> tuple[Say, ...]:
    """R19: to sales if they asked for that; otherwise to the director, then to sales. Who got the mail has it."""
    first = (after.sales,) if after.leave_to_sales else (_director(after, desk), after.sales)
    missing = tuple(a for a in first if a and a not in _got(reading) and a != reading.mail.sender.email)
    if not missing:
        return ()
    return tuple(Say(kind, to=missing[:1], cc=missing[1:], text=summarise(reading)) for kind in row.notices)


def _outline(row: Row, _before: Case, after: Case, reading: Reading, _desk: Desk) -> tuple[Say, ...]:
    """R5: the other side is asked for its yes; an agreement is told to who did not hear of it."""
    if row.event is Event.OUTLINE:
        return tuple(Say(kind, to=other_side(after), text=summarise(reading)) for kind in row.notices)
    both = dict.fromkeys((*after.engineers, after.sales))
    missing = tuple(a for a in both if a not in {*_got(reading), reading.mail.sender.email})
    return tuple(Say(kind, to=missing, text=after.outline_said) for kind in row.notices if missing)


def _proposal(row: Row, _before: Case, after: Case, reading: Reading, _desk: Desk) -> tuple[Say, ...]:
    """R17: its reader says whether they understand it; if not, its author revises it."""
    to = after.engineers if row.event is Event.REVISE else (after.sales,)
    return tuple(Say(kind, to=to, text=summarise(reading)) for kind in row.notices if to)


def _director(case: Case, desk: Desk) -> str:
    return who_decides(desk.policy, case, desk.policy.hours.local(desk.now).date())


def _bosses(case: Case, desk: Desk) -> tuple[str, ...]:
    return tuple(p.address for p in deciders(desk.policy, case, desk.policy.hours.local(desk.now).date()))


def _got(reading: Reading) -> frozenset[str]:
    return frozenset(a.email for a in (*reading.mail.to, *reading.mail.cc))


_OF_MAIL = {
    **dict.fromkeys(_OUTCOMES, _outcome),
    Event.DEVIATION: _deviation,
    Event.LEFT_SITE: _left,
    Event.OUTLINE: _outline,
    Event.OUTLINE_AGREED: _outline,
    Event.PROPOSAL: _proposal,
    Event.REVISE: _proposal,
    Event.RESCHEDULE: _wish,
    Event.WITHDRAW_ASKED: _wish,
    Event.WISH_REFUSED: _refused,
}
"""Rows whose receivers depend on who got the mail that caused them."""
