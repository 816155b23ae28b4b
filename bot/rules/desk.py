"""What lies on the desk when the rules decide."""

from dataclasses import dataclass
from datetime import datetime

from bot.rules.case import Case, Deadline, Document
from bot.rules.matters.matter import Matter, Rating
from bot.rules.plans.plan import Milestone
from bot.rules.policy import Policy
from bot.rules.reports.work import WorkRecord
from bot.rules.words import Proof

PROVED = frozenset({Proof.PASS, Proof.SECRET})


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies on the desk when a mail or a deadline is decided on. `proof` counts the secret already.

    `stale`: the digest of a secret in the mail that was this person's once; each is a reason to ask once more.
    `near_customers`: customers of earlier cases that a new request's customer may be a slip of; () once asked (R3).
    `matters`: all of the case, settled ones too; `rating`: the one that counts; `answers`: the name of the matter whose
    notice this mail answers. `known_person`: a secret that is good for matters and ratings alone proves the sender.
    `awaited`: cases whose request is still to come (R6, R22), told only beside a request without a case; () once asked.
    `away`: addresses that answer automatically at the moment (R24); told only beside an automatic mail.
    """

    policy: Policy
    now: datetime
    proof: Proof = Proof.NONE
    documents: tuple[Document, ...] = ()
    open_deadlines: tuple[Deadline, ...] = ()
    stale: str = ""
    near_customers: tuple[str, ...] = ()
    awaited: tuple[Case, ...] = ()
    away: frozenset[str] = frozenset()
    work: tuple[WorkRecord, ...] = ()  # hours known for the case (R27)
    matters: tuple[Matter, ...] = ()
    rating: Rating | None = None
    milestones: tuple[Milestone, ...] = ()  # the plan as written by mail, told beside a mail that speaks of it (R35)
    answers: str = ""
    known_person: bool = False
