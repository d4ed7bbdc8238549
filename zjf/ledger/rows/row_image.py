"""Rows as a small SQLite database (an image), made by the process that reads a return and copied within SQLite.

The process that accepts all returns, one after another, then binds no cell. That pays where nearly all rows are new,
in a county's first week. Later, few rows are new, and they are inserted one by one.
"""

import sqlite3
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from isal import isal_zlib
from sqlalchemy import Column, Connection, MetaData, Table, select, true
from sqlalchemy.dialects.sqlite import Insert, insert

from zjf.ledger.storage.connections import ONE_USE
from zjf.ledger.storage.database import engine_in_memory

_FAST = 1
_ATTACHED = "images"
"""The key under which a connection counts the images attached to it."""


def image_of(table: Table, fill: Callable[[Connection], None]) -> bytes:
    """Returns a packed database with one table; empty where this Python's SQLite cannot serialize one.

    Args:
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


def copy_rows(connection: Connection, table: Table, image: bytes, count: int) -> int | None:
    """Copies the rows of an image that the ledger lacks into it, in their order.

    Args:
        connection: To an SQLite ledger, in a transaction. The image stays attached to it until it is closed.
        image: What `image_of` made of rows of the table.
        count: How many rows that are.

    Returns:
        The key of the first one if all were lacking: SQLite gives the rows of one statement consecutive keys. Else None.
    """
    connection.info[ONE_USE] = True  # SQLite attaches ten at most, and keeps each in memory
    number = connection.info[_ATTACHED] = connection.info.get(_ATTACHED, 0) + 1
    name = f"image_{number}"
    database = _driver(connection)
    try:
        database.execute(f"ATTACH ':memory:' AS {name}").close()
        database.deserialize(isal_zlib.decompress(image), name=name)
    except (AttributeError, sqlite3.Error):  # this SQLite cannot: the rows are inserted one by one
        return None
    copied = connection.execute(_copying(table, name))
    return copied.lastrowid - count + 1 if copied.rowcount == count else None


@lru_cache(maxsize=16)
def _copying(table: Table, schema: str) -> Insert:
    """Returns the statement that copies; made once, it is compiled once."""
    rows = table.to_metadata(MetaData(), schema=schema)
    columns = [column.name for column in table.c if not column.primary_key]
    new = select(*(rows.c[column] for column in columns)).where(true()).order_by(*rows.primary_key)
    return insert(table).from_select(columns, new).on_conflict_do_nothing()


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection
