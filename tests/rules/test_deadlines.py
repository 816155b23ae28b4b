"""How each deadline is computed, and that it can say so in one Chinese sentence (R8, R21, R23, R42)."""

from datetime import date, datetime

import pytest

from bot.rules.applying import Cause, arm
from bot.rules.case import Deadline, DeadlineKind
from bot.rules.policy import Policy
from bot.rules.times import deadlines
from bot.rules.times.hours import SHANGHAI
from bot.rules.words import Intent, Nature, Stage
from tests.rules.build import CHEN, COMPANY, LI, POLICY, ZGH, a_case, a_reading, at

D = DeadlineKind


def words(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%m-%d %H:%M}"


R8 = [
    # received, confirm until, support from: non-project, project
    ("09-17 11:59:59", "09-17 18:00", "09-18 09:00", "09-21 09:00"),  # Thursday; Sunday 20 is worked
    ("09-17 12:00:00", "09-18 18:00", "09-20 09:00", "09-22 09:00"),
    ("09-17 08:00:00", "09-17 18:00", "09-18 09:00", "09-21 09:00"),  # before opening
    ("09-17 19:30:00", "09-18 18:00", "09-20 09:00", "09-22 09:00"),  # after closing: as after noon
    ("09-19 10:00:00", "09-20 18:00", "09-21 09:00", "09-23 09:00"),  # Saturday off → Sunday worked
    ("09-30 11:00:00", "09-30 18:00", "10-08 09:00", "10-10 09:00"),  # the eve of National Day
    ("09-30 15:00:00", "10-08 18:00", "10-09 09:00", "10-12 09:00"),
    ("10-04 15:00:00", "10-08 18:00", "10-09 09:00", "10-12 09:00"),  # in it
]


@pytest.mark.parametrize(("received", "confirm", "non_project", "project"), R8)
def test_R8_the_table(received: str, confirm: str, non_project: str, project: str) -> None:
    moment = at(received)
    assert words(deadlines.confirm_deadline(POLICY, moment, "x").due_at) == confirm
    assert words(deadlines.start_deadline(POLICY, moment, Nature.NON_PROJECT).due_at) == non_project
    assert words(deadlines.start_deadline(POLICY, moment, None).due_at) == non_project
    assert words(deadlines.start_deadline(POLICY, moment, Nature.PROJECT).due_at) == project


def test_R8_the_sentences() -> None:
    confirm = deadlines.confirm_deadline(POLICY, at("09-17 11:59:59"), "x").why
    assert (
        confirm
        == "申请9月17日（周四）11:59收到，属第1个工作日12点前，总监应在第1个工作日9月17日（周四）18:00前确认（R8）"
    )
    moved = deadlines.confirm_deadline(POLICY, at("09-19 10:00"), "x").why
    assert "9月19日（周六）为休息日，按9月20日（周日）上班时收到计算" in moved
    start = deadlines.start_deadline(POLICY, at("09-17 12:00"), Nature.PROJECT).why
    assert start.endswith("项目支持从第5个工作日9月22日（周二）起，可顺延（R8）")


def test_R8_start_days_are_never_chased_and_confirmations_two_hours_before() -> None:
    assert deadlines.start_deadline(POLICY, at("09-17 10:00"), None).next_at is None
    assert deadlines.confirm_deadline(POLICY, at("09-17 10:00"), "x").next_at == at("09-17 16:00")


R23 = [
    ("09-30 17:00", "10-08 18:00"),  # over National Day
    ("11-06 17:00", "11-09 18:00"),  # Friday → Monday in an ordinary week
    ("11-09 09:00", "11-10 18:00"),  # the noon rule does not apply
    ("11-09 11:59", "11-10 18:00"),
    ("11-09 12:00", "11-10 18:00"),
    ("11-09 23:00", "11-10 18:00"),
    ("11-09 02:00", "11-10 18:00"),  # the receipt day is not counted, however early
    ("09-19 10:00", "09-20 18:00"),  # rest day → first working day after, a worked Sunday
    ("11-07 10:00", "11-09 18:00"),
    ("10-03 10:00", "10-08 18:00"),
]


