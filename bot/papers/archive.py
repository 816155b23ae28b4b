"""Files a case's documents under 客户/项目/日期_编号/ with a manifest (R26). Names come from mails: never trusted."""

import json
import os
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.errors import ZhichiError
from bot.rules.case import Case, Document
from bot.rules.hours import SHANGHAI

_NUMBERED = {f"{name}{number}" for name in ("com", "lpt") for number in "123456789¹²³"}
_RESERVED = frozenset({"con", "prn", "aux", "nul", "conin$", "conout$", *_NUMBERED})
_FORBIDDEN = frozenset('<>:"/\\|?*')
_LONGEST = 150  # bytes; leaves room for the number of a namesake below the usual limit of 255


@dataclass(frozen=True, slots=True)
class Filed:
    """A document and where it lies, below the archive's root."""

    document: Document
    path: str


def case_folder(case: Case) -> Path:
    """The case's folder below the root: 客户/项目/日期_编号."""
    day = case.subject_date or case.received_at.astimezone(SHANGHAI).date()
    return Path(clean_name(case.customer), clean_name(case.project), f"{day:%Y%m%d}_{clean_name(case.ref)}")


def clean_name(name: str) -> str:
    """One safe path component: no separators, control or direction marks, no reserved or hidden name, bounded."""
    text = unicodedata.normalize("NFC", name)
    kept = "".join("_" if c in _FORBIDDEN else c for c in text if unicodedata.category(c)[0] != "C")
    kept = kept.strip(" .") or "_"
    if kept.split(".")[0].strip().lower() in _RESERVED:
        kept = f"_{kept}"
    stem, dot, ending = kept.rpartition(".")
    if not dot or len(ending.encode()) > 20:
        stem, dot, ending = kept, "", ""
    room = _LONGEST - len((dot + ending).encode())
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip(" .") + dot + ending


def file_documents(
    root: Path, case: Case, documents: Iterable[Document], read: Callable[[str], bytes]
) -> tuple[Filed, ...]:
    """Write every document and `manifest.json`; each file appears whole or not at all, again and again the same.

    `read` gives the content for a sha256. Raises ZhichiError naming the file when the disk refuses.
    """
    folder = case_folder(case)
    filed: list[Filed] = []
    taken: set[str] = set()
    for document in documents:
        name = _free_name(clean_name(document.name), taken)
        filed.append(Filed(document, (folder / name).as_posix()))
    try:
        _make_folder(root, folder)
        for item in filed:
            _write_whole(root / item.path, read(item.document.sha256))
        _write_whole(root / folder / "manifest.json", _manifest(case, filed))
    except OSError as error:
        raise ZhichiError(f"archive {root / folder}: {error.strerror}; the next turn tries again") from error
    return tuple(filed)


def _manifest(case: Case, filed: Iterable[Filed]) -> bytes:
    entries = [
        {
            "file": Path(item.path).name,
            "name": item.document.name,
            "label": item.document.label,
            "sha256": item.document.sha256,
            "size": item.document.size,
            "from": item.document.sender,
            "mail": item.document.mail,
            "received_at": item.document.received_at.isoformat(),
        }
        for item in filed
    ]
    head = {"ref": case.ref, "customer": case.customer, "project": case.project, "subject": case.subject}
    return json.dumps(head | {"documents": entries}, ensure_ascii=False, indent=2).encode()


def _free_name(name: str, taken: set[str]) -> str:
    """A namesake gets a number; case-insensitive file systems count."""
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    number, candidate = 1, name
    while candidate.casefold() in taken or candidate.casefold() == "manifest.json":
        number += 1
        candidate = f"{stem}_{number}{dot}{ending}"
    taken.add(candidate.casefold())
    return candidate


def _make_folder(root: Path, folder: Path) -> None:
    """Customers' papers are for this user and group alone; a root that is there keeps the mode it was given."""
    root.mkdir(mode=0o750, parents=True, exist_ok=True)
    for step in [*reversed(folder.parents[:-1]), folder]:
        (root / step).mkdir(mode=0o750, exist_ok=True)


def _write_whole(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name[:40]}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o640), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
