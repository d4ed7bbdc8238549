"""Digests of the rows of each submission, and checksums of the small tables: the ledger knows its damage."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("submission", sa.Column("column_digests", sa.JSON))
    op.create_table(
        "checksum",
        sa.Column("table_name", sa.Text, primary_key=True),
        sa.Column("period", sa.Text, primary_key=True),
        sa.Column("lines", sa.Integer, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
    )
