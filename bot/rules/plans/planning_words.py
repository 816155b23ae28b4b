"""What is said to one person about plans: milestones (R35), answers of calendars (R38)."""

from collections.abc import Callable

from bot.rules.case import Case
from bot.rules.decision import Say
from bot.rules.notice import NoticeKind
from bot.rules.plans.booking import find_free, free_words
from bot.rules.saying import Words
from bot.rules.scene import Scene


def _invite_answered(say: Say, scene: Scene, case: Case) -> Words:
    comment = f"附言：{say.text}" if say.text else ""
    free = free_words(find_free(scene.policy, case, scene.bookings, scene.away))
    return Words(f"{say.headline}。", (comment, f"{free}。"))


def _plan(say: Say, _scene: Scene, _case: Case) -> Words:
    ask = (
        f"请回复完成情况或新的日期，例如：里程碑：{say.text} 完成；里程碑：{say.text} 改到9月28日。" if say.text else ""
    )
    return Words(say.headline or "项目计划", (ask,), say.items)


ABOUT_PLANS: dict[NoticeKind, Callable[[Say, Scene, Case], Words]] = {
    NoticeKind.INVITE_ANSWERED: _invite_answered,
    NoticeKind.PLAN: _plan,
}
