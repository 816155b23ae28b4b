"""The one-tap answers: what each button's mail says. A test reads every one back and gets the meaning it stands for."""

from datetime import date

from bot.rules.assigning import lacking
from bot.rules.case import Case, DeadlineKind, Wish
from bot.rules.notice import Button, Personal
from bot.rules.table import ASKED, AT_WORK
from bot.rules.words import Stage

_FORM = (
    "请回复本邮件并附上客户签字的服务单（扫描件、照片或 PDF）；"
    "客户有自己的验收单时，附在服务单之后，也可以代替（R20）。"
)
DECIDE = (
    Button("同意", "同意", "primary"),
    Button("不同意", "不同意", "danger"),
    Button("需要补充", "请补充以下信息：", "plain"),
)
EMERGENCY = (
    Button("属实，同意", "情况属实，同意", "primary"),
    Button("不属实", "不属实，没有同意过", "danger"),
)
ACCEPT = (Button("验收通过", "验收通过", "primary"), Button("有异议", "不通过，有异议：", "danger"))
WITHDRAW = (Button("撤回申请", "撤回申请", "danger"),)
END = (Button("结束本次支持", "不同意继续支持", "danger"),)
AGREE_AFTER_ALL = (Button("改为同意", "同意", "primary"),)
OUTLINE = (Button("同意目录", "同意目录", "primary"), Button("目录要改", "目录需要修改：", "plain"))
UNDERSTOOD = (Button("看懂了", "方案看懂了", "primary"), Button("没看懂，请修改", "没看懂，请修改：", "danger"))
CLOSE = (Button("同意关闭", "同意关闭", "primary"), Button("不同意关闭", "不同意关闭", "danger"))
CHANGE = (
    Button("同意变更", "同意变更", "primary"),
    Button("不同意变更", "不同意变更", "danger"),
)
ARCHIVE_ANYWAY = Button("按现有文档归档", "同意归档", "plain")

HOW_TO_ASSIGN = "请直接回复，例如：同意，李工，9月22日，2人天，现场。也可以点下面的按钮（只对您本人有效）。"

HOW_TO_ADD = "直接回复即可，例如：李工，9月22日，2人天，现场。"


def wish(case: Case) -> Personal:
    """The director's plain answers to sales' wish; the day stands in the answer, so that an old button says which."""
    if case.wish is Wish.WITHDRAW:
        buttons = (Button("同意撤回", "同意撤回", "danger"), Button("不同意撤回", "不同意撤回", "plain"))
        return Personal("销售要求撤回，请您决定。", buttons)
    if case.wish_on is None:
        return Personal()
    day = _spell(case.wish_on) + (f"至{_spell(case.wish_until)}" if case.wish_until else "")
    buttons = (Button("同意改期", f"同意改期到{day}", "primary"), Button("不同意改期", "不同意改期", "danger"))
    return Personal("销售要求改期，请您决定；也可以直接回复另一个日期。", buttons)


def _spell(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def settle(case: Case) -> tuple[Button, ...]:
    """Settling at the estimate by one tap; another figure is typed."""
    if case.days is None:
        return ()
    return (Button(f"按 {case.days} 人天核算", f"同意，按{case.days}人天核算", "primary"),)


def for_decider(case: Case, *, missing: bool = False) -> Personal:
    """What a director's copy asks for at the case's stage; empty when nothing waits for them."""
    if case.stage in ASKED and case.emergency:
        return Personal("请您确认这次应急支持是您同意的（R6）。", EMERGENCY)
    if case.stage in ASKED:
        return Personal(ask=f"请您确认。{HOW_TO_ASSIGN}", buttons=DECIDE)
    if case.stage in AT_WORK and (case.wish or case.change):
        return wish(case) if case.wish else Personal(ask="请答复变更的结果（R18）。", buttons=CHANGE)
    if case.stage in AT_WORK and (lack := lacking(case)):
        return Personal(ask=f"请补充{lack}。{HOW_TO_ADD}")
    if case.stage is Stage.ACCEPTED:
        return Personal(ask="请您确认关闭。", buttons=CLOSE)
    if case.stage is Stage.CLOSED and missing:
        return Personal(ask="文档未齐，已请工程师提交；您也可以同意按现有文档归档。", buttons=(ARCHIVE_ANYWAY,))
    if case.stage is Stage.ARCHIVED:
        return Personal(ask="请您核算工作量：直接回复数字（如“核算2.5人天”），或点下面的按钮。", buttons=settle(case))
    return Personal()


def for_sales(case: Case) -> tuple[Button, ...]:
    """The plain choices of sales at the case's stage."""
    if case.stage in ASKED:
        return WITHDRAW
    if case.stage in AT_WORK:
        return CHANGE if case.change else ()
    return ACCEPT


def for_owner(kind: DeadlineKind, case: Case) -> Personal:
    """What the copy of somebody who owes an answer asks for."""
    match kind:
        case (
            DeadlineKind.CONFIRM | DeadlineKind.CLOSE | DeadlineKind.SETTLE | DeadlineKind.POSTPONED | DeadlineKind.WISH
        ):
            return for_decider(case)
        case DeadlineKind.ACCEPT:
            return Personal(ask="请答复是否验收。", buttons=ACCEPT)
        case DeadlineKind.CHANGE:
            return Personal(ask="请在最新邮件上全部答复变更的结果（R18）。", buttons=CHANGE)
        case DeadlineKind.INFO:
            return Personal(ask="请直接回复总监要求的内容。")
        case DeadlineKind.COMPLETE:
            return Personal(ask="完成后请全部回复“已完成”，并附客户签字的服务单。")
        case DeadlineKind.FORM:
            return Personal(ask=_FORM)
        case DeadlineKind.DOCUMENTS:
            return Personal(ask="请回复本邮件并附上缺少的文档。")
        case DeadlineKind.OUTLINE:
            return Personal(ask="请在本邮件上全部回复目录（如“目录：1.…”或附上），对方回复“同意目录”即可（R5）。")
        case DeadlineKind.PROPOSAL:
            return Personal(ask="请回复本邮件并附上方案（文件名写“方案”）。")
        case DeadlineKind.RESEND:
            return Personal(ask="请按原主题补发申请邮件。")
        case _:
            return Personal()
