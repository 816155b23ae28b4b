"""R29: Σ 工时/8 × type × time; all 1.0, every one configurable."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest

from bot.rules.reports.coefficients import Coefficients, coefficient, count_days, share
from bot.rules.reports.work import WorkRecord, WorkSource
from bot.rules.times.hours import OfficeHours

D = Decimal
HOURS = OfficeHours()
SET = Coefficients((("故障处理", D("1.2")), ("培训", D("0.8"))), D("1.5"), D(2), D(3))
MONDAY = WorkRecord("li@demo.cn", date(2026, 9, 21), D(8), WorkSource.SAID)


def on(day: date, start: str = "", end: str = "", hours: str = "8") -> WorkRecord:
    times = [time.fromisoformat(t) if t else None for t in (start, end)]
    return replace(MONDAY, day=day, start=times[0], end=times[1], hours=D(hours))


def test_R29_all_coefficients_are_one() -> None:
    for day in (date(2026, 9, 21), date(2026, 9, 19), date(2026, 10, 1)):
        for kind in ("故障处理", "", "别的"):
            assert coefficient(Coefficients(), HOURS, on(day, "22:00", "06:00"), kind) == 1


@pytest.mark.parametrize(
    ("record", "kind", "expected"),
    [
        (on(date(2026, 9, 21)), "安装实施", "1"),  # a working day, a type without coefficient
        (on(date(2026, 9, 21)), "故障处理", "1.2"),
        (on(date(2026, 9, 21)), "培训、故障处理", "0.8"),  # the first named counts
        (on(date(2026, 9, 19)), "", "2"),  # Saturday off
        (on(date(2026, 9, 20)), "", "1"),  # a Sunday worked (调休)
        (on(date(2026, 9, 25)), "", "3"),  # 中秋
        (on(date(2026, 10, 7)), "故障处理", "3.6"),  # 国庆 × 故障处理
        (on(date(2026, 9, 21), "9:00".zfill(5), "17:30", "7.5"), "", "1"),
        (on(date(2026, 9, 21), "14:00", "20:00", "6"), "", "1.1667"),  # 4 h × 1 + 2 h × 1.5
        (on(date(2026, 9, 21), "20:00", "23:00", "3"), "", "1.5"),
        (on(date(2026, 9, 21), "22:00", "02:00", "4"), "", "1.5"),  # past midnight
        (on(date(2026, 9, 21), "07:00", "10:00", "3"), "", "1.3333"),
    ],
)
def test_R29_type_times_time(record: WorkRecord, kind: str, expected: str) -> None:
    assert coefficient(SET, HOURS, record, kind) == D(expected)


@pytest.mark.parametrize(
    ("hours", "factor", "days"), [("7.5", "1", "0.938"), ("8", "1.2", "1.2"), ("12", "1", "1.5"), ("0", "1", "0")]
)
def test_R29_eight_hours_are_a_day(hours: str, factor: str, days: str) -> None:
    assert count_days(D(hours), D(factor)) == D(days)


def test_R27_the_directors_figure_is_shared_by_hours_and_sums_up() -> None:
    assert share(D("2.5"), (D(8), D(4), D(8))) == (D("1"), D("0.5"), D("1"))
    assert share(D(1), (D(1), D(1), D(1))) == (D("0.333"), D("0.333"), D("0.334"))
    assert share(D(2), (D(0), D(0))) == (D(1), D(1))
    assert share(D(2), ()) == ()
