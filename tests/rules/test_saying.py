"""What is said in the thread, to whom, with whose buttons (R1, R8, R9, R23-R26, R45, R46)."""

from dataclasses import replace
from datetime import date

import pytest

from bot.rules import offers
from bot.rules.case import Case, DeadlineKind
from bot.rules.decision import Say
from bot.rules.mail import Address, Reading, RequestFields
from bot.rules.matters.rating import STARS
from bot.rules.notice import Notice, NoticeKind
from bot.rules.saying import IN_THREAD
from bot.rules.scene import Scene, case_lines, stage_bar
from bot.rules.whispering import word_notice
from bot.rules.words import Stage
from tests.rules.build import (
    ALL_PAPERS,
    BOT,
    CHEN,
    DEPUTY,
    EVERYBODY,
    GXM,
    LEAD,
    LI,
    LOCAL,
    TOP,
    ZGH,
    a_case,
    a_deadline,
    a_request,
    a_scene,
    a_subject,
    at,
)

N, S, D = NoticeKind, Stage, DeadlineKind
WHERE: dict[NoticeKind, tuple[Stage, tuple[DeadlineKind, ...]]] = {
    N.REGISTERED: (S.AWAITING_APPROVAL, (D.CONFIRM, D.START)),
    N.CONFIRMED: (S.APPROVED, (D.COMPLETE,)),
    N.CONDITION: (S.AWAITING_INFO, (D.INFO,)),
    N.NEED_INFO: (S.AWAITING_INFO, (D.INFO,)),
    N.DECLINED: (S.DECLINED, ()),
    N.POSTPONED: (S.POSTPONED, (D.POSTPONED,)),
    N.WITHDRAWN: (S.WITHDRAWN, ()),
    N.ACCEPTANCE: (S.AWAITING_ACCEPTANCE, (D.ACCEPT,)),
    N.ACCEPTED: (S.ACCEPTED, (D.CLOSE,)),
    N.OBJECTED: (S.ON_SITE, (D.COMPLETE,)),
    N.CHANGED: (S.ON_SITE, ()),
    N.EMERGENCY: (S.AWAITING_APPROVAL, (D.CONFIRM, D.RESEND)),
    N.CONFLICT: (S.APPROVED, ()),
    N.CLOSED: (S.CLOSED, (D.DOCUMENTS,)),
    N.ARCHIVED: (S.ARCHIVED, (D.SETTLE,)),
}


def scene_of(kind: NoticeKind, **changed: object) -> Scene:
    stage, awaited = WHERE[kind]
    changes = (("加一天", "同意：同意变更"),) if kind is N.CHANGED else ()
    case = a_case(stage, condition="先签合同" if kind is N.CONDITION else "", changes=changes, **changed)
    return a_scene(case, deadlines=tuple(a_deadline(d, case) for d in awaited))


def word(kind: NoticeKind, scene: Scene | None = None, **say: object) -> Notice:
    return word_notice(Say(kind, **say), scene or scene_of(kind))  # type: ignore[arg-type]


def whole(notice: Notice) -> str:
    lines = (f"{line.label}：{line.value}" for line in notice.lines)
    return "\n".join((notice.headline, *notice.paragraphs, *notice.items, *lines))


def test_every_notice_of_the_thread_is_worded() -> None:
    assert frozenset(WHERE) == IN_THREAD


@pytest.mark.parametrize("kind", WHERE)
def test_R45_a_thread_notice_is_a_reply_to_all_but_the_bot(kind: NoticeKind) -> None:
    scene = scene_of(kind)
    assert scene.case
    guest = Address("kunde@loreal.cn")
    scene = replace(scene, case=replace(scene.case, participants=(*EVERYBODY, guest, Address(BOT))))
    notice = word(kind, scene, text="原话")
    emails = [a.email for a in (*notice.to, *notice.cc)]
    assert {p.address for p in (CHEN, ZGH, LEAD, LOCAL, TOP, GXM)} | {guest.email} <= set(emails)
    assert len(emails) == len(set(emails))
    assert BOT not in emails
    assert (notice.in_thread, notice.reply_to_mail, notice.case_subject) == (True, 1, scene.case.subject)  # type: ignore[union-attr]
    assert notice.headline.endswith("。")


