"""核算工作量(人天) = Σ 工时/8 × type coefficient × time coefficient (R29); all coefficients 1.0 unless configured."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from bot.rules.reports.work import HOURS_A_DAY, WorkRecord
from bot.rules.times.hours import OfficeHours

ONE = Decimal(1)
SUPPORT_TYPES = ("售前交流", "方案", "测试", "安装实施", "故障处理", "培训")
"""支持类型 of a request (R4)."""


@dataclass(frozen=True, slots=True)
class Coefficients:
    """`types`: 支持类型 → coefficient, others count 1.

    By time: `after_hours` before opening and after closing of a working day, `rest_day`, public `holiday`.
    """

    types: tuple[tuple[str, Decimal], ...] = ()
    after_hours: Decimal = ONE
    rest_day: Decimal = ONE
    holiday: Decimal = ONE

    def of_type(self, written: str) -> Decimal:
        """The coefficient of the type that stands first in what the request says; 1 when none is known."""
        found = [(written.find(name), number) for name, number in self.types if name and name in written]
        return min(found, default=(0, ONE))[1]


def coefficient(coefficients: Coefficients, hours: OfficeHours, record: WorkRecord, support_type: str) -> Decimal:
    """Type × time for one record, at most four places; a record that runs into the evening gets the weighted mean."""
    return _round(coefficients.of_type(support_type) * _time_coefficient(coefficients, hours, record), "0.0001")


def count_days(hours: Decimal, factor: Decimal) -> Decimal:
    """核算工作量 of so many hours, in 人天 with at most three places."""
    return _round(hours / HOURS_A_DAY * factor, "0.001")


def share(total: Decimal, parts: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    """`total` 人天 over `parts` in their proportion, summing up exactly; equal shares when all parts are 0."""
    whole = sum(parts, Decimal(0))
    weights = parts if whole else (ONE,) * len(parts)
    whole = whole or Decimal(len(parts))
    shares = [_round(total * weight / whole, "0.001") for weight in weights]
    if shares:
        shares[-1] += total - sum(shares, Decimal(0))
    return tuple(plain(s) for s in shares)


def plain(value: Decimal) -> Decimal:
    """The same number without trailing zeros and without exponent."""
    found = value.normalize()
    return found.quantize(ONE) if int(found.as_tuple().exponent) > 0 else found


def _time_coefficient(coefficients: Coefficients, hours: OfficeHours, record: WorkRecord) -> Decimal:
    answer = hours.calendar.ask(record.day)
    if not answer.works:
        return coefficients.holiday if answer.name else coefficients.rest_day
    outside = _outside(hours, record)
    if not outside or not record.hours:
        return ONE
    return ((record.hours - outside) + outside * coefficients.after_hours) / record.hours


def _outside(hours: OfficeHours, record: WorkRecord) -> Decimal:
    """Hours before opening and after closing, by the record's first and last moment; 0 when these are not known."""
    if record.start is None or record.end is None:
        return Decimal(0)
    start = datetime.combine(record.day, record.start, hours.zone)
    end = datetime.combine(record.day, record.end, hours.zone)
    if end <= start:
        end += timedelta(days=1)
    opens, closes = hours.opens(record.day), hours.closes(record.day)
    inside = max(min(end, closes) - max(start, opens), timedelta(0))
    outside = Decimal(int((end - start - inside).total_seconds())) / 3600
    return min(outside, record.hours)


def _round(value: Decimal, places: str) -> Decimal:
    return plain(value.quantize(Decimal(places), ROUND_HALF_UP))
