"""Files that go along with a notice: forms and reports as attachments, charts inside the HTML part (R28, R30, R41)."""

from collections.abc import Iterable
from email import encoders, policy
from email.header import Header
from email.mime.base import MIMEBase
from urllib.parse import quote

from bot.rules.mail import Attachment
from bot.transmit.headers import Folded, clean_value
from bot.transmit.view import Picture

_WIRE = policy.compat32.clone(linesep="\r\n")
_FALLBACK_TYPE = ("application", "octet-stream")


def find_pictures(files: Iterable[Attachment]) -> tuple[Picture, ...]:
    """The files of `files` that the HTML part shows."""
    return tuple(Picture(_content_id(f), clean_value(f.name), clean_value(f.alt or f.name)) for f in files if f.inline)


def write_part(file: Attachment) -> bytes:
    """`file` as a MIME part on the wire."""
    return (make_calendar(file) if file.alternative else make_part(file)).as_bytes(policy=_WIRE)


def make_calendar(file: Attachment) -> MIMEBase:
    """An invitation as another form of the text: its method stands in the type, or no client offers to accept it."""
    _, _, parameters = file.content_type.partition("method=")
    part = MIMEBase("text", "calendar", method=parameters.partition(";")[0].strip(), charset="UTF-8")
    part.set_payload(file.content)
    encoders.encode_base64(part)
    return part


def make_part(file: Attachment) -> MIMEBase:
    """`file` as a MIME part, base64. Its name goes out both ways clients know: RFC 2231, and RFC 2047 for old ones."""
    main, sub = _split_type(file.content_type)
    part = MIMEBase(main, sub)
    part.set_payload(file.content)
    encoders.encode_base64(part)
    name = clean_value(file.name).replace("/", "_").replace("\\", "_") or "file"
    # Folded by ourselves: Python would begin a long type with an empty line, which some servers cut off.
    shown = "inline" if file.inline else "attachment"
    fields = {
        "Content-Type": f"{main}/{sub};\n name={_quoted(name)}",
        "Content-Disposition": f"{shown};\n {_disposition_name(name)}",
    }
    for field, value in fields.items():
        del part[field]
        part[field] = Folded(value)  # type: ignore[assignment]  # compat32 asks a value for encode() alone
    if file.inline:
        part["Content-ID"] = f"<{_content_id(file)}>"
    return part


def _quoted(name: str) -> str:
    """A quoted string; what is not ASCII as encoded words of at most 75 characters, a line each (RFC 2047)."""
    if not name.isascii():
        name = Header(name, "utf-8", maxlinelen=75).encode()
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
