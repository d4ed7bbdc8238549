"""Events are only ever added: the database itself refuses to change or remove one."""

from alembic import op

from zjf.ledger.migrations import only_add_lines

revision = "0002"
down_revision = "0001"

_ON_POSTGRESQL = (
    "CREATE FUNCTION zjf_only_added() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'events are only ever added'; END $$"
)


def upgrade() -> None:
    if op.get_context().dialect.name != "sqlite":
        op.execute(_ON_POSTGRESQL)
    only_add_lines("event", "events")
