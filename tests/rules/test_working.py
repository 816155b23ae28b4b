"""R27: what the words about hours do to the records: said, assumed, corrected; never without the engineer's word."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.parse.worktime import read_work
from bot.rules.case import Case
from bot.rules.decision import Decision
from bot.rules.people import Person
from bot.rules.reports.work import WorkRecord
from bot.rules.words import Intent, Proof, Stage
from tests.rules.build import CHEN, LI, WANG, ZGH, a_case, a_desk, a_reading, at, hear, said_kinds

D = Decimal
NAMES = ("李工", "王工", "李明", "王强")


def report(
    case: Case,
    text: str,
    when: str = "09-22 17:00",
    *,
    intent: Intent = Intent.COMPLETED,
    before: Iterable[WorkRecord] = (),
    writer: Person = LI,
    proof: Proof = Proof.PASS,
) -> Decision:
    reading = a_reading(writer, intent, text, when=at(when))
    reading = replace(reading, work=read_work(text, at(when).date(), NAMES))
    return hear(case, writer, reading, replace(a_desk(at(when), proof=proof), work=tuple(before)))


def lines(decision: Decision) -> list[str]:
    return [
        f"{record.engineer[:2]} {record.day:%m%d} {record.hours}{'?' if record.source == 'assumed' else ''}"
        for record in decision.work or ()
    ]


ONE_DAY = a_case(Stage.APPROVED, days=D(1))  # 9月22日, 李工


def test_R27_hours_are_kept_a_day_with_the_mail_and_the_history_says_so() -> None:
    decision = report(ONE_DAY, "已完成。9月21日 9:00-17:30 现场，7.5小时")
    (record,) = decision.work or ()
    assert (record.engineer, record.day, record.hours) == (LI.address, date(2026, 9, 21), D("7.5"))
    assert (f"{record.start:%H:%M}", f"{record.end:%H:%M}") == ("09:00", "17:30")
    assert decision.history[0].mail == record.mail
    assert "工时：李明 9月21日 7.5小时" in decision.history[0].why


@pytest.mark.parametrize(
    ("case", "text", "expected"),
    [
        (ONE_DAY, "已完成", ["li 0922 8?"]),
        (replace(ONE_DAY, days=D("0.5")), "已完成", ["li 0922 4?"]),
        (replace(ONE_DAY, days=None), "已完成", ["li 0922 8?"]),
        (replace(ONE_DAY, on=None), "已完成", ["li 0922 8?"]),
        (replace(ONE_DAY, on=date(2026, 9, 21), days=D("1.5")), "已完成", ["li 0921 8?", "li 0922 4?"]),
        (replace(ONE_DAY, on=date(2026, 9, 18), days=D(3)), "已完成", ["li 0918 8?", "li 0920 8?", "li 0921 8?"]),
        (replace(ONE_DAY, engineers=(LI.address, WANG.address), days=D(1)), "已完成", ["li 0922 4?", "wa 0922 4?"]),
        (replace(ONE_DAY, engineers=(LI.address, WANG.address)), "已完成，李工8小时", ["li 0922 8", "wa 0922 4?"]),
        (ONE_DAY, "已完成，用时1.5天", ["li 0922 12"]),
        (replace(ONE_DAY, on=date(2026, 9, 21), days=D(2)), "已完成，用时1.5天", ["li 0921 8", "li 0922 4"]),
        (ONE_DAY, "已完成，李工 9月22日 8小时，王工 9月22日 4小时", ["li 0922 8", "wa 0922 4"]),
        (ONE_DAY, "已完成，9月18日至21日 每天8小时", ["li 0918 8", "li 0920 8", "li 0921 8"]),  # Saturday is off
    ],
)  # fmt: skip
def test_R27_said_or_else_from_the_confirmed_days_and_the_estimate(case: Case, text: str, expected: list[str]) -> None:
    assert lines(report(case, text)) == expected


def test_R19_R27_a_day_on_the_site_is_kept_and_the_completion_adds_the_rest() -> None:
    case = replace(ONE_DAY, on=date(2026, 9, 21), days=D(2))
    left = report(case, "已离场，明天继续", "09-21 18:00", intent=Intent.LEFT_SITE)
    assert lines(left) == ["li 0921 8?"]
    assert left.case is not None
    done = report(left.case, "已完成，今天9:00-12:00", before=left.work or ())
    assert lines(done) == ["li 0921 8?", "li 0922 3"]


def test_R27_a_total_replaces_what_was_assumed_and_a_correction_what_was_said() -> None:
    case = replace(ONE_DAY, on=date(2026, 9, 21), days=D(2))
    left = report(case, "已离场，明天继续", "09-21 18:00", intent=Intent.LEFT_SITE)
    done = report(case, "已完成，总用时10小时", before=left.work or ())
    assert lines(done) == ["li 0921 10"]
    corrected = report(
        a_case(Stage.ACCEPTED), "更正工时：9月21日 6小时，9月22日 3小时", "09-24 10:00", intent=Intent.NONE,
        before=done.work or (),
    )  # fmt: skip
    assert lines(corrected) == ["li 0921 6", "li 0922 3"]


def test_R27_a_record_keeps_its_place_in_a_report() -> None:
    done = report(ONE_DAY, "已完成，9月22日 8小时")
    listed = [replace(r, report_id=5) for r in done.work or ()]
    corrected = report(
        a_case(Stage.ACCEPTED), "更正工时：9月22日 6小时", "09-24 10:00", intent=Intent.NONE, before=listed
    )
    assert [(r.hours, r.report_id) for r in corrected.work or ()] == [(D(6), 5)]


@pytest.mark.parametrize(
    ("writer", "intent", "text"),
    [
        (ZGH, Intent.NONE, "更正工时：9月21日 8小时"),  # sales name no hours
        (CHEN, Intent.NONE, "工时 8小时"),
        (LI, Intent.DEVIATION, "工作量有变化，9月21日 8小时不够"),
        (LI, Intent.NONE, "9月21日 8小时"),  # not said to be about hours, and no report on the work
    ],
)
def test_R27_other_words_are_no_hours(writer: Person, intent: Intent, text: str) -> None:
    assert report(a_case(Stage.ON_SITE), text, writer=writer, intent=intent).work is None


def test_R27_a_forged_mail_names_no_hours() -> None:
    decision = report(ONE_DAY, "已完成，9月21日 8小时", proof=Proof.FAIL)
    assert decision.work is None


def test_R27_what_could_not_be_counted_is_asked_of_the_engineer() -> None:
    decision = report(ONE_DAY, "已完成，9月31日 8小时")
    assert "ask" in said_kinds(decision)
    (ask,) = [say for say in decision.says if say.kind == "ask"]
    assert ask.to == (LI.address,)
    assert "9月31日" in ask.items[0]
    assert lines(decision) == ["li 0922 8?"]
