"""The sign-off register; like events, signatures are only ever added."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_SQLITE = (
    "CREATE TRIGGER signature_not_changed BEFORE UPDATE ON signature"
    " BEGIN SELECT RAISE(ABORT, 'signatures are only ever added'); END",
    "CREATE TRIGGER signature_not_removed BEFORE DELETE ON signature"
    " BEGIN SELECT RAISE(ABORT, 'signatures are only ever added'); END",
)
_POSTGRES = (
    "CREATE TRIGGER signature_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON signature"
    " FOR EACH STATEMENT EXECUTE FUNCTION zjf_only_added()",
)


def upgrade() -> None:
    op.create_table(
        "signature",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("form", sa.Text, nullable=False),
        sa.Column("period", sa.Text, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("signed_by", sa.Text, nullable=False),
        sa.Column("signed_on", sa.Date, nullable=False),
        sa.Column("scan_name", sa.Text, nullable=False),
        sa.Column("scan_sha256", sa.Text, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
    )
    for statement in _SQLITE if op.get_context().dialect.name == "sqlite" else _POSTGRES:
        op.execute(statement)
