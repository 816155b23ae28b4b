"""Word files from templates: escaped, bounded, the same each time, and refused with a reason when broken."""

import io
import zipfile

import pytest

from bot.papers.word import MOST_BYTES, BrokenForm, open_form, pack
from tests.papers.samples import a_docx, a_zip, words_in


def render(content: bytes, **values: object) -> str:
    return words_in(pack(open_form(content).render(values)))


@pytest.mark.parametrize(
    "written",
    ["华东<科技>&公司", '"引号"', "{{ 编号 }}", "{% for x in y %}", "a\nb", "]]>", "&amp;", "＜w:p＞", "😀"],
)
def test_data_is_shown_as_it_stands_and_never_obeyed(written: str) -> None:
    assert render(a_docx("客户：{{ 客户 }}。"), 客户=written).strip() == f"客户：{written}。"


def test_a_field_cut_into_pieces_by_word_is_still_one() -> None:
    split = "{{ </w:t></w:r><w:r><w:rPr/><w:t>客户</w:t></w:r><w:r><w:t> }}"
    assert render(a_docx(split), 客户="欧莱雅").strip() == "欧莱雅"


def test_the_same_content_gives_the_same_bytes() -> None:
    form = open_form(a_docx("{{ 客户 }}"))
    assert pack(form.render({"客户": "甲"})) == pack(form.render({"客户": "甲"})) != pack(form.render({"客户": "乙"}))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not a .docx"),
        (b"PK\x03\x04 cut off", "not a .docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old Word", "not a .docx"),
        (a_docx("x")[:-40], "not a .docx"),
        (a_zip({"a.txt": b"x"}), "not a Word document"),
        (a_zip({"word/document.xml": b"<x/>"}), "Word cannot have written this"),
        (a_docx("{{ 客户 "), "near “{{ 客户"),
        (a_docx("{% if 客户 %}"), "endif"),
        (a_docx("{{ 客户 | nosuch }}"), "nosuch"),
        (a_docx("{{ unknown }}"), "'unknown' is undefined"),
        (a_docx("{{ 客户.x.y }}"), "undefined|no attribute"),
        (a_docx("{{ ''.__class__.__mro__ }}"), "unsafe"),
        (a_docx("{{ 1/0 }}"), "division by zero"),
        (a_docx("x", more={"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "Word cannot|field|docx"),
    ],
)
def test_what_is_broken_says_why_and_nothing_worse(content: bytes, why: str) -> None:
    with pytest.raises(BrokenForm, match=why):
        open_form(content).render({"客户": "欧莱雅"})


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = a_docx("x", more={"word/media.bin": "0" * (MOST_BYTES + 1)})
    assert len(bomb) < 100_000
    with pytest.raises(BrokenForm, match="MB unpacked"):
        open_form(bomb)


def test_a_part_longer_than_it_says_is_refused() -> None:
    content = bytearray(a_docx("x" * 500))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as package:
        size = package.getinfo("word/document.xml").file_size
    lie = size.to_bytes(4, "little")
    assert bytes(content).count(lie) >= 2
    with pytest.raises(BrokenForm):
        open_form(bytes(content).replace(lie, (size - 100).to_bytes(4, "little")))
