"""A case's folder from the database: gathered, filed below the archive's root, or exported as one zip (R26, R40)."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from bot.errors import StoreError, ZhichiError
from bot.papers.archive import MANIFEST, Bundle, Item, file_bundle
from bot.papers.names import clean_name, place_names
from bot.papers.review import PAGE, WORD, Reviews
from bot.parse.mail import parse_mail
from bot.rules.case import Case, Document
from bot.rules.papers.documents import missing_documents
from bot.rules.papers.review import Dossier, MailLine, review_case
from bot.rules.policy import Policy
from bot.rules.words import Kind
from bot.store.mails import MailRow
from bot.store.outbox_rows import OutboxLine
from bot.store.outbox_tables import OutboxStatus
from bot.store.store import Store, Tx

log = logging.getLogger(__name__)

MAILS = "邮件"
_PAUSE = timedelta(minutes=1)
"""How long a folder that could not be written is left alone; the others go on."""

_NAMED = 3  # faults told in one turn


@dataclass(frozen=True)
class Clerk:
    """What a folder is made with besides the database."""

    policy: Policy
    reviews: Reviews
    company: str

    def gather(self, tx: Tx, case: Case) -> Bundle:
        """Everything of the case: documents, raw mails both ways, the review. Bytes are read when they are needed."""
        documents = tx.documents.of(case.id)
        places = place_names([document.name for document in documents], reserved=(MANIFEST, PAGE, WORD, MAILS))
        items = [_document(tx, document, place) for document, place in zip(documents, places, strict=True)]
        lines: list[MailLine] = []
        for item, line in (*self._received(tx, case), *self._sent(tx, case)):
            lines.append(line)
            items += [item] if item else []
        dossier = Dossier(
            policy=self.policy,
            company=self.company,
            case=case,
            history=tx.history.of(case.id),
            deadlines=tx.deadlines.of(case.id),
            documents=documents,
            mails=tuple(sorted(lines, key=attrgetter("at"))),
            matters=tx.matters.of(case.id),
            rating=tx.ratings.current(case.id),
            milestones=tx.milestones.of(case.id),
        )
        return Bundle(case, (*items, *self._review(dossier)), missing_documents(self.policy, case, documents))

    def _review(self, dossier: Dossier) -> Iterator[Item]:
        sheet = review_case(dossier)
        for name, content in (
            (PAGE, self.reviews.page(sheet)),
            (WORD, self.reviews.word(dossier.case.ref, sheet)),
        ):
            yield Item("review", name, sha256(content).hexdigest(), len(content), partial(bytes, content))

    def _received(self, tx: Tx, case: Case) -> Iterator[tuple[Item, MailLine]]:
        """The bot's own copies that came back stand among what it sent."""
        rows = (row for row in tx.mails.of_case(case.id) if row.kind is not Kind.OWN)
        for number, row in enumerate(rows, start=1):
            person = self.policy.company.find(row.sender)
            who = person.name if person else row.sender
            path = self._mail_path(f"来信{number:03}", row.received_at, who)
            origin = {"message_id": row.message_id, "from": row.sender, "at": row.received_at.isoformat()}
            item = Item("mails", path, row.raw_sha256, row.size, _reader(tx, row.raw_sha256), tuple(origin.items()))
            yield item, MailLine(row.received_at, who, row.subject, _told(row), path)

    def _sent(self, tx: Tx, case: Case) -> Iterator[tuple[Item | None, MailLine]]:
        """One copy of each notice, and none that holds somebody's secret: such a notice is listed without its mail."""
        lines = (line for line in tx.outbox.of_case(case.id) if line.status is not OutboxStatus.DROPPED)
        notices = [list(copies) for _, copies in groupby(sorted(lines, key=_by_notice), key=attrgetter("notice_key"))]
        for number, copies in enumerate(sorted(notices, key=lambda c: c[0].id), start=1):
            first = copies[0]
            path = self._mail_path(f"发信{number:03}", first.created_at, first.kind.value)
            item = next((made for copy in copies if (made := _shown(tx, copy, path))), None)
            people = dict.fromkeys(address for copy in copies for address in copy.recipients)
            to = "、".join(p.name for a in people if (p := self.policy.company.find(a)))
            line = MailLine(first.created_at, "支持机器人", first.subject, f"发给：{to}", path if item else "")
            yield item, line

    def _mail_path(self, number: str, at: datetime, who: str) -> str:
        return f"{MAILS}/{clean_name(f'{number}_{self.policy.hours.local(at):%Y%m%d-%H%M}_{who}.eml')}"


