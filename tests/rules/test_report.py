"""R28: what stands in an engineer's report, and what is counted for it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.rules.case import Case, DeadlineKind
from bot.rules.reports.report import Sheet
from bot.rules.reports.report_making import Material, make_sheet
from bot.rules.reports.work import WorkRecord, WorkSource
from bot.rules.times.weeks import Week
from bot.rules.words import Stage
from tests.rules.build import LI, POLICY, WANG, a_case, a_deadline

D = Decimal
WEEK, FRIDAY = Week(2026, 38), date(2026, 9, 18)
FIELDS = (("支持类型", "安装实施"), ("支持内容", "安装 CITRIX"), ("支持方式", "现场"), ("支持地点", "南京西路"))
CASE = a_case(Stage.ARCHIVED, fields=FIELDS, on=date(2026, 9, 17), until=date(2026, 9, 18), days=D(2))


def did(
    day: int, hours: str, engineer: str = LI.address, source: WorkSource = WorkSource.SAID, case: int = 7
) -> WorkRecord:
    return WorkRecord(engineer, date(2026, 9, day), D(hours), source, case_id=case)


def sheet(records: Iterable[WorkRecord], *cases: Case, engineer: str = LI.address, today: date = FRIDAY) -> Sheet:
    kept = tuple(records)
    whole = {c.id: tuple(r for r in kept if r.case_id == c.id) for c in cases}
    mine = [r for r in kept if r.engineer == engineer]
    return make_sheet(POLICY, WEEK, engineer, mine, Material({c.id: c for c in cases}, whole), today)


def test_R28_a_line_says_everything() -> None:
    (row,) = sheet([did(17, "7.5")], CASE).rows
    assert (row.ref, row.customer, row.project, row.sales) == ("ZC2026-0007", "欧莱雅", "CITRIX安装", "张国华")
    assert (row.support_type, row.content, row.where, row.state) == (
        "安装实施",
        "安装 CITRIX",
        "现场 南京西路",
        "已归档",
    )
    assert (row.hours, row.estimate, row.factor, row.days) == (D("7.5"), D(2), D(1), D("0.938"))


def test_R28_the_estimate_is_told_once_and_everybody_has_their_share() -> None:
    case = replace(CASE, engineers=(LI.address, WANG.address))
    records = [did(17, "8"), did(18, "4"), did(18, "8", WANG.address)]
    assert [row.estimate for row in sheet(records, case).rows] == [D(1), None]
    assert [row.estimate for row in sheet(records, case, engineer=WANG.address).rows] == [D(1)]


def test_R27_assumed_hours_are_marked() -> None:
    assert sheet([did(17, "8", source=WorkSource.ASSUMED)], CASE).rows[0].times == "估算"


def test_R27_what_the_director_settled_by_reply_is_what_the_lines_add_up_to() -> None:
    case = replace(CASE, settled_days=D("2.5"), engineers=(LI.address, WANG.address))
    records = [did(17, "8"), did(18, "4"), did(18, "8", WANG.address)]
    mine, his = sheet(records, case), sheet(records, case, engineer=WANG.address)
    assert [row.days for row in mine.rows] == [D(1), D("0.5")]
    assert mine.days + his.days == D("2.5")


def test_R28_the_plan_is_what_is_confirmed_for_the_next_week_or_goes_on() -> None:
    coming = a_case(Stage.APPROVED, id=8, ref="ZC2026-0008", on=date(2026, 9, 22), until=date(2026, 9, 23))
    later = a_case(Stage.APPROVED, id=9, ref="ZC2026-0009", on=date(2026, 9, 28))
    begun = a_case(Stage.ON_SITE, id=10, ref="ZC2026-0010", on=date(2026, 9, 17))
    others = a_case(Stage.APPROVED, id=11, ref="ZC2026-0011", engineers=(WANG.address,))
    plan = sheet([], coming, later, begun, others).plan
    assert [(p.ref, p.when) for p in plan] == [
        ("ZC2026-0010", "继续（9月17日（周四））"),
        ("ZC2026-0008", "9月22日（周二）至9月23日（周三）"),
    ]


def test_R28_problems_are_what_hinders() -> None:
    silent = a_case(Stage.APPROVED, on=date(2026, 9, 16))
    changed = a_case(Stage.ON_SITE, id=8, ref="ZC2026-0008", on=FRIDAY, change="多两台服务器")
    late = a_deadline(DeadlineKind.FORM, silent, silent.received_at, owner=LI.address)
    made = make_sheet(POLICY, WEEK, LI.address, [], Material({7: silent, 8: changed}, {}, (late,)), date(2026, 9, 21))
    assert made.problems == (
        "ZC2026-0007 欧莱雅：9月16日（周三）的支持尚无离场或完成汇报",
        "ZC2026-0008 欧莱雅：变更待销售答复：多两台服务器",
        "ZC2026-0008 欧莱雅：9月18日（周五）的支持尚无离场或完成汇报",
        "ZC2026-0007 欧莱雅：补交签字的服务单，已逾期",
    )


def test_R28_what_came_in_late_is_listed_with_a_word_about_it() -> None:
    made = sheet([did(11, "4"), did(17, "8")], CASE)
    assert [row.day.day for row in made.rows] == [11, 17]
    assert made.problems[0] == "本期含以前未报的工作：9月11日。"


def test_R28_totals_are_the_sums_of_what_is_shown() -> None:
    made = sheet([did(15, "7.5"), did(16, "7.5"), did(17, "7.5")], CASE)
    assert (made.hours, made.days, made.estimate) == (D("22.5"), D("2.814"), D(2))
