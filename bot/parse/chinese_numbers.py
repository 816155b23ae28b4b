"""Numbers in Chinese characters below 100, as dates, hours and workloads have them."""

_DIGIT = {"〇": 0, "零": 0, "○": 0, "元": 1, "两": 2, **{c: n for n, c in enumerate("一二三四五六七八九", 1)}}


def number_of(chinese: str) -> int:
    """The value of a Chinese number below 100 (十九, 二十, 廿三) or of digits in a row (二〇二六)."""
    text = chinese.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.partition("十")
    if not ten:
        return int("".join(str(_DIGIT.get(c, 0)) for c in text[:9]) or "0")
    return _DIGIT.get(tens[-1:], 1) * 10 + _DIGIT.get(ones[:1], 0)
