"""Escalations, problems and ratings by real mail (R32, R37, R39)."""

import pytest

from bot.rules.words import Stage
from tests.whole.office import ADMIN, BOT, COMPANY, DIRECTOR, ENGINEER, LEAD, PEOPLE, SALES, Got, Office
from tests.whole.test_life import test_a_smooth_request_costs_five_mails_in_the_thread_R46 as live

pytestmark = pytest.mark.servers

SUBJECT = "技术支持申请--欧莱雅--CITRIX安装--ZGH--0917"


def _approve(office: Office) -> Got:
    office.write(SALES, "09-17 09:00", "请安排", subject=SUBJECT)
    office.turn("09-17 09:05")
    office.write(DIRECTOR, "09-17 09:30", "同意，李工9月22日去，2人天，现场", answer=office.last(DIRECTOR))
    office.turn("09-17 09:35")
    return office.last(SALES)


def _counts(office: Office) -> dict[str, int]:
    return {person: len(office.inbox(person)) for person in PEOPLE}


def _news(office: Office, before: dict[str, int]) -> dict[str, int]:
    return {p: n - before[p] for p, n in _counts(office).items() if n != before[p]}


def test_R32_raised_by_mail_it_climbs_in_working_hours_until_somebody_answers(office: Office) -> None:
    confirmed = _approve(office)
    before = _counts(office)
    office.write(SALES, "09-17 10:00", "升级：时间调整 客户要求提前到9月19日", answer=confirmed)
    office.turn("09-17 10:05")
    assert _news(office, before) == {ENGINEER: 1, SALES: 1}
    asked = office.last(ENGINEER)
    assert "协调复核或确认项目时间" in asked.text
    assert "9月17日（周四）14:05" in asked.text

    before = _counts(office)
    office.turn("09-17 14:04")
    assert not _news(office, before)
    office.turn("09-17 14:05")
    assert _news(office, before) == {DIRECTOR: 1, ENGINEER: 1, SALES: 1}
    assert "批准并通知重大时间变更" in office.last(DIRECTOR).text
    assert "已解决" not in office.last(ENGINEER).html.split("<table")[0]

    # The case goes on meanwhile: the button still proves who taps it, here without a word of the host.
    office.write(ENGINEER, "09-17 15:00", "已离场，明天再去", answer=confirmed)
    office.turn("09-17 15:05")
    assert office.case().stage is Stage.ON_SITE
    before = _counts(office)
    office.tap(DIRECTOR, "09-17 15:10", office.last(DIRECTOR), "我来处理")
    office.turn("09-17 15:15")
    assert _news(office, before) == {SALES: 1, ENGINEER: 1}
    told = office.last(SALES)
    assert "我来处理" in told.text
    office.tap(SALES, "09-17 16:00", told, "已解决")
    office.turn("09-17 16:05")
    shown = office.show()
    assert [(m["name"], m["level"], m["open"]) for m in shown["matters"]] == [("升级1", 2, False)]
    steps = [h["event"] for h in shown["history"]]
    assert [s for s in steps if s not in {"request", "approve", "left_site", "mail"}] == [
        "raised", "climbed", "climbed", "answered", "resolved",
    ]  # fmt: skip
    before = _counts(office)
    office.turn("09-20 15:00")
    assert COMPANY not in _news(office, before)
    assert not office.was_told(LEAD, "升级1")


def test_R32_what_nobody_vouches_for_stops_nothing_and_a_vacation_is_no_answer(small_office: Office) -> None:
    confirmed = _approve(small_office)
    small_office.write(SALES, "09-17 10:00", "升级：运营问题 现场中断", answer=confirmed)
    small_office.turn("09-17 10:05")
    asked = small_office.last(ENGINEER)
    small_office.write(ENGINEER, "09-17 10:10", "升级1已解决", answer=asked, proved=False)
    small_office.write(
        ENGINEER, "09-17 10:11", "我在休假", answer=asked,
        change=lambda mail: mail.__setitem__("Auto-Submitted", "auto-replied"),
    )  # fmt: skip
    small_office.turn("09-17 10:15")
    assert small_office.show()["matters"][0]["open"]
    assert small_office.was_told(ENGINEER, "请确认这封邮件是您本人所发")
    small_office.tap(ENGINEER, "09-17 10:20", small_office.last(ENGINEER), "是我本人，确认")
    small_office.turn("09-17 10:25")
    assert not small_office.show()["matters"][0]["open"]


def test_R37_R48_a_problem_costs_no_mail_and_stands_in_the_status(small_office: Office) -> None:
    confirmed = _approve(small_office)
    before = _counts(small_office)
    small_office.write(
        ENGINEER, "09-17 10:00", "问题：安装介质损坏\n风险：机房停电，影响：停机，应对：UPS", answer=confirmed
    )
    small_office.turn("09-17 10:05")
    assert not _news(small_office, before)
    small_office.write(ADMIN, "09-17 10:10", "状态", answer=confirmed)
    small_office.turn("09-17 10:15")
    status = small_office.last(ADMIN).text
    assert "问题1：安装介质损坏" in status
    assert "风险1：机房停电；影响：停机；应对：UPS" in status
    small_office.write(ENGINEER, "09-17 10:20", "问题1已解决", answer=confirmed)
    small_office.write(ADMIN, "09-17 10:25", "状态", answer=confirmed)
    small_office.turn("09-17 10:30")
    assert "问题1" not in small_office.last(ADMIN).text.split("原始邮件")[0].split("回复的")[0].split("写道")[0]
    assert "风险1" in small_office.last(ADMIN).text


def test_R39_R46_the_rating_is_one_tap_in_a_mail_that_goes_out_anyway(small_office: Office) -> None:
    live(small_office)
    closed = next(got for got in reversed(small_office.inbox(SALES)) if "评分" in got.html)
    assert not [got for got in small_office.inbox(ENGINEER) if "评分" in got.html]
    before = _counts(small_office)
    small_office.tap(SALES, "09-24 09:30", closed, "5 分")
    small_office.turn("09-24 09:35")
    news = _news(small_office, before)
    assert set(news) <= {DIRECTOR, ADMIN}  # their digests alone
    assert small_office.show()["rating"]["stars"] == 5
    small_office.write(SALES, "09-24 10:00", "评分：6", answer=closed)
    small_office.turn("09-24 10:05")
    assert "1 到 5 的整数" in small_office.last(SALES).text
    small_office.tap(SALES, "09-24 10:10", small_office.last(SALES), "2 分")
    small_office.turn("09-24 10:15")
    assert small_office.show()["rating"]["stars"] == 2
    assert [h["why"] for h in small_office.show()["history"] if h["event"] == "rated"] == [
        "销售评分 5 分", "销售评分 2 分（原为 5 分）",
    ]  # fmt: skip
    assert not [got for got in small_office.inbox(SALES) if BOT in str(got.message["To"])]
