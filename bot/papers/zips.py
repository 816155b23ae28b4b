"""The same bundle as one zip, and the check of such a zip wherever it comes from (`zhichi export`, `zhichi audit`)."""

import json
import os
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from bot.errors import ZhichiError
from bot.papers.archive import FORMAT, MANIFEST, PARTS, Bundle
from bot.papers.names import is_safe_path

MOST_FILES = 20_000
MOST_BYTES = 4 << 30
"""Most that is unpacked of a zip in all; nothing of it is kept."""

_LARGEST_MANIFEST = 64 << 20
_CHUNK = 1 << 20
_DATE = (1980, 1, 1, 0, 0, 0)  # the same case gives the same zip


def export_bundle(bundle: Bundle, target: Path) -> None:
    """Write the bundle to `target`, whole or not at all. Raises ZhichiError when the disk refuses."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o640), "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
                for item in bundle.items:
                    package.writestr(_info(item.path), item.read())
                package.writestr(_info(MANIFEST), bundle.manifest())
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        raise ZhichiError(f"{target}: {error.strerror}; choose another place with --out") from error
    finally:
        part.unlink(missing_ok=True)


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _DATE)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = (stat.S_IFREG | 0o640) << 16
    return info


@dataclass(frozen=True, slots=True)
class ZipReport:
    """What the check found. `files` were compared; `faults` one English line each, () when all is well."""

    ref: str
    files: int
    faults: tuple[str, ...]


def verify_zip(path: Path) -> ZipReport:
    """Compare a zip with its manifest: each hash, nothing missing, nothing extra. Nothing is unpacked to the disk.

    Raises ZhichiError when there is no such file. Every name must be one that we would write; what an entry unpacks to
    is read no further than its manifest says.
    """
    try:
        with zipfile.ZipFile(path) as package:
            return _verify(package)
    except FileNotFoundError as error:
        raise ZhichiError(f"{path}: there is no such file") from error
    except OSError as error:
        raise ZhichiError(f"{path}: {error.strerror}") from error
    except (zipfile.BadZipFile, ValueError, RuntimeError) as error:
        return ZipReport("", 0, (f"{path.name}: no zip that can be read ({error})",))


def _verify(package: zipfile.ZipFile) -> ZipReport:
    infos = package.infolist()
    if len(infos) > MOST_FILES:
        return ZipReport("", 0, (f"{len(infos)} files: more than the {MOST_FILES} of any case",))
    faults = list(_hostile(infos))
    if faults:
        return ZipReport("", 0, tuple(faults))
    manifest = _read_manifest(package)
    if isinstance(manifest, str):
        return ZipReport("", 0, (manifest,))
    there, listed = {info.filename: info for info in infos}, _listed(manifest)
    if sum(int(entry["size"]) for entry in listed.values()) > MOST_BYTES:
        return ZipReport(str(manifest["ref"]), 0, (f"more than {MOST_BYTES >> 30} GB unpacked",))
    faults += [f"{name}: missing, though the manifest lists it" for name in listed.keys() - there.keys()]
    faults += [f"{name}: not listed in the manifest" for name in there.keys() - listed.keys() - {MANIFEST}]
    for name in listed.keys() & there.keys():
        faults += _compare(package, there[name], listed[name])
    return ZipReport(str(manifest["ref"]), len(listed), tuple(sorted(faults)))


def _hostile(infos: list[zipfile.ZipInfo]) -> Iterator[str]:
    """Names and kinds of entries that could write elsewhere, hide, or stand for one another when unpacked."""
    for info in infos:
        kind = stat.S_IFMT(info.external_attr >> 16)
        if not is_safe_path(info.orig_filename):
            yield f"{info.orig_filename!r}: a name that could leave the folder or deceive; do not unpack this zip"
        elif kind not in {0, stat.S_IFREG} or info.is_dir():
            yield f"{info.filename}: no plain file; do not unpack this zip"
        elif info.flag_bits & 0x1 or info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            yield f"{info.filename}: encrypted, or packed in a way that we never use; nobody can compare it"
    for name, count in Counter(info.filename.casefold() for info in infos).items():
        if count > 1:
            yield f"{name}: stands there {count} times; do not unpack this zip"


def _read_manifest(package: zipfile.ZipFile) -> dict[str, Any] | str:
    """The manifest, or the fault that keeps it from being one."""
    try:
        with package.open(MANIFEST) as file:
            raw = file.read(_LARGEST_MANIFEST + 1)
        manifest = json.loads(raw) if len(raw) <= _LARGEST_MANIFEST else None
    except KeyError:
        return f"no {MANIFEST}: not an export of zhichi"
    except (*_UNREADABLE, ValueError, RecursionError) as error:
        return f"{MANIFEST}: cannot be read ({type(error).__name__})"
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT or not isinstance(manifest.get("ref"), str):
        return f"{MANIFEST}: not one of {FORMAT}"
    if not all(isinstance(manifest.get(part), list) and all(map(_is_entry, manifest[part])) for part in PARTS):
        return f"{MANIFEST}: its lists of files are damaged"
    names = [entry["file"] for part in PARTS for entry in manifest[part]]
    if len(set(names)) != len(names) or MANIFEST in names:
        return f"{MANIFEST}: lists a file twice"
    return manifest


def _is_entry(entry: object) -> bool:
    return (
        isinstance(entry, dict)
        and isinstance(entry.get("file"), str)
        and isinstance(entry.get("sha256"), str)
        and isinstance(entry.get("size"), int)
        and 0 <= entry["size"] <= MOST_BYTES
    )


def _listed(manifest: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {entry["file"]: entry for part in PARTS for entry in manifest[part]}


_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)


def _compare(package: zipfile.ZipFile, info: zipfile.ZipInfo, entry: dict[str, Any]) -> list[str]:
    size: int = entry["size"]
    if info.file_size != size:
        return [f"{info.filename}: {info.file_size} bytes, the manifest says {size}"]
    digest, left = sha256(), size
    try:
        with package.open(info) as file:
            while chunk := file.read(min(_CHUNK, left + 1)):
                left -= len(chunk)
                if left < 0:
                    return [f"{info.filename}: longer than it says"]
                digest.update(chunk)
    except _UNREADABLE as error:
        return [f"{info.filename}: damaged ({type(error).__name__})"]
    return (
        [] if not left and digest.hexdigest() == entry["sha256"] else [f"{info.filename}: altered; its sha256 differs"]
    )
