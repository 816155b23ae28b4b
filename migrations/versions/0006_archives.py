"""What is to be filed is counted by case (R26, R40); cases closed before are filed anew, with their mails."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "archives",
        sa.Column("case_id", BIG, autoincrement=False, nullable=False),
        sa.Column("wanted", sa.BigInteger(), nullable=False),
        sa.Column("filed", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_archives_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_archives")),
    )
    stale = sa.text("filed < wanted")
    op.create_index("ix_archives_stale", "archives", ["case_id"], sqlite_where=stale, postgresql_where=stale)
    op.execute(
        "INSERT INTO archives (case_id, wanted, filed) "
        "SELECT id, 1, 0 FROM cases WHERE stage IN ('closed', 'archived', 'settled') "
        "OR id IN (SELECT case_id FROM documents WHERE filed_as <> '')"
    )
    op.drop_index("ix_documents_unfiled", table_name="documents")


def downgrade() -> None:
    raise NotImplementedError("Nothing is deleted (R49): to go back, restore the backup made before the upgrade.")
