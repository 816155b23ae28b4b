"""Hours worked and the weekly reports that the director signs (R27, R28)."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "reports",
        sa.Column("id", BIG, nullable=False),
        *map(_text, ("ref", "week", "engineer")),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        _text("state"),
        sa.Column("sheet", sa.JSON(), nullable=False),
        _text("account"),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("next_at", MOMENT, nullable=True),
        sa.Column("step", sa.Integer(), nullable=False),
        _text("why"),
        sa.Column("signed_at", MOMENT, nullable=True),
        _text("signed_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("ref", name=op.f("uq_reports_ref")),
        sa.UniqueConstraint("week", "engineer", name=op.f("uq_reports_week_engineer")),
    )
    op.create_index(op.f("ix_reports_state"), "reports", ["state"], unique=False)
    op.create_table(
        "report_events",
        sa.Column("report_id", BIG, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        *map(_text, ("actor", "event", "why", "mail")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_report_events_report_id_reports")),
        sa.PrimaryKeyConstraint("report_id", "seq", name=op.f("pk_report_events")),
    )
    op.create_table(
        "report_thread_ids",
        _text("message_id"),
        sa.Column("report_id", BIG, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_report_thread_ids_report_id_reports")),
        sa.PrimaryKeyConstraint("message_id", "report_id", name=op.f("pk_report_thread_ids")),
    )
    op.create_table(
        "report_secrets",
        sa.Column("id", BIG, nullable=False),
        sa.Column("report_id", BIG, nullable=False),
        _text("address"),
        sa.Column("round", sa.Integer(), nullable=False),
        _text("sha256"),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.Column("burnt", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_report_secrets_report_id_reports")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_secrets")),
        sa.UniqueConstraint("sha256", name=op.f("uq_report_secrets_sha256")),
    )
    op.create_index(op.f("ix_report_secrets_report_id"), "report_secrets", ["report_id"], unique=False)
    _make_work_records()


def _make_work_records() -> None:
    op.create_table(
        "work_records",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        _text("engineer"),
        sa.Column("day", sa.Date(), nullable=False),
        *map(_text, ("hours", "starts", "ends", "content", "source", "mail")),
        sa.Column("report_id", BIG, nullable=True),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.Column("replaced_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_work_records_case_id_cases")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_work_records_report_id_reports")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_records")),
    )
    for column in ("day", "report_id"):
        op.create_index(op.f(f"ix_work_records_{column}"), "work_records", [column], unique=False)
    standing = sa.text("replaced_at IS NULL")
    op.create_index(
        "uq_work_records_standing",
        "work_records",
        ["case_id", "engineer", "day"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )
    unreported = sa.text("report_id IS NULL AND replaced_at IS NULL")
    op.create_index(
        "ix_work_records_unreported",
        "work_records",
        ["day"],
        unique=False,
        sqlite_where=unreported,
        postgresql_where=unreported,
    )


def downgrade() -> None:
    raise NotImplementedError("Nothing is deleted (R49): to go back, restore the backup made before the upgrade.")
