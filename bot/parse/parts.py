"""The MIME tree of a mail taken apart: readable text, attachments, and what machines report (RFC 2045, 2046, 3462)."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.parser import BytesHeaderParser

from bot.parse.charsets import decode_text
from bot.parse.decode import decode_header, decode_transfer, parse_parameters
from bot.parse.headers import Headers
from bot.parse.markup import html_to_text
from bot.parse.names import clean_name
from bot.parse.plain_tree import read_plain_tree
from bot.rules.mail import Attachment

MAX_MAIL_BYTES = 64 << 20
MAX_PARTS = 500
MAX_DEPTH = 100
MAX_TEXT_CHARS = 1_000_000
_MAX_CONTAINERS = MAX_DEPTH
_MAX_CHUNKS = 20_000

# Each level of nesting costs the library's parser stack, and every line a look at each open boundary.
_CONTAINERS = (b"multipart/", b"message/rfc822", b"message/global")
_BOUNDARY = re.compile(rb'(?i)boundary\s*=\s*"?([^"\s;]{1,70})')
_NO_HTML = re.compile(
    r"不支持\s*HTML|not (?:support|display) HTML|HTML[ -]?(?:格式|capable|enabled)|view (?:this|the) .{0,20}HTML",
    re.IGNORECASE,
)
_LOOKS_LIKE_HTML = re.compile(r"\s*<(?:!doctype|html|head|body|div|p|table|span|meta|style)\b", re.IGNORECASE)
_METHOD = re.compile(r"(?im)^METHOD:([A-Z]+)")
_SHORT_TEXT = 200  # a longer text/plain is no mere "your program cannot show HTML"


@dataclass(slots=True)
class Piece:
    """One stretch of the body: the same words as plain text, as HTML, or as both (multipart/alternative)."""

    plain: str = ""
    html: str = ""


@dataclass(slots=True)
class Body:
    """What the MIME tree holds. `status` are the header blocks of a delivery report (RFC 3464), outer block first.

    `returned` are headers of a mail that this one carries inside; `problems` are English lines.
    """

    pieces: list[Piece] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    status: list[Headers] = field(default_factory=list)
    returned: list[Headers] = field(default_factory=list)
    calendar_method: str = ""
    calendar: bytes = b""  # the first part that has one
    has_disposition_notice: bool = False
    problems: list[str] = field(default_factory=list)

    def text(self) -> str:
        """The readable text; HTML where there is no sensible plain text."""
        text = "\n".join(filter(None, (_readable(piece) for piece in self.pieces)))
        if len(text) > MAX_TEXT_CHARS:
            self.problems.append(f"text cut at {MAX_TEXT_CHARS} characters")
        return text[:MAX_TEXT_CHARS]

    def html(self) -> str:
        """The HTML parts as sent, or ""."""
        return "\n".join(piece.html for piece in self.pieces if piece.html)


def _readable(piece: Piece) -> str:
    plain = piece.plain.strip()
    if plain and _LOOKS_LIKE_HTML.match(plain):
        return html_to_text(plain)
    if piece.html and (not plain or (len(plain) < _SHORT_TEXT and _NO_HTML.search(plain))):
        return html_to_text(piece.html)
    return piece.plain


def parse_message(raw: bytes, problems: list[str]) -> Message:
    """The MIME tree of `raw`; a mail too deep or too broken for the library becomes a flat row of parts."""
    if (plain := read_plain_tree(raw)) is not None:
        return plain
    folded = raw.lower()
    if sum(folded.count(name) for name in _CONTAINERS) <= _MAX_CONTAINERS:
        try:
            return message_from_bytes(raw)
        except Exception as error:  # noqa: BLE001 -- the library raises many kinds on hostile mail
            problems.append(f"MIME structure: {type(error).__name__}; parts read one by one")
    else:
        problems.append(f"more than {_MAX_CONTAINERS} containers; parts read one by one")
    return _parse_flat(raw)


def _parse_flat(raw: bytes) -> Message:
    """Every part as a child of the top, without the library's recursion; what lies in an attached mail is left out."""
    parser = BytesHeaderParser()
    root = parser.parsebytes(raw)
    boundaries = {b"--" + found for found in _BOUNDARY.findall(raw)}
    if not boundaries:
        return root
    chunks: list[list[bytes]] = []
    for line in _raw_payload(root).splitlines(keepends=True):
        if line.startswith(b"--") and not boundaries.isdisjoint({line.strip(), line.strip().removesuffix(b"--")}):
            chunks.append([])
        elif chunks:
            chunks[-1].append(line)
    parts: list[Message] = []
    for chunk in chunks[:_MAX_CHUNKS]:
        part = parser.parsebytes(b"".join(chunk))
        kind = part.get_content_maintype()
        if kind != "multipart":
            parts.append(part)
        if kind == "message" or len(parts) >= MAX_PARTS:
            break
    root.set_payload([*parts])
    return root


