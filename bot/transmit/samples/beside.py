"""One realistic notice of each kind that stands beside the stages: plans, escalations, answers to them, ratings."""

from bot.rules.notice import Button, Line, Notice, NoticeKind
from bot.transmit.samples.cast import ENGINEER, SALES, to_one

_K = NoticeKind
BESIDE: tuple[Notice, ...] = (
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
