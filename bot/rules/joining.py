"""A request that may be the 补发 of an emergency: joined when certain, asked with one tap when not (R6, R22)."""

from dataclasses import dataclass

from bot.rules.case import Case
from bot.rules.decision import Decision, Say
from bot.rules.desk import Desk
from bot.rules.mail import Reading, SubjectReading
from bot.rules.notice import Button
from bot.rules.notice import NoticeKind as N
from bot.rules.people import Person
from bot.rules.resending import resend_letter
from bot.rules.threading import subject_key

NEW = "新的申请，不是补发"
"""The first line of a request that only looks like a 补发."""


@dataclass(frozen=True, slots=True)
class Fit:
    """`certain`: the one case this is the 补发 of; `doubtful`: cases to ask about; neither: a new request."""

    certain: Case | None = None
    doubtful: tuple[Case, ...] = ()


def find_fit(reading: Reading, sales: Person, awaited: tuple[Case, ...]) -> Fit:
    """Which of the cases that await their request this one is for.

    Certain: the same customer and matter; or it says 补发 and only one of this customer is awaited from this sales.
    """
    subject = reading.mail.subject
    if is_new(reading):
        return Fit()
    own = tuple(c for c in awaited if c.sales in sales.addresses)
    customer = tuple(c for c in own if _same(c.customer, subject.customer))
    exact = tuple(c for c in customer if subject_key(c.project) == subject_key(subject.project))
    if len(exact) == 1:
        return Fit(certain=exact[0])
    if reading.remarks.resends and len(customer) == 1 and not exact:
        return Fit(certain=customer[0])
    return Fit(doubtful=exact or customer or (own if reading.remarks.resends else ()))


def _same(one: str, other: str) -> bool:
    """One customer, written alike or with more words (欧莱雅, 欧莱雅中国)."""
    a, b = subject_key(one), subject_key(other)
    return bool(a and b) and (a == b or (min(len(a), len(b)) >= 2 and (a.startswith(b) or b.startswith(a))))


def is_new(reading: Reading) -> bool:
    """Whether the request says itself that it is no 补发."""
    first = next(iter(reading.mail.fresh_text.strip().splitlines()), "")
    return first.strip(" 。.!！") == NEW


def join_slot(sender: Person, subject: SubjectReading) -> str:
    """The name of the question about this request: asked once; the same request again is then a new one."""
    return f"join:{sender.address}:{subject_key(subject.suggestion or subject.normal)}"


def ask_which(reading: Reading, sender: Person, cases: tuple[Case, ...], desk: Desk) -> Decision:
    """One tap for each case it may belong to, and one for a new request; nothing is registered yet."""
    subject = reading.mail.subject
    letter = resend_letter(reading, subject.suggestion or subject.normal, desk.policy, desk.proof)
    buttons = tuple(
        Button(f"是 {case.ref} 的补发", f"补发：{case.ref}", "primary", secret=False, letter=letter) for case in cases
    )
    new = Button("是新的申请", NEW, secret=False, letter=letter)
    lines = tuple(f"{case.ref}：{case.customer} {case.project}（应急支持，等待补发）" for case in cases)
    refs = "、".join(case.ref for case in cases)
    say = Say(
        N.JOIN_ASKED,
        to=(sender.address,),
        items=lines,
        slot=join_slot(sender, subject),
        headline=f"这封申请是 {refs} 的补发，还是新的申请？还没有登记。",
        buttons=(*buttons, new),
        general=True,
    )
    return Decision(why=f"可能是应急支持的补发，已请销售指明：{refs}", says=(say,))
