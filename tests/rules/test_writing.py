"""R5, R15-R17: contents agreed before the work, the proposal in time, revised until its reader understands it."""

from dataclasses import replace
from typing import Any

import pytest

from bot.rules.case import Case, DeadlineKind, Proposal
from bot.rules.kinds import is_document, is_proposal
from bot.rules.mail import Address
from bot.rules.notice import NoticeKind
from bot.rules.papers.documents import missing_documents, required_documents
from bot.rules.policy import PROPOSAL_TIMES, ProposalStep
from bot.rules.whispering import word_notice
from bot.rules.words import Nature, Proof, Stage
from tests.rules.build import (
    CHEN,
    LI,
    POLICY,
    ZGH,
    a_case,
    a_deadline,
    a_desk,
    a_document,
    a_file,
    a_scene,
    armed,
    at,
    said_kinds,
    stage_after,
)
from tests.rules.spoken import after, speak

S, D = Stage, DeadlineKind
TO_BOT: dict[str, Any] = {"to": (Address("bot@demo.cn"),), "cc": ()}
FIELDS = (("支持类型", "方案"), ("支持内容", "编写云桌面方案"))
ASKED = a_case(fields=FIELDS)
WRITING = a_case(S.APPROVED, fields=FIELDS)
CONTENTS = "目录：1. 背景 2. 需求分析 3. 解决方案"


@pytest.mark.parametrize(
    ("kind", "content", "document", "proposal"),
    [
        ("方案", "", True, True),
        ("售前交流、方案", "", True, True),
        ("安装实施", "请编写一份操作手册", True, False),
        ("售前交流", "制作投标文件", True, False),
        ("安装实施", "按实施方案安装CITRIX", False, False),
        ("", "", False, False),
    ],
)
def test_R5_which_support_is_about_documents(kind: str, content: str, document: bool, proposal: bool) -> None:
    case = a_case(fields=(("支持类型", kind), ("支持内容", content)))
    assert (is_document(case), is_proposal(case)) == (document, proposal)


def test_R5_R16_the_yes_arms_contents_before_the_start_and_the_proposal_by_its_table() -> None:
    decision = speak(ASKED, CHEN, "同意，李工，9月22日，2人天")
    due = armed(decision)
    assert (due["outline"], due["proposal"]) == ("09-22 09:00", "09-23 18:00")
    assert {d.owner for d in decision.arms if d.kind in {D.OUTLINE, D.PROPOSAL}} == {LI.address}
    stored = replace(after(decision), id=7)
    text = " ".join(word_notice(decision.says[0], a_scene(stored, deadlines=decision.arms)).paragraphs)
    assert "商定目录" in text
    assert "方案请于 9月23日（周三）18:00 前提交" in text
    assert "需要的文档：项目方案" in text
    plain = speak(a_case(fields=(("支持类型", "安装实施"),)), CHEN, "同意，李工，9月22日")
    assert {"outline", "proposal"}.isdisjoint(armed(plain))


@pytest.mark.parametrize(
    ("received", "nature", "due"),
    [
        ("09-17 10:00", Nature.NON_PROJECT, "09-23 18:00"),  # day 6; 9/20 is worked
        ("09-17 12:00", Nature.NON_PROJECT, "09-24 18:00"),  # day 7
        ("09-17 10:00", Nature.PROJECT, "09-29 18:00"),  # day 9; 9/25-9/27 are off
        ("09-17 12:00", Nature.PROJECT, "09-29 18:00"),  # 9 again, as the text says
    ],
)
def test_R16_when_the_proposal_is_due(received: str, nature: Nature, due: str) -> None:
    case = replace(WRITING, received_at=at(received), nature=nature)
    assert f"{a_deadline(D.PROPOSAL, case, at('09-17 15:00')).due_at:%m-%d %H:%M}" == due


def test_R16_the_ordered_list_and_its_one_slip() -> None:
    assert [(step.value, before, after_) for step, before, after_ in PROPOSAL_TIMES] == [
        ("confirm", 1, 2),
        ("respond_non_project", 2, 3),
        ("respond_project", 4, 5),
        ("done_non_project", 6, 7),
        ("done_project", 9, 9),
    ]
    slow = replace(
        POLICY, proposal=tuple((s, 3, 3) if s is ProposalStep.CONFIRM else (s, a, b) for s, a, b in PROPOSAL_TIMES)
    )
    assert slow.proposal_days(ProposalStep.CONFIRM) == (3, 3)


def test_R16_a_late_yes_counts_the_proposal_from_then() -> None:
    assert "从确认之日算起" in a_deadline(D.PROPOSAL, WRITING, at("10-12 10:00")).why


# ---- R5 ----


def test_R5_the_contents_are_agreed_when_one_side_proposes_and_the_other_says_yes() -> None:
    proposed = speak(WRITING, LI, CONTENTS)
    assert (after(proposed).outline_by, after(proposed).outline_agreed) == ("engineer", False)
    assert [(s.kind.value, s.to) for s in proposed.says] == [("outline", (ZGH.address,))]
    everybody = (Address(LI.address), Address(CHEN.address))
    agreed = speak(after(proposed), ZGH, "同意目录", to=everybody)
    assert (after(agreed).outline_agreed, agreed.ends, agreed.says) == (True, (D.OUTLINE,), ())
    tapped = speak(after(proposed), ZGH, "同意目录", **TO_BOT)
    assert tapped.says[0].to == (LI.address,)
    by_sales = speak(WRITING, ZGH, CONTENTS)
    assert by_sales.says[0].to == (LI.address,)
    assert after(speak(after(by_sales), LI, "目录没问题")).outline_agreed


