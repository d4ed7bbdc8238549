"""Reads only those rows of two periods that differ.

The ledger keeps one version of a row that is reported again unchanged. Two periods are compared by the version
numbers of their rows, and only the few hundred rows with different numbers are read.
"""

from collections.abc import Collection, Sequence

import pandas as pd

from zjf.ledger import VERSION, Ledger
from zjf.schemas.form_ids import HOUSES

_FEW = 0.1
"""Up to this share of all rows, reading them one by one takes less time."""


def rows_that_differ(
    ledger: Ledger, before: str, after: str, units: Sequence[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Returns the houses of two periods, as `Ledger.frame` does, without those that are equal in both."""
    earlier, later = (ledger.columns(HOUSES, period, [VERSION], units) for period in (before, after))
    versions = dict(zip(earlier.house_id, earlier[VERSION], strict=True))
    of_later = zip(later.house_id, later[VERSION], strict=True)
    unchanged = {house_id for house_id, version in of_later if versions.get(house_id) == version}
    return (
        _changed_rows(ledger, before, units, earlier, unchanged),
        _changed_rows(ledger, after, units, later, unchanged),
    )


def _changed_rows(
    ledger: Ledger, period: str, units: Sequence[str], keys: pd.DataFrame, unchanged: Collection[str]
) -> pd.DataFrame:
    changed_keys = keys[~keys.house_id.isin(unchanged)]
    if len(changed_keys) <= _FEW * len(keys):
        return ledger.numbered_rows(HOUSES, changed_keys)
    rows = ledger.frame(HOUSES, period, units)
    return rows[~rows.house_id.isin(unchanged)]
