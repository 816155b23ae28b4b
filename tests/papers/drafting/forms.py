"""What stands in the shipped forms (R30). Change it here, then `python -m tests.papers.drafting`, and look at them."""

from collections.abc import Callable

from tests.papers.drafting import pieces
from tests.papers.drafting.kit import Form


def service_form() -> Form:
    """服务单: one page, signed at the customer's (R20)."""
    form = Form("技术支持服务单", margins=1.8, size=10)
    pieces.title(form, "技术支持服务单")
    form.facts(
        [
            ("客户名称", "{{ 客户 }}", "编号", "{{ 编号 }}"),
            ("联系人", "{{ 联系人 }}", "电话", "{{ 电话 }}"),
            ("地址", "{{ 地址 }}"),
            ("项目名称", "{{ 项目 }}", "服务类型", "{{ 服务类型 }}"),
            ("销售", "{{ 销售 }}", "工程师", "{{ 工程师 }}"),
            ("申请日期", "{{ 申请日期 }}", "支持日期", "{{ 支持日期 }}"),
            ("支持方式", "{{ 支持方式 }}", "预估工作量", "{{ 预估工作量 }}"),
            ("到达时间", "　　月　　日　　时　　分", "离开时间", "　　月　　日　　时　　分"),
            ("工时", "　　　　　小时", "产品及版本", "{{ 产品及版本 }}"),
            ("服务内容|1.6", "{{ 服务内容 }}"),
            ("处理过程|3.7", ""),
            ("完成状态", "□ 已完成　　　□ 部分完成　　　□ 未完成"),
            ("遗留问题|1.5", ""),
        ]
    )
    form.text("设备清单", font="黑体", before=5, after=2)
    form.grid(
        [("序号", 1.2), ("型号", 4), ("序列号", 4), ("版本", 3), ("备注", 3)],
        [(str(n), "", "", "", "") for n in range(1, 5)],
        height=0.6,
    )
    form.text("", after=0, size=4)
    form.facts(
        [
            ("满意度", "□ 非常满意　　□ 满意　　□ 一般　　□ 不满意　　□ 非常不满意"),
            ("客户意见|1.3", ""),
        ]
    )
    form.signatures(("客户签字（盖章）", "工程师签字"), height=2.4)
    pieces.footnote(form, "客户签字后请拍照或扫描成 PDF，随完成邮件“全部回复”发回；客户自有验收单可附在本单之后。")
    return form


def proposal() -> Form:
    """项目方案: 封面 目录 背景 需求分析 解决方案 产品介绍 服务介绍 产品清单 总结."""
    chapters = ("一、背景", "二、需求分析", "三、解决方案", "四、产品介绍", "五、服务介绍", "六、产品清单", "七、总结")
    form = Form("项目方案", margins=2.5)
    pieces.cover(form, "项目方案")
    pieces.revisions(form)
    pieces.contents(form, chapters)
    form.heading(chapters[0])
    pieces.facts(form)
    form.hint("客户的业务、现状，为什么要做这个项目")
    form.lines()
    form.heading(chapters[1])
    pieces.said(form, "服务内容", "逐条分析客户的需求：现状、目标、差距")
    form.grid([("序号", 1.2), ("需求", 6), ("提出人", 2), ("优先级", 2)], blank=4)
    form.heading(chapters[2])
    for name, hint in (
        ("3.1 总体设计", "架构、拓扑、主要选择及理由"),
        ("3.2 实施方法", "步骤、切换与回退"),
        ("3.3 风险与对策", "可能的风险、影响与对策"),
    ):
        form.heading(name, 2)
        form.hint(hint)
        form.lines()
    form.heading(chapters[3])
    pieces.said(form, "产品及版本", "所用产品的功能、版本、许可方式")
    form.heading(chapters[4])
    form.grid(
        [("服务项目", 3), ("服务内容", 6), ("方式", 2), ("时间", 4)],
        [("{{ 服务类型 }}", "{{ 服务内容 }}", "{{ 支持方式 }}", "{{ 支持日期 }}")],
        blank=3,
    )
    form.heading(chapters[5])
    form.grid([("序号", 1.2), ("产品名称", 4), ("型号/版本", 4), ("数量", 1.5), ("备注", 3)], blank=6)
    form.heading(chapters[6])
    form.hint("方案的要点与给客户带来的价值")
    form.lines()
    form.signatures(("编制（工程师）", "审核（销售）", "批准（技术总监）"))
    return form


