"""Writes mails as people's clients do: new ones, reply-all with the old mail quoted, a tap, a vacation reply."""

import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email import encoders, message_from_bytes, policy
from email.message import EmailMessage
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.utils import format_datetime, parseaddr
from hashlib import sha256
from html import escape, unescape
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from bot.demo.clients import IPHONE, Client, Original
from bot.rules.mail import Address

_BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL | re.IGNORECASE)
_LINK = re.compile(r'href="(mailto:[^"]+)"[^>]*>(?:\s|<[^>]+>)*([^<]+)')


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file to attach."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """A finished mail on its envelope; `text` is what the person wrote in it."""

    raw: bytes
    sender: str
    recipients: tuple[str, ...]
    subject: str
    text: str


def write_new(
    client: Client,
    sender: Address,
    at: datetime,
    subject: str,
    text: str,
    to: Iterable[Address],
    cc: Iterable[Address] = (),
    files: Iterable[Enclosure] = (),
) -> Letter:
    """A new mail."""
    body = _Body(client, text, None, tuple(files))
    return _post(client, sender, at, subject, tuple(to), tuple(cc), body)


def reply_all(
    client: Client, sender: Address, at: datetime, answered: bytes, text: str, files: Iterable[Enclosure] = ()
) -> Letter:
    """A reply to everybody on the mail `answered`, which is quoted below as `client` quotes."""
    mail = read_original(answered)
    to = tuple(a for a in (mail.sender, *mail.to) if a.email != sender.email)
    cc = tuple(a for a in mail.cc if a.email != sender.email)
    bare = re.sub(r"^(?:(?:Re|回复|答复)\s*[:：]\s*)+", "", mail.subject, flags=re.IGNORECASE)
    body = _Body(client, text, mail, tuple(files))
    return _post(client, sender, at, f"{client.prefix}{bare}", to, cc, body)


def tap(sender: Address, at: datetime, link: str, added: str = "") -> Letter:
    """A fresh mail opened by a `mailto:` link on a phone; `added` is typed behind the first line before sending."""
    target = urlsplit(link)
    query = parse_qs(target.query, keep_blank_values=True)
    first, _, rest = query["body"][0].replace("\r\n", "\n").partition("\n")
    return write_new(
        IPHONE, sender, at, query["subject"][0], f"{first}{added}\n{rest}".strip(), [Address(unquote(target.path))]
    )


def reply_automatically(sender: Address, at: datetime, answered: bytes, text: str) -> Letter:
    """A vacation reply of the kind hardest to tell: HTML only, and no header that says it is automatic."""
    mail = read_original(answered)
    html = _text_part(f"<div>这是来自QQ邮箱的假期自动回复邮件。<br><br>{escape(text)}</div>", "html", "utf-8")
    subject = f"自动回复: {mail.subject}"
    fields = {"In-Reply-To": mail.message_id, "X-Mailer": "QQMail 2.x"}
    return _seal(html, sender, at, subject, (mail.sender,), (), text, fields)


def find_links(raw: bytes) -> dict[str, str]:
    """The one-tap answers in a mail's HTML: label → mailto link."""
    html = _content(message_from_bytes(raw, policy=policy.default), "html")
    return {label.strip(): unescape(link) for link, label in _LINK.findall(html.split("<blockquote")[0])}


def read_original(raw: bytes) -> Original:
    """What a client knows of a mail it is about to answer."""
    mail = message_from_bytes(raw.replace(b"gb2312", b"gb18030"), policy=policy.default)  # see _encode
    name, email = parseaddr(str(mail["From"]))
    return Original(
        message_id=str(mail["Message-ID"]).strip(),
        references=tuple(re.findall(r"<[^<>\s]+>", str(mail.get("References", "")))),
        sender=Address(email, name or email),
        to=_addresses(mail, "To"),
        cc=_addresses(mail, "Cc"),
        date=mail["Date"].datetime,
        subject=str(mail["Subject"]),
        text=_content(mail, "plain"),
        html=_content(mail, "html"),
    )


