"""Lines of mixed Chinese and English: never wider than asked, nothing lost, numbers and words whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from bot.demo.lines import wrap


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("short", 20, ["short"]),
        ("one two three", 8, ["one two", "three"]),
        ("总监应在9月22日前确认", 10, ["总监应在", "9月22日前", "确认"]),
        ("已确认，谢谢", 6, ["已确", "认，谢", "谢"]),
        ("前确认（R8）", 8, ["前确认", "（R8）"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("abcdef g", 4, ["abcd", "ef", "g"]),
    ],
)
def test_wrap(text: str, width: int, lines: list[str]) -> None:
    assert [line.plain for line in wrap(Text(text), width)] == lines


@given(st.text(alphabet="ab1 中文，。（）-—", max_size=60), st.integers(8, 30))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, width: int) -> None:
    lines = [line.plain for line in wrap(Text(text), width)]
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
