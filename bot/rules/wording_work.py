"""The notices of emergencies and from the work itself (R6, R19)."""

from collections.abc import Callable

from bot.rules import offers
from bot.rules.case import Case, DeadlineKind, Proposal
from bot.rules.decision import Say
from bot.rules.emergencies import resend_button
from bot.rules.notice import NoticeKind, Personal
from bot.rules.notice import NoticeKind as N
from bot.rules.scene import Scene
from bot.rules.wording import Words, to_deciders


def _left(say: Say, scene: Scene, case: Case) -> Words:
    names = "、".join(scene.name(a) for a in case.engineers) or "工程师"
    due = scene.due(DeadlineKind.COMPLETE)
    paragraphs = (f"工程师：“{say.text}”", f"工程师应于 {due} 前邮件确认完成（R21）。" if due else "")
    return Words(f"{names}已离场（R19）。", paragraphs, personal=dict.fromkeys(say.to, Personal()))


def _emergency(say: Say, scene: Scene, case: Case) -> Words:
    """To all: the director confirms, sales send the request."""
    names = "、".join(scene.name(a) for a in case.engineers) or "工程师"
    paragraphs = (
        f"来信：“{say.text}”",
        f"{names}先行处理；请总监于 {scene.due(DeadlineKind.CONFIRM)} 前确认，沉默不算同意（R9）。",
        f"请{scene.name(case.sales)}于 {scene.due(DeadlineKind.RESEND)} 前补发申请，收到之前每个工作日催办（R6）。",
    )
    personal = to_deciders(scene, case, offers.for_decider(case)) | {case.sales: ask_resend(scene, case)}
    return Words("应急支持已登记，请总监确认。", paragraphs, personal=personal)


def ask_resend(scene: Scene, case: Case) -> Personal:
    """What sales find: the request laid ready, one tap away (R6)."""
    due = scene.due(DeadlineKind.RESEND)
    ask = f"请于 {due} 前补发申请：点下面的按钮，补全内容后发送即可。" if due else "请补发申请。"
    return Personal(ask, (resend_button(scene.policy, case),))


def _join_asked(say: Say, _scene: Scene, _case: Case | None = None) -> Words:
    return Words(
        say.headline or "这封申请是补发吗？", (), say.items, personal={a: Personal("", say.buttons) for a in say.to}
    )


def _outline(say: Say, scene: Scene, case: Case) -> Words:
    if case.outline_agreed:
        return Words(
            "文档目录已商定，可以开始编写。", (f"目录：“{say.text}”",), personal=dict.fromkeys(say.to, Personal())
        )
    who = "销售" if case.outline_by == "sales" else "工程师"
    ask = Personal("同意这个目录吗？双方同意后才开始编写（R5）。", offers.OUTLINE)
    return Words(
        f"{who}提出了文档目录，请您确认。",
        (f"{who}：“{say.text}”", scene.why(DeadlineKind.OUTLINE)),
        personal=dict.fromkeys(say.to, ask),
    )


def _proposal(say: Say, scene: Scene, case: Case) -> Words:
    if case.proposal is Proposal.REVISE:
        due = scene.due(DeadlineKind.PROPOSAL)
        ask = Personal(f"请于 {due} 前改好，回复并附上新的方案（R17）。")
        return Words("销售还没有看懂方案，请修改。", (f"销售：“{say.text}”",), personal=dict.fromkeys(say.to, ask))
    ask = Personal("方案看懂了吗？没有看懂的，作者会一直修改（R17）。", offers.UNDERSTOOD)
    return Words("工程师已提交方案，请您看一看。", (f"工程师：“{say.text}”",), personal=dict.fromkeys(say.to, ask))


def _change_asked(say: Say, scene: Scene, case: Case) -> Words:
    paragraphs = (f"工程师：{say.text}", f"请于 {scene.due(DeadlineKind.CHANGE)} 前在最新邮件上全部回复结果（R18）。")
    personal = {case.sales: offers.for_owner(DeadlineKind.CHANGE, case)}
    return Words("工程师报告支持有变更，请您答复结果。", paragraphs, personal=personal)


GENERAL: dict[NoticeKind, Callable[[Say, Scene], Words]] = {N.JOIN_ASKED: _join_asked}
THREAD: dict[NoticeKind, Callable[[Say, Scene, Case], Words]] = {N.EMERGENCY: _emergency}
PRIVATE: dict[NoticeKind, Callable[[Say, Scene, Case], Words]] = {
    N.LEFT: _left,
    N.CHANGE_ASKED: _change_asked,
    N.OUTLINE: _outline,
    N.PROPOSAL: _proposal,
}
