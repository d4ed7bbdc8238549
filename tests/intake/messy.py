"""Whole sheets as clerks make them, with every finding written at its cell."""

from collections.abc import Iterable, Mapping
from typing import Any

from tests.sheets import A_PLAIN_HOUSE, Cells, Finding, check, found_in, parse, workbook
from zjf.checking.one_return import CheckedReturn

NO_TOTAL: tuple[Finding, ...] = (("A308", ""),)
"""What is found of a sweep table without its 总计 row, beside what a test is about."""


def assert_sheet(
    markdown: str,
    *,
    also: Iterable[Finding] = (),
    merges: Iterable[str] = (),
    ledger_header: int = 0,
    infos: bool = False,
    name: str = "城关街道.xlsx",
    **options: Any,
) -> CheckedReturn:
    """Checks a sheet in which every finding is written at its cell, and nothing else is found.

    Args:
        markdown: The sheet from its first row and column.
        also: Findings of the file or the whole table: their code, and "".
        merges: Merged ranges.
        ledger_header: The row, counted from 1, of a house ledger's headings: the columns that it must
            have and that the test is not about are filled in at the right, and the unit below.
        infos: Whether repairs (C111) are written at their cells too.
        name: The file's name.
        **options: As for `check`.
    """
    cells, expected = parse(markdown)
    if ledger_header:
        _complete(cells, ledger_header - 1)
    checked = check(workbook(cells, merges=merges), name, **options)
    assert sorted(found_in(checked, infos=infos)) == sorted([*expected, *also])
    return checked


def _complete(cells: Cells, header: int, *, every_row: bool = False) -> None:
    """Fills in the columns that the test is not about, on every row that looks like a house's."""
    houses = [row for row in cells[header + 1 :] if every_row or _is_a_house(row)]
    if not any("填报单位" in cell for row in cells for cell in row):
        cells.append(["填报单位：城关街道"])
    lacking = {heading: text for heading, text in A_PLAIN_HOUSE.items() if heading not in cells[header]}
    width = max(map(len, cells))
    for row in cells:
        row += [""] * (width - len(row))
    cells[header] += lacking
    for number, row in enumerate(houses, 1):
        row += [text.format(number=number) for text in lacking.values()]


def _is_a_house(row: list[str]) -> bool:
    first = next(filter(None, row), "")
    total_or_note = first.endswith(("小计", "合计", "总计", "计（栋）")) or "：" in first
    return sum(map(bool, row)) > 1 and not total_or_note


def assert_cells(markdown: str, *, beside: Mapping[str, str] | None = None, **options: Any) -> CheckedReturn:
    """Checks how the cells of one column of the house ledger are read, and what is said of each.

    Args:
        markdown: The column under its heading; right of it what each cell says, blank where nothing.
            Repairs are written as `[C111]`.
        beside: Headings and texts of further columns.
        **options: As for `check`.
    """
    cells, expected = parse(markdown)
    means = [row[1] for row in cells[1:]]
    sheet = [[cells[0][0], *(beside or {})], *([row[0], *(beside or {}).values()] for row in cells[1:])]
    if cells[0][0] != "房屋编号":
        for number, row in enumerate(sheet):
            row.append(f"YS{number}" if number else "房屋编号")
    _complete(sheet, 0, every_row=True)
    checked = check(workbook(sheet), **options)
    repaired = {
        ("C111", cell) for problem in checked.problems if problem.code == "C111" for cell in problem.cells
    }
    assert sorted(found_in(checked) | repaired) == sorted(expected)
    field = next(name for name, place in checked.tables[0].columns.items() if place == 0)
    assert ["" if value is None else str(value) for value in column(checked, field)] == means
    return checked


def column(checked: CheckedReturn, field: str, table: int = 0) -> list[Any]:
    """What a column was read as."""
    return list(checked.tables[table].frame[field])


def rows_of(checked: CheckedReturn, table: int = 0) -> list[int]:
    """The rows of a table that are data, numbered as a person sees them."""
    return [row + 1 for row in checked.tables[table].rows]
