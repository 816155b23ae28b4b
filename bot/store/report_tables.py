"""Tables of work and weekly reports (R27, R28); part of the same schema as all others."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.rules.reports.report import ReportState
from bot.rules.reports.work import WorkSource
from bot.store.columns import BIG, metadata
from bot.store.types import CleanText, DecimalText, UtcDateTime, Word

reports = Table(
    "reports",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("ref", Text, nullable=False, unique=True),  # ZB2026-W38-01
    Column("week", Text, nullable=False),  # 2026-W38
    Column("engineer", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("round", Integer, nullable=False),  # raised by each new edition; secrets of older rounds are void
    Column("state", Word(ReportState), nullable=False),
    Column("sheet", JSON, nullable=False),  # rules.report.Sheet as sent, or as signed
    Column("account", Text, nullable=False),
    Column("made_at", UtcDateTime(), nullable=False),
    Column("due_at", UtcDateTime(), nullable=False),
    Column("next_at", UtcDateTime(), nullable=True),  # when the clock looks at it next
    Column("step", Integer, nullable=False),
    Column("why", CleanText, nullable=False),
    Column("signed_at", UtcDateTime(), nullable=True),
    Column("signed_by", Text, nullable=False),
    UniqueConstraint("week", "engineer"),
    Index(None, "state"),
)

report_events = Table(
    "report_events",
    metadata,
    Column("report_id", BIG, ForeignKey("reports.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", UtcDateTime(), nullable=False),
    Column("actor", CleanText, nullable=False),
    Column("event", CleanText, nullable=False),
    Column("why", CleanText, nullable=False),
    Column("mail", CleanText, nullable=False),
    PrimaryKeyConstraint("report_id", "seq"),
)

report_thread_ids = Table(
    "report_thread_ids",
    metadata,
    Column("message_id", Text, nullable=False),
    Column("report_id", BIG, ForeignKey("reports.id"), nullable=False),
    Column("round", Integer, nullable=False),  # the edition it belongs to
    PrimaryKeyConstraint("message_id", "report_id"),
)

report_secrets = Table(
    "report_secrets",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("report_id", BIG, ForeignKey("reports.id"), nullable=False),
    Column("address", Text, nullable=False),
    Column("round", Integer, nullable=False),
    Column("sha256", Text, nullable=False, unique=True),
    Column("issued_at", UtcDateTime(), nullable=False),
    Column("used_at", UtcDateTime(), nullable=True),
    Column("burnt", Boolean, nullable=False),
    Index(None, "report_id"),
)

work_records = Table(
    "work_records",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("case_id", BIG, ForeignKey("cases.id"), nullable=False),
    Column("engineer", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("hours", DecimalText, nullable=False),
    Column("starts", Text, nullable=False),  # 09:00, "" when not known
    Column("ends", Text, nullable=False),
    Column("content", CleanText, nullable=False),
    Column("source", Word(WorkSource), nullable=False),
    Column("mail", CleanText, nullable=False),
    Column("report_id", BIG, ForeignKey("reports.id"), nullable=True),
    Column("set_at", UtcDateTime(), nullable=False),
    Column("replaced_at", UtcDateTime(), nullable=True),  # a newer word counts; kept for the record (R49)
    Index(None, "day"),
    Index(None, "report_id"),
)
STANDING = text("replaced_at IS NULL")
Index(
    "uq_work_records_standing", work_records.c.case_id, work_records.c.engineer, work_records.c.day,
    unique=True, sqlite_where=STANDING, postgresql_where=STANDING,
)  # fmt: skip
UNREPORTED = text("report_id IS NULL AND replaced_at IS NULL")
Index("ix_work_records_unreported", work_records.c.day, sqlite_where=UNREPORTED, postgresql_where=UNREPORTED)
