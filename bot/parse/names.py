"""File names of attachments, made harmless: no path, nothing invisible, no trick with direction or length."""

import re
import unicodedata

MAX_NAME_BYTES = 200
_MAX_EXTENSION_BYTES = 20

# Control and format characters, bidirectional overrides among them, zero-width ones, and line separators.
_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc]"
)
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_EXTENSIONS = {
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/zip": ".zip",
    "application/ms-tnef": ".dat",
    "application/pkcs7-mime": ".p7m",
    "application/pkcs7-signature": ".p7s",
    "message/rfc822": ".eml",
    "text/calendar": ".ics",
    "text/html": ".html",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/bmp": ".bmp",
    "image/tiff": ".tif",
}


def clean_name(name: str, content_type: str, number: int) -> str:
    """A file name safe to show and to store: at most 200 bytes of UTF-8, extension kept, no path, nothing invisible.

    Without a usable name: `attachment-<number>` with an extension by `content_type`.
    """
    name = unicodedata.normalize("NFC", _INVISIBLE.sub("", name))
    name = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    name = " ".join(_FORBIDDEN.sub("_", name).split()).lstrip(". ").rstrip(". ")
    if not name:
        return f"attachment-{number}{_EXTENSIONS.get(content_type, '.bin')}"
    return _shorten("_" + name if _DEVICE.match(name) else name)


def _shorten(name: str) -> str:
    if len(name.encode()) <= MAX_NAME_BYTES:
        return name
    stem, dot, extension = name.rpartition(".")
    tail = dot + extension if stem and len(extension.encode()) < _MAX_EXTENSION_BYTES else ""
    head = name[: len(name) - len(tail)].encode()[: MAX_NAME_BYTES - len(tail.encode())]
    return head.decode("utf-8", "ignore").rstrip(". ") + tail
