"""Names that come from mails become one safe component of a path, and what a zip calls its files is judged alike."""

from dataclasses import replace
from datetime import UTC, date
from pathlib import Path

import pytest

from bot.papers.names import case_folder, clean_name, is_safe_path, place_names
from bot.rules.words import Stage
from tests.rules.build import a_case, at

CASE = a_case(Stage.CLOSED)


def test_R26_the_folder_of_a_case() -> None:
    assert case_folder(CASE) == Path("欧莱雅", "CITRIX安装", "20260917_ZC2026-0007")
    undated = replace(CASE, subject_date=None, received_at=at("09-18 00:30").astimezone(UTC))
    assert case_folder(undated).name == "20260918_ZC2026-0007", "the day in Shanghai"
    assert case_folder(replace(CASE, subject_date=date(2026, 1, 2))).name.startswith("20260102_")


def test_namesakes_and_reserved_names_get_numbers() -> None:
    names = ("a.pdf", "A.PDF", "a.pdf", "manifest.json", "readme", "readme")
    assert place_names(names, reserved=("Manifest.json",)) == [
        "a.pdf",
        "A_2.PDF",
        "a_3.pdf",
        "manifest_2.json",
        "readme",
        "readme_2",
    ]


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("服务单.pdf", "服务单.pdf"),
        ("../../etc/passwd", "_._etc_passwd"),
        ("..", "_"),
        ("", "_"),
        (" . ", "_"),
        ("/", "_"),
        ("C:\\x\\y.doc", "C__x_y.doc"),
        (".bashrc", "bashrc"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("报告\u202egpj.exe", "报告gpj.exe"),  # direction marks hide the true ending
        ("con.txt", "_con.txt"),
        ("CON .txt", "_CON.txt"),
        ("COM1", "_COM1"),
        ("name. ", "name"),
        ('a<b>"c|d?*.txt', "a_b__c_d__.txt"),
    ],
)
def test_a_name_becomes_one_safe_component(written: str, clean: str) -> None:
    assert clean_name(written) == clean
    assert clean_name(clean) == clean
    assert is_safe_path(clean)


@pytest.mark.parametrize("name", ["长" * 300 + ".pdf", "x" * 400, "长" * 100 + "." + "y" * 100, "a" * 149 + "长.docx"])
def test_a_name_is_bounded_in_bytes_and_keeps_its_ending(name: str) -> None:
    clean = clean_name(name)
    assert 0 < len(clean.encode()) <= 150
    assert clean.endswith((".pdf", ".docx")) or not name.endswith((".pdf", ".docx"))


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "../x",
        "a/../../x",
        "a/./b",
        "a//b",
        "a/",
        "C:\\x",
        "c:x",
        "a\\b",
        "\\\\host\\x",
        "x\x00.pdf",
        "x\u202ef.pdf",
        "con",
        "a/aux.txt",
        ".hidden",
        "x ",
        "x.",
        "长" * 80,
        "a/" + "b" * 400,
    ],
)
def test_paths_that_we_would_never_write(path: str) -> None:
    assert not is_safe_path(path)


@pytest.mark.parametrize("path", ["服务单.pdf", "邮件/来信001_20260917-1000_张国华.eml", "manifest.json"])
def test_paths_that_we_write(path: str) -> None:
    assert is_safe_path(path)
