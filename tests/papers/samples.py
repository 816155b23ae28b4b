"""Word files for tests: small ones made of parts, and the shipped forms filled in."""

import io
import zipfile
from pathlib import Path
from typing import Any

from bot.papers.forms import Forms
from bot.rules.papers.forms import fill_sheet
from bot.rules.words import Stage
from bot.transmit.templates import shipped_templates
from tests.rules.build import a_case, a_scene

CASE = a_case(Stage.APPROVED, fields=(("客户联系人", "王经理"), ("支持内容", "安装")))
SHEET = fill_sheet(a_scene(CASE), CASE, "测试公司")
SHIPPED = Forms((shipped_templates(),))

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_RELS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
 Target="word/document.xml"/></Relationships>"""


def a_docx(*paragraphs: str, more: dict[str, str] | None = None) -> bytes:
    """The smallest .docx with these paragraphs; `more` are further parts."""
    body = "".join(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in paragraphs)
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELS,
        "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
    } | (more or {})
    return a_zip({name: text.encode() for name, text in parts.items()})


def a_zip(parts: dict[str, bytes]) -> bytes:
    """A zip of these files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return target.getvalue()


def words_in(content: bytes) -> str:
    """What stands in a Word file: text, tables, headers and footers."""
    from docx import Document

    document = Document(io.BytesIO(content))
    places: list[Any] = [document, *(part for s in document.sections for part in (s.header, s.footer))]
    lines = [paragraph.text for place in places for paragraph in place.paragraphs]
    lines += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(lines)


def edited(content: bytes, cell: str, words: str) -> bytes:
    """The file as somebody saves it who wrote `words` behind the table cell `cell`."""
    from docx import Document

    document = Document(io.BytesIO(content))
    for table in document.tables:
        for row in table.rows:
            for n, found in enumerate(row.cells[:-1]):
                if found.text == cell:
                    row.cells[n + 1].paragraphs[0].add_run(words)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def put(folder: Path, name: str, content: bytes) -> Path:
    """A file in a folder that is made for it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    return folder / name
