"""The submissions of one unit, form and period: the current one, and those that it replaced."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Row, RowMapping, insert, select, update

from zjf import __version__
from zjf.ledger.acceptances import Acceptance, SameRows
from zjf.ledger.records import Called, Outcome, Status, Submission
from zjf.ledger.registers import log
from zjf.ledger.rows import places
from zjf.ledger.rows.digests import ColumnDigests
from zjf.ledger.rows.ready import ReadyRows
from zjf.ledger.rows.versions import Prepared, Stored, load, pack, store, unpack
from zjf.ledger.storage.checksums import about_to_change
from zjf.ledger.storage.tables import stored_columns, submission
from zjf.schemas import Form

_ITS_ROWS = (submission.c.versions, submission.c.column_digests)

OF_SUBMISSION = [column for column in submission.c if column not in set(_ITS_ROWS)]
"""The columns that `submission_of` reads."""

IS_CURRENT = submission.c.status == Status.CURRENT

_SAME_AS_BEFORE = ("sha256", "rows_read", "rows_rejected", "partial", "nil", "notes")


def accept(
    connection: Connection, acceptance: Acceptance, rows: Prepared | SameRows, at: datetime, called: Called
) -> Outcome:
    """Takes in one table unless it is on record unchanged; returns the outcome.

    It replaces whatever counts of the unit's form and period, under any name that the unit had.
    """
    about_to_change(connection, submission, acceptance.period)
    values = _values(acceptance)
    versions, column_digests = _stored(connection, rows)
    of_form = select(submission).where(
        *where_equals(form=acceptance.form, period=acceptance.period), IS_CURRENT
    )
    former = [
        row
        for row in connection.execute(of_form.order_by(submission.c.id)).mappings()
        if called(row["unit"]) == called(acceptance.unit)
    ]
    same = next((row["id"] for row in former if _same(row, values, versions)), None)
    replaced = [row["id"] for row in former if row["id"] != same]
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
    outcome = Outcome.REPLACED if former else Outcome.NEW
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


def prepared(form: Form, unit: str, rows: pd.DataFrame | SameRows | ReadyRows) -> Prepared | SameRows:
    """Prepares rows to be accepted; those that are on record are."""
    if isinstance(rows, ReadyRows):
        return rows.prepared()
    return rows if isinstance(rows, SameRows) else Prepared.of(form, unit, rows)


def _stored(
    connection: Connection, rows: Prepared | SameRows
) -> tuple[NDArray[np.int64], ColumnDigests | None]:
    """The versions of some rows, and their digests; rows that are not on record are stored."""
    if isinstance(rows, Prepared):
        return store(connection, rows), rows.column_digests
    of_it = select(*_ITS_ROWS).where(submission.c.id == rows.submission)
    versions, column_digests = connection.execute(of_it).one()
    return unpack(versions), column_digests


def _same(former: RowMapping, values: Mapping[str, Any], versions: NDArray[np.int64]) -> bool:
    as_before = all(former[name] == values[name] for name in _SAME_AS_BEFORE)
    return as_before and np.array_equal(unpack(former["versions"]), versions)


def rows_that_count(
    connection: Connection,
    form: Form,
    period: str,
    units: Iterable[str] | None,
    called: Called,
    columns: Collection[str] | None = None,
) -> pd.DataFrame:
    """The rows that count for a period, of some units or all, and some columns or all."""
    current = select(submission.c.unit, *_ITS_ROWS).where(
        *where_equals(form=form.id, period=period), IS_CURRENT
    )
    by_unit: dict[str, list[Stored]] = {}
    for row in connection.execute(current.order_by(submission.c.id)):
        stored = Stored(called(row.unit), row.versions, row.column_digests, row.unit)
        by_unit.setdefault(stored.unit, []).append(stored)
    wanted = sorted(by_unit) if units is None else [unit for unit in units if unit in by_unit]
    tables = [stored for unit in wanted for stored in effective(form, by_unit[unit])]
    rows = load(connection, form, tables, columns)
    joined = [unit for unit in wanted if adds_up(form, by_unit[unit])]
    return drop_duplicate_rows(form, rows, joined) if len(tables) > len(wanted) else rows


def filled_columns(
    connection: Connection, form: Form, period: str, units: Collection[str], called: Called
) -> set[str]:
    """The columns in which something stands in what counts of some units for a period."""
    current = where_equals(form=form.id, period=period)
    filled: set[str] = set()
    for row in connection.execute(select(submission.c.unit, *_ITS_ROWS).where(*current, IS_CURRENT)):
        if called(row.unit) in units:
            filled.update(stored_columns(form) if row.column_digests is None else row.column_digests)
    return filled


def stored_rows(connection: Connection, accepted: Submission) -> Stored:
    """The rows of a submission, as they are kept."""
    its = select(submission.c.unit, *_ITS_ROWS).where(submission.c.id == accepted.id)
    row = connection.execute(its).one()
    return Stored(accepted.unit, row.versions, row.column_digests, row.unit)


_Sent = TypeVar("_Sent", Stored, Submission)


def adds_up(form: Form, sent: Sequence[Stored] | Sequence[Submission]) -> bool:
    """Whether what counts of one unit is of several that became one, and nothing of it names rows of the county.

    None of it came under the unit's own name: under that name, the unit itself sent once more what it had sent
    under a former one.
    """
    return (
        len(sent) > 1
        and not form.info.known_countywide
        and all(table.accepted_as != table.unit for table in sent)
    )


def effective(form: Form, sent: Sequence[_Sent]) -> Sequence[_Sent]:
    """Of what counts of one unit, under whatever names, the tables whose rows count.

    Rows that are known by a key count from each of them (`drop_duplicate_rows`); figures from each, too, where
    they add up, and else from the last.
    """
    return sent if form.info.key or adds_up(form, sent) else sent[-1:]


def left_out(form: Form, sent: Sequence[Submission], ledgers: Sequence[Submission]) -> set[str]:
    """The names under which figures of a unit came in that count for nothing: of units that became part of it.

    Args:
        form: A form of figures.
        sent: What counts of it, of the unit.
        ledgers: What counts of the unit's house ledger, from which such figures are counted where there is one.
    """
    if form.info.key:
        return set()
    counting = {table.accepted_as for table in (ledgers or effective(form, sent))}
    return {table.accepted_as for table in sent} - counting


def drop_duplicate_rows(form: Form, rows: pd.DataFrame, joined: Collection[str]) -> pd.DataFrame:
    """The rows of units, some of which sent under several names: what two tables hold is as the later has it.

    Args:
        form: The form.
        rows: The rows.
        joined: The units of which everything adds up: two villages of one name are two.
    """
    assert form.unit_field is not None  # every form names its unit
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


def where_equals(**equals: str) -> list[ColumnElement[bool]]:
    """The submissions with these values."""
    return [submission.c[name] == value for name, value in equals.items()]


def submission_of(row: Row[Any], called: Called) -> Submission:
    return Submission(
        **{**row._mapping, "unit": called(row.unit), "accepted_as": row.unit, "status": Status(row.status)}
    )
