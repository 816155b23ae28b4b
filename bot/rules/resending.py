"""A request that has to be sent once more: the mail is laid ready, so that one tap does it (R3)."""

from bot.rules.audience import merge
from bot.rules.mail import Reading, SubjectReading
from bot.rules.notice import Button, Letter
from bot.rules.people import Person
from bot.rules.policy import Policy
from bot.rules.threading import subject_key
from bot.rules.words import Proof, Role

MEANT = "客户名称无误"
"""The first line of a request whose customer only looks like a slip."""

_PROVED = frozenset({Proof.PASS, Proof.SECRET})


def offer_corrected(reading: Reading, policy: Policy, proof: Proof) -> tuple[Button, ...]:
    """The button that sends the request with the suggested subject; () while that would be asked back itself."""
    subject = reading.mail.subject
    if not subject.ready:
        return ()
    letter = resend_letter(reading, subject.suggestion, policy, proof)
    return (Button("发送更正后的申请", "", "primary", secret=False, letter=letter),)


def offer_customers(reading: Reading, near: tuple[str, ...], policy: Policy, proof: Proof) -> tuple[Button, ...]:
    """One button for each known customer that may be meant, and one that says the name is right as typed."""
    subject = reading.mail.subject
    known = tuple(
        Button(
            f"改为“{name}”",
            "",
            "primary",
            secret=False,
            letter=resend_letter(reading, name_customer(subject, name), policy, proof),
        )
        for name in near
    )
    as_typed = resend_letter(reading, subject.suggestion, policy, proof)
    return (*known, Button("就是这个客户", MEANT, secret=False, letter=as_typed))


def name_customer(subject: SubjectReading, customer: str) -> str:
    """The canonical subject for another customer."""
    fixed, _, *rest = subject.suggestion.split("--")
    return "--".join((fixed, customer, *rest))


def is_meant(reading: Reading) -> bool:
    """Whether the request says itself that the customer's name is right as typed."""
    first = next(iter(reading.mail.fresh_text.strip().splitlines()), "")
    return first.strip(" 。.!！") == MEANT


def customer_slot(sender: Person, subject: SubjectReading) -> str:
    """The name of the question about this subject's customer: asked once, and the same subject again is the answer."""
    return f"customer:{sender.address}:{subject_key(subject.suggestion)}"


def resend_letter(reading: Reading, subject: str, policy: Policy, proof: Proof) -> Letter:
    """The sender's own mail once more, to the people it went to; of an unproved one, colleagues only."""
    mail, company = reading.mail, policy.company
    named = tuple(a for a in (*mail.to, *mail.cc) if proof in _PROVED or a.email.rpartition("@")[2] in company.domains)
    sender = company.find(mail.sender.email)
    people = tuple(a.email for a in merge(policy, named) if company.find(a.email) != sender or sender is None)
    directors = {p.address for p in company.with_role(Role.DIRECTOR)}
    to = tuple(a for a in people if a in directors) or tuple(p.address for p in company.with_role(Role.DIRECTOR))
    return Letter(to, tuple(a for a in people if a not in to), subject, mail.fresh_text)
