"""The register of papers handed out about houses; a number is given once, and its line only ever added."""

import sqlalchemy as sa
from alembic import op

from zjf.ledger.migrations import only_add_lines

revision = "0007"
down_revision = "0006"


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
    only_add_lines("paper", "papers")
