"""One realistic notice of every kind: what `zhichi check` renders and the tests read."""

from bot.rules.mail import Address
from bot.rules.notice import Button, Letter, Line, Notice, NoticeKind, Personal, Row

DIRECTOR = Address("li.zong@example.cn", "李总监")
SALES = Address("zhang.guohua@example.cn", "张国华")
ENGINEER = Address("li.wei@example.cn", "李伟")
OTHERS = (
    Address("sun.lead@example.cn", "孙组长"),
    Address("zhou.local@example.cn", "周总监"),
    Address("gxm@example.cn", "管理部 GXM"),
)
REF = "ZC2026-0001"
SECRET = "K7Q29FXMABCDEFGH"  # noqa: S105 - made up for samples
SUBJECT = "技术支持申请--欧莱雅--CITRIX安装--张国华--0918"
STAGES = ("申请", "确认", "支持", "验收", "关闭", "归档", "核算")

_CASE = (Line("客户", "欧莱雅"), Line("项目", "CITRIX安装"), Line("销售", "张国华"))
_YES_NO = (
    Button("同意", "同意", "primary"),
    Button("不同意", "不同意，原因：", "danger"),
    Button("需补充资料", "请补充："),
)
LETTER = Letter(
    (DIRECTOR.email,), tuple(a.email for a in OTHERS), SUBJECT, "项目性质：非项目\n请安排工程师到现场安装。"
)
_ROWS = (
    Row(REF, "欧莱雅 · CITRIX安装", "待验收", "9月22日 18:00", owes="张国华"),
    Row("ZC2026-0007", "3M-中国 · AD升级", "待确认", "9月18日 18:00", overdue=True, owes="李总监"),
    Row("ZC2026-0009", "Coca-Cola · 存储扩容（第二期）", "支持中", "", owes="李伟"),
)


def sample_notice(kind: NoticeKind) -> Notice:
    """A notice of `kind` with everything such a notice carries; the same at every call."""
    from bot.transmit.samples_beside import BESIDE  # they are made of the pieces below
    from bot.transmit.samples_work import AT_WORK

    return (AT_WORK | BESIDE | _SAMPLES)[kind]


def in_thread(
    kind: NoticeKind,
    headline: str,
    now: int,
    *more: Line,
    paragraphs: tuple[str, ...] = (),
    items: tuple[str, ...] = (),
    personal: dict[str, Personal] | None = None,
) -> Notice:
    """A notice to all, with the case at station `now` of its bar."""
    return Notice(
        kind=kind,
        key=f"sample:{kind.value}",
        to=(DIRECTOR, SALES, ENGINEER),
        cc=OTHERS,
        in_thread=True,
        reply_to_mail=1,
        case_id=1,
        ref=REF,
        case_subject=SUBJECT,
        headline=headline,
        lines=(*_CASE, *more),
        paragraphs=paragraphs,
        items=items,
        stage_bar=_bar(now),
        personal=personal or {},
    )


def to_one(
    kind: NoticeKind,
    to: Address,
    headline: str,
    *more: Line,
    paragraphs: tuple[str, ...] = (),
    items: tuple[str, ...] = (),
    rows: tuple[Row, ...] = (),
    copy_text: str = "",
    buttons: tuple[Button, ...] = (),
    ask: str = "",
    ref: str = REF,
) -> Notice:
    """A notice to one person, about the case unless `ref` is empty."""
    secret = SECRET if any(b.secret for b in buttons) else ""
    return Notice(
        kind=kind,
        key=f"sample:{kind.value}",
        to=(to,),
        reply_to_mail=1 if ref else 0,
        case_id=1 if ref else 0,
        ref=ref,
        headline=headline,
        lines=(*_CASE, *more) if ref else more,
        paragraphs=paragraphs,
        items=items,
        rows=rows,
        copy_text=copy_text,
        personal={to.email: Personal(ask, buttons, secret)} if ask or buttons else {},
    )


def _bar(now: int) -> tuple[tuple[str, str], ...]:
    return tuple((label, "done" if i < now else "now" if i == now else "todo") for i, label in enumerate(STAGES))


