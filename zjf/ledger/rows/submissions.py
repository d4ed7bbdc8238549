"""Submissions: accepting one in place of another, and the rows of those that count."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Column, Connection, Row, RowMapping, Select, bindparam, insert, select, update

from zjf import __version__
from zjf.ledger.acceptances import Acceptance, OvertakenError, SameRows
from zjf.ledger.records import CurrentName, Outcome, Status, Submission
from zjf.ledger.registers import log
from zjf.ledger.rows import places
from zjf.ledger.rows.digests import ColumnDigests
from zjf.ledger.rows.ready_rows import ReadyRows, store
from zjf.ledger.rows.spilled_rows import SpilledRows
from zjf.ledger.rows.versions import StoredRows, load, pack, unpack
from zjf.ledger.storage.checksums import about_to_change, wait_to_renew
from zjf.ledger.storage.tables import stored_columns, submission
from zjf.schemas import Form

_ROW_COLUMNS = (submission.c.versions, submission.c.column_digests)

OF_SUBMISSION = tuple(column for column in submission.c if column not in set(_ROW_COLUMNS))
"""The columns that `submission_of` reads."""

_ROWS_OF_UNITS = (submission.c.unit, *_ROW_COLUMNS)

_WHOSE = (submission.c.id, submission.c.unit, submission.c.form)

IS_CURRENT = submission.c.status == Status.CURRENT

_SAME_AS_BEFORE = ("sha256", "rows_read", "rows_rejected", "partial", "nil", "notes")


def accept(
    connection: Connection,
    acceptance: Acceptance,
    rows: ReadyRows | SameRows,
    at: datetime,
    current_name: CurrentName,
) -> Outcome:
    """Accepts one table, unless it is on record unchanged.

    It replaces the current submissions of the unit's form and period, under any name that the unit had.
    """
    about_to_change(connection, submission, acceptance.period)
    values = _values(acceptance)
    versions, column_digests = _store_or_reuse(connection, rows)
    of_form = {"form": acceptance.form, "period": acceptance.period}
    replaceable = [
        row
        for row in connection.execute(those_with(*of_form), of_form).mappings()
        if current_name(row["unit"]) == current_name(acceptance.unit)
    ]
    same = next((row["id"] for row in replaceable if _is_same(row, values, versions)), None)
    replaced = [row["id"] for row in replaceable if row["id"] != same]
    if same and not replaced:
        places.keep(connection, same, acceptance.sheets)
        return Outcome.UNCHANGED
    is_replaced = submission.c.id.in_(replaced)
    connection.execute(update(submission).where(is_replaced).values(status=Status.SUPERSEDED))
    values |= {"received_at": at, "status": Status.CURRENT, "versions": pack(versions)}
    values |= {"column_digests": column_digests}
    number = same or connection.scalars(insert(submission).returning(submission.c.id), values).one()
    places.keep(connection, number, acceptance.sheets)
    connection.execute(update(submission).where(is_replaced).values(superseded_by=number))
    outcome = Outcome.REPLACED if replaceable else Outcome.NEW
    log.add(
        connection,
        at,
        outcome,
        acceptance,
        submission=number,
        file_name=acceptance.file_name,
        sha256=acceptance.sha256,
    )
    return outcome


def refuse_overtaken(
    connection: Connection,
    accepted: Collection[Acceptance],
    compared_with: set[int],
    current_name: CurrentName,
) -> None:
    """Refuses what was just accepted where others count that it was not compared with; call it before the end.

    Raises:
        OvertakenError: There are such others.
    """
    wait_to_renew(connection)  # on PostgreSQL other units' returns are accepted at the same time
    own = {(current_name(acceptance.unit), acceptance.form) for acceptance in accepted}
    for period in {acceptance.period for acceptance in accepted}:
        for row in connection.execute(those_with("period", columns=_WHOSE), {"period": period}):
            if (current_name(row.unit), row.form) in own:
                compared_with.add(row.id)
            elif row.id not in compared_with:
                raise OvertakenError


def prepared(
    form: Form, unit: str, rows: pd.DataFrame | SameRows | ReadyRows | SpilledRows
) -> ReadyRows | SameRows:
    """Returns rows ready to be stored; rows on record need no preparation."""
    if isinstance(rows, pd.DataFrame):
        return ReadyRows.of(form, unit, rows)
    return rows.ready() if isinstance(rows, SpilledRows) else rows


def _store_or_reuse(
    connection: Connection, rows: ReadyRows | SameRows
) -> tuple[NDArray[np.int64], ColumnDigests | None]:
    """Returns the version numbers of rows and the digests of their columns; stores rows that are not on record."""
    if isinstance(rows, ReadyRows):
        return store(connection, rows), {name: column.digest for name, column in rows.columns.items()}
    its_rows = select(*_ROW_COLUMNS).where(submission.c.id == rows.submission)
    versions, column_digests = connection.execute(its_rows).one()
    return unpack(versions), column_digests


def _is_same(former: RowMapping, values: Mapping[str, Any], versions: NDArray[np.int64]) -> bool:
    as_before = all(former[name] == values[name] for name in _SAME_AS_BEFORE)
    return as_before and np.array_equal(unpack(former["versions"]), versions)


def rows_that_count(
    connection: Connection,
    form: Form,
    period: str,
    units: Iterable[str] | None,
    current_name: CurrentName,
    columns: Collection[str] | None = None,
) -> pd.DataFrame:
    """Returns the rows that count for a period, of some units or all, in some columns or all."""
    of_form = {"form": form.id, "period": period}
    by_unit: dict[str, list[StoredRows]] = {}
    for row in connection.execute(those_with(*of_form, columns=_ROWS_OF_UNITS), of_form):
        stored = StoredRows(current_name(row.unit), row.versions, row.column_digests, row.unit)
        by_unit.setdefault(stored.unit, []).append(stored)
    names = sorted(by_unit) if units is None else [unit for unit in units if unit in by_unit]
    tables = [stored for unit in names for stored in effective(form, by_unit[unit])]
    rows = load(connection, form, tables, columns)
    joined = [unit for unit in names if adds_up(form, by_unit[unit])]
    return drop_duplicate_rows(form, rows, joined) if len(tables) > len(names) else rows


def filled_columns(
    connection: Connection, form: Form, period: str, units: Collection[str], current_name: CurrentName
) -> set[str]:
    """Returns the columns that are not blank throughout, in some units' rows of a period."""
    of_form = {"form": form.id, "period": period}
    filled: set[str] = set()
    for row in connection.execute(those_with(*of_form, columns=_ROWS_OF_UNITS), of_form):
        if current_name(row.unit) in units:
            filled.update(stored_columns(form) if row.column_digests is None else row.column_digests)
    return filled


