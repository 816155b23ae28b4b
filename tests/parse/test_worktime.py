"""R27: hours as engineers write them, and what looks like hours and is none."""

from datetime import date

import pytest

from bot.parse.worktime import read_work
from bot.rules.reports.work import WorkSaid

TUESDAY = date(2026, 9, 22)
NAMES = ("李工", "李明", "王工", "王强", "LM")


def words(said: WorkSaid) -> str:
    """One statement on a line: names, days, times, hours, marks."""
    day = f"{said.day:%m%d}" + (f"-{said.until:%m%d}" if said.until else "") if said.day else ""
    span = f"{said.start:%H:%M}-{said.end:%H:%M}" if said.start and said.end else ""
    marks = ("each" if said.each_day else "", "whole" if said.whole else "")
    return " ".join(p for p in ("+".join(n or "me" for n in said.names), day, span, f"{said.hours}h", *marks) if p)


def read(text: str, day: date = TUESDAY) -> list[str]:
    return [words(said) for said in read_work(text, day, NAMES).said]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("已完成。9月21日 9:00-17:30 现场，7.5小时", ["0921 09:00-17:30 7.5h"]),
        ("9月21日9：00～17：30", ["0921 09:00-17:30 7.5h"]),  # the lunch hour is no work
        ("9月21日 9:00-12:00,13:30-18:00", ["0921 09:00-18:00 7.5h"]),
        ("9月21日上午9:00至12:00，下午13:30至17:30", ["0921 09:00-17:30 7h"]),
        ("今天上午9点到下午5点半", ["0922 09:00-17:30 7.5h"]),
        ("9月21日 9点到5点半", ["0921 09:00-17:30 7.5h"]),
        ("九月二十一日 上午9时至下午6时", ["0921 09:00-18:00 8h"]),
        ("2026-09-21 09:00 - 2026-09-21 17:30", ["0921 09:00-17:30 7.5h"]),
        ("0921 9:00-18:00 8h", ["0921 09:00-18:00 8h"]),
        ("周一9点到18点", ["0921 09:00-18:00 8h"]),
        ("22:00-2:00，4小时", ["22:00-02:00 4h"]),
        ("9月21日 22:00-次日2:00", ["0921 22:00-02:00 4h"]),
        ("到达 9:00，离开 17:30", ["09:00-17:30 7.5h"]),
        ("用时1.5天", ["12h"]),
        ("用了两天半", ["20h"]),
        ("工作量：1.5人天", ["12h"]),
        ("实际工时 7.5h", ["7.5h"]),
        ("历时1小时30分", ["1.5h"]),
        ("2.5小时", ["2.5h"]),
        ("两个半小时", ["2.5h"]),
        ("总共花了3小时", ["3h whole"]),
        ("共2人天，其中路上半天", ["16h whole"]),
        ("9月21日 8小时\n9月22日 4小时", ["0921 8h", "0922 4h"]),
        ("昨天半天，今天一天", ["0921 4h", "0922 8h"]),
        ("9月21日至22日 每天9:00-17:30", ["0921-0922 09:00-17:30 7.5h each"]),
        ("9月21日-22日，共12小时", ["0921-0922 12h"]),
        ("李工 9月21日 9:00-17:30，王工 13:00-17:30", ["李工 0921 09:00-17:30 7.5h", "王工 0921 13:00-17:30 4.5h"]),
        ("李工 8小时，王工 4小时", ["李工 8h", "王工 4h"]),
        ("李工、王工各8小时", ["李工+王工 8h"]),
        ("李工和王工共用3人天", ["李工+王工 12h whole"]),
        ("我和王工 9月21日9:00-17:30", ["me+王工 0921 09:00-17:30 7.5h"]),
        ("已离场，今天9:00-17:30，明天9:00-12:00继续", ["0922 09:00-17:30 7.5h"]),
    ],
)  # fmt: skip
def test_R27_hours_are_read_as_written(text: str, expected: list[str]) -> None:
    assert read(text) == expected
    assert read_work(text, TUESDAY, NAMES).problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "已完成，服务单见附件",
        "预计还需2小时",
        "明天 8小时",
        "响应时间2小时内",
        "7*24小时值守",
        "停机2小时",
        "客户有200台电脑，3天内答复",
        "需要增加1人天",
        "重启用了5分钟",
        "电话 021-5888-1234，版本 7.15",
        "第2天继续",
    ],
)
def test_R27_what_is_no_work_is_passed_over(text: str) -> None:
    assert read_work(text, TUESDAY, NAMES).said == ()


@pytest.mark.parametrize(
    ("text", "counted", "problem"),
    [
        ("9月31日 8小时", 0, "9月31日"),
        ("10月8日 8小时", 0, "10月8日"),  # not yet come
        ("9月21日 30小时", 0, "不合理"),
        ("9:00-17:30，9.5小时", 1, "多于起止时间"),
    ],
)
def test_R27_what_contradicts_itself_is_said(text: str, counted: int, problem: str) -> None:
    reading = read_work(text, TUESDAY, NAMES)
    assert len(reading.said) == counted
    assert len(reading.problems) == 1
    assert problem in reading.problems[0]


def test_R27_days_are_the_latest_past_ones_over_the_year() -> None:
    assert read("12月30日 8小时，今天4小时", date(2027, 1, 4)) == ["1230 8h", "0104 4h"]
    assert read("30号 8小时", date(2027, 1, 4)) == ["1230 8h"]
    assert read("上周五 8小时", date(2027, 1, 4)) == ["0101 8h"]
