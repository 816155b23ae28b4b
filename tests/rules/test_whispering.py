"""What is said to one person alone (R3, R10, R11, R18, R24, R45-R48)."""

from dataclasses import replace

import pytest

from bot.rules import offers
from bot.rules.case import DeadlineKind
from bot.rules.decision import Say
from bot.rules.matters.matter import Issue, Matter, MatterKind
from bot.rules.notice import Notice, NoticeKind
from bot.rules.saying import IN_THREAD
from bot.rules.scene import Scene, Waiting
from bot.rules.whispering import word_notice
from bot.rules.words import Stage
from tests.rules.build import CHEN, DEPUTY, LEAD, LI, TOP, ZGH, a_case, a_deadline, a_scene, at

N, S, D = NoticeKind, Stage, DeadlineKind


def word(say: Say, stage: Stage, *awaited: DeadlineKind, when: str = "09-17 12:00", **case: object) -> Notice:
    base = a_case(stage, **case)
    return word_notice(say, a_scene(base, at(when), deadlines=tuple(a_deadline(d, base) for d in awaited)))


def to(notice: Notice) -> tuple[str, ...]:
    return tuple(a.email for a in notice.to)


def labels(notice: Notice) -> dict[str, tuple[str, ...]]:
    return {a: tuple(b.label for b in part.buttons) for a, part in notice.personal.items()}


OWN_RECEIVERS = {
    N.DECIDE_AGAIN: (S.AWAITING_APPROVAL, CHEN),
    N.CHANGE_ASKED: (S.ON_SITE, ZGH),
    N.RESEND_ASKED: (S.AWAITING_ACCEPTANCE, ZGH),
    N.DOCUMENTS_MISSING: (S.CLOSED, LI),
    N.SETTLE_ASKED: (S.ARCHIVED, CHEN),
}


@pytest.mark.parametrize("kind", OWN_RECEIVERS)
def test_R45_each_goes_to_the_one_who_owes(kind: NoticeKind) -> None:
    stage, owner = OWN_RECEIVERS[kind]
    notice = word(Say(kind, text="原话"), stage)
    assert to(notice) == (owner.address,)
    assert not notice.in_thread


OF_REPORTS = {N.WEEKLY_REPORT, N.REPORT_ANSWER}  # worded by bot.rules.reports.report_words


@pytest.mark.parametrize("kind", [k for k in NoticeKind if k not in IN_THREAD and k not in OF_REPORTS])
def test_every_private_notice_is_worded(kind: NoticeKind) -> None:
    say = Say(kind, to=(ZGH.address,), text="原话", items=("一",), headline="请看", matter="升级1")
    matter = Matter(MatterKind.ESCALATION, 1, "提前", ZGH.address, at("09-17 10:00"), owners=(LI.address,))
    base = a_case()
    scene = a_scene(base, at("09-17 12:00"), deadlines=(a_deadline(D.CONFIRM, base),), matters=(matter,))
    notice = word_notice(say, scene)
    assert notice.headline
    assert to(notice) == (ZGH.address,)


def test_what_nobody_else_gets_goes_to_the_operator() -> None:
    notice = word_notice(Say(N.OPERATOR, text="退信"), a_scene(None))
    assert to(notice) == ("ops@demo.cn",)
    assert "退信" in notice.paragraphs


def test_R3_the_corrected_subject_stands_ready_to_copy() -> None:
    say = Say(N.SUBJECT_HELP, to=(ZGH.address,), text="技术支持申请--〔客户名称〕", items=("缺少客户",))
    notice = word_notice(say, a_scene(None))
    assert (notice.copy_text, notice.items, notice.case_id) == ("技术支持申请--〔客户名称〕", ("缺少客户",), 0)


# ---- asking back (R10) ----


@pytest.mark.parametrize(
    ("stage", "person", "buttons"),
    [
        (S.AWAITING_APPROVAL, CHEN, ("同意", "不同意", "需要补充")),
        (S.AWAITING_ACCEPTANCE, ZGH, ("验收通过", "有异议")),
        (S.ACCEPTED, CHEN, ("同意关闭", "不同意关闭")),
        (S.ARCHIVED, CHEN, ("按 2 人天核算",)),
    ],
)
def test_R10_who_was_not_understood_gets_his_words_back_and_one_tap_answers(
    stage: Stage, person: object, buttons: tuple[str, ...]
) -> None:
    notice = word(Say(N.ASK, to=(person.address,), text="嗯嗯"), stage)  # type: ignore[attr-defined]
    assert labels(notice) == {person.address: buttons}  # type: ignore[attr-defined]
    assert notice.paragraphs[0] == "您的回复：“嗯嗯”"


