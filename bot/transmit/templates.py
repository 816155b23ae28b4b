"""Loads and renders the notices' templates. A company's own folder wins over the shipped one, file by file."""

import traceback
from collections.abc import Callable
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, Template, TemplateNotFound, TemplateSyntaxError
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from bot.errors import TemplateError
from bot.rules.notice import Bar, Line, Notice, NoticeKind, Row, Section
from bot.transmit.buttons import Tap
from bot.transmit.quote import Quote
from bot.transmit.view import BotIdentity, Picture, View

PARTS = ("subject.txt", "body.txt", "body.html")
_VALUES = frozenset({Notice, Line, Row, Section, Bar, Tap, BotIdentity, Picture, Quote, LoopContext})
_FIELDS = tuple(f.name for f in fields(View))
VIEW_NAMES = (*_FIELDS, "once")
Kept = dict[str, str]
"""Of one part of a notice: name of a piece → the piece rendered."""
CURE = "correct it, or remove it so that the shipped one is used; then run `zhichi check`"


def shipped_templates() -> Path:
    """The folder of templates that came with the program: inside the wheel, or beside `bot/` in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_shipped" / "templates"
    return installed if installed.is_dir() else package.parent / "templates"


class Templates:
    """The templates of `folders`, earlier folders first. Read once; a changed file counts after a restart."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._env = make_environment(folders)
        self._get = lru_cache(maxsize=None)(self._load)

    def render(self, kind: NoticeKind, part: str, view: View) -> str:
        """`part` (one of PARTS) of the notice `kind`, rendered with the names of `view`.

        Raises TemplateError naming file and line; what `view` holds is data, never read as template code.
        """
        return "".join(self.render_pieces(kind, part, view, {}))

    def render_pieces(self, kind: NoticeKind, part: str, view: View, kept: Kept) -> list[str]:
        """The same in pieces; those that all copies of a notice share stand in it as they are in `kept`.

        `kept`: what the copies before this one made of them; more are put in.
        """
        template = self._get(f"{kind.value}/{part}")
        names: dict[str, object] = {name: getattr(view, name) for name in _FIELDS}
        names["once"] = _Once(kept)
        try:
            try:
                return list(template.root_render_func(template.new_context(names)))
            except Exception:  # noqa: BLE001 - a company's template may raise anything
                self._env.handle_exception()  # raises it anew, with the template's own lines
        except Exception as error:
            raise explain(error, template.name or "", template.filename or "") from error

    def _load(self, name: str) -> Template:
        try:
            return self._env.get_template(name)
        except (TemplateNotFound, TemplateSyntaxError, UnicodeDecodeError, OSError) as error:
            raise explain(error, name, name) from error


class _Once:
    """`call once("name")` in a template: made by the first copy, the very same string for all others."""

    __slots__ = ("_kept",)

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def __call__(self, name: str, caller: Callable[[], str]) -> str:
        """The piece called `name`."""
        if name not in self._kept:
            self._kept[name] = caller()
        return self._kept[name]


class _Environment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, with a short way for our own frozen values: asking it costs more than the rest of a template.

    A loop's counters, too: they hold nothing but numbers and what is looped over.
    """

    def getattr(self, obj: object, attribute: str) -> object:
        """What `obj.attribute` is in a template; of our own values every public field, of others what is safe."""
        if type(obj) in _VALUES and not attribute.startswith("_"):
            try:
                return getattr(obj, attribute)
            except AttributeError:
                return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def call(self, context: Context, obj: object, /, *args: Any, **kwargs: Any) -> object:
        """What `obj(…)` gives in a template; our own `once` needs no permission."""
        if type(obj) is _Once and len(args) == 1 and kwargs.keys() == {"caller"}:
            return obj(*args, **kwargs)
        return super().call(context, obj, *args, **kwargs)


def make_environment(folders: tuple[Path, ...]) -> ImmutableSandboxedEnvironment:
    """A sandboxed Jinja environment: unknown names are errors, HTML is escaped, data cannot be changed."""
    env = _Environment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        undefined=StrictUndefined,
        autoescape=lambda name: name is not None and name.endswith(".html"),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        auto_reload=False,
    )
    env.filters["breaks"] = breaks
    env.filters["lines"] = lines
    return env


def breaks(text: str) -> Markup:
    """`text` as HTML: escaped, each line break as `<br>`."""
    if "\n" not in text:
        return escape(text)
    return Markup("<br>\n").join(escape(line) for line in text.split("\n"))


def lines(text: str) -> list[str]:
    """The lines of `text` that say something."""
    return [line for line in text.strip().split("\n") if line]


def explain(error: BaseException, name: str, filename: str) -> TemplateError:
    """`error` as one line for the operator: file, line, cause, cure."""
    if isinstance(error, TemplateNotFound):
        return TemplateError(f"template {error.name} is missing: {CURE}")
    if isinstance(error, TemplateSyntaxError):
        return TemplateError(f"{error.filename or filename}:{error.lineno}: {error.message}: {CURE}")
    place, line = _place(error) or (filename, 0)
    return TemplateError(f"{place or name}:{line}: {error}: {CURE}")


def _place(error: BaseException) -> tuple[str, int] | None:
    # Jinja rewrites the traceback, so the innermost frame outside of Python files is the template's own line.
    frames = [f for f in traceback.extract_tb(error.__traceback__) if not f.filename.endswith((".py", ">"))]
    return (frames[-1].filename, frames[-1].lineno or 0) if frames else None
