"""R36: the month in figures; a mail counts from its receipt, silence is told apart, what was overtaken is left out."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from bot.rules.case import Case, Deadline, DeadlineKind, HistoryEntry
from bot.rules.matters.matter import Rating
from bot.rules.matters.rating import Rated
from bot.rules.reports.month import Monthly, MonthMaterial, Rate, month_span
from bot.rules.reports.monthly import make_monthly
from bot.rules.words import Stage
from tests.papers.sheets import a_row
from tests.rules.build import CHEN, LI, POLICY, WANG, a_case, at

D, K = Decimal, DeadlineKind
SEPTEMBER, LATER = date(2026, 9, 1), at("10-09 10:00")
CASE = a_case(Stage.SETTLED)


def due(kind: DeadlineKind, when: str, done: str = "", case: int = 7) -> Deadline:
    done_at = at(done) if done else None
    return Deadline(kind, at(when), None, CHEN.address, "", case_id=case, done_at=done_at)


def did(event: str, when: str, mail: str = "") -> HistoryEntry:
    return HistoryEntry(at(when), CHEN.address, event, None, None, "", mail)


def month(
    deadlines: Iterable[Deadline] = (),
    history: Iterable[HistoryEntry] = (),
    received: dict[str, datetime] | None = None,
    cases: Iterable[Case] = (CASE,),
    **changed: object,
) -> Monthly:
    found = tuple(cases)
    material = MonthMaterial(
        {c.id: c for c in found},
        tuple(deadlines),
        {found[0].id: tuple(history)},
        received or {},
        **changed,  # type: ignore[arg-type]
    )
    return make_monthly(POLICY, SEPTEMBER, material, LATER)


def rate(made: Monthly, rule: str) -> Rate:
    return next(r for r in made.rates if r.rule == rule)


@pytest.mark.parametrize(
    ("rule", "kind", "event"),
    [
        ("R8", K.CONFIRM, "approve"),
        ("R8", K.CONFIRM, "need_info"),
        ("R21", K.COMPLETE, "completed"),
        ("R23", K.ACCEPT, "accept"),
        ("R23", K.ACCEPT, "object"),
        ("R25", K.CLOSE, "close"),
        ("R26", K.DOCUMENTS, "documents"),
    ],
)
def test_R36_in_time_late_and_still_open(rule: str, kind: DeadlineKind, event: str) -> None:
    kept = due(kind, "09-18 18:00", "09-18 17:00")
    late = due(kind, "09-21 18:00", "09-22 09:00")
    open_ = due(kind, "09-24 18:00")
    made = month([kept, late, open_], [did(event, "09-18 17:00"), did(event, "09-22 09:00")])
    found = rate(made, rule)
    assert (found.on_time, found.late, found.waiting, found.silent) == (1, 1, 1, 0)
    assert (found.all, found.share) == (3, D("0.333"))
    assert [(m.rule, m.owner, m.met_at is None) for m in made.missed] == [(rule, "陈总", False), (rule, "陈总", True)]


def test_R43_a_mail_counts_from_its_receipt_not_from_when_the_bot_read_it() -> None:
    late = due(K.CONFIRM, "09-18 18:00", "09-18 18:05")
    history = [did("approve", "09-18 18:05", "m1@demo.cn")]
    assert rate(month([late], history), "R8").late == 1
    assert rate(month([late], history, {"m1@demo.cn": at("09-18 17:59")}), "R8").on_time == 1


def test_R23_silence_is_told_apart_from_an_answer() -> None:
    made = month([due(K.ACCEPT, "09-18 18:00", "09-18 18:00")], [did("silence", "09-18 18:00")])
    assert rate(made, "R23") == Rate("R23", "销售验收", silent=1)


def test_R36_what_was_overtaken_or_is_not_due_does_not_count() -> None:
    withdrawn = due(K.CONFIRM, "09-18 18:00", "09-18 11:00")
    armed_anew = due(K.COMPLETE, "09-18 18:00", "09-17 11:00")
    coming = due(K.CLOSE, "2026-10-10 18:00")
    made = month([withdrawn, armed_anew, coming], [did("withdraw", "09-18 11:00"), did("left_site", "09-17 11:00")])
    assert [r.all for r in made.rates] == [0] * 5
    assert rate(made, "R8").share is None


def test_R26_documents_that_were_there_at_the_closure_are_in_time() -> None:
    made = month([], [did("close", "09-18 10:00"), did("documents", "09-18 10:00")])
    assert rate(made, "R26").on_time == 1


def test_R36_what_happened_is_counted_in_its_month() -> None:
    history = [did("request", "08-31 23:59"), did("approve", "09-01 00:00")]
    history += [did("close", "09-30 23:59"), did("settle", "10-01 00:00")]
    counts = dict(month(history=history).counts)
    assert (counts["新申请"], counts["总监同意"], counts["关闭"], counts["核算"]) == (0, 1, 1, 0)


def test_R36_R38_load_by_engineer_and_customer() -> None:
    rows = (
        (LI.address, a_row(7, 17)),
        (LI.address, a_row(7, 18, hours=D(8), days=D(1), estimate=None)),
        (WANG.address, a_row(7, 18, hours=D(4), days=D("0.5"), customer="3M-中国", support_type="")),
    )
    made = month(rows=rows)
    assert made.working_days == 22  # 2026-09-20 is worked, 9/25 is off
    assert [(e.name, e.cases, e.hours, e.days, e.use) for e in made.engineers] == [
        ("李明", 1, D("15.5"), D("1.938"), D("0.088")),
        ("王强", 1, D(4), D("0.5"), D("0.023")),
    ]
    assert [(c.name, c.requests, c.cases, c.hours) for c in made.customers] == [
        ("欧莱雅", 1, 1, D("15.5")), ("3M-中国", 0, 1, D(4)),
    ]  # fmt: skip
    assert [(t.name, t.days) for t in made.types] == [("安装实施", D("1.938")), ("未注明", D("0.5"))]


def test_R39_ratings_stand_beside_customer_engineer_and_type() -> None:
    other = replace(CASE, id=8, ref="ZC2026-0008", fields=(("支持类型", "培训"),))
    given = ((CASE, 5), (other, 4))
    rated = tuple(Rated(case, Rating(stars, "zgh@demo.cn", LATER, case_id=case.id)) for case, stars in given)
    made = month(cases=(CASE, other), rated=rated)
    assert (made.stars, made.rated) == (D("4.5"), 2)
    assert [(e.name, e.stars, e.rated) for e in made.engineers] == [("李明", D("4.5"), 2)]
    assert [(c.name, c.stars) for c in made.customers] == [("欧莱雅", D("4.5"))]
    assert {(t.name, t.stars) for t in made.types} == {("培训", D("4.0")), ("未注明", D("5.0"))}


def test_month_ends() -> None:
    assert month_span(date(2026, 12, 15)) == (date(2026, 12, 1), date(2026, 12, 31))
    assert month_span(date(2028, 2, 29)) == (date(2028, 2, 1), date(2028, 2, 29))
