"""退回清单: the rows that do not count, and why, to be sent back to the units."""

from collections.abc import Sequence
from pathlib import Path

from zjf.documents.layout import Column
from zjf.documents.list_sheet import ListSheet
from zjf.documents.rejected_rows import RejectedRow
from zjf.problems import without_stray_numbers
from zjf.render.xlsx.sheets import write_sheets

_COLUMNS = (
    Column("填报单位", width=18),
    Column("文件", width=28),
    Column("工作表", width=16),
    Column("行号", width=8),
    Column("编号", width=18),
    Column("问题代码", width=12),
    Column("退回原因", width=70),
)


def write_rejected(path: Path, rows: Sequence[RejectedRow], title: str, period: str = "") -> None:
    """Writes the list, one line for each row sent back.

    Args:
        rows: The rejected rows; where there are none, the list says so.
        period: The period as it is printed at the foot of the page.

    Raises:
        CannotDoError: The file cannot be written, or the rows do not fit on a sheet.
    """
    values = [
        (
            row.unit,
            row.file,
            row.sheet,
            row.row,
            without_stray_numbers(row.key),
            "\n".join(dict.fromkeys(row.codes)),
            "\n".join(map(without_stray_numbers, row.reasons)),
        )
        for row in rows
    ]
    write_sheets(path, title, [ListSheet.numbered("退回清单", _COLUMNS, values, title)], footer=period)
