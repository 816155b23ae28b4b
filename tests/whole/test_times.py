"""The dates that issue A promises, through `zhichi once --at` and `zhichi show` on real servers."""

from typing import Any

import pytest

from bot.rules.words import Stage
from tests.whole.office import DIRECTOR, ENGINEER, SALES, Office

pytestmark = pytest.mark.servers

SUBJECT = "技术支持申请--欧莱雅--CITRIX安装--ZGH--0917"


def _deadline(shown: dict[str, Any], kind: str) -> dict[str, Any]:
    (found,) = [d for d in shown["deadlines"] if d["kind"] == kind and d["done_at"] is None]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("received", "due", "because"),
    [
        ("2026-09-17T11:59:59", "2026-09-17T18:00:00+08:00", "12点前"),
        ("2026-09-17T12:00:00", "2026-09-18T18:00:00+08:00", "12点后"),
        ("2026-09-19T10:00:00", "2026-09-20T18:00:00+08:00", "9月20日（周日）上班时收到"),
    ],
)
def test_R8_confirmation_is_due(received: str, due: str, because: str, small_office: Office) -> None:
    small_office.write(SALES, received, "请安排", subject=SUBJECT)
    small_office.zhichi("once", "--at", received)
    confirm = _deadline(small_office.show(), "confirm")
    assert confirm["due"] == due
    assert because in confirm["why"]


def _complete(office: Office, when: str) -> None:
    office.write(SALES, "09-17 10:00", "请安排", subject=SUBJECT)
    office.turn("09-17 10:05")
    office.write(DIRECTOR, "09-17 11:00", "同意，李工9月30日去，2人天", answer=office.last(DIRECTOR))
    office.turn("09-17 11:05")
    office.write(ENGINEER, when, "已完成", answer=office.last(ENGINEER))
    office.zhichi("once", "--at", at_text(when))
    office.await_mail()


def at_text(when: str) -> str:
    return f"2026-{when.replace(' ', 'T')}:00+08:00"


def test_R23_silence_over_the_national_day_ends_on_the_first_working_day(small_office: Office) -> None:
    _complete(small_office, "09-30 17:00")
    accept = _deadline(small_office.show(), "accept")
    assert accept["due"] == "2026-10-08T18:00:00+08:00"
    assert "9月30日（周三）17:00" in accept["why"]

    small_office.turn("10-08 09:01")
    assert small_office.was_told(SALES, "请您答复是否验收")
    small_office.turn("10-08 17:59")
    assert small_office.case().stage is Stage.AWAITING_ACCEPTANCE
    small_office.turn("10-08 18:00")
    case = small_office.case()
    assert (case.stage, case.tacit) == (Stage.ACCEPTED, True)


def test_R23_a_chaser_precedes_silence_even_when_the_bot_slept(small_office: Office) -> None:
    _complete(small_office, "09-30 17:00")
    small_office.turn("10-09 10:00")
    assert small_office.case().stage is Stage.AWAITING_ACCEPTANCE
    assert small_office.was_told(SALES, "请您答复是否验收")
    assert _deadline(small_office.show(), "accept")["due"] == "2026-10-10T18:00:00+08:00"
    small_office.turn("10-10 18:00")
    assert small_office.case().stage is Stage.ACCEPTED


def test_R11_reminder_then_escalation_then_daily_digest(small_office: Office) -> None:
    small_office.write(SALES, "09-17 10:00", "请安排", subject=SUBJECT)
    small_office.turn("09-17 10:05")
    before = len(small_office.inbox(DIRECTOR))
    small_office.turn("09-17 15:59")
    assert len(small_office.inbox(DIRECTOR)) == before
    small_office.turn("09-17 16:00")
    assert small_office.was_told(DIRECTOR, "提醒")
    small_office.turn("09-17 18:00")
    assert small_office.was_told("company@demo.local", "逾期上报")
    small_office.turn("09-18 09:00")
    assert small_office.was_told(DIRECTOR, "逾期")
    assert small_office.case().stage is Stage.AWAITING_APPROVAL


def test_a_second_turn_at_the_same_moment_changes_nothing(office: Office) -> None:
    office.write(SALES, "09-17 10:00", "请安排", subject=SUBJECT)
    office.zhichi("once", "--at", "2026-09-17T16:30:00+08:00")
    office.await_mail()
    before = (office.show(), len(office.inbox(DIRECTOR)), len(office.inbox(SALES)))
    office.zhichi("once", "--at", "2026-09-17T16:30:00+08:00")
    office.await_mail()
    assert (office.show(), len(office.inbox(DIRECTOR)), len(office.inbox(SALES))) == before
