"""Numbers in Chinese characters."""

import pytest

from bot.parse.chinese_numbers import number_of


@pytest.mark.parametrize(
    ("written", "value"),
    [("十", 10), ("十九", 19), ("二十", 20), ("廿三", 23), ("三十一", 31), ("九", 9), ("二〇二六", 2026)],
)
def test_chinese_numbers(written: str, value: int) -> None:
    assert number_of(written) == value
