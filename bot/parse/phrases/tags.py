"""What a phrase contributes to the meaning of a reply, and who may decide at which stage (R5–R27)."""

from enum import StrEnum

from bot.rules.words import ReplyStage, Role


class Tag(StrEnum):
    """What a phrase contributes to the meaning."""

    YES = "yes"  # agrees; counts when this person is the subject and nothing in the reply binds it
    PERSONAL_YES = "personal-yes"  # no objection of one's own: with somebody else named to decide, no yes
    NO = "no"  # refuses the request
    NEVER = "never"  # a refusal put as a question ("这也能批？"); a question mark does not soften it
    NO_PART = "no-part"  # refuses a part ("不同意去两个人"): beside a yes it changes what was asked
    HEDGE = "hedge"  # a yes in principle, in part, perhaps: never plain
    UNSURE = "unsure"  # talks about agreeing without agreeing
    CONDITION = "condition"  # binds to something not yet true
    UNLESS = "unless"  # a refusal that names what would lift it
    CHANGE = "change"  # other date, less work, other way
    HAZARD = "hazard"  # a small word that may bind or turn a yes: beside a yes it is not plain
    WAS_NO = "was-no"  # an earlier refusal told again: a refusal, unless a complete yes follows it
    WEAK = "weak"  # as HAZARD, but in a clause before a complete yes it only leads up to it
    QUESTION = "question"
    FACT = "fact"  # a question for a fact the request should have held
    INFO = "info"  # asks for something to be added
    CHOICE = "choice"  # the verdict named and left open ("批不批")
    NOT_NOW = "not-now"  # no verdict yet: refuses when alone, beside a day or a wait it puts off
    UNABLE = "unable"  # no verdict possible: asks when it says what is missing, else refuses
    LATER = "later"  # not now
    DECIDE = "decide"  # somebody else is to decide
    TAKE = "take"  # somebody else is to take it up; beside a yes it assigns
    ASSIGN = "assign"  # names who goes, without saying yes
    WITHDRAW = "withdraw"
    ACK = "ack"  # seen
    FINE = "fine"  # 好的: seen, or a weak yes; with an assignment it is a yes
    CASUAL = "casual"  # ok, 行: a yes, unless "收到" stands beside it
    REPLY_LATER = "reply-later"  # will answer later: beside "收到" only seen
    SHORT = "short"  # nobody free, no need to go: refuses when alone, explains beside a yes or another day
    WHEN = "when"  # a later day; says "later" only beside SHORT
    THANKS = "thanks"
    AUTO = "auto"  # the text itself says that a machine wrote it
    AWAY = "away"  # is absent; an automatic text unless something is decided besides
    OTHER = "other"  # third person's yes, a wish, a yes to something else, a noun: decides nothing
    SARCASM = "sarcasm"
    PLAIN = "plain"  # harmless words that hold a small word of HAZARD
    COMPLETED = "completed"
    DOCUMENTS_LATER = "documents-later"
    NOT_COMPLETED = "not-completed"
    LEFT = "left"
    DEVIATION = "deviation"
    DOCUMENTS = "documents"
    PROBLEM = "problem"
    RISK = "risk"
    ESCALATE = "escalate"
    RATING = "rating"
    NUMBER = "number"  # a workload named without a verb: settles it in the workload stage only


Rows = tuple[tuple[Tag, str], ...]


# Who may decide at which stage; the yes or no of anybody else is `none`.
DECIDERS: dict[ReplyStage, frozenset[Role]] = {
    ReplyStage.APPLICATION: frozenset({Role.DIRECTOR}),  # R9, R11
    ReplyStage.COMPLETION_SALES: frozenset({Role.SALES}),  # R23; lead and sales directors are only Cc
    ReplyStage.COMPLETION_DIRECTOR: frozenset({Role.DIRECTOR}),  # R25
    ReplyStage.EXECUTION: frozenset(),  # reports from the work, nothing to decide
    ReplyStage.EXECUTION_CHANGE: frozenset({Role.SALES, Role.DIRECTOR}),  # R18: sales bring the outcome, both are told
    ReplyStage.RETROACTIVE: frozenset({Role.DIRECTOR}),  # R6: the director confirms, sales only send it
    ReplyStage.DOC_OUTLINE: frozenset({Role.SALES, Role.ENGINEER}),  # R5: these two agree the contents
    ReplyStage.WORKLOAD: frozenset({Role.DIRECTOR}),  # R27
}
# Whose words are read as reports from the work at any stage at which they have nothing to decide.
REPORTERS = frozenset({Role.ENGINEER, Role.PROJECT_MANAGER, Role.DEPUTY_MANAGER})
