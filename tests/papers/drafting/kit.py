"""A4 pages, Chinese fonts by name, tables with borders: the pieces that all forms are made of (python-docx)."""

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor

SONG, HEI, LATIN = "宋体", "黑体", "Times New Roman"
GREY = RGBColor(0x59, 0x59, 0x59)
SHADE = "EDF1F5"
CENTER, RIGHT, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT
_KEPT = {"Normal", "Heading 1", "Heading 2", "Title", "Header", "Footer", "Table Grid"}
_NEEDLESS = ("thumbnail", "stylesWithEffects", "customXml", "numbering", "webSettings", "theme")
_MADE = datetime(2026, 1, 1, tzinfo=UTC)


class Form:
    """A Word form under construction. `margins` in cm; `width` is what lies between them."""

    def __init__(self, title: str, *, landscape: bool = False, margins: float = 2.0, size: float = 10.5) -> None:
        self.title = title
        self.doc: Any = Document()
        _set_up_page(self.doc.sections[0], margins, landscape=landscape)
        _set_up_styles(self.doc, size)
        self.width = (29.7 if landscape else 21.0) - 2 * margins
        self._head_and_foot()

    def text(self, words: str, *, font: str = SONG, size: float = 0, bold: bool = False, align: Any = None,
             before: float = 0, after: float = 4, color: Any = None) -> Any:  # fmt: skip
        """A paragraph."""
        paragraph = self.doc.add_paragraph()
        _write(paragraph, words, font=font, size=size, bold=bold, color=color)
        paragraph.alignment = align
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
        return paragraph

    def hint(self, words: str) -> None:
        """What is to be written here, to be replaced."""
        self.text(f"【{words}】", color=GREY, size=9.5)

    def lines(self, count: int = 3) -> None:
        """Room to write."""
        for _ in range(count):
            self.text("", after=8)

    def heading(self, words: str, level: int = 1) -> None:
        """A numbered chapter's heading, in the navigation of Word."""
        self.doc.add_paragraph(words, style=f"Heading {level}")

    def new_page(self) -> None:
        """The rest starts on the next page."""
        self.doc.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def facts(self, rows: Sequence[Sequence[str]], label: float = 2.3) -> Any:
        """Label and value in turn, two pairs a row; a lone pair spans the table. `名|2.5` is a label with a height."""
        table = self._table(4, (label, self.width / 2 - label, label, self.width / 2 - label))
        for row in rows:
            cells = table.add_row().cells
            if len(row) == 2:
                cells[1].merge(cells[3])
            for n, words in enumerate(row):
                name, _, height = words.partition("|") if n == 0 else (words, "", "")
                _fill(cells[n], name, label=n % 2 == 0)
                if height:
                    _set_height(table.rows[-1], float(height))
                    _top(cells[n + 1])
        return table

    def grid(self, columns: Sequence[tuple[str, float]], rows: Sequence[Sequence[str]] = (), *, blank: int = 0,
             loop: str = "", empty: str = "", height: float = 0.75) -> Any:  # fmt: skip
        """A table whose head is repeated on each page. Widths are shares. `loop`: `行 in 计划`, `rows` its cells.

        `empty`: the one row that stands there when the loop has none.
        """
        total = sum(share for _, share in columns)
        table = self._table(len(columns), [share / total * self.width for _, share in columns])
        for cell, (name, _) in zip(table.add_row().cells, columns, strict=True):
            _fill(cell, name, label=True)
        _repeat(table.rows[0])
        if loop:
            _fill(table.add_row().cells[0], f"{{%tr for {loop} %}}")
        for row in rows:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                _fill(cell, words)
            _set_height(table.rows[-1], height)
        if loop and empty:
            _fill(table.add_row().cells[0], "{%tr else %}")
            cells = table.add_row().cells
            _fill(cells[0].merge(cells[-1]), empty)
        if loop:
            _fill(table.add_row().cells[0], "{%tr endfor %}")
        for _ in range(blank):
            _set_height(table.add_row(), height)
        _keep_rows_whole(table)
        return table

    def signatures(self, who: Sequence[str], height: float = 1.6) -> None:
        """Boxes to sign in: for whom, signature, date."""
        self.text("", after=2)
        table = self._table(len(who), [self.width / len(who)] * len(who))
        for cell, name in zip(table.add_row().cells, who, strict=True):
            _fill(cell, f"{name}：", label=False)
            _top(cell)
            dated = cell.add_paragraph()
            dated.alignment = RIGHT
            dated.paragraph_format.space_before = Pt(height * 10)
            _write(dated, "日期：　　　　年　　月　　日", size=9.5)
        _keep_rows_whole(table)

    def save(self) -> bytes:
        """The .docx, without what it does not need; the same at every call."""
        core = self.doc.core_properties
        core.title, core.author, core.comments, core.last_modified_by = self.title, "Zhichi", "", ""
        core.created = core.modified = _MADE
        _prune(self.doc)
        target = io.BytesIO()
        self.doc.save(target)
        return _repack(target.getvalue())

    def _table(self, columns: int, widths: Sequence[float]) -> Any:
        table = self.doc.add_table(rows=0, cols=columns, style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        return table

    def _head_and_foot(self) -> None:
        section = self.doc.sections[0]
        for part, left, right in (
            (section.header, "{{ 公司 }}", "编号：{{ 编号 }}"),
            (section.footer, self.title, ""),
        ):
            paragraph = part.paragraphs[0]
            paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(self.width), WD_TAB_ALIGNMENT.RIGHT)
            _write(paragraph, f"{left}\t{right}", size=9, color=GREY)
        foot = section.footer.paragraphs[0]
        for words, code in (("第 ", "PAGE"), (" 页 / 共 ", "NUMPAGES")):
            _write(foot, words, size=9, color=GREY)
            _page_field(foot, code)
        _write(foot, " 页", size=9, color=GREY)


