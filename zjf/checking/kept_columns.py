"""The optional columns that a unit's house ledger has, filled or not: a duty that they show is judged (R609)."""

import json
from collections.abc import Iterable, Sequence

from zjf.intake.table import Table
from zjf.ledger import Submission
from zjf.rules.registry import optional_columns

_KEPT = "columns_kept"


def column_notes(tables: Sequence[Table]) -> dict[str, str]:
    """Returns which of the columns all tables of a unit's return have, as the ledger keeps it with the rows."""
    kept = [name for name in sorted(optional_columns()) if all(name in table.columns for table in tables)]
    return {_KEPT: json.dumps(kept)} if kept else {}


def columns_kept(ledgers: Iterable[Submission]) -> frozenset[str]:
    """Returns the columns that all house ledgers of a unit had; none where an older zjf did not note them."""
    kept = [frozenset(json.loads(ledger.notes.get(_KEPT, "[]"))) for ledger in ledgers if not ledger.nil]
    return frozenset.intersection(*kept) if kept else frozenset()
