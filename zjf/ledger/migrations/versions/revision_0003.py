"""The sign-off register; like events, signatures are only ever added."""

import sqlalchemy as sa
from alembic import op

from zjf.ledger.migrations import only_add_lines

revision = "0003"
down_revision = "0002"


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
    only_add_lines("signature", "signatures")
