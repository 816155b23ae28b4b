"""English inside a clause: whole words only, in front of the Chinese rows."""

from bot.parse.phrases.tags import Rows, Tag

# English in front of INSIDE: whole words only.
EN_NOT = (
    "(?:not|no|never|cannot|can't|can not|won't|will not|don't|do not|didn't|did not|doesn't|does not"
    "|isn't|is not|haven't|have not|hasn't|has not|wouldn't|couldn't|shouldn't|unable to|refuse to|wont"
    "|dont|cant|hardly|nobody|neither|nor)"
)
EN_YES = (
    "(?:approv(?:e|es|ed|ing|al)|agree[ds]?|accept(?:ed|s|able)?|ok|okay|proceed(?:ed|ing)?|go ahead"
    "|support(?:ed)?|confirm(?:ed|s)?|fine|good|sign(?:ed)?(?: off)?|possible|happy|allow(?:ed)?"
    "|grant(?:ed)?|endorse|consent)"
)
ENGLISH: Rows = (
    # Approved by another, or not yet.
    (Tag.LATER, r"\bto be (?:confirmed|decided|determined|advised)\b|\btb[cd]\b"),
    (Tag.OTHER, r"\b(?:to be|being) approved\b|\b(?:approved|confirmed|agreed) by (?!me\b)\w+"),
    (Tag.INFO, r"\b(?:could|can|would) you (?:please |pls )?(?:send|provide|share|clarify|add|attach|tell|specify)\b"),
    (
        Tag.LATER,
        r"\b(?:will|let me) (?:review|look|check|reply|answer|decide)\b[a-z ]{0,12}"
        r"\b(?:tonight|tomorrow|later|(?:mon|tues|wednes|thurs|fri)day)\b",
    ),
    (
        Tag.LATER,
        r"\b(?:let's|let us) (?:discuss|talk|revisit|review)\b|\bafter the (?:holidays?|festival|break|new year)\b",
    ),
    (Tag.LATER, r"\bwait (?:until|till|for)\b"),
    (Tag.CONDITION, r"\bnot (?:before|until|unless)\b"),
    (
        Tag.WITHDRAW,
        r"\b(?:please |pls |kindly )?(?:ignore|disregard|forget|revoke|withdraw"
        r"|cancel) (?:\w+ ){0,3}(?:approval|approve|e?-?mail|reply|request)\b",
    ),
    (
        Tag.PERSONAL_YES,
        r"\b(?:no|without|have no|don't have any|do not have any) (?:objections?|issues? with"
        r"|comments?)\b(?: from (?:me|my side))?",
    ),
    (Tag.YES, r"\b(?:no problem|not a problem|no issues?)\b"),
    (
        Tag.PLAIN,
        r"\bno (?:outstanding|open|further|other|remaining|more|known) (?:issues?|problems?|complaints?"
        r"|questions?|comments?)\b",
    ),
    # To sales or the engineer, about what goes from one to the other.
    (
        Tag.PLAIN,
        r"\b(?:send|forward|give|call|contact) (?:him|her|them)\b|\b(?:don't|do not|never) forget\b"
        r"|\bcontact you\b|\bno (?:concerns?|complaints?|questions?|further)\b"
        r"|\bsorry (?:for|about) (?:the )?(?:late|delay|my late)\b|\bi was (?:on|in|at|away|busy|travell?ing)\b",
    ),
    (Tag.PLAIN, r"\bno (?:worries|need to reply|hurry|rush)\b|\bnot only\b"),
    (Tag.NO, rf"\b{EN_NOT}\b(?: \w+(?:'\w+)?){{0,5}}? {EN_YES}\b"),
    (
        Tag.NO,
        r"\b(?:disapprove[ds]?|disagree[ds]?|reject(?:ed|s|ing)?|declin(?:e|ed|es|ing)|den(?:y|ied|ies)"
        r"|refus(?:e|ed)|turn(?:ed)? (?:it |this )?down|veto(?:ed)?|no go"
        r"|not (?:ok|okay|possible|acceptable|allowed)|can't do|against this|object to|i object|won't happen"
        r"|unacceptable|out of the question)\b",
    ),
    (
        Tag.OTHER,
        r"\b(?:please|pls|kindly|hope|hoping|wish|waiting|wait|awaiting|could you|can you|would you|need|needs"
        r"|requires?|request(?:ing)?|asking|seek(?:ing)?|for|your|his|her|their|get"
        r"|got) (?:\w+ ){0,3}(?:approv(?:e|al)|agree|confirm(?:ation)?)\b(?! to (?:you|go))",
    ),
    (
        Tag.YES,
        r"(?<![让叫请要等])我(?:这边|都|也|已经?)*(?:approved?|agreed?|confirm(?:ed)?|pass)(?:了|的|掉)?(?![a-z])",
    ),
    (
        Tag.YES,
        r"^(?:ok|okay|yes|sure|fine)\b(?! \w+ (?:you|he|she|they|who)\b)"
        r"|\b(?:approved|approve|agreed|agree|accepted|accept|confirmed|confirm|go ahead|green light|lgtm"
        r"|looks good|look good|looks fine|looks ok|sounds good|fine (?:by|with) me"
        r"|ok (?:by|with|from|for) (?:me|my side)|go for it|good to go|please proceed|pls proceed|proceed"
        r"|please go ahead|approval granted|you have my (?:approval|ok|go)|permission granted|granted"
        r"|(?:i'm|i am|am) (?:fine|ok|okay|good|happy) with (?:it|this|that)"
        r"|works for me|happy to approve|all good|good with me|i'm ok|ok to proceed|okay to proceed"
        r"|happy with (?:it|this|that)|signed off|thumbs up from me|endorsed)\b",
    ),
)
