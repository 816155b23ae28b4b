"""One typing slip, and what is none: another customer, a longer or shorter form (R3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.slips import deletion_keys, fold_name, is_slip


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("欧菜雅", "欧莱雅"),  # replaced
        ("Simens", "Siemens"),  # lost
        ("工商银", "工商银行"),
        ("欧莱莱雅", "欧莱雅"),  # doubled
        ("Siemenss", "Siemens"),
        ("可口乐可", "可口可乐"),  # swapped
        ("SIEMNES", "siemens"),
        ("ＳＡＰＰ", "SAP"),  # width counts for nothing
    ],
)
def test_R3_a_slip(typed: str, known: str) -> None:
    assert is_slip(fold_name(typed), fold_name(known))


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("欧莱雅", "欧莱雅"),
        ("欧 莱 雅", "欧莱雅"),
        ("欧莱雅（中国）", "欧莱雅"),
        ("欧莱雅", "欧莱雅（中国）"),
        ("上海电气院", "上海电气"),  # a character more that doubles none
        ("3M", "2M"),
        ("华力", "华为"),
        ("华为", "华为云"),  # too short to tell
        ("中建三局", "中建五局"),  # counted apart
        ("华东医院", "华南医院"),
        ("客户1", "客户2"),
        ("客户11", "客户1"),
        ("客户21", "客户12"),
        ("客户A", "客户B"),
        ("A公司", "B公司"),
        ("可乐可口", "可口可乐"),
        ("西门子", "施耐德"),
    ],
)
def test_R3_no_slip(typed: str, known: str) -> None:
    assert not is_slip(fold_name(typed), fold_name(known))


@given(known=st.text("欧莱雅可口乐ab", min_size=3, max_size=8), data=st.data())
def test_every_slip_shares_a_key_with_the_name_it_is_of(known: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(known) - 1))
    swapped = known[:at] + known[at : at + 2][::-1] + known[at + 2 :]
    slips = (
        known[:at] + "新" + known[at + 1 :],
        known[:at] + known[at:][1:],
        known[:at] + known[at] + known[at:],
        swapped,
    )
    for typed in slips:
        if is_slip(typed, known):
            assert deletion_keys(typed) & deletion_keys(known)
        else:
            assert typed == known or len(typed) < 3
