"""Text made to be slow: every reader stays linear, or pytest-timeout ends it (a catastrophic pattern takes years)."""

from datetime import UTC, date, datetime

import pytest

from bot.parse.assignment import read_assignment
from bot.parse.fields import read_fields
from bot.parse.fresh import split_fresh
from bot.parse.meaning import read_meaning
from bot.parse.subject import read_subject
from bot.parse.worktime import read_work
from bot.rules.words import ReplyStage, Role

RECEIVED = datetime(2026, 9, 17, 3, tzinfo=UTC)
UNITS = [
    "x", "X", "1", " ", "-", "—", ".", ":", ",", ">", "同", "意", "不", "没", "张", "李工", "王总", "请", "的", "说",
    "好的", "周三", "9月", "20号", "2人天", "ab ", "a1", "a.", "a'b", "同意，", "不同意", "如果", "发件人: a\n", "\n",
    "写道：", "(", "[ZC", "技术支持申请", "--", "0917", "客户名称：", "字段：值\n", "请补充", "转", "由", "on mon ",
    "from my ", "发自我的", "m", "嗯", "刚", "那就",
    "9:00-", "9点", "8小时", "半", "到达9:00", "用时",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS, ids=repr)
@pytest.mark.parametrize("tail", ["", "!", "张", "1x"])
@pytest.mark.parametrize("length", [80, 3000])  # some patterns read short clauses only
def test_repeated_words_are_read_in_linear_time(unit: str, tail: str, length: int) -> None:
    text = unit * (length // len(unit)) + tail
    day = date(2026, 9, 17)
    for stage in ReplyStage:
        read_meaning(text, Role.DIRECTOR, stage)
    read_meaning(text, Role.ENGINEER, ReplyStage.EXECUTION)
    read_assignment(text, day, ("李工", "小王", "li"))
    read_fields(text)
    read_work(text, day, ("李工", "小王", "li"))
    split_fresh(text)
    read_subject(f"技术支持申请--{text[:600]}--ZGH--0917", RECEIVED)
    read_subject(text[:1200], RECEIVED)
