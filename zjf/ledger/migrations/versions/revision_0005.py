"""Where the rows of a submission stood on the sheets of its file, so that a figure can name the cells."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "places",
        sa.Column(
            "submission",
            sa.Integer,
            sa.ForeignKey("submission.id"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("packed", sa.LargeBinary, nullable=False),
    )
