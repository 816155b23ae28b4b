"""One raw mail into one value that everything else decides on. Pure, and never raises, on any bytes."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from bot.parse.bounce import find_bounced, find_returned_ids
from bot.parse.calendar import read_calendar
from bot.parse.charsets import clean_text
from bot.parse.fresh import split_fresh
from bot.parse.headers import Headers, find_addresses, find_message_id, find_sender, find_thread_ids, parse_date
from bot.parse.kind import Facts, judge_kind
from bot.parse.parts import MAX_MAIL_BYTES, Body, iter_texts, parse_message, read_body
from bot.parse.proof import read_proof
from bot.parse.subject import read_subject
from bot.parse.tokens import find_leaked, find_secrets, find_tokens, hide_secrets
from bot.rules.mail import Address, Mail, ProofFacts, SubjectReading
from bot.rules.words import Kind, Proof

MAX_OWN_IDS = 20
MAX_SUBJECT_CHARS = 2_000
_MAX_LINES = 50
_HEAD_END = re.compile(rb"\n\r?\n")
_TELLING = frozenset({"from", "to", "subject", "date", "message-id", "received", "return-path", "mime-version", "cc"})
_TELLING |= {"content-type", "sender", "reply-to", "in-reply-to", "references", "delivered-to", "x-mailer"}
# What mail folders, pipes and editors put in front of the first header; stored bytes keep it.
_BEFORE_HEADERS = re.compile(rb"\A(?:\xef\xbb\xbf|[ \t]*\r?\n|>?From [^\n]*\n)+")

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Bot:
    """What `parse_mail` is told of its reader."""

    authserv_id: str
    addresses: frozenset[str]
    header: str  # lower case
    trusts_date: bool


class _Notes(list[str]):
    """English lines on what could not be read. A part that breaks costs that part only."""

    def attempt(self, what: str, default: _T, read: Callable[[], _T]) -> _T:
        try:
            return read()
        except Exception as error:  # noqa: BLE001 -- no mail may stop the turn; what broke is on the record
            self.append(f"{what}: {type(error).__name__}, not read")
            return default


def parse_mail(
    raw: bytes,
    *,
    received_at: datetime,
    authserv_id: str = "",
    bot_addresses: frozenset[str] = frozenset(),
    own_header: str = "X-Zhichi-Id",
    trust_date: bool = False,
) -> Mail:
    """The mail in `raw`, decoded and judged; never raises, whatever the bytes.

    `received_at` (aware, the server's receipt time) gives years and zone to dates without them; with `trust_date` the
    mail's own Date does, where it has one. `authserv_id` is the one host whose Authentication-Results count; "" means
    none does. `bot_addresses` are the bot's own, lower case.
    What could not be read is said in `Mail.lines`; bytes that are no mail give Kind.UNREADABLE.
    """
    notes = _Notes()
    bot = _Bot(authserv_id, frozenset(a.lower() for a in bot_addresses), own_header.lower(), trust_date)
    read = notes.attempt("mail", None, lambda: _parse(raw, received_at, bot, notes))
    return read or _unreadable(raw, "no mail header in it", notes)


def _parse(raw: bytes, received_at: datetime, bot: _Bot, notes: _Notes) -> Mail:
    if len(raw) > MAX_MAIL_BYTES:
        notes.append(f"only the first {MAX_MAIL_BYTES} bytes are read")
        raw = raw[:MAX_MAIL_BYTES]
    whole, raw = raw, _BEFORE_HEADERS.sub(b"", raw, count=1)
    root = parse_message(raw, notes)
    headers = Headers(root.raw_items())
    if not any(name in headers for name in _TELLING):
        return _unreadable(whole, "no mail header in it", notes)
    body = notes.attempt("body", Body(problems=notes), lambda: read_body(root, notes, headers))
    return _assemble(raw, headers, body, received_at, bot, notes)


def _assemble(raw: bytes, headers: Headers, body: Body, received_at: datetime, bot: _Bot, notes: _Notes) -> Mail:
    sender, problem = notes.attempt("From", (Address(""), ""), lambda: find_sender(headers))
    message_id, id_problem = notes.attempt(
        "Message-ID", ("", "Message-ID: unreadable"), lambda: find_message_id(headers)
    )
    notes.extend(filter(None, (problem, id_problem)))
    date = _read_date(headers, received_at, notes)
    written = _decoded_subject(headers, notes)
    subject = _read_subject(written, date if date and bot.trusts_date else received_at, notes)
    text = notes.attempt("text", "", body.text)
    fresh, quoted = notes.attempt("fresh text", ("", text), lambda: split_fresh(text))
    fresh = _drop_own_name(fresh, sender.name)
    identity = _identity(raw, headers)
    facts = Facts(headers, body, subject.raw, sender, fresh, sender.email in bot.addresses, bot.header)
    kind, why = notes.attempt("kind", (Kind.UNREADABLE, "its kind could not be judged"), lambda: judge_kind(facts))
    used = find_secrets(fresh)
    html = body.html()
    return Mail(
        kind=kind,
        kind_why=why,
        message_id=message_id or f"{identity[:40]}@content.invalid",
        thread_ids=notes.attempt("References", (), lambda: find_thread_ids(headers)),
        sender=sender,
        to=notes.attempt("To", (), lambda: find_addresses(headers, "to")),
        cc=notes.attempt("Cc", (), lambda: find_addresses(headers, "cc")),
        reply_to=notes.attempt("Reply-To", (), lambda: find_addresses(headers, "reply-to")),
        date=date,
        subject=subject,
        fresh_text=fresh,
        full_text=text,
        full_html=html,
        attachments=tuple(body.attachments),
        proof=notes.attempt(
            "proof", ProofFacts(Proof.NONE, "unreadable"), lambda: read_proof(headers, sender, bot.authserv_id)
        ),
        identity=identity,
        tokens=find_tokens(subject.raw, fresh, quoted, text),
        secrets=used,
        leaked_secrets=find_leaked([written, quoted, text, *iter_texts(body)], used),
        own_ids=_own_ids(kind, facts, text),
        bounced=find_bounced(facts, text, bot.addresses) if kind is Kind.BOUNCE else (),
        calendar=read_calendar(body.calendar) if kind is Kind.CALENDAR and body.calendar else None,
        lines=tuple(dict.fromkeys(notes))[:_MAX_LINES],
    )


def _read_subject(written: str, received_at: datetime, notes: _Notes) -> SubjectReading:
    raw = hide_secrets(written)
    return notes.attempt("Subject", SubjectReading(raw, raw), lambda: read_subject(raw, received_at))


def _decoded_subject(headers: Headers, notes: _Notes) -> str:
    """With the secrets that a person may have put there: `SubjectReading` has none."""
    return notes.attempt("Subject", "", lambda: headers.text("subject"))[:MAX_SUBJECT_CHARS]


def _read_date(headers: Headers, received_at: datetime, notes: _Notes) -> datetime | None:
    written = headers.raw("date")
    date = parse_date(written, received_at.tzinfo)
    if date is None:
        notes.append("Date is impossible or unreadable" if written else "no Date")
    return date


def _drop_own_name(fresh: str, name: str) -> str:
    """Without the sender's name as last line: it is a signature, not the name of somebody assigned."""
    head, _, last = fresh.rpartition("\n")
    return head.rstrip() if name and head.strip() and last.strip() == name.strip() else fresh


def _own_ids(kind: Kind, facts: Facts, text: str) -> tuple[str, ...]:
    """Only where our header can be believed: on our own mail, and in what a bounce gives back."""
    if kind is Kind.OWN:
        found = [clean_text(value).strip() for value in facts.headers.every(facts.own_header)]
    elif kind is Kind.BOUNCE:
        found = list(find_returned_ids(facts.body, text, facts.own_header))
    else:
        return ()
    return tuple(dict.fromkeys(value for value in found if value.isascii() and value.isprintable()))[:MAX_OWN_IDS]


def _identity(raw: bytes, headers: Headers) -> str:
    """Hex sha256 over From, Date, Subject and the body's bytes, blanks aside.

    The Message-ID counts only without a Date: servers rewrite it (mail-in-china.md B5), and few signatures cover it, so
    that a signed mail could be replayed under a new one.
    """
    digest = hashlib.sha256()
    for name in ("from", "date", "subject") if headers.raw("date").strip() else ("message-id", "from", "subject"):
        digest.update(" ".join(headers.raw(name).split()).encode("utf-8", "surrogateescape") + b"\0")
    end = _HEAD_END.search(raw)
    body = raw[end.end() :] if end else b""
    digest.update(body.translate(None, b" \t\r\n"))
    return digest.hexdigest()


def _unreadable(raw: bytes, why: str, notes: _Notes) -> Mail:
    identity = hashlib.sha256(raw).hexdigest()
    return Mail(
        kind=Kind.UNREADABLE,
        kind_why=why,
        message_id=f"{identity[:40]}@content.invalid",
        thread_ids=(),
        sender=Address(""),
        to=(),
        cc=(),
        reply_to=(),
        date=None,
        subject=SubjectReading("", ""),
        fresh_text="",
        full_text="",
        full_html="",
        attachments=(),
        proof=ProofFacts(Proof.NONE, "not a mail"),
        identity=identity,
        lines=tuple(notes),
    )
