"""What a notice is written from, and the pieces all notices share: lines about the case, the stage bar, names."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.rules.assigning import NATURE_NAMES, support_days
from bot.rules.case import Case, Deadline, DeadlineKind, Document
from bot.rules.diagram import STAGE_NAMES
from bot.rules.mail import Address, Reading
from bot.rules.matters.matter import Matter, Rating
from bot.rules.notice import Line, Row
from bot.rules.plans.booking import Booking
from bot.rules.plans.timeline import Timeline, bar_words
from bot.rules.policy import Policy
from bot.rules.times.hours import moment_words
from bot.rules.words import Stage


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case with what is awaited in it, for lists."""

    case: Case
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class Raised:
    """An open matter with its case."""

    case: Case
    matter: Matter


@dataclass(frozen=True, slots=True)
class Board:
    """What director and admin see besides their own: everybody's. `stages`: of every running case, for the overview."""

    waiting: tuple[Waiting, ...] = ()
    raised: tuple[Raised, ...] = ()
    stages: tuple[Stage, ...] = ()
    overdue: frozenset[int] = frozenset()  # ids of cases with an answer overdue

    def __bool__(self) -> bool:
        """Whether there is anything to see."""
        return bool(self.waiting or self.raised or self.stages)


@dataclass(frozen=True)
class Scene:
    """The stored case with its open deadlines and documents, and the mail that caused the notice (0: the clock)."""

    policy: Policy
    now: datetime
    case: Case | None = None
    deadlines: tuple[Deadline, ...] = ()
    documents: tuple[Document, ...] = ()
    mail_id: int = 0
    reading: Reading | None = None
    operators: tuple[str, ...] = ()
    waiting: tuple[Waiting, ...] = field(default=())  # for 我的待办 and digests
    also: tuple[Row, ...] = ()  # what is awaited besides cases: reports to be signed (R28)
    bookings: tuple[Booking, ...] = ()  # what touches the case's days, told beside a confirmation (R38)
    bot: Address | None = None  # the mailbox that says it
    timeline: Timeline | None = None  # planned against actual, for the mails that show it (R41)
    away: frozenset[str] = frozenset()  # addresses that answer automatically, told beside a confirmation (R38)
    matters: tuple[Matter, ...] = ()  # of the case, settled ones too
    rating: Rating | None = None
    asked: tuple[Raised, ...] = ()  # matters that wait for the reader, for 我的待办
    board: Board = field(default_factory=Board)  # everybody's, for the digest of director and admin

    def due(self, kind: DeadlineKind) -> str:
        """The due moment of the open deadline of that kind in words, "" when there is none."""
        found = next((d for d in self.deadlines if d.kind is kind), None)
        if found is None:
            return ""
        words = moment_words(self.policy.hours.local(found.due_at))
        return f"{words}（暂定）" if found.provisional else words

    def why(self, kind: DeadlineKind) -> str:
        """The explaining sentence of the open deadline of that kind, "" when there is none."""
        return next((d.why for d in self.deadlines if d.kind is kind), "")

    def name(self, email: str) -> str:
        """The registered name behind an address, else the address."""
        person = self.policy.company.find(email)
        return person.name if person else email

    def address(self, email: str) -> Address:
        """The address with the registered name."""
        return self.policy.company.addressed(email)


def case_lines(scene: Scene, case: Case) -> tuple[Line, ...]:
    """The case in a table, only what is known."""
    pairs = (
        ("编号", case.ref),
        ("客户", case.customer),
        ("项目", case.project),
        ("销售", scene.name(case.sales)),
        ("性质", NATURE_NAMES.get(case.nature, "")),
        ("工程师", "、".join(scene.name(e) for e in case.engineers)),
        ("支持日期", support_days(case)),
        ("方式", case.mode),
        ("预估工作量", f"{case.days} 人天" if case.days is not None else ""),
        ("核算工作量", f"{case.settled_days} 人天" if case.settled_days is not None else ""),
    )
    return tuple(Line(label, value) for label, value in pairs if value)


def node_lines(scene: Scene) -> tuple[Line, ...]:
    """The timeline in words, as the picture shows it; () for mails without one."""
    return tuple(Line(bar.name, bar_words(bar)) for bar in scene.timeline.bars) if scene.timeline else ()


_BAR = (
    ("申请", {Stage.AWAITING_APPROVAL, Stage.AWAITING_INFO, Stage.POSTPONED, Stage.DECLINED, Stage.WITHDRAWN}),
    ("确认", {Stage.APPROVED}),
    ("支持", {Stage.ON_SITE}),
    ("验收", {Stage.AWAITING_ACCEPTANCE}),
    ("关闭", {Stage.ACCEPTED}),
    ("归档", {Stage.CLOSED}),
    ("核算", {Stage.ARCHIVED}),
)
"""Each station of the bar with the stages in which it is the next thing to come or under way."""


def stage_bar(case: Case) -> tuple[tuple[str, str], ...]:
    """Where the case stands: done, now, todo for each station; ended cases show no further station."""
    reached = next((n for n, (_, stages) in enumerate(_BAR) if case.stage in stages), len(_BAR))
    current = {Stage.AWAITING_APPROVAL, Stage.AWAITING_INFO, Stage.POSTPONED}
    if case.stage in current | {Stage.APPROVED}:
        reached += 1  # the request itself is done; what comes next is awaited
    return tuple(
        (label, "done" if n < reached else "now" if n == reached else "todo") for n, (label, _) in enumerate(_BAR)
    )


def waiting_row(scene: Scene, waiting: Waiting) -> Row:
    """One awaited answer as a line of a list."""
    case, deadline = waiting.case, waiting.deadline
    return Row(
        ref=case.ref,
        title=f"{case.customer} {case.project}",
        state=f"{STAGE_NAMES[case.stage]}：{AWAITED[deadline.kind]}",
        due=moment_words(scene.policy.hours.local(deadline.due_at)),
        overdue=scene.now > deadline.due_at,
        owes=scene.name(deadline.owner),
    )


AWAITED = {
    DeadlineKind.CONFIRM: "总监确认",
    DeadlineKind.START: "可开始支持",
    DeadlineKind.INFO: "销售补充说明",
    DeadlineKind.POSTPONED: "再请总监确认",
    DeadlineKind.COMPLETE: "工程师确认完成",
    DeadlineKind.FORM: "补交签字的服务单",
    DeadlineKind.CHANGE: "销售答复变更结果",
    DeadlineKind.OUTLINE: "工程师与销售商定目录",
    DeadlineKind.PROPOSAL: "工程师提交方案",
    DeadlineKind.WISH: "总监答复改期或撤回",
    DeadlineKind.ACCEPT: "销售验收",
    DeadlineKind.RESEND: "销售补发申请",
    DeadlineKind.CLOSE: "总监确认关闭",
    DeadlineKind.DOCUMENTS: "工程师提交文档",
    DeadlineKind.SETTLE: "总监核算工作量",
}
