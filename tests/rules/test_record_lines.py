"""What stands on the record of a mail that moves nothing: who, why not, and what the mail said (R34, R49)."""

from dataclasses import replace

from bot.rules.case import HistoryEntry
from bot.rules.deciding import decide_stranger
from bot.rules.decision import Decision
from bot.rules.mail import ProofFacts
from bot.rules.words import Intent, Proof, Role, Stage
from tests.rules.build import CHEN, LEAD, NOON, POLICY, a_case, a_desk, a_reading, hear


def the_line(decision: Decision) -> HistoryEntry:
    (line,) = decision.history
    assert not decision.changed
    assert decision.why == line.why
    return line


def test_R49_a_decision_nobody_vouches_for_did_not_count() -> None:
    reading = a_reading(CHEN, Intent.APPROVE, "同意，\n李工去", proof=ProofFacts(Proof.NONE, "no result"))
    line = the_line(hear(a_case(), CHEN, reading, a_desk(proof=Proof.NONE)))
    assert line == HistoryEntry(
        at=NOON,
        actor=CHEN.address,
        event="unproved",
        from_stage=Stage.AWAITING_APPROVAL,
        to_stage=Stage.AWAITING_APPROVAL,
        why=f"“总监同意”未生效：来信地址未获验证（no result），已请{CHEN.name}本人确认",
        mail=reading.mail.message_id,
        summary="同意， 李工去",
    )


def test_R10_R49_a_decision_against_the_first_did_not_count() -> None:
    second = replace(LEAD, roles=frozenset({Role.DIRECTOR}))
    cast = tuple(second if person == LEAD else person for person in POLICY.company.people)
    policy = replace(POLICY, company=replace(POLICY.company, people=cast))
    reading = a_reading(second, Intent.REJECT, "不同意，没有人手")
    case = a_case(Stage.APPROVED, decided_by=CHEN.address)
    line = the_line(hear(case, second, reading, a_desk(policy=policy)))
    assert line == HistoryEntry(
        at=NOON,
        actor=second.address,
        event="conflict",
        from_stage=Stage.APPROVED,
        to_stage=Stage.APPROVED,
        why=(
            f"“总监收回同意”未生效：{CHEN.name}已答复同意，{second.name}答复不同；"
            f"在{CHEN.name}改变决定之前以先前的答复为准（R10）"
        ),
        mail=reading.mail.message_id,
        summary="不同意，没有人手",
    )


def test_R49_a_mail_of_a_stranger_is_on_record() -> None:
    reading = a_reading("who@elsewhere.cn", Intent.APPROVE, "同意")
    line = the_line(decide_stranger(reading, a_case(), a_desk()))
    assert (line.actor, line.event, line.mail, line.summary) == (
        "who@elsewhere.cn",
        "stranger",
        reading.mail.message_id,
        "同意",
    )
    assert line.why == "来信地址不在人员名单中，只作记录，不影响案件"
