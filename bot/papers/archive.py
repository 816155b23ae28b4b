"""A case's folder 客户/项目/日期_编号/: documents, raw mails, the review, and a manifest of them all (R26, R40).

Every file appears whole or not at all, the manifest last; filing again completes what a crash left, changes what became
different, and touches nothing else. Names come from mails: never trusted.
"""

import json
import os
import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any

from bot.errors import ZhichiError
from bot.papers.names import case_folder, is_safe_path
from bot.rules.case import Case

MANIFEST = "manifest.json"
FORMAT = "zhichi-archive-1"


@dataclass(frozen=True)
class Item:
    """A file of a case: its place in the folder, what it is and where it comes from, and how to get its bytes.

    `part`: documents, mails or review; `origin`: what the manifest says about it besides name, sha256 and size.
    """

    part: str
    path: str
    sha256: str
    size: int
    read: Callable[[], bytes]
    origin: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Bundle:
    """Everything that belongs into a case's folder, without the manifest. `missing`: documents still owed."""

    case: Case
    items: tuple[Item, ...]
    missing: tuple[str, ...] = ()

    def manifest(self) -> bytes:
        """What lies there, with sha256 and origin of each file."""
        case = self.case
        head: dict[str, Any] = {
            "format": FORMAT,
            "ref": case.ref,
            "customer": case.customer,
            "project": case.project,
            "subject": case.subject,
            "stage": case.stage.value,
            "missing": list(self.missing),
        }
        for part in PARTS:
            head[part] = [_entry(item) for item in self.items if item.part == part]
        return json.dumps(head, ensure_ascii=False, indent=2).encode()


PARTS = ("documents", "mails", "review")


def _entry(item: Item) -> dict[str, Any]:
    return {"file": item.path, "sha256": item.sha256, "size": item.size} | dict(item.origin)


def file_bundle(root: Path, bundle: Bundle) -> Path:
    """Write the bundle below `root`; the case's folder, relative to it. Raises ZhichiError when the disk refuses.

    A file that is there with the right content is left alone. What an earlier manifest listed and this one does not is
    removed if it is still what that manifest says; anything else in the folder is somebody's and stays.
    """
    folder = case_folder(bundle.case)
    there = root / folder
    try:
        _make_folder(root, folder)
        before = _listed(there)
        for item in bundle.items:
            if "/" in item.path:
                _make_folder(there, Path(item.path).parent)
            if not _is_there(there / item.path, item):
                _write_whole(there / item.path, item.read())
        _write_whole(there / MANIFEST, bundle.manifest())
        _remove_former(there, before, {item.path for item in bundle.items})
        _sweep(there)
    except OSError as error:
        raise ZhichiError(f"archive {there}: {error.strerror}; the next turn tries again") from error
    return folder


def _is_there(path: Path, item: Item) -> bool:
    try:
        return path.stat(follow_symlinks=False).st_size == item.size and _digest(path) == item.sha256
    except OSError:
        return False


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _listed(folder: Path) -> dict[str, str]:
    """Path → sha256 of the manifest that is there; {} when there is none that can be read."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        entries = [entry for part in PARTS for entry in manifest[part]]
        return {str(e["file"]): str(e["sha256"]) for e in entries if is_safe_path(str(e["file"]))}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _remove_former(folder: Path, before: dict[str, str], now: Iterable[str]) -> None:
    for path in before.keys() - set(now):
        with suppress(FileNotFoundError, NotADirectoryError):
            if not (folder / path).is_symlink() and _digest(folder / path) == before[path]:
                (folder / path).unlink()


def _make_folder(root: Path, folder: Path) -> None:
    """Customers' papers are for this user and group alone; a root that is there keeps the mode it was given."""
    root.mkdir(mode=0o750, parents=True, exist_ok=True)
    for step in [*reversed(folder.parents[:-1]), folder]:
        (root / step).mkdir(mode=0o750, exist_ok=True)


_PART = ".part"


def _write_whole(path: Path, content: bytes) -> None:
    """To a name of its own first, onto the disk, then renamed; and the renaming onto the disk too."""
    part = path.with_name(f".{secrets.token_hex(8)}{_PART}")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(folder: Path) -> None:
    """What a killed process had half written."""
    for left in (*folder.glob(f".*{_PART}"), *folder.glob(f"*/.*{_PART}")):
        left.unlink(missing_ok=True)