def read_body(root: Message, problems: list[str], head: Headers) -> Body:
    """Everything the tree holds, in order of appearance, within MAX_PARTS and MAX_DEPTH; `head`: that of `root`."""
    body = Body(problems=problems)
    stack: list[tuple[Message, int, Piece | None]] = [(root, 0, None)]
    count = 0
    while stack:
        part, depth, piece = stack.pop()
        count += 1
        if count > MAX_PARTS or depth > MAX_DEPTH:
            problems.append(f"more than {MAX_PARTS} parts or {MAX_DEPTH} levels: the rest is not read")
            break
        headers = head if part is root else Headers(part.raw_items())
        content_type = headers.kind
        children = _children(part)
        if children and content_type.startswith("multipart/"):
            if content_type == "multipart/alternative" and piece is None:
                piece = Piece()
                body.pieces.append(piece)
            stack += [(child, depth + 1, piece) for child in reversed(children)]
            continue
        if children and not content_type.startswith("message/"):
            content_type = "message/rfc822"  # the default inside multipart/digest
        elif not content_type or content_type.startswith("multipart/"):
            content_type = "text/plain"  # a multipart without boundary: all there is, is text
        try:
            _read_leaf(body, _Leaf(part, headers, content_type, headers.content_type[1], children), piece)
        except Exception as error:  # noqa: BLE001 -- a hostile part must cost that part only
            problems.append(f"part {count} ({content_type[:60]}): {type(error).__name__}; left out")
    return body


@dataclass(slots=True)
class _Leaf:
    part: Message
    headers: Headers
    content_type: str
    parameters: Mapping[str, str]
    children: list[Message]

    def content(self) -> bytes:
        return decode_transfer(_raw_payload(self.part), self.headers.raw("content-transfer-encoding"))

    def text(self) -> str:
        text = decode_text(self.content(), self.parameters.get("charset", ""))
        if self.parameters.get("format", "").lower() == "flowed":
            return _unflow(text, "" if self.parameters.get("delsp", "").lower() == "yes" else " ")
        return text


def _children(part: Message) -> list[Message]:
    payload = part.get_payload() if part.is_multipart() else []
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []


def _raw_payload(part: Message) -> bytes:
    # Not get_payload(): without decode it loses 8-bit bytes, with it the charset label may make it raise.
    payload = getattr(part, "_payload", "")
    return payload.encode("utf-8", "surrogateescape") if isinstance(payload, str) else b""


def _unflow(text: str, gap: str) -> str:
    """RFC 3676: a line ending in a blank goes on in the next of the same quote depth."""
    lines: list[str] = []
    is_open = False
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        bare = line[depth:].removeprefix(" ") if depth else line.removeprefix(" ")
        if is_open and lines and depth == len(lines[-1]) - len(lines[-1].lstrip(">")):
            lines[-1] += bare
        else:
            lines.append(">" * depth + (" " if depth else "") + bare)
        is_open = line.endswith(" ") and line != "-- "
        if is_open:
            lines[-1] = lines[-1][:-1] + gap
    return "\n".join(lines)


