"""What all tables share: the schema's names, keys, and the columns that come again and again.

Every promise of uniqueness is a constraint of a table; tables are changed only together with a migration.
"""

from datetime import datetime

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, MetaData

from bot.store.types import CleanText, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

BIG = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows only in an INTEGER key


def row_id() -> Column[int]:
    """The row's number, given by the database."""
    return Column("id", BIG, primary_key=True)


def case_id(*, nullable: bool = False) -> Column[int]:
    """The case that the row belongs to."""
    return Column("case_id", BIG, ForeignKey("cases.id"), nullable=nullable)


def clean_text(name: str) -> Column[str]:
    """Text from outside, never NULL."""
    return Column(name, CleanText, nullable=False)


def moment(name: str, *, nullable: bool = False) -> Column[datetime]:
    """An aware moment."""
    return Column(name, UtcDateTime(), nullable=nullable)
