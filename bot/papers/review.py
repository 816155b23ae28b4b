"""The closing review (复盘) as a page and as a Word file, from templates that a company may replace (R40)."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import TemplateError
from bot.papers.forms import FOLDER, Forms, as_context
from bot.papers.word import make_environment
from bot.rules.papers.forms import FormSheet

if TYPE_CHECKING:
    from jinja2 import Template

NAME = "复盘"
PAGE, WORD = f"{NAME}.html", f"{NAME}.docx"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reviews:
    """Makes page and Word file. `folders` as for forms: a company's own first, and passed over when broken."""

    folders: tuple[Path, ...]

    def page(self, sheet: FormSheet) -> bytes:
        """The review as one HTML file that needs no other. Raises TemplateError when no template can be used."""
        why = f"there is no {PAGE}"
        for path in find_pages(self.folders):
            try:
                return render_page(path.read_text(encoding="utf-8"), sheet)
            except (TemplateError, OSError, UnicodeDecodeError) as error:
                why = f"{path}: {error}"
                log.error("%s; run `zhichi check`", why)
        raise TemplateError(f"{why}; run `zhichi check`")

    def word(self, ref: str, sheet: FormSheet) -> bytes:
        """The review as a Word file; raises TemplateError as `page`."""
        return Forms(self.folders).make(NAME, ref, sheet)


def find_pages(folders: tuple[Path, ...]) -> Iterator[Path]:
    """The page's templates, the one to use first."""
    yield from (path for folder in folders if (path := folder / FOLDER / PAGE).is_file())


def render_page(source: str, sheet: FormSheet) -> bytes:
    """`source` filled in; raises TemplateError with the line that is wrong."""
    try:
        return _compile(source).render(as_context(sheet)).encode()
    except TemplateError:
        raise
    except Exception as error:  # a company's template may raise anything
        raise TemplateError(str(error)) from error


@lru_cache(maxsize=8)
def _compile(source: str) -> "Template":
    from jinja2 import TemplateSyntaxError

    try:
        return make_environment().from_string(source)
    except TemplateSyntaxError as error:
        raise TemplateError(f"line {error.lineno}: {error.message}") from error
