"""What a mail says beside the stages, after what it does to its case: plan, matters, ratings (R31, R32, R35-R39)."""

from bot.rules.case import Case
from bot.rules.decision import Decision
from bot.rules.desk import Desk
from bot.rules.mail import Reading
from bot.rules.matters.mattering import decide_matters
from bot.rules.matters.rating import decide_rating
from bot.rules.people import Person
from bot.rules.plans.plan_deciding import decide_plan


def decide_beside(decision: Decision, reading: Reading, case: Case, sender: Person, desk: Desk) -> Decision:
    """`decision` with everything else that the mail does."""
    decision = decide_plan(decision, reading, case, sender, desk)
    decision = decide_matters(decision, reading, case, sender, desk)
    return decide_rating(decision, reading, case, sender, desk)
