"""R36: the month's tables as CSV and JSON; empty months too."""

from bot.papers.monthly_tables import monthly_csv, monthly_json
from tests.papers.months import EMPTY, MONTH


def test_csv_holds_all_tables_and_no_formula() -> None:
    lines = monthly_csv(MONTH).decode("utf-8-sig").split("\r\n")
    assert lines[0] == "月份,2026-09"
    assert "R8,总监确认申请,9,0,1,0,10,0.900" in lines
    assert "'=欧莱雅,2,3,30,3.75,4.5,2" in lines
    assert lines.index("工程师") < lines.index("客户") < lines.index("逾期明细")


def test_json_is_numbers() -> None:
    found = monthly_json(MONTH)
    assert found["rates"][0]["share"] == 0.9
    assert found["rates"][2]["share"] is None
    assert found["missed"][0]["met"] == "2026-09-18T17:00:00+08:00"
    assert (found["stars"], found["counts"]) == (4.5, {"新申请": 3, "关闭": 2})
    assert monthly_json(EMPTY)["stars"] is None
