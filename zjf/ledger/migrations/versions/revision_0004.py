"""The register of printed tables; like signatures, its lines are only ever added."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_SQLITE = (
    "CREATE TRIGGER printed_not_changed BEFORE UPDATE ON printed"
    " BEGIN SELECT RAISE(ABORT, 'printed tables are only ever added'); END",
    "CREATE TRIGGER printed_not_removed BEFORE DELETE ON printed"
    " BEGIN SELECT RAISE(ABORT, 'printed tables are only ever added'); END",
)
_POSTGRES = (
    "CREATE TRIGGER printed_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON printed"
    " FOR EACH STATEMENT EXECUTE FUNCTION zjf_only_added()",
)


def upgrade() -> None:
    op.create_table(
        "printed",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("form", sa.Text, nullable=False),
        sa.Column("period", sa.Text, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("digest", sa.LargeBinary(16), nullable=False),
        sa.Column("said", sa.LargeBinary, nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("zjf_version", sa.Text, nullable=False),
        sa.UniqueConstraint("period", "unit", "form", "code", "digest"),
    )
    for statement in _SQLITE if op.get_context().dialect.name == "sqlite" else _POSTGRES:
        op.execute(statement)
