"""One realistic notice of each kind from the completion to the settling of the work."""

from bot.rules.notice import Button, Line, Notice, NoticeKind, Personal
from bot.transmit.samples.cast import DIRECTOR, ENGINEER, SALES, SECRET, in_thread, to_one

_K = NoticeKind
COMPLETION: tuple[Notice, ...] = (
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
        personal={DIRECTOR.email: Personal("请您关闭本申请。", (Button("同意关闭", "同意关闭", "primary"),), SECRET)},
    ),
    in_thread(_K.OBJECTED, "张国华对完成情况提出异议，支持继续。", 2, Line("异议", "打印机还不能用")),
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
)