BUTTONS: dict[NoticeKind, tuple[object, tuple[str, ...]]] = {
    N.REGISTERED: (CHEN, ("同意", "不同意", "需要补充")),
    N.ACCEPTANCE: (ZGH, ("验收通过", "有异议")),
    N.ACCEPTED: (CHEN, ("同意关闭", "不同意关闭")),
    N.CLOSED: (CHEN, ("按现有文档归档",)),
    N.ARCHIVED: (CHEN, ("按 2 人天核算",)),
}


@pytest.mark.parametrize("kind", [kind for kind in WHERE if kind is not N.EMERGENCY])  # two owe there
def test_R45_only_who_owes_the_answer_finds_buttons_each_with_a_secret(kind: NoticeKind) -> None:
    notice = word(kind, text="原话")
    owner, labels = BUTTONS.get(kind, (None, ()))
    found = {a: tuple(b.label for b in part.buttons) for a, part in notice.personal.items() if part.buttons}
    rates = {ZGH.address: tuple(b.label for b in STARS)} if kind in {N.CLOSED, N.ARCHIVED} else {}  # R39
    assert found == ({owner.address: labels} if owner else {}) | rates  # type: ignore[attr-defined]
    assert all(b.secret for part in notice.personal.values() for b in part.buttons)


def test_design2_the_delegate_of_the_day_has_buttons_of_his_own() -> None:
    case = a_case()
    scene = a_scene(case, at("09-21 10:00"), deadlines=(a_deadline(D.CONFIRM, case),))
    assert set(word(N.REGISTERED, scene).personal) == {CHEN.address, DEPUTY.address}


def test_R1_R3_R4_R8_the_registration_says_what_the_bot_did_and_until_when() -> None:
    reading: Reading = a_request(
        to=(Address("chen@demo.cn"), Address(BOT)),
        cc=(),
        subject=a_subject(repaired=("“—”改为“--”",)),
        fields=RequestFields((), ("支持地点",)),
    )
    text = whole(word(N.REGISTERED, replace(scene_of(N.REGISTERED), reading=reading)))
    for said in (
        "请总监于 9月17日（周四）18:00 前确认",
        "已按规定补充收件人：孙组长、周总、郑总、高晓明（R1）",
        "主题已自动更正：“—”改为“--”",
        "正文未写明：支持地点",
        "属第1个工作日12点前",
        "非项目支持从第2个工作日9月18日（周五）起",
    ):
        assert said in text


def test_R42_a_provisional_date_says_so() -> None:
    case = a_case(received_at=at("12-31 15:00"))
    scene = a_scene(case, deadlines=(a_deadline(D.CONFIRM, case, at("12-31 15:00")),))
    assert "（暂定）" in whole(word(N.REGISTERED, scene))


def test_R9_the_confirmation_names_engineer_date_and_what_lacks() -> None:
    notice = word(N.CONFIRMED, items=("尚未给出预估工作量（人天）",))
    assert notice.headline == "总监已确认本次支持。"
    text = whole(notice)
    assert "李明：请先与销售张国华沟通" in text
    assert "9月23日（周三）18:00 前全部回复“已完成”" in text
    assert notice.personal[CHEN.address].ask == "请补充：尚未给出预估工作量（人天）。直接回复即可。"
    assert CHEN.address not in word(N.CONFIRMED).personal


def test_R9_a_changed_arrangement_is_called_so() -> None:
    assert word(N.CONFIRMED, text="工程师：李明 → 王强").headline == "总监更改了安排：工程师：李明 → 王强。"


def test_R8_a_date_before_the_earliest_start_is_pointed_out() -> None:
    case = a_case(S.APPROVED, on=date(2026, 9, 17))
    early = a_scene(case, deadlines=(a_deadline(D.START, case),))
    assert "早于规定的最早支持日" in whole(word(N.CONFIRMED, early))
    on_time = replace(early, case=replace(case, on=date(2026, 9, 18)))
    assert "早于" not in whole(word(N.CONFIRMED, on_time))


