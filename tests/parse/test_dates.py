"""D3: a whole text as a date, and the day meant in a sentence (R9)."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.parse.dates import read_date
from bot.parse.prose_dates import find_date

FRIDAY = date(2026, 9, 18)


def sep(day: int) -> date:
    return date(2026, 9, day)


@pytest.mark.parametrize(
    ("text", "day", "end"),
    [
        ("0919", sep(19), None),
        ("９．１９", sep(19), None),
        (" 9 月 19 日 ", sep(19), None),
        ("九月廿一", sep(21), None),
        ("九月三十日", sep(30), None),
        ("元月五日", date(2027, 1, 5), None),
        ("十二月三十一日", date(2026, 12, 31), None),
        ("(0919)", sep(19), None),
        ("【0919】", sep(19), None),
        ("2026-0919", sep(19), None),
        ("26-9-19", sep(19), None),
        ("0919-21", sep(19), sep(21)),
        ("0919至0921", sep(19), sep(21)),
        ("0919到0921", sep(19), sep(21)),
        ("9/19-21", sep(19), sep(21)),
        ("9.19~9.21", sep(19), sep(21)),
        ("09-19-09-20", sep(19), sep(20)),
        ("20260919-0921", sep(19), sep(21)),
        ("2026.9.19-2026.9.21", sep(19), sep(21)),
        ("9月19日上午-9月20日下午", sep(19), sep(20)),
        ("0919、0920", sep(19), sep(20)),
        ("1230-0102", date(2026, 12, 30), date(2027, 1, 2)),
        ("0919 周六 下午", sep(19), None),
        ("9月19日 9-11点", sep(19), None),
    ],
)
def test_a_date_is_read_in_every_usual_form(text: str, day: date, end: date | None) -> None:
    reading = read_date(text, FRIDAY)

    assert (reading.plain, reading.day, reading.end) == (True, day, end)


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        ("09/19/2026", sep(19)),
        ("19/9/26", sep(19)),
        ("25/9/26", sep(25)),
        ("9-19-20", None),
        ("9/10/2026", None),
        ("0229", None),
        ("0931", None),
        ("1345", None),
        ("111", None),
        ("20261399", None),
        ("2024-09-19", None),
        ("2029-09-19", None),
        ("240919", None),
        ("0921-0919", sep(21)),
        ("0919-0719", sep(19)),
        ("0919、0925", sep(19)),
        ("0919周五", sep(19)),
        ("0919前", sep(19)),
        ("0919左右", sep(19)),
        ("本周三", date(2026, 9, 16)),
        ("周五", FRIDAY),
    ],
)
def test_a_date_open_to_doubt_has_a_problem_and_at_most_a_proposal(text: str, likely: date | None) -> None:
    reading = read_date(text, FRIDAY)

    assert reading.is_date
    assert not reading.plain
    assert len(reading.problems) == 1
    assert reading.day == likely


@pytest.mark.parametrize(
    "text", ["", "ZGH", "CITRIX安装", "八月初九", "下周", "中秋节", "9", "12345", "192.168.1.1", "9月"]
)
def test_other_text_is_no_date(text: str) -> None:
    assert not read_date(text, FRIDAY).is_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("今天", FRIDAY),
        ("明天下午", sep(19)),
        ("后天", sep(20)),
        ("下周三", sep(23)),
        ("周一", sep(21)),
        ("本周日", sep(20)),
    ],
)
def test_a_relative_day_is_counted_from_the_reference_and_marked(text: str, day: date) -> None:
    reading = read_date(text, FRIDAY)

    assert (reading.day, reading.relative, reading.problems) == (day, True, ())


@given(st.dates(date(2026, 8, 20), date(2027, 8, 10)))
def test_every_form_of_a_near_day_reads_the_same(day: date) -> None:
    forms = (
        f"{day:%m%d}",
        f"{day.month}.{day.day}",
        f"{day.month}/{day.day}",
        f"{day.month}月{day.day}日",
        f"{day:%Y-%m-%d}",
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}号",
    )
    assert {read_date(form, FRIDAY).day for form in forms} == {day}


@given(
    st.text(st.sampled_from("0123456789年月日号周三下明天-–—/.~至到、 :点半前后?（）上午廿十九二〇abZ"), max_size=40),
    st.dates(),
)
@example("0919", date.min)
@example("1231", date.max)
@example("下下周日", date.max)
def test_no_text_breaks_it(text: str, reference: date) -> None:
    reading = read_date(text, reference)
    find_date(text, reference)

    assert reading.is_date or reading.day is None
    assert reading.end is None or (reading.day is not None and reading.end >= reading.day)


@pytest.mark.parametrize(
    ("text", "said", "day", "end"),
    [
        ("同意，李工9月21日去现场，2人天", "9月21日", sep(21), None),
        ("李工下周三上午去", "下周三", sep(23), None),
        ("明天下午李工过去", "明天", sep(19), None),
        ("后天", "后天", sep(20), None),
        ("周一去", "周一", sep(21), None),
        ("这周六", "这周六", sep(19), None),
        ("20号李工去", "20号", sep(20), None),
        ("3号去", "3号", date(2026, 10, 3), None),
        ("下月3号", "下月3号", date(2026, 10, 3), None),
        ("9.21李工去", "9.21", sep(21), None),
        ("9-21去", "9-21", sep(21), None),
        ("10/8去", "10/8", date(2026, 10, 8), None),
        ("0921李工去", "0921", sep(21), None),
        ("李工去，0921", "0921", sep(21), None),
        ("十月八号", "十月八号", date(2026, 10, 8), None),
        ("2026年10月8日", "2026年10月8日", date(2026, 10, 8), None),
        ("2026-10-08 上午", "2026-10-08", date(2026, 10, 8), None),
        ("9月21日-23日", "9月21日-23日", sep(21), sep(23)),
        ("9月21-23日", "9月21-23日", sep(21), sep(23)),
        ("9月21日至9月23日", "9月21日至9月23日", sep(21), sep(23)),
        ("20日-22日", "20日-22日", sep(20), sep(22)),
        ("下周一到周三", "下周一到周三", sep(21), sep(23)),
        ("9月19、20日", "9月19、20日", sep(19), sep(20)),
        ("21、22号去", "21、22号", sep(21), sep(22)),
        ("原定9月21日，改到22号", "22号", sep(22), None),
        ("9月21日不行，22日可以", "22日", sep(22), None),
        ("改到9月22日", "9月22日", sep(22), None),
        ("9月25日前提交文档，9月21日去", "9月21日", sep(21), None),
        ("9月21日前往客户现场", "9月21日", sep(21), None),
        ("9月21日（周一）上午9:00", "9月21日", sep(21), None),
    ],
)
def test_the_day_is_found_in_a_sentence(text: str, said: str, day: date, end: date | None) -> None:
    found = find_date(text, FRIDAY)

    assert found is not None
    assert text[found.start : found.end] == said
    assert (found.reading.plain, found.reading.day, found.reading.end) == (True, day, end)


@pytest.mark.parametrize(
    "text", ["月底去", "周末去", "下周", "明后天", "周五去", "9月21日或22日", "21、25号去", "9月31日去", "本周三"]
)
def test_a_vague_day_in_a_sentence_is_a_problem(text: str) -> None:
    found = find_date(text, FRIDAY)

    assert found is not None
    assert not found.reading.plain


@pytest.mark.parametrize(
    "text",
    [
        "同意",
        "电话13812345678",
        "分机0921",
        "20号楼1203室",
        "1203室",
        "三号线",
        "工作量2.5人天",
        "按2.5算",
        "工作量 1.5",
        "核算1.5",
        "v9.19版本",
        "Windows 2019 升级",
        "7*24小时",
        "2-3天",
        "9月25日前提交文档",
        "昨天已沟通",
        "上周三",
        "192.168.9.19",
        "日常巡检，日志",
    ],
)
def test_numbers_that_are_no_day_are_left_alone(text: str) -> None:
    assert find_date(text, FRIDAY) is None
