"""The record: SQLAlchemy lives only here."""
