"""D3: a day typed with figures and no year."""

from datetime import date

import pytest

from bot.parse.days import resolve_month_day


@pytest.mark.parametrize(
    ("reference", "month", "day", "resolved"),
    [
        (date(2026, 9, 18), 8, 19, date(2026, 8, 19)),
        (date(2026, 9, 18), 8, 18, date(2027, 8, 18)),
        (date(2026, 12, 28), 1, 5, date(2027, 1, 5)),
        (date(2027, 1, 5), 12, 28, date(2026, 12, 28)),
        (date(2028, 2, 20), 2, 29, date(2028, 2, 29)),
        (date(2027, 2, 20), 2, 29, None),
        (date(2026, 9, 18), 9, 31, None),
    ],
)
def test_a_day_without_a_year_is_the_nearest_from_30_days_back(
    reference: date, month: int, day: int, resolved: date | None
) -> None:
    assert resolve_month_day(month, day, reference) == resolved
