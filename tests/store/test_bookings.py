"""The confirmed days of open cases as the database tells them (R38)."""

from datetime import date

from bot.rules.plans.booking import CONFIRMED
from bot.rules.words import Stage
from bot.store import Store
from tests.store.examples import a_case

DAY = date(2026, 9, 22)


def test_R38_open_cases_that_touch_these_days(store: Store) -> None:
    taken = {"engineers": ("li@x.cn",), "on": DAY}
    with store.transaction() as tx:
        tx.cases.create(a_case())  # not confirmed
        here = tx.cases.create(a_case(stage=Stage.APPROVED, **taken))
        span = tx.cases.create(a_case(stage=Stage.ON_SITE, **taken | {"on": date(2026, 9, 20), "until": DAY}))
        tx.cases.create(a_case(stage=Stage.APPROVED, **taken | {"on": date(2026, 9, 23)}))
        tx.cases.create(a_case(stage=Stage.APPROVED, engineers=("li@x.cn",)))
        tx.cases.create(a_case(stage=Stage.APPROVED, on=DAY))
        done = tx.cases.create(a_case(stage=Stage.SETTLED, **taken))
        tx.cases.create(a_case(stage=Stage.WITHDRAWN, **taken))
        found = tx.bookings.between(DAY, DAY)
        assert [(b.ref, b.on, b.until) for b in found] == [(here.ref, DAY, DAY), (span.ref, date(2026, 9, 20), DAY)]
        assert [b.ref for b in tx.bookings.between(DAY, DAY, CONFIRMED)] == [here.ref, span.ref, done.ref]
