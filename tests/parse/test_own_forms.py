"""Our own forms among the files of a mail: known by their mark, never trusted further than their bytes (R20, R30)."""

from random import Random

import pytest

from bot.parse.own_forms import read_own_form
from bot.rules.papers.own_forms import OwnForm, digest_text, make_mark
from tests.papers.samples import a_docx, a_zip

TEXT = "<w:p><w:r><w:t>服务单</w:t></w:r></w:p>"
MARK = make_mark("服务单", "ZC2026-0001", TEXT)


def marked(mark: str = MARK, document: str = TEXT, value: str = "vt:lpwstr") -> bytes:
    custom = f'<Properties><property pid="2" name="zhichi"><{value}>{mark}</{value}></property></Properties>'
    return a_docx(more={"word/document.xml": document, "docProps/custom.xml": custom})


@pytest.mark.parametrize(
    ("document", "blank"),
    [
        (TEXT, True),
        ("<w:p><w:r><w:t>服务</w:t></w:r><w:r><w:rPr/><w:t xml:space='preserve'>单 </w:t></w:r></w:p>", True),
        (TEXT.replace("服务单", "服务单 已处理"), False),
        (TEXT + '<a:blip r:embed="rId9"/>', False),
        (TEXT + _TOC if (_TOC := '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o</w:instrText>'
         '<w:fldChar w:fldCharType="separate"/><w:t>目录 1</w:t><w:fldChar w:fldCharType="end"/></w:r>') else "", True),
        (TEXT + '<w:fldChar w:fldCharType="begin"/><w:instrText>FORMTEXT</w:instrText><w:fldChar '
         'w:fldCharType="separate"/><w:t>9:30</w:t><w:fldChar w:fldCharType="end"/>', False),
    ],
)  # fmt: skip
def test_what_somebody_wrote_or_pasted_in_counts_and_what_word_computes_does_not(document: str, blank: bool) -> None:
    assert read_own_form(marked(document=document)) == OwnForm("服务单", "ZC2026-0001", blank)


def test_other_programs_write_the_mark_their_way() -> None:
    assert read_own_form(marked(value="lpwstr")) is not None
    assert read_own_form(marked(value="ns2:lpwstr")) is not None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.4",
        b"PK\x03\x04 and then nothing",
        a_docx("a stranger's"),
        a_zip({"docProps/custom.xml": b"x"}),
        marked(mark="no mark"),
        marked(mark="x" * 400),
        marked()[:-30],
        a_zip({"docProps/custom.xml": b"<" * (1 << 20), "word/document.xml": b""}),
    ],
)
def test_every_other_file_is_none_of_ours(content: bytes) -> None:
    assert read_own_form(content) is None


def test_a_bomb_is_read_no_further_than_a_form_can_be() -> None:
    document = TEXT + "<w:t>0</w:t>" * 3_000_000
    found = read_own_form(marked(document=document))
    assert found is not None
    assert not found.blank
    assert digest_text(document) != digest_text(TEXT)


def test_no_damage_makes_it_raise() -> None:
    good, random = marked(), Random(20260917)
    for _ in range(500):
        damaged = bytearray(good)
        for _ in range(random.randrange(1, 4)):
            damaged[random.randrange(len(good))] = random.randrange(256)
        found = read_own_form(bytes(damaged))
        assert found is None or found.label
