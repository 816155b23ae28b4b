"""Who gets what: the thread's people, whom R1 requires, and who is next in line (R1, R11, R45)."""

from collections.abc import Iterable
from datetime import date

from bot.rules.case import Case
from bot.rules.mail import Address, Mail
from bot.rules.people import Person
from bot.rules.policy import Policy
from bot.rules.words import Role


def thread_people(policy: Policy, case: Case, mail: Mail, *, proved: bool = False) -> tuple[Address, ...]:
    """The thread's people once `mail` has come: those known, then its sender, To and Cc; the bot left out (R45).

    Addresses outside the company join only by a mail whose sender is `proved`: a forger brings nobody in.
    """
    domains = policy.company.domains
    named = (mail.sender, *mail.to, *mail.cc)
    joining = tuple(a for a in named if proved or a.email.rpartition("@")[2] in domains)
    return merge(policy, case.participants, joining)


def reaches_others(policy: Policy, mail: Mail) -> bool:
    """Whether anybody besides sender and bot got the mail: a tapped answer is no part of what the others have."""
    own = policy.company.bot_addresses | {mail.sender.email}
    return any(a.email not in own for a in (*mail.to, *mail.cc))


def merge(policy: Policy, *groups: Iterable[Address]) -> tuple[Address, ...]:
    """All addresses once, in order, one per registered person, the bot's own left out."""
    company, seen = policy.company, dict[str, Address]()
    for group in groups:
        for address in group:
            person = company.find(address.email)
            email = person.address if person else address.email
            if address.email and email not in seen and email not in company.bot_addresses:
                seen[email] = company.addressed(email) if person else address
    return tuple(seen.values())


def required_people(policy: Policy, sales: Person | None) -> tuple[Person, ...]:
    """Whom R1 wants on every request besides sales: director, sales lead, both sales directors, admin."""
    company, branch = policy.company, sales.branch if sales else ""
    return (
        *company.with_role(Role.DIRECTOR),
        *sales_leads(policy, sales),
        *company.with_role(Role.LOCAL_SALES_DIRECTOR, branch=branch),
        *company.with_role(Role.COMPANY_SALES_DIRECTOR),
        *company.with_role(Role.ADMIN),
    )


def sales_leads(policy: Policy, sales: Person | None) -> tuple[Person, ...]:
    """The sales leads of that branch and group; those without one lead everybody."""
    leads = policy.company.with_role(Role.SALES_LEAD, branch=sales.branch if sales else "")
    return tuple(p for p in leads if not sales or not sales.group or p.group in {"", sales.group})


def missing_people(policy: Policy, mail: Mail, sales: Person | None) -> tuple[Person, ...]:
    """Required people who are neither sender nor in To or Cc (R1)."""
    there = {p for a in (mail.sender, *mail.to, *mail.cc) if (p := policy.company.find(a.email))}
    return tuple(dict.fromkeys(p for p in required_people(policy, sales) if p not in there and p != sales))


def split_thread(policy: Policy, case: Case, owing: Iterable[str]) -> tuple[tuple[Address, ...], tuple[Address, ...]]:
    """(To, Cc) of a reply-all: who owes something, sales and engineers in To, everybody else in Cc."""
    first = merge(policy, (Address(a) for a in (*owing, case.sales, *case.engineers) if a))
    named = {a.email for a in first}
    rest = tuple(a for a in merge(policy, case.participants) if a.email not in named)
    return first, rest


def next_in_line(policy: Policy, case: Case, owner: str, on: date) -> tuple[Person, ...]:
    """Who hears of an overdue answer, nearest first (R11): never the owner, each person once."""
    company, person = policy.company, policy.company.find(owner)
    sales = company.find(case.sales)
    branch = sales.branch if sales else ""
    chain: tuple[Person, ...]
    if person and owner == case.decider:
        chain = (*company.with_role(Role.DIRECTOR), *company.with_role(Role.ADMIN))
    elif person and Role.DIRECTOR in person.roles:
        chain = (
            *company.delegates_of((person,), on),
            *company.with_role(Role.COMPANY_SALES_DIRECTOR),
            *company.with_role(Role.ADMIN),
        )
    elif person and Role.ENGINEER in person.roles and owner != case.sales:
        chain = (*company.with_role(Role.DIRECTOR), *company.with_role(Role.ADMIN))
    else:
        chain = (
            *company.delegates_of((sales,) if sales else (), on),
            *sales_leads(policy, sales),
            *company.with_role(Role.LOCAL_SALES_DIRECTOR, branch=branch),
            *company.with_role(Role.COMPANY_SALES_DIRECTOR),
        )
    return tuple(dict.fromkeys(p for p in chain if p != person))
