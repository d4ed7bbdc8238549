"""The register of printed tables: every code that was handed out, with the content of its table.

A table that is printed again unchanged gets no second line.
"""

import json
import zlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, select

from zjf import __version__
from zjf.ledger.records import PrintedTable
from zjf.ledger.storage.checksums import add_lines
from zjf.ledger.storage.tables import printed

PRESS = "pressed_by"
"""The key of the fingerprint of the press that set a table as a PDF."""
_KEY = (printed.c.unit, printed.c.form, printed.c.period, printed.c.code, printed.c.digest)


def lacking(connection: Connection, tables: Iterable[PrintedTable]) -> list[PrintedTable]:
    """Returns the tables that are not on record, each once."""
    by_key = {(*_identity(table), _digest(table.content)): table for table in tables}
    known = {
        tuple(row)
        for period in {table.period for table in by_key.values()}
        for row in connection.execute(select(*_KEY).where(printed.c.period == period))
    }
    return [
        table
        for key, table in by_key.items()
        if key not in known and not _is_on_record_as_pdf(connection, table)
    ]


def _is_on_record_as_pdf(connection: Connection, table: PrintedTable) -> bool:
    """Whether the same was printed as a PDF before, whose entry has the fingerprint of the press besides."""
    if PRESS in table.content:
        return False
    content = _text({**table.content, PRESS: ""})
    return any(
        _text({**entry.content, PRESS: ""}) == content
        for entry in tables_bearing(connection, *_identity(table))
    )


def add(connection: Connection, tables: Iterable[PrintedTable], at: datetime) -> None:
    """Adds the tables that are not on record."""
    for table in lacking(connection, tables):
        about = {name: getattr(table, name) for name in ("unit", "form", "period", "code", "as_of")}
        kept = {"digest": _digest(table.content), "said": pack(table.content), "recorded_at": at}
        add_lines(connection, printed, about | kept | {"zjf_version": __version__})


def tables_bearing(
    connection: Connection, unit: str, form: str, period: str, code: str
) -> list[PrintedTable]:
    """Returns the tables that were printed under a code, the first printed first."""
    key = dict(zip(_KEY, (unit, form, period, code), strict=False))
    query = select(printed.c.said, printed.c.as_of).where(*(name == value for name, value in key.items()))
    return [
        PrintedTable(
            unit=unit, form=form, period=period, code=code, content=unpack(row.said), as_of=row.as_of
        )
        for row in connection.execute(query.order_by(printed.c.id))
    ]


def pack(content: Mapping[str, Any]) -> bytes:
    """Returns the content of a table as few bytes."""
    return zlib.compress(_text(content), 9)


def unpack(packed: bytes) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(zlib.decompress(packed))
    return content


def digest_of(table: PrintedTable) -> str:
    """Returns a digest of what an entry says, the same whenever it is made again."""
    return _digest(table.content).hex()


def _identity(table: PrintedTable) -> tuple[str, str, str, str]:
    return table.unit, table.form, table.period, table.code


def _digest(content: Mapping[str, Any]) -> bytes:
    return blake2b(_text(content), digest_size=16).digest()


def _text(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
