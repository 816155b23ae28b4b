"""Bytes kept for ever come back whole, whichever program packed them."""

import sys
import zlib

import pytest
from sqlalchemy import create_engine, text

from bot.store import Store, blobs
from bot.store.engine import parse_url

CONTENTS = (b"", b"%PDF", "技术支持申请".encode() * 5_000, bytes(range(256)) * 100)


@pytest.mark.parametrize("content", CONTENTS)
def test_what_is_kept_comes_back(store: Store, content: bytes) -> None:
    with store.transaction() as tx:
        assert tx.mails.raw(tx.mails.keep_raw(content)) == content


def test_what_is_kept_is_in_the_format_of_the_standard_library(store: Store, url: str) -> None:
    with store.transaction() as tx:
        for content in CONTENTS:
            tx.mails.keep_raw(content)
    engine = create_engine(parse_url(url))
    with engine.connect() as connection:
        packed = connection.execute(text("SELECT packed FROM blobs")).scalars().all()
    engine.dispose()
    assert sorted(map(zlib.decompress, map(bytes, packed))) == sorted(CONTENTS)


def test_without_the_quick_library_the_standard_one_packs(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "isal", None)
    compress, level = blobs._fastest()
    assert compress is zlib.compress
    monkeypatch.setattr(blobs, "_COMPRESS", compress)
    monkeypatch.setattr(blobs, "_LEVEL", level)
    with store.transaction() as tx:
        assert tx.mails.raw(tx.mails.keep_raw(CONTENTS[2])) == CONTENTS[2]
