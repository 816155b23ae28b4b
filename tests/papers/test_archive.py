"""Documents filed under 客户/项目/日期_编号/ with a manifest (R26); names come from mails and are never trusted."""

import json
from dataclasses import replace
from datetime import UTC, date
from pathlib import Path

import pytest

from bot.errors import ZhichiError
from bot.papers.archive import case_folder, clean_name, file_documents
from bot.rules.words import Stage
from tests.rules.build import a_case, a_document, at

CASE = a_case(Stage.CLOSED)
FOLDER = Path("欧莱雅", "CITRIX安装", "20260917_ZC2026-0007")
CONTENT = {"sha-服务单": b"form", "sha-实施方案": b"plan"}


def test_R26_the_folder_of_a_case() -> None:
    assert case_folder(CASE) == FOLDER
    undated = replace(CASE, subject_date=None, received_at=at("09-18 00:30").astimezone(UTC))
    assert case_folder(undated).name == "20260918_ZC2026-0007", "the day in Shanghai"
    assert case_folder(replace(CASE, subject_date=date(2026, 1, 2))).name.startswith("20260102_")


def test_R26_every_document_lies_there_with_a_manifest(tmp_path: Path) -> None:
    filed = file_documents(tmp_path, CASE, (a_document("服务单"), a_document("实施方案")), CONTENT.__getitem__)
    assert [f.path for f in filed] == [(FOLDER / n).as_posix() for n in ("服务单.pdf", "实施方案.pdf")]
    assert (tmp_path / filed[0].path).read_bytes() == b"form"
    manifest = json.loads((tmp_path / FOLDER / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["ref"], manifest["customer"]) == ("ZC2026-0007", "欧莱雅")
    assert manifest["documents"][1] == {
        "file": "实施方案.pdf",
        "name": "实施方案.pdf",
        "label": "实施方案",
        "sha256": "sha-实施方案",
        "size": 4,
        "from": "li@demo.cn",
        "mail": "m@x",
        "received_at": "2026-09-17T12:00:00+08:00",
    }


def test_R26_filing_again_gives_the_same_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    documents = (a_document("服务单"), a_document("实施方案"))
    first = file_documents(tmp_path, CASE, documents, CONTENT.__getitem__)
    assert file_documents(tmp_path, CASE, documents, CONTENT.__getitem__) == first
    names = sorted(p.name for p in (tmp_path / FOLDER).iterdir())
    assert names == sorted(["manifest.json", "实施方案.pdf", "服务单.pdf"])


def test_namesakes_and_the_manifests_own_name_get_numbers(tmp_path: Path) -> None:
    names = ("a.pdf", "A.PDF", "a.pdf", "manifest.json", "readme", "readme")
    documents = [replace(a_document("服务单"), name=name) for name in names]
    filed = file_documents(tmp_path, CASE, documents, CONTENT.__getitem__)
    assert [Path(f.path).name for f in filed] == [
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


@pytest.mark.parametrize("name", ["长" * 300 + ".pdf", "x" * 400, "长" * 100 + "." + "y" * 100, "a" * 149 + "长.docx"])
def test_a_name_is_bounded_in_bytes_and_keeps_its_ending(name: str) -> None:
    clean = clean_name(name)
    assert 0 < len(clean.encode()) <= 150
    assert clean.endswith((".pdf", ".docx")) or not name.endswith((".pdf", ".docx"))


def test_nothing_is_written_outside_the_root(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    case = replace(CASE, customer="../..", project="/etc", ref="..")
    file_documents(root, case, (replace(a_document("服务单"), name="../../../x.pdf"),), CONTENT.__getitem__)
    assert [p.name for p in tmp_path.iterdir()] == ["archive"]


def test_a_disk_that_refuses_is_one_line_for_the_operator(tmp_path: Path) -> None:
    (tmp_path / "欧莱雅").write_text("a file where the folder should be")
    with pytest.raises(ZhichiError, match="the next turn tries again"):
        file_documents(tmp_path, CASE, (a_document("服务单"),), CONTENT.__getitem__)
