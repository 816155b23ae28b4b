"""One realistic notice of each kind that answers one mail: what was not plain, and what was asked."""

from bot.rules.mail import Address
from bot.rules.notice import Button, Line, Notice, NoticeKind
from bot.transmit.samples.cast import DIRECTOR, LETTER, ROWS, SALES, SUBJECT, YES_NO, to_one

_K = NoticeKind
ANSWERS: tuple[Notice, ...] = (
    to_one(
        _K.SUBJECT_HELP,
        SALES,
        "您的邮件主题还差一点，暂时不能登记。",
        items=("「技术支持申请」后面多了「(第二次)」",),
        copy_text=SUBJECT,
        buttons=(Button("发送更正后的申请", "", "primary", secret=False, letter=LETTER),),
        ref="",
    ),
    to_one(_K.NOT_REGISTERED, Address("someone@qq.com", "小王"), "您的邮箱 someone@qq.com 没有登记。", ref=""),
    to_one(
        _K.ASK,
        DIRECTOR,
        "您的回复“可以考虑”没有看懂是否同意。",
        ask="这份申请，您的意思是：",
        buttons=(*YES_NO, Button("推迟", "推迟到：")),
    ),
    to_one(
        _K.PROVE,
        DIRECTOR,
        "收到一封用您的地址发来的“同意”，无法证实是您本人。",
        Line("来信时间", "2026-09-18（周五）14:05"),
        ask="这封邮件是您发的吗？",
        buttons=(Button("是我，同意", "同意", "primary"), Button("不是我", "不是我发的", "danger")),
    ),
    to_one(
        _K.WHICH_CASE,
        SALES,
        "您的邮件可能是说下面两件申请中的一件。",
        rows=ROWS[:2],
        ask="您说的是哪一件？",
        buttons=(
            Button("ZC2026-0001 欧莱雅", "ZC2026-0001", secret=False),
            Button("ZC2026-0007 3M-中国", "ZC2026-0007", secret=False),
        ),
        ref="",
    ),
    to_one(
        _K.STATUS,
        SALES,
        "目前在等您验收，期限 9月22日（周二）18:00。",
        Line("工程师", "李伟"),
        items=("9月18日 10:12 申请登记", "9月18日 14:05 李总监同意", "9月21日 17:05 李伟确认完成"),
    ),
    to_one(_K.TODO, DIRECTOR, "您有 3 件待办，其中 1 件逾期。", rows=ROWS, ref=""),
    to_one(_K.HELP, SALES, "支持机器人能做这些事：", ref=""),
)
