"""The private notices from the work itself: leaving the site."""

from collections.abc import Callable

from bot.rules.case import Case, DeadlineKind
from bot.rules.decision import Say
from bot.rules.notice import NoticeKind, Personal
from bot.rules.notice import NoticeKind as N
from bot.rules.scene import Scene
from bot.rules.wording import Words


def _left(say: Say, scene: Scene, case: Case) -> Words:
    names = "、".join(scene.name(a) for a in case.engineers) or "工程师"
    due = scene.due(DeadlineKind.COMPLETE)
    paragraphs = (f"工程师：“{say.text}”", f"工程师应于 {due} 前邮件确认完成（R21）。" if due else "")
    return Words(f"{names}已离场（R19）。", paragraphs, personal=dict.fromkeys(say.to, Personal()))


PRIVATE: dict[NoticeKind, Callable[[Say, Scene, Case], Words]] = {N.LEFT: _left}
