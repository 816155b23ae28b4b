"""Recognises our own forms among the files of a mail, whatever they are called now (R20, R30)."""

import io
import re
import zipfile
import zlib

from bot.rules.papers.own_forms import PROPERTY, OwnForm, read_mark

_MARK = re.compile(rf'name="{PROPERTY}"[^>]*>\s*<(?:\w+:)?lpwstr[^>]*>([^<]{{1,300}})<')
_LONGEST_PROPERTIES = 1 << 18
_LONGEST_TEXT = 8 << 20  # bytes unpacked; a form has 50 thousand
_LARGEST = 30 << 20


def read_own_form(content: bytes) -> OwnForm | None:
    """Whether `content` is a .docx that we made, and filled in since; None for every other file. Never raises."""
    if not content.startswith(b"PK\x03\x04") or len(content) > _LARGEST:
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            found = _MARK.search(_text(package, "docProps/custom.xml", _LONGEST_PROPERTIES))
            return read_mark(found[1], _text(package, "word/document.xml", _LONGEST_TEXT)) if found else None
    except (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        return None


def _text(package: zipfile.ZipFile, name: str, most: int) -> str:
    """A part's text, read no further than `most`: what is longer than it says is no form of ours."""
    if package.getinfo(name).compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise zipfile.BadZipFile("packed in a way that no office program uses")
    with package.open(name) as part:
        return part.read(most).decode("utf-8", "replace")
