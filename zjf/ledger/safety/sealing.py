"""Digests for the submissions of an older zjf, which recorded none."""

import logging

from sqlalchemy import Connection, select, update

from zjf.ledger.rows.digests import digests_of
from zjf.ledger.rows.versions import StoredRows, load
from zjf.ledger.storage.tables import stored_columns, submission
from zjf.schemas import FORMS

_log = logging.getLogger(__name__)


def seal_rows(connection: Connection) -> None:
    """Records the digests of the rows of every submission that has none."""
    unsealed = select(submission.c.id, submission.c.unit, submission.c.form, submission.c.versions).where(
        submission.c.column_digests.is_(None)
    )
    submissions = connection.execute(unsealed).all()
    if submissions:
        _log.warning("台账由较早的 zjf 建立，正在为各次接收的数据记校验，只做这一次……")
    for unsealed_submission in submissions:
        form = FORMS[unsealed_submission.form]
        rows = load(
            connection,
            form,
            [StoredRows(unsealed_submission.unit, unsealed_submission.versions, None)],
            stored_columns(form),
        )
        digests = digests_of(form, {name: rows[name].tolist() for name in stored_columns(form)})
        statement = update(submission).where(submission.c.id == unsealed_submission.id)
        connection.execute(statement.values(column_digests=digests))
