"""One mail on a case, one decision (R9, R10, R18, R21-R27, R46-R49)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.rules.case import Case, DeadlineKind
from bot.rules.deciding import decide_stranger
from bot.rules.decision import Decision
from bot.rules.mail import Address, Assignment, Reading, RequestFields
from bot.rules.opening import decide_new
from bot.rules.people import Company
from bot.rules.policy import Policy
from bot.rules.saying import IN_THREAD
from bot.rules.words import Intent, Nature, Proof, Stage
from tests.rules.build import (
    ALL_PAPERS,
    ASSIGNED,
    CAST,
    CHEN,
    DEPUTY,
    LEAD,
    LI,
    OTHER,
    TOP,
    WANG,
    ZGH,
    a_case,
    a_deadline,
    a_desk,
    a_document,
    a_file,
    a_reading,
    a_request,
    armed,
    at,
    hear,
    said_kinds,
    stage_after,
)

S, M, D = Stage, Intent, DeadlineKind


def the_case(decision: Decision) -> Case:
    assert decision.case is not None
    return decision.case


# ---- confirmation (R9, R10) ----


def test_R9_a_plain_yes_with_an_assignment() -> None:
    decision = hear(a_case(), CHEN, a_reading(CHEN, M.APPROVE, "同意，李工，9月22日，2人天", said=ASSIGNED))
    case = the_case(decision)
    assert (case.stage, case.engineers, case.on, case.days, case.mode) == (
        S.APPROVED,
        (LI.address,),
        date(2026, 9, 22),
        Decimal(2),
        "现场",
    )
    assert said_kinds(decision) == ["confirmed"]
    assert decision.says[0].items == ()
    assert armed(decision) == {"complete": "09-23 18:00"}
    assert {D.CONFIRM, D.INFO, D.POSTPONED} <= set(decision.ends)


def test_R9_a_yes_without_engineer_and_date_leaves_the_director_owing_them() -> None:
    decision = hear(a_case(), CHEN, a_reading(CHEN, M.APPROVE))
    assert armed(decision) == {"confirm": "09-18 18:00"}
    assert decision.arms[0].owner == CHEN.address
    assert "尚未指定工程师和支持日期" in decision.arms[0].why
    assert decision.says[0].items[:2] == ("尚未指定工程师", "尚未确定支持日期")
    case = replace(the_case(decision), version=4)
    later = hear(case, CHEN, a_reading(CHEN, M.NONE, said=ASSIGNED), a_desk(open_deadlines=decision.arms))
    assert D.CONFIRM in later.ends
    assert "confirm" not in armed(later)


def test_R9_a_known_nature_moves_the_start() -> None:
    said = replace(ASSIGNED, nature=Nature.PROJECT)
    assert armed(hear(a_case(), CHEN, a_reading(CHEN, M.APPROVE, said=said)))["start"] == "09-21 09:00"
    changed = hear(a_case(S.APPROVED), CHEN, a_reading(CHEN, M.NONE, said=Assignment(nature=Nature.PROJECT)))
    assert armed(changed)["start"] == "09-21 09:00"


def test_R10_a_yes_with_another_date_is_a_condition_and_the_date_is_kept() -> None:
    said = Assignment(on=date(2026, 9, 25), engineers=("李工",))
    decision = hear(a_case(), CHEN, a_reading(CHEN, M.APPROVE_WITH_CONDITION, "同意，改到9月25日", said=said))
    case = the_case(decision)
    assert (case.stage, case.condition, case.on) == (S.AWAITING_INFO, "同意，改到9月25日", date(2026, 9, 25))
    assert said_kinds(decision) == ["condition"]
    yes = hear(case, CHEN, a_reading(CHEN, M.APPROVE))
    assert (the_case(yes).stage, the_case(yes).on, the_case(yes).condition) == (S.APPROVED, date(2026, 9, 25), "")


def test_R10_an_answer_puts_the_question_to_the_director_again_with_a_new_period() -> None:
    decision = hear(a_case(S.AWAITING_INFO), ZGH, a_reading(ZGH, text="拓扑见附件", when=at("09-22 14:00")))
    assert armed(decision) == {"confirm": "09-23 18:00"}
    assert said_kinds(decision) == ["decide_again"]
    assert decision.ends == (D.INFO,)


@pytest.mark.parametrize(
    ("said", "kept", "due"),
    [
        (date(2026, 10, 12), date(2026, 10, 12), "10-12 09:00"),
        (date(2026, 10, 1), date(2026, 10, 1), "10-08 09:00"),
        (None, None, "09-23 09:00"),
        (date(2026, 9, 1), None, "09-23 09:00"),  # a day gone by is no day to ask again
    ],
)
def test_R10_postponed_to_the_day_named(said: date | None, kept: date | None, due: str) -> None:
    decision = hear(a_case(), CHEN, a_reading(CHEN, M.POSTPONE, said=Assignment(on=said)))
    assert the_case(decision).postponed_to == kept
    assert armed(decision) == {"postponed": due}


def test_R10_somebody_else_decides_and_owes_it_from_then_on() -> None:
    case = a_case()
    confirm = a_deadline(D.CONFIRM, case)
    reading = a_reading(CHEN, M.DELEGATE, said=Assignment(delegate="郑总"))
    decision = hear(case, CHEN, reading, a_desk(open_deadlines=(confirm,)))
    assert the_case(decision).decider == TOP.address
    assert [(d.kind, d.owner, d.due_at) for d in decision.arms] == [(D.CONFIRM, TOP.address, confirm.due_at)]
    assert stage_after(hear(the_case(decision), TOP, a_reading(TOP, M.APPROVE))) is S.APPROVED
    assert stage_after(hear(case, TOP, a_reading(TOP, M.APPROVE))) is S.AWAITING_APPROVAL


@pytest.mark.parametrize("name", ["", "谁", "李工", "张国华"])
def test_R10_whom_the_director_means_is_asked_when_it_is_not_plain(name: str) -> None:
    """`交给李工处理` may mean the work; and nobody decides on their own request."""
    decision = hear(a_case(), CHEN, a_reading(CHEN, M.DELEGATE, said=Assignment(delegate=name)))
    assert the_case(decision).decider == ""
    assert (said_kinds(decision), decision.says[0].to) == (["ask"], (CHEN.address,))


def test_a_delegate_of_the_configuration_decides_on_his_days() -> None:
    on_duty, after = at("09-21 10:00"), at("09-24 10:00")
    assert stage_after(hear(a_case(), DEPUTY, a_reading(DEPUTY, M.APPROVE, when=on_duty))) is S.APPROVED
    assert stage_after(hear(a_case(), DEPUTY, a_reading(DEPUTY, M.APPROVE, when=after))) is S.AWAITING_APPROVAL


def test_either_of_two_directors_decides() -> None:
    second = replace(CHEN, name="许总", addresses=("xu@demo.cn",))
    policy = Policy(Company((*CAST, second)))
    assert stage_after(hear(a_case(), second, a_reading(second, M.APPROVE), a_desk(policy=policy))) is S.APPROVED


@pytest.mark.parametrize("intent", [M.APPROVE, M.NONE])
def test_R46_the_same_yes_or_arrangement_once_more_is_only_recorded(intent: Intent) -> None:
    case = a_case(S.APPROVED, mode="现场")
    decision = hear(case, CHEN, a_reading(CHEN, intent, said=ASSIGNED))
    assert (the_case(decision), decision.says, decision.arms) == (case, (), ())
    assert hear(case, CHEN, a_reading(CHEN, M.APPROVE)).says == ()


def test_R9_a_changed_arrangement_says_old_and_new_and_keeps_the_running_deadline() -> None:
    case = a_case(S.APPROVED)
    running = replace(a_deadline(D.COMPLETE, case), step=2)
    reading = a_reading(CHEN, M.NONE, said=Assignment(engineers=("王工",)), when=at("09-24 10:00"))
    decision = hear(case, CHEN, reading, a_desk(at("09-24 10:00"), open_deadlines=(running,)))
    assert said_kinds(decision) == ["confirmed"]
    assert decision.says[0].text == "工程师：李明 → 王强"
    assert [(d.owner, d.due_at, d.step) for d in decision.arms] == [(WANG.address, running.due_at, 2)]
    only_days = hear(case, CHEN, a_reading(CHEN, M.NONE, said=Assignment(days=Decimal(3))), a_desk())
    assert only_days.arms == ()


def test_R11_a_completion_before_the_yes_asks_the_director() -> None:
    decision = hear(a_case(), LI, a_reading(LI, M.COMPLETED))
    assert stage_after(decision) is S.AWAITING_APPROVAL
    assert (said_kinds(decision), decision.says[0].to) == (["decide_again"], (CHEN.address,))


def test_R9_a_yes_taken_back_is_told_to_all_and_asked_anew() -> None:
    decision = hear(a_case(S.ON_SITE), CHEN, a_reading(CHEN, M.WITHDRAW, "先停一下", when=at("09-22 10:00")))
    assert (stage_after(decision), said_kinds(decision)) == (S.AWAITING_APPROVAL, ["postponed", "decide_again"])
    assert armed(decision) == {"confirm": "09-22 18:00"}
    assert {D.COMPLETE, D.CHANGE} <= set(decision.ends)


def test_R7_a_question_of_the_director_reaches_sales_only_when_they_did_not_get_it() -> None:
    everybody = a_reading(CHEN, M.QUESTION)
    alone = a_reading(CHEN, M.QUESTION, to=(Address("bot@demo.cn"),), cc=())
    assert hear(a_case(), CHEN, everybody).says == ()
    assert hear(a_case(), CHEN, alone).says[0].to == (ZGH.address,)


# ---- at work (R18, R19) ----


def test_R18_a_change_is_recorded_asked_and_settled_old_to_new() -> None:
    told = hear(a_case(S.ON_SITE), LI, a_reading(LI, M.DEVIATION, "工作量要加一天"))
    assert (the_case(told).change, armed(told)) == ("工作量要加一天", {"change": "09-18 18:00"})
    assert told.arms[0].owner == ZGH.address
    assert said_kinds(told) == ["change_asked"]
    agreed = hear(the_case(told), ZGH, a_reading(ZGH, M.APPROVE, "同意", said=Assignment(days=Decimal(3))))
    assert the_case(agreed).days == Decimal(3)
    assert the_case(agreed).changes == (("工作量要加一天", "同意：同意"),)
    assert the_case(agreed).change == ""
    assert agreed.ends == (D.CHANGE,)
    assert "2 人天 → 3 人天" in agreed.history[0].why
    refused = hear(the_case(told), ZGH, a_reading(ZGH, M.REJECT, "不加"))
    assert (the_case(refused).days, the_case(refused).changes) == (Decimal(2), (("工作量要加一天", "不同意：不加"),))


@pytest.mark.parametrize("intent", [M.APPROVE, M.REJECT])
def test_R18_an_outcome_that_only_the_bot_got_is_told_to_all(intent: Intent) -> None:
    case = a_case(S.ON_SITE, change="加一天")
    assert hear(case, ZGH, a_reading(ZGH, intent)).says == (), "replied to all by sales already"
    tapped = a_reading(ZGH, intent, to=(Address("bot@demo.cn"),), cc=())
    assert said_kinds(hear(case, ZGH, tapped)) == ["changed"]


def test_R18_no_change_is_lost() -> None:
    second = hear(a_case(S.ON_SITE, change="加一天"), LI, a_reading(LI, M.DEVIATION, "换型号"))
    assert the_case(second).change == "加一天；换型号"
    done = hear(the_case(second), LI, a_reading(LI, M.COMPLETED))
    assert the_case(done).changes == (("加一天；换型号", "完成前未答复"),)
    assert D.CHANGE in done.ends


def test_R19_left_site_sets_the_completion_for_the_next_working_day() -> None:
    decision = hear(a_case(S.APPROVED), LI, a_reading(LI, M.LEFT_SITE, when=at("09-30 17:00")))
    assert (stage_after(decision), armed(decision)) == (S.ON_SITE, {"complete": "10-08 18:00"})
    assert decision.says == ()


def test_who_reports_from_the_work_does_it_when_nobody_was_named() -> None:
    for intent in (M.LEFT_SITE, M.COMPLETED):
        assert the_case(hear(a_case(S.APPROVED, engineers=()), WANG, a_reading(WANG, intent))).engineers == (
            WANG.address,
        )
        assert the_case(hear(a_case(S.APPROVED), WANG, a_reading(WANG, intent))).engineers == (LI.address,)


# ---- completion (R21-R24) ----

FORM = a_file("服务单.jpg")


def completed(*files: object, documents: object = (), open_deadlines: object = ()) -> Decision:
    reading = a_reading(LI, M.COMPLETED, "已完成", attachments=files)
    return hear(a_case(S.ON_SITE), LI, reading, a_desk(documents=documents, open_deadlines=open_deadlines))  # type: ignore[arg-type]


def test_R21_a_completion_with_the_form_asks_only_for_acceptance() -> None:
    decision = completed(FORM)
    assert said_kinds(decision) == ["acceptance"]
    assert armed(decision) == {"accept": "09-18 18:00"}
    assert [d.label for d in decision.documents] == ["服务单"]


def test_R21_without_the_form_the_engineer_is_asked_for_it_and_it_ends_when_it_comes() -> None:
    decision = completed()
    assert said_kinds(decision) == ["acceptance", "form_missing"]
    assert decision.says[1].to == (LI.address,)
    assert armed(decision)["form"] == "09-18 18:00"


@pytest.mark.parametrize(
    ("writer", "intent", "stage"),
    [
        (LI, M.NONE, S.AWAITING_ACCEPTANCE),
        (ZGH, M.THANKS, S.AWAITING_ACCEPTANCE),
        (ZGH, M.APPROVE, S.AWAITING_ACCEPTANCE),  # accepted with the form attached
        (ZGH, M.OBJECT, S.AWAITING_ACCEPTANCE),
        (LI, M.COMPLETED, S.ON_SITE),  # completed once more, this time with the form
        (LI, M.NONE, S.ON_SITE),  # while the work goes on after an objection
        (LI, M.NONE, S.CLOSED),
    ],
)
def test_R21_the_form_ends_its_deadline_whatever_else_its_mail_says(
    writer: object, intent: Intent, stage: Stage
) -> None:
    case = a_case(stage)
    owed = a_deadline(D.FORM, case)
    reading = a_reading(writer, intent, "请看", attachments=(a_file("照片.jpg"),))  # type: ignore[arg-type]
    decision = hear(case, writer, reading, a_desk(open_deadlines=(owed,)))  # type: ignore[arg-type]
    assert D.FORM in decision.ends
    assert "form" not in armed(decision)
    assert "form" in [entry.event for entry in decision.history]


def test_R21_a_strangers_or_a_colleagues_photo_is_no_form() -> None:
    case = a_case(S.AWAITING_ACCEPTANCE)
    reading = a_reading(LEAD, M.NONE, attachments=(a_file("照片.jpg"),))
    decision = hear(case, LEAD, reading, a_desk(open_deadlines=(a_deadline(D.FORM, case),)))
    assert D.FORM not in decision.ends
    assert [d.label for d in decision.documents] == [""]


def test_R24_a_doubtful_answer_ends_the_right_of_silence_and_is_asked_back() -> None:
    decision = hear(a_case(S.AWAITING_ACCEPTANCE), ZGH, a_reading(ZGH, M.QUESTION, "服务单呢？"))
    assert the_case(decision).silence_held
    assert (said_kinds(decision), decision.says[0].to) == (["ask"], (ZGH.address,))


def test_R47_an_answer_that_only_says_away_is_not_answered() -> None:
    decision = hear(a_case(S.AWAITING_ACCEPTANCE), ZGH, a_reading(ZGH, M.OUT_OF_OFFICE, "我在休假"))
    assert the_case(decision).silence_held
    assert decision.says == ()


@pytest.mark.parametrize("stage", [S.AWAITING_ACCEPTANCE, S.ACCEPTED, S.CLOSED, S.ARCHIVED])
def test_R24_an_objection_also_a_late_one_reopens(stage: Stage) -> None:
    case = a_case(stage, tacit=True, completed_at=at("09-16 10:00"), settled_days=Decimal(2))
    decision = hear(case, ZGH, a_reading(ZGH, M.OBJECT, "还没装好"))
    after = the_case(decision)
    assert (after.stage, after.tacit, after.completed_at, after.settled_days) == (S.ON_SITE, False, None, None)
    assert armed(decision) == {"complete": "09-23 18:00"}
    assert {D.ACCEPT, D.CLOSE, D.DOCUMENTS, D.SETTLE} <= set(decision.ends)


def test_R24_an_objection_to_a_settled_case_is_put_to_the_director() -> None:
    decision = hear(a_case(S.SETTLED), ZGH, a_reading(ZGH, M.OBJECT))
    assert (stage_after(decision), decision.says[0].to) == (S.SETTLED, (CHEN.address,))


def test_a_plain_acceptance_clears_a_held_silence() -> None:
    case = a_case(S.AWAITING_ACCEPTANCE, silence_held="休假")
    after = the_case(hear(case, ZGH, a_reading(ZGH, M.APPROVE)))
    assert (after.stage, after.silence_held, after.tacit) == (S.ACCEPTED, "", False)
    by_lead = the_case(hear(case, LEAD, a_reading(LEAD, M.APPROVE)))
    assert by_lead.stage is S.ACCEPTED, "to whom the silence was put may answer it"
    assert stage_after(hear(replace(case, silence_held=""), LEAD, a_reading(LEAD, M.APPROVE))) is S.AWAITING_ACCEPTANCE


@pytest.mark.parametrize("writer", [OTHER, LEAD, LI, CHEN])
def test_nobody_else_accepts_for_sales(writer: object) -> None:
    decision = hear(a_case(S.AWAITING_ACCEPTANCE), writer, a_reading(writer, M.APPROVE))  # type: ignore[arg-type]
    assert stage_after(decision) is S.AWAITING_ACCEPTANCE


# ---- closure, archive, settlement (R25-R27) ----


def test_R26_closed_with_all_documents_is_archived_in_the_same_mail() -> None:
    decision = hear(a_case(S.ACCEPTED), CHEN, a_reading(CHEN, M.APPROVE), a_desk(documents=ALL_PAPERS))
    assert (stage_after(decision), said_kinds(decision)) == (S.ARCHIVED, ["closed"])
    assert armed(decision) == {"settle": "09-23 18:00"}
    assert [e.event for e in decision.history] == ["close", "documents"]


def test_R26_closed_with_documents_missing_waits_for_them() -> None:
    decision = hear(a_case(S.ACCEPTED), CHEN, a_reading(CHEN, M.APPROVE), a_desk(documents=ALL_PAPERS[:1]))
    assert (stage_after(decision), armed(decision)) == (S.CLOSED, {"documents": "09-21 18:00"})
    reading = a_reading(LI, M.DOCUMENTS, attachments=(a_file("实施方案.docx"), a_file("实施计划.docx")))
    later = hear(the_case(decision), LI, reading, a_desk(documents=ALL_PAPERS[:1]))
    assert (stage_after(later), said_kinds(later)) == (S.ARCHIVED, ["archived"])


def test_R26_the_same_file_twice_is_one_document() -> None:
    there = a_document("实施方案", "实施方案.docx")
    file = a_file("实施方案.docx")
    reading = a_reading(LI, M.DOCUMENTS, attachments=(file,))
    again = hear(a_case(S.CLOSED), LI, reading, a_desk(documents=(replace(there, sha256=file.sha256),)))
    assert again.documents == ()


@pytest.mark.parametrize(
    ("case", "said", "settled"),
    [
        (a_case(S.ARCHIVED), Assignment(days=Decimal("2.5")), "2.5"),
        (a_case(S.ARCHIVED), Assignment(), "2"),  # by one tap at the estimate
    ],
)
def test_R27_the_directors_figure_settles(case: Case, said: Assignment, settled: str) -> None:
    decision = hear(case, CHEN, a_reading(CHEN, M.APPROVE, said=said))
    assert (stage_after(decision), the_case(decision).settled_days) == (S.SETTLED, Decimal(settled))
    assert set(decision.ends) == set(DeadlineKind)
    assert said_kinds(decision) == ["settled"]


def test_R27_settled_before_the_documents_are_there_is_complete_once_they_are() -> None:
    early = hear(a_case(S.CLOSED), CHEN, a_reading(CHEN, M.APPROVE, said=Assignment(days=Decimal(3))))
    assert (stage_after(early), the_case(early).settled_days, early.says) == (S.CLOSED, Decimal(3), ())
    reading = a_reading(LI, M.DOCUMENTS, attachments=tuple(a_file(f"{d.label}.pdf") for d in ALL_PAPERS))
    done = hear(the_case(early), LI, reading)
    assert (stage_after(done), the_case(done).settled_days) == (S.SETTLED, Decimal(3))
    assert [e.event for e in done.history] == ["mail", "documents", "settle"]
    assert done.arms == (), "nothing is awaited any more"


# ---- manners (R46-R49) ----


def smooth() -> list[tuple[Decision, str]]:
    steps: list[tuple[Decision, str]] = []
    decision = decide_new(a_request(), ZGH, a_desk())
    documents: tuple[object, ...] = ()
    script: list[tuple[object, Reading]] = [
        (CHEN, a_reading(CHEN, M.APPROVE, said=ASSIGNED)),
        (LI, a_reading(LI, M.COMPLETED, attachments=tuple(a_file(f"{d.label}.pdf") for d in ALL_PAPERS))),
        (ZGH, a_reading(ZGH, M.APPROVE)),
        (CHEN, a_reading(CHEN, M.APPROVE)),
    ]
    steps.append((decision, the_case(decision).stage.value))
    for version, (person, reading) in enumerate(script, start=1):
        case = replace(the_case(decision), id=7, ref="ZC2026-0007", version=version)
        decision = hear(case, person, reading, a_desk(documents=documents))  # type: ignore[arg-type]
        documents = (*documents, *decision.documents)
        steps.append((decision, the_case(decision).stage.value))
    return steps


def test_R46_a_smooth_case_costs_five_mails_in_the_thread() -> None:
    steps = smooth()
    assert [stage for _, stage in steps] == [
        "awaiting_approval",
        "approved",
        "awaiting_acceptance",
        "accepted",
        "archived",
    ]
    in_thread = [s.kind.value for decision, _ in steps for s in decision.says if s.kind in IN_THREAD]
    assert in_thread == ["registered", "confirmed", "acceptance", "accepted", "closed"]
    assert [s.kind.value for decision, _ in steps for s in decision.says if s.kind not in IN_THREAD] == []


@pytest.mark.parametrize(
    ("intent", "notice"), [(M.STATUS_REQUEST, "status"), (M.TODO_REQUEST, "todo"), (M.HELP_REQUEST, "help")]
)
@pytest.mark.parametrize("writer", [LEAD, LI, ZGH, CHEN])
def test_R48_anyone_may_ask(writer: object, intent: Intent, notice: str) -> None:
    for stage in Stage:
        decision = hear(a_case(stage), writer, a_reading(writer, intent))  # type: ignore[arg-type]
        assert said_kinds(decision) == [notice]
        assert decision.says[0].to == (writer.address,)  # type: ignore[attr-defined]


def test_R49_the_history_names_who_what_why_and_the_mail() -> None:
    reading = a_reading(CHEN, M.APPROVE, "同意，\n李工去", said=ASSIGNED, when=at("09-17 11:00"))
    entry = hear(a_case(), CHEN, reading).history[0]
    assert (entry.actor, entry.event, entry.from_stage, entry.to_stage) == (
        CHEN.address,
        "approve",
        S.AWAITING_APPROVAL,
        S.APPROVED,
    )
    assert (entry.mail, entry.summary, entry.at) == (reading.mail.message_id, "同意， 李工去", at("09-17 11:00"))
    assert "总监同意。approve的依据；工程师：未定 → 李明" in entry.why


def test_a_stranger_on_the_thread_is_on_record_and_moves_nothing() -> None:
    decision = decide_stranger(a_reading("chen@gmail.com", M.APPROVE), a_case(), a_desk(proof=Proof.PASS))
    assert (the_case(decision), decision.changed, decision.says) == (a_case(), False, ())
    assert decision.history[0].event == "stranger"


def test_R22_the_resent_request_ends_its_chase_and_opens_nothing() -> None:
    case = a_case(S.ON_SITE, retroactive=True)
    decision = hear(case, ZGH, a_request(fields=RequestFields((("项目性质", "项目"),))))
    assert (the_case(decision).nature, the_case(decision).fields) == (Nature.PROJECT, (("项目性质", "项目"),))
    assert (the_case(decision).id, the_case(decision).retroactive, decision.ends) == (7, False, (D.RESEND,))
