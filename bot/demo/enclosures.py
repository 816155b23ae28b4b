"""The files people attach in the story: a scanned form as PDF, documents as .docx; small, but any viewer opens them."""

import zlib
from decimal import Decimal
from email import message_from_bytes, policy
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bot.demo.letters import Enclosure

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SPACE = "http://schemas.openxmlformats.org"
_TYPES = (
    f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{_SPACE}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_DOCX}.main+xml"/></Types>'
)
_RELATIONS = (
    f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{_SPACE}/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_SPACE}/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def make_form(name: str) -> Enclosure:
    """The signed service form as a scan: one page with a signature drawn on it."""
    return Enclosure(name, "application/pdf", _pdf(b"2 w 90 140 m 130 210 160 80 190 150 c 215 200 235 90 290 160 c S"))


def make_document(name: str, *lines: str) -> Enclosure:
    """A Word document with `lines` as its paragraphs."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_SPACE}/wordprocessingml/2006/main">'
        f"<w:body>{paragraphs}</w:body></w:document>"
    )
    parts = {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": document}
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for part, text in parts.items():
            archive.writestr(ZipInfo(part), text)  # a fixed time: the same story gives the same sha256
    return Enclosure(name, _DOCX, file.getvalue())


def _pdf(drawing: bytes) -> bytes:
    stream = zlib.compress(b"1 w 40 40 515 762 re S 60 700 475 0 re S 60 240 475 0 re S " + drawing)
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(stream), stream),
    )
    file, places = BytesIO(), []
    file.write(b"%PDF-1.4\n")
    for number, content in enumerate(objects, start=1):
        places.append(file.tell())
        file.write(b"%d 0 obj%s\nendobj\n" % (number, content))
    start = file.tell()
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    file.write(
        b"xref\n0 5\n0000000000 65535 f \n%strailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (table, start)
    )
    return file.getvalue()


def correct_figure(mail: bytes, column: str, figure: Decimal) -> Enclosure:
    """The workbook attached to `mail` with `figure` in the first row below the heading `column`, as Excel saves it."""
    from openpyxl import load_workbook

    whole = message_from_bytes(mail, policy=policy.default)
    file = next(part for part in whole.iter_attachments() if (part.get_filename() or "").endswith(".xlsx"))
    book = load_workbook(BytesIO(bytes(file.get_payload(decode=True))))
    page = book.worksheets[0]
    heading = next(cell for row in page.iter_rows() for cell in row if str(cell.value).startswith(column))
    page.cell(heading.row + 1, heading.column).value = float(figure)
    out = BytesIO()
    book.save(out)
    return Enclosure(
        f"{str(file.get_filename()).removesuffix('.xlsx')}_改.xlsx", file.get_content_type(), out.getvalue()
    )
