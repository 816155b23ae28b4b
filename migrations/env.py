"""Alembic's entry: runs the revisions on the connection that bot.store.schema hands over, in its transaction."""

from alembic import context

from bot.store.columns import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,  # SQLite changes a table by copying it
)
with context.begin_transaction():
    context.run_migrations()
