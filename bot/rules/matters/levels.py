"""To whom a matter is put, level by level: R32's seats filled from the case's people, and R31's two lines."""

from dataclasses import dataclass
from datetime import date

from bot.rules.audience import sales_leads
from bot.rules.case import Case
from bot.rules.matters.escalation import TOP
from bot.rules.matters.matter import MatterKind
from bot.rules.parts import who_decides
from bot.rules.people import Person
from bot.rules.policy import Policy
from bot.rules.words import Role


@dataclass(frozen=True, slots=True)
class Seat:
    """A level with the addresses that sit on it that day."""

    level: int
    people: tuple[str, ...]


def next_seat(
    policy: Policy, case: Case, kind: MatterKind, raiser: str, above: int, passed: tuple[str, ...], on: date
) -> Seat | None:
    """The first level over `above` on which somebody sits who neither raised it nor is in `passed`; None at the end."""
    lines = _dispute_line(policy, case, raiser, on) if kind is MatterKind.DISPUTE else _matrix(policy, case, on)
    for level, choices in enumerate(lines, start=1):
        people = next((free for c in choices if (free := _free(c, raiser, passed))), ())
        if level > above and people:
            return Seat(level, people)
    return None


def _free(people: tuple[str, ...], raiser: str, passed: tuple[str, ...]) -> tuple[str, ...]:
    return () if {raiser, *passed} & set(people) else people


Choices = tuple[tuple[str, ...], ...]


def _matrix(policy: Policy, case: Case, on: date) -> tuple[Choices, ...]:
    return tuple(tuple(_sitting(policy, case, role, on) for role in roles) for roles in policy.escalation.seats[:TOP])


def _dispute_line(policy: Policy, case: Case, raiser: str, on: date) -> tuple[Choices, ...]:
    """R31: the engineer's goes to the director, the sales' to the sales director; anybody else's to the director."""
    if raiser == case.sales:
        return tuple(
            (_sitting(policy, case, role, on),) for role in (Role.LOCAL_SALES_DIRECTOR, Role.COMPANY_SALES_DIRECTOR)
        )
    return ((_sitting(policy, case, Role.DIRECTOR, on),),)


def _sitting(policy: Policy, case: Case, role: Role, on: date) -> tuple[str, ...]:
    """Who holds `role` for this case: its lead engineer, its branch's people, the director with the day's delegates."""
    company, sales = policy.company, policy.company.find(case.sales)
    branch = sales.branch if sales else ""
    found: tuple[Person, ...]
    match role:
        case Role.ENGINEER:
            return case.engineers[:1]
        case Role.SALES:
            return (case.sales,)
        case Role.DIRECTOR:
            return _deciding(policy, case, on)
        case Role.SALES_LEAD:
            found = sales_leads(policy, sales)
        case Role.LOCAL_SALES_DIRECTOR:
            found = company.with_role(role, branch=branch)
        case Role.PROJECT_MANAGER | Role.DEPUTY_MANAGER:
            there = {a.email for a in case.participants}
            found = tuple(p for p in company.with_role(role) if there & set(p.addresses))
        case _:
            found = company.with_role(role)
    return tuple(p.address for p in found[:1])


def _deciding(policy: Policy, case: Case, on: date) -> tuple[str, ...]:
    director = who_decides(policy, case, on)
    person = policy.company.find(director)
    standing_in = policy.company.delegates_of((person,), on) if person else ()
    return tuple(dict.fromkeys(a for a in (director, *(p.address for p in standing_in)) if a and a != case.sales))
