"""What a mail says beside the stages: raised, answered, settled, rated (R31, R32, R37, R39)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parse.matters import is_only_seen, read_matters, read_rating
from bot.parse.meaning import read_meaning
from bot.parse.phrases.matters import ISSUE_WORDS
from bot.rules.matters.matter import Act, Issue, MatterKind, MatterSaid
from bot.rules.words import Intent, ReplyStage, Role

A, K, W = Act, MatterKind, ReplyStage
APPLICATION, WORKING, ACCEPTING = W.APPLICATION, W.EXECUTION, W.COMPLETION_SALES


def said(text: str) -> list[tuple[Act, str, str]]:
    """Act, name, text of each matter."""
    found = read_matters(text).said
    return [(m.act, f"{m.kind.value if m.kind else ''}{m.number or ''}", m.text) for m in found]


@pytest.mark.parametrize(
    ("text", "issue", "why"),
    [
        ("升级：时间调整 客户要求提前到周三", Issue.TIME, "客户要求提前到周三"),
        ("升级：时间调整，客户要求提前。\n谢谢", Issue.TIME, "客户要求提前"),
        ("升级: 性能问题：查询要一分钟", Issue.PERFORMANCE, "查询要一分钟"),
        ("升级：“物资采购”光模块还没到", Issue.SUPPLIES, "光模块还没到"),
        ("升级:采购 光模块", Issue.SUPPLIES, "光模块"),
        ("升级：请示 能否先做", Issue.GUIDANCE, "能否先做"),
        ("升级：终止订阅", Issue.TERMINATION, ""),
        ("升级：换人", None, "换人"),
        ("升级：已把系统升级到7.2", None, "已把系统升级到7.2"),
    ],
)
def test_R32_an_escalation_names_one_of_eight_kinds_or_none(text: str, issue: Issue | None, why: str) -> None:
    assert read_matters(text).said == (MatterSaid(A.RAISE, K.ESCALATION, issue=issue, text=why),)


def test_R32_every_kind_is_called_by_its_name_and_no_word_means_two() -> None:
    assert {name for names in ISSUE_WORDS.values() for name in names[:1]} == {issue.value for issue in Issue}
    every = [word for names in ISSUE_WORDS.values() for word in names]
    assert len(every) == len(set(every))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("问题：安装介质损坏", [(A.RAISE, "问题", "安装介质损坏")]),
        (
            "各位好：\n问题：介质损坏\n问题：驱动缺失\n谢谢",
            [(A.RAISE, "问题", "介质损坏"), (A.RAISE, "问题", "驱动缺失")],
        ),
        ("1. 问题：介质损坏\n2. 问题：驱动缺失", [(A.RAISE, "问题", "介质损坏"), (A.RAISE, "问题", "驱动缺失")]),
        ("已离场。问题：介质损坏", [(A.RAISE, "问题", "介质损坏")]),
        ("争议：是否算完成，双方看法不同", [(A.RAISE, "争议", "是否算完成，双方看法不同")]),
        ("分歧：验收标准", [(A.RAISE, "争议", "验收标准")]),
        ("我和销售对完成时间有分歧", [(A.RAISE, "争议", "我和销售对完成时间有分歧")]),
        (
            "我与张国华在验收标准上存在较大分歧，请总监定",
            [(A.RAISE, "争议", "我与张国华在验收标准上存在较大分歧，请总监定")],
        ),
        ("问题1已解决", [(A.SETTLE, "问题1", "")]),
        ("问题1、2已解决，换了介质", [(A.SETTLE, "问题1", "换了介质"), (A.SETTLE, "问题2", "换了介质")]),
        ("问题1和风险2已解决", [(A.SETTLE, "问题1", ""), (A.SETTLE, "风险2", "")]),
        ("风险2关闭", [(A.SETTLE, "风险2", "")]),
        ("升级1：已解决", [(A.SETTLE, "升级1", "")]),
        ("已解决", [(A.SETTLE, "", "")]),
        ("问题解决了", [(A.SETTLE, "问题", "")]),
        ("升级1：我来处理", [(A.ANSWER, "升级1", "我来处理")]),
        ("升级1仍未解决", [(A.REOPEN, "升级1", "")]),
        ("问题1没有解决，又坏了", [(A.REOPEN, "问题1", "又坏了")]),
        ("仍未解决", [(A.REOPEN, "", "")]),
    ],
)
def test_R31_R32_R37_what_is_said(text: str, expected: list[tuple[Act, str, str]]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "问题：为什么要两个人？",
        "问题1已解决了吗？",
        "问题1解决中",
        "问题1解决方案见附件",
        "问题解决后再验收",
        "客户说问题已解决",
        "我和销售没有分歧",
        "如果我和销售有分歧怎么办",
        "问题描述：服务器蓝屏",
        "没有问题",
        "同意，李工，9月22日，2人天，现场。",
        "升级",
        "",
    ],
)
def test_what_says_nothing_about_a_matter(text: str) -> None:
    assert not read_matters(text)


def test_R37_a_risk_with_its_effect_and_its_answer_in_any_order() -> None:
    expected = MatterSaid(A.RAISE, K.RISK, text="机房可能停电", impact="停机半天", response="备UPS")
    for text in (
        "风险：机房可能停电，影响：停机半天，应对：备UPS",
        "风险：机房可能停电\n影响：停机半天\n应对措施：备UPS",
        "风险：机房可能停电；应对：备UPS；影响：停机半天。",
    ):
        assert read_matters(text).said == (expected,)


@pytest.mark.parametrize(
    ("text", "stars"),
    [
        ("评分：5", 5), ("评分:1", 1), ("评分 3 分，来晚了", 3), ("打分：4", 4), ("满意度评分：五", 5), ("5分", 5),
        ("五星", 5),         ("给5分", 5), ("两分", 2), ("4/5", 4), ("★★★★☆", 4), ("⭐⭐", 2), ("3 stars", 3), ("5", 5),
        ("评分：6", None), ("评分：0", None), ("0", None), ("6", None), ("评分：4.5", None), ("评分：很好", None),
        ("8/10", None),         ("十分", None), ("评分：-1", None), ("100分", None),
    ],
)  # fmt: skip
def test_R39_a_rating_is_a_whole_number_from_1_to_5(text: str, stars: int | None) -> None:
    found = read_rating(text)
    assert found is not None
    assert found.stars == stars


@pytest.mark.parametrize("text", ["5人天", "2天", "核算2.5人天", "同意", "5点到现场", "第5", "三个人", "我给5个理由"])
def test_R39_what_is_no_rating(text: str) -> None:
    assert read_rating(text) is None


def test_R39_only_a_lone_number_is_bare() -> None:
    assert [found.bare for text in ("5", "0", "5分", "评分：5") if (found := read_rating(text))] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("role", "stage", "text", "intent"),
    [
        # Under a label nobody decides about the case …
        (Role.DIRECTOR, APPLICATION, "升级：时间调整 客户要求推迟到下周", Intent.NONE),
        (Role.DIRECTOR, APPLICATION, "风险：机房可能停电", Intent.RISK),
        (Role.DIRECTOR, W.COMPLETION_DIRECTOR, "升级1已解决", Intent.RESOLVED),
        (Role.DIRECTOR, APPLICATION, "升级1：同意", Intent.NONE),
        # … a condition beside a yes still binds it …
        (Role.DIRECTOR, APPLICATION, "同意。\n风险：可能停电，须先备好UPS", Intent.APPROVE_WITH_CONDITION),
        # … what closes a matter stands beside a plain yes …
        (Role.DIRECTOR, APPLICATION, "风险1已解决。\n同意", Intent.APPROVE),
        # … and sales' objection counts wherever it stands (R24).
        (Role.SALES, ACCEPTING, "问题：打印还不能用", Intent.REJECT),
        (Role.SALES, ACCEPTING, "争议：工程师说完成了，客户不认可", Intent.REJECT),
        (Role.SALES, ACCEPTING, "问题1已解决", Intent.RESOLVED),
        (Role.SALES, ACCEPTING, "评分：1，不满意", Intent.RATING),
        (Role.SALES, ACCEPTING, "仍未解决", Intent.REJECT),
        (Role.SALES, ACCEPTING, "问题1仍未解决", Intent.REJECT),
        (Role.SALES, ACCEPTING, "升级1仍未解决", Intent.ESCALATE),
        # A report from the work goes with it.
        (Role.ENGINEER, WORKING, "已完成，服务单见附件。\n问题：驱动缺失", Intent.COMPLETED),
        (Role.ENGINEER, WORKING, "问题：介质损坏。已离场", Intent.LEFT_SITE),
        (Role.ENGINEER, WORKING, "问题1已解决，已离场", Intent.LEFT_SITE),
        (Role.ENGINEER, WORKING, "争议：我说完成了，销售不认可", Intent.DISPUTE),
        (Role.SALES_LEAD, APPLICATION, "升级：客户数据 联系人错了", Intent.ESCALATE),
        (Role.SALES, APPLICATION, "问题：客户改了地址", Intent.PROBLEM),
    ],
)
def test_what_is_said_of_a_matter_is_no_verdict_about_the_case(
    role: Role, stage: ReplyStage, text: str, intent: Intent
) -> None:
    meaning = read_meaning(text, role, stage)
    assert meaning.intent is intent, meaning.why


@pytest.mark.parametrize("kind", ["问题", "风险", "升级", "争议"])
@pytest.mark.parametrize("yes", ["同意", "同意关闭", "通过", "可以，李工去"])
def test_no_label_ever_holds_an_approval(kind: str, yes: str) -> None:
    for stage in (APPLICATION, W.COMPLETION_DIRECTOR, W.WORKLOAD):
        for number in ("", "1"):
            assert read_meaning(f"{kind}{number}：{yes}", Role.DIRECTOR, stage).intent is not Intent.APPROVE


@pytest.mark.parametrize("text", ["收到", "收到，谢谢", "好的", "OK", "知道了。", "收到👌", ""])
def test_R10_seen_is_no_answer(text: str) -> None:
    assert is_only_seen(text)


@pytest.mark.parametrize("text", ["收到，我来处理", "好的，周五改", "我来处理", "不行"])
def test_R32_an_answer_says_more(text: str) -> None:
    assert not is_only_seen(text)


@given(st.text(max_size=200) | st.text("升级问题风险争议12：，。\n已未解决评分5星★ ", max_size=60))
def test_any_text_is_read_and_nothing_is_invented(text: str) -> None:
    found = read_matters(text)
    assert len(found.said) <= 20
    assert all(len(m.text) <= 500 for m in found.said)
    if not found:
        assert found.rest == text.strip()