def stored_rows(connection: Connection, accepted: Submission) -> StoredRows:
    query = select(*_ROWS_OF_UNITS).where(submission.c.id == accepted.id)
    row = connection.execute(query).one()
    return StoredRows(accepted.unit, row.versions, row.column_digests, row.unit)


_Accepted = TypeVar("_Accepted", StoredRows, Submission)


def adds_up(form: Form, sent: Sequence[StoredRows] | Sequence[Submission]) -> bool:
    """Whether one unit's current tables add up, as they are of several former units that became this one.

    They do not where one of them came under the unit's present name: that one repeats what the former units sent. Nor
    do tables whose rows concern the whole county.
    """
    return (
        len(sent) > 1
        and not form.info.known_countywide
        and all(table.accepted_as != table.unit for table in sent)
    )


def effective(form: Form, sent: Sequence[_Accepted]) -> Sequence[_Accepted]:
    """Returns, of one unit's current tables, under whatever names they came, those whose rows count.

    Rows that have a key count from every table (`drop_duplicate_rows`). Figures count from every table where they add
    up, else from the last table only.
    """
    return sent if form.info.key or adds_up(form, sent) else sent[-1:]


def left_out(form: Form, sent: Sequence[Submission], ledgers: Sequence[Submission]) -> set[str]:
    """Returns the former units that became part of a unit and whose figures do not count.

    Args:
        form: A form of figures.
        sent: The unit's current tables of that form.
        ledgers: The unit's current house ledgers: where there are any, the figures are counted from them.
    """
    if form.info.key:
        return set()
    counting = {table.accepted_as for table in (ledgers or effective(form, sent))}
    return {table.accepted_as for table in sent} - counting


def drop_duplicate_rows(form: Form, rows: pd.DataFrame, joined: Collection[str]) -> pd.DataFrame:
    """Returns rows without those that a later table of the same unit, under another of its names, holds again.

    Args:
        rows: The rows, tables in the order in which they were accepted.
        joined: The units whose tables add up: in them, two villages of one name are two.
    """
    unit = form.unit_field.name
    again = rows.duplicated([unit, *form.info.key], keep="last") & ~rows[unit].isin(joined)
    return rows[~again].reset_index(drop=True)


def _values(acceptance: Acceptance) -> dict[str, Any]:
    return {
        "unit": acceptance.unit,
        "form": acceptance.form,
        "period": acceptance.period,
        "file_name": acceptance.file_name,
        "sha256": acceptance.sha256,
        "zjf_version": __version__,
        "rows_read": acceptance.rows_read,
        "rows_accepted": len(acceptance.frame),
        "rows_rejected": acceptance.rows_rejected,
        "partial": acceptance.partial,
        "nil": acceptance.nil,
        "notes": dict(acceptance.notes),
    }


@cache
def those_with(
    *names: str, columns: tuple[Column[Any], ...] = (*submission.c,), superseded: bool = False
) -> Select[Any]:
    """Asks for the submissions that have certain values, in the order in which they were accepted.

    It is written once: to put a statement together takes longer than to run it.

    Args:
        names: The columns of these values, which are given when it is run.
        columns: What is asked of them.
        superseded: Whether those are asked for, too, that others have replaced.
    """
    equal = [submission.c[name] == bindparam(name) for name in names]
    current = [] if superseded else [IS_CURRENT]
    return select(*columns).where(*equal, *current).order_by(submission.c.id)


def submission_of(row: Row[Any], current_name: CurrentName) -> Submission:
    return Submission(
        **{
            **row._mapping,
            "unit": current_name(row.unit),
            "accepted_as": row.unit,
            "status": Status(row.status),
        }
    )
