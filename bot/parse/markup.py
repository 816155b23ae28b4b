"""HTML mail to text: what a reader sees, quoted parts marked by ">", tables as lines of cells (mail-in-china.md C2)."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

from lxml import etree

from bot.parse.charsets import clean_text
from bot.parse.hiding import Hiders, find_hiders, has_color_behind, is_hiding, is_pale

MAX_HTML_CHARS = 2_000_000
SEPARATOR = "-----原始邮件-----"  # written where the markup alone says that the old mail begins
RULE = "________________"
_MAX_CELL_LINES = 20

_SKIPPED = frozenset({"script", "style", "head", "title", "template", "object", "iframe", "noscript", "svg", "math"})
_SKIPPED |= {"select", "datalist", "audio", "video", "canvas"}
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "ul",
        "caption",
    ]
)
_QUOTE_IDS = frozenset({"isReplyContent", "isForwardContent", "origbody", "OLK_SRC_BODY_SECTION"})
_QUOTE_IDS |= {"mail-editor-reference-message-container"}
_QUOTE_CLASSES = frozenset({"gmail_quote", "ntes-mailmaster-quote", "yahoo_quoted", "protonmail_quote"})
_QUOTE_CLASSES |= {"lark-mail-quote", "history-quote-wrapper"}
_FONT_SIZE = re.compile(r"font-size\s*:\s*([\d.]{1,10})")
_COLOR = re.compile(r"(?:^|[;\s\"'])color\s*:\s*([^;!]{1,40})")
_INDENTED = re.compile(r"margin\s*:\s*0(?:px)?\s+0(?:px)?\s+0(?:px)?\s+40px")  # "increase indent", no quote
_OUTLOOK_RULE = re.compile(r"border-top\s*:\s*solid\s+#[0-9a-f]{6}\s+1\.0pt.{0,80}padding\s*:\s*3\.0pt\s+0", re.DOTALL)
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_TAG = re.compile(r"<[^<>]*>?")
_LINE_BLANKS = re.compile(r" *\n *")
_EMPTY_LINES = re.compile(r"\n{3,}")


class _Sight(NamedTuple):
    """What surrounding styles make of text: a font of size 0, white on white."""

    is_tiny: bool = False
    is_white: bool = False
    on_color: bool = False
    in_pre: bool = False

    @property
    def is_hidden(self) -> bool:
        return self.is_tiny or (self.is_white and not self.on_color)


class _Step(NamedTuple):
    element: etree._Element
    outer: _Sight
    is_done: bool = False
    has_frame: bool = False


@dataclass(slots=True)
class _Frame:
    """Text being gathered for the page, a quote, a table row or a cell."""

    kind: str
    pieces: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        if text and (text.strip(" ") or (self.pieces and not self.pieces[-1].endswith("\n"))):
            self.pieces.append(text)

    def end_line(self) -> None:
        if self.pieces and not self.pieces[-1].endswith("\n"):
            self.pieces.append("\n")

    def text(self) -> str:
        return _LINE_BLANKS.sub("\n", "".join(self.pieces)).strip(" \n")


def html_to_text(html: str) -> str:
    """The visible text of an HTML mail.

    Lines of quoted containers begin with "> "; a table row becomes one line, its cells parted by tabs; hidden text
    (display:none, font size 0, white on white) is left out. Safe on hostile, deep and huge input: anything the parser
    cannot hold is read with its tags stripped. At most MAX_HTML_CHARS are read.
    """
    html = html[:MAX_HTML_CHARS]
    root = _parse(html)
    text = _strip_tags(html) if root is None else _walk(root)
    text = _LINE_BLANKS.sub("\n", clean_text(text).replace("\u00a0", " "))
    return _EMPTY_LINES.sub("\n\n", text).strip()


def _parse(html: str) -> etree._Element | None:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(html.encode("utf-8", "ignore"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    too_deep = any("depth" in str(entry.message) for entry in parser.error_log)
    return None if too_deep else root


def _strip_tags(html: str) -> str:
    return _LINE_BLANKS.sub("\n", unescape(_TAG.sub("\n", html)))


def _walk(root: etree._Element) -> str:
    frames = [_Frame("page")]
    hiders = find_hiders(root)
    stack = [_Step(root, _Sight())]
    while stack:
        element, outer, is_done, has_frame = stack.pop()
        if is_done:
            _close(element, frames, has_frame=has_frame)
        elif isinstance(element.tag, str) and element.tag not in _SKIPPED and not _is_hidden(element, hiders):
            sight = _look(element, outer)
            opened = _open(element, frames)
            _add_text(frames[-1], element.text, sight)
            stack.append(_Step(element, outer, is_done=True, has_frame=opened))
            stack += [_Step(child, sight) for child in reversed(element)]
            continue
        if element is not root:
            _add_text(frames[-1], element.tail, outer)
    return frames[0].text()


def _add_text(frame: _Frame, text: str | None, sight: _Sight) -> None:
    if text and not sight.is_hidden:
        frame.add(text if sight.in_pre else _BLANKS.sub(" ", text))


def _style(element: etree._Element) -> str:
    return str(element.get("style", ""))[:2000].lower()


def _is_hidden(element: etree._Element, hiders: Hiders) -> bool:
    if "hidden" in element.attrib or (hiders and hiders.hide(element)):
        return True
    style = _style(element)
    return bool(style) and is_hiding(style)


def _look(element: etree._Element, outer: _Sight) -> _Sight:
    style = _style(element)
    in_pre = outer.in_pre or element.tag == "pre" or "pre-wrap" in style
    on_color = outer.on_color or has_color_behind(style, str(element.get("bgcolor", "")))
    size, color = _FONT_SIZE.search(style), _COLOR.search(style)
    is_tiny = not size[1].strip("0.") if size else outer.is_tiny
    named = color[1].strip() if color else str(element.get("color", "")).lower()
    is_white = is_pale(named) if named else outer.is_white
    return _Sight(is_tiny, is_white, on_color, in_pre)


def _open(element: etree._Element, frames: list[_Frame]) -> bool:
    """Begin an element; true when it gathers its text in a frame of its own."""
    tag = element.tag
    if tag == "br":
        frames[-1].pieces.append("\n")
    elif tag == "hr":
        frames[-1].end_line()
        frames[-1].add(RULE + "\n")
    elif tag in {"tr", "td", "th"}:
        frames.append(_Frame("row" if tag == "tr" else "cell"))
        return True
    elif _is_quote(element, frames):
        frames.append(_Frame("quote"))
        return True
    elif tag in _BLOCKS:
        frames[-1].end_line()
        if element.get("id") == "divRplyFwdMsg" or _OUTLOOK_RULE.search(_style(element)):
            frames[-1].add(SEPARATOR + "\n")
    return False


def _is_quote(element: etree._Element, frames: list[_Frame]) -> bool:
    if element.tag == "blockquote":
        return not _INDENTED.search(_style(element)) or element.get("type") == "cite"
    names = set(str(element.get("class", "")).split())
    if element.get("id") not in _QUOTE_IDS and not names & _QUOTE_CLASSES:
        return False
    # An answer between two quotes stands inside the container too: then the inner quotes count.
    in_quote = any(frame.kind == "quote" for frame in frames)
    return in_quote or element.find(".//blockquote") is None


def _close(element: etree._Element, frames: list[_Frame], *, has_frame: bool) -> None:
    if not has_frame:
        if element.tag in _BLOCKS:
            frames[-1].end_line()
        return
    frame, outer = frames.pop(), frames[-1]
    if frame.kind == "cell" and outer.kind == "row":
        outer.cells.append(frame.text())
        return
    text = _join_row(frame) if frame.kind == "row" else frame.text()
    if frame.kind == "quote":
        text = "\n".join(f"> {line}" for line in text.split("\n"))
    outer.end_line()
    outer.add(text)
    outer.end_line()


def _join_row(row: _Frame) -> str:
    """A data row as one line; a row that only lays the page out keeps its lines."""
    cells = [*row.cells, *filter(None, [row.text()])]
    filled = [cell for cell in cells if cell]
    is_data = len(filled) > 1 and all(_is_datum(cell) for cell in filled)
    is_label_alone = len(filled) == 1 and len(cells) > 1 and "\n" not in filled[0]
    if is_data or is_label_alone:
        return "\t".join(" ".join(cell.split()) for cell in cells).rstrip("\t")
    return "\n".join(filled)


def _is_datum(cell: str) -> bool:
    return cell.count("\n") < _MAX_CELL_LINES and "\t" not in cell and not cell.startswith((">", SEPARATOR))
