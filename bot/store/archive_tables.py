"""Table of what is to be filed (R26, R40); part of the same schema as all others."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, text

from bot.store.columns import BIG, metadata

archives = Table(
    "archives",
    metadata,
    Column("case_id", BIG, ForeignKey("cases.id"), primary_key=True, autoincrement=False),
    Column("wanted", BigInteger, nullable=False),  # counts what happened to a case whose folder there is to be
    Column("filed", BigInteger, nullable=False),  # up to which of these the folder shows it
)
STALE = text("filed < wanted")  # written out, for SQLite takes a partial index only when it sees the same words
Index("ix_archives_stale", archives.c.case_id, sqlite_where=STALE, postgresql_where=STALE)
