"""What was accepted of one unit, form and period: the current submission, and those that it replaced."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Row, RowMapping, insert, select, update

from zjf import __version__
from zjf.ledger import log
from zjf.ledger.records import Acceptance, Outcome, Status, Submission
from zjf.ledger.tables import submission
from zjf.ledger.versions import Record, pack, store, unpack
from zjf.schemas import FORMS

OF_SUBMISSION = [column for column in submission.c if column is not submission.c.versions]
"""The columns that `submission_of` reads."""

_SAME_AS_BEFORE = ("sha256", "rows_read", "rows_rejected", "partial", "nil", "notes")


def accept(connection: Connection, one: Acceptance, records: Sequence[Record], at: datetime) -> Outcome:
    """Takes in one table, unless it is on record as it is; says what that did."""
    values = _values(one)
    versions = store(connection, FORMS[one.form], records)
    is_current = [
        *that(unit=one.unit, form=one.form, period=one.period),
        submission.c.status == Status.CURRENT,
    ]
    former = connection.execute(select(submission).where(*is_current)).mappings().one_or_none()
    if former and _same(former, values, versions):
        return Outcome.UNCHANGED
    connection.execute(update(submission).where(*is_current).values(status=Status.SUPERSEDED))
    values |= {"received_at": at, "status": Status.CURRENT, "versions": pack(versions)}
    number = connection.scalars(insert(submission).returning(submission.c.id), values).one()
    if former:
        replaced = update(submission).where(submission.c.id == former["id"])
        connection.execute(replaced.values(superseded_by=number))
    outcome = Outcome.REPLACED if former else Outcome.NEW
    log.add(connection, at, outcome, one, submission=number, file_name=one.file_name, sha256=one.sha256)
    return outcome


def _same(former: RowMapping, values: dict[str, Any], versions: NDArray[np.int64]) -> bool:
    as_before = all(former[name] == values[name] for name in _SAME_AS_BEFORE)
    return as_before and np.array_equal(unpack(former["versions"]), versions)


def _values(one: Acceptance) -> dict[str, Any]:
    return {
        "unit": one.unit,
        "form": one.form,
        "period": one.period,
        "file_name": one.file_name,
        "sha256": one.sha256,
        "zjf_version": __version__,
        "rows_read": one.rows_read,
        "rows_accepted": len(one.frame),
        "rows_rejected": one.rows_rejected,
        "partial": one.partial,
        "nil": one.nil,
        "notes": dict(one.notes),
    }


def that(**equals: str) -> list[ColumnElement[bool]]:
    """The submissions with these values."""
    return [submission.c[name] == value for name, value in equals.items()]


def submission_of(row: Row[Any]) -> Submission:
    return Submission(**{**row._mapping, "status": Status(row.status)})