@pytest.mark.parametrize(("received", "due"), R23)
def test_R23_one_working_day_for_sales(received: str, due: str) -> None:
    made = deadlines.accept_deadline(POLICY, at(received), ZGH.address)
    assert words(made.due_at) == due
    assert made.next_at == POLICY.hours.opens(made.due_at.date()), "the chaser goes out as the last day opens"
    assert made.owner == ZGH.address


def test_R23_the_sentence() -> None:
    made = deadlines.accept_deadline(POLICY, at("09-30 17:00"), ZGH.address)
    assert made.why == (
        "完成邮件9月30日（周三）17:00收到，收到当日不计，其间休息日不计，"
        "下一个工作日10月8日（周四）18:00前未答复即视为完成（R23）"
    )


@pytest.mark.parametrize(
    ("on", "until", "intent", "when", "due", "said"),
    [
        ("09-22", None, Intent.APPROVE, "09-17 12:00", "09-23 18:00", "支持日为9月22日"),
        ("09-30", None, Intent.APPROVE, "09-17 12:00", "10-08 18:00", "支持日为9月30日"),
        ("09-22", "09-24", Intent.APPROVE, "09-17 12:00", "09-28 18:00", "支持日为9月24日"),
        ("09-15", None, Intent.APPROVE, "09-17 12:00", "09-18 18:00", "支持安排确认于9月17日"),  # said afterwards
        ("09-22", None, Intent.LEFT_SITE, "09-23 12:00", "09-24 18:00", "离场日为9月23日"),
        (None, None, Intent.LEFT_SITE, "09-23 12:00", "09-24 18:00", "离场日为9月23日"),
        ("09-22", None, Intent.OBJECT, "09-24 12:00", "09-28 18:00", "异议提出于9月24日"),
    ],
)
def test_R21_completion_within_the_working_day_after_the_work(
    on: str | None, until: str | None, intent: Intent, when: str, due: str, said: str
) -> None:
    day, end = (date.fromisoformat(f"2026-{d}") if d else None for d in (on, until))
    case = a_case(Stage.APPROVED, on=day, until=end)
    made = arm(D.COMPLETE, case, Cause(POLICY, at(when), "x", a_reading(CHEN, intent, when=at(when))))
    assert made is not None
    assert words(made.due_at) == due
    assert said in made.why
    assert made.owner == LI.address


def test_R21_without_a_day_there_is_no_completion_deadline() -> None:
    case = a_case(Stage.APPROVED, on=None)
    assert arm(D.COMPLETE, case, Cause(POLICY, at("09-17 12:00"), "x", a_reading(CHEN, Intent.APPROVE))) is None


@pytest.mark.parametrize(
    ("kind", "owner", "due"),
    [
        (D.INFO, ZGH, "09-18 18:00"),
        (D.CHANGE, ZGH, "09-18 18:00"),
        (D.RESEND, ZGH, "09-18 18:00"),
        (D.CLOSE, CHEN, "09-18 18:00"),
        (D.FORM, LI, "09-18 18:00"),
        (D.DOCUMENTS, LI, "09-21 18:00"),  # three working days, the Sunday among them
        (D.SETTLE, CHEN, "09-23 18:00"),
    ],
)
def test_the_companys_own_periods(kind: DeadlineKind, owner: object, due: str) -> None:
    made = arm(kind, a_case(Stage.CLOSED), Cause(POLICY, at("09-17 12:00"), "x", a_reading(CHEN)))
    assert made is not None
    assert (words(made.due_at), made.owner) == (due, owner.address)  # type: ignore[attr-defined]
    assert "个工作日" in made.why


def test_R10_postponed_asks_again_at_the_opening_of_the_day_named() -> None:
    named = deadlines.postponed_deadline(POLICY, date(2026, 10, 3), at("09-17 12:00"), CHEN.address)
    assert (words(named.due_at), named.next_at) == ("10-08 09:00", named.due_at)
    open_end = deadlines.postponed_deadline(POLICY, None, at("09-17 12:00"), CHEN.address)
    assert (words(open_end.due_at), open_end.next_at) == ("09-23 09:00", open_end.due_at)
    assert "未定日期" in open_end.why


