"""Runs the migrations on the connection that the store passes in, within its transaction and its lock."""

from alembic import context

from bot.questionlog.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
