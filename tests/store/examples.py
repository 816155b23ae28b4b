"""Plain values for the store tests; each test changes only what it is about."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.rules.case import Case, Deadline, DeadlineKind, Document, HistoryEntry
from bot.rules.notice import NoticeKind, Outgoing
from bot.rules.words import Fate, Kind, Proof, Stage
from bot.store import NewMail, Store

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 9, 21, 10, 30, tzinfo=SHANGHAI)
HOUR = timedelta(hours=1)
SUBJECT = "技术支持申请--欧莱雅--CITRIX安装--ZGH--0919"


def a_case(**changes: Any) -> Case:
    """A request that has just arrived."""
    case = Case(
        stage=Stage.AWAITING_APPROVAL,
        subject=SUBJECT,
        customer="欧莱雅",
        project="CITRIX安装",
        sales_name="ZGH",
        sales="zgh@example.com",
        received_at=NOW,
        counted_from=NOW,
    )
    return replace(case, **changes)


def a_mail(raw_sha256: str, **changes: Any) -> NewMail:
    """A mail as read from the mailbox."""
    mail = NewMail(
        account="support",
        folder="INBOX",
        uidvalidity=1,
        uid=7,
        received_at=NOW,
        raw_sha256=raw_sha256,
        size=4,
        recorded_at=NOW,
        message_id="request@example.com",
        identity="i" * 64,
        sender="zgh@example.com",
        subject=SUBJECT,
        kind=Kind.HUMAN,
        fate=Fate.ACTED,
        fate_why="opened a case",
        proof=Proof.PASS,
        summary="申请 CITRIX 安装",
    )
    return replace(mail, **changes)


def a_line(number: int = 1, **changes: Any) -> HistoryEntry:
    """A line of a case's record."""
    entry = HistoryEntry(
        at=NOW + number * HOUR,
        actor="zgh@example.com",
        event=f"event-{number}",
        from_stage=Stage.AWAITING_APPROVAL,
        to_stage=None,
        why="因为申请齐全",
        mail="request@example.com",
        summary="第一行",
    )
    return replace(entry, **changes)


def a_deadline(**changes: Any) -> Deadline:
    """The director's confirmation is awaited."""
    deadline = Deadline(
        kind=DeadlineKind.CONFIRM,
        due_at=NOW + 8 * HOUR,
        next_at=NOW + 6 * HOUR,
        owner="director@example.com",
        why="12:00 前到达，当日 18:00 前确认",
    )
    return replace(deadline, **changes)


def a_document(sha256: str, **changes: Any) -> Document:
    """A signed service form."""
    document = Document(
        name="服务单.pdf",
        label="服务单",
        sha256=sha256,
        size=4,
        content_type="application/pdf",
        mail="done@example.com",
        sender="li@example.com",
        received_at=NOW,
    )
    return replace(document, **changes)


def a_copy(key: str = "registered-1", copy: int = 0, **changes: Any) -> Outgoing:
    """A finished copy of a notice."""
    out = Outgoing(
        notice_key=key,
        copy=copy,
        kind=NoticeKind.REGISTERED,
        account="support",
        case_id=0,
        message_id=f"{key}@zhichi.example",
        own_id=f"{key}-{copy}",
        subject=SUBJECT,
        recipients=("zgh@example.com", "director@example.com"),
        raw=b"From: zhichi\r\n\r\n",
    )
    return replace(out, **changes)


def acquire(store: Store, name: str, owner: str, ttl: timedelta, now: datetime = NOW) -> bool:
    """Try for a lease in a transaction of its own; whether `owner` holds it."""
    with store.transaction() as tx:
        return tx.leases.acquire(name, owner, ttl, now)
