"""R42: what rests on a calendar not yet announced is said to be provisional, and counted again when it is known."""

import pytest

from tests.whole.office import DIRECTOR, ENGINEER, SALES, Office

pytestmark = pytest.mark.servers


def test_a_provisional_deadline_is_counted_again_when_the_notice_is_in(small_office: Office) -> None:
    small_office.write(SALES, "09-17 10:00", "请安排", subject="技术支持申请--欧莱雅--CITRIX安装--ZGH--0917")
    small_office.turn("09-17 10:05")
    small_office.write(DIRECTOR, "09-17 11:00", "同意，李工12月31日去，2人天", answer=small_office.last(DIRECTOR))
    small_office.turn("09-17 11:05")
    complete = _complete(small_office)
    assert (complete["due"], complete["provisional"]) == ("2027-01-04T18:00:00+08:00", True)
    assert small_office.was_told(ENGINEER, "暂定")

    small_office.edit("[database]", '[calendar]\nknown_years = [2027]\noff = ["2027-01-01/2027-01-04"]\n[database]')
    small_office.turn("09-18 10:00")
    complete = _complete(small_office)
    assert (complete["due"], complete["provisional"]) == ("2027-01-05T18:00:00+08:00", False)
    assert "recounted" in [entry["event"] for entry in small_office.show()["history"]]


def _complete(office: Office) -> dict[str, object]:
    (found,) = [d for d in office.show()["deadlines"] if d["kind"] == "complete" and d["done_at"] is None]
    return dict(found)
