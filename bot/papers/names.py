"""Names that come from mails, made safe as one component of a path; and the way a name from a zip is judged."""

import unicodedata
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from bot.rules.case import Case
from bot.rules.times.hours import SHANGHAI

_NUMBERED = {f"{name}{number}" for name in ("com", "lpt") for number in "123456789¹²³"}
_RESERVED = frozenset({"con", "prn", "aux", "nul", "conin$", "conout$", *_NUMBERED})
_FORBIDDEN = frozenset('<>:"/\\|?*')
_LONGEST = 150  # bytes; leaves room for the number of a namesake below the usual limit of 255


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


def place_names(names: Iterable[str], reserved: Iterable[str] = ()) -> list[str]:
    """Each name made clean, namesakes with a number; case-insensitive file systems count. None is one of `reserved`."""
    taken = {name.casefold() for name in reserved}
    return [_free_name(clean_name(name), taken) for name in names]


def _free_name(name: str, taken: set[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    number, candidate = 1, name
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{stem}_{number}{dot}{ending}"
    taken.add(candidate.casefold())
    return candidate


def is_safe_path(path: str) -> bool:
    """Whether a path found in a manifest or a zip is one that we would write ourselves: relative, each part clean."""
    parts = PurePosixPath(path).parts
    return bool(parts) and "/".join(parts) == path and all(clean_name(part) == part for part in parts)