def implementation() -> Form:
    """实施方案: 客户环境描述 客户需求 实施内容 准备工作 实施过程 可能出现的问题及应对."""
    form = Form("实施方案", margins=2.2)
    pieces.title(form, "{{ 项目 }} 实施方案")
    pieces.facts(form)
    form.heading("一、客户环境描述")
    names = ("网络与拓扑", "服务器与存储", "操作系统与应用", "账号与权限", "备份现状")
    form.grid([("项目", 2.5), ("现状", 8), ("核实人", 2)], [(name, "", "") for name in names], height=0.9)
    form.heading("二、客户需求")
    pieces.said(form, "服务内容", "客户要达到的目标，以及特别要求与注意事项")
    form.heading("三、实施内容")
    form.grid(
        [("序号", 1.2), ("内容", 7), ("产品及版本", 4), ("完成标准", 4)], [("1", "", "{{ 产品及版本 }}", "")], blank=3
    )
    form.heading("四、准备工作")
    form.text("{{ 准备要求 }}")
    ready = (
        ("1", "与销售沟通：客户情况、客户准备、注意事项", "工程师", ""),
        ("2", "客户数据备份并确认可恢复", "客户", ""),
        ("3", "安装介质、许可、账号、远程通道", "工程师", ""),
        ("4", "停机时间与影响范围，客户已书面确认", "销售", ""),
    )
    form.grid([("序号", 1.2), ("事项", 7), ("负责", 2), ("完成（日期）", 3)], ready, blank=2)
    form.heading("五、实施过程")
    form.text("计划日期：{{ 支持日期 }}　　方式：{{ 支持方式 }}　　预估：{{ 预估工作量 }}")
    steps = [(str(n), "", "", "", "") for n in range(1, 7)]
    form.grid([("步骤", 1.3), ("时间", 2), ("操作", 7), ("负责人", 2), ("验证 / 回退", 4)], steps, height=0.9)
    form.heading("六、可能出现的问题及应对")
    form.grid([("问题", 4), ("影响", 3), ("应对措施", 6), ("负责人", 2)], blank=4, height=0.9)
    form.signatures(("编制（工程师）", "销售", "客户确认"))
    return form


def implementation_plan() -> Form:
    """实施计划: who does what when."""
    form = Form("实施计划", margins=2.0)
    pieces.title(form, "{{ 项目 }} 实施计划")
    pieces.facts(form)
    form.heading("一、计划")
    pieces.plan(form, blank=3)
    form.heading("二、人员")
    pieces.people(form)
    form.heading("三、客户需配合的事项")
    form.text("{{ 准备要求 }}")
    form.grid([("序号", 1.2), ("事项", 7), ("客户负责人", 3), ("完成时间", 3)], blank=4)
    form.heading("四、文档")
    pieces.documents(form, blank=1)
    form.signatures(("编制（工程师）", "销售", "客户确认"))
    return form


def statement_of_work() -> Form:
    """SOW (工作说明书)."""
    form = Form("工作说明书（SOW）", margins=2.5)
    pieces.cover(form, "工作说明书（SOW）")
    form.heading("一、项目概述")
    pieces.facts(form)
    pieces.said(form, "服务内容", "项目的目的与要达到的结果")
    form.heading("二、工作范围")
    form.grid([("序号", 1.2), ("包含的工作", 8), ("完成标准", 5)], blank=5)
    form.text("不包含的工作：", font="黑体", before=8)
    form.grid([("序号", 1.2), ("不包含的工作", 8), ("说明", 5)], blank=3)
    form.heading("三、交付物")
    pieces.documents(form)
    form.heading("四、进度")
    pieces.plan(form)
    form.heading("五、双方职责")
    form.grid([("甲方（{{ 客户 }}）", 1), ("乙方（{{ 公司 }}）", 1)], blank=4, height=1.0)
    form.heading("六、验收标准与方式")
    form.text("完成后由客户在技术支持服务单上签字确认；另有验收单的附后。")
    form.hint("逐项写明验收的条件与方法")
    form.lines(2)
    form.heading("七、变更控制")
    form.text("工作量、产品或范围有变时，由工程师告知销售与技术总监，经销售与客户确认后书面记录，再按新的内容执行。")
    form.heading("八、假设与约束")
    form.hint("时间、环境、第三方等前提条件")
    form.lines(2)
    form.signatures(("甲方代表（签字盖章）", "乙方代表（签字盖章）"), height=2.2)
    return form


