"""How cells, rows and columns of a sheet are called, counted from 0 and said as a person counts."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell


def spans_of(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Consecutive numbers as the first and the last of each run."""
    for _, run in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        yield members[0], members[-1]


def rows_said(first: int, last: int) -> str:
    return f"第{first + 1}行" if first == last else f"第{first + 1}至{last + 1}行"


def columns_said(first: int, last: int) -> str:
    one, other = xl_col_to_name(first), xl_col_to_name(last)
    return f"{one}列" if first == last else f"{one}至{other}列"


def address(row: int, column: int) -> str:
    return str(xl_rowcol_to_cell(row, column))
