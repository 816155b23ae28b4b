"""`zhichi check` names every fault of a Word form with its file and its cure, and never falls over one (R30)."""

from pathlib import Path
from random import Random

import pytest

from bot.papers.check import LARGE, check_forms
from bot.papers.word import unpack
from bot.transmit.check import check_templates
from bot.transmit.templates import shipped_templates
from tests.papers.samples import a_docx, a_zip, put


def faults_of(folder: Path, labels: tuple[str, ...] = ()) -> list[str]:
    return check_forms((folder,), labels)[0]


def test_the_shipped_forms_are_without_fault() -> None:
    assert check_forms((shipped_templates(),), ()) == ([], [])


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (a_docx("客户：{{ 客互 }}"), "unknown field '客互'; is '客户' meant?"),
        (a_docx("{{ zzz }}"), "unknown field 'zzz'. There are 公司, 编号"),
        (a_docx("{{ 客户 }"), "near “{{ 客户 }”"),
        (a_docx("客户 {客户}}"), "“客户 {客户}}” would be printed as it stands"),
        (a_docx("编号 {编号}"), "would be printed as it stands"),
        (a_docx("｛｛客户｝｝"), "would be printed as it stands"),
        (a_docx("{% for 行 in 计划 %}{{ 行.阶段名 }}{% endfor %}"), "no attribute '阶段名'"),
        (a_docx("{% for 行 in 计划 %}"), "endfor"),
        (a_docx("{{ 客户 | upperr }}"), "upperr"),
        (b"this is no docx", "not a .docx file"),
        (b"", "not a .docx file"),
        (a_zip({"word/document.xml": b"<broken"}), "Word cannot have written this"),
        (a_docx("x", more={"word/big.bin": "0" * (21 << 20)}), "MB unpacked"),
    ],
)
def test_a_typo_or_a_broken_file_is_named_with_file_and_cure(tmp_path: Path, content: bytes, told: str) -> None:
    path = put(tmp_path / "_papers", "服务单.docx", content)
    (fault,) = faults_of(tmp_path)
    assert fault.startswith(f"{path}: ")
    assert told in fault
    assert fault.endswith("correct it, or remove the file so that the shipped one is used")


def test_no_damage_makes_check_fall_over(tmp_path: Path) -> None:
    """A form damaged at any place is a fault or still usable; 200 damages, the same at each run."""
    good = (shipped_templates() / "_papers" / "服务单.docx").read_bytes()
    unpacked = dict(unpack(good))
    random = Random(20260917)
    faulty = 0
    for number in range(200):
        if number % 2:
            damaged = bytearray(good)
            damaged[random.randrange(len(good))] ^= random.randrange(1, 256)
        else:  # a damage inside, under a right checksum
            name = random.choice(sorted(unpacked))
            part = bytearray(unpacked[name])
            place = random.randrange(len(part))
            part[place : place + random.randrange(1, 30)] = random.randbytes(random.randrange(5))
            damaged = bytearray(a_zip(unpacked | {name: bytes(part)}))
        put(tmp_path, "服务单.docx", bytes(damaged))
        faulty += bool(faults_of(tmp_path))
    assert 50 < faulty < 200
    assert faults_of(tmp_path / "no such folder") == []


def test_all_unknown_fields_are_told_at_once(tmp_path: Path) -> None:
    put(tmp_path, "服务单.docx", a_docx("{{ 甲 }} {{ 客户 }}", "{{ 乙 }}"))
    assert [fault.split("'")[1] for fault in faults_of(tmp_path)] == ["乙", "甲"]


def test_files_that_nothing_reads_are_named(tmp_path: Path) -> None:
    put(tmp_path / "_papers", "服务表.docx", a_docx("x"))
    put(tmp_path, "服务单.doc", b"old")
    put(tmp_path / "_papers", "notes.txt", b"x")
    put(tmp_path, "~$服务单.docx", b"Word's own lock")
    assert [Path(fault.split(": ")[0]).name for fault in faults_of(tmp_path)] == [
        "notes.txt",
        "服务表.docx",
        "服务单.doc",
    ]
    assert check_templates((tmp_path, shipped_templates())) == ()


def test_a_form_may_be_added_for_every_document_the_company_names(tmp_path: Path) -> None:
    put(tmp_path, "测试报告.docx", a_docx("{{ 项目 }}"))
    assert "no document has this name" in faults_of(tmp_path)[0]
    assert faults_of(tmp_path, ("测试报告",)) == []


def test_one_form_in_two_places_is_told(tmp_path: Path) -> None:
    put(tmp_path, "服务单.docx", a_docx("x"))
    put(tmp_path / "_papers", "服务单.docx", a_docx("y"))
    assert "nothing reads this file" in faults_of(tmp_path)[0]


def test_a_heavy_form_is_a_warning(tmp_path: Path) -> None:
    noise = "".join(f"{n * 7919 % 1000003:x}" for n in range(120_000))
    put(tmp_path, "服务单.docx", a_docx("x", more={"word/logo.bin": noise}))
    faults, (warning,) = check_forms((tmp_path,), ())
    assert not faults
    assert "KB go with every copy" in warning
    assert LARGE == 150_000
