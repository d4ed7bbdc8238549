"""Where the rows of a submission stood: sheet, columns and rows of its file, packed."""

import json
import zlib
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, insert, select

from zjf.intake.rows.runs import as_runs, numbers_in
from zjf.ledger.acceptances import SheetRows
from zjf.ledger.storage.damage import LedgerDamagedError
from zjf.ledger.storage.tables import places


def pack(sheets: Iterable[SheetRows], number: int) -> bytes:
    """Returns the places in few bytes: rows that follow one another are one run.

    Args:
        number: The submission's id. It is packed with them, so that places of another submission are recognized.
    """
    content = [{"sheet": part.sheet, "columns": part.columns, "runs": as_runs(part.rows)} for part in sheets]
    return zlib.compress(json.dumps({"of": number, "sheets": content}, ensure_ascii=False).encode())


def unpack(packed: bytes, number: int) -> tuple[SheetRows, ...]:
    """Returns the places that `pack` packed.

    Raises:
        LedgerDamagedError: They are another submission's.
    """
    content = json.loads(zlib.decompress(packed))
    if isinstance(content, list):  # an older zjf did not pack the id
        content = {"of": number, "sheets": content}
    if content["of"] != number:
        raise LedgerDamagedError("一次接收的行号记录与写入时不同")
    return tuple(
        SheetRows(part["sheet"], part["columns"], tuple(numbers_in(part["runs"])))
        for part in content["sheets"]
    )


def keep(connection: Connection, number: int, sheets: Sequence[SheetRows]) -> None:
    """Stores where a submission's rows stood, unless that is on record from the same file."""
    if sheets and not places_of(connection, number):
        connection.execute(insert(places).values(submission=number, packed=pack(sheets, number)))


def places_of(connection: Connection, number: int) -> tuple[SheetRows, ...]:
    """Returns where a submission's rows stood; none where an older zjf accepted it, which kept no places."""
    packed = connection.scalar(select(places.c.packed).where(places.c.submission == number))
    return unpack(packed, number) if packed else ()
