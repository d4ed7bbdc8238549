"""Events are only ever added: the database itself refuses to change or remove one."""

from alembic import op

revision = "0002"
down_revision = "0001"

_SQLITE = (
    "CREATE TRIGGER event_not_changed BEFORE UPDATE ON event"
    " BEGIN SELECT RAISE(ABORT, 'events are only ever added'); END",
    "CREATE TRIGGER event_not_removed BEFORE DELETE ON event"
    " BEGIN SELECT RAISE(ABORT, 'events are only ever added'); END",
)
_POSTGRES = (
    "CREATE FUNCTION zjf_only_added() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'events are only ever added'; END $$",
    "CREATE TRIGGER event_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON event"
    " FOR EACH STATEMENT EXECUTE FUNCTION zjf_only_added()",
)


def upgrade() -> None:
    for statement in _SQLITE if op.get_context().dialect.name == "sqlite" else _POSTGRES:
        op.execute(statement)
