"""A whole ledger looked at for damage: its file, its small tables, and every row that was ever accepted."""

from collections.abc import Iterator

import numpy as np
from sqlalchemy import Connection, Engine, inspect, select

from zjf.errors import CannotDoError
from zjf.ledger.rows.blocks import damaged_blocks
from zjf.ledger.rows.versions import digest_of, unpack
from zjf.ledger.storage import checksums
from zjf.ledger.storage.damage import LedgerDamagedError, noticed_when_garbled
from zjf.ledger.storage.database import seeing_one_state
from zjf.ledger.storage.error_messages import translated_errors
from zjf.ledger.storage.tables import VERSIONS, block, checksum, stored_columns, submission
from zjf.schemas import FORMS


def examine(engine: Engine) -> list[str]:
    """What is damaged in a ledger, in words that quote no cell; nothing where all is as it was written."""
    try:
        with translated_errors(engine), noticed_when_garbled(), seeing_one_state(engine) as connection:
            return list(_damages(connection))
    except CannotDoError as unreadable:
        return [unreadable.message]


def _damages(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        findings = connection.exec_driver_sql("PRAGMA integrity_check(100)").scalars().all()
        if findings != ["ok"]:
            yield f"文件的结构有 {len(findings)} 处损坏"
    there = set(inspect(connection).get_table_names())
    if checksum.name in there:  # an older zjf's ledger has none
        try:
            checksums.check(connection)
        except LedgerDamagedError as damaged:
            yield str(damaged)
    if block.name in there and (changed := damaged_blocks(connection)):
        yield f"按栏存放的数据有 {changed} 处与接收时不同"
    for form in VERSIONS:
        if VERSIONS[form].name in there:
            yield from _damages_of_rows(connection, form)


def _damages_of_rows(connection: Connection, form: str) -> Iterator[str]:
    table, title = VERSIONS[form], FORMS[form].info.title
    present = {column["name"] for column in inspect(connection).get_columns(table.name)}
    names = [name for name in stored_columns(FORMS[form]) if name in present]
    changed, numbers = 0, []
    for row in connection.execute(
        select(table.c.version_id, table.c.digest, *(table.c[name] for name in names))
    ):
        number, digest, *cells = row
        numbers.append(number)
        changed += digest_of(dict(zip(names, cells, strict=True))) != digest
    if changed:
        yield f"{title}有 {changed} 行与接收时不同"
    packed = connection.scalars(select(submission.c.versions).where(submission.c.form == form))
    gone = {number for block in packed for number in np.setdiff1d(unpack(block), numbers).tolist()}
    if gone:
        yield f"{title}少了 {len(gone)} 行"