def test_R10_after_an_answer_the_confirmation_counts_from_the_answer() -> None:
    when = at("09-22 14:00")
    case = a_case(Stage.AWAITING_APPROVAL, round=2)
    made = arm(D.CONFIRM, case, Cause(POLICY, when, "x", a_reading(ZGH, when=when)))
    assert made is not None
    assert words(made.due_at) == "09-23 18:00"
    assert made.why.startswith("答复9月22日（周二）14:00收到")
    by_clock = arm(D.CONFIRM, case, Cause(POLICY, at("09-22 09:00"), "zhichi"))
    assert by_clock is not None
    assert words(by_clock.due_at) == "09-22 18:00"


def test_nobody_owes_what_nobody_can_be_asked_for() -> None:
    lonely = Policy(type(COMPANY)((ZGH, LI)))
    case = a_case(Stage.CLOSED, engineers=())
    cause = Cause(lonely, at("09-17 12:00"), "x", a_reading(ZGH))
    for kind in (D.CONFIRM, D.CLOSE, D.SETTLE, D.POSTPONED, D.COMPLETE):
        assert arm(kind, case, cause) is None, kind
    form = arm(D.FORM, case, cause)
    assert form is not None
    assert form.owner == ZGH.address


def test_a_period_already_over_when_its_mail_is_read_begins_then() -> None:
    """The bot slept for four days: who hears of a question now has a whole period from now."""
    reading = a_reading(CHEN, when=at("11-02 10:00"))
    made = arm(D.INFO, a_case(), Cause(POLICY, at("11-06 10:00"), "x", reading))
    assert made is not None
    assert words(made.due_at) == "11-09 18:00"
    confirm = arm(D.CONFIRM, a_case(received_at=at("11-02 10:00")), Cause(POLICY, at("11-06 10:00"), "x", reading))
    assert confirm is not None
    assert words(confirm.due_at) == "11-02 18:00", "R8's promise is not moved by our sleep"


@pytest.mark.parametrize(
    ("kind", "now", "next_at", "step"),
    [
        (D.CONFIRM, "09-17 10:00", "09-17 16:00", 0),
        (D.CONFIRM, "09-17 17:00", "09-17 18:00", 1),  # the reminder would follow the request at once
        (D.ACCEPT, "09-17 10:00", "09-18 09:00", 0),
        (D.ACCEPT, "09-18 10:00", "09-18 16:00", 0),  # late, but the chaser precedes silence
        (D.ACCEPT, "09-18 17:00", "09-18 17:00", 0),
    ],
)
def test_R11_nobody_is_reminded_of_what_was_just_said(kind: DeadlineKind, now: str, next_at: str, step: int) -> None:
    reading = a_reading(ZGH, when=at("09-17 10:00"))
    made = arm(kind, a_case(), Cause(POLICY, at(now), "x", reading))
    assert made is not None
    assert (made.next_at, made.step) == (at(next_at), step)


def test_R42_what_reaches_into_a_year_not_announced_is_provisional() -> None:
    made = deadlines.confirm_deadline(POLICY, at("12-31 15:00"), CHEN.address)
    assert words(made.due_at) == "01-04 18:00"
    assert made.provisional
    assert made.why.endswith("（该年放假安排尚未公布，暂定）")
    assert not deadlines.confirm_deadline(POLICY, at("12-30 15:00"), CHEN.address).provisional


@pytest.mark.parametrize(
    ("now", "again"),
    [
        ("09-17 16:00", "09-17 18:00"),
        ("09-17 18:00", "09-18 09:00"),
        ("09-18 09:00", "09-20 09:00"),
        ("09-30 09:00", "10-08 09:00"),
    ],
)
def test_R11_at_the_deadline_then_each_working_day(now: str, again: str) -> None:
    due = Deadline(D.CONFIRM, at("09-17 18:00"), None, CHEN.address, "")
    assert deadlines.next_nudge(POLICY, due, at(now)) == at(again)