_K = NoticeKind
_SAMPLES: dict[NoticeKind, Notice] = {
    notice.kind: notice
    for notice in (
        in_thread(
            _K.REGISTERED,
            "申请已登记，请技术总监在 9月18日（周五）18:00 前确认。",
            1,
            Line("申请日期", "2026-09-18（周五）10:12"),
            Line("支持类型", "安装实施"),
            Line("支持时间", "9月21日 上午"),
            Line("最早开始", "9月20日（周日，调休上班）"),
            paragraphs=("抄送中缺少管理部，已补上。",),
            items=("未写客户联系人和电话，请销售补充", "未写准备要求（PPT、实施方案）"),
            personal={DIRECTOR.email: Personal("请您确认是否同意，并指定工程师、日期和预估工作量。", _YES_NO, SECRET)},
        ),
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
            buttons=(*_YES_NO, Button("推迟", "推迟到：")),
        ),
        to_one(
            _K.PROVE,
            DIRECTOR,
            "收到一封用您的地址发来的“同意”，无法证实是您本人。",
            Line("来信时间", "2026-09-18（周五）14:05"),
            ask="这封邮件是您发的吗？",
            buttons=(Button("是我，同意", "同意", "primary"), Button("不是我", "不是我发的", "danger")),
        ),
        in_thread(
            _K.CONDITION,
            "技术总监有条件同意。",
            1,
            Line("条件", "客户先把服务器的远程端口开通"),
            paragraphs=("请张国华在 9月21日（周一）18:00 前落实并答复。",),
        ),
        in_thread(
            _K.NEED_INFO,
            "技术总监需要补充资料后再确认。",
            1,
            Line("要补充的", "请补充现网拓扑图和 CITRIX 版本"),
            paragraphs=("请张国华在 9月21日（周一）18:00 前补充。",),
        ),
        to_one(
            _K.INVITE_ANSWERED,
            DIRECTOR,
            "李伟谢绝了9月22日（周二）的日程。",
            paragraphs=("附言：当天在宝洁", "这几天有空的工程师：王强（上海）、赵磊（北京）。"),
        ),
        to_one(
            _K.DECIDE_AGAIN,
            DIRECTOR,
            "张国华已补充资料，请您明确答复。",
            Line("补充内容", "CITRIX 7.15，拓扑图见附件"),
            ask="现在是否同意这份申请？",
            buttons=_YES_NO,
        ),
        to_one(
            _K.DELEGATED,
            ENGINEER,
            "李总监请您代为确认这份申请。",
            Line("答复期限", "9月18日（周五）18:00"),
            ask="请您确认是否同意，并指定工程师、日期和预估工作量。",
            buttons=_YES_NO,
        ),
        to_one(
            _K.STAND_IN,
            DIRECTOR,
            "9月20日（周日）至9月25日（周五）由李伟代李总监批复技术支持申请。",
            ask="要提前结束，请回复“取消代批”，或点下面的按钮。",
            buttons=(Button("取消代批", "取消代批", "danger", secret=False),),
            ref="",
        ),
        in_thread(_K.DECLINED, "技术总监不同意本次申请。", 1, Line("原因", "客户合同不含此项服务")),
        in_thread(_K.POSTPONED, "技术总监把本申请推迟到 9月28日（周一）。", 1, Line("原因", "工程师本周都在外地")),
        in_thread(_K.WITHDRAWN, "张国华撤回了本申请。", 1, Line("原因", "客户改期，时间未定")),
        in_thread(
            _K.CONFIRMED,
            "技术总监已同意，李伟 9月21日（周一）到现场支持。",
            2,
            Line("工程师", "李伟（负责），王强"),
            Line("支持日期", "9月21日（周一）"),
            Line("支持方式", "现场"),
            Line("预估工作量", "2 人天"),
            Line("项目性质", "非项目"),
            Line("应交文档", "实施方案、实施计划"),
            paragraphs=("李伟 9月21日 上午另有一项支持（3M-中国 AD升级），请留意时间冲突。",),
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
            _K.FORM_MISSING,
            ENGINEER,
            "收到您的完成确认，但没有看到签字的《技术支持服务单》。",
            Line("补交期限", "9月22日（周二）18:00"),
        ),
        in_thread(
            _K.ACCEPTANCE,
            "李伟报告支持已完成，请张国华在 9月22日（周二）18:00 前验收。",
            3,
            Line("完成时间", "2026-09-21（周一）17:05"),
            Line("服务单", "服务单-欧莱雅.pdf"),
            personal={
                SALES.email: Personal(
                    "支持是否已经完成？",
                    (Button("验收通过", "验收通过", "primary"), Button("有异议", "有异议，原因：", "danger")),
                    SECRET,
                )
            },
        ),
        to_one(
            _K.CHASE_ACCEPTANCE,
            SALES,
            "还有 2 小时到期：请您验收欧莱雅的支持。",
            Line("到期", "9月22日（周二）18:00"),
            ask="支持是否已经完成？",
            buttons=(Button("验收通过", "验收通过", "primary"), Button("有异议", "有异议，原因：", "danger")),
        ),
        in_thread(
            _K.ACCEPTED,
            "到期没有收到异议，视为验收完成。",
            4,
            Line("关闭期限", "9月24日（周四）18:00"),
            paragraphs=("完成通知 9月21日 17:05 送达，答复期限 9月22日 18:00，期间没有退信，也没有休假回复。",),
            personal={
                DIRECTOR.email: Personal("请您关闭本申请。", (Button("同意关闭", "同意关闭", "primary"),), SECRET)
            },
        ),
        in_thread(_K.OBJECTED, "张国华对完成情况提出异议，支持继续。", 2, Line("异议", "打印机还不能用")),
        to_one(
            _K.RESEND_ASKED,
            SALES,
            "李总监已批准应急支持，还没有收到申请邮件。",
            Line("补发期限", "9月22日（周二）18:00"),
            copy_text=SUBJECT,
        ),
        in_thread(
            _K.CLOSED,
            "技术总监已关闭本申请。",
            5,
            Line("支持日期", "9月21日（周一）"),
            Line("缺少的文档", "实施计划"),
            personal={
                SALES.email: Personal(
                    "请给这次支持打分：",
                    tuple(Button(f"{n} 分", f"评分：{n}", secret=False) for n in range(5, 0, -1)),
                )
            },
        ),
        to_one(
            _K.DOCUMENTS_MISSING,
            ENGINEER,
            "归档还缺 2 份文档，请补交。",
            Line("补交期限", "9月25日（周五）18:00"),
            items=("实施方案", "实施计划"),
        ),
        in_thread(
            _K.ARCHIVED,
            "文档已全部归档。",
            6,
            Line("位置", "欧莱雅/CITRIX安装/20260921_ZC2026-0001"),
            items=("服务单-欧莱雅.pdf", "实施方案-欧莱雅.docx"),
        ),
        to_one(
            _K.SETTLE_ASKED,
            DIRECTOR,
            "请核算本次支持的工作量。",
            Line("预估工作量", "2 人天"),
            Line("实际工时", "14 小时"),
            ask="按周报核算为 1.75 人天，是否同意？",
            buttons=(Button("同意 1.75 人天", "核算 1.75 人天", "primary"), Button("改为…", "核算 人天")),
        ),
        to_one(_K.SETTLED, ENGINEER, "本次支持的工作量已核算为 1.75 人天。", Line("预估工作量", "2 人天")),
        to_one(
            _K.WEEKLY_REPORT,
            DIRECTOR,
            "李伟 2026-W38 技术周报，请您在 9月21日（周一）18:00 前签字。",
            Line("工程师", "李伟"),
            Line("实际工时", "29 小时（其中 1 条为估算）"),
            Line("核算工作量", "3.938 人天"),
            items=("9月14日 欧莱雅 CITRIX安装：7.5 小时，核算 0.938 人天",),
            ask="请您签字：回复“同意签字”或点下面的按钮。",
            buttons=(Button("同意签字", "同意签字", "primary"), Button("退回", "不同意，原因：", "danger")),
        ),
        to_one(
            _K.REPORT_ANSWER,
            ENGINEER,
            "李总监已签李伟 2026-W38 的技术周报，有更正：核算 3.75 人天。",
            items=("9月14日 ZC2026-0001 欧莱雅：实际工时 7.5 → 6",),
        ),
        to_one(
            _K.REMINDER,
            DIRECTOR,
            "还有 2 小时到期：请您确认欧莱雅的申请。",
            Line("到期", "9月18日（周五）18:00"),
            paragraphs=("计算方法：9月18日（周五）中午前收到，当天下班前确认。",),
            ask="是否同意这份申请？",
            buttons=_YES_NO,
        ),
        to_one(
            _K.ESCALATED,
            OTHERS[1],
            "李总监的确认已逾期 1 个工作日。",
            Line("应办", "李总监 确认申请"),
            Line("到期", "9月18日（周五）18:00"),
        ),
        to_one(
            _K.DIGEST,
            DIRECTOR,
            "今天有 3 件事，其中 1 件逾期。",
            paragraphs=("2027 年的放假安排还没有公布，届时的期限为暂定。",),
            rows=_ROWS,
            ref="",
        ),
        to_one(
            _K.STATUS,
            SALES,
            "目前在等您验收，期限 9月22日（周二）18:00。",
            Line("工程师", "李伟"),
            items=("9月18日 10:12 申请登记", "9月18日 14:05 李总监同意", "9月21日 17:05 李伟确认完成"),
        ),
        to_one(_K.TODO, DIRECTOR, "您有 3 件待办，其中 1 件逾期。", rows=_ROWS, ref=""),
        to_one(_K.HELP, SALES, "支持机器人能做这些事：", ref=""),
        to_one(
            _K.WHICH_CASE,
            SALES,
            "您的邮件可能是说下面两件申请中的一件。",
            rows=_ROWS[:2],
            ask="您说的是哪一件？",
            buttons=(
                Button("ZC2026-0001 欧莱雅", "ZC2026-0001", secret=False),
                Button("ZC2026-0007 3M-中国", "ZC2026-0007", secret=False),
            ),
            ref="",
        ),
        to_one(
            _K.OPERATOR,
            Address("it@example.cn", "运维"),
            "有 1 封邮件处理失败 3 次，已隔离。",
            Line("邮箱", "support@example.cn"),
            Line("原因", "附件已损坏"),
            paragraphs=("查看：zhichi quarantine list",),
            ref="",
        ),
    )
}