def test_R10_a_question_passed_on_is_not_called_the_receivers_own_words() -> None:
    say = Say(N.ASK, to=(ZGH.address,), text="客户同意了吗？", items=("总监有一个问题，请您答复。",))
    notice = word(say, S.AWAITING_APPROVAL)
    assert (notice.headline, labels(notice)) == (say.items[0], {ZGH.address: ()})
    assert "您的回复" not in notice.paragraphs[0]
    withdraw = Say(N.ASK, to=(CHEN.address,), text="撤回", items=("销售要求撤回已确认的申请，请您决定。",))
    assert labels(word(withdraw, S.APPROVED)) == {CHEN.address: ("结束本次支持",)}


def test_R24_who_answers_doubtfully_learns_that_silence_counts_no_more() -> None:
    held = word(Say(N.ASK, to=(ZGH.address,), text="？"), S.AWAITING_ACCEPTANCE, silence_held="未表明是否验收")
    assert "沉默不算验收" in held.paragraphs[1]


def test_the_director_learns_why_he_is_asked_again() -> None:
    say = Say(N.DECIDE_AGAIN, text="拓扑见附件", items=("推迟期满，再请总监确认。",))
    notice = word(say, S.AWAITING_APPROVAL, D.CONFIRM)
    assert notice.headline == "推迟期满，再请总监确认。"
    assert notice.paragraphs[0] == "最新来信：“拓扑见附件”"
    assert labels(notice) == {CHEN.address: ("同意", "不同意", "需要补充")}


def test_design2_was_this_you_repeats_the_words_as_one_tap() -> None:
    notice = word(Say(N.PROVE, to=(CHEN.address,), text="同意，\n李工去"), S.AWAITING_APPROVAL)
    (button,) = notice.personal[CHEN.address].buttons
    assert (button.says, button.secret) == ("同意， 李工去", True)


@pytest.mark.parametrize(
    ("stage", "person", "buttons"),
    [
        (S.AWAITING_APPROVAL, CHEN, ("同意", "不同意", "需要补充")),
        (S.ACCEPTED, CHEN, ("同意关闭", "不同意关闭")),
        (S.AWAITING_APPROVAL, ZGH, ("撤回申请",)),
        (S.AWAITING_ACCEPTANCE, ZGH, ("验收通过", "有异议")),
        (S.ACCEPTED, ZGH, ("验收通过", "有异议")),  # never the director's
        (S.APPROVED, CHEN, ("是我本人，写明答复",)),
    ],
)
def test_design2_words_too_long_to_repeat_are_never_cut_the_plain_choices_stand_instead(
    stage: Stage, person: object, buttons: tuple[str, ...]
) -> None:
    notice = word(Say(N.PROVE, to=(person.address,), text="同意。" * 60), stage)  # type: ignore[attr-defined]
    assert labels(notice) == {person.address: buttons}  # type: ignore[attr-defined]


# ---- nudges (R11, R24) ----


def test_R11_a_reminder_says_what_until_when_and_why() -> None:
    notice = word(Say(N.REMINDER, to=(CHEN.address,), deadline=D.CONFIRM), S.AWAITING_APPROVAL, D.CONFIRM)
    assert notice.headline == "提醒：总监确认，9月17日（周四）18:00 到期。"
    assert "属第1个工作日12点前" in notice.paragraphs[0]
    assert labels(notice) == {CHEN.address: ("同意", "不同意", "需要补充")}


def test_R45_an_escalation_gives_the_buttons_to_the_owner_in_copy_and_to_who_may_answer_for_him() -> None:
    say = Say(N.ESCALATED, to=(TOP.address,), cc=(CHEN.address,), deadline=D.CONFIRM)
    notice = word(say, S.AWAITING_APPROVAL, D.CONFIRM)
    assert (to(notice), [a.email for a in notice.cc]) == ((TOP.address,), [CHEN.address])
    assert set(labels(notice)) == {CHEN.address}
    assert "等待：陈总" in notice.paragraphs[1]
    delegated = replace(say, to=(DEPUTY.address,))
    assert set(labels(word(delegated, S.AWAITING_APPROVAL, D.CONFIRM, when="09-21 10:00"))) == {
        CHEN.address,
        DEPUTY.address,
    }