def charter() -> Form:
    """项目章程: two pages with which the project is set up."""
    form = Form("项目章程", margins=2.2)
    pieces.title(form, "项目章程")
    pieces.facts(form)
    form.heading("一、项目目的")
    pieces.said(form, "服务内容", "为什么做，给客户解决什么问题")
    form.heading("二、目标与成功标准")
    form.grid([("序号", 1.2), ("目标", 6), ("成功标准（可衡量）", 6)], blank=3)
    form.heading("三、主要交付物")
    pieces.documents(form, blank=1)
    form.heading("四、里程碑")
    pieces.plan(form, blank=1)
    form.heading("五、组织与授权")
    form.text("任命　　　　　　　　为项目经理，负责计划、协调与汇报；人员如下：")
    pieces.people(form)
    form.heading("六、主要风险与约束")
    form.grid([("风险 / 约束", 5), ("影响", 4), ("应对", 5)], blank=3)
    form.signatures(("项目经理", "销售", "批准（技术总监）"))
    return form


def scope_statement() -> Form:
    """项目范围说明书."""
    form = Form("项目范围说明书", margins=2.2)
    pieces.title(form, "项目范围说明书")
    pieces.facts(form)
    form.heading("一、项目目标")
    pieces.said(form, "服务内容", "可衡量的目标")
    form.heading("二、范围内的工作")
    form.grid([("序号", 1.2), ("工作内容", 7), ("完成标准", 5)], blank=5)
    form.heading("三、范围外的工作")
    form.grid([("序号", 1.2), ("不做的工作", 7), ("说明", 5)], blank=3)
    form.heading("四、交付物")
    pieces.documents(form, blank=1)
    form.heading("五、验收标准")
    form.text("客户在技术支持服务单上签字；销售自收到完成邮件起一个工作日内答复。")
    form.hint("逐项写明验收的条件")
    form.lines(2)
    form.heading("六、约束与假设")
    form.text("时间：{{ 支持日期 }}　　工作量：{{ 预估工作量 }}")
    form.lines(2)
    form.heading("七、范围变更记录")
    cells = ["{{ 项.序号 }}", "{{ 项.内容 }}", "{{ 项.结果 }}", ""]
    form.grid([("序号", 1.2), ("变更内容", 6), ("结果", 5), ("日期", 2)], [cells], loop="项 in 变更", blank=3)
    form.signatures(("项目经理 / 工程师", "销售", "客户确认"))
    return form


def management_plan() -> Form:
    """项目管理计划."""
    form = Form("项目管理计划", margins=2.2)
    pieces.title(form, "项目管理计划")
    pieces.facts(form)
    form.heading("一、组织与职责")
    pieces.people(form)
    form.heading("二、范围管理")
    form.text("范围以《项目范围说明书》为准；变更按第七节办理。")
    form.heading("三、进度管理")
    pieces.plan(form)
    form.heading("四、质量管理")
    form.grid([("检查点", 4), ("标准", 6), ("检查人", 2), ("时间", 2)], blank=3)
    form.heading("五、沟通管理")
    talks = (
        ("客户情况、准备与注意事项", "会谈 / 电话", "支持前", "工程师、销售"),
        ("现场情况", "电话，再以邮件“已离场，…”记录", "每次离场前", "工程师 → 销售 / 技术总监"),
        ("变更", "电话，再以邮件全部回复", "发生时", "工程师、销售、技术总监"),
        ("完成与验收", "邮件全部回复，附服务单", "完成后一个工作日内", "工程师、销售"),
    )
    form.grid([("内容", 4), ("方式", 4), ("时间", 3), ("谁", 4)], talks, blank=2)
    form.heading("六、风险管理")
    form.grid([("风险", 4), ("可能性", 1.5), ("影响", 3), ("应对", 5), ("负责人", 2)], blank=4)
    form.heading("七、变更管理")
    form.text("工程师先电话、后邮件告知销售与技术总监；销售在最新邮件上全部回复结果；原内容与新内容都记录在案。")
    form.heading("八、文档管理")
    pieces.documents(form, blank=1)
    form.signatures(("编制（项目经理）", "销售", "批准（技术总监）"))
    return form


