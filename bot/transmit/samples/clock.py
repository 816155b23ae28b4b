"""One realistic notice of each kind that the clock brings, and of the operator's."""

from dataclasses import replace

from bot.rules.mail import Address
from bot.rules.notice import Bar, Button, Line, Notice, NoticeKind, Row, Section
from bot.transmit.samples.cast import DIRECTOR, ENGINEER, OTHERS, REF, ROWS, YES_NO, to_one

_K = NoticeKind
_WAITING = (
    Row("ZC2026-0007", "3M-中国 AD升级", "待确认：总监确认", "9月18日（周五）18:00", overdue=True, owes="李总监"),
    Row(REF, "欧莱雅 CITRIX安装", "待验收：销售验收", "9月22日（周二）18:00", owes="张国华"),
)
_RAISED = Row(
    REF,
    "欧莱雅 CITRIX安装",
    "升级1：时间调整：客户要求提前 · 第2级（项目经理）",
    "9月21日（周一）11:00",
    owes="李总监",
)
_OVERVIEW = replace(
    to_one(_K.OVERVIEW, DIRECTOR, "9月21日（周一）：在办 9 件，其中 1 件有逾期。", ref=""),
    bars=(Bar("待确认", 2, 40), Bar("支持中", 5, 100), Bar("待验收", 1, 20), Bar("已归档", 1, 20)),
    sections=(
        Section("等待他人（2）", _WAITING),
        Section("升级与争议（41）", (_RAISED,), "其余 40 项请运行 zhichi list 查看。"),
    ),
)
BY_CLOCK: tuple[Notice, ...] = (
    _OVERVIEW,
    to_one(
        _K.REMINDER,
        DIRECTOR,
        "还有 2 小时到期：请您确认欧莱雅的申请。",
        Line("到期", "9月18日（周五）18:00"),
        paragraphs=("计算方法：9月18日（周五）中午前收到，当天下班前确认。",),
        ask="是否同意这份申请？",
        buttons=YES_NO,
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
        rows=ROWS,
        ref="",
    ),
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
        _K.OPERATOR,
        Address("it@example.cn", "运维"),
        "有 1 封邮件处理失败 3 次，已隔离。",
        Line("邮箱", "support@example.cn"),
        Line("原因", "附件已损坏"),
        paragraphs=("查看：zhichi quarantine list",),
        ref="",
    ),
)
