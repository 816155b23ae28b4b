"""Files that go along with a notice: forms and reports as attachments, charts inside the HTML part (R28, R30, R41)."""

from collections.abc import Iterable
from email.header import Header
from urllib.parse import quote

from bot.rules.mail import Attachment
from bot.transmit.headers import clean_value
from bot.transmit.view import Picture
from bot.transmit.wire import encode_base64

_FALLBACK_TYPE = ("application", "octet-stream")


def find_pictures(files: Iterable[Attachment]) -> tuple[Picture, ...]:
    """The files of `files` that the HTML part shows."""
    return tuple(Picture(_content_id(f), clean_value(f.name), clean_value(f.alt or f.name)) for f in files if f.inline)


def write_part(file: Attachment) -> bytes:
    """`file` as a MIME part on the wire, base64."""
    fields = _calendar_fields(file) if file.alternative else _file_fields(file)
    return "".join(f"{field}\r\n" for field in (*fields, "")).encode() + encode_base64(file.content)


def _calendar_fields(file: Attachment) -> tuple[str, ...]:
    """An invitation as another form of the text: its method stands in the type, or no client offers to accept it."""
    _, _, parameters = file.content_type.partition("method=")
    method = "".join(c for c in parameters.partition(";")[0] if c.isalnum())
    kind = f'Content-Type: text/calendar; method="{method}"; charset="UTF-8"'
    return kind, "MIME-Version: 1.0", "Content-Transfer-Encoding: base64"


def _file_fields(file: Attachment) -> tuple[str, ...]:
    """A file's name goes out both ways clients know: RFC 2231, and RFC 2047 for old ones.

    No line holds a field's name alone: some servers cut such a line off.
    """
    main, sub = _split_type(file.content_type)
    name = clean_value(file.name).replace("/", "_").replace("\\", "_") or "file"
    return (
        "MIME-Version: 1.0",
        "Content-Transfer-Encoding: base64",
        f"Content-Type: {main}/{sub};\r\n name={_quoted(name)}",
        f"Content-Disposition: {'inline' if file.inline else 'attachment'};\r\n {_disposition_name(name)}",
        *([f"Content-ID: <{_content_id(file)}>"] if file.inline else []),
    )


def _quoted(name: str) -> str:
    """A quoted string; what is not ASCII as encoded words of at most 75 characters, a line each (RFC 2047)."""
    if not name.isascii():
        name = Header(name, "utf-8", maxlinelen=75).encode(linesep="\r\n")
    else:
        name = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{name}"'


def _disposition_name(name: str) -> str:
    if name.isascii():
        return f"filename={_quoted(name)}"
    return f"filename*=utf-8''{quote(name, safe='')}"


def _content_id(file: Attachment) -> str:
    return f"{file.sha256[:32]}@zhichi"


def _split_type(content_type: str) -> tuple[str, str]:
    main, _, sub = content_type.partition(";")[0].strip().lower().partition("/")
    sane = all(part.replace("-", "").replace(".", "").replace("+", "").isalnum() for part in (main, sub))
    return (main, sub) if sane and main not in {"multipart", "message"} else _FALLBACK_TYPE
