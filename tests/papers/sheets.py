"""A weekly report as a value, for the tests of its workbook."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bot.rules.reports.report import PlanRow, ReportRow, Sheet
from bot.rules.times.hours import SHANGHAI

D = Decimal
NOW = datetime(2026, 9, 18, 16, tzinfo=SHANGHAI)


def a_row(case_id: int, day: int, **changed: Any) -> ReportRow:
    """A line of September 2026: 7.5 hours."""
    base = ReportRow(
        case_id=case_id,
        ref=f"ZC2026-{case_id:04d}",
        day=date(2026, 9, day),
        customer="欧莱雅",
        project="CITRIX 安装",
        sales="张国华",
        support_type="安装实施",
        content="安装两台服务器",
        where="现场",
        times="09:00–17:30",
        hours=D("7.5"),
        estimate=D(1),
        factor=D(1),
        days=D("0.938"),
        state="已归档",
    )
    return replace(base, **changed)


SHEET = Sheet(
    week="2026-W38",
    engineer="li@demo.cn",
    name="李明",
    rows=(
        a_row(1, 14),
        a_row(2, 15, times="估算", hours=D(8), days=D(1)),
        a_row(2, 16, estimate=None, hours=D(4), factor=D("1.2"), days=D("0.6")),
    ),
    plan=(PlanRow("9月22日（周二）", "ZC2026-0009", "3M-中国", "AD升级", "域控升级", "远程"),),
    problems=("ZC2026-0001 欧莱雅：变更待销售答复：多两台服务器",),
    ref="ZB2026-W38-01",
    made_on=date(2026, 9, 18),
)
