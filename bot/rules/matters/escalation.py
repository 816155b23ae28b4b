"""R32's matrix: what each of four levels does about each of eight kinds, and who sits on the levels; configuration."""

from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from bot.rules.matters.matter import Issue
from bot.rules.words import Role

TOP = 4
LEVEL_NAMES = ("项目组联系人", "项目经理", "客户经理", "销售负责人")

Duties = tuple[str, str, str, str]

DUTIES: tuple[tuple[Issue, Duties], ...] = (
    (Issue.OPERATION, (
        "评估并立即处理现场中断",
        "制定影响后勤的运营问题的方案",
        "危机中稳住客户",
        "用销售手段减轻对客户关系的影响",
    )),
    (Issue.TIME, (
        "协调复核或确认项目时间",
        "批准并通知重大时间变更",
        "与重点客户和伙伴协商交付时间",
        "评估并管理对客户承诺的影响",
    )),
    (Issue.GUIDANCE, (
        "取得继续项目所需的指示",
        "给出可执行的指令",
        "请示高层取得运营指令",
        "与管理层对齐运营决策和公司目标",
    )),
    (Issue.CUSTOMER_DATA, (
        "收集并核实客户信息",
        "整合并更新关键客户数据",
        "以准确及时的数据保证客户满意",
        "主导客户数据的战略使用",
    )),
    (Issue.SERVICE_DETAIL, (
        "澄清服务细节的疑问",
        "消除服务变更引起的误解",
        "调解复杂的服务合同争议",
        "对服务的变更和改进作出决断",
    )),
    (Issue.SUPPLIES, (
        "促成项目必需物资的获取",
        "批准并加快关键物资的供应",
        "保证物资及时交付和协调",
        "批准支持销售目标的采购策略",
    )),
    (Issue.PERFORMANCE, (
        "查明并处理性能问题",
        "制定提升服务性能的策略",
        "与客户沟通性能和整改计划",
        "推动恢复和提升服务性能的行动",
    )),
    (Issue.TERMINATION, (
        "处理终止服务的最初请求",
        "监督并简化终止服务的流程",
        "处理敏感的终止谈判",
        "制定终止服务的政策",
    )),
)  # fmt: skip
"""The rulebook's table, top to bottom."""

SEATS: tuple[tuple[Role, ...], ...] = (
    (Role.ENGINEER,),
    (Role.PROJECT_MANAGER, Role.DIRECTOR),
    (Role.SALES_LEAD, Role.LOCAL_SALES_DIRECTOR),
    (Role.COMPANY_SALES_DIRECTOR,),
)
"""Who sits on each level: the first of these roles for whom the case has somebody not asked yet."""


@dataclass(frozen=True)
class Escalation:
    """How escalations climb (R31, R32). `wait`: working time for an answer at each level.

    `after_deadline`: whether a missed deadline becomes one (时间调整) when R11's line is used up.
    """

    duties: tuple[tuple[Issue, Duties], ...] = DUTIES
    seats: tuple[tuple[Role, ...], ...] = SEATS
    wait: timedelta = timedelta(hours=4)
    after_deadline: bool = True

    def duty(self, issue: Issue | None, level: int) -> str:
        """What level 1–4 does about that kind; "" where the matrix says nothing."""
        row = dict(self.duties).get(issue) if issue else None
        return row[level - 1] if row and 1 <= level <= TOP else ""


NAMES = MappingProxyType(dict(enumerate(LEVEL_NAMES, start=1)))


def level_words(level: int) -> str:
    """`第2级（项目经理）`."""
    return f"第{level}级（{NAMES[level]}）"
