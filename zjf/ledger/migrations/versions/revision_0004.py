"""The register of printed tables; like signatures, its lines are only ever added."""

import sqlalchemy as sa
from alembic import op

from zjf.ledger.migrations import only_add_lines

revision = "0004"
down_revision = "0003"


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
    only_add_lines("printed", "printed tables")
