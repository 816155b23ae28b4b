"""What must hold of everything the parsers hand out, whatever went in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from email import message_from_bytes
from email.message import Message
from typing import Any

from bot.parse.plain_tree import read_plain_tree
from bot.rules.mail import Assignment, ProofFacts, SubjectReading
from bot.rules.words import Proof

_INVISIBLE = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\ufeff\u00ad\u2060", ""))


def assert_storable(value: object) -> None:
    """Every text in `value`, however deep, can be kept by any store: UTF-8, no NUL, no lone surrogate."""
    for text in _texts(value):
        assert "\0" not in text, f"NUL in {text[:80]!r}"
        text.encode("utf-8")


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
    elif isinstance(value, Mapping):
        yield from _texts([*value.keys(), *value.values()])
    elif isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        for part in value:
            yield from _texts(part)


def assert_part_of(fresh: str, text: str) -> None:
    """Every line of the fresh text stands in the text it was taken from; blanks and invisible characters aside."""
    whole = _squeeze(text)
    for line in fresh.split("\n"):
        assert _squeeze(line) in whole, f"not in the text: {line[:80]!r}"


def _squeeze(text: str) -> str:
    return "".join(text.translate(_INVISIBLE).split())


def assert_acted_on_only_whole(reading: SubjectReading) -> None:
    """A subject fits only with all its fields and no problem; no other one hands out a field (R3)."""
    if reading.fits:
        assert reading.is_request
        assert not reading.problems, reading
        assert reading.customer, reading
        assert reading.project, reading
        assert reading.sales, reading
        assert reading.date, reading
    else:
        assert (reading.customer, reading.project, reading.sales, reading.date) == ("", "", "", None), reading
        assert not reading.is_request or reading.problems, reading


def assert_sensible(said: Assignment) -> None:
    """No range runs backwards and no workload is nothing or less."""
    assert said.until is None or (said.on is not None and said.on <= said.until), said
    assert said.days is None or (said.days.is_finite() and said.days > 0), said


def assert_fails_closed(facts: ProofFacts, topmost: str, authserv_id: str) -> None:
    """Only the configured host vouches, and only in the topmost Authentication-Results."""
    if facts.verdict is Proof.PASS:
        assert authserv_id, facts
        assert authserv_id in topmost.lower(), (facts, topmost)
    assert facts.verdict is not Proof.SECRET


def assert_same_tree(raw: bytes) -> bool:
    """Whether the quick reader of MIME trees took `raw`; then its tree is the library's."""
    tree = read_plain_tree(raw)
    assert tree is None or _dump(tree) == _dump(message_from_bytes(raw)), raw
    return tree is not None


def _dump(part: Message) -> tuple[object, object]:
    content: Any = part.get_payload() if part.is_multipart() else part._payload  # type: ignore[attr-defined]
    return list(part.raw_items()), [_dump(child) for child in content] if isinstance(content, list) else content
