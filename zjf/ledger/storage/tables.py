"""The ledger's tables. Those of the forms are made from the forms' declarations."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.event import listens_for

from zjf.ledger.records import Status
from zjf.ledger.storage.columns import UtcTime, columns_of
from zjf.schemas import FORMS, Form

metadata = MetaData()

# One row, which Alembic keeps: the version that the tables below have (`zjf.ledger.migrations`).
schema = Table("zjf_schema", metadata, Column("version_num", String(32), primary_key=True))

submission = Table(
    "submission",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("zjf_version", Text, nullable=False),
    Column("rows_read", Integer, nullable=False),
    Column("rows_accepted", Integer, nullable=False),
    Column("rows_rejected", Integer, nullable=False),
    Column("partial", Boolean, nullable=False),
    Column("nil", Boolean, nullable=False),
    Column("notes", JSON, nullable=False),
    Column("status", Text, nullable=False),
    Column("superseded_by", Integer, ForeignKey("submission.id")),
    Column("versions", LargeBinary, nullable=False),  # the rows it consists of, packed (`versions.pack`)
    Column("column_digests", JSON(none_as_null=True)),  # of its rows (`digests.digests_of`)
)
_is_current = submission.c.status == Status.CURRENT.value
_one_current = Index(
    "one_current_submission",
    submission.c.unit,
    submission.c.form,
    submission.c.period,
    unique=True,
    sqlite_where=_is_current,
)


@listens_for(submission, "before_create")
def _tell_postgresql(_: Table, connection: Connection, **__: object) -> None:
    """Sets the index's condition late: naming PostgreSQL loads its dialect, a tenth of what `zjf status` loads."""
    if connection.dialect.name == "postgresql":
        _one_current.dialect_kwargs["postgresql_where"] = _is_current


places = Table(
    "places",
    metadata,
    Column("submission", Integer, ForeignKey("submission.id"), primary_key=True, autoincrement=False),
    Column("packed", LargeBinary, nullable=False),  # where its rows stood in the file (`places.pack`)
)

block = Table(
    "block",
    metadata,
    Column("unit", Text, primary_key=True),  # as its return was accepted
    Column("column", Text, primary_key=True),  # with its form: house-ledger.floors
    Column("digest", Text, primary_key=True),  # of what the column says (`digests.digest_of_texts`)
    Column("packed", LargeBinary, nullable=False),  # `blocks.PackedColumn.pack`
    Column("seal", Text, nullable=False),  # of all the others
)
"""Columns of what was accepted (`zjf.ledger.rows.blocks`)."""

batch = Table(
    "batch",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit", Text, nullable=False),  # as its return was accepted
    Column("form", Text, nullable=False),
    Column("digests", LargeBinary, nullable=False),  # of its rows (`row_digests.digest_of`), joined
    Column("column_digests", JSON, nullable=False),  # by them its blocks are known
    Column("seal", Text, nullable=False),  # of all the others
)
"""Returns whose rows are kept by column alone (`zjf.ledger.rows.batches`)."""

seen = Table(
    "seen",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("unit", Text, primary_key=True),
    Column("form", Text, primary_key=True),
    Column("file_name", Text, nullable=False),
    Column("first_seen_at", UtcTime, nullable=False),
)

event = Table(
    "event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("what", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("detail", JSON, nullable=False),
)

signature = Table(
    "signature",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("signed_by", Text, nullable=False),
    Column("signed_on", Date, nullable=False),
    Column("scan_name", Text, nullable=False),
    Column("scan_sha256", Text, nullable=False),
    Column("recorded_at", UtcTime, nullable=False),
)

printed = Table(
    "printed",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("digest", LargeBinary(16), nullable=False),
    Column("said", LargeBinary, nullable=False),  # what the table says, packed (`printed.pack`)
    Column("as_of", UtcTime, nullable=False),
    Column("recorded_at", UtcTime, nullable=False),
    Column("zjf_version", Text, nullable=False),
    UniqueConstraint("period", "unit", "form", "code", "digest"),
)

checksum = Table(
    "checksum",
    metadata,
    Column("table_name", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("lines", Integer, nullable=False),
    Column("digest", Text, nullable=False),
)
"""What a small table holds of a period (`zjf.ledger.storage.checksums`)."""

paper = Table(
    "paper",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer),
    Column("unit", Text, nullable=False),
    Column("house_id", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    UniqueConstraint("kind", "year", "number"),
    Index("papers_of_a_house", "unit", "house_id"),
)


def stored_columns(form: Form) -> list[str]:
    """The columns kept of a row: all of the form but the unit, which its version names anyway."""
    return [name for field in form.fields if field is not form.unit_field for name in field.columns]


def _versions_table(form: Form) -> Table:
    """The versions of a form's rows: a row that is reported again unchanged is stored once."""
    return Table(
        form.id.replace("-", "_"),
        metadata,
        Column("version_id", Integer, primary_key=True),
        Column("unit", Text, nullable=False),
        Column("digest", LargeBinary(16), nullable=False),
        *(column for field in form.fields if field is not form.unit_field for column in columns_of(field)),
        UniqueConstraint("unit", "digest"),
    )


VERSIONS: dict[str, Table] = {form.id: _versions_table(form) for form in FORMS.values()}
"""Every form's table of row versions, by the form's id."""
