"""THE TABLE: what moves a case, who may, and that nothing else does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.rules.case import Case, DeadlineKind, Proposal, Wish
from bot.rules.clockwork import Reached, decide_due
from bot.rules.decision import Decision
from bot.rules.desk import PROVED
from bot.rules.diagram import STAGE_NAMES, draw_table, write_page
from bot.rules.events import BESIDE
from bot.rules.mail import Assignment, Emergency, Remarks
from bot.rules.opening import decide_new
from bot.rules.people import Person
from bot.rules.reports.settling import settle_by_report
from bot.rules.table import ASKED, AT_WORK, ENDED, TABLE, Event, Row, Who, find_row
from bot.rules.words import Intent, Proof, Stage
from tests.rules.build import (
    ALL_PAPERS,
    CHEN,
    GXM,
    LEAD,
    LI,
    NOON,
    OTHER,
    POLICY,
    TOP,
    ZGH,
    a_case,
    a_deadline,
    a_desk,
    a_file,
    a_reading,
    a_request,
    hear,
    stage_after,
)

S, M = Stage, Intent
MOVES: dict[tuple[Stage, Person, Intent], Stage] = {
    **{(s, CHEN, M.APPROVE): S.APPROVED for s in (*ASKED, S.DECLINED)},
    **{(s, CHEN, M.APPROVE_WITH_CONDITION): S.AWAITING_INFO for s in ASKED},
    **{(s, CHEN, M.NEED_MORE_INFO): S.AWAITING_INFO for s in ASKED},
    **{(s, CHEN, M.POSTPONE): S.POSTPONED for s in ASKED},
    **{(s, CHEN, M.REJECT): S.DECLINED for s in (*ASKED, *AT_WORK)},
    **{(s, CHEN, M.WITHDRAW): S.AWAITING_APPROVAL for s in AT_WORK},
    (S.ACCEPTED, CHEN, M.APPROVE): S.CLOSED,
    (S.ACCEPTED, CHEN, M.REJECT): S.ON_SITE,
    (S.CLOSED, CHEN, M.APPROVE): S.ARCHIVED,  # files although documents are missing
    (S.ARCHIVED, CHEN, M.APPROVE): S.SETTLED,  # at the estimate
    **{(s, ZGH, M.WITHDRAW): S.WITHDRAWN for s in ASKED},
    (S.AWAITING_ACCEPTANCE, ZGH, M.APPROVE): S.ACCEPTED,
    **{
        (s, ZGH, said): S.ON_SITE
        for s in (S.AWAITING_ACCEPTANCE, S.ACCEPTED, S.CLOSED, S.ARCHIVED)
        for said in (M.REJECT, M.OBJECT)
    },
    **{(s, LI, M.COMPLETED): S.AWAITING_ACCEPTANCE for s in AT_WORK},
    **{(s, LI, M.LEFT_SITE): S.ON_SITE for s in AT_WORK},
    **{
        (S.AWAITING_INFO, ZGH, said): S.AWAITING_APPROVAL  # whatever sales answer, the director decides again
        for said in Intent
        if said
        not in {
            M.WITHDRAW,
            M.ACKNOWLEDGMENT_ONLY,
            M.THANKS,
            M.OUT_OF_OFFICE,
            M.STATUS_REQUEST,
            M.TODO_REQUEST,
            M.HELP_REQUEST,
            *BESIDE,
        }
    },
}
"""(stage, who writes, what it means) → stage: every move a proved mail can make, without assignment or documents."""

WRITERS = (CHEN, ZGH, LI, OTHER, LEAD, TOP, GXM)


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("writer", WRITERS, ids=[p.address for p in WRITERS])
def test_every_meaning_of_everybody_at_every_stage_moves_as_written_above_or_not_at_all(
    stage: Stage, writer: Person
) -> None:
    for intent in Intent:
        decision = hear(a_case(stage), writer, a_reading(writer, intent))
        assert stage_after(decision) is MOVES.get((stage, writer, intent), stage), intent
        assert decision.history, "whatever moves or not: it is on the record (R49)"


@pytest.mark.parametrize("proof", [Proof.NONE, Proof.FAIL])
def test_design2_without_proof_no_word_of_director_or_sales_moves_a_case(proof: Proof) -> None:
    for (stage, writer, intent), to in MOVES.items():
        if writer is LI or (stage, to) == (S.AWAITING_INFO, S.AWAITING_APPROVAL):
            continue  # reports and information decide nothing
        reading = a_reading(writer, intent)
        decision = hear(a_case(stage), writer, reading, a_desk(reading.envelope.received_at, proof=proof))
        assert stage_after(decision) is stage, (stage, intent)
        assert [s.kind.value for s in decision.says] == ["prove"]
        assert decision.says[0].to == (writer.address,)
        assert decision.says[0].slot == f"{writer.address}:2026-09-17", "asked once a day"
        assert decision.arms == ()
        assert decision.ends == ()


def test_design2_every_decision_of_director_and_sales_demands_proof() -> None:
    no_decision = {Event.REQUEST, Event.ANSWER, Event.DOUBT, Event.RESENT}
    for row in TABLE:
        decides = row.who in {Who.DECIDER, Who.SALES} and row.event not in no_decision
        assert row.proof is (decides or row.event is Event.OUTLINE_AGREED), row.says
    assert frozenset({Proof.PASS, Proof.SECRET}) == PROVED


def test_R24_an_objection_without_proof_moves_nothing_but_silence_counts_no_more() -> None:
    reading = a_reading(ZGH, Intent.OBJECT)
    decision = hear(a_case(S.AWAITING_ACCEPTANCE), ZGH, reading, a_desk(proof=Proof.NONE))
    assert decision.case is not None
    assert decision.changed
    assert decision.case.silence_held


def by_mail(
    writer: Person, intent: Intent, said: Assignment | None = None, **case: object
) -> Callable[[Row], Decision]:
    def run(row: Row) -> Decision:
        return hear(a_case(row.stages[0], **case), writer, a_reading(writer, intent, said=said))

    return run


def by_clock(kind: DeadlineKind) -> Callable[[Row], Decision]:
    def run(row: Row) -> Decision:
        case = a_case(row.stages[0], postponed_to=date(2026, 9, 21))
        deadline = a_deadline(kind, case)
        deadline = replace(deadline, step=1)
        return decide_due(deadline, case, a_desk(deadline.due_at), Reached())

    return run


def wished(wish: Wish, intent: Intent) -> Callable[[Row], Decision]:
    return by_mail(CHEN, intent, wish=wish, wish_on=date(2026, 9, 25))


def rescheduled(row: Row) -> Decision:
    reading = replace(a_reading(ZGH), remarks=Remarks(moves=True, on=date(2026, 9, 25)))
    return hear(a_case(row.stages[0]), ZGH, reading)


def about(writer: Person, said: Remarks, intent: Intent = Intent.NONE, **case: object) -> Callable[[Row], Decision]:
    def run(row: Row) -> Decision:
        written = a_case(row.stages[0], fields=(("支持类型", "方案"),), **case)
        return hear(written, writer, replace(a_reading(writer, intent), remarks=said))

    return run


def proposal_sent(row: Row) -> Decision:
    case = a_case(row.stages[0], fields=(("支持类型", "方案"),), outline_agreed=True)
    return hear(case, LI, a_reading(LI, Intent.DOCUMENTS, attachments=(a_file("设计方案.docx"),)))


def form_later(row: Row) -> Decision:
    case = a_case(row.stages[0])
    reading = a_reading(LI, Intent.THANKS, attachments=(a_file("照片.jpg"),))
    return hear(case, LI, reading, a_desk(open_deadlines=(a_deadline(DeadlineKind.FORM, case),)))


def papers_complete(row: Row) -> Decision:
    reading = a_reading(LI, Intent.DOCUMENTS, attachments=(a_file("实施计划.docx"),))
    return hear(a_case(row.stages[0]), LI, reading, a_desk(documents=ALL_PAPERS[:2]))


def opened(row: Row) -> Decision:
    if row.event is Event.REQUEST:
        return decide_new(a_request(), ZGH, a_desk())
    report = a_request(LI, "已完成")
    return decide_new(replace(report, meaning=replace(report.meaning, intent=Intent.COMPLETED)), LI, a_desk())


def emergency(row: Row) -> Decision:
    writer = CHEN if row.who is Who.DECIDER else LI
    told = Remarks(emergency=Emergency("欧莱雅", "CITRIX宕机", "ZGH", agreed=True))
    reading = replace(a_reading(writer, Intent.NONE, "应急：欧莱雅，CITRIX宕机", thread_ids=()), remarks=told)
    return decide_new(reading, writer, a_desk())


def resent(row: Row) -> Decision:
    return hear(a_case(row.stages[0], retroactive=True), ZGH, a_request())


def by_signature(row: Row) -> Decision:
    case = a_case(row.stages[0])
    decision = settle_by_report(POLICY, case, Decimal("1.5"), ("ZB2026-W38-01",), CHEN.address, NOON, "m@demo.cn")
    assert decision is not None
    return decision


HOW: dict[tuple[Event, Who], Callable[[Row], Decision]] = {
    (Event.REQUEST, Who.SALES): opened,
    (Event.RETROACTIVE, Who.ENGINEER): opened,
    (Event.EMERGENCY, Who.DECIDER): emergency,
    (Event.EMERGENCY, Who.ENGINEER): emergency,
    (Event.RESENT, Who.SALES): resent,
    (Event.APPROVE, Who.DECIDER): by_mail(CHEN, M.APPROVE),
    (Event.CONDITION, Who.DECIDER): by_mail(CHEN, M.APPROVE_WITH_CONDITION),
    (Event.REJECT, Who.DECIDER): by_mail(CHEN, M.REJECT),
    (Event.NEED_INFO, Who.DECIDER): by_mail(CHEN, M.NEED_MORE_INFO),
    (Event.POSTPONE, Who.DECIDER): by_mail(CHEN, M.POSTPONE),
    (Event.POSTPONE_OVER, Who.BOT): by_clock(DeadlineKind.POSTPONED),
    (Event.DELEGATE, Who.DECIDER): by_mail(CHEN, M.DELEGATE, Assignment(delegate="郑总")),
    (Event.ASSIGN, Who.DECIDER): by_mail(CHEN, M.NONE, Assignment(engineers=("王工",))),
    (Event.ANSWER, Who.SALES): by_mail(ZGH, M.NONE),
    (Event.WITHDRAW, Who.SALES): by_mail(ZGH, M.WITHDRAW),
    (Event.WITHDRAW, Who.DECIDER): by_mail(CHEN, M.WITHDRAW),
    (Event.RESCHEDULE, Who.SALES): rescheduled,
    (Event.WITHDRAW_ASKED, Who.SALES): by_mail(ZGH, M.WITHDRAW),
    (Event.RESCHEDULE_AGREED, Who.DECIDER): wished(Wish.RESCHEDULE, M.APPROVE),
    (Event.WITHDRAW_AGREED, Who.DECIDER): wished(Wish.WITHDRAW, M.APPROVE),
    (Event.WISH_REFUSED, Who.DECIDER): wished(Wish.WITHDRAW, M.REJECT),
    (Event.CHANGE_AGREED, Who.DECIDER): by_mail(CHEN, M.APPROVE, change="产品改为 NetScaler"),
    (Event.CHANGE_REFUSED, Who.DECIDER): by_mail(CHEN, M.REJECT, change="产品改为 NetScaler"),
    (Event.OUTLINE, Who.SALES_OR_ENGINEER): about(LI, Remarks(outline=True, lists_outline=True)),
    (Event.OUTLINE_AGREED, Who.SALES_OR_ENGINEER): about(
        ZGH, Remarks(outline=True), Intent.APPROVE, outline_by="engineer"
    ),
    (Event.PROPOSAL, Who.ENGINEER): proposal_sent,
    (Event.REVISE, Who.SALES): about(ZGH, Remarks(revises=True), proposal=Proposal.SENT),
    (Event.UNDERSTOOD, Who.SALES): about(ZGH, Remarks(understands=True), proposal=Proposal.SENT),
    (Event.LEFT_SITE, Who.ENGINEER): by_mail(LI, M.LEFT_SITE),
    (Event.DEVIATION, Who.ENGINEER): by_mail(LI, M.DEVIATION),
    (Event.CHANGE_AGREED, Who.SALES): by_mail(ZGH, M.APPROVE, change="产品改为 NetScaler"),
    (Event.CHANGE_REFUSED, Who.SALES): by_mail(ZGH, M.REJECT, change="产品改为 NetScaler"),
    (Event.COMPLETED, Who.ENGINEER): by_mail(LI, M.COMPLETED),
    (Event.FORM, Who.SALES_OR_ENGINEER): form_later,
    (Event.ACCEPT, Who.SALES): by_mail(ZGH, M.APPROVE),
    (Event.SILENCE, Who.BOT): by_clock(DeadlineKind.ACCEPT),
    (Event.OBJECT, Who.SALES): by_mail(ZGH, M.OBJECT),
    (Event.DOUBT, Who.SALES): by_mail(ZGH, M.NONE),
    (Event.CLOSE, Who.DECIDER): by_mail(CHEN, M.APPROVE),
    (Event.DOCUMENTS, Who.BOT): papers_complete,
    (Event.ARCHIVE, Who.DECIDER): by_mail(CHEN, M.APPROVE),
    (Event.SETTLE, Who.DECIDER): by_mail(CHEN, M.APPROVE, Assignment(days=Decimal("2.5"))),
    (Event.SIGNED, Who.DECIDER): by_signature,
}

ONE_STAGE_ROWS = [replace(row, stages=(stage,)) for row in TABLE for stage in row.stages or ((),)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "row", ONE_STAGE_ROWS, ids=[f"{r.stages[0] or 'new'}-{r.event}-{r.who}" for r in ONE_STAGE_ROWS]
)
def test_every_row_is_reachable_by_a_mail_or_the_clock(row: Row) -> None:
    decision = HOW[row.event, row.who](row)
    assert row.event.value in [entry.event for entry in decision.history]
    assert stage_after(decision) is (row.to or row.stages[0])
    assert row.says in "".join(entry.why for entry in decision.history)


def test_no_two_rows_compete_for_the_same_stage_event_and_part() -> None:
    keys = [(stage, row.event, row.who) for row in TABLE for stage in row.stages or (None,)]
    assert len(keys) == len(set(keys))


def test_no_other_stage_event_and_part_has_a_row() -> None:
    named = {(stage, row.event, row.who) for row in TABLE for stage in row.stages or (None,)}
    for stage in (None, *Stage):
        for event in Event:
            for who in Who:
                found = find_row(stage, event, frozenset({who}))
                assert (found is not None) is ((stage, event, who) in named)


def test_ended_cases_are_left_only_by_the_directors_changed_mind() -> None:
    leaving = [(row.event, stage) for row in TABLE for stage in row.stages if stage in ENDED and row.to]
    assert leaving == [(Event.APPROVE, Stage.DECLINED)]


def test_what_ends_a_case_ends_every_deadline() -> None:
    for row in TABLE:
        if row.to in ENDED:
            assert set(row.ends) == set(DeadlineKind), row.says


def test_a_new_stage_is_a_new_round_and_voids_older_secrets() -> None:
    for (stage, writer, intent), to in MOVES.items():
        before = a_case(stage)
        after: Case | None = hear(before, writer, a_reading(writer, intent)).case
        assert after is not None
        assert (after.round > before.round) is (to is not stage), (stage, intent)


def test_docs_process_is_drawn_from_the_table() -> None:
    page = Path(__file__).parents[2] / "docs" / "process.md"
    assert page.read_text(encoding="utf-8") == write_page(), "run: python -m bot.rules.diagram > docs/process.md"


def test_the_drawing_names_every_stage_and_every_move() -> None:
    drawn = draw_table()
    assert set(STAGE_NAMES) == set(Stage)
    for row in TABLE:
        for stage in row.stages:
            if row.to and row.to is not stage:
                assert f"{stage.value} --> {row.to.value}: {row.who.value}: {row.says}" in drawn
    page = write_page()
    for row in TABLE:
        assert row.says in page


def test_R26_R27_one_mail_may_close_archive_and_settle() -> None:
    case = a_case(S.ACCEPTED, settled_days=Decimal(2))
    decision = hear(case, CHEN, a_reading(CHEN, M.APPROVE), a_desk(documents=ALL_PAPERS))
    assert [e.event for e in decision.history] == ["close", "documents", "settle"]
    assert stage_after(decision) is S.SETTLED