@dataclass(frozen=True, slots=True)
class _Body:
    client: Client
    text: str
    quoted: Original | None
    files: tuple[Enclosure, ...]

    def build(self) -> MIMEBase:
        charset = self.client.charset
        plain = _text_part(self._plain(), "plain", charset)
        if self.client.sends_html:
            both = MIMEMultipart("alternative")
            both.attach(plain)
            both.attach(_text_part(self._html(), "html", charset))
            return self._with_files(both)
        return self._with_files(plain)

    def _with_files(self, body: MIMEBase) -> MIMEBase:
        if not self.files:
            return body
        whole = MIMEMultipart("mixed")
        whole.attach(body)
        for file in self.files:
            whole.attach(_attach(file, self.client.charset))
        return whole

    def _plain(self) -> str:
        lines = [self.text, *(["", self.client.signature] if self.client.signature else [])]
        if self.quoted:
            old = self.quoted.text.replace("\r\n", "\n").split("\n")
            lines += ["", "", *self.client.introduce(self.quoted), "", *(self.client.mark + line for line in old)]
        return "\n".join(lines)

    def _html(self) -> str:
        fresh = "<br>".join(escape(line) for line in self.text.split("\n"))
        html = f"<html><body><div>{fresh}</div>"
        if self.quoted:
            head = "<br>".join(escape(line) for line in self.client.introduce(self.quoted))
            found = _BODY.search(self.quoted.html)
            old = found[1] if found else f"<pre>{escape(self.quoted.text)}</pre>"
            html += f"<div><br></div><div>{head}</div><div><br></div><blockquote>{old}</blockquote>"
        return f"{html}</body></html>"


def _text_part(text: str, subtype: str, charset: str) -> MIMEBase:
    part = MIMEBase("text", subtype, charset=charset)
    part.set_payload(_encode(text, charset, "replace" if subtype == "plain" else "xmlcharrefreplace"))
    encoders.encode_base64(part)
    return part


def _encode(text: str, charset: str, errors: str = "replace") -> bytes:
    """As Chinese clients do: what they call gb2312 is GBK. What it lacks becomes a question mark, in HTML a number."""
    return text.encode("gbk" if charset == "gb2312" else charset, errors)


def _word(text: str, charset: str, size: int = 12) -> str:
    """A header's text in encoded words of `size` characters each; ASCII stays as it is."""
    if text.isascii():
        return text
    parts = [text[at : at + size] for at in range(0, len(text), size)]
    return "\n ".join(f"=?{charset}?B?{b64encode(_encode(part, charset)).decode()}?=" for part in parts)


def _post(
    client: Client,
    sender: Address,
    at: datetime,
    subject: str,
    to: tuple[Address, ...],
    cc: tuple[Address, ...],
    body: _Body,
) -> Letter:
    fields = {"X-Mailer": client.mailer}
    if mail := body.quoted:
        fields["References"] = client.join.join((*mail.references, mail.message_id))
        if client.says_reply_to:
            fields["In-Reply-To"] = mail.message_id
    return _seal(body.build(), sender, at, subject, to, cc, body.text, fields, client.charset)


def _seal(
    part: Any,
    sender: Address,
    at: datetime,
    subject: str,
    to: tuple[Address, ...],
    cc: tuple[Address, ...],
    text: str,
    fields: dict[str, str],
    charset: str = "utf-8",
) -> Letter:
    unique = sha256(f"{sender.email} {at.isoformat()} {subject} {text}".encode()).hexdigest()[:24]
    part["From"] = _format(sender, charset)
    part["To"] = ",\n ".join(_format(a, charset) for a in to)
    if cc:
        part["Cc"] = ",\n ".join(_format(a, charset) for a in cc)
    part["Subject"] = _word(subject, charset)
    part["Date"] = format_datetime(at)
    part["Message-ID"] = f"<{unique}@{sender.email.rpartition('@')[2]}>"
    for name, value in fields.items():
        part[name] = value
    raw = part.as_bytes(policy=policy.compat32.clone(linesep="\r\n"))
    return Letter(raw, sender.email, tuple(a.email for a in (*to, *cc)), subject, text)


def _format(address: Address, charset: str) -> str:
    return f"{_word(address.name, charset)} <{address.email}>" if address.name else address.email


def _attach(file: Enclosure, charset: str) -> MIMEBase:
    part = MIMEBase(*file.content_type.split("/", 1))
    part.set_payload(file.content)
    encoders.encode_base64(part)
    name = _word(file.name, charset, size=200)  # an encoded word in quotes: not RFC 2231, but what clients here write
    part["Content-Disposition"] = f'attachment; filename="{name}"'
    return part


def _addresses(mail: EmailMessage, name: str) -> tuple[Address, ...]:
    field = mail.get(name)
    return tuple(Address(a.addr_spec, a.display_name or a.addr_spec) for a in field.addresses) if field else ()


def _content(mail: EmailMessage, subtype: str) -> str:
    part = mail.get_body((subtype,))
    return str(part.get_content()) if part is not None else ""
