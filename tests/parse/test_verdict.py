"""R10: two readers, the grammar of the words and precedent; neither makes a yes against the other's doubt."""

import pytest

from bot.parse.meaning import read_meaning
from bot.parse.precedents.reader import LIMIT, Likeness, compare
from bot.parse.verdict import (
    AHEAD_AGAINST,
    AHEAD_ALONE,
    AHEAD_BEHIND_NO,
    AHEAD_WITH_GRAMMAR,
    AHEAD_WITH_GRAMMAR_SHORT,
    DENIAL_ALONE,
    settle,
)
from bot.rules.mail import Meaning
from bot.rules.words import Intent, ReplyStage, Role

REST = (Intent.QUESTION, Intent.NONE)


def likeness(
    likest: Intent, consent: float = -2.0, denial: float = -2.0, words: str = "这样的话以前也有人说过"
) -> Likeness:
    others = tuple(i for i in (Intent.APPROVE, Intent.APPROVE_WITH_CONDITION, Intent.REJECT, *REST) if i is not likest)
    return Likeness(likest, others, consent, denial, words, Role.DIRECTOR, ReplyStage.APPLICATION)


def grammar(intent: Intent) -> Meaning:
    return Meaning(intent, "用语")


def test_both_say_yes() -> None:
    assert settle(grammar(Intent.APPROVE), likeness(Intent.APPROVE, AHEAD_WITH_GRAMMAR + 0.1)).intent is Intent.APPROVE


@pytest.mark.parametrize(
    "said", [Intent.APPROVE_WITH_CONDITION, Intent.NONE, Intent.QUESTION, Intent.REJECT, Intent.DELEGATE]
)
def test_precedent_alone_needs_a_long_lead(said: Intent) -> None:
    least = AHEAD_AGAINST.get(said, AHEAD_ALONE)
    assert settle(grammar(said), likeness(Intent.APPROVE, least + 0.01)).intent is Intent.APPROVE
    assert settle(grammar(said), likeness(Intent.APPROVE, least - 0.01)).intent not in {Intent.APPROVE, Intent.REJECT}


@pytest.mark.parametrize("other", [Intent.APPROVE_WITH_CONDITION, Intent.NONE, Intent.QUESTION])
def test_a_yes_of_the_grammar_alone_is_no_yes(other: Intent) -> None:
    assert settle(grammar(Intent.APPROVE), likeness(other)).intent is other


def test_a_short_yes_that_the_tables_know_needs_no_lead() -> None:
    nearly = likeness(Intent.APPROVE_WITH_CONDITION, consent=AHEAD_WITH_GRAMMAR_SHORT + 0.1, words="方案可以")
    assert settle(grammar(Intent.APPROVE), nearly).intent is Intent.APPROVE
    assert settle(grammar(Intent.NONE), nearly).intent is not Intent.APPROVE


def test_what_begins_with_a_no_needs_a_longer_lead() -> None:
    lead = (AHEAD_ALONE + AHEAD_BEHIND_NO) / 2
    assert settle(grammar(Intent.NONE), likeness(Intent.APPROVE, lead, words="不照你们说的办")).intent is Intent.NONE
    assert settle(grammar(Intent.NONE), likeness(Intent.APPROVE, lead, words="照你们说的办")).intent is Intent.APPROVE


def test_a_no_needs_both_or_a_lead() -> None:
    assert settle(grammar(Intent.REJECT), likeness(Intent.REJECT)).intent is Intent.REJECT
    assert settle(grammar(Intent.APPROVE), likeness(Intent.REJECT)).intent not in {Intent.REJECT, Intent.APPROVE}
    sure = likeness(Intent.REJECT, denial=DENIAL_ALONE + 0.1)
    assert settle(grammar(Intent.QUESTION), sure).intent is Intent.REJECT


@pytest.mark.parametrize("said", [Intent.WITHDRAW, Intent.OUT_OF_OFFICE])
def test_what_is_taken_back_or_automatic_never_becomes_a_yes(said: Intent) -> None:
    assert settle(grammar(said), likeness(Intent.APPROVE, 5)).intent is said


def test_what_precedent_does_not_know_stays_with_the_grammar() -> None:
    assert settle(grammar(Intent.COMPLETED), likeness(Intent.APPROVE, 5)).intent is Intent.COMPLETED
    assert settle(grammar(Intent.NONE), None).intent is Intent.NONE


def test_a_binding_clause_is_not_hidden_by_a_long_yes() -> None:
    text = "如果客户付款，同意，请李工按计划前往客户现场，工作量按2人天计，完成后提交服务单，辛苦。"
    read = compare(text.replace("，", ","), Role.DIRECTOR, ReplyStage.APPLICATION)
    assert read is not None
    assert read.find_binding()
    assert read_meaning(text, Role.DIRECTOR, ReplyStage.APPLICATION).intent is Intent.APPROVE_WITH_CONDITION


def test_the_reason_names_words_of_the_reply() -> None:
    text = "老实讲这活早该干了，放手去做，范工主导，出了事我兜着。"
    meaning = read_meaning(text, Role.DIRECTOR, ReplyStage.APPLICATION)
    words = [part.split("”")[0] for part in meaning.why.split("：")[0].split("“")[1:]]
    assert words
    assert all(word in text.replace("，", ",").replace("。", "") for word in words)


def test_neither_empty_nor_endless_words_have_precedents() -> None:
    assert compare("", Role.DIRECTOR, ReplyStage.APPLICATION) is None
    assert compare("好" * (LIMIT + 1), Role.DIRECTOR, ReplyStage.APPLICATION) is None


@pytest.mark.parametrize("text", ["keyi, dan zhi neng yuancheng, bu qu xianchang", "同意 yao kan ta men de fang an"])
def test_pinyin_that_nobody_knows_makes_a_yes_doubtful(text: str) -> None:
    assert read_meaning(text, Role.DIRECTOR, ReplyStage.APPLICATION).intent is not Intent.APPROVE


def test_english_is_no_pinyin() -> None:
    text = "Approved, you can do it on Monday, li gong will come here."
    assert read_meaning(text, Role.DIRECTOR, ReplyStage.APPLICATION).intent is Intent.APPROVE
