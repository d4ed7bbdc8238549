"""The rows of two periods that may say different things: the others are not read.

A row that is reported again unchanged has the number that it had, so that two weeks of a county are compared
by their numbers, and a few hundred rows are read instead of all.
"""

from collections.abc import Collection, Sequence

import pandas as pd

from zjf.figures.units import HOUSES
from zjf.ledger import VERSION, Ledger

_FEW = 0.1
"""Up to which share of the rows it takes less time to read them one by one."""


def rows_that_differ(
    ledger: Ledger, before: str, after: str, units: Sequence[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Returns the houses of two periods, as `Ledger.frame` does, without those that say the same in both.

    Args:
        ledger: The ledger.
        before: The earlier period.
        after: The later one.
        units: The units whose houses are compared.
    """
    then, now = (ledger.columns(HOUSES, period, [VERSION], units) for period in (before, after))
    versions = dict(zip(then.house_id, then[VERSION], strict=True))
    later = dict(zip(now.house_id, now[VERSION], strict=True))
    same = {house_id for house_id, version in later.items() if versions.get(house_id) == version}
    return _without(ledger, before, units, then, same), _without(ledger, after, units, now, same)


def _without(
    ledger: Ledger, period: str, units: Sequence[str], keys: pd.DataFrame, same: Collection[str]
) -> pd.DataFrame:
    differ = keys[~keys.house_id.isin(same)]
    if len(differ) <= _FEW * len(keys):
        return ledger.numbered_rows(HOUSES, differ)
    rows = ledger.frame(HOUSES, period, units)
    return rows[~rows.house_id.isin(same)]
