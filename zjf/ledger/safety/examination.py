"""A whole ledger examined for damage: its file, its small tables, and every row that was ever accepted."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine, select

from zjf.errors import CannotDoError
from zjf.ledger.rows.batches import batches
from zjf.ledger.rows.blocks import damaged_blocks
from zjf.ledger.rows.row_texts import changed_rows
from zjf.ledger.rows.versions import unpack
from zjf.ledger.storage import checksums
from zjf.ledger.storage.damage import LedgerDamagedError, damaged_when_garbled
from zjf.ledger.storage.database import seeing_one_state
from zjf.ledger.storage.error_messages import translated_errors
from zjf.ledger.storage.tables import VERSIONS, batch, block, checksum, stored_columns, submission
from zjf.schemas import FORMS


def examine(engine: Engine) -> list[str]:
    """Returns what is damaged in a ledger, in words that quote no cell; empty where all is as it was written."""
    try:
        with translated_errors(engine), damaged_when_garbled(), seeing_one_state(engine) as connection:
            return list(_damages(connection))
    except CannotDoError as unreadable:
        return [unreadable.message]


def _damages(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        findings = connection.exec_driver_sql("PRAGMA integrity_check(100)").scalars().all()
        if findings != ["ok"]:
            yield f"文件的结构有 {len(findings)} 处损坏"
    tables = checksums.columns_there(connection)
    if checksum.name in tables:  # an older zjf's ledger has none
        try:
            checksums.check(connection, columns=tables)
        except LedgerDamagedError as damage:
            yield str(damage)
    if block.name in tables and (changed := damaged_blocks(connection)):
        yield f"按栏存放的数据有 {changed} 处与接收时不同"
    for form in VERSIONS:
        if VERSIONS[form].name in tables:
            names = [name for name in stored_columns(FORMS[form]) if name in tables[VERSIONS[form].name]]
            try:
                yield from _damages_of_rows(connection, form, names, with_batches=batch.name in tables)
            except LedgerDamagedError as damage:
                yield str(damage)


def _damages_of_rows(
    connection: Connection, form: str, names: Sequence[str], *, with_batches: bool
) -> Iterator[str]:
    title, changed, numbers = FORMS[form].info.title, 0, []
    for number, is_changed in changed_rows(connection, VERSIONS[form], names):
        numbers.append(number)
        changed += is_changed
    for rows in batches(connection, FORMS[form]) if with_batches else ():
        numbers += rows.numbers.tolist()
        changed += rows.count_changed(connection)
    if changed:
        yield f"{title}有 {changed} 行与接收时不同"
    if gone := _gone(connection, form, np.sort(np.array(numbers, dtype=np.int64))):
        yield f"{title}少了 {len(gone)} 行"


def _gone(connection: Connection, form: str, present: NDArray[np.int64]) -> set[int]:
    """Returns the version numbers in submissions of a form that no version has.

    Args:
        present: The numbers of its versions, sorted, so that many can be looked up at once.
    """
    gone: set[int] = set()
    for packed in connection.scalars(select(submission.c.versions).where(submission.c.form == form)):
        numbers = unpack(packed)
        places = np.searchsorted(present, numbers)
        known = places < len(present)
        known[known] = present[places[known]] == numbers[known]
        gone.update(numbers[~known].tolist())
    return gone
