"""Columns of what is accepted, packed, to be read sooner; what was accepted before is read from its versions."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "block",
        sa.Column("unit", sa.Text, primary_key=True),
        sa.Column("column", sa.Text, primary_key=True),
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("packed", sa.LargeBinary, nullable=False),
        sa.Column("seal", sa.Text, nullable=False),
    )
