"""Word files made from templates (docxtpl, always escaping): read once per content, filled in a few milliseconds (R30).

Data is never read as template code, and a template sees the names it is given and nothing else.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from bot.errors import TemplateError

if TYPE_CHECKING:
    from jinja2 import Environment, Template

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_BYTES = 20 << 20  # unpacked; a form with pictures has a hundredth of it
_MOST_PARTS = 500
_DATE = (1980, 1, 1, 0, 0, 0)  # the same bytes for the same content
_WITH_FIELDS = ("document.main+xml", "header+xml", "footer+xml", "footnotes+xml", "endnotes+xml")
_TAGS = re.compile(r"<[^>]+>")
_PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.DOTALL)
_BREAK = re.compile(r"[\t\a\n\f]")  # what docxtpl turns into tabs, paragraphs, lines and pages


class BrokenForm(TemplateError):
    """A .docx template cannot be used; the message says why, without naming the file."""


@dataclass(frozen=True)
class WordForm:
    """A template taken apart: plain parts, and compiled ones by name. Parts keep their order."""

    parts: tuple[tuple[str, bytes], ...]
    compiled: Mapping[str, "Template"]
    engine: Any

    def render(self, context: Mapping[str, object]) -> tuple[tuple[str, bytes], ...]:
        """The filled-in parts; raises BrokenForm naming what the template asked for."""
        return tuple((name, self._part(name, plain, context)) for name, plain in self.parts)

    def _part(self, name: str, plain: bytes, context: Mapping[str, object]) -> bytes:
        template = self.compiled.get(name)
        if template is None:
            return plain
        try:
            text = template.render(context)
        except Exception as error:  # a company's template may raise anything
            raise BrokenForm(f"{name}: {error}") from error
        return _finish(self.engine, text, name)


@lru_cache(maxsize=64)
def open_form(content: bytes) -> WordForm:
    """Take the template `content` apart and compile it; raises BrokenForm when it is no usable .docx."""
    parts = unpack(content)
    engine = _open_engine(content)
    names = _template_parts(engine)
    env = make_environment()
    compiled = {name: _compile(env, engine, name, data) for name, data in parts if name in names}
    return WordForm(tuple(parts), compiled, engine)


def unpack(content: bytes) -> list[tuple[str, bytes]]:
    """The parts of a .docx, each read to its bounds; raises BrokenForm for what is no zip, damaged, or too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = _read_all(package)
    except BrokenForm:
        raise
    except Exception as error:  # a damaged zip raises whatever its packing does
        raise BrokenForm(f"not a .docx file ({error}); save it in Word as .docx") from error
    if "word/document.xml" not in dict(parts):
        raise BrokenForm("not a Word document (no word/document.xml); save it in Word as .docx")
    return parts


def _read_all(package: zipfile.ZipFile) -> list[tuple[str, bytes]]:
    infos = package.infolist()
    if len(infos) > _MOST_PARTS or sum(i.file_size for i in infos) > MOST_BYTES:
        raise BrokenForm(f"more than {_MOST_PARTS} parts or {MOST_BYTES >> 20} MB unpacked")
    return [(info.filename, _read(package, info)) for info in infos if not info.is_dir()]


def _read(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with package.open(info) as part:
        data = part.read(info.file_size + 1)
    if len(data) != info.file_size:
        raise BrokenForm(f"{info.filename} is not as long as it says")
    return data


def pack(parts: tuple[tuple[str, bytes], ...]) -> bytes:
    """A .docx of these parts; the same parts give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts:
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            package.writestr(info, data)
    return target.getvalue()


def make_environment() -> "Environment":
    """A sandbox in which unknown names are errors and data is escaped for XML."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def patched_sources(content: bytes) -> tuple[tuple[str, str], ...]:
    """Part name → its text as Jinja reads it, for the check of names; raises BrokenForm."""
    parts = unpack(content)
    engine = _open_engine(content)
    names = _template_parts(engine)
    return tuple((name, _patch(engine, data)) for name, data in parts if name in names)


def _open_engine(content: bytes) -> Any:
    """docxtpl's reading of the file; it has no types."""
    from docxtpl.template import DocxTemplate

    engine: Any = DocxTemplate(io.BytesIO(content))
    try:
        engine.render_init()
    except Exception as error:  # whatever a broken file makes the libraries raise
        raise BrokenForm(f"Word cannot have written this ({type(error).__name__}: {error})") from error
    return engine


def _template_parts(engine: Any) -> frozenset[str]:
    """Body, headers, footers and notes: where text stands that may hold fields."""
    found: Any = engine.get_docx().part.package.parts
    return frozenset(str(part.partname).lstrip("/") for part in found if part.content_type.endswith(_WITH_FIELDS))


def _patch(engine: Any, data: bytes) -> str:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    text: str = etree.tostring(etree.fromstring(data, parser), encoding="unicode")
    patched: str = engine.patch_xml(text)
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", patched)


def _compile(env: "Environment", engine: Any, name: str, data: bytes) -> "Template":
    from jinja2 import TemplateSyntaxError

    try:
        source = _patch(engine, data)
        return env.from_string(source)
    except TemplateSyntaxError as error:
        near = _TAGS.sub(" ", source.splitlines()[error.lineno - 1]) if error.lineno else ""
        raise BrokenForm(f"{error.message}, near “{' '.join(near.split())[:80]}”") from error
    except Exception as error:
        raise BrokenForm(f"{name}: {error}") from error


def _finish(engine: Any, text: str, name: str) -> bytes:
    """What docxtpl does after rendering: line breaks, tables whose columns were repeated; then it must be XML."""
    from lxml import etree

    text = re.sub(r"\n<w:p([ >])", r"<w:p\1", text)
    if _BREAK.search(text):  # seldom, and it takes as long as all the rest
        text = _PARAGRAPH.sub(lambda p: engine.resolve_listing(p[0]) if _BREAK.search(p[0]) else p[0], text)
    try:
        tree = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise BrokenForm(f"{name}: a field stands where Word allows none ({error})") from error
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))
