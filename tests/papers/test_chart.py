"""The timeline chart: well-formed whatever people are called, our own font, small enough for a mail (R41)."""

import struct
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pytest
from PIL import Image

from bot.papers.chart import WIDTH, draw_chart
from bot.papers.enclosed_chart import enclose_chart
from bot.papers.glyphs import BOX, FONTS, SHIPPED, drawable, fit, is_drawn, width
from bot.papers.paint import paint_png
from bot.papers.picture import MAIL_BARS, MAIL_BYTES, draw_for_mail, draw_png
from bot.papers.shapes import (
    GOOD,
    INK,
    LATE,
    PAPER,
    PLAN,
    REST,
    RULE,
    Diamond,
    Dot,
    Drawing,
    Rect,
    Stroke,
    Text,
)
from bot.papers.svg import write_svg
from bot.rules.decision import Say
from bot.rules.notice import NoticeKind
from bot.rules.plans.timeline import Bar, Span, Timeline
from bot.rules.whispering import word_notice
from bot.rules.words import Stage
from tests.rules.build import ZGH, a_case, a_scene

TODAY = date(2026, 9, 28)
SVG = "{http://www.w3.org/2000/svg}"


def draw_svg(timeline: Timeline, *, fallback: bool = False) -> str:
    return write_svg(draw_chart(timeline, fallback=fallback))


def day(number: int) -> Span:
    return Span(date(2026, 9, 17) + timedelta(days=number), date(2026, 9, 17) + timedelta(days=number))


def a_timeline(count: int = 8, **changed: Any) -> Timeline:
    bars = tuple(
        Bar(f"节点{n}：准备", day(n), day(n + n % 2) if n < 6 else None, n < 6, "李明", n % 2) for n in range(count)
    )
    rest = frozenset(date(2026, 9, n) for n in (19, 25, 26, 27))
    return replace(Timeline("客户时间节点图：欧莱雅", "CITRIX安装 · ZC2026-0007", bars, TODAY, rest), **changed)


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter(f"{SVG}text")]


def ink(png: bytes) -> int:
    """How much is drawn: the size of the compressed picture says it well enough to compare two of one size."""
    assert png.startswith(b"\x89PNG\r\n")
    return len(png)


def size(png: bytes) -> tuple[int, int]:
    wide, high = struct.unpack(">II", png[16:24])
    return wide, high


def test_a_mark_for_each_plan_and_each_deed_and_a_line_for_what_is_late() -> None:
    root = ET.fromstring(draw_svg(a_timeline()))
    assert len(list(root.iter(f"{SVG}path"))) == 8 + 1  # one more in the legend
    assert len(list(root.iter(f"{SVG}circle"))) == 6 + 2
    late = [e for e in root.iter(f"{SVG}line") if e.get("stroke") == "#b42318"]
    assert len(late) == 4  # 1, 3, 5 late, 7 overdue
    assert [e.get("stroke-dasharray") is not None for e in late] == [False, False, False, True]
    assert "今天" in texts(draw_svg(a_timeline()))


def test_names_and_verdicts_stand_in_it() -> None:
    said = texts(draw_svg(a_timeline()))
    assert {
        "客户时间节点图：欧莱雅",
        "CITRIX安装 · ZC2026-0007",
        "节点0：准备",
        "李明",
        "按时",
        "晚1天",
        "未到期",
    } <= set(said)


def test_several_days_are_bands_red_from_where_the_plan_ends() -> None:
    bar = Bar("二期", Span(day(0).first, day(4).first), Span(day(1).first, day(8).first), done=True, slip=2)
    root = ET.fromstring(draw_svg(a_timeline(bars=(bar,), rest=frozenset())))
    bands = [e for e in root.iter(f"{SVG}rect") if e.get("rx") and float(e.get("y", "0")) > 80]
    plan, good, red = bands
    assert plan.get("fill") == "#ffffff"
    assert float(good.get("x", "0")) + float(good.get("width", "0")) == pytest.approx(
        float(plan.get("x", "0")) + float(plan.get("width", "0")), abs=0.3
    )
    assert (good.get("fill"), red.get("fill")) == ("#1a7f4b", "#b42318")


@pytest.mark.parametrize("count", [0, 1, 8, 40])
def test_any_number_of_lines(count: int) -> None:
    svg = draw_svg(a_timeline(count))
    root = ET.fromstring(svg)
    assert root.get("width") == str(WIDTH)
    assert (count == 0) is ("还没有时间节点" in texts(svg))
    assert all(0 <= float(e.get("x", "0")) <= WIDTH for e in root.iter(f"{SVG}text"))


