"""The quoted history below an answer (R45): readable, bounded, and unable to do or to prove anything."""

import re
from dataclasses import dataclass
from datetime import datetime

import nh3
from markupsafe import Markup, escape

from bot.rules.mail import Address
from bot.transmit.headers import SHANGHAI, clean_text, clean_value

MAX_QUOTED = 60_000  # characters of text, and again of HTML
CUT_NOTE = "（以下引用内容过长，已省略。完整往来见各自邮箱中的原邮件。）"
MARK = "------------------ 原始邮件 ------------------"
_MAX_HTML_READ = 100_000
_MAX_UNCLOSED = 2_000  # html5 repair takes time by the square of the nesting
_WEEKDAYS = "一二三四五六日"

# `#` may come percent-encoded (also twice, by link rewriters), full width or with tags and soft breaks inside.
_SECRET = re.compile(
    r"(Z(?:C\d{4}-\d{3,9}|B\d{4}-W\d\d-\d{2,4}))(?:<[^<>]{0,300}>|[\s\u200b\u00ad])*(?:#|＃|%(?:25){0,3}23|&#0*35;|&#x0*23;|&num;)"
    r"(?:(?:<[^<>]{0,300}>|[\u200b\u00ad]|=\n|\n)*[A-Za-z0-9_-]){0,64}",
    re.IGNORECASE,
)
_CUT_FROM = re.compile(r"<(?:style\b|!--)", re.IGNORECASE)
_STYLE_END = re.compile(r"</style\s*>", re.IGNORECASE)
_COMMENT_END = re.compile(r"-->")

_SHAPES = {"style", "align", "valign", "width", "bgcolor"}
_CELLS = _SHAPES | {"colspan", "rowspan"}
_CLEANER = nh3.Cleaner(
    tags={
        *("a", "b", "strong", "i", "em", "u", "s", "sub", "sup", "span", "font", "p", "br", "hr", "div", "center"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "code"),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "colgroup", "col"),
    },
    clean_content_tags={"script", "style", "title", "head", "noscript", "iframe", "object", "svg", "math", "template"},
    attributes={
        "*": {"style"},
        "a": {"href"},
        "font": {"color"},
        "p": {"align", "style"},
        "div": {"align", "style"},
        "table": _SHAPES | {"border", "cellpadding", "cellspacing"},
        "td": _CELLS,
        "th": _CELLS,
        "tr": _SHAPES,
        "ol": {"start", "style"},
    },
    url_schemes={"http", "https"},  # no mailto: an old button must not be pressed again by whoever got the quote
    url_relative="deny",
    filter_style_properties={
        *("color", "background-color", "font-weight", "font-style", "text-align", "text-decoration", "display"),
        *("border", "border-top", "border-bottom", "border-left", "border-right", "border-collapse"),
        *("padding", "padding-left", "margin", "margin-left", "vertical-align", "width", "line-height"),
    },
)


@dataclass(frozen=True, slots=True)
class Parent:
    """The mail that is answered. Ids without <>, `references` oldest first; the rest decoded, as sent."""

    message_id: str
    references: tuple[str, ...]
    sender: Address
    date: datetime | None = None
    subject: str = ""
    text: str = ""
    html: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """The quoted history in both forms; "" and "" quote nothing. `html` is sanitised."""

    text: str
    html: Markup


NO_QUOTE = Quote("", Markup(""))


def quote_parent(parent: Parent) -> Quote:
    """What stands below the answer: the attribution block and the parent's words, MAX_QUOTED characters at most."""
    text = clean_quoted_text(parent.text)
    head = _attribution(parent)
    lines = "\n".join((MARK, *(f"{label}: {value}" for label, value in head)))
    html_head = "<br>".join((MARK, *(f"<b>{label}:</b> {escape(value)}" for label, value in head)))
    body = clean_quoted_html(parent.html) or _text_as_html(text)
    html = Markup(f'<div style="margin:0 0 12px 0">{html_head}</div>{body}')  # noqa: S704 - escaped, or nh3's output
    return Quote(text=f"{lines}\n\n{text}", html=html)


def strip_secrets(text: str) -> str:
    """`text` with every button secret gone; the case number before it stays."""
    return _SECRET.sub(r"\1", text)


def clean_quoted_text(text: str) -> str:
    """A mail's text for quoting: no controls, no secrets, bounded."""
    cut = len(text) > MAX_QUOTED
    text = strip_secrets(clean_text(text[:MAX_QUOTED]))
    return f"{text.rstrip()}\n\n{CUT_NOTE}" if cut else text.rstrip()


def clean_quoted_html(html: str) -> Markup:
    """A mail's HTML for quoting: no script, picture, form, mail link or secret, bounded; "" when nothing is left."""
    html = _drop_styles(clean_text(html[: 10 * _MAX_HTML_READ]))
    cut = len(html) > _MAX_HTML_READ
    html = html[:_MAX_HTML_READ]
    if html.count("<") - 2 * html.count("</") > _MAX_UNCLOSED:
        return Markup("")
    safe = _CLEANER.clean(html)
    bare = strip_secrets(safe)
    if len(bare) > MAX_QUOTED:
        cut = True
        bare = bare[: max(bare.rfind("<", 0, MAX_QUOTED), MAX_QUOTED - 2_000)]
    if len(bare) != len(safe):
        safe = _CLEANER.clean(bare)  # again: closes what was cut open
    if not safe.strip() or len(safe) > MAX_QUOTED + 5_000:  # only closing a deep nesting makes it so long
        return Markup("")
    return Markup("{}<p>{}</p>").format(Markup(safe), CUT_NOTE) if cut else Markup(safe)  # noqa: S704 - nh3's output


def _attribution(parent: Parent) -> tuple[tuple[str, str], ...]:
    name = clean_value(parent.sender.name)
    email = clean_value(parent.sender.email)
    head = [("发件人", f"{name} <{email}>" if name else email)]
    if parent.date is not None:
        at = parent.date.astimezone(SHANGHAI)
        weekday = _WEEKDAYS[at.weekday()]
        head.append(("发送时间", f"{at.year}年{at.month}月{at.day}日(星期{weekday}) {at:%H:%M}"))
    head.append(("主题", strip_secrets(clean_value(parent.subject))))
    return tuple(head)


def _text_as_html(text: str) -> Markup:
    return Markup("<br>\n").join(escape(line) for line in text.split("\n"))


def _drop_styles(html: str) -> str:
    """`html` without style sheets and comments: Word's are longer than the mail, and would use up the bound."""
    kept: list[str] = []
    at = 0
    while start := _CUT_FROM.search(html, at):
        kept.append(html[at : start.start()])
        end = _COMMENT_END if start[0] == "<!--" else _STYLE_END
        stop = end.search(html, start.start() + 2)  # `<!-->` is a whole comment: its own dashes end it
        if stop is None:
            return "".join(kept)
        at = stop.end()
    return "".join((*kept, html[at:]))
