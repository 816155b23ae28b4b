"""R10: what a reply means. The table is `replies.tsv`; the guarantees stand below it."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parse import phrases
from bot.parse.meaning import read_meaning
from bot.parse.score import ReplyRow, read_reply_rows, score_replies
from bot.rules.words import Intent, ReplyStage, Role

ROWS, BAD = read_reply_rows(Path(__file__).with_name("replies.tsv").read_text(encoding="utf-8"))
APPLICATION = [r for r in ROWS if r.stage is ReplyStage.APPLICATION and r.role is Role.DIRECTOR]
APPROVALS = [r.text for r in APPLICATION if r.expected is Intent.APPROVE]
OTHERS = [r.text for r in APPLICATION if r.expected is not Intent.APPROVE]


def read(text: str, role: Role = Role.DIRECTOR, stage: ReplyStage = ReplyStage.APPLICATION) -> Intent:
    return read_meaning(text, role, stage).intent


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r.line}-{r.stage}")
def test_every_row_of_the_table(row: ReplyRow) -> None:
    meaning = read_meaning(row.text, row.role, row.stage)
    assert meaning.intent is row.expected, meaning.why


def test_the_table_is_whole_and_broad() -> None:
    assert not BAD
    assert len(ROWS) >= 450
    assert {r.stage for r in ROWS} == set(ReplyStage)


def test_nothing_else_ever_reads_as_an_approval() -> None:
    score = score_replies(ROWS)
    assert score.false_approvals == 0
    assert score.false_denials == 0


def test_no_row_of_the_data_captures_a_group() -> None:
    """The scanner tells rows apart by their group number."""
    tables = [phrases.INSIDE, phrases.ENGLISH, phrases.REPORTS, phrases.DEFERRALS, phrases.BROUGHT]
    tables += phrases.STAGE_INSIDE.values()
    assert not [pattern for table in tables for _, pattern in table if re.compile(pattern).groups]


def test_the_reason_names_the_deciding_words() -> None:
    assert "“不同意”" in read_meaning("我不同意，理由再说", Role.DIRECTOR, ReplyStage.APPLICATION).why
    assert "“如果客户确认了就同意”" in read_meaning("如果客户确认了就同意", Role.DIRECTOR, ReplyStage.APPLICATION).why


_STARTS = re.compile("(?:同意(?:支持|本次支持)?|可以|批准(?:本次支持)?|批了|没问题)[，。]")
BOUND = [
    text[match.end() :]
    for text in (r.text for r in APPLICATION if r.expected is Intent.APPROVE_WITH_CONDITION)
    if (match := _STARTS.match(text))
]


@pytest.mark.parametrize("yes", ["准了，", "没意见，同意。", "申请看了，批准本次支持。这个客户很重要。"])
def test_what_binds_one_yes_binds_any(yes: str) -> None:
    assert len(BOUND) > 400
    assert not [rest for rest in BOUND if read(yes + rest) is Intent.APPROVE]


def test_a_conditional_yes_carries_its_condition() -> None:
    meaning = read_meaning("同意，但要先和客户确认时间", Role.DIRECTOR, ReplyStage.APPLICATION)
    assert meaning.condition == "但要先和客户确认时间"


QUOTES = [
    "\n\n> 同意\n> 不同意",
    "\n\n------------------ 原始邮件 ------------------\n不同意，撤回",
    "\n\n发件人: 张三 <a@b.example>\n发送时间: 2026年9月18日\n主题: 申请\n\n请补充预算？",
    "\n\n在 2026年9月18日 10:00，张三 <a@b.example> 写道：\n> 不批",
    "\n\nOn Fri, Sep 18, 2026 at 10:00 AM X <a@b.example> wrote:\n> rejected",
    "\n\n-----Original Message-----\nFrom: X\nnot approved",
    "\n\n--\n王强 技术总监 不予同意",
]


@pytest.mark.parametrize("quote", QUOTES)
def test_what_stands_below_a_quote_mark_never_counts(quote: str) -> None:
    for text in ["同意", "不同意", "同意，改到周五", "收到", "为什么要两个人？", "请李工定", "Approved"]:
        assert read(text + quote) is read(text)
    assert read(quote) is Intent.NONE


@pytest.mark.parametrize(
    "quote", ["> 同意", "------原始邮件------\n同意", "发件人：王总\n同意", "原始邮件:\n发件人: x\n同意"]
)
def test_a_quoted_yes_is_nobodys_yes(quote: str) -> None:
    assert read(quote) is not Intent.APPROVE


# What is put in front binds only a part of these.
TURNED = ("更正", "错了", "不", "没", "无", "意见：", "批复：", "本来", "@", "\n--", "\n发件人")
PLAIN = [t for t in APPROVALS if not any(w in t for w in TURNED)]
TURNS = ["如果客户付款，{}", "{}，但要先等客户确认", "{}。更正：不同意", "{}？", "不{}", "王总说{}"]


@pytest.mark.parametrize("text", PLAIN)
@pytest.mark.parametrize("turn", TURNS)
def test_a_plain_yes_that_is_turned_is_no_plain_yes(text: str, turn: str) -> None:
    if turn in {"{}？", "不{}", "王总说{}"}:
        text = re.split("[\n，。,.！!：: 👌]", text, maxsplit=1)[0]
    assert read(turn.format(text)) is not Intent.APPROVE


@pytest.mark.parametrize("turn", ["但要先付款", "更正：不同意", "王总审批后再去"])
def test_a_line_with_a_time_ends_nothing(turn: str) -> None:
    assert read(f"同意\n1. 工程师：李强\n2. 时间：9月23日 9:00\n{turn}") is not Intent.APPROVE
    assert read(f"同意\n周三上午 9:00\n{turn}") is not Intent.APPROVE


@pytest.mark.parametrize("text", [t for t in APPROVALS if "\n" not in t])
def test_politeness_and_a_signature_change_nothing(text: str) -> None:
    assert read(f"张工，你好：\n{text}\n\n谢谢\n王强\n技术总监\n2026-09-18") is Intent.APPROVE


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.DIRECTOR])
def test_only_the_director_approves_a_request(role: Role) -> None:
    assert all(read(text, role) is not Intent.APPROVE for text in APPROVALS)


@pytest.mark.parametrize(
    "text", ["", " \n\t", "\u200b", "。", "???", "\ud800同意不", "同意" * 20_000, "不" * 50_000, ">" * 50_000]
)
def test_odd_texts_are_no_approval(text: str) -> None:
    assert read(text) is not Intent.APPROVE


@given(st.text(max_size=300), st.sampled_from(list(Role)), st.sampled_from(list(ReplyStage)))
def test_any_text_is_read_without_an_error(text: str, role: Role, stage: ReplyStage) -> None:
    assert read_meaning(text, role, stage).why


@given(
    st.lists(
        st.sampled_from(
            [
                "不",
                "没",
                "同意",
                "批",
                "可以",
                "如果",
                "客户",
                "，",
                "。",
                "?",
                "\n",
                " ",
                "说",
                "我",
                "更正：",
                "就",
                "的话",
            ]
        ),
        max_size=12,
    )
)
def test_words_in_any_order_never_raise_and_a_lone_denial_never_approves(words: list[str]) -> None:
    text = "".join(words)
    assert read_meaning(text, Role.DIRECTOR, ReplyStage.APPLICATION).why
    assert read("不同意" + "，" + text.replace("更正：", "").replace("说", "")) is not Intent.APPROVE


@given(st.sampled_from(OTHERS), st.sampled_from(OTHERS))
def test_two_replies_that_approve_nothing_approve_nothing_together(first: str, second: str) -> None:
    assert read(f"{first}\n{second}") is not Intent.APPROVE


@pytest.mark.parametrize(
    "unit", ["不", "我", "同意，", "如果", "已", "\n", " ", "> ", "可以", "a ", "请", "“", "张总：\n", "更正：", "1"]
)
def test_reading_is_linear(unit: str) -> None:
    def cost(n: int) -> float:
        started = time.process_time()
        read(unit * n)
        return time.process_time() - started

    cost(100)
    assert cost(20_000) < 40 * max(cost(2_000), 0.002)
