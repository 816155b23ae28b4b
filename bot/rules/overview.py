"""The morning digest and the weekly overview: what waits for whom, overdue first, open matters (R32, R36, R37, R46)."""

from collections.abc import Iterable
from datetime import date, timedelta

from bot.rules.decision import Say
from bot.rules.diagram import STAGE_NAMES
from bot.rules.matters.matter import CLIMBING
from bot.rules.matters.putting import describe, seat_words
from bot.rules.notice import Bar, Row, Section
from bot.rules.people import Person
from bot.rules.policy import Policy
from bot.rules.scene import Raised, Scene, Waiting, waiting_row
from bot.rules.table import ENDED
from bot.rules.times.hours import OfficeHours, day_words, moment_words
from bot.rules.wording import Words
from bot.rules.words import Role, Stage

MOST = 40  # rows of one section; a longer list is read at the command line
RUNNING = tuple(stage for stage in Stage if stage not in ENDED)


def readers(policy: Policy) -> tuple[Person, ...]:
    """Who gets the company's part of the digest and the weekly overview."""
    return policy.company.with_role(Role.DIRECTOR, Role.ADMIN)


def week_of(day: date) -> str:
    """The week as `2026-W38`, for the key that goes out once."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def opens_week(hours: OfficeHours, today: date) -> date:
    """The first working day of `today`'s week, whose morning brings the overview."""
    monday = today - timedelta(days=today.weekday())
    return min(hours.calendar.first_working(monday), today)


def digest_headline(scene: Scene) -> str:
    """The day; how much is the reader's own; how much everybody else's."""
    today = day_words(scene.policy.hours.local(scene.now).date())
    own, others = _counted(own_rows(scene)), _counted(rows_of(scene, scene.board.waiting))
    raised = len(scene.board.raised)
    parts = (
        f"{'您有 ' if scene.board else ''}{own[0]} 项待办{own[1]}" if own[0] else "",
        f"等待他人 {others[0]} 项{others[1]}" if others[0] else "",
        f"{raised} 项升级、争议、问题或风险未了结" if raised else "",
    )
    said = "；".join(part for part in parts if part)
    return f"{today}：{said}。" if said else f"{today}。"


def overview_headline(scene: Scene) -> str:
    """The week; how many cases run, how many of them are late."""
    today = day_words(scene.policy.hours.local(scene.now).date())
    late = f"，其中 {len(scene.board.overdue)} 件有逾期" if scene.board.overdue else "，没有逾期"
    return f"{today}：在办 {len(scene.board.stages)} 件{late}。"


def _counted(rows: tuple[Row, ...]) -> tuple[int, str]:
    """How many, and in words how many of them are late."""
    late = sum(row.overdue for row in rows)
    return len(rows), f"，其中 {late} 项逾期" if late else ""


def word_digest(say: Say, scene: Scene) -> Words:
    """The morning digest of one person (R46)."""
    return Words(digest_headline(scene), items=say.items)


def word_overview(say: Say, scene: Scene) -> Words:
    """The weekly overview (R36)."""
    return Words(overview_headline(scene), items=say.items)


def sections(scene: Scene) -> tuple[Section, ...]:
    """Own answers, what waits for others, open escalations and disputes, problems and risks; empty ones left out."""
    climbing = [r for r in scene.board.raised if r.matter.kind in CLIMBING]
    listed = [r for r in scene.board.raised if r.matter.kind not in CLIMBING]
    found = (
        _section("您的待办", own_rows(scene)),
        _section("等待他人", rows_of(scene, scene.board.waiting)),
        _section("升级与争议", _raised_rows(scene, climbing)),
        _section("问题与风险", _raised_rows(scene, listed)),
    )
    return tuple(section for section in found if section.rows)


def _section(title: str, rows: tuple[Row, ...]) -> Section:
    more = f"其余 {len(rows) - MOST} 项请运行 zhichi list 查看。" if len(rows) > MOST else ""
    return Section(f"{title}（{len(rows)}）", rows[:MOST], more)


def own_rows(scene: Scene) -> tuple[Row, ...]:
    """What the reader owes: answers on cases, and reports to be signed (R28)."""
    return (*rows_of(scene, scene.waiting), *scene.also)


def rows_of(scene: Scene, waiting: Iterable[Waiting]) -> tuple[Row, ...]:
    """Overdue first, then by due time (R36)."""
    ordered = sorted(waiting, key=lambda w: (w.deadline.due_at >= scene.now, w.deadline.due_at))
    return tuple(waiting_row(scene, w) for w in ordered)


def _raised_rows(scene: Scene, raised: list[Raised]) -> tuple[Row, ...]:
    """The highest level first, then the oldest."""
    ordered = sorted(raised, key=lambda r: (-r.matter.level, r.matter.raised_at))
    return tuple(_raised_row(scene, one) for one in ordered)


def _raised_row(scene: Scene, raised: Raised) -> Row:
    case, matter = raised.case, raised.matter
    level = f" · {seat_words(matter)}" if matter.kind in CLIMBING and matter.level else ""
    answered = f" · {scene.name(matter.answered_by)}已答复：{matter.answer}" if matter.answered_by else ""
    owes = "、".join(scene.name(a) for a in matter.owners) if matter.waits else ""
    due = matter.next_at if matter.waits else None
    return Row(
        ref=case.ref,
        title=f"{case.customer} {case.project}",
        state=f"{matter.name}：{describe(matter)}{level}{answered}",
        due=moment_words(scene.policy.hours.local(due)) if due else "",
        overdue=matter.waits and (due is None or due < scene.now),
        owes=owes,
    )


def bars(scene: Scene) -> tuple[Bar, ...]:
    """How many cases run at each stage, the longest bar full (R36)."""
    counts = [(stage, scene.board.stages.count(stage)) for stage in RUNNING]
    most = max((count for _, count in counts), default=0)
    return tuple(Bar(STAGE_NAMES[stage], count, round(100 * count / most)) for stage, count in counts if count)
