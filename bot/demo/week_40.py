"""28 to 30 September: the work, a problem, an objection, completion on the eve of the holiday."""

from bot.demo import acts, acts_work
from bot.demo.acts import FIRST, SECOND
from bot.demo.scene import Scene, at
from bot.rules.case import DeadlineKind as D
from bot.rules.notice import NoticeKind as N
from bot.rules.words import Stage

SCENES = (
    Scene(
        at(9, 28, 10),
        "A problem, and an escalation",
        "Wang puts a problem on record and calls for help, in one reply.",
        acts_work.raise_matters,
        sends=(N.MATTER,),
        stages={SECOND: Stage.APPROVED},
        note="A problem costs nobody a mail; the escalation goes to its first level, with what it asks (R32, R37).",
    ),
    Scene(
        at(9, 28, 11, 30),
        "Solved by one tap",
        "",
        acts_work.settle_matter,
        sends=(N.MATTER_TOLD,),
        note="Without an answer it would have climbed, level by level, in working hours.",
    ),
    Scene(
        at(9, 28, 16, 30),
        "Work done, form signed",
        "Wang has moved Unilever's mail and reports with the signed form.",
        acts.complete_second,
        sends=(N.ACCEPTANCE,),
        stages={SECOND: Stage.AWAITING_ACCEPTANCE},
        dues={(SECOND, D.ACCEPT): at(9, 29, 18)},
        note="Sales have one working day; silence would count as acceptance (R23).",
    ),
    Scene(
        at(9, 29, 10, 15),
        "Sales object",
        "Liu found two mailboxes without their calendars.",
        acts.object_second,
        sends=(N.OBJECTED,),
        stages={SECOND: Stage.ON_SITE},
        dues={(SECOND, D.COMPLETE): at(9, 30, 18)},
        note="The work goes on; the case is not lost and the clock starts anew (R24).",
    ),
    Scene(
        at(9, 29, 17, 20),
        "Put right",
        "Wang moves the calendars and reports again.",
        acts.complete_second_again,
        sends=(N.ACCEPTANCE,),
        stages={SECOND: Stage.AWAITING_ACCEPTANCE},
        dues={(SECOND, D.ACCEPT): at(9, 30, 18)},
    ),
    Scene(
        at(9, 30, 9, 40),
        "Accepted",
        "Liu checks again.",
        acts.accept_second,
        sends=(N.ACCEPTED,),
        stages={SECOND: Stage.ACCEPTED},
        dues={(SECOND, D.CLOSE): at(10, 8, 18)},
    ),
    Scene(
        at(9, 30, 17),
        "Done at L'Oréal, but no signed form",
        "The evening before the holiday Li reports completion and attaches the documents.",
        acts.complete_first,
        sends=(N.ACCEPTANCE, N.FORM_MISSING),
        stages={FIRST: Stage.AWAITING_ACCEPTANCE},
        dues={(FIRST, D.ACCEPT): at(10, 8, 18), (FIRST, D.FORM): at(10, 8, 18)},
        note="All see the report; only Li is asked for the form (R21, R45).",
    ),
    Scene(
        at(9, 30, 17, 40),
        "The form",
        "Li answers the bot with the scan.",
        acts.hand_in_form,
        sends=(),
        stages={FIRST: Stage.AWAITING_ACCEPTANCE},
        marks=((FIRST, "form"),),
        note="Its name says nothing, but a form was being waited for (R20, R21).",
    ),
)
