"""The questions asked every second are answered by an index, however many rows there are (performance.md part 4)."""

import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, Executable, event, text

from bot.rules.matters.matter import Rating
from bot.rules.people import Delegation
from bot.rules.plans.plan import Milestone
from bot.rules.reports.work import WorkRecord, WorkSource
from bot.rules.words import Stage
from bot.store import (
    Store,
    archives,
    bookings,
    cases,
    customers,
    deadlines,
    delegations,
    glances,
    mails,
    milestones,
    outbox,
    outbox_claims,
)
from bot.store.engine import make_engine, parse_url
from tests.store.examples import NOW, a_case, a_copy, a_deadline, a_document, a_mail
from tests.store.test_matters import a_matter

ROWS = 2000
STAGES = tuple(Stage)
LONG_AGO = date(2020, 1, 1)
# "SCAN t USING INDEX" walks a partial index that holds only what is wanted.
WHOLE_TABLE = re.compile(r"Seq Scan|^SCAN (?!CONSTANT ROW)(?!.* USING )", re.MULTILINE)
PLACE = {"account": "support", "folder": "INBOX", "uidvalidity": 1, "uid": 7}
HOT: list[tuple[Executable, Mapping[str, Any]]] = [
    (deadlines.DUE, {"now": NOW, "most": 100}),
    (deadlines.NEXT, {}),
    (outbox_claims.CLAIMABLE, {"now": NOW, "most": 10}),
    (mails._AT_PLACE, PLACE),
    (mails._TWIN, {"identity": "i7"}),
    (mails._BY_MESSAGE_ID, {"message_id": "m7"}),
    (mails._NEWEST_CASE, {}),
    (mails._OPENINGS, {"older": ROWS - 200, "sender": "zgh@example.com", "since": NOW}),
    (cases._BY_IDS, {"ids": ["m7", "m8"]}),
    (cases._CASES_BY_IDS, {"ids": ["m7", "m8"]}),
    (glances.OF_MAIL, {**PLACE, "identity": "i7", "sender": "7@example.com", "day": NOW.date()}),
    (glances.OF_CASE, {"case": 7}),
    (cases._BY_REF, {"ref": "ZC2026-0007"}),
    (cases._OPEN_BY_SUBJECT, {"key": "s7"}),
    (bookings._AT, {"stages": ["approved", "on_site"]}),
    (milestones.LATE, {"day": NOW.date(), "most": 1}),
    (milestones._OF, {"case": 7}),
    (customers._KNOWN, {"folded": "欧莱雅"}),
    (customers._NEAR, {"keys": ["欧莱雅", "欧莱", "莱雅", "欧雅"]}),
    (delegations._SINCE, {"day": NOW.date()}),
    (archives._WAITING, {}),
    (outbox._HAS, {"key": "n7"}),
    (outbox._NEWEST, {"since": NOW}),
    (outbox._MEANT_EACH, {"since": NOW, "addresses": ["7@example.com", "8@example.com"]}),
    (outbox._DELIVERED, {"key": "n7", "address": "7@example.com"}),
    (outbox._SETTLE, {"copy_id": 7, "now": NOW}),
]


@pytest.fixture
def connection(store: Store, url: str) -> Iterator[Connection]:
    """A connection to a database with many cases, mails, copies and deadlines, a few of them due."""
    with store.transaction() as tx:
        raw = tx.mails.keep_raw(b"mail")
        for n in range(ROWS):
            case = tx.cases.create(
                a_case(
                    subject=f"s{n}", customer=f"客户{n}有限公司", stage=STAGES[n] if n < len(STAGES) else Stage.SETTLED
                )
            )
            tx.delegations.add([Delegation("a@b.cn", "c@b.cn", LONG_AGO, NOW.date() if n < 5 else LONG_AGO)], "m", NOW)
            tx.cases.remember_ids(case.id, [f"m{n}"])
            late = LONG_AGO if n < 5 else None
            tx.milestones.save(case.id, [Milestone(f"n{n}", LONG_AGO, LONG_AGO, late_on=late)])
            tx.mails.record(a_mail(raw, uid=n, identity=f"i{n}", message_id=f"m{n}"))
            soon = NOW.replace(year=2026 if n < 5 else 2027)
            tx.deadlines.set(case.id, a_deadline(next_at=soon), NOW)
            tx.documents.add(case.id, a_document(raw))
            tx.matters.save(case.id, [a_matter()])
            tx.ratings.add(case.id, Rating(5, "zgh@example.com", NOW, "", "m", case.id))
            tx.work.put(case.id, [WorkRecord("li@example.com", LONG_AGO, Decimal(8), WorkSource.SAID)], NOW)
            tx.marks.mark_away(f"{n}@example.com", "休假", NOW)
            tx.archives.begin(case.id)
            if n < 5:
                tx.archives.changed_case(case.id)
            tx.outbox.add(a_copy(f"n{n}", recipients=(f"{n}@example.com",), not_before=soon), NOW)
    engine = make_engine(parse_url(url), timedelta(seconds=1))
    with closing(engine.connect()) as opened:
        opened.execute(text("ANALYZE"))
        yield opened
    engine.dispose()


def plan(connection: Connection, statement: Executable, values: Mapping[str, Any]) -> str:
    """How the database answers, in its own words: asked with the very SQL and values that were sent to it."""
    sent: list[tuple[str, Any]] = []
    note = lambda _connection, _cursor, sql, given, *_: sent.append((sql, given))  # noqa: E731
    event.listen(connection, "before_cursor_execute", note)
    connection.execute(statement, values)
    event.remove(connection, "before_cursor_execute", note)
    ((sql, given),) = sent
    ask = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
    return "\n".join(str(row[-1]) for row in connection.exec_driver_sql(ask + sql, given))


def test_no_hot_question_reads_a_whole_table(connection: Connection) -> None:
    plans = {str(statement): plan(connection, statement, values) for statement, values in HOT}
    assert len(plans) == len(HOT)
    assert {question: found for question, found in plans.items() if WHOLE_TABLE.search(found)} == {}


def test_the_clock_reads_only_open_deadlines(connection: Connection) -> None:
    for statement, values in HOT[:2]:
        assert "ix_deadlines_due" in plan(connection, statement, values)


def test_the_few_in_quarantine_are_found_without_reading_all_mails(connection: Connection) -> None:
    found = plan(connection, mails._QUARANTINED, {})
    assert not re.search(r"SCAN mails|Seq Scan on mails", found), found
