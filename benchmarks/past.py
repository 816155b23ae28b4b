"""A database with many settled cases in it, filled by the database itself: copies of one case that the store wrote."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from bot.rules.case import Case, Deadline, DeadlineKind, HistoryEntry
from bot.rules.notice import NoticeKind, Outgoing
from bot.rules.words import Fate, Stage
from bot.store.columns import metadata
from bot.store.mails import NewMail
from bot.store.store import Store

THEN = datetime(2025, 9, 17, 4, tzinfo=UTC)
_TABLES = {  # what of a row differs from copy to copy
    "cases": {"id": "n", "ref": "'ZP' || n", "subject_key": "'past' || n"},
    "thread_ids": {"message_id": "'past' || n || '@x'", "case_id": "n"},
    "mails": {"id": "n", "uid": "n", "message_id": "'past' || n || '@x'", "identity": "'past' || n", "case_id": "n"},
    "history": {"case_id": "n"},
    "deadlines": {"id": "n", "case_id": "n"},
    "outbox": {"id": "n", "notice_key": "'past' || n", "own_id": "'past' || n", "case_id": "n"},
    "outbox_recipients": {"outbox_id": "n"},
}
# Rows copied with their number have not counted on; SQLite goes by the highest there is.
_NUMBER_ON = sa.text("SELECT setval(seq, :count) FROM pg_get_serial_sequence(:name, 'id') AS seq WHERE seq IS NOT NULL")


def fill_past(url: str, count: int, addresses: tuple[str, ...], *, open_until: datetime | None = None) -> None:
    """`count` settled cases with a mail, a line of history, a deadline and a notice to `addresses` each.

    With `open_until` their deadlines are open, and the clock is to look at them then.
    """
    with Store(url) as store:
        store.migrate()
        _write_one(store, addresses, open_until)
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        for name, changed in _TABLES.items():
            connection.execute(sa.text(_copies(engine.dialect.name, name, changed)), {"count": count})
        if engine.dialect.name == "postgresql":
            for name in (name for name, changed in _TABLES.items() if "id" in changed):
                connection.execute(_NUMBER_ON, {"name": name, "count": count})
    if engine.dialect.name == "postgresql":  # which does so by itself; nothing ever does so for SQLite
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("ANALYZE"))
    engine.dispose()


def _copies(dialect: str, name: str, changed: dict[str, str]) -> str:
    columns = [column.name for column in metadata.tables[name].columns]
    quoted = ", ".join(f'"{column}"' for column in columns)
    chosen = ", ".join(changed.get(column, f'one."{column}"') for column in columns)
    numbers = (
        "(WITH RECURSIVE r(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM r WHERE n < :count) SELECT n FROM r)"
        if dialect == "sqlite"
        else "(SELECT generate_series(2, :count) AS n)"
    )
    return f"INSERT INTO {name} ({quoted}) SELECT {chosen} FROM {numbers} AS numbers CROSS JOIN {name} AS one"


def _write_one(store: Store, addresses: tuple[str, ...], open_until: datetime | None) -> None:
    case = Case(Stage.SETTLED, "技术支持申请--甲--乙--张国华--0917", "甲", "乙", "张国华", addresses[0], THEN, THEN)
    due = open_until or THEN
    with store.transaction() as tx:
        new = tx.cases.create(case)
        tx.cases.remember_ids(new.id, ("past1@x",))
        tx.history.append(new.id, HistoryEntry(THEN, addresses[0], "request", None, Stage.SETTLED, "已登记"))
        tx.deadlines.set(new.id, Deadline(DeadlineKind.COMPLETE, due, due, addresses[0], "因为"), THEN)
        if open_until is None:
            tx.deadlines.finish(new.id, [DeadlineKind.COMPLETE], THEN)
        raw = tx.mails.keep_raw(b"From: a@b\n\npast")
        tx.mails.record(
            NewMail(
                account="past",
                folder="INBOX",
                uidvalidity=1,
                uid=1,
                received_at=THEN,
                raw_sha256=raw,
                size=1,
                recorded_at=THEN,
                message_id="past1@x",
                identity="past1",
                fate=Fate.ACTED,
                case_id=new.id,
            )
        )
        out = Outgoing("past1", 0, NoticeKind.REGISTERED, "main", new.id, "m1@x", "past1", "s", addresses, b"past")
        tx.outbox.add(out, THEN)
        claimed = tx.outbox.claim(THEN, "past", timedelta(minutes=1), 1)
        tx.outbox.mark_sent(claimed[0], THEN, ())
