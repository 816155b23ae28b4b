"""One realistic notice of each kind that belongs to the work between the yes and the completion."""

from bot.rules.notice import Button, Line, Notice, NoticeKind, Personal
from bot.transmit.samples.cast import DIRECTOR, LETTER, REF, SALES, SECRET, SUBJECT, in_thread, to_one

_K = NoticeKind
AT_WORK: tuple[Notice, ...] = (
    to_one(
        _K.RESEND_ASKED,
        SALES,
        "李总监已批准应急支持，还没有收到申请邮件。",
        Line("补发期限", "9月22日（周二）18:00"),
        copy_text=SUBJECT,
    ),
    to_one(
        _K.INVITE_ANSWERED,
        DIRECTOR,
        "李伟谢绝了9月22日（周二）的日程。",
        paragraphs=("附言：当天在宝洁", "这几天有空的工程师：王强（上海）、赵磊（北京）。"),
    ),
    to_one(
        _K.CHANGE_ASKED,
        SALES,
        "李伟报告现场情况有变，还没有收到您的答复。",
        Line("变更", "客户要求多装 3 台服务器，预计增加 1 人天"),
        Line("答复期限", "9月22日（周二）18:00"),
    ),
    in_thread(
        _K.CHANGED,
        "销售已答复变更。",
        3,
        paragraphs=("变更：客户要求多装 3 台服务器，预计增加 1 人天", "结果：同意：同意变更"),
    ),
    to_one(
        _K.WISH_ASKED,
        DIRECTOR,
        "销售要求改期，请总监决定。",
        paragraphs=("销售：“客户机房周一停电，改期到9月25日”", "改期：9月21日（周一） → 9月25日（周五）。"),
        ask="销售要求改期，请您决定；也可以直接回复另一个日期。",
        buttons=(
            Button("同意改期", "同意改期到2026年9月25日", "primary"),
            Button("不同意改期", "不同意改期", "danger"),
        ),
    ),
    in_thread(
        _K.EMERGENCY,
        "应急支持已登记，请总监确认。",
        1,
        paragraphs=("李伟先行处理；请总监于 9月18日（周五）18:00 前确认，沉默不算同意（R9）。",),
        personal={
            DIRECTOR.email: Personal(
                "请您确认这次应急支持是您同意的（R6）。",
                (
                    Button("属实，同意", "情况属实，同意", "primary"),
                    Button("不属实", "不属实，没有同意过", "danger"),
                ),
                SECRET,
            ),
            SALES.email: Personal("请补发申请。", (Button("补发申请", f"补发：{REF}", "primary", False, LETTER),)),
        },
    ),
    to_one(
        _K.JOIN_ASKED,
        SALES,
        f"这封申请是 {REF} 的补发，还是新的申请？还没有登记。",
        items=(f"{REF}：欧莱雅 CITRIX宕机（应急支持，等待补发）",),
        buttons=(
            Button(f"是 {REF} 的补发", f"补发：{REF}", "primary", False, LETTER),
            Button("是新的申请", "新的申请，不是补发", "plain", False, LETTER),
        ),
        ref="",
    ),
    to_one(
        _K.OUTLINE,
        SALES,
        "工程师提出了文档目录，请您确认。",
        paragraphs=("工程师：“目录：1. 背景 2. 需求分析 3. 解决方案”",),
        ask="同意这个目录吗？双方同意后才开始编写（R5）。",
        buttons=(Button("同意目录", "同意目录", "primary"), Button("目录要改", "目录需要修改：", "plain")),
    ),
    to_one(
        _K.PROPOSAL,
        SALES,
        "工程师已提交方案，请您看一看。",
        paragraphs=("工程师：“方案初稿请审阅”",),
        ask="方案看懂了吗？没有看懂的，作者会一直修改（R17）。",
        buttons=(
            Button("看懂了", "方案看懂了", "primary"),
            Button("没看懂，请修改", "没看懂，请修改：", "danger"),
        ),
    ),
    to_one(_K.LEFT, DIRECTOR, "李伟已离场。", paragraphs=("工程师：“已离场，安装已完成一半，明天继续”",)),
    to_one(_K.WISH_REFUSED, SALES, "总监不同意，按原安排进行。", paragraphs=("要求：改期：9月21日 → 9月25日",)),
    in_thread(
        _K.CONFLICT,
        "两位总监的答复不同。",
        2,
        paragraphs=("赵总监：“不同意，本周没有人手”", "李总监的答复在先，申请维持“已确认”。"),
        personal={
            DIRECTOR.email: Personal(
                "如要改变您的决定，请点下面的按钮；不改则不必答复。",
                (Button("结束本次支持", "不同意继续支持", "danger"),),
                SECRET,
            )
        },
    ),
)
