"""The company's Word forms: found by name, its own before the shipped ones, filled in for a case (R30)."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.errors import TemplateError
from bot.papers.stamp import stamp
from bot.papers.word import BrokenForm, open_form, pack
from bot.rules.papers.forms import FormSheet

FOLDER = "_papers"
_LARGEST = 10 << 20
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Forms:
    """The forms below `folders` (a company's own first): `_papers/NAME.docx`, or `NAME.docx` in the folder itself."""

    folders: tuple[Path, ...]

    def has(self, label: str) -> bool:
        """Whether there is a form for this document."""
        return any(True for _ in self.find(label))

    def find(self, label: str) -> Iterator[Path]:
        """The files that may serve, the one to use first."""
        for folder in self.folders:
            yield from (path for path in own_places(folder, label) if path.is_file())

    def make(self, label: str, ref: str, sheet: FormSheet) -> bytes:
        """The form filled in and marked. A company's own that is broken is logged, and the shipped one serves.

        Raises TemplateError when none can be used; `zhichi check` says why beforehand.
        """
        why = f"there is no {label}.docx"
        for path in self.find(label):
            try:
                return fill(read_template(path), label, ref, sheet)
            except (TemplateError, OSError) as error:
                why = f"{path}: {error}"
                log.error("%s; run `zhichi check`", why)
        raise TemplateError(f"{why}; run `zhichi check`")


def own_places(folder: Path, label: str) -> tuple[Path, Path]:
    """Where a templates folder may hold the form of that name."""
    return folder / FOLDER / f"{label}.docx", folder / f"{label}.docx"


def read_template(path: Path) -> bytes:
    """The file's bytes; BrokenForm when it is far too big for a form."""
    if path.stat().st_size > _LARGEST:
        raise BrokenForm(f"larger than {_LARGEST >> 20} MB; make its pictures smaller")
    return path.read_bytes()


def fill(template: bytes, label: str, ref: str, sheet: FormSheet) -> bytes:
    """`template` filled in with `sheet` and marked as ours; raises BrokenForm."""
    try:
        return pack(stamp(open_form(template).render(as_context(sheet)), label, ref))
    except BrokenForm:
        raise
    except Exception as error:  # a part that Word would have written otherwise
        raise BrokenForm(f"Word cannot have written this ({type(error).__name__}: {error})") from error


def as_context(sheet: FormSheet) -> dict[str, object]:
    """The names a template sees."""
    return dict(sheet.values) | {name: [dict(row) for row in rows] for name, rows in sheet.tables}
