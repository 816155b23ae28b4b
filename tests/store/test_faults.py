"""Every database error is one of ours: place, cause and cure; nothing is half-written, no secret is told."""

import random
import traceback
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.errors import SchemaMismatch, StoreBusy, StoreError, StoreReadOnly
from bot.rules.case import Case
from bot.rules.words import Fate
from bot.store import Store, Tx
from tests.servers.postgres import Postgres
from tests.store.examples import NOW, a_case, a_line, a_mail

QUICK = timedelta(milliseconds=50)
NORMAL, FULL = 1, 2  # PRAGMA synchronous


def test_a_locked_sqlite_file_is_busy(sqlite_url: str) -> None:
    with Store(sqlite_url) as first, Store(sqlite_url, QUICK) as second, first.transaction() as tx:
        tx.mails.keep_raw(b"mail")
        with pytest.raises(StoreBusy, match=r"zhichi\.db"), second.transaction():
            pass


def test_readers_go_on_while_one_writes(sqlite_url: str) -> None:
    with Store(sqlite_url) as first, Store(sqlite_url, QUICK) as second, first.transaction() as tx:
        tx.cases.create(a_case())
        with second.reading() as other:
            assert other.cases.list() == ()


@pytest.mark.servers
def test_a_row_locked_too_long_on_postgresql_is_busy(migrated_postgres_url: str) -> None:
    with Store(migrated_postgres_url) as first, Store(migrated_postgres_url, QUICK) as second:
        with first.transaction() as tx:
            case = tx.cases.create(a_case())
        with first.transaction() as tx:
            tx.history.append(case.id, a_line())
            with pytest.raises(StoreBusy), second.transaction() as other:
                other.history.append(case.id, a_line())


def test_a_file_opened_read_only_refuses_writes(sqlite_url: str) -> None:
    path = sqlite_url.removeprefix("sqlite:///")
    with Store(f"sqlite:///file:{path}?mode=ro&uri=true") as store:
        store.open()
        with pytest.raises(StoreReadOnly, match="writable"), store.transaction() as tx:
            tx.mails.keep_raw(b"mail")


def test_a_reading_transaction_refuses_writes(store: Store) -> None:
    with pytest.raises(StoreReadOnly), store.reading() as tx:
        tx.cases.create(a_case())
    with store.reading() as tx:
        assert tx.cases.list() == ()


def test_a_full_disk_is_told_and_nothing_is_half_written(sqlite_url: str) -> None:
    def fill(tx: Tx) -> None:
        tx.mails.run(text("PRAGMA max_page_count=1"))  # SQLite takes the present size, so no page can be added
        tx.cases.create(a_case())
        tx.mails.keep_raw(random.Random(0).randbytes(1_000_000))

    with Store(sqlite_url) as store:
        with pytest.raises(StoreReadOnly, match="free some space"), store.transaction() as tx:
            fill(tx)
        with store.reading() as tx:
            assert tx.cases.list() == ()


@pytest.mark.servers
def test_a_lost_connection_is_told_and_the_next_turn_works(migrated_postgres_url: str) -> None:
    end_others = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )

    def lose_connection(tx: Tx) -> None:
        tx.cases.create(a_case())
        with Store(migrated_postgres_url) as other, other.transaction() as killer:
            killer.mails.run(text(end_others))
        tx.cases.list()

    with Store(migrated_postgres_url) as store:
        with pytest.raises(StoreError, match="check that the server runs"), store.transaction() as tx:
            lose_connection(tx)
        with store.reading() as tx:
            assert tx.cases.list() == ()


@pytest.mark.servers
def test_a_wrong_password_is_told_but_never_shown(postgres_server: Postgres) -> None:
    url = postgres_server.url("postgres").replace(postgres_server.password, "open-sesame")
    with Store(url) as store, pytest.raises(StoreError, match="user, password") as told:
        store.open()
    assert "open-sesame" not in "".join(traceback.format_exception(told.value))


@pytest.mark.servers
def test_a_server_that_is_not_there_is_told() -> None:
    with Store("postgresql://zhichi:open-sesame@127.0.0.1:1/zhichi") as store:
        with pytest.raises(StoreError, match="check that the server runs") as told:
            store.open()
        assert "open-sesame" not in str(told.value)


def test_a_file_that_is_not_there_is_told_and_none_is_made(tmp_path: Path) -> None:
    with Store(f"sqlite:///{tmp_path / 'zhichi.db'}") as store:
        for begin in (store.transaction, store.reading):
            with pytest.raises(StoreError, match="not there; check the path"), begin():
                pass
    assert list(tmp_path.iterdir()) == []


def test_tables_missing_in_the_middle_mean_migrate(empty_url: str) -> None:
    if empty_url.startswith("sqlite"):
        Path(empty_url.removeprefix("sqlite:///")).touch()
    with Store(empty_url) as store, pytest.raises(SchemaMismatch, match="zhichi migrate"), store.transaction() as tx:
        tx.cases.list()


