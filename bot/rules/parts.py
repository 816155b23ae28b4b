"""Which part somebody plays in a case: by address, never by name (design.md part 2)."""

from collections.abc import Iterable
from datetime import date

from bot.rules.audience import next_in_line
from bot.rules.case import Case
from bot.rules.people import SALES_ROLES, Person
from bot.rules.policy import Policy
from bot.rules.table import Who
from bot.rules.words import ReplyStage, Role, Stage


def deciders(policy: Policy, case: Case | None, on: date) -> tuple[Person, ...]:
    """Who may decide that day: directors, their delegates, and whom the director named for this case (R10).

    Nobody decides on their own request because they stand in for the director.
    """
    own = case.sales if case else ""
    people = tuple(p for p in policy.company.deciders(on) if Role.DIRECTOR in p.roles or own not in p.addresses)
    named = policy.company.find(case.decider) if case and case.decider else None
    return (*people, named) if named and named not in people else people


def who_decides(policy: Policy, case: Case, on: date) -> str:
    """The address of the one who owes a decision: whom the director named, else the director on the thread."""
    people = deciders(policy, case, on)
    if case.decider in {p.address for p in people}:
        return case.decider
    there = {a.email for a in case.participants}
    directors = [p for p in people if Role.DIRECTOR in p.roles] or people
    return next((p.address for p in directors if p.address in there), directors[0].address if directors else "")


def stands_in(policy: Policy, case: Case, person: Person, on: date) -> bool:
    """Whether `person` answers for the case's sales: a delegate of the day, or to whom a held silence was put (R24)."""
    sales = policy.company.find(case.sales)
    if sales and person in policy.company.delegates_of((sales,), on):
        return True
    return bool(case.silence_held) and person in next_in_line(policy, case, case.sales, on)[:1]


def find_parts(policy: Policy, case: Case, person: Person, on: date) -> frozenset[Who]:
    """The parts `person` plays in `case` that day; empty for a bystander."""
    parts: set[Who] = set()
    if person in deciders(policy, case, on):
        parts.add(Who.DECIDER)
    if case.sales in person.addresses or stands_in(policy, case, person, on):
        parts |= {Who.SALES, Who.SALES_OR_ENGINEER}
    if Role.ENGINEER in person.roles or not set(case.engineers).isdisjoint(person.addresses):
        parts |= {Who.ENGINEER, Who.SALES_OR_ENGINEER}
    return frozenset(parts)


DECIDER_READS = {
    Stage.AWAITING_APPROVAL: ReplyStage.APPLICATION,
    Stage.AWAITING_INFO: ReplyStage.APPLICATION,
    Stage.POSTPONED: ReplyStage.APPLICATION,
    Stage.DECLINED: ReplyStage.APPLICATION,
    Stage.APPROVED: ReplyStage.APPLICATION,
    Stage.ON_SITE: ReplyStage.APPLICATION,
    Stage.ACCEPTED: ReplyStage.COMPLETION_DIRECTOR,
    Stage.CLOSED: ReplyStage.WORKLOAD,
    Stage.ARCHIVED: ReplyStage.WORKLOAD,
    Stage.SETTLED: ReplyStage.WORKLOAD,
}
SALES_ANSWERS = frozenset({Stage.AWAITING_ACCEPTANCE, Stage.ACCEPTED, Stage.CLOSED, Stage.ARCHIVED, Stage.SETTLED})


def read_as(case: Case, parts: frozenset[Who], person: Person) -> tuple[Role, ReplyStage]:
    """As whom, and at which point of the process, this person's reply is to be read.

    Somebody with two parts is read in the one that the case waits for.
    """
    if Who.DECIDER in parts and case.stage in DECIDER_READS and not _reports_work(case, parts, person):
        if case.emergency and case.stage in {Stage.AWAITING_APPROVAL, Stage.AWAITING_INFO, Stage.POSTPONED}:
            return Role.DIRECTOR, ReplyStage.RETROACTIVE
        answers = case.stage in {Stage.APPROVED, Stage.ON_SITE} and bool(case.wish or case.change)
        return Role.DIRECTOR, ReplyStage.EXECUTION_CHANGE if answers else DECIDER_READS[case.stage]
    if Who.SALES in parts:
        if case.stage in SALES_ANSWERS:
            return Role.SALES, ReplyStage.COMPLETION_SALES
        return Role.SALES, ReplyStage.EXECUTION_CHANGE if case.change else ReplyStage.APPLICATION
    if Who.ENGINEER in parts:
        return Role.ENGINEER, ReplyStage.EXECUTION
    return main_role(person), ReplyStage.APPLICATION


def _reports_work(case: Case, parts: frozenset[Who], person: Person) -> bool:
    """A director who does the work himself reports from it; one who only could do it decides."""
    mine = not case.engineers or not set(case.engineers).isdisjoint(person.addresses)
    return Who.ENGINEER in parts and mine and case.stage in {Stage.APPROVED, Stage.ON_SITE}


def main_role(person: Person) -> Role:
    """The one role that says most about a person, for reading their words."""
    order = (
        Role.DIRECTOR,
        Role.SALES,
        Role.ENGINEER,
        Role.SALES_LEAD,
        Role.LOCAL_SALES_DIRECTOR,
        Role.COMPANY_SALES_DIRECTOR,
    )
    return next((role for role in order if role in person.roles), Role.ADMIN)


def find_sales(policy: Policy, written: str, sender: Person | None, addressed: Iterable[str] = ()) -> Person | None:
    """Whose request it is: the sender when sales; else whom the subject names, if that is one person (R2)."""
    if sender and Role.SALES in sender.roles:
        return sender
    named = policy.company.find_named(written, SALES_ROLES)
    if len(named) == 1:
        return named[0]
    among = {p.name: p for a in addressed if (p := policy.company.find(a)) and Role.SALES in p.roles}
    if not named and len(among) == 1:
        return next(iter(among.values()))
    return sender if sender and sender.is_any(SALES_ROLES) else None
