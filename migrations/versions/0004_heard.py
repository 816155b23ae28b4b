"""Until when each mailbox is read, for all processes that share the database (R23, R24)."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "heard",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_heard")),
    )


def downgrade() -> None:
    raise NotImplementedError("Nothing is deleted (R49): to go back, restore the backup made before the upgrade.")
