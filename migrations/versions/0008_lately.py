"""What went to an address lately is found without reading all that ever went there (R47)."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.drop_index("ix_outbox_created_at", "outbox")
    op.create_index("ix_outbox_created_at_id", "outbox", ["created_at", "id"])
    op.drop_index("ix_outbox_recipients_address", "outbox_recipients")
    op.create_index("ix_outbox_recipients_address_outbox_id", "outbox_recipients", ["address", "outbox_id"])


def downgrade() -> None:
    raise NotImplementedError("Nothing is deleted (R49): to go back, restore the backup made before the upgrade.")
