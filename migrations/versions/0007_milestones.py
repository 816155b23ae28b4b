"""Milestones of projects, written by mail (R35)."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "milestones",
        sa.Column("id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("planned", sa.Date(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("buffer", sa.Integer(), nullable=False),
        sa.Column("actual", sa.Date(), nullable=True),
        sa.Column("pushed", sa.Integer(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.Column("late_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_milestones_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestones")),
        sa.UniqueConstraint("case_id", "name", name=op.f("uq_milestones_case_id_name")),
    )
    watched = sa.text("late_on IS NOT NULL")
    op.create_index("ix_milestones_late", "milestones", ["late_on"], sqlite_where=watched, postgresql_where=watched)


def downgrade() -> None:
    raise NotImplementedError("Nothing is deleted (R49): to go back, restore the backup made before the upgrade.")