def _by_notice(line: OutboxLine) -> tuple[str, int]:
    return line.notice_key, line.id


def _told(row: MailRow) -> str:
    return row.summary if len(row.summary) <= 80 else row.summary[:79] + "…"


def _document(tx: Tx, document: Document, path: str) -> Item:
    origin = {
        "name": document.name,
        "label": document.label,
        "from": document.sender,
        "mail": document.mail,
        "received_at": document.received_at.isoformat(),
    }
    read = _reader(tx, document.sha256)
    return Item("documents", path, document.sha256, document.size, read, tuple(origin.items()))


def _shown(tx: Tx, copy: OutboxLine, path: str) -> Item | None:
    """A copy that may be shown to whoever opens the folder, or None."""
    raw = _reader(tx, copy.raw_sha256)()
    mail = parse_mail(raw, received_at=copy.created_at)
    if mail.secrets or mail.leaked_secrets:
        return None
    origin = {
        "message_id": copy.message_id,
        "from": "zhichi",
        "at": copy.created_at.isoformat(),
        "kind": copy.kind.value,
    }
    return Item("mails", path, copy.raw_sha256, len(raw), partial(bytes, raw), tuple(origin.items()))


def _reader(tx: Tx, name: str) -> Callable[[], bytes]:
    """Reads one content. One that is missing or altered is this case's fault alone, not the database's."""

    def read() -> bytes:
        try:
            return tx.documents.blob(name)
        except StoreError as error:
            raise ZhichiError(str(error)) from error

    return read


class Filer:
    """Brings the folders up to what is on record."""

    def __init__(self, store: Store, clerk: Clerk) -> None:
        self._store = store
        self._clerk = clerk
        self._failed: dict[int, tuple[datetime, str]] = {}  # case → when to try again, and what was wrong

    def file_all(self, root: Path, now: datetime) -> tuple[int, list[str]]:
        """File every case whose folder is behind: (how many, operator's lines about those that could not be)."""
        with self._store.reading() as tx:
            waiting = tx.archives.waiting()
        done = sum(self._try(root, case_id, wanted, now) for case_id, wanted in waiting)
        behind = {case_id for case_id, _ in waiting}
        self._failed = {case_id: why for case_id, why in self._failed.items() if case_id in behind}
        faults = [why for _, why in self._failed.values()]
        more = [f"archive: {len(faults) - _NAMED} more folders could not be written"] if len(faults) > _NAMED else []
        return done, [*faults[:_NAMED], *more]

    def _try(self, root: Path, case_id: int, wanted: int, now: datetime) -> bool:
        if case_id in self._failed and now < self._failed[case_id][0]:
            return False
        try:
            self._file(root, case_id, wanted)
        except StoreError:
            raise
        except ZhichiError as error:
            self._failed[case_id] = (now + _PAUSE, str(error))
            return False
        except Exception as error:
            log.exception("case %d could not be filed; it is tried again", case_id)
            self._failed[case_id] = (now + _PAUSE, f"archive: case {case_id}: {type(error).__name__}; see the log")
            return False
        self._failed.pop(case_id, None)
        return True

    def _file(self, root: Path, case_id: int, wanted: int) -> None:
        """The files first, then the note that they lie there: a crash between them files the same once more."""
        with self._store.reading() as tx:
            bundle = self._clerk.gather(tx, tx.cases.get(case_id))
            folder = file_bundle(root, bundle)
            documents = tx.documents.of(case_id)
        with self._store.transaction() as tx:
            for document, path in _filed_as(folder, bundle, documents):
                tx.documents.set_filed(document.id, path)
            tx.archives.set_filed(case_id, wanted)


def _filed_as(folder: Path, bundle: Bundle, documents: Iterable[Document]) -> Iterator[tuple[Document, str]]:
    """Documents whose place is new; the bundle lists them in the same order."""
    items = [item for item in bundle.items if item.part == "documents"]
    for document, item in zip(documents, items, strict=True):
        if document.filed_as != (path := (folder / item.path).as_posix()):
            yield document, path
