"""Plans by mail: who is where on which days (R38)."""

import json

import pytest

from tests.whole.office import DIRECTOR, ENGINEER, SALES, Office

pytestmark = pytest.mark.servers

FIRST = "技术支持申请--欧莱雅--CITRIX安装--ZGH--0917"
SECOND = "技术支持申请--宝洁--网络升级--ZGH--0917"


def _ask_and_approve(office: Office, subject: str, hour: int) -> None:
    office.write(SALES, f"09-17 {hour:02d}:00", "请安排", subject=subject)
    office.turn(f"09-17 {hour:02d}:05")
    office.write(DIRECTOR, f"09-17 {hour:02d}:10", "同意，李工9月22日去，1人天，现场", answer=office.last(DIRECTOR))
    office.turn(f"09-17 {hour:02d}:15")


def test_R38_double_booking_is_said_when_the_director_assigns(small_office: Office) -> None:
    _ask_and_approve(small_office, FIRST, 9)
    assert not small_office.was_told(DIRECTOR, "已安排在")
    _ask_and_approve(small_office, SECOND, 10)
    told = small_office.last(DIRECTOR).text
    assert "李明9月22日（周二）已安排在 ZC2026-0001（欧莱雅 CITRIX安装" in told
    assert "有空的工程师：王强" in told
    assert not small_office.was_told(SALES, "已安排在")
    assert not small_office.was_told(ENGINEER, "已安排在")
    li, wang = map(json.loads, small_office.zhichi("load", "--week", "2026-W39", "--json").splitlines())
    assert (li["engineer"], li["days"], li["workdays"], li["doubled"]) == ("李明", 1, 4, ["2026-09-22"])
    assert (wang["engineer"], wang["taken"]) == ("王强", [])
    small_office.zhichi("load", "--week", "2026-99", expect=2)
