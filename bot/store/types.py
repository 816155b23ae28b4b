"""Column types: aware UTC moments, words of the rulebook, text the databases accept."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

_REPLACEMENT = "\ufffd"


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; a naive one is refused with ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """To the database: in UTC."""
        return _to_utc(value)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """From the database: aware; SQLite keeps no offset, what it holds is UTC."""
        return _from_utc(value)

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any] | None:
        """The same text as SQLAlchemy's for SQLite, in a third of the time; psycopg takes the moment itself."""
        return _to_sqlite if dialect.name == "sqlite" else _to_utc

    def result_processor(self, dialect: Dialect, _coltype: object) -> Callable[[Any], datetime | None] | None:
        """From SQLite's text, or psycopg's moment."""
        return _from_sqlite if dialect.name == "sqlite" else _from_utc


def _to_utc(value: datetime | None) -> datetime | None:
    if value is None:
        return None
    if value.utcoffset() is None:
        raise ValueError(f"{value.isoformat()} has no offset: only aware times are stored")
    return value if value.tzinfo is UTC else value.astimezone(UTC)


def _from_utc(value: datetime | None) -> datetime | None:
    if value is None or value.tzinfo is UTC:
        return value
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _to_sqlite(value: datetime | None) -> str | None:
    utc = _to_utc(value)
    return None if utc is None else utc.isoformat(" ", "microseconds")[:-6]


def _from_sqlite(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(f"{value}+00:00")


class Word(TypeDecorator[StrEnum]):
    """A member of a StrEnum, kept as its text, so that new words need no migration."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        self.words = words
        super().__init__()

    def process_bind_param(self, value: StrEnum | None, _dialect: Dialect) -> str | None:
        """To the database: refuses what is not one of the words."""
        return None if value is None else self.words(value).value

    def process_result_value(self, value: str | None, _dialect: Dialect) -> StrEnum | None:
        """From the database: the member again."""
        return None if value is None else self.words(value)

    def bind_processor(self, _dialect: Dialect) -> Callable[[StrEnum | None], str | None]:
        """The same without SQLAlchemy's wrapping, half of its cost."""
        words = self.words
        return lambda value: None if value is None else words(value).value

    def result_processor(self, _dialect: Dialect, _coltype: object) -> Callable[[str | None], StrEnum | None]:
        """The same without SQLAlchemy's wrapping."""
        words = self.words
        return lambda value: None if value is None else words(value)


class CleanText(TypeDecorator[str]):
    """Text from outside: whatever a mail held, both databases take it (see `clean`)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """To the database: without NUL and lone surrogates."""
        return None if value is None else clean(value)

    def bind_processor(self, _dialect: Dialect) -> Callable[[str | None], str | None]:
        """The same without SQLAlchemy's wrapping."""
        return lambda value: None if value is None else clean(value)


def clean(text: str) -> str:
    """`text` with NUL and lone surrogates replaced by U+FFFD: PostgreSQL refuses the one, UTF-8 the other."""
    if "\0" in text:
        text = text.replace("\0", _REPLACEMENT)
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def to_json(value: Any) -> str:
    """JSON an operator can read in the database's own shell: Chinese stays Chinese."""
    return clean(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


class WrittenJson(TypeDecorator[str]):
    """JSON that is text already, for a column of JSON: the driver gets it as it is."""

    impl = JSON
    cache_ok = True

    def bind_processor(self, _dialect: Dialect) -> None:
        """Nothing is left to do."""


def bounded(message_id: str) -> str:
    """`message_id` for an index: PostgreSQL indexes 2,704 bytes at most, so a monstrous one is kept by its digest."""
    raw = clean(message_id).encode()
    if len(raw) <= 500:
        return clean(message_id)
    return f"sha256-{sha256(raw).hexdigest()}"


class DecimalText(TypeDecorator[Decimal]):
    """An exact decimal number, kept as its text: SQLite has no such type, and binary fractions are no accounts."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, _dialect: Dialect) -> str | None:
        """To the database: plain notation."""
        return None if value is None else f"{value:f}"

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Decimal | None:
        """From the database: the same number."""
        return None if value is None else Decimal(value)
