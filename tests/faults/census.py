"""What must be the same with and without kills, and what each mailbox really got."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bot.rules.notice import NoticeKind
from bot.store.outbox_rows import OutboxLine
from bot.store.outbox_tables import OutboxStatus, RecipientState
from tests.whole.office import ADMIN, PEOPLE, Office

REFUSED = frozenset({RecipientState.REFUSED_PERMANENT, RecipientState.BOUNCED})


@dataclass(frozen=True)
class CaseState:
    """Where a case stands, and everything said about it, without what differs from run to run."""

    stage: str
    events: tuple[str, ...]
    documents: tuple[str, ...]
    notices: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Census:
    """Every case by its project, and how many mails have which fate."""

    cases: dict[str, CaseState]
    others: tuple[tuple[str, tuple[str, ...]], ...]
    fates: dict[str, int]


def take_census(office: Office) -> Census:
    """The state of the database, comparable with that of another run of the same stream."""
    with office.house.store.reading() as tx:
        cases = {
            case.project: CaseState(
                case.stage.value,
                tuple(entry.event for entry in tx.history.of(case.id)),
                tuple(sorted(document.label for document in tx.documents.of(case.id))),
                _notices(tx.outbox.of_case(case.id)),
            )
            for case in tx.cases.list()
        }
        others = _notices(tuple(line for line in tx.outbox.list() if not line.case_id and not _is_report(line)))
        counts = tx.audit.counts()
    return Census(cases, others, {"acted": counts.acted, "quarantined": counts.quarantined})


def _is_report(line: OutboxLine) -> bool:
    """The operator is told of a mail that waits for their decision: with kills alone."""
    return line.kind is NoticeKind.DIGEST and ADMIN in line.recipients


def _notices(lines: tuple[OutboxLine, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(sorted((line.kind.value, tuple(sorted(line.recipients))) for line in lines))


@dataclass(frozen=True)
class Post:
    """What the receiving mailboxes tell: (notice, person) that got none of it, and that got more than one."""

    lost: tuple[tuple[str, str], ...]
    doubled: tuple[tuple[str, str], ...]


def compare_post(office: Office) -> Post:
    """Lay the outbox beside the inboxes of all people."""
    with office.house.store.reading() as tx:
        lines = tx.outbox.list()
    unfinished = [f"{line.id} {line.kind} {line.status}" for line in lines if line.status is not OutboxStatus.SENT]
    assert not unfinished, unfinished
    notice_of = {line.own_id: line.notice_key for line in lines}
    meant = Counter(_meant(lines))
    got = Counter((notice_of[mail.own_id], person) for person in PEOPLE for mail in office.inbox(person) if mail.own_id)
    return Post(tuple(sorted((meant - got).elements())), tuple(sorted((got - meant).elements())))


def _meant(lines: tuple[OutboxLine, ...]) -> Iterator[tuple[str, str]]:
    for line in lines:
        for result in line.results:
            if result.address in PEOPLE and result.state not in REFUSED:
                yield line.notice_key, result.address


def told_twice(office: Office) -> list[tuple[str, str]]:
    """(notice, person) for whom two copies of the same notice were made."""
    with office.house.store.reading() as tx:
        counted = Counter(_meant(tx.outbox.list()))
    return [pair for pair, count in counted.items() if count > 1]


def audit(office: Office) -> None:
    """`zhichi audit` is clean."""
    found = json.loads(office.zhichi("audit", "--json"))
    assert (found["missing"], found["chain_ok"], found["raw_ok"], found["faults"]) == (0, True, True, []), found
