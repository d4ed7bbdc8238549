"""The register of papers handed out about houses; a number is given once, and its line only ever added."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_SQLITE = (
    "CREATE TRIGGER paper_not_changed BEFORE UPDATE ON paper"
    " BEGIN SELECT RAISE(ABORT, 'papers are only ever added'); END",
    "CREATE TRIGGER paper_not_removed BEFORE DELETE ON paper"
    " BEGIN SELECT RAISE(ABORT, 'papers are only ever added'); END",
)
_POSTGRES = (
    "CREATE TRIGGER paper_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON paper"
    " FOR EACH STATEMENT EXECUTE FUNCTION zjf_only_added()",
)


def upgrade() -> None:
    op.create_table(
        "paper",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("house_id", sa.Text, nullable=False),
        sa.Column("period", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("kind", "year", "number"),
    )
    op.create_index("papers_of_a_house", "paper", ["unit", "house_id"])
    for statement in _SQLITE if op.get_context().dialect.name == "sqlite" else _POSTGRES:
        op.execute(statement)
