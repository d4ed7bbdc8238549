"""Run by Alembic: applies the revisions on the connection, and in the transaction, that it is handed."""

from alembic import context

from zjf.ledger.storage.tables import schema

context.configure(connection=context.config.attributes["connection"], version_table=schema.name)
with context.begin_transaction():
    context.run_migrations()
