"""One realistic notice of each kind from the request to the decision."""

from bot.rules.notice import Button, Line, Notice, NoticeKind, Personal
from bot.transmit.samples.cast import DIRECTOR, ENGINEER, SECRET, YES_NO, in_thread, to_one

_K = NoticeKind
APPROVAL: tuple[Notice, ...] = (
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
        personal={DIRECTOR.email: Personal("请您确认是否同意，并指定工程师、日期和预估工作量。", YES_NO, SECRET)},
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
        _K.DECIDE_AGAIN,
        DIRECTOR,
        "张国华已补充资料，请您明确答复。",
        Line("补充内容", "CITRIX 7.15，拓扑图见附件"),
        ask="现在是否同意这份申请？",
        buttons=YES_NO,
    ),
    to_one(
        _K.DELEGATED,
        ENGINEER,
        "李总监请您代为确认这份申请。",
        Line("答复期限", "9月18日（周五）18:00"),
        ask="请您确认是否同意，并指定工程师、日期和预估工作量。",
        buttons=YES_NO,
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
)