def schedule() -> Form:
    """项目进度计划: landscape, planned beside actual."""
    form = Form("项目进度计划", landscape=True, margins=1.8)
    pieces.title(form, "项目进度计划")
    form.facts(
        [
            ("客户", "{{ 客户 }}", "编号", "{{ 编号 }}"),
            ("项目", "{{ 项目 }}", "工程师", "{{ 工程师 }}"),
            ("支持日期", "{{ 支持日期 }}", "预估工作量", "{{ 预估工作量 }}"),
        ]
    )
    form.text("", after=2)
    columns = [("序号", 1.3), ("阶段", 2.4), ("工作内容", 5), ("负责人", 2), ("计划开始", 3.2), ("计划完成", 3.2)]
    columns += [("实际开始", 2.2), ("实际完成", 2.2), ("备注", 2.4)]
    cells = [*(f"{{{{ 行.{name} }}}}" for name in ("序号", "阶段", "工作内容", "负责人", "开始", "完成")), "", "", ""]
    form.grid(columns, [cells], loop="行 in 计划", blank=3, height=0.8)
    pieces.footnote(form, "计划中请留出缓冲；进度有变时，由负责人通知受影响的人，并顺延后续各项。")
    form.signatures(("编制（项目经理 / 工程师）", "销售", "客户确认"), height=1.2)
    return form


def review() -> Form:
    """复盘 (R40): everything that the record says, in the order a reader asks."""
    form = Form("技术支持复盘", margins=2.0, size=10)
    pieces.title(form, "技术支持复盘")
    form.facts(
        [
            ("客户", "{{ 客户 }}", "编号", "{{ 编号 }}"),
            ("项目", "{{ 项目 }}", "性质", "{{ 性质 }}"),
            ("主题", "{{ 主题 }}"),
            ("销售", "{{ 销售 }}", "工程师", "{{ 工程师 }}"),
            ("技术总监", "{{ 技术总监 }}", "阶段", "{{ 阶段 }}"),
            ("申请时间", "{{ 申请时间 }}", "支持日期", "{{ 支持日期 }}"),
            ("支持方式", "{{ 支持方式 }}", "验收", "{{ 验收方式 }}"),
            ("预估工作量", "{{ 预估工作量 }}", "核算工作量", "{{ 核算工作量 }}"),
            ("总历时", "{{ 总历时 }}"),
            ("期限", "{{ 期限结论 }}", "评价", "{{ 评价 }}"),
            ("缺少文档", "{{ 缺少文档 }}"),
        ]
    )
    for number, (heading, table, columns) in enumerate(_REVIEWED):
        form.heading(f"{'一二三四五六七八'[number]}、{heading}")
        cells = [f"{{{{ 行.{name} }}}}" for name, _ in columns]
        form.grid(columns, [cells], loop=f"行 in {table}", empty="无", height=0.6)
    form.heading("九、总结与改进")
    form.hint("做得好的、要改进的、下次怎么做")
    form.lines(4)
    form.signatures(("工程师", "销售", "技术总监"))
    return form


_REVIEWED: tuple[tuple[str, str, list[tuple[str, float]]], ...] = (
    ("计划与实际", "计划", [("事项", 2), ("计划", 4), ("实际", 4), ("结论", 1.6)]),
    ("需求", "需求", [("项目", 2), ("内容", 9)]),
    ("变更", "变更", [("序号", 1), ("内容", 5), ("结果", 5)]),
    ("问题", "问题", [("时间", 3.6), ("谁", 1.8), ("情况", 1.8), ("说明", 6)]),
    (
        "期限",
        "期限",
        [("事项", 2.4), ("负责", 1.6), ("期限", 2.4), ("完成", 2.4), ("结论", 1.6), ("催办", 1.3), ("说明", 6)],
    ),
    ("文档", "文档", [("名称", 5), ("类别", 2.4), ("来自", 1.8), ("时间", 3.4), ("大小", 1.5)]),
    ("经过", "经过", [("时间", 3.6), ("谁", 1.8), ("事件", 1.8), ("说明", 7)]),
    ("邮件", "邮件", [("时间", 2.4), ("发件人", 2), ("主题", 3.4), ("摘要", 5), ("文件", 3.8)]),
)

FORMS: dict[str, Callable[[], Form]] = {
    "服务单": service_form,
    "项目方案": proposal,
    "实施方案": implementation,
    "实施计划": implementation_plan,
    "SOW": statement_of_work,
    "项目章程": charter,
    "项目范围说明书": scope_statement,
    "项目管理计划": management_plan,
    "项目进度计划": schedule,
    "复盘": review,
}