def _set_up_page(section: Any, margins: float, *, landscape: bool) -> None:
    short, long = Cm(21.0), Cm(29.7)
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Cm(margins)
    section.top_margin, section.bottom_margin = Cm(2.0), Cm(1.7)
    section.header_distance, section.footer_distance = Cm(1.1), Cm(0.9)


def _set_up_styles(doc: Any, size: float) -> None:
    for name, font, points in (
        ("Normal", SONG, size),
        ("Title", HEI, 18),
        ("Heading 1", HEI, 14),
        ("Heading 2", HEI, 12),
        ("Header", SONG, 9),
        ("Footer", SONG, 9),
    ):
        style = doc.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = LATIN, Pt(points), RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
        fonts.set(qn("w:eastAsia"), font)
    defaults = doc.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    defaults.set(qn("w:eastAsia"), "zh-CN")
    for name in ("Header", "Footer"):
        for tabs in doc.styles[name].element.findall(f".//{qn('w:tabs')}"):
            tabs.getparent().remove(tabs)
    for name, before in (("Heading 1", 14), ("Heading 2", 8)):
        doc.styles[name].font.bold = False
        doc.styles[name].paragraph_format.space_before = Pt(before)
        doc.styles[name].paragraph_format.space_after = Pt(4)
        doc.styles[name].paragraph_format.keep_with_next = True
    doc.styles["Normal"].paragraph_format.line_spacing = 1.15


def _write(paragraph: Any, words: str, *, font: str = SONG, size: float = 0, bold: bool = False,
           color: Any = None) -> None:  # fmt: skip
    run = paragraph.add_run(words)
    run.font.name, run.bold = LATIN, bold or None
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if size:
        run.font.size = Pt(size)
    if color is not None:
        run.font.color.rgb = color


def _fill(cell: Any, words: str, *, label: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    _write(paragraph, words, font=HEI if label else SONG)
    if label:
        paragraph.alignment = CENTER
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", SHADE)):
            shade.set(qn(f"w:{name}"), value)
        cell._element.get_or_add_tcPr().append(shade)


def _top(cell: Any) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP


def _set_height(row: Any, height: float) -> None:
    row.height, row.height_rule = Length(Cm(height)), WD_ROW_HEIGHT_RULE.AT_LEAST


def _repeat(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_rows_whole(table: Any) -> None:
    """No row is cut by the end of a page."""
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _page_field(paragraph: Any, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _prune(doc: Any) -> None:
    """Styles and parts of python-docx's own template that no form uses: three quarters of its size."""
    styles = doc.styles.element
    for style in list(styles):
        if style.tag == qn("w:latentStyles"):
            styles.remove(style)
        elif style.tag == qn("w:style") and style.get(qn("w:default")) is None:
            name = style.find(qn("w:name")).get(qn("w:val"))
            if name.lower() not in {kept.lower() for kept in _KEPT}:
                styles.remove(style)
    for owner in (doc.part.package, doc.part):
        for key, relation in list(owner.rels.items()):
            if any(word in relation.reltype for word in _NEEDLESS):
                del owner.rels[key]


def _repack(content: bytes) -> bytes:
    """The same package with one date for all its parts, so that drawing a form anew changes nothing."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            info = zipfile.ZipInfo(item.filename, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, old.read(item))
    return target.getvalue()