def test_R24_to_whom_a_held_silence_is_put_can_answer_by_one_tap() -> None:
    say = Say(N.ESCALATED, to=(LEAD.address,), cc=(CHEN.address,), text="销售正在休假", deadline=D.ACCEPT)
    notice = word(say, S.AWAITING_ACCEPTANCE, D.ACCEPT, silence_held="销售正在休假")
    assert labels(notice) == {LEAD.address: ("验收通过", "有异议")}
    assert notice.headline == "请协助：销售正在休假，沉默不算验收（R24）。"
    assert all("视为完成" not in p for p in notice.paragraphs)


def test_R23_the_chaser_threatens_with_silence_only_while_silence_counts() -> None:
    say = Say(N.CHASE_ACCEPTANCE, to=(ZGH.address,), deadline=D.ACCEPT)
    plain = word(say, S.AWAITING_ACCEPTANCE, D.ACCEPT)
    held = word(say, S.AWAITING_ACCEPTANCE, D.ACCEPT, silence_held="未表明是否验收")
    assert "9月18日（周五）18:00 前未答复即视为完成" in plain.headline
    assert "视为完成" not in held.headline + "".join(held.paragraphs)


def test_R18_sales_see_the_change_and_when_they_owe_its_outcome() -> None:
    notice = word(Say(N.CHANGE_ASKED, text="加一天"), S.ON_SITE, D.CHANGE, change="加一天")
    assert notice.paragraphs[0] == "工程师：加一天"
    assert "9月18日（周五）18:00" in notice.paragraphs[1]
    assert labels(notice) == {ZGH.address: ("同意变更", "不同意变更")}


def test_R26_what_is_missing_is_listed() -> None:
    say = Say(N.REMINDER, to=(LI.address,), deadline=D.DOCUMENTS)
    assert word(say, S.CLOSED, D.DOCUMENTS).items == ("服务单", "实施方案", "实施计划")


# ---- lists and self-service (R36, R46, R48) ----


def waiting(when: str) -> Scene:
    case = a_case()
    late = a_deadline(D.CONFIRM, case, at("09-15 10:00"))
    early = replace(late, due_at=at("09-14 18:00"))
    open_one = replace(late, due_at=at("09-18 18:00"))
    return a_scene(None, at(when), waiting=tuple(Waiting(case, d) for d in (open_one, late, early)))


def test_R46_the_digest_counts_and_lists_overdue_first() -> None:
    notice = word_notice(Say(N.DIGEST, to=(CHEN.address,), slot="x"), waiting("09-18 09:00"))
    assert notice.headline == "9月18日（周五）：3 项待办，其中 2 项逾期。"
    assert [row.overdue for row in notice.rows] == [True, True, False]
    assert notice.rows[0].due == "9月14日（周一）18:00"
    assert (notice.rows[0].state, notice.rows[0].owes) == ("待确认：总监确认", "陈总")


def test_R48_the_answers() -> None:
    assert word_notice(Say(N.TODO, to=(CHEN.address,)), waiting("09-18 09:00")).headline == "您有 3 项待办。"
    nothing = replace(waiting("09-18 09:00"), waiting=())
    assert word_notice(Say(N.TODO, to=(CHEN.address,)), nothing).headline == "您目前没有待办。"
    status = word(Say(N.STATUS, to=(LI.address,)), S.AWAITING_APPROVAL, D.CONFIRM, D.START)
    assert status.headline == "当前状态：待确认。"
    assert status.items[0].startswith("总监确认：陈总，9月17日（周四）18:00。")
    told = "".join(word(Say(N.HELP, to=(LI.address,)), S.APPROVED).items)
    assert all(word in told for word in ("问题：", "风险：", "升级：", "争议：", "评分：", "状态", "我的待办", "帮助"))
    assert all(issue.value in told for issue in Issue)


def test_no_button_is_offered_where_nothing_is_owed() -> None:
    for stage in (S.DECLINED, S.WITHDRAWN, S.SETTLED, S.APPROVED, S.AWAITING_ACCEPTANCE):
        assert offers.for_decider(a_case(stage)).buttons == ()
    assert offers.settle(a_case(S.ARCHIVED, days=None)) == ()
