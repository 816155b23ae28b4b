"""One target per reader: bytes in; it raises when the reader does, or when what it hands out breaks an invariant."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from email.message import Message
from email.parser import BytesHeaderParser

from bot.parse.assignment import read_assignment
from bot.parse.charsets import clean_text, decode_text, find_codec
from bot.parse.dates import read_date
from bot.parse.decode import decode_header, decode_transfer, parse_parameters
from bot.parse.fields import read_fields
from bot.parse.fresh import split_fresh
from bot.parse.headers import Headers, find_sender
from bot.parse.mail import parse_mail
from bot.parse.markup import html_to_text
from bot.parse.meaning import read_meaning
from bot.parse.proof import read_proof
from bot.parse.results import read_by_library, read_plain
from bot.parse.subject import read_subject
from bot.rules.words import Intent, ReplyStage, Role
from tests.fuzz.invariants import (
    assert_acted_on_only_whole,
    assert_fails_closed,
    assert_part_of,
    assert_same_tree,
    assert_sensible,
    assert_storable,
)

RECEIVED = datetime(2026, 9, 17, 3, tzinfo=UTC)
HOST = "mx.xinhai.example"
NAMES = ("李工", "小王", "王芳", "ZGH", "li")
_VERDICTS = {Intent.APPROVE, Intent.APPROVE_WITH_CONDITION, Intent.REJECT}
_ROLES, _STAGES = list(Role), list(ReplyStage)


@dataclass(frozen=True, slots=True)
class Target:
    """`check` takes any bytes up to `longest`; `seeds` names what it starts from (tests/fuzz/seeds.py)."""

    check: Callable[[bytes], None]
    seeds: str
    longest: int = 4_000


def check_mail(data: bytes) -> None:
    """A whole mail, as fetched; its tree the library's, where it is read without the library."""
    assert_same_tree(data)
    mail = parse_mail(data, received_at=RECEIVED, authserv_id=HOST, bot_addresses=frozenset({"bot@xinhai.example"}))
    assert_storable(replace(mail, attachments=()))
    assert_storable([(a.name, a.content_type, a.sha256) for a in mail.attachments])
    assert_part_of(mail.fresh_text, mail.full_text)
    assert_acted_on_only_whole(mail.subject)
    assert mail.message_id
    assert mail.date is None or mail.date.tzinfo is not None


def check_subject(data: bytes) -> None:
    """A decoded subject, received on any day; what fits is read the same again from its canonical form."""
    day, text = _day_and_text(data)
    received = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
    reading = read_subject(text, received)
    assert_storable(reading)
    assert_acted_on_only_whole(reading)
    if reading.fits:
        again = read_subject(reading.suggestion, received)
        assert again.fits, (reading, again)
        assert _fields(again) == _fields(reading), (reading, again)


def _fields(reading: object) -> list[object]:
    return [getattr(reading, name) for name in ("customer", "project", "sales", "date")]


def check_fresh(data: bytes) -> None:
    """A reply as plain text, or as HTML when the first byte is odd."""
    text = _text(data[1:])
    if data[:1] and data[0] % 2:
        text = html_to_text(text)
        assert_storable(text)
    fresh, quoted = split_fresh(text)
    assert_storable((fresh, quoted))
    assert_part_of(fresh, text)


def check_meaning(data: bytes) -> None:
    """A reply of any role at any stage, chosen by the first two bytes; who may not decide gives no verdict."""
    choice, text = data[:2].ljust(2, b"\0"), _text(data[2:])
    role, stage = _ROLES[choice[0] % len(_ROLES)], _STAGES[choice[1] % len(_STAGES)]
    meaning = read_meaning(text, role, stage)
    assert_storable(meaning)
    assert meaning.why
    assert bool(meaning.condition) <= (meaning.intent is Intent.APPROVE_WITH_CONDITION), meaning
    assert role is not Role.OPERATOR or meaning.intent not in _VERDICTS, meaning
    assert text.strip() or meaning.intent is Intent.NONE, meaning


def check_fields(data: bytes) -> None:
    """A request's body, an assignment and a date, on any day."""
    day, text = _day_and_text(data)
    assert_storable(read_fields(text))
    said = read_assignment(text, day, NAMES)
    assert_storable(said)
    assert_sensible(said)
    reading = read_date(text, day)
    assert_storable(reading)
    assert not reading.plain or reading.day is not None
    assert reading.end is None or (reading.day is not None and reading.day <= reading.end), reading


def check_decode(data: bytes) -> None:
    """A header value, a text under a label, parameters and a transfer encoding: label and value part at a newline."""
    first, _, rest = data.partition(b"\n")
    label = first.decode("ascii", "surrogateescape")
    assert_storable(decode_text(rest, label))
    assert not (codec := find_codec(label)) or b"".decode(codec) is not None
    value = rest.decode("ascii", "surrogateescape")
    line = decode_header(value)
    assert_storable(line)
    assert "\n" not in line
    assert_storable(parse_parameters(f"{label};{value}"))
    for encoding in ("base64", "quoted-printable", "x-uuencode", label):
        assert len(decode_transfer(rest, encoding)) <= len(rest), "decoded to more than it was"


def check_proof(data: bytes) -> None:
    """A header block under the host that is believed, and under none; our own reading of results is authres's."""
    parsed: Message = BytesHeaderParser().parsebytes(data)
    headers = Headers(parsed.raw_items())
    sender, _ = find_sender(headers)
    for host in (HOST, ""):
        facts = read_proof(headers, sender, host)
        assert_storable(facts)
        assert_fails_closed(facts, headers.raw("authentication-results"), host)
    for value in headers.every("authentication-results"):
        unfolded = " ".join(value.split()).rstrip("; ")
        plain = read_plain(unfolded)
        assert plain is None or plain == read_by_library(unfolded), (plain, read_by_library(unfolded))


def _text(data: bytes) -> str:
    return clean_text(data.decode("utf-8", "ignore"))


def _day_and_text(data: bytes) -> tuple[date, str]:
    """The day by the first two bytes: near the usual one, or anywhere up to the ends of the calendar."""
    number = int.from_bytes(data[:2], "big")
    if number >= 0xFFF0:
        return (date.min if number % 2 else date.max), _text(data[2:])
    return RECEIVED.date() + timedelta(days=number % 800 - 400), _text(data[2:])


TARGETS: dict[str, Target] = {
    "mail": Target(check_mail, "mails", longest=20_000),
    "subject": Target(check_subject, "subjects", longest=600),
    "fresh": Target(check_fresh, "texts"),
    "meaning": Target(check_meaning, "replies", longest=1_200),
    "fields": Target(check_fields, "requests", longest=1_200),
    "decode": Target(check_decode, "headers"),
    "proof": Target(check_proof, "results"),
}
