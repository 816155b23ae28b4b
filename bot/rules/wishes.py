"""What sales want changed (改期, 撤回), and which open question the director's answer settles (R18, R33)."""

from dataclasses import replace
from datetime import date
from enum import Enum, auto

from bot.rules.case import Case, Wish
from bot.rules.mail import Reading, Remarks
from bot.rules.table import AT_WORK, Event
from bot.rules.times.hours import day_words
from bot.rules.words import Intent, Stage


class Question(Enum):
    """What is put to the director while the work goes on."""

    NONE = auto()
    WISH = auto()
    CHANGE = auto()
    UNCLEAR = auto()  # both are open and the answer names neither


def which_question(case: Case, said: Remarks) -> Question:
    """The open question that an answer is about: the only one, or the one it names."""
    if not (case.wish and case.change):
        return Question.WISH if case.wish else Question.CHANGE if case.change else Question.NONE
    if said.about_wish is said.about_change:
        return Question.UNCLEAR
    return Question.WISH if said.about_wish else Question.CHANGE


def name_wish(reading: Reading, case: Case) -> Event | None:
    """Sales ask for another date or want out: before the yes it counts at once, after it the director decides."""
    if reading.meaning.intent is Intent.WITHDRAW:
        return Event.WITHDRAW_ASKED if case.stage in AT_WORK else None
    said = reading.remarks
    if not said.moves or said.on is None:
        return None
    if case.stage in AT_WORK:
        return None if (said.on, said.until) == (case.on, case.until) else Event.RESCHEDULE
    known = (said.on, said.until) == (case.wanted, case.wanted_until)
    return Event.RESCHEDULE if case.stage in {Stage.AWAITING_APPROVAL, Stage.POSTPONED} and not known else None


def lacks_day(reading: Reading, case: Case) -> bool:
    """Whether sales want another date without saying which, so that it has to be asked."""
    return reading.remarks.moves and reading.remarks.on is None and case.stage is not Stage.AWAITING_INFO


def settle_open(case: Case, reading: Reading) -> Event | None:
    """What the director's plain yes or no to an open question makes happen; None when it is neither, or unclear."""
    question, intent = which_question(case, reading.remarks), reading.meaning.intent
    if intent is Intent.REJECT:
        return {Question.WISH: Event.WISH_REFUSED, Question.CHANGE: Event.CHANGE_REFUSED}.get(question)
    if intent is not Intent.APPROVE:
        return None
    if question is Question.WISH and case.wish is Wish.RESCHEDULE:
        said = reading.assignment
        if said.problems and said.on is None:  # "同意改到下周": agreed to, but to no day
            return None
        other = said.on is not None and (said.on, said.until) != (case.wish_on, case.wish_until)
        return Event.ASSIGN if other else Event.RESCHEDULE_AGREED
    return {Question.WISH: Event.WITHDRAW_AGREED, Question.CHANGE: Event.CHANGE_AGREED}.get(question)


def days_words(on: date | None, until: date | None) -> str:
    """One day, or first to last, as people say it; 未定 when there is none."""
    if on is None:
        return "未定"
    return f"{day_words(on)}至{day_words(until)}" if until else day_words(on)


def wish_words(case: Case) -> str:
    """What sales ask for, in Chinese: old → new."""
    if case.wish is Wish.WITHDRAW:
        return "撤回申请"
    return f"改期：{days_words(case.on, case.until)} → {days_words(case.wish_on, case.wish_until)}"


def make_wish(case: Case, wish: Wish, reading: Reading | None, said: str) -> Case:
    """The case with sales' wish; a newer one takes the place of an older one."""
    remarks = reading.remarks if reading and wish is Wish.RESCHEDULE else Remarks()
    if wish is Wish.RESCHEDULE and case.stage not in AT_WORK:
        return replace(case, wanted=remarks.on, wanted_until=remarks.until)
    return replace(case, wish=wish, wish_on=remarks.on, wish_until=remarks.until, wish_said=said)


def end_wish(case: Case, outcome: str) -> Case:
    """The case without its open wish; what was asked and what came of it stays on it (R33)."""
    if not case.wish:
        return case
    changes = (*case.changes, (wish_words(case), outcome))
    return replace(case, wish=Wish.NONE, wish_on=None, wish_until=None, wish_said="", changes=changes)
