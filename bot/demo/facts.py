"""What a turn changed, read back from the database and the mails themselves: the only source of what is told."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email import message_from_bytes, policy

from bot.demo.book import Delivery
from bot.demo.cast import BOT
from bot.demo.letters import find_links
from bot.rules.case import Case, Deadline, HistoryEntry
from bot.rules.notice import NoticeKind
from bot.rules.saying import IN_THREAD
from bot.store.store import Store, Tx

_OWN_ID = re.compile(rb"^X-Zhichi-Id: (\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Copy:
    """One rendition of a notice: who got it and which buttons stand in it."""

    recipients: tuple[str, ...]
    buttons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Posted:
    """A notice as it arrived: `lines` is its text without quotes, the first line being the headline."""

    kind: NoticeKind
    ref: str
    lines: tuple[str, ...]
    copies: tuple[Copy, ...]

    @property
    def in_thread(self) -> bool:
        """Whether it went to everybody on the case (R45)."""
        return self.kind in IN_THREAD

    @property
    def recipients(self) -> tuple[str, ...]:
        """Everybody who got it."""
        return tuple(dict.fromkeys(address for copy in self.copies for address in copy.recipients))

    def find(self, words: str) -> str:
        """The first line that holds `words`, "" when none does."""
        return next((line for line in self.lines if words in line), "")


@dataclass(frozen=True, slots=True)
class Facts:
    """One turn's changes, in the order they happened."""

    entries: tuple[tuple[str, HistoryEntry], ...] = ()  # with the case's ref
    armed: tuple[tuple[str, Deadline], ...] = ()
    notices: tuple[Posted, ...] = ()

    @property
    def moves(self) -> tuple[tuple[str, HistoryEntry], ...]:
        """The entries that brought a case to another stage."""
        return tuple((ref, e) for ref, e in self.entries if e.from_stage is not e.to_stage)

    def receivers(self) -> tuple[tuple[NoticeKind, tuple[str, ...]], ...]:
        """Each kind of notice with everybody who got one of it."""
        found: dict[NoticeKind, dict[str, None]] = {}
        for notice in self.notices:
            found.setdefault(notice.kind, {}).update(dict.fromkeys(notice.recipients))
        return tuple((kind, tuple(people)) for kind, people in found.items())

    def kinds(self) -> tuple[NoticeKind, ...]:
        """What was said, in the order of the alphabet, each notice once."""
        return tuple(sorted(n.kind for n in self.notices))


class Watch:
    """Remembers how far it has looked, and tells what is new."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._entries: dict[int, int] = {}
        self._deadlines: set[int] = set()

    def look(self, delivered: Iterable[Delivery]) -> Facts:
        """What is new since the last look; `delivered` are the mails that arrived meanwhile."""
        with self._store.reading() as tx:
            cases = tx.cases.list()
            return Facts(
                tuple(entry for case in cases for entry in self._new_entries(tx, case)),
                tuple(deadline for case in cases for deadline in self._new_deadlines(tx, case)),
                _notices(tx, delivered),
            )

    def _new_entries(self, tx: Tx, case: Case) -> list[tuple[str, HistoryEntry]]:
        entries = tx.history.of(case.id)
        new = entries[self._entries.get(case.id, 0) :]
        self._entries[case.id] = len(entries)
        return [(case.ref, entry) for entry in new]

    def _new_deadlines(self, tx: Tx, case: Case) -> list[tuple[str, Deadline]]:
        new = [d for d in tx.deadlines.of(case.id) if d.id not in self._deadlines]
        self._deadlines |= {d.id for d in new}
        return [(case.ref, d) for d in new if d.done_at is None]


def _notices(tx: Tx, delivered: Iterable[Delivery]) -> tuple[Posted, ...]:
    """The bot's mails among `delivered`, the copies of one notice put together."""
    found: dict[str, Posted] = {}
    for delivery in delivered:
        own_id = _OWN_ID.search(delivery.raw)
        line = tx.outbox.by_own_id(own_id[1].decode()) if own_id else None
        if line is None or delivery.sender != BOT:
            continue
        copy = Copy(delivery.recipients, tuple(find_links(delivery.raw)))
        before = found.get(line.notice_key)
        ref = tx.cases.get(line.case_id).ref if line.case_id else ""
        lines = before.lines if before else _fresh_lines(delivery.raw)
        found[line.notice_key] = Posted(line.kind, ref, lines, (*(before.copies if before else ()), copy))
    return tuple(found.values())


def _fresh_lines(raw: bytes) -> tuple[str, ...]:
    """The text's own lines: from the headline to the signature."""
    part = message_from_bytes(raw, policy=policy.default).get_body(("plain",))
    text = str(part.get_content()) if part else ""
    lines = [line.strip() for line in text.split("\n--\n")[0].splitlines()[1:]]
    return tuple(line for line in lines if line)
