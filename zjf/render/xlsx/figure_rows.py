"""数字来源清单: every row behind a figure, with links to the cells that decided it."""

from collections.abc import Callable, Sequence
from os.path import relpath
from pathlib import Path

from zjf.documents.layout import Column
from zjf.documents.ledger_table import text_of
from zjf.documents.list_sheet import ListSheet
from zjf.figures.rows_behind import DecidingCell, RowBehind
from zjf.period import to_the_minute
from zjf.problems import NOBODY, People, shown
from zjf.render.xlsx.listing import Link
from zjf.render.xlsx.sheets import write_sheets
from zjf.schemas.masked_rows import mask_house_id

BLANK = "（空）"

_COLUMNS = (
    Column("填报单位", width=18),
    Column("村（社区）", width=14),
    Column("编号", width=18),
    Column("计入分子", width=10),
    Column("计入分母", width=10),
    Column("理由", width=44),
    Column("起决定作用的单元格", width=44),
    Column("打开原件", width=24),
    Column("文件", width=26),
    Column("工作表", width=14),
    Column("行", width=8),
    Column("接收号", width=9),
    Column("接收时间", width=18),
    Column("豁免", width=30),
)
_FROZEN_COLUMNS = 4
_MOST_LINKS = 60_000
"""A sheet can have 65,530 links; further rows have the address as text."""

Listing = tuple[str, Sequence[RowBehind]]
"""A figure's title, and the rows behind it."""
FileOf = Callable[[RowBehind], Path | None]


def write_figure_rows(
    path: Path,
    listings: Sequence[Listing],
    file_of: FileOf,
    *,
    people: People = NOBODY,
    show_personal: bool = False,
    footer: str = "",
) -> None:
    """Writes a sheet for each figure.

    Args:
        file_of: Gives the file from which a row was accepted; None where it is not there any more.

    Raises:
        CannotDoError: The file cannot be written, or the rows do not fit on a sheet.
    """
    sheets = (
        ListSheet.numbered(
            f"来源{number}",
            _COLUMNS,
            (
                _values(
                    row, path.parent, file_of if place < _MOST_LINKS else None, people, whole=show_personal
                )
                for place, row in enumerate(rows)
            ),
            title,
            _FROZEN_COLUMNS,
        )
        for number, (title, rows) in enumerate(listings, 1)
    )
    write_sheets(path, "数字来源清单", sheets, footer=footer, own_list=True)


def cell_in_words(cell: DecidingCell, *, whole: bool = False) -> str:
    """Returns a cell in words (K5 鉴定等级＝C), also a blank one, and one of a column that the table lacks."""
    if cell.value is None:
        value = BLANK
    else:
        value = "无" if cell.value == () else shown(cell.field, text_of(cell.value), whole=whole)
    return f"{cell.address or '—'} {cell.field.heading.text}＝{value}"


def _values(
    row: RowBehind, folder: Path, file_of: FileOf | None, people: People, *, whole: bool
) -> tuple[object, ...]:
    submission = row.origin.submission
    return (
        row.unit,
        row.village or None,
        mask_house_id(row.key, whole=whole) or None,
        row.numerator,
        row.denominator,
        "；".join(row.because),
        "；".join(cell_in_words(cell, whole=whole) for cell in row.cells),
        _link(row, folder, file_of(row) if file_of else None, people, whole=whole),
        people.shown(submission.file_name),
        row.origin.sheet_shown(people, whole=whole),
        row.origin.row,
        submission.id,
        to_the_minute(submission.received_at),
        "；".join(row.waivers) or None,
    )


def _link(row: RowBehind, folder: Path, file: Path | None, people: People, *, whole: bool) -> Link | str:
    """Returns a link to the first deciding cell, in the file as it was accepted.

    A link spells out the names of the file and the sheet; where one of them names a person, there is none.
    """
    address = next((cell.address for cell in row.cells if cell.address), None)
    if address is None:
        return "未登记单元格，重新接收同一文件即可补上"
    cell = f"{row.origin.sheet_shown(people, whole=whole)}!{address}"
    if file is None:
        return f"{cell}（原件不在 returns 中）"
    sheet = row.origin.sheet_shown(people, whole=True) or ""
    names = f"{file.name}\n{sheet}"
    if not whole and people.shown(names) != names:
        return f"{cell}（文件名、表名中有姓名，不设链接）"
    target = relpath(file, folder).replace("\\", "/")
    quoted = sheet.replace("'", "''")
    fragment = "" if file.suffix.lower() == ".csv" else f"#'{quoted}'!{address}"
    return Link(f"external:{target}{fragment}", cell)
