"""A month with everything in it, and an empty one."""

from datetime import timedelta
from decimal import Decimal

from bot.rules.reports.month import GroupLine, Load, Missed, Monthly, Rate
from tests.papers.sheets import NOW

D = Decimal
EMPTY = Monthly("2026-08", 21, (), (), (), (), (), ())
MONTH = Monthly(
    "2026-09",
    22,
    (("新申请", 3), ("关闭", 2)),
    (Rate("R8", "总监确认申请", 9, 1), Rate("R23", "销售验收", 5, 0, 3, 0), Rate("R25", "总监确认关闭")),
    (
        Missed("R8", "ZC2026-0003", "=1+1", "陈总", NOW, NOW + timedelta(hours=1)),
        Missed("R8", "ZC2026-0004", "3M", "陈总", NOW, None),
    ),
    (
        Load("李明", 4, D("29.5"), D(4), D("3.688"), D("0.168"), D("4.5"), 2),
        Load("王强", 1, D(8), D(1), D(1), D("0.045")),
    ),
    (GroupLine("=欧莱雅", 2, 3, D(30), D("3.75"), D("4.5"), 2), GroupLine("3M", 1, 1, D(8), D(1))),
    (GroupLine("安装实施", 3, 4, D(38), D("4.75"), D("4.5"), 2),),
    D("4.5"),
    2,
)  # fmt: skip
