"""What is new: UIDs above the high-water mark, never UNSEEN, never a text search (design.md rule 5)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import MessageError
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime

from imapclient import IMAPClient

from bot.errors import MailServerError
from bot.fetch.client import Client
from bot.fetch.connection import Mailbox, OpenedFolder
from bot.fetch.faults import read_error
from bot.rules.mail import Envelope

# imaplib refuses an answer line above 1,000,000 bytes, so a huge folder is searched in ranges of UIDs.
_SEARCH_AT_ONCE = 50_000
_SEARCHES_AT_MOST = 1_000
_LOOKS_AT_MOST = 10  # a folder that others keep changing; the next look comes anyway
_HEADER_BYTES = 1 << 18


@dataclass(frozen=True, slots=True)
class FolderCursor:
    """The high-water mark of one folder: every UID up to `last_uid` is dealt with, as long as `uidvalidity` holds."""

    uidvalidity: int
    last_uid: int


@dataclass(frozen=True, slots=True)
class News:
    """The UIDs above the cursor, rising. `restarted`: UIDVALIDITY changed, so all UIDs count as new again.

    `uidnext`: what the next mail would have got when the folder was opened; 0 when the server does not tell.
    """

    folder: str
    uidvalidity: int
    uids: tuple[int, ...]
    restarted: bool = False
    uidnext: int = 0

    def __bool__(self) -> bool:
        return bool(self.uids)

    def passed(self, done: Sequence[int]) -> int:
        """Up to which UID nothing needs looking for again: the mails `done` and those that vanished; 0 for none.

        A UID that no mail can have yet is an answer gone wrong: passing over it would leave all below it unread.
        """
        possible = (uid for uid in self.uids if not self.uidnext or uid < self.uidnext)
        return max((*done, *possible), default=0)


@dataclass(frozen=True, slots=True)
class FetchedMail:
    """One mail as it lay on the server.

    `problem` (English, for quarantine) is set when `raw` is not the whole mail: too big, or not handed out;
    `raw` then holds the header alone, or nothing.
    """

    envelope: Envelope
    raw: bytes
    too_big: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class _Look:
    """What the first look tells of a mail."""

    uid: int
    size: int
    received_at: datetime | None


def find_new(mailbox: Mailbox, folder: str, cursor: FolderCursor | None) -> News:
    """Look for UIDs above `cursor` (None: from the start) until the server has nothing more to announce.

    IMAP answers a SEARCH from an old view and may announce a new mail right behind it, which imaplib swallows: such a
    mail would lie stranded until the next one, so the look is repeated (RFC 3501 part 7; measured in performance.md).
    """
    for _ in range(_LOOKS_AT_MOST):
        opened = mailbox.open(folder)
        restarted = cursor is not None and cursor.uidvalidity != opened.uidvalidity
        last = 0 if cursor is None or restarted else cursor.last_uid
        uids = _search_above(mailbox, opened, last)
        if uids or not mailbox.client.took_news(opened.exists):
            break
    return News(folder, opened.uidvalidity, uids, restarted, opened.uidnext)


def fetch_mails(mailbox: Mailbox, news: News) -> Iterator[FetchedMail]:
    """The mails of `news` in UID order; one that vanished meanwhile is left out.

    At most `batch_count` mails and about `batch_bytes` are held at a time. The flags on the server stay as they are
    (BODY.PEEK).
    """
    step = mailbox.settings.batch_count
    for start in range(0, len(news.uids), step):
        _keep_open(mailbox, news)
        looks = _look_at(mailbox, news.uids[start : start + step])
        for batch in split_batches(looks, mailbox.settings.batch_bytes):
            _keep_open(mailbox, news)
            yield from _fetch_batch(mailbox, news, batch)


def split_batches(looks: Sequence[_Look], most_bytes: int) -> Iterator[Sequence[_Look]]:
    """Cut into runs of at most `most_bytes` together; a bigger mail stands alone."""
    batch: list[_Look] = []
    held = 0
    for look in looks:
        if batch and held + look.size > most_bytes:
            yield batch
            batch, held = [], 0
        batch.append(look)
        held += look.size
    if batch:
        yield batch


def _search_above(mailbox: Mailbox, opened: OpenedFolder, last: int) -> tuple[int, ...]:
    """UIDs above `last`. "n:*" returns the last mail even when none is new, hence the filter."""
    found: set[int] = set()
    with mailbox.talking() as client:
        for span in _make_spans(opened, last):
            found.update(client.search(["UID", span]))
    return tuple(sorted(uid for uid in found if uid > last))


def _make_spans(opened: OpenedFolder, last: int) -> Iterator[str]:
    first, end = last + 1, opened.uidnext
    width = max(_SEARCH_AT_ONCE, (end - first) // _SEARCHES_AT_MOST + 1)
    if opened.exists > _SEARCH_AT_ONCE:
        while first + width < end:
            yield f"{first}:{first + width - 1}"
            first += width
    yield f"{first}:*"


def _keep_open(mailbox: Mailbox, news: News) -> None:
    """Come back to the folder when another was opened between two batches."""
    if mailbox.opened is not None and mailbox.opened.name == news.folder:
        return
    if mailbox.open(news.folder).uidvalidity != news.uidvalidity:
        raise MailServerError(f"{mailbox.place}: {news.folder} was replaced while it was read; it will be read again")


def _look_at(mailbox: Mailbox, uids: Sequence[int]) -> list[_Look]:
    with mailbox.talking() as client:
        answer = client.fetch(list(uids), ["RFC822.SIZE", "INTERNALDATE"])
        gone = _search_gone(client, [uid for uid in uids if uid not in answer])
    rows = {uid: answer.get(uid, {}) for uid in uids if uid not in gone}
    return [
        _Look(uid, int(row.get(b"RFC822.SIZE") or 0), _make_aware(row.get(b"INTERNALDATE")))
        for uid, row in rows.items()
    ]


def _search_gone(client: Client, uids: Sequence[int]) -> set[int]:
    """Those of `uids` that are in the folder no more; an answer that only left them out is no proof of it."""
    return set(uids) - set(client.search(["UID", ",".join(map(str, uids))])) if uids else set()


def _make_aware(received_at: datetime | None) -> datetime | None:
    return received_at.astimezone(UTC) if received_at is not None and received_at.tzinfo is not None else None


def _fetch_batch(mailbox: Mailbox, news: News, batch: Sequence[_Look]) -> Iterator[FetchedMail]:
    limit = mailbox.settings.max_mail_bytes
    fitting = [look for look in batch if look.size <= limit]
    bodies, refusals = _fetch_bodies(mailbox, [look.uid for look in fitting])
    refusals |= _find_withheld(mailbox, [look.uid for look in fitting if look.uid not in {*bodies, *refusals}])
    for look in batch:
        if look.size > limit:
            header = _fetch_header(mailbox, look.uid)
            if header is not None:
                yield _deliver(mailbox, news, look, header, _say_too_big(look.size, limit))
        elif look.uid in refusals:
            yield _deliver(mailbox, news, look, b"", f"the server does not hand it out: {refusals[look.uid]}")
        elif look.uid in bodies:
            yield _deliver(mailbox, news, look, bodies[look.uid])


def _fetch_bodies(mailbox: Mailbox, uids: Sequence[int]) -> tuple[dict[int, bytes], dict[int, str]]:
    """Bodies by UID, and why a mail was refused. When the server refuses a batch for one mail, each is asked alone."""
    refusal = ""
    with mailbox.talking() as client:
        try:
            answer = client.fetch(list(uids), ["BODY.PEEK[]"])
        except IMAPClient.AbortError:
            raise
        except IMAPClient.Error as error:
            refusal = read_error(error)
        else:
            return {uid: row[b"BODY[]"] for uid, row in answer.items() if row.get(b"BODY[]") is not None}, {}
    if len(uids) == 1:
        return {}, ({uids[0]: refusal} if _look_at(mailbox, uids) else {})
    bodies: dict[int, bytes] = {}
    refusals: dict[int, str] = {}
    for uid in uids:
        one_body, one_refusal = _fetch_bodies(mailbox, [uid])
        bodies.update(one_body)
        refusals.update(one_refusal)
    return bodies, refusals


def _find_withheld(mailbox: Mailbox, uids: Sequence[int]) -> dict[int, str]:
    """Of mails that came without a body, those that are still there."""
    if not uids:
        return {}
    with mailbox.talking() as client:
        gone = _search_gone(client, uids)
    return {uid: "its answer holds no mail, though it lists one" for uid in uids if uid not in gone}


def _fetch_header(mailbox: Mailbox, uid: int) -> bytes | None:
    with mailbox.talking() as client:
        answer = client.fetch([uid], [f"BODY.PEEK[HEADER]<0.{_HEADER_BYTES}>"])
    header = answer.get(uid, {}).get(b"BODY[HEADER]<0>")
    return header if isinstance(header, bytes) else None


def _say_too_big(size: int, limit: int) -> str:
    return f"mail of {size / 1e6:.1f} MB is above the limit of {limit / 1e6:.1f} MB; only its header was fetched"


def _deliver(mailbox: Mailbox, news: News, look: _Look, raw: bytes, problem: str = "") -> FetchedMail:
    received_at = look.received_at or read_receipt_time(raw)
    if received_at is None:
        received_at, problem = datetime.fromtimestamp(0, UTC), problem or "the server tells no time of receipt"
    envelope = Envelope(mailbox.settings.account, news.folder, news.uidvalidity, look.uid, received_at)
    return FetchedMail(envelope, raw, look.size > mailbox.settings.max_mail_bytes, problem)


def read_receipt_time(raw: bytes) -> datetime | None:
    """When the server got the mail by its topmost Received line, else its Date; for servers without INTERNALDATE."""
    try:
        headers = BytesHeaderParser().parsebytes(raw)
        stamps = [str(line).rpartition(";")[2] for line in headers.get_all("Received", [])[:1]]
        stamps += [str(line) for line in headers.get_all("Date", [])[:1]]
    except (MessageError, ValueError):
        return None
    for stamp in stamps:
        try:
            when = parsedate_to_datetime(stamp.strip())
        except (ValueError, TypeError, OverflowError):
            continue
        if when.tzinfo is not None:
            return when.astimezone(UTC)
    return None
