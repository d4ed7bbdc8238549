"""The texts above each column of a header, over several rows and merged groups."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self

from zjf.intake.formats.extras import Merge
from zjf.intake.workbook import Sheet
from zjf.schemas.headings import plain_heading


class HeaderCell(NamedTuple):
    """A header cell: its text, and where the text stands (a merged range's anchor)."""

    text: str
    at: tuple[int, int]


class HeadingPath(NamedTuple):
    """A column's header cells, from the outermost group down to its own heading, and their texts."""

    cells: tuple[HeaderCell, ...]
    texts: tuple[str, ...]

    @classmethod
    def of(cls, cells: Iterable[HeaderCell]) -> Self:
        cells = tuple(cells)
        return cls(cells, tuple(cell.text for cell in cells))


def heading_paths(sheet: Sheet, merges: Sequence[Merge], top: int, bottom: int) -> list[HeadingPath]:
    """Returns for each column its header cells, from the outermost group down to its own heading."""
    width = max((len(sheet.rows[row]) for row in range(top, bottom + 1)), default=0)
    grid: dict[tuple[int, int], HeaderCell] = {}
    for row in range(top, bottom + 1):
        for column, value in enumerate(sheet.rows[row]):
            if isinstance(value, str) and value.strip():
                grid[row, column] = HeaderCell(value, (row, column))
    merged = _spread_merges(sheet, merges, grid, top, bottom)
    # A sheet may be thousands of columns wide and have texts in a few of them.
    for row in range(top, bottom):
        for column in sorted({column for below, column in grid if below > row}):
            if (row, column) in grid or (row, column) in merged or (row, column - 1) not in grid:
                continue
            grid[row, column] = grid[row, column - 1]
    paths = [HeadingPath.of(())] * width
    for column in {column for _, column in grid}:
        cells = [grid[row, column] for row in range(top, bottom + 1) if (row, column) in grid]
        paths[column] = HeadingPath.of(cell for cell in dict.fromkeys(cells) if plain_heading(cell.text))
    return paths


def _spread_merges(
    sheet: Sheet, merges: Sequence[Merge], grid: dict[tuple[int, int], HeaderCell], top: int, bottom: int
) -> set[tuple[int, int]]:
    covered: set[tuple[int, int]] = set()
    for first, left, last, right in merges:
        if last < top or first > bottom:
            continue
        text = grid.get((first, left))
        for row in range(max(first, top), min(last, bottom) + 1):
            for column in range(left, min(right, len(sheet.rows[row]) - 1) + 1):
                covered.add((row, column))
                if text is not None:
                    grid[row, column] = text
    return covered
