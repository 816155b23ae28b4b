"""One realistic notice of each kind that stands beside the stages: escalations, answers to them, ratings."""

from dataclasses import replace

from bot.rules.notice import Bar, Button, Line, Notice, NoticeKind, Row, Section
from bot.transmit.samples import DIRECTOR, ENGINEER, REF, SALES, to_one

_K = NoticeKind
_ALL = (
    to_one(
        _K.PLAN,
        ENGINEER,
        "项目计划有变。",
        items=(
            "环境准备：9月25日（周五） → 9月28日（周一），李伟",
            "割接：9月28日（周一） → 9月29日（周二），王强（随之顺延）",
        ),
    ),
    to_one(
        _K.MATTER,
        ENGINEER,
        "升级1：时间调整，请李伟处理。",
        Line("现在请", "李伟，第1级（项目组联系人）"),
        Line("这一级做", "协调复核或确认项目时间"),
        Line("答复期限", "9月18日（周五）15:00"),
        paragraphs=("张国华提出：时间调整：客户要求提前到 9月19日",),
        ask="请您协调复核或确认项目时间，并答复大家怎么办。",
        buttons=(Button("已解决", "升级1已解决", "primary"), Button("我来处理", "升级1：我来处理")),
    ),
    to_one(
        _K.MATTER_TOLD,
        SALES,
        "升级1有了答复，不再上报。",
        Line("升级1", "时间调整：客户要求提前到 9月19日"),
        paragraphs=("李伟：已与客户约好周六上午。",),
        ask="这样可以吗？仍未解决的将请更上一级处理。",
        buttons=(Button("已解决", "升级1已解决", "primary"), Button("仍未解决", "升级1仍未解决", "danger")),
    ),
    to_one(
        _K.MATTER_HELP,
        SALES,
        "您写的“6”没有登记：评分请用 1 到 5 的整数，5 分最好。",
        ask="点一下，直接发送即可：",
        buttons=tuple(Button(f"{n} 分", f"评分：{n}") for n in range(5, 0, -1)),
    ),
)
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
BESIDE: dict[NoticeKind, Notice] = {notice.kind: notice for notice in (*_ALL, _OVERVIEW)}