def test_another_file_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database " * 100)
    with Store(f"sqlite:///{path}") as store, pytest.raises(StoreError, match="another file"):
        store.open()


def test_a_damaged_file_is_told(sqlite_url: str) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with Store(sqlite_url) as store, pytest.raises(StoreError, match="backup"), store.transaction() as tx:
        tx.cases.list()


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with Store(f"sqlite:///{tmp_path / 'nowhere' / 'zhichi.db'}") as store, pytest.raises(StoreError, match="folder"):
        store.migrate()


@pytest.mark.parametrize("url", ["mysql://host/db", "no address", "sqlite://", "sqlite:///:memory:"])
def test_an_address_that_cannot_serve_is_refused(url: str) -> None:
    with pytest.raises(StoreError, match=r"sqlite:///zhichi\.db"):
        Store(url)


def test_a_broken_promise_is_told_without_the_mails_text(store: Store) -> None:
    with store.transaction() as tx:
        mail = a_mail(tx.mails.keep_raw(b"mail"), summary="confidential")
        tx.mails.record(mail)
    with pytest.raises(StoreError, match="promise") as told, store.transaction() as tx:
        tx.mails.record(mail)
    assert "confidential" not in "".join(traceback.format_exception(told.value))


def test_an_exception_rolls_everything_back(store: Store) -> None:
    def decide(tx: Tx) -> None:
        tx.cases.create(a_case())
        raise RuntimeError("an unexpected fault in the rules")

    with pytest.raises(RuntimeError), store.transaction() as tx:
        decide(tx)
    with store.reading() as tx:
        assert tx.cases.list() == ()


def test_a_naive_time_is_refused(store: Store, case: Case) -> None:
    naive = datetime(2026, 9, 21, 10, 30)  # noqa: DTZ001  # that is the point
    with store.transaction() as tx:
        raw = tx.mails.keep_raw(b"mail")
    with pytest.raises(ValueError, match="only aware times"), store.transaction() as tx:
        tx.mails.record(a_mail(raw, received_at=naive))
    with pytest.raises(ValueError, match="counted_from"), store.transaction() as tx:
        tx.cases.save(a_case(id=case.id, version=1, counted_from=naive), NOW)


def test_sqlite_runs_as_the_design_says(sqlite_url: str) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 1, "foreign_keys": 1, "busy_timeout": 10_000}
    with Store(sqlite_url) as store, store.transaction() as tx:
        assert {name: tx.mails.run(text(f"PRAGMA {name}")).scalar() for name in wanted} == wanted


def test_a_connection_kept_within_another_gives_it_back(store: Store) -> None:
    seen = []

    def look() -> None:
        with store.transaction() as tx:
            seen.append(tx.connection)

    with store.keeping():
        look()
        with store.keeping():
            look()
        look()
    outer, inner, after = seen
    assert outer is after is not inner


def test_a_case_that_is_not_there_is_no_place_for_a_mail(store: Store) -> None:
    with pytest.raises(StoreError, match="promise"), store.transaction() as tx:
        tx.mails.record(a_mail(tx.mails.keep_raw(b"mail"), case_id=99, fate=Fate.ACTED))


def test_text_no_database_takes_is_cleaned(store: Store) -> None:
    with store.transaction() as tx:
        mail_id = tx.mails.quarantine(a_mail(tx.mails.keep_raw(b"x"), subject="a\0b\ud800c", sender="\udcff"), "\0")
        mail = tx.mails.get(mail_id)
    assert (mail.subject, mail.sender, mail.fate_why) == ("a\ufffdb\ufffdc", "\ufffd", "\ufffd")


def test_what_shall_last_is_on_the_disk_before_anybody_is_told(sqlite_url: str) -> None:
    """A power cut takes back nothing of it, nor of what was committed before; all else may be a moment late."""
    waits: list[int] = []

    def look(tx: Tx) -> None:
        waits.append(int(tx.mails.run(text("PRAGMA synchronous")).scalar() or 0))

    with Store(sqlite_url) as store:
        with store.transaction() as tx:
            look(tx)
        with store.transaction(lasting=True) as tx:
            look(tx)
        with store.transaction() as tx:
            look(tx)
        with store.keeping(lasting=True):
            for lasting in (False, True, False):  # the lasting one within ends only itself
                with store.transaction(lasting=lasting) as tx:
                    look(tx)
        with pytest.raises(RuntimeError), store.transaction(lasting=True) as tx:
            raise RuntimeError("rolled back")
        with store.keeping(), store.transaction() as tx:
            look(tx)
    assert waits == [NORMAL, FULL, NORMAL, FULL, FULL, FULL, NORMAL]
