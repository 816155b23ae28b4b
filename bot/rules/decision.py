"""What the rules answer: the change to make and the things to say, before anything is stored or worded."""

from dataclasses import dataclass, field, replace

from bot.rules.case import Case, Deadline, DeadlineKind, Document, HistoryEntry
from bot.rules.matters.matter import Matter, Rating
from bot.rules.notice import Button, NoticeKind
from bot.rules.people import Delegation
from bot.rules.plans.plan import Milestone
from bot.rules.reports.work import WorkRecord
from bot.rules.words import Fate


@dataclass(frozen=True, slots=True)
class Say:
    """One thing to say. `to`: addresses for a private notice, () = the kind's own receivers.

    `text`: the words it is about; `items`: a list for it, or the headline of a question (ASK, DECIDE_AGAIN).
    `slot` makes the notice's key: what must never be said twice gets the same slot each time.
    `headline`, `buttons`: where the decision knows them better than the kind (SUBJECT_HELP).
    `matter`: the name of the one it is about (升级1).
    `general`: about no case, although a mail of one caused it: said once for all cases.
    `invites`: the case's calendar entry has changed and rides on this mail.
    """

    kind: NoticeKind
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    text: str = ""
    items: tuple[str, ...] = ()
    slot: str = ""
    deadline: DeadlineKind | None = None
    headline: str = ""
    buttons: tuple[Button, ...] = ()
    general: bool = False
    invites: bool = False
    matter: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """When the clock looks at a deadline again (None: never), and how many nudges have gone out by then."""

    deadline: Deadline
    step: int


@dataclass(frozen=True, slots=True)
class Decision:
    """The whole answer to one mail or one deadline. Everything in it is stored in one transaction.

    `case`: as it is to be stored; id 0 = a new one; None = no case is touched.
    """

    why: str
    fate: Fate = Fate.ACTED
    case: Case | None = None
    changed: bool = False  # the case differs from what was read
    history: tuple[HistoryEntry, ...] = ()
    says: tuple[Say, ...] = ()
    arms: tuple[Deadline, ...] = ()
    ends: tuple[DeadlineKind, ...] = ()
    looks: tuple[Look, ...] = ()
    documents: tuple[Document, ...] = ()
    delegates: tuple[Delegation, ...] = ()  # said by this mail, to hold from now on
    matters: tuple[Matter, ...] = ()  # as they are to be stored; id 0 = a new one
    ratings: tuple[Rating, ...] = ()
    milestones: tuple[Milestone, ...] = ()  # those that differ now (R35)
    undelegates: tuple[Delegation, ...] = ()  # taken back by it
    work: tuple[WorkRecord, ...] | None = None  # all records of the case from now on (R27); None: as they were

    def and_say(self, *says: Say) -> "Decision":
        """The same decision, saying more."""
        return replace(self, says=(*self.says, *says))


def ignore(why: str) -> Decision:
    """Nothing happens; the mail's fate says why."""
    return Decision(why=why, fate=Fate.IGNORED)


@dataclass(frozen=True, slots=True)
class Named:
    """Names resolved to people: `found` addresses, `unknown` names as written, `unclear` name → candidates."""

    found: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    unclear: tuple[tuple[str, tuple[str, ...]], ...] = field(default=())
