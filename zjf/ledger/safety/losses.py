"""What restoring a backup would lose: what the ledger holds and the backup does not."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, Table, func, inspect, select, true

from zjf.errors import CannotDoError
from zjf.ledger.registers.draws import DRAWN
from zjf.ledger.storage.damage import damaged_when_garbled
from zjf.ledger.storage.database import engine_of_file, seeing_one_state
from zjf.ledger.storage.error_messages import translated_errors
from zjf.ledger.storage.tables import event, paper, printed, seen, signature, submission

ONLY_HERE: Mapping[str, tuple[Table, ColumnElement[bool]]] = {
    "收到登记（何时收到、按时还是迟报）": (seen, true()),
    "签字登记": (signature, true()),
    "出表登记（印出的校验码）": (printed, true()),
    "文书编号": (paper, true()),
    "抽查的抽取": (event, event.c.what == DRAWN),
}
"""Tables, and which of their lines are nowhere but in the ledger: aggregating the returns again does not restore them."""


@dataclass(frozen=True)
class Losses:
    """What is in the ledger and not in the backup.

    Args:
        returns: By period, how many accepted tables; aggregating again restores them.
        only_here: By kind of `ONLY_HERE`, how many lines; nothing restores them.
    """

    returns: Mapping[str, int]
    only_here: Mapping[str, int]


def losses(now: Path, backup: Path) -> Losses | None:
    """Returns what a ledger holds and its backup does not; None where one of them cannot be read."""
    try:
        (returns, only_here), (returns_then, only_here_then) = (_counts_in(file) for file in (now, backup))
    except CannotDoError:
        return None
    return Losses(_beyond(returns, returns_then), _beyond(only_here, only_here_then))


def _beyond(now: Mapping[str, int], then: Mapping[str, int]) -> dict[str, int]:
    return {what: count - then.get(what, 0) for what, count in now.items() if count > then.get(what, 0)}


def _counts_in(file: Path) -> tuple[dict[str, int], dict[str, int]]:
    engine = engine_of_file(file)
    with translated_errors(engine), damaged_when_garbled(), seeing_one_state(engine) as connection:
        counted = select(submission.c.period, func.count()).group_by(submission.c.period)
        returns = {str(period): int(count) for period, count in connection.execute(counted)}
        return returns, _count_only_here(connection)


def _count_only_here(connection: Connection) -> dict[str, int]:
    tables = set(inspect(connection).get_table_names())
    return {
        title: connection.scalars(select(func.count()).select_from(table).where(which)).one()
        for title, (table, which) in ONLY_HERE.items()
        if table.name in tables
    }
