"""The names of people in a ledger, so that they can be masked wherever they stand."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from zjf.ledger.rows.batches import batches
from zjf.ledger.storage.tables import VERSIONS
from zjf.problems import People
from zjf.schemas import FORMS


def people_on_record(connection: Connection) -> People:
    """Returns everybody who was ever named in a column of names: owners, users, heads of households."""
    return People(_names(connection))


def _names(connection: Connection) -> Iterator[str]:
    for form_id, table in VERSIONS.items():
        form = FORMS[form_id]
        names = [field.name for field in form.fields if field.names_people]
        if not names:
            continue
        for name in names:
            yield from filter(None, connection.scalars(select(table.c[name]).distinct()))
        for batch in batches(connection, form):
            for cells in batch.cells(connection, names).values():
                yield from filter(None, set(cells))
