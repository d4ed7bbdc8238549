"""What a ledger holds beyond an earlier state of it: what restoring a backup would lose."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Table, func, inspect, select

from zjf.errors import CannotDoError
from zjf.ledger.storage.damage import noticed_when_garbled
from zjf.ledger.storage.database import engine_of_file, seeing_one_state
from zjf.ledger.storage.error_messages import translated_errors
from zjf.ledger.storage.tables import paper, printed, seen, signature, submission

ONLY_HERE: Mapping[str, Table] = {
    "收到登记（何时收到、按时还是迟报）": seen,
    "签字登记": signature,
    "出表登记（印出的校验码）": printed,
    "文书编号": paper,
}
"""Tables whose lines are kept in the ledger alone: aggregating the returns again does not bring them back."""


@dataclass(frozen=True)
class Losses:
    """What was in the ledger and is not in the backup.

    Args:
        returns: By period, how many tables were accepted: to be brought back by aggregating again.
        only_here: By what it is, how many lines of it nothing brings back.
    """

    returns: Mapping[str, int]
    only_here: Mapping[str, int]


def losses(now: Path, backup: Path) -> Losses | None:
    """What a ledger holds beyond its backup; None where it can no longer be read.

    Args:
        now: The ledger's file.
        backup: The backup's.
    """
    try:
        (returns, only_here), (returns_then, only_here_then) = (_held(file) for file in (now, backup))
    except CannotDoError:
        return None
    return Losses(_beyond(returns, returns_then), _beyond(only_here, only_here_then))


def _beyond(now: Mapping[str, int], then: Mapping[str, int]) -> dict[str, int]:
    return {what: count - then.get(what, 0) for what, count in now.items() if count > then.get(what, 0)}


def _held(file: Path) -> tuple[dict[str, int], dict[str, int]]:
    engine = engine_of_file(file)
    with translated_errors(engine), noticed_when_garbled(), seeing_one_state(engine) as connection:
        counted = select(submission.c.period, func.count()).group_by(submission.c.period)
        returns = {str(period): int(count) for period, count in connection.execute(counted)}
        return returns, _only_here(connection)


def _only_here(connection: Connection) -> dict[str, int]:
    there = set(inspect(connection).get_table_names())
    return {
        title: connection.scalars(select(func.count()).select_from(table)).one()
        for title, table in ONLY_HERE.items()
        if table.name in there
    }
