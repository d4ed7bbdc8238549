"""Returns with many new rows, of which the columns alone hold the cells; what was accepted before stays as it is."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "batch",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("form", sa.Text, nullable=False),
        sa.Column("digests", sa.LargeBinary, nullable=False),
        sa.Column("column_digests", sa.JSON, nullable=False),
        sa.Column("seal", sa.Text, nullable=False),
    )
