"""The notices about another date, withdrawal after the yes, and directors who differ."""

from collections.abc import Callable

from bot.rules import offers
from bot.rules.case import Case, DeadlineKind, Wish
from bot.rules.decision import Say
from bot.rules.diagram import STAGE_NAMES
from bot.rules.notice import NoticeKind, Personal
from bot.rules.notice import NoticeKind as N
from bot.rules.scene import Scene
from bot.rules.table import AT_WORK
from bot.rules.wishes import wish_words
from bot.rules.wording import Words, to_deciders


def _wish_asked(_say: Say, scene: Scene, case: Case) -> Words:
    """To the director, who decides; engineers in copy, for they are bound."""
    what = "改期" if case.wish is Wish.RESCHEDULE else "撤回已确认的申请"
    paragraphs = (
        f"销售：“{case.wish_said}”",
        f"{wish_words(case)}。总监同意之前，仍按原安排准备。",
        scene.why(DeadlineKind.WISH),
    )
    return Words(
        f"销售要求{what}，请总监决定。", paragraphs, personal=to_deciders(scene, case, offers.for_decider(case))
    )


def _wish_refused(say: Say, _scene: Scene, case: Case) -> Words:
    what, _ = case.changes[-1] if case.changes else ("改期或撤回", "")
    return Words("总监不同意，按原安排进行。", (f"要求：{what}", f"总监：{say.text}"))


def _conflict(say: Say, scene: Scene, case: Case) -> Words:
    first, second = (say.to[0], say.to[-1]) if say.to else (case.decided_by, "")
    holds = STAGE_NAMES[case.stage]
    paragraphs = (
        f"{scene.name(second)}：“{say.text}”",
        f"{scene.name(first)}的答复在先，申请维持“{holds}”。请二位商定；由{scene.name(first)}改变决定后才有变化。",
    )
    change = offers.END if case.stage in AT_WORK else offers.AGREE_AFTER_ALL
    personal = {
        first: Personal("如要改变您的决定，请点下面的按钮；不改则不必答复。", change),
        second: Personal(f"您的答复已记录，没有生效：请与{scene.name(first)}商定。"),
    }
    return Words("两位总监的答复不同。", paragraphs, personal={a: p for a, p in personal.items() if a})


PRIVATE: dict[NoticeKind, Callable[[Say, Scene, Case], Words]] = {
    N.WISH_ASKED: _wish_asked,
    N.WISH_REFUSED: _wish_refused,
}
THREAD: dict[NoticeKind, Callable[[Say, Scene, Case], Words]] = {N.CONFLICT: _conflict}
