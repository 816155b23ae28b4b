"""A case as one zip, and the check of such a zip: nothing altered, missing, extra or hostile passes (R40)."""

import io
import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.errors import ZhichiError
from bot.papers import zips
from bot.papers.archive import Bundle
from bot.papers.zips import export_bundle, verify_zip
from bot.rules.words import Stage
from tests.papers.bundles import a_bundle, an_item
from tests.rules.build import a_case

CASE = a_case(Stage.CLOSED)
BUNDLE = Bundle(
    CASE, (*a_bundle(CASE, [("服务单.pdf", b"form" * 100)]).items, an_item("邮件/来信001.eml", b"raw", "mails"))
)


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    export_bundle(BUNDLE, tmp_path / "case.zip")
    return tmp_path / "case.zip"


def rewrite(path: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """The same zip with other files in it."""
    with zipfile.ZipFile(path) as old:
        parts = {info.filename: old.read(info) for info in old.infolist()}
    change(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return path


def change_manifest(path: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    def edit(parts: dict[str, bytes]) -> None:
        manifest = json.loads(parts["manifest.json"])
        change(manifest)
        parts["manifest.json"] = json.dumps(manifest).encode()

    return rewrite(path, edit)


def faults(path: Path) -> str:
    report = verify_zip(path)
    assert report.faults
    return "\n".join(report.faults)


def test_R40_an_export_verifies(exported: Path) -> None:
    report = verify_zip(exported)
    assert (report.ref, report.files, report.faults) == ("ZC2026-0007", 2, ())


def test_R40_the_same_case_gives_the_same_zip_and_nothing_half_is_left(exported: Path, tmp_path: Path) -> None:
    export_bundle(BUNDLE, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == exported.read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["again.zip", "case.zip"]


def test_R40_an_altered_file_shows(exported: Path) -> None:
    rewrite(exported, lambda parts: parts.update({"服务单.pdf": b"FORM" * 100}))
    assert faults(exported) == "服务单.pdf: altered; its sha256 differs"


def test_R40_a_missing_and_an_extra_file_show(exported: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        parts["更多.pdf"] = parts.pop("服务单.pdf")

    assert faults(rewrite(exported, change)).splitlines() == [
        "更多.pdf: not listed in the manifest",
        "服务单.pdf: missing, though the manifest lists it",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "../../evil",
        "/etc/cron.d/evil",
        "C:\\evil.exe",
        "a\\..\\evil",
        "邮件/../../evil",
        "x\u202efdp.exe",
        "con.pdf",
        "a\x01b",
        "邮件/",
        ".",
    ],
)
def test_R40_hostile_names_are_refused_listed_or_not(exported: Path, name: str) -> None:
    rewrite(exported, lambda parts: parts.update({name: b"x"}))
    assert "unpack" in faults(exported)
    change_manifest(exported, lambda m: m["documents"].append({"file": name, "sha256": "0" * 64, "size": 1}))
    report = verify_zip(exported)
    assert report.files == 0
    assert report.faults


def test_R40_a_link_an_encrypted_and_a_doubled_entry_are_refused(exported: Path) -> None:
    with zipfile.ZipFile(exported, "a") as package:
        link = zipfile.ZipInfo("link.pdf")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        package.writestr(link, "/etc/passwd")
    assert "link.pdf: no plain file" in faults(exported)
    rewrite(exported, lambda parts: parts.pop("link.pdf"))
    rewrite(exported, lambda parts: parts.update({"服务单.PDF": b"x"}))
    assert "stands there 2 times" in faults(exported)
    raw = exported.read_bytes()
    place = raw.rindex(b"PK\x01\x02") + 8
    exported.write_bytes(raw[:place] + b"\x01" + raw[place + 1 :])
    assert "encrypted" in faults(exported)


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_R40_another_packing_is_refused(exported: Path, packing: int) -> None:
    with zipfile.ZipFile(exported, "a", packing) as package:
        package.writestr("x.pdf", b"x")
    assert "we never use" in faults(exported)


def test_R40_a_bomb_is_read_no_further_than_its_manifest_says(exported: Path) -> None:
    rewrite(exported, lambda parts: parts.update({"服务单.pdf": b"\0" * 50_000_000}))
    assert exported.stat().st_size < 200_000
    assert "50000000 bytes, the manifest says 400" in faults(exported)


def test_R40_a_lying_size_is_found(exported: Path) -> None:
    raw = exported.read_bytes()
    true, lie = (400).to_bytes(4, "little"), (399).to_bytes(4, "little")
    assert raw.count(true) >= 2
    exported.write_bytes(raw.replace(true, lie))
    assert "399 bytes, the manifest says 400" in faults(exported)


def test_R40_more_than_any_case_holds_is_refused(exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zips, "MOST_FILES", 2)
    assert "more than the 2 of any case" in faults(exported)
    monkeypatch.setattr(zips, "MOST_FILES", 10)
    monkeypatch.setattr(zips, "MOST_BYTES", 402)
    assert "GB unpacked" in faults(exported)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda m: m.update(format="other"), "not one of zhichi-archive-1"),
        (lambda m: m.pop("ref"), "not one of"),
        (lambda m: m.pop("mails"), "damaged"),
        (lambda m: m["mails"].append("x"), "damaged"),
        (lambda m: m["mails"][0].update(size=-1), "damaged"),
        (lambda m: m["mails"][0].update(size="3"), "damaged"),
        (lambda m: m["mails"][0].update(file=["x"]), "damaged"),
        (lambda m: m["mails"].append(m["mails"][0]), "twice"),
        (lambda m: m["mails"][0].update(file="manifest.json"), "twice"),
    ],
)
def test_R40_a_damaged_manifest_is_named(exported: Path, change: Callable[[dict[str, Any]], None], told: str) -> None:
    assert told in faults(change_manifest(exported, change))


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04", b"{" * 100])
def test_R40_a_file_that_is_no_export_is_named_too(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    assert "no zip that can be read" in faults(path)
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("a.txt", b"x")
    assert "no manifest.json" in faults(path)
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("manifest.json", b"[" * 100_000)
    assert "cannot be read" in faults(path)


def test_R40_every_single_byte_that_changes_is_noticed_or_harmless(exported: Path) -> None:
    """A flipped byte is a fault, or the unpacked content is the same (dates, comments)."""
    raw = exported.read_bytes()
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        true = {info.filename: package.read(info) for info in package.infolist()}
    for place in range(0, len(raw), 7):
        exported.write_bytes(raw[:place] + bytes([raw[place] ^ 0x55]) + raw[place + 1 :])
        if verify_zip(exported).faults:
            continue
        with zipfile.ZipFile(exported) as package:
            assert {n: package.read(n) for n in package.namelist() if n != "manifest.json"} == {
                n: data for n, data in true.items() if n != "manifest.json"
            }


def test_there_is_no_such_file_and_no_such_place(tmp_path: Path) -> None:
    with pytest.raises(ZhichiError, match="no such file"):
        verify_zip(tmp_path / "none.zip")
    with pytest.raises(ZhichiError, match="--out"):
        export_bundle(BUNDLE, tmp_path / "none" / "x.zip")
