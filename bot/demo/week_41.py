"""8 to 10 October: back from the holiday, silence, closure, archive, settlement."""

from bot.demo import acts, acts_work
from bot.demo.acts import FIRST, SECOND
from bot.demo.scene import Scene, at
from bot.rules.case import DeadlineKind as D
from bot.rules.notice import NoticeKind as N
from bot.rules.words import Stage

SCENES = (
    Scene(
        at(10, 8, 9),
        "Back from the holiday",
        "Zhang has not answered yet. Nobody writes; the clock does.",
        acts.nobody,
        sends=(N.CHASE_ACCEPTANCE,),
        stages={FIRST: Stage.AWAITING_ACCEPTANCE},
        shows=("即视为完成",),
        note="Before silence may count, sales hear about it once more (R24).",
    ),
    Scene(
        at(10, 8, 10, 30),
        "The director closes the Unilever case",
        "Chen answers all.",
        acts.close_second,
        sends=(N.CLOSED,),
        stages={SECOND: Stage.CLOSED},
        dues={(SECOND, D.DOCUMENTS): at(10, 12, 18)},
        shows=("尚缺文档",),
    ),
    Scene(
        at(10, 8, 14, 30),
        "The documents",
        "Wang sends what was missing.",
        acts.hand_in_documents,
        sends=(N.ARCHIVED,),
        stages={SECOND: Stage.ARCHIVED},
        dues={(SECOND, D.SETTLE): at(10, 14, 18)},
    ),
    Scene(
        at(10, 8, 14, 45),
        "Signed",
        "Wang's report has waited since the eve of the holiday.",
        acts_work.sign_week,
        sends=(N.REPORT_ANSWER,),
        stages={SECOND: Stage.SETTLED},
        note="The signed weekly report is final, and settles the Unilever case with its figure (R27).",
    ),
    Scene(
        at(10, 8, 15),
        "Four of five",
        "Liu rates for the customer by one tap.",
        acts_work.rate_second,
        sends=(),
        marks=((SECOND, "rated"),),
        note="Nothing is sent back: feedback must not cost anybody a mail (R39).",
    ),
    Scene(
        at(10, 8, 18),
        "Silence",
        "One working day is over, and Zhang has said nothing.",
        acts.nobody,
        sends=(N.ACCEPTED,),
        stages={FIRST: Stage.ACCEPTED},
        dues={(FIRST, D.CLOSE): at(10, 9, 18)},
        shows=("如有异议",),
        marks=((FIRST, "silence"),),
        note="视为完成, as the rules say (R23); an objection would still reopen it (R24).",
    ),
    Scene(
        at(10, 9, 9, 35),
        "The director closes the L'Oréal case",
        "Everything is there, so closing and filing are one mail.",
        acts.close_first,
        sends=(N.CLOSED,),
        stages={FIRST: Stage.ARCHIVED},
        dues={(FIRST, D.SETTLE): at(10, 15, 18)},
        holds=acts_work.chart_is_shown,
        note="The mail shows the customer's timeline, planned against actual, as a picture and in words (R41).",
    ),
    Scene(
        at(10, 10, 10),
        "A corrected report wins",
        "Li's report came on Friday. Testing took longer: Chen changes one cell in Excel and sends the file back.",
        acts_work.correct_week,
        sends=(N.REPORT_ANSWER,),
        stages={FIRST: Stage.SETTLED},
        shows=("2.5",),
        note="The file is read back, cell by cell; what he wrote there counts (R28). Everything is settled.",
    ),
)