@pytest.mark.parametrize("words", ["目录需要修改：加一章报价", "目录不行，太简单"])
def test_R5_contents_sent_back_need_the_other_sides_yes_again(words: str) -> None:
    proposed = after(speak(WRITING, LI, CONTENTS))
    back = speak(proposed, ZGH, words)
    assert (after(back).outline_by, after(back).outline_agreed, back.says[0].to) == ("sales", False, (LI.address,))


@pytest.mark.parametrize(
    "words", ["同意", "好的，目录收到", "目录什么时候给？", "请尽快给目录", "同意目录，但要先加报价"]
)
def test_R5_what_agrees_to_no_contents_agrees_to_nothing(words: str) -> None:
    assert not after(speak(WRITING, ZGH, words)).outline_agreed
    assert not after(speak(replace(WRITING, outline_by="sales"), ZGH, words)).outline_agreed, "nobody agrees alone"


def test_R5_a_conditional_yes_is_none_and_an_unproved_one_is_asked() -> None:
    proposed = replace(WRITING, outline_by="engineer")
    assert not after(speak(proposed, ZGH, "同意目录，但要先加报价")).outline_agreed
    unproved = speak(proposed, ZGH, "同意目录", desk=a_desk(proof=Proof.NONE))
    assert (after(unproved).outline_agreed, said_kinds(unproved)) == (False, ["prove"])


def test_R5_contents_agreed_before_the_yes_are_not_asked_for_again() -> None:
    early = after(speak(after(speak(ASKED, LI, CONTENTS)), ZGH, "同意目录"))
    assert early.outline_agreed
    assert "outline" not in armed(speak(early, CHEN, "同意，李工，9月22日"))


# ---- R15, R17 ----


def test_R15_the_documents_follow_the_kind_of_support() -> None:
    assert required_documents(POLICY, WRITING) == ("服务单", "项目方案")
    assert missing_documents(POLICY, WRITING, (a_document("", "云桌面设计方案.docx"),)) == ("服务单",)
    assert "项目范围说明书" in required_documents(POLICY, replace(WRITING, nature=Nature.PROJECT))
    assert required_documents(POLICY, a_case(S.APPROVED)) == ("服务单", "实施方案", "实施计划")


def sent() -> Case:
    decision = speak(
        replace(WRITING, outline_agreed=True), LI, "方案见附件，请审阅", attachments=(a_file("设计方案.docx"),)
    )
    assert (after(decision).proposal, decision.ends) == (Proposal.SENT, (D.PROPOSAL,))
    assert [(s.kind.value, s.to) for s in decision.says] == [("proposal", (ZGH.address,))]
    return after(decision)


@pytest.mark.parametrize("words", ["没看懂，请修改：第三章", "看不懂拓扑那一页", "请修改第二章", "不行，重写"])
def test_R17_the_proposal_is_revised_until_its_reader_understands_it(words: str) -> None:
    decision = speak(sent(), ZGH, words)
    assert (after(decision).proposal, armed(decision)) == (Proposal.REVISE, {"proposal": "09-20 18:00"})
    assert [(s.kind.value, s.to) for s in decision.says] == [("proposal", (LI.address,))]
    again = speak(after(decision), LI, "改好了，请看", attachments=(a_file("设计方案v2.docx"),))
    assert (after(again).proposal, again.ends) == (Proposal.SENT, (D.PROPOSAL,))


@pytest.mark.parametrize("words", ["方案看懂了", "看懂了，谢谢", "可以了", "没问题", "方案可以"])
def test_R17_the_readers_yes_ends_it(words: str) -> None:
    decision = speak(sent(), ZGH, words)
    assert (after(decision).proposal, after(decision).stage, decision.says) == (Proposal.UNDERSTOOD, S.APPROVED, ())


@pytest.mark.parametrize("words", ["收到", "谢谢", "我转给客户"])
def test_R17_what_is_neither_moves_nothing(words: str) -> None:
    assert after(speak(sent(), ZGH, words)).proposal is Proposal.SENT


def test_R17_sales_may_still_move_the_date_or_leave_meanwhile() -> None:
    assert said_kinds(speak(sent(), ZGH, "改期到9月25日")) == ["wish_asked"]
    assert said_kinds(speak(sent(), ZGH, "撤回申请，客户取消了")) == ["wish_asked"]


def test_R17_not_understood_at_the_acceptance_reopens_the_work() -> None:
    done = speak(sent(), LI, "已完成，服务单见附件", attachments=(a_file("服务单.jpg"),))
    assert {D.PROPOSAL, D.OUTLINE} <= set(done.ends)
    assert stage_after(speak(after(done), ZGH, "没看懂，请修改")) is S.ON_SITE


def test_R16_a_completion_counts_as_the_proposals_arrival() -> None:
    assert after(speak(WRITING, LI, "已完成")).proposal is Proposal.SENT


def test_R17_the_notices_ask_the_one_who_owes() -> None:
    say = speak(WRITING, LI, "请审阅", attachments=(a_file("方案.docx"),)).says[0]
    notice = word_notice(say, a_scene(replace(WRITING, proposal=Proposal.SENT)))
    assert (notice.kind, [b.label for b in notice.personal[ZGH.address].buttons]) == (
        NoticeKind.PROPOSAL,
        ["看懂了", "没看懂，请修改"],
    )
