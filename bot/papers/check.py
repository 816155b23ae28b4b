"""Finds every fault of the Word forms and of the review before they are needed (`zhichi check`), with its cure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from html import unescape
from pathlib import Path

from bot.errors import TemplateError
from bot.papers.forms import FOLDER, fill, own_places, read_template
from bot.papers.review import NAME, PAGE, render_page
from bot.papers.word import BrokenForm, make_environment, patched_sources, unpack
from bot.rules.papers.forms import FIELDS, SHIPPED, TABLES, FormSheet
from bot.rules.papers.review import REVIEW_FIELDS, REVIEW_TABLES

_CURE = "correct it, or remove the file so that the shipped one is used"
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)<|</w:p>")
_LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}|｛|｝")
_NAMED_BRACES = re.compile(r"\{\s*(?:" + "|".join(FIELDS) + r")\s*\}")
LARGE = 150_000
"""Bytes past which a form makes every copy of its mail heavy."""


def check_forms(folders: tuple[Path, ...], labels: Iterable[str]) -> tuple[list[str], list[str]]:
    """(faults, warnings) of all Word forms in `folders`, one English line each.

    `labels`: the documents that a form may be for. Each file is opened, its names are compared with those a form has,
    and it is filled in with made-up data; files that nothing reads are named.
    """
    known = tuple(dict.fromkeys((*SHIPPED, *labels, NAME)))
    faults: list[str] = []
    warnings: list[str] = []
    for folder in (f for f in folders if f.is_dir()):
        for path in _forms_in(folder):
            if path == folder / FOLDER / PAGE:
                faults += [f"{path}: {fault}; {_CURE}" for fault in _page_faults(path)]
                continue
            if path.stem not in known or path.suffix != ".docx":
                faults.append(f"{path}: no document has this name; forms are called {', '.join(known)} .docx")
                continue
            faults += [f"{path}: {fault}; {_CURE}" for fault in _faults(path)]
            if path.stat().st_size > LARGE:
                size = path.stat().st_size // 1000
                warnings.append(f"{path}: {size} KB go with every copy of a mail; make its pictures smaller")
        faults += _both_places(folder, known)
    return faults, warnings


def _forms_in(folder: Path) -> Iterator[Path]:
    """Word files in the folder itself, everything below `_papers`; not what Word leaves beside an open file."""
    inner = folder / FOLDER
    found = [p for p in folder.iterdir() if p.suffix.lower() in {".docx", ".doc", ".docm", ".dotx"}]
    found += inner.iterdir() if inner.is_dir() else []
    return (p for p in sorted(found) if not p.name.startswith((".", "~$")))


def _both_places(folder: Path, labels: Iterable[str]) -> Iterator[str]:
    for label in labels:
        used, unused = own_places(folder, label)
        if used.is_file() and unused.is_file():
            yield f"{unused}: nothing reads this file, because there is {used}; keep one of them"


def _faults(path: Path) -> list[str]:
    sheet = sample_sheet(*_names_for(path.stem))
    try:
        content = read_template(path)
        unknown = [fault for part, source in patched_sources(content) for fault in _unknown_names(part, source, sheet)]
        return unknown or list(_left_over(fill(content, path.stem, "ZC2026-0001", sheet)))
    except BrokenForm as error:
        return [str(error)]
    except OSError as error:
        return [error.strerror or "it cannot be read"]


def _page_faults(path: Path) -> list[str]:
    sheet = sample_sheet(REVIEW_FIELDS, REVIEW_TABLES)
    try:
        source = path.read_text(encoding="utf-8")
        if unknown := list(_unknown_names(path.name, source, sheet)):
            return unknown
        render_page(source, sheet)
    except (TemplateError, OSError, UnicodeDecodeError) as error:
        return [str(error)]
    return []


def _names_for(label: str) -> tuple[Iterable[str], Mapping[str, tuple[str, ...]]]:
    return (REVIEW_FIELDS, REVIEW_TABLES) if label == NAME else (FIELDS, TABLES)


def _unknown_names(part: str, source: str, sheet: FormSheet) -> Iterator[str]:
    from jinja2 import TemplateSyntaxError, meta

    names = [name for name, _ in (*sheet.values, *sheet.tables)]
    try:
        asked = meta.find_undeclared_variables(make_environment().parse(source))
    except TemplateSyntaxError as error:
        line = source.splitlines()[error.lineno - 1] if error.lineno else ""
        near = " ".join(re.sub(r"<[^>]+>", " ", line).split())[:80]
        yield f"{error.message}, near “{near}” ({part})"
        return
    for name in sorted(asked - set(names)):
        close = get_close_matches(name, names, n=1, cutoff=0.3)
        meant = f"; is {close[0]!r} meant?" if close else "."
        yield f"unknown field {name!r}{meant} There are {', '.join(names)}"


def _left_over(made: bytes) -> Iterator[str]:
    """Signs of a field that was mistyped so that it is none: braces in what a reader would see."""
    for name, data in unpack(made):
        if not (name.startswith("word/") and name.endswith(".xml")):
            continue
        text = "".join(
            unescape(m[1]) if m[1] is not None else "\n" for m in _TEXT.finditer(data.decode("utf-8", "replace"))
        )
        for line in text.splitlines():
            if _LEFT_OVER.search(line) or _NAMED_BRACES.search(line):
                yield f"“{line.strip()[:80]}” would be printed as it stands; fields are written {{{{ 客户 }}}}"


def sample_sheet(fields: Iterable[str], tables: Mapping[str, tuple[str, ...]]) -> FormSheet:
    """Made-up data for every name, with what would break a careless template."""
    return FormSheet(
        values=tuple((name, f"〈{name}〉<&>\n第二行") for name in fields),
        tables=tuple(
            (name, tuple(tuple((column, f"〈{column}{n}〉&") for column in columns) for n in (1, 2)))
            for name, columns in tables.items()
        ),
    )
