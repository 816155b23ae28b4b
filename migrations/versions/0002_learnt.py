"""What is learnt from mails: the customers of the cases (R3), and delegations said by directors (R24)."""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "customers",
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("folded", name=op.f("pk_customers")),
    )
    op.create_table(
        "customer_keys",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["folded"], ["customers.folded"], name=op.f("fk_customer_keys_folded_customers")),
        sa.PrimaryKeyConstraint("key", "folded", name=op.f("pk_customer_keys")),
    )
    op.create_table(
        "delegations",
        sa.Column("id", BIG, nullable=False),
        sa.Column("by_address", sa.Text(), nullable=False),
        sa.Column("to_address", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("mail", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegations")),
    )
    op.create_index(op.f("ix_delegations_last_day"), "delegations", ["last_day"], unique=False)
    _learn_customers()


def _learn_customers() -> None:
    """The customers of the cases there are. Frozen here: the program may fold names otherwise one day."""
    connection = op.get_bind()
    cases = sa.table("cases", sa.column("id", BIG), sa.column("details", sa.JSON()))
    names: dict[str, str] = {}
    for (details,) in connection.execute(sa.select(cases.c.details).order_by(cases.c.id)).yield_per(1000):
        name = str(details.get("customer", ""))
        folded = "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())
        if folded and len(folded.encode()) <= 500:
            names.setdefault(folded, name)
    customers = sa.table("customers", sa.column("folded", sa.Text()), sa.column("name", sa.Text()))
    keys = sa.table("customer_keys", sa.column("key", sa.Text()), sa.column("folded", sa.Text()))
    if not names:
        return
    connection.execute(sa.insert(customers), [{"folded": folded, "name": name} for folded, name in names.items()])
    rows = [
        {"key": key, "folded": folded}
        for folded in names
        if 3 <= len(folded) <= 100
        for key in sorted({folded, *(folded[:n] + folded[n + 1 :] for n in range(len(folded)))})
    ]
    for start in range(0, len(rows), 1000):
        connection.execute(sa.insert(keys), rows[start : start + 1000])


def downgrade() -> None:
    raise NotImplementedError("Nothing is deleted (R49): to go back, restore the backup made before the upgrade.")
