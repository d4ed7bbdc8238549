"""The revisions of the ledger's tables, one file each; the last one's number is the ledger's version.

The tables of the forms are not here: they are made, and widened by new columns, as the forms declare
(`zjf.ledger.upgrade`), once all revisions have run. So a revision that renames a form's column must
ask first whether the table is there.
"""

from alembic import op


def only_add_lines(table: str, lines: str) -> None:
    """Makes the database itself refuse to change or remove a line of a table.

    Args:
        lines: What its lines are, for the refusal.
    """
    if op.get_context().dialect.name == "sqlite":
        for what, done in (("UPDATE", "changed"), ("DELETE", "removed")):
            op.execute(
                f"CREATE TRIGGER {table}_not_{done} BEFORE {what} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{lines} are only ever added'); END"
            )
    else:
        op.execute(
            f"CREATE TRIGGER {table}_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION zjf_only_added()"
        )
