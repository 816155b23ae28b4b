"""The mornings of director and admin: the digest, and once a week the overview in its place (R36, R46)."""

import pytest

from tests.whole.office import ADMIN, DIRECTOR, ENGINEER, PEOPLE, SALES, Got, Office

pytestmark = pytest.mark.servers

SUBJECT = "技术支持申请--欧莱雅--CITRIX安装--ZGH--0917"


def _mornings(office: Office, person: str) -> list[str]:
    """The titles of the morning mails this person got, oldest first."""
    titles = ("今日待办汇总", "每周概览")
    return [t for got in office.inbox(person) for t in titles if got.text.startswith(f"【支持机器人】{t}")]


def _last_morning(office: Office, person: str) -> Got:
    return [got for got in office.inbox(person) if "今日待办汇总" in got.text or "每周概览" in got.text][-1]


def test_R36_R46_one_mail_a_morning_and_the_overview_once_a_week(office: Office) -> None:
    office.write(SALES, "09-17 10:00", "请安排", subject=SUBJECT)
    office.turn("09-17 10:05")
    office.write(DIRECTOR, "09-17 11:00", "同意，李工9月18日去，1人天", answer=office.last(DIRECTOR))
    office.turn("09-17 11:05")
    office.write(ENGINEER, "09-17 12:00", "风险：机房停电，影响：停机", answer=office.last(ENGINEER))
    office.write(ENGINEER, "09-17 12:01", "升级：寻求指导 是否改用新版本", answer=office.last(ENGINEER))
    office.turn("09-17 12:05")
    assert not _mornings(office, ADMIN)

    office.turn("09-18 09:05")
    assert _mornings(office, ADMIN) == ["今日待办汇总"]  # nothing ran on Monday morning: no overview this week
    seen = _last_morning(office, ADMIN).text
    for words in (
        "等待他人（1）",
        "工程师确认完成",
        "待 李明",
        "升级与争议（1）",
        "第3级（客户经理）",
        "问题与风险（1）",
        "影响：停机",
    ):
        assert words in seen

    office.turn("09-20 09:05")
    office.turn("09-21 09:05")
    office.turn("09-21 15:00")
    office.turn("09-22 09:05")
    for person in (ADMIN, DIRECTOR):
        assert _mornings(office, person)[-3:] == ["今日待办汇总", "每周概览", "今日待办汇总"]
    (week,) = [got for got in office.inbox(ADMIN) if "每周概览" in got.text]
    assert "已确认 ■■■■■■■■■■■■■■■■■■■■ 1" in week.text
    assert "【逾期】" in week.text
    assert "在办 1 件，其中 1 件有逾期" in week.text
    assert not [p for p in PEOPLE if p not in {ADMIN, DIRECTOR} and "每周概览" in _mornings(office, p)]


def test_R46_after_a_restart_on_the_same_morning_nobody_gets_a_second_mail(small_office: Office) -> None:
    small_office.write(SALES, "09-17 10:00", "请安排", subject=SUBJECT)
    small_office.turn("09-17 10:05")
    small_office.turn("09-21 09:05")
    assert _mornings(small_office, ADMIN) == ["每周概览"]
    small_office.close()
    small_office.turn("09-21 10:05")
    small_office.zhichi("once", "--at", "2026-09-21T11:00:00+08:00")
    small_office.await_mail()
    assert _mornings(small_office, ADMIN) == ["每周概览"]
