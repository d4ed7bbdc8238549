"""The sign-off register: who signed which table. A table that is signed again gets another line."""

from datetime import datetime

from sqlalchemy import Connection, select

from zjf.ledger.records import Signature
from zjf.ledger.registers import log
from zjf.ledger.storage.checksums import add_lines
from zjf.ledger.storage.tables import signature


def add(connection: Connection, signed: Signature, at: datetime) -> bool:
    """Records a signature, unless it is the table's last one already; returns whether it was recorded."""
    if signed in last_of(connection, signed.period):
        return False
    add_lines(connection, signature, vars(signed) | {"recorded_at": at})
    log.add(connection, at, "signed", signed, code=signed.code, scan_sha256=signed.scan_sha256)
    return True


def last_of(connection: Connection, period: str) -> list[Signature]:
    """The last signature of every table of a period, in the order in which they were recorded."""
    return list(
        {(signature.unit, signature.form): signature for signature in all_of(connection, period)}.values()
    )


def all_of(connection: Connection, period: str) -> list[Signature]:
    """All that was ever signed of a period, in the order in which it was recorded."""
    columns = [column for column in signature.c if column.name not in ("id", "recorded_at")]
    recorded = select(*columns).where(signature.c.period == period).order_by(signature.c.id)
    return [Signature(**row._mapping) for row in connection.execute(recorded)]
