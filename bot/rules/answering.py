"""What the bot says back to a mail that moved nothing: self-service, a question passed on, or one short question."""

from bot.rules.applying import summarise
from bot.rules.case import Case
from bot.rules.decision import Say
from bot.rules.desk import Desk
from bot.rules.events import needs_asking
from bot.rules.mail import Reading
from bot.rules.notice import NoticeKind as N
from bot.rules.parts import deciders
from bot.rules.people import Person
from bot.rules.table import ASKED, AT_WORK, Who
from bot.rules.wishes import lacks_day
from bot.rules.words import Intent, Stage

_COMMANDS = {Intent.STATUS_REQUEST: N.STATUS, Intent.TODO_REQUEST: N.TODO, Intent.HELP_REQUEST: N.HELP}
_WHICH_DAY = "没有看出改到哪一天，安排没有变动。请写明日期，例如：改期到9月25日。"
_TOO_LATE = "销售对已核算的支持提出异议；核算后机器人不再变动，如需继续，请销售重新申请。"


def answer(reading: Reading, case: Case, sender: Person, parts: frozenset[Who], desk: Desk) -> tuple[Say, ...]:
    """The notices for a mail without a row in THE TABLE; () when nothing needs to be said."""
    intent, text = reading.meaning.intent, summarise(reading)
    if intent in _COMMANDS:
        return (Say(_COMMANDS[intent], to=(sender.address,)),)
    if Who.SALES in parts and case.stage in (*ASKED, *AT_WORK) and lacks_day(reading, case):
        return (Say(N.ASK, to=(sender.address,), text=text, items=(_WHICH_DAY,)),)
    if (asked := _ask_director(intent, case, parts)) and (bosses := _bosses(case, desk)):
        kind = N.DECIDE_AGAIN if intent is Intent.COMPLETED else N.ASK
        return (Say(kind, to=bosses, text=text, items=(asked,)),)
    if Who.ENGINEER in parts and (passed := _pass_on(reading, case, desk)):
        return passed
    if needs_asking(reading, case, parts):
        return (Say(N.ASK, to=(sender.address,), text=text),)
    if intent is Intent.QUESTION and Who.DECIDER in parts and case.sales not in recipients(reading):
        return (Say(N.ASK, to=(case.sales,), text=text, items=("总监有一个问题，请您答复。",)),)
    return ()


def _pass_on(reading: Reading, case: Case, desk: Desk) -> tuple[Say, ...]:
    """R7: an engineer's doubt about the request goes to the director, about the customer's wish to sales.

    Who has the mail already is not written to again; a plain report or a verdict is no doubt.
    """
    said, open_ = reading.remarks, case.stage in (*ASKED, *AT_WORK)
    intent = reading.meaning.intent
    doubts = (said.asks_director and intent in _DOUBTS) or (said.asks_sales and intent in _QUESTIONS)
    if not (open_ and doubts):
        return ()
    to = _bosses(case, desk) if said.asks_director else (case.sales,)
    if not recipients(reading).isdisjoint(to):
        return ()
    what = "工程师认为申请须由总监定夺" if said.asks_director else "工程师对客户的要求有疑问"
    return (Say(N.ASK, to=to, text=summarise(reading), items=(f"{what}，请您答复（R7）。",)),)


_QUESTIONS = frozenset({Intent.QUESTION, Intent.NEED_MORE_INFO})
_DOUBTS = _QUESTIONS | {Intent.REJECT, Intent.NONE, Intent.PROBLEM}


def _ask_director(intent: Intent, case: Case, parts: frozenset[Who]) -> str:
    """What is put to the director although the one who writes cannot move the case; "" when nothing is."""
    if intent is Intent.COMPLETED and Who.ENGINEER in parts and case.stage in ASKED:
        return "工程师已报告完成，但申请尚未确认，请您确认（R11）。"
    if intent in {Intent.REJECT, Intent.OBJECT} and Who.SALES in parts and case.stage is Stage.SETTLED:
        return _TOO_LATE
    return ""


def _bosses(case: Case, desk: Desk) -> tuple[str, ...]:
    return tuple(p.address for p in deciders(desk.policy, case, desk.policy.hours.local(desk.now).date()))


def recipients(reading: Reading) -> frozenset[str]:
    """Who else got the mail."""
    return frozenset(a.email for a in (*reading.mail.to, *reading.mail.cc))
