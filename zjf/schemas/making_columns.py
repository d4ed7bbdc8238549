"""The few things that rules, facts and steps need pandas itself for; the rest they ask of the table in their hands.

It is loaded when one of these is called, not before: rules, facts and steps are declared in processes, too, that
see no table, such as the one that waits for the workers, and loading pandas takes longer than checking a small return.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray


def everywhere(rows: "pd.DataFrame", value: object) -> "pd.Series[Any]":
    """Returns a column that says the same of every row.

    Args:
        rows: The rows.
        value: What it says.
    """
    import pandas as pd

    return pd.Series(value, index=rows.index, dtype=bool if isinstance(value, bool) else object)


def beside(
    rows: "pd.DataFrame | pd.Series[Any]", values: "NDArray[Any] | list[Any]", kind: type
) -> "pd.Series[Any]":
    """Returns a column that stands beside rows, with a value for each of them.

    Args:
        rows: The rows, or one of their columns.
        values: The values, in the order of the rows.
        kind: What the values are: `bool`, or `object` for anything else.
    """
    import pandas as pd

    return pd.Series(values, index=rows.index, dtype=kind)


def side_by_side(columns: Mapping[str, "pd.Series[Any]"]) -> "pd.DataFrame":
    """Returns columns as a table."""
    import pandas as pd

    return pd.DataFrame(columns)


def as_table(fires: "pd.Series[bool] | pd.DataFrame", name: str) -> "pd.DataFrame":
    """Returns what a rule says of the rows as a table with a column for each field: one column is that of `name`."""
    import pandas as pd

    return fires if isinstance(fires, pd.DataFrame) else fires.to_frame(name)


def figures(column: "pd.Series[Any]") -> "pd.Series[float]":
    """Returns a column of whole numbers to compare with; a blank compares with nothing."""
    import pandas as pd

    return pd.to_numeric(column, errors="coerce")


def one_below_the_other(tables: "list[pd.DataFrame]") -> "pd.DataFrame":
    """Returns the rows of several tables as one, numbered anew."""
    import pandas as pd

    return pd.concat(tables, ignore_index=True)
