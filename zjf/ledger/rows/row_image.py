"""Rows as a small SQLite database of their own, made where a return is read: the ledger copies them within SQLite.

So the process that accepts a county's returns one after another binds no cell. It pays where nearly all rows are new,
in a county's first week: of later ones few are, and these are inserted as they are.
"""

import sqlite3
import zlib
from collections.abc import Callable
from typing import Any

from isal import isal_zlib
from sqlalchemy import Column, Connection, MetaData, Table, select, true
from sqlalchemy.dialects.sqlite import insert

from zjf.ledger.storage.database import engine_in_memory

_FAST = 1
_ATTACHED = "images"
"""Under which key a connection counts the images that were attached to it."""


def image_of(table: Table, fill: Callable[[Connection], None]) -> bytes:
    """Returns a database with one table, packed; nothing where this Python's SQLite hands none over.

    Args:
        table: The table.
        fill: Adds its rows, none of them twice: nothing is looked up here, so there is no index.
    """
    engine = engine_in_memory()
    columns = [Column(column.name, column.type, primary_key=column.primary_key) for column in table.c]
    Table(table.name, MetaData(), *columns).create(engine)
    with engine.begin() as connection:
        fill(connection)
    with engine.connect() as connection:
        database = _driver(connection)
        packed = isal_zlib.compress(database.serialize(), _FAST) if hasattr(database, "serialize") else b""
    engine.dispose()
    return packed


def copy_rows(connection: Connection, table: Table, image: bytes) -> bool:
    """Copies the rows of an image into the ledger, in their order, but those that it has; whether that could be done.

    Args:
        connection: To an SQLite ledger, in a transaction. The image is known to it until it is closed.
        table: The table.
        image: What `image_of` made of rows of the table.
    """
    number = connection.info[_ATTACHED] = connection.info.get(_ATTACHED, 0) + 1
    name = f"image_{number}"
    database = _driver(connection)
    try:
        database.execute(f"ATTACH ':memory:' AS {name}").close()
        database.deserialize(zlib.decompress(image), name=name)
    except (AttributeError, sqlite3.Error):  # an SQLite that does not do it: they are inserted one by one
        return False
    rows = table.to_metadata(MetaData(), schema=name)
    columns = [column.name for column in table.c if not column.primary_key]
    new = select(*(rows.c[column] for column in columns)).where(true()).order_by(*rows.primary_key)
    connection.execute(insert(table).from_select(columns, new).on_conflict_do_nothing())
    return True


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection
