"""A case's folder: every file whole or not at all, complete after a crash, never outside the root (R26, R40)."""

import json
import os
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from bot.errors import ZhichiError
from bot.papers.archive import Bundle, file_bundle
from bot.rules.words import Stage
from tests.papers.bundles import a_bundle, an_item
from tests.rules.build import a_case

CASE = a_case(Stage.CLOSED)
FOLDER = Path("欧莱雅", "CITRIX安装", "20260917_ZC2026-0007")
FILES = [("服务单.pdf", b"form"), ("实施方案.pdf", b"plan")]
WHOLE = Bundle(
    CASE,
    (
        *a_bundle(CASE, FILES).items,
        an_item("邮件/来信001.eml", b"raw", "mails"),
        an_item("复盘.html", b"<p>", "review"),
    ),
    missing=("实施计划",),
)


def names_in(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def content_of(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in names_in(folder)}


def test_R26_every_document_lies_there_with_a_manifest(tmp_path: Path) -> None:
    assert file_bundle(tmp_path, WHOLE) == FOLDER
    assert names_in(tmp_path / FOLDER) == sorted(
        ["manifest.json", "复盘.html", "实施方案.pdf", "服务单.pdf", "邮件/来信001.eml"]
    )
    manifest = json.loads((tmp_path / FOLDER / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["ref"], manifest["customer"], manifest["missing"]) == ("ZC2026-0007", "欧莱雅", ["实施计划"])
    assert manifest["documents"][0] == {
        "file": "服务单.pdf",
        "sha256": sha256(b"form").hexdigest(),
        "size": 4,
        "from": "li@demo.cn",
    }
    listed = [entry for part in ("documents", "mails", "review") for entry in manifest[part]]
    for entry in listed:
        assert sha256((tmp_path / FOLDER / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
    assert {e["file"] for e in listed} | {"manifest.json"} == set(names_in(tmp_path / FOLDER))


def test_R26_filing_again_rewrites_nothing_that_is_right(tmp_path: Path) -> None:
    file_bundle(tmp_path, WHOLE)
    before = {p: p.stat().st_ino for p in (tmp_path / FOLDER).iterdir() if p.suffix == ".pdf"}
    file_bundle(tmp_path, WHOLE)
    assert {p: p.stat().st_ino for p in before} == before


def test_R26_what_is_new_comes_in_and_what_was_damaged_is_put_right(tmp_path: Path) -> None:
    file_bundle(tmp_path, a_bundle(CASE, FILES[:1]))
    (tmp_path / FOLDER / "服务单.pdf").write_bytes(b"FORM")
    (tmp_path / FOLDER / "备注.txt").write_text("somebody's own")
    file_bundle(tmp_path, a_bundle(CASE, FILES))
    assert content_of(tmp_path / FOLDER)["服务单.pdf"] == b"form"
    assert names_in(tmp_path / FOLDER) == sorted(["manifest.json", "备注.txt", "实施方案.pdf", "服务单.pdf"])


def test_what_belongs_there_no_more_goes_unless_somebody_changed_it(tmp_path: Path) -> None:
    file_bundle(tmp_path, a_bundle(CASE, [*FILES, ("旧.pdf", b"old"), ("改过.pdf", b"x")]))
    (tmp_path / FOLDER / "改过.pdf").write_bytes(b"y")
    file_bundle(tmp_path, a_bundle(CASE, FILES))
    assert names_in(tmp_path / FOLDER) == sorted(["manifest.json", "实施方案.pdf", "改过.pdf", "服务单.pdf"])


@pytest.mark.parametrize("listed", ["../../../../victim", "/etc/hostname", "a/../../x", "..", 7, None])
def test_a_manifest_that_was_tampered_with_removes_nothing_elsewhere(tmp_path: Path, listed: object) -> None:
    root = tmp_path / "root"
    file_bundle(root, a_bundle(CASE, FILES))
    victim = tmp_path / "victim"
    victim.write_bytes(b"v")
    manifest = json.loads((root / FOLDER / "manifest.json").read_bytes())
    manifest["documents"].append({"file": listed, "sha256": sha256(b"v").hexdigest(), "size": 1})
    (root / FOLDER / "manifest.json").write_text(json.dumps(manifest))
    file_bundle(root, a_bundle(CASE, FILES))
    assert victim.exists()


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b'{"documents": 3}', b"\xff\xfe"])
def test_a_broken_manifest_is_written_anew(tmp_path: Path, broken: bytes) -> None:
    file_bundle(tmp_path, WHOLE)
    good = content_of(tmp_path)
    (tmp_path / FOLDER / "manifest.json").write_bytes(broken)
    file_bundle(tmp_path, WHOLE)
    assert content_of(tmp_path) == good


class Killed(BaseException):
    """The process dies here."""


@pytest.mark.parametrize("step", range(1, 16))
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_R40_a_crash_leaves_only_whole_files_and_the_next_turn_completes_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, step: int
) -> None:
    """Killed at each fsync and at each renaming in turn."""
    calls = 0
    true_fsync, true_replace = os.fsync, Path.replace

    def count() -> None:
        nonlocal calls
        calls += 1
        if calls == step:
            raise Killed

    def fsync(handle: int) -> None:
        if call == "fsync":
            count()
        true_fsync(handle)

    def rename(self: Path, target: Path) -> Path:
        if call == "replace":
            count()
        return true_replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        patch.setattr(Path, "replace", rename)
        try:
            file_bundle(tmp_path, WHOLE)
            killed = False
        except Killed:
            killed = True
    expected = {item.path: item.read() for item in WHOLE.items} | {"manifest.json": WHOLE.manifest()}
    for name, content in content_of(tmp_path / FOLDER).items():
        assert content == expected[name], "no half file under its name"
    assert killed == (step <= (10 if call == "fsync" else 5)), "each point was met"
    file_bundle(tmp_path, WHOLE)
    assert content_of(tmp_path / FOLDER) == expected


def test_what_a_killed_process_had_half_written_is_swept(tmp_path: Path) -> None:
    file_bundle(tmp_path, WHOLE)
    for left in (FOLDER / ".0123456789abcdef.part", FOLDER / "邮件" / ".fedcba.part"):
        (tmp_path / left).write_bytes(b"half")
    file_bundle(tmp_path, WHOLE)
    assert not [name for name in names_in(tmp_path) if name.endswith(".part")]


def test_nothing_is_written_outside_the_root(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    case = replace(CASE, customer="../..", project="/etc", ref="..")
    file_bundle(root, a_bundle(case, [("../../../x.pdf", b"x"), ("/etc/passwd", b"y")]))
    assert [p.name for p in tmp_path.iterdir()] == ["archive"]


def test_only_the_company_reads_the_folders(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    file_bundle(root, WHOLE)
    assert all(p.stat().st_mode & 0o007 == 0 for p in (root, *root.rglob("*")))


def test_a_disk_that_refuses_is_one_line_for_the_operator(tmp_path: Path) -> None:
    (tmp_path / "欧莱雅").write_text("a file where the folder should be")
    with pytest.raises(ZhichiError, match="the next turn tries again"):
        file_bundle(tmp_path, WHOLE)
