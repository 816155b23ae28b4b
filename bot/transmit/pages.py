"""Mails as web pages that can do nothing: the demo's way to show what everybody received."""

import base64
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message

import nh3
from markupsafe import Markup

from bot.transmit.headers import SHANGHAI, clean_text, clean_value

_HEADERS = (
    ("From", "发件人"),
    ("To", "收件人"),
    ("Cc", "抄送"),
    ("Date", "时间"),
    ("Subject", "主题"),
    ("In-Reply-To", "答复"),
    ("Message-ID", "邮件编号"),
)
_STYLES = {
    *("background-color", "border", "border-bottom", "border-collapse", "border-color", "border-left", "border-radius"),
    *("border-right", "border-top", "clear", "color", "display", "font-family", "font-size", "font-weight", "height"),
    *("line-height", "margin", "max-height", "max-width", "overflow", "padding", "text-align", "text-decoration"),
    *("vertical-align", "white-space", "width", "word-break"),
}
_TABLE = {"align", "valign", "width", "bgcolor", "cellpadding", "cellspacing", "border", "colspan", "rowspan", "style"}
_CLEANER = nh3.Cleaner(
    tags=nh3.ALLOWED_TAGS | {"font"},
    clean_content_tags={"script", "style", "title", "noscript", "iframe", "object", "svg", "math", "template"},
    attributes={
        **dict.fromkeys(("table", "tr", "td", "th", "p", "div"), _TABLE),
        "a": {"href", "style"},
        "img": {"src", "alt", "width", "style"},
        "br": {"clear", "style"},
        "font": {"color"},
        "*": {"style"},
    },
    url_schemes={"http", "https", "mailto", "cid"},
    url_relative="deny",
    filter_style_properties=_STYLES,
)
_SHOWN_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif"})
_PICTURE = re.compile(r'src="([^"]*)"')
_PAGE = Markup(
    '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
    'img-src data:">'
    "<title>{title}</title><style>"
    "body{{margin:0;padding:16px;background:#fff;color:#1f2329;"
    "font:15px/1.6 'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif}}"
    "table.zc{{border-collapse:collapse;margin:0 0 16px}}"
    ".zc td,.zc th{{padding:4px 12px 4px 0;text-align:left;vertical-align:top;overflow-wrap:anywhere}}"
    ".zc th{{color:#5c6573;font-weight:normal;white-space:nowrap}}"
    ".zc.list td,.zc.list th{{border-bottom:1px solid #e8ebef}}.zc.list td:first-child{{white-space:nowrap}}"
    "@media(max-width:640px){{.zc.list th{{display:none}}"
    ".zc.list,.zc.list tbody,.zc.list tr,.zc.list td{{display:block}}"
    ".zc.list tr{{padding:8px 0;border-bottom:1px solid #e8ebef}}.zc.list td{{border:0;padding:0}}"
    ".zc.list td:nth-child(3)::before{{content:'→ '}}}}"
    "pre{{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}}"
    "</style></head><body>{body}</body></html>\n"
)


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One line of the index: `file` is the page's name beside the index, `at` aware."""

    file: str
    at: datetime
    sender: str
    to: str
    subject: str
    note: str = ""


def mail_page(raw: bytes) -> str:
    """The mail `raw` as one safe page: headers, the HTML body sanitised (else the text), the attachments' names."""
    message = message_from_bytes(raw)
    rows = Markup().join(
        Markup("<tr><th>{}</th><td>{}</td></tr>").format(label, value)
        for name, label in _HEADERS
        if (value := _decode_value(message.get(name)))
    )
    files = [_describe(part) for part in message.walk() if part.get_content_disposition() == "attachment"]
    tail = Markup("<hr><p>附件：{}</p>").format("、".join(files)) if files else Markup()
    body = Markup('<table class="zc">{}</table><hr>{}{}').format(rows, _body(message), tail)
    return _PAGE.format(title=_decode_value(message.get("Subject")) or "（无主题）", body=body)


def index_page(entries: Iterable[PageEntry], title: str = "邮件一览") -> str:
    """A page that lists `entries` in the order given, each linked to its mail page."""
    rows = Markup().join(
        Markup('<tr><td>{}</td><td>{}</td><td>{}</td><td><a href="{}">{}</a></td><td>{}</td></tr>').format(
            f"{e.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}", e.sender, e.to, f"./{e.file}", e.subject, e.note
        )
        for e in entries
    )
    head = Markup().join(Markup("<th>{}</th>").format(name) for name in ("时间", "发件人", "收件人", "主题", "说明"))
    body = Markup('<h1>{}</h1><table class="zc list"><tr>{}</tr>{}</table>').format(title, head, rows)
    return _PAGE.format(title=title, body=body)


def _body(message: Message) -> Markup:
    shown = [p for p in _leaves(message) if p.get_content_disposition() != "attachment"]
    for part in shown:
        if part.get_content_type() == "text/html":
            return _safe_html(_decode_body(part), shown)
    texts = [_decode_body(part) for part in shown if part.get_content_type() == "text/plain"]
    return Markup("<pre>{}</pre>").format("\n".join(texts))


def _safe_html(html: str, parts: Iterable[Message]) -> Markup:
    pictures = {f"cid:{cid}": part for part in parts if (cid := str(part.get("Content-ID", "")).strip(" <>"))}

    def embed(match: re.Match[str]) -> str:
        part = pictures.get(match[1])
        if part is None or part.get_content_type() not in _SHOWN_PICTURES:
            return 'src=""'
        return f'src="data:{part.get_content_type()};base64,{base64.b64encode(_bytes(part)).decode("ascii")}"'

    return Markup(_PICTURE.sub(embed, _CLEANER.clean(html)))  # noqa: S704 - nh3's output and base64


def _leaves(message: Message) -> Iterator[Message]:
    return (part for part in message.walk() if not part.is_multipart())


def _describe(part: Message) -> str:
    name = _decode_value(part.get_filename()) or "未命名"
    return f"{name}（{part.get_content_type()}，{max(1, len(_bytes(part)) // 1024)} KB）"


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _decode_body(part: Message) -> str:
    charset = (part.get_content_charset() or "utf-8").lower()
    charset = "gb18030" if charset in {"gb2312", "gbk"} else charset
    try:
        return clean_text(_bytes(part).decode(charset, "replace"))
    except LookupError:
        return clean_text(_bytes(part).decode("utf-8", "replace"))


def _decode_value(value: object) -> str:
    if value is None:
        return ""
    try:
        return clean_value(str(make_header(decode_header(str(value)))))
    except (HeaderParseError, LookupError, UnicodeError):
        return clean_value(str(value))