@pytest.mark.parametrize(
    ("wanted", "until", "told"),
    [
        (date(2026, 9, 22), None, False),
        (date(2026, 9, 21), date(2026, 9, 23), False),
        (date(2026, 9, 21), None, True),
        (date(2026, 9, 24), date(2026, 9, 25), True),
        (None, None, False),
    ],
)
def test_R33_another_date_than_asked_for_is_said_plainly(wanted: date | None, until: date | None, told: bool) -> None:
    text = whole(word(N.CONFIRMED, scene_of(N.CONFIRMED, wanted=wanted, wanted_until=until)))
    assert ("确认的日期是9月22日（周二），与申请的" in text) is told


def test_R23_R24_silence_is_announced_as_silence_and_as_reversible() -> None:
    tacit, spoken = whole(word(N.ACCEPTED, scene_of(N.ACCEPTED, tacit=True))), whole(word(N.ACCEPTED))
    assert "视为完成（R23）" in tacit
    assert "仍可回复说明" in tacit
    assert "视为完成" not in spoken
    assert "签字的服务单尚未收到" in spoken


def test_R9_a_yes_taken_back_stops_the_work_before_all() -> None:
    notice = word(N.POSTPONED, a_scene(a_case(round=3)), text="先停一下")
    assert notice.headline == "总监收回了同意，支持暂停，待总监重新确认。"
    assert word(N.POSTPONED, text="下周").headline == "总监推迟了本次申请。"


def test_R22_a_case_without_request_says_so() -> None:
    assert "请销售补发申请（R22）" in whole(word(N.ACCEPTANCE, scene_of(N.ACCEPTANCE, retroactive=True)))


def test_R26_closed_says_what_is_missing_or_that_all_is_filed() -> None:
    waiting = word(N.CLOSED)
    assert "尚缺文档：服务单、实施方案、实施计划。" in waiting.paragraphs
    assert "服务单、实施方案、实施计划" in waiting.personal[LI.address].ask
    case = a_case(S.ARCHIVED)
    filed = word(N.CLOSED, a_scene(case, documents=ALL_PAPERS, deadlines=(a_deadline(D.SETTLE, case),)))
    assert filed.headline == "总监已确认关闭，文档齐全，已归档。"
    assert filed.items[0] == "服务单：服务单.pdf"
    assert filed.personal[CHEN.address].buttons == offers.settle(case)


def test_the_same_mail_says_the_same_thing_under_the_same_key() -> None:
    scene = scene_of(N.REGISTERED)
    assert word(N.REGISTERED, scene).key == "c7:registered:m9"
    assert word(N.REGISTERED, scene, slot="x").key == "c7:registered:x"
    with pytest.raises(ValueError, match="needs a case"):
        word(N.REGISTERED, replace(scene, case=None))


def test_the_table_of_a_case_holds_only_what_is_known() -> None:
    bare = a_case(participants=())
    assert [line.label for line in case_lines(a_scene(bare), bare)] == ["编号", "客户", "项目", "销售"]
    full = a_case(S.APPROVED, until=date(2026, 9, 24), mode="现场")
    lines = {line.label: line.value for line in case_lines(a_scene(full), full)}
    assert lines["支持日期"] == "9月22日（周二）至9月24日（周四）"
    assert (lines["工程师"], lines["预估工作量"], lines["方式"]) == ("李明", "2 人天", "现场")


BAR = [
    (S.AWAITING_APPROVAL, "确认"),
    (S.AWAITING_INFO, "确认"),
    (S.APPROVED, "支持"),
    (S.ON_SITE, "支持"),
    (S.AWAITING_ACCEPTANCE, "验收"),
    (S.ACCEPTED, "关闭"),
    (S.CLOSED, "归档"),
    (S.ARCHIVED, "核算"),
    (S.SETTLED, None),
]


@pytest.mark.parametrize(("stage", "now"), BAR)
def test_R36_the_bar_shows_where_the_case_stands(stage: Stage, now: str | None) -> None:
    case: Case = a_case(stage)
    states = dict(stage_bar(case))
    assert [label for label, state in states.items() if state == "now"] == ([now] if now else [])
    order = list(states.values())
    assert order == sorted(order, key=["done", "now", "todo"].index)
