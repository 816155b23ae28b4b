"""The database's version: made by migrations alone, equal to the tables, refused when it is another."""

import stat
from itertools import pairwise
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect, text

from bot.errors import SchemaMismatch, StoreError
from bot.store import SchemaAge, Store
from bot.store.columns import metadata
from bot.store.engine import parse_url
from bot.store.schema import REVISIONS, alembic_config


def set_version(url: str, version: str) -> None:
    engine = create_engine(parse_url(url))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})
    engine.dispose()


def test_an_empty_database_is_refused_until_migrated(empty_url: str) -> None:
    with Store(empty_url) as store:
        assert store.schema_state().age is SchemaAge.EMPTY
        with pytest.raises(SchemaMismatch, match="zhichi migrate"):
            store.open()
        store.migrate()
        store.open()
        assert store.schema_state().age is SchemaAge.CURRENT


def test_migrating_twice_changes_nothing(store: Store) -> None:
    before = store.schema_state()
    store.migrate()
    assert store.schema_state() == before


def test_the_migrated_database_is_what_the_tables_say(url: str) -> None:
    engine = create_engine(parse_url(url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_both_partial_indexes_are_partial(url: str) -> None:
    engine = create_engine(parse_url(url))
    with engine.connect() as connection:
        indexes = {index["name"]: index for index in inspect(connection).get_indexes("deadlines")}
    engine.dispose()
    for name in ("uq_deadlines_open", "ix_deadlines_due"):
        options = indexes[name]["dialect_options"]
        assert any("done_at IS NULL" in str(value) for key, value in options.items() if key.endswith("_where"))


@pytest.mark.parametrize(
    ("version", "age", "cure"),
    [("0000", SchemaAge.NEWER, "install the newer program"), ("9999", SchemaAge.NEWER, "install the newer program")],
)
def test_a_version_the_program_does_not_know_is_refused(url: str, version: str, age: SchemaAge, cure: str) -> None:
    set_version(url, version)
    with Store(url) as store:
        assert store.schema_state().age is age
        for attempt in (store.open, store.migrate):
            with pytest.raises(SchemaMismatch, match=cure):
                attempt()


def test_an_older_version_asks_for_migrate(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.schema.REVISIONS", ("0000", *REVISIONS))
    set_version(url, "0000")
    with Store(url) as store:
        assert store.schema_state().age is SchemaAge.OLDER
        with pytest.raises(SchemaMismatch, match="zhichi migrate"):
            store.open()


def test_the_revisions_are_those_alembic_finds(sqlite_url: str) -> None:
    engine = create_engine(sqlite_url)
    with engine.connect() as connection:
        found = ScriptDirectory.from_config(alembic_config(connection)).walk_revisions()
        assert tuple(reversed([script.revision for script in found])) == REVISIONS
    engine.dispose()


Shape = dict[str, dict[str, tuple[str, bool]]]


def _shape(connection: Connection) -> tuple[Shape, set[tuple[str, ...]], Shape]:
    """Every column with type and whether it may be left out; what must be unique; columns that may not be left out."""
    look = inspect(connection)
    columns: Shape = {
        name: {c["name"]: (str(c["type"]), bool(c["nullable"] or c["default"])) for c in look.get_columns(name)}
        for name in look.get_table_names()
    }
    unique = set[tuple[str, ...]]()
    for name in columns:
        unique |= {(name, *sorted(rule["column_names"])) for rule in look.get_unique_constraints(name)}
        unique |= {(name, *sorted(map(str, i["column_names"]))) for i in look.get_indexes(name) if i["unique"]}
    needed = {name: {c: kind for c, kind in found.items() if not kind[1]} for name, found in columns.items()}
    return columns, unique, needed


def test_a_migration_only_adds_so_that_the_old_version_goes_on_beside_it(tmp_path: Path) -> None:
    """README, upgrading without a gap: nothing the old version reads is gone, nothing it writes is refused."""
    engine = create_engine(f"sqlite:///{tmp_path / 'steps.db'}")
    shapes = []
    for revision in REVISIONS:
        with engine.begin() as connection:
            command.upgrade(alembic_config(connection), revision)
            shapes.append(_shape(connection))
    engine.dispose()
    for (old, old_unique, old_needed), (new, new_unique, new_needed) in pairwise(shapes):
        for table, columns in old.items():
            assert {name: new[table].get(name) for name in columns} == columns
            assert new_needed[table] == old_needed[table]
        assert {rule for rule in new_unique if rule[0] in old} == old_unique


def test_migrations_shipped_inside_the_package_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = tmp_path / "bot" / "_shipped" / "migrations"
    shipped.mkdir(parents=True)
    (shipped / "env.py").touch()
    monkeypatch.setattr("bot.__file__", str(tmp_path / "bot" / "__init__.py"))
    engine = create_engine(f"sqlite:///{tmp_path / 'x.db'}")
    with engine.connect() as connection:
        assert alembic_config(connection).get_main_option("script_location") == str(shipped)
        (shipped / "env.py").unlink()
        with pytest.raises(StoreError, match="migrations are missing"):
            alembic_config(connection)
    engine.dispose()


def test_looking_at_the_version_makes_no_file(tmp_path: Path) -> None:
    path = tmp_path / "zhichi.db"
    with Store(f"sqlite:///{path}") as store, pytest.raises(SchemaMismatch):
        store.open()
    assert not path.exists()


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "zhichi.db"
    with Store(f"sqlite:///{path}") as store:
        store.migrate()
        with store.transaction() as tx:
            tx.mails.keep_raw(b"mail")
            modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in tmp_path.iterdir()}
    assert modes == {"zhichi.db": 0o600, "zhichi.db-wal": 0o600, "zhichi.db-shm": 0o600}


def test_a_failed_migration_leaves_nothing_behind(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(*_: object) -> None:
        raise RuntimeError("power cut")

    with Store(empty_url) as store:
        monkeypatch.setattr("alembic.migration.HeadMaintainer.update_to_step", break_off)
        with pytest.raises(RuntimeError):
            store.migrate()
        monkeypatch.undo()
        assert store.schema_state().age is SchemaAge.EMPTY
        engine = create_engine(parse_url(empty_url))
        assert inspect(engine).get_table_names() == []
        engine.dispose()
