"""Bundles for tests: files given as name and bytes."""

from collections.abc import Iterable
from functools import partial
from hashlib import sha256

from bot.papers.archive import MANIFEST, Bundle, Item
from bot.papers.names import place_names
from bot.papers.review import PAGE, WORD
from bot.rules.case import Case


def an_item(path: str, content: bytes, part: str = "documents") -> Item:
    """A file at that place."""
    return Item(
        part, path, sha256(content).hexdigest(), len(content), partial(bytes, content), (("from", "li@demo.cn"),)
    )


def a_bundle(case: Case, files: Iterable[tuple[str, bytes]]) -> Bundle:
    """The case with these documents, named as the archive names them."""
    listed = list(files)
    places = place_names([name for name, _ in listed], reserved=(MANIFEST, PAGE, WORD))
    return Bundle(case, tuple(an_item(place, content) for place, (_, content) in zip(places, listed, strict=True)))
