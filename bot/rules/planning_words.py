"""What is said to one person about plans: answers of calendars (R38)."""

from collections.abc import Callable

from bot.rules.booking import find_free, free_words
from bot.rules.case import Case
from bot.rules.decision import Say
from bot.rules.notice import NoticeKind
from bot.rules.saying import Words
from bot.rules.scene import Scene


def _invite_answered(say: Say, scene: Scene, case: Case) -> Words:
    comment = f"附言：{say.text}" if say.text else ""
    free = free_words(find_free(scene.policy, case, scene.bookings, scene.away))
    return Words(f"{say.headline}。", (comment, f"{free}。"))


ABOUT_PLANS: dict[NoticeKind, Callable[[Say, Scene, Case], Words]] = {
    NoticeKind.INVITE_ANSWERED: _invite_answered,
}