def _read_leaf(body: Body, leaf: _Leaf, piece: Piece | None) -> None:
    kind = leaf.content_type
    if kind == "message/delivery-status":
        body.status += [Headers(child.raw_items()) for child in leaf.children]
        return
    if kind == "message/disposition-notification":
        body.has_disposition_notice = True
        return
    disposition, options = parse_parameters(leaf.headers.raw("content-disposition"))
    name = options.get("filename") or leaf.parameters.get("name", "")
    if kind == "text/calendar" and not _take_calendar(body, leaf, disposition):
        return
    if kind == "text/rfc822-headers":
        body.returned.append(Headers(BytesHeaderParser().parsebytes(leaf.content()).raw_items()))
    elif _is_body_text(body, kind, disposition, name):
        _take_text(body, leaf, piece)
    else:
        _attach(body, leaf, disposition, name)


def _is_body_text(body: Body, kind: str, disposition: str, name: str) -> bool:
    if (kind not in {"text/plain", "text/html"} and "/" in kind) or disposition == "attachment":
        return False
    # Some clients name the body itself; then there is no disposition and nothing was read before.
    return not name or (not disposition and not any(piece.plain or piece.html for piece in body.pieces))


def _take_text(body: Body, leaf: _Leaf, piece: Piece | None) -> None:
    if piece is None:
        piece = Piece()
        body.pieces.append(piece)
    text = leaf.text()
    if leaf.content_type == "text/html":
        piece.html = f"{piece.html}\n{text}" if piece.html else text
    else:
        piece.plain = f"{piece.plain}\n{text}" if piece.plain else text


def _take_calendar(body: Body, leaf: _Leaf, disposition: str) -> bool:
    """Note the method of an invitation; true when the part is to be kept as a file too."""
    method = leaf.parameters.get("method", "")
    if not method and disposition != "attachment" and (found := _METHOD.search(leaf.text()[:5000])):
        method = found[1]
    if method and not body.calendar_method:
        body.calendar_method, body.calendar = method.upper()[:20], leaf.content()
    return True


def _attach(body: Body, leaf: _Leaf, disposition: str, name: str) -> None:
    kind, number = leaf.content_type, len(body.attachments) + 1
    content = leaf.content()
    if kind.startswith("message/") and leaf.children:
        content = _attached_mail(body, leaf)
        name = name or _subject_of(leaf.children[0]) + ".eml"
    clean = clean_name(name, kind, number)
    if kind == "application/ms-tnef" or clean.lower() == "winmail.dat":
        body.problems.append("winmail.dat: Outlook's own format, its contents are not read")
    if kind.endswith("pkcs7-mime"):
        body.problems.append("S/MIME: encrypted or opaquely signed content is not read")
    is_inline = disposition != "attachment" and kind.endswith(("pkcs7-signature", "pgp-signature"))
    if (cid := leaf.headers.raw("content-id").strip(" <>\r\n\t")) and not is_inline:
        is_inline = any(f"cid:{cid}" in piece.html for piece in body.pieces)
    digest = hashlib.sha256(content).hexdigest()
    body.attachments.append(Attachment(clean, kind[:200], content, digest, is_inline))


def _attached_mail(body: Body, leaf: _Leaf) -> bytes:
    child = leaf.children[0]
    if not child.keys() and "base64" in leaf.headers.raw("content-transfer-encoding").lower():
        return decode_transfer(_raw_payload(child), "base64")
    body.returned.append(Headers(child.raw_items()))
    try:
        return child.as_bytes()
    except Exception as error:  # noqa: BLE001 -- the library's generator raises many kinds on hostile mail
        body.problems.append(f"attached mail: {type(error).__name__}; only its text is kept")
        return _raw_payload(child)


def _subject_of(child: Message) -> str:
    return decode_header(Headers(child.raw_items()).raw("subject"))[:80]


def iter_texts(body: Body) -> Iterator[str]:
    """Every text the mail carries outside attachments: plain and HTML, for finding secrets."""
    for piece in body.pieces:
        yield piece.plain
        yield piece.html
