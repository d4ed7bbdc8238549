"""New columns and tables for rules, facts and steps: the only things that they need the pandas module for.

pandas is loaded by the first call, not by the import: rules, facts and steps are also declared in processes that
see no table, such as the one that waits for the workers, and loading it takes longer than checking a small return.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray


def same_in_every_row(rows: "pd.DataFrame", value: object) -> "pd.Series[Any]":
    """Returns a column that has the same value in every row."""
    import numpy as np

    kind = bool if isinstance(value, bool) else object
    return column_for(rows, np.full(len(rows), value, kind), kind)


def column_for(
    rows: "pd.DataFrame | pd.Series[Any]", values: "NDArray[Any] | list[Any]", kind: type
) -> "pd.Series[Any]":
    """Returns a column with a value for each of the given rows, and their index, of `bool` or of `object`: anything else."""
    import pandas as pd

    from zjf.schemas.arrays.columns import Cells

    if isinstance(rows, pd.Series | pd.DataFrame):
        return pd.Series(values, index=rows.index, dtype=kind)
    return Cells.of(values, kind)


def of_cells(columns: Mapping[str, list[Any]]) -> "pd.DataFrame":
    """Returns columns, whose cells are given, as a table; blanks are None."""
    import pandas as pd

    return pd.DataFrame(columns, dtype=object)


def are_filled(cells: "NDArray[Any]") -> "NDArray[np.bool_]":
    """Returns which of a column's cells are not blank; an empty list, which says 无, is not."""
    import pandas as pd

    filled: NDArray[np.bool_] = pd.notna(cells)
    return filled


def marks_by_field(
    fires: "pd.Series[bool] | Mapping[str, pd.Series[bool]]", names: Sequence[str]
) -> "dict[str, NDArray[np.bool_]]":
    """Returns a rule's result by field: a single column is that of the first."""
    columns = fires if isinstance(fires, Mapping) else {names[0]: fires}
    return {name: columns[name].to_numpy(dtype=bool) for name in columns}


def figures(column: "pd.Series[Any]") -> "pd.Series[float]":
    """Returns a column as numbers that can be compared; every comparison with a blank is False."""
    import pandas as pd

    return column_for(column, pd.to_numeric(column.to_numpy(), errors="coerce"), float)


def stacked(tables: "list[pd.DataFrame]") -> "pd.DataFrame":
    """Returns the rows of several tables as one, numbered anew."""
    import pandas as pd

    return pd.concat(tables, ignore_index=True)
