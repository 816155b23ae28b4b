"""Bytes kept for ever under their sha256: raw mails, documents, outgoing mails. No update, no delete (R34, R49)."""

import zlib
from hashlib import sha256
from typing import Protocol

from sqlalchemy import bindparam, select

from bot.errors import StoreError
from bot.store.base import Repository, insert_if_absent
from bot.store.mail_tables import blobs


class _Compress(Protocol):
    def __call__(self, data: bytes, /, level: int) -> bytes: ...


def _fastest() -> tuple[_Compress, int]:
    """A compressor to zlib's format (RFC 1950) and its level; base64 gains no more from the higher ones."""
    try:
        from isal import isal_zlib
    except ImportError:  # no wheel for this processor
        return zlib.compress, 3
    compress: _Compress = isal_zlib.compress
    return compress, 2


_COMPRESS, _LEVEL = _fastest()
_KEEP = insert_if_absent(blobs, "sha256")
_FETCH = select(blobs.c.packed, blobs.c.size).where(blobs.c.sha256 == bindparam("sha256"))


class Blobs(Repository):
    """Content-addressed bytes, zlib-compressed."""

    __slots__ = ()

    def keep(self, content: bytes) -> str:
        """Store `content` unless it is there; its sha256 in hex."""
        name = sha256(content).hexdigest()
        self.run(_KEEP, {"sha256": name, "size": len(content), "packed": _COMPRESS(content, _LEVEL)})
        return name

    def read(self, name: str) -> bytes:
        """The bytes with that sha256; StoreError when they are missing or were altered."""
        row = self.run(_FETCH, {"sha256": name}).one_or_none()
        if row is None:
            raise StoreError(f"stored content {name} is missing; restore it from a backup")
        try:
            content = zlib.decompressobj().decompress(row.packed, row.size + 1)
        except zlib.error as error:
            raise StoreError(f"stored content {name} cannot be unpacked; restore it from a backup") from error
        if sha256(content).hexdigest() != name:
            raise StoreError(f"stored content {name} was altered; restore it from a backup")
        return content