@pytest.mark.parametrize("years", [0, 1, 30, 900])
def test_the_axis_has_few_labels_however_long_it_is(years: int) -> None:
    bar = Bar("长", Span(date(1100, 1, 1), date(1100 + years, 1, 1)))
    svg = draw_svg(Timeline("t", "s", (bar,), date(1100, 1, 1)))
    assert len(texts(svg)) < 60


HOSTILE = [
    "<script>alert(1)</script>",
    "\"'><image href='file:///etc/passwd'/>",
    "]]>&amp;&#x0;\x00\x0b\ufffe",
    "很长的项目名称" * 100,
    "👨‍👩‍👧‍👦😀🇨🇳",
    "𠮷野家㐂龘靐",
    "‮ABC",
    "é à ñ \u0301\u0302" * 5,
    "\ud800 lone",
    "",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_words_and_nothing_else(name: str) -> None:
    timeline = a_timeline(2, title=name, subtitle=name, bars=(Bar(name, day(0), who=name), Bar(name)))
    for fallback in (False, True):
        svg = draw_svg(timeline, fallback=fallback)
        root = ET.fromstring(svg.encode("utf-8"))
        assert {element.tag for element in root.iter()} <= {
            SVG + tag for tag in ("svg", "title", "rect", "text", "line", "path", "circle")
        }
    assert ink(draw_png(timeline)) > 1000


def test_a_name_never_runs_into_the_chart() -> None:
    for words in ("很长的项目名称" * 5, "WWWWMMMM" * 8, "a very long name of a milestone " * 3):
        cut = fit(words, 15, 120)
        assert cut.endswith("…")
        assert width(cut, 15) <= 125
    assert fit("环境准备", 15, 120) == "环境准备"


# ---- our own font ----


def in_font() -> Iterator[int]:
    """The code points of the font's own cmap table, read by the letter of the format (12 and 4)."""
    data = SHIPPED.read_bytes()
    tables = {
        data[12 + 16 * n : 16 + 16 * n]: data[20 + 16 * n : 28 + 16 * n]
        for n in range(struct.unpack(">H", data[4:6])[0])
    }
    start, _ = struct.unpack(">II", tables[b"cmap"])
    for n in range(struct.unpack(">H", data[start + 2 : start + 4])[0]):
        offset = start + struct.unpack(">I", data[start + 8 + 8 * n : start + 12 + 8 * n])[0]
        if struct.unpack(">H", data[offset : offset + 2])[0] == 12:
            (groups,) = struct.unpack(">I", data[offset + 12 : offset + 16])
            for g in range(groups):
                first, last, _ = struct.unpack(">III", data[offset + 16 + 12 * g : offset + 28 + 12 * g])
                yield from range(first, last + 1)
        if struct.unpack(">H", data[offset : offset + 2])[0] == 4:
            (twice,) = struct.unpack(">H", data[offset + 6 : offset + 8])
            ends = struct.unpack(f">{twice // 2}H", data[offset + 14 : offset + 14 + twice])
            starts = struct.unpack(f">{twice // 2}H", data[offset + 16 + twice : offset + 16 + 2 * twice])
            for first, last in zip(starts, ends, strict=True):
                yield from range(first, last + 1)


def test_the_font_has_every_character_we_say_it_has() -> None:
    there = set(in_font())
    said = [chr(code) for code in range(0x20, 0x10000) if is_drawn(chr(code))]
    assert len(said) > 7400
    assert [c for c in said if ord(c) not in there] == []
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text(encoding="utf-8")


def test_chinese_is_really_drawn_without_any_font_of_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    same, other = (draw_png(a_timeline(1, title=title)) for title in ("时间节点", "时间节" + "　"))
    assert ink(same) > ink(other) + 100, "the fourth character left ink"
    distinct = {draw_png(a_timeline(0, title=char)) for char in "时间节点图堃喆㛃"}
    assert len(distinct) == 8, "each character is its own shape, not one box for all"


def test_what_the_font_lacks_is_a_box_unless_another_font_is_there() -> None:
    assert drawable("龘a\u0301😀\x00b\n c") == f"{BOX}á{BOX}b c".replace("á", "á" if is_drawn("á") else BOX)
    assert drawable("龘😀", fallback=True) == "龘😀"
    timeline = a_timeline(1, title="龘")
    assert draw_png(timeline) == draw_png(replace(timeline, title=BOX))
    assert draw_png(timeline, SHIPPED) != draw_png(timeline)


# ---- painted ----


def pixels(png: bytes) -> Callable[[float, float], str]:
    """What colour stands at a nominal place of a chart drawn at twice its size."""
    picture = Image.open(BytesIO(png)).convert("RGB")
    return lambda x, y: "#{:02x}{:02x}{:02x}".format(*cast(tuple[int, ...], picture.getpixel((int(2 * x), int(2 * y)))))


def test_each_shape_is_painted_where_the_svg_has_it() -> None:
    shapes = (
        Rect(10, 10, 20, 9, GOOD, LATE),
        Rect(40, 10, 20, 9, REST),
        Stroke(10, 40, 60, 40, RULE, wide=2),
        Stroke(10, 50, 60, 50, PLAN, wide=2, dashed=True),
        Stroke(70, 10, 70, 60, INK, wide=2),
        Diamond(90, 20, PLAN),
        Dot(90, 50, GOOD),
        Text(10, 80, "图", 15, INK),
        Text(95, 80, "图", 15, LATE, "end"),
    )
    drawing = Drawing(100, 100, shapes, "all of them")
    at = pixels(paint_png(drawing))
    found = {name: at(x, y) for name, x, y in (
        ("ground", 5, 5), ("fill", 20, 14), ("edge", 20, 9.5), ("no edge", 50, 14), ("line", 30, 40),
        ("dash", 11, 50), ("gap", 15.2, 50), ("upright", 70, 30), ("diamond's middle", 90, 20), ("its point", 90, 13.2),
        ("beside it", 84, 14), ("dot", 90, 50), ("beside the dot", 85, 45),
    )}  # fmt: skip
    assert found == {
        "ground": PAPER, "fill": GOOD, "edge": LATE, "no edge": REST, "line": RULE, "dash": PLAN, "gap": PAPER,
        "upright": INK, "diamond's middle": PAPER, "its point": PLAN, "beside it": PAPER, "dot": GOOD,
        "beside the dot": PAPER,
    }  # fmt: skip
    frame = [at(x / 2, 71) for x in range(100)], [at(x / 2, 71) for x in range(100, 200)]
    assert (INK in frame[0], LATE in frame[0], LATE in frame[1]) == (True, False, True)


def test_what_stands_on_grey_keeps_the_grey_around_it() -> None:
    at = pixels(paint_png(Drawing(40, 40, (Rect(0, 0, 40, 40, REST), Dot(20, 20, GOOD), Diamond(20, 20, PLAN)), "")))
    assert (at(12, 12), at(27, 27), at(20, 20)) == (REST, REST, PAPER)


def test_the_other_font_serves_only_what_ours_lacks() -> None:
    def paint(words: str, font: Path | None) -> bytes:
        return paint_png(Drawing(60, 30, (Text(5, 20, words, 15, INK),), ""), font=font)

    assert paint("图", SHIPPED.with_name("absent.otf")) == paint("图", None), "ours has it: the other is not opened"
    with pytest.raises(OSError, match="cannot open resource"):
        paint("图龘", SHIPPED.with_name("absent.otf"))


# ---- in a mail ----


@pytest.mark.parametrize("count", [0, 1, 8, 40])
def test_a_mail_carries_less_than_60_kb(count: int) -> None:
    png = draw_for_mail(a_timeline(count))
    assert len(png) <= MAIL_BYTES
    assert size(png)[0] >= WIDTH


def test_the_most_crowded_chart_still_fits_and_says_what_it_left_out() -> None:
    crowded = tuple(
        Bar("龙翻凤舞鬣鬟鬓" * 2, Span(day(n).first, day(n + 9).first), day(n), True, "x", 9) for n in range(60)
    )
    timeline = a_timeline(0, bars=crowded)
    assert len(draw_for_mail(timeline)) <= MAIL_BYTES
    assert size(draw_for_mail(timeline))[1] < size(draw_png(timeline))[1] // 2
    assert MAIL_BARS < 60


def test_a_small_chart_is_drawn_at_twice_its_size() -> None:
    assert size(draw_for_mail(a_timeline(1)))[0] == 2 * WIDTH


def test_R41_the_mail_shows_it_inline_with_words_for_who_sees_no_pictures() -> None:
    scene = a_scene(a_case(Stage.CLOSED), timeline=a_timeline())
    notice = word_notice(Say(NoticeKind.STATUS, to=(ZGH.address,)), scene)
    (picture,) = enclose_chart(notice, scene)
    assert (picture.inline, picture.content_type) == (True, "image/png")
    assert picture.alt == "客户时间节点图：欧莱雅，共8项，完成6项，4项晚于计划；明细见下表"
    assert enclose_chart(notice, replace(scene, timeline=None)) == ()
