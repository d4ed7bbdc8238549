"""Tables of different forms beside each other on a sheet: each is read by its own headings."""

from collections.abc import Sequence

import pytest

from tests.intake.typed_files import checked_as, codes_of, house, ledger
from tests.sheets import Cells
from zjf.checking.one_return import CheckedReturn
from zjf.intake.a1 import a1

ISSUES = [
    ["问题编号", "房屋编号", "村（社区）", "来源", "发现日期", "问题描述"],
    ["W1", "YS0001", "东村", "县级检查", "2024-05-06", "墙体开裂"],
    ["W2", "YS0002", "东村", "县级检查", "2024-05-07", "墙体开裂"],
]
SPOT_CHECKS = [
    ["房屋编号", "村（社区）", "抽查日期", "原结论", "抽查结论", "抽查人"],
    ["YS0001", "东村", "2024-05-06", "未发现安全隐患", "无误", "周工"],
]
LEDGER = ledger([house(1), house(2)])[2:]


def beside(left: Cells, right: Cells, *, lower: int = 0) -> Cells:
    """Two tables with a blank column between, the right one some rows lower, under one note."""
    width = max(map(len, left)) + 1
    rows: Cells = [["填报单位：城关街道"]]
    for number in range(max(len(left), len(right) + lower)):
        first: Sequence[str] = left[number] if number < len(left) else []
        second = right[number - lower] if 0 <= number - lower < len(right) else []
        rows.append([*first, *[""] * (width - len(first)), *second])
    return rows


def read(checked: CheckedReturn) -> list[tuple[str, int, str | None]]:
    return [(table.form.id, len(table.rows), table.unit) for table in checked.tables]


@pytest.mark.parametrize("extension", ["xlsx", "xls", "ods", "csv"])
@pytest.mark.parametrize("lower", [0, 1])
def test_each_table_is_read_by_its_own_headings(extension: str, lower: int) -> None:
    checked = checked_as(extension, beside(ISSUES, SPOT_CHECKS, lower=lower))
    assert read(checked) == [("issue-ledger", 2, "城关街道"), ("spot-check", 1, "城关街道")]
    assert codes_of(checked) == []


def test_a_finding_stands_at_its_own_cell() -> None:
    checked = checked_as("xlsx", beside(LEDGER, [SPOT_CHECKS[0], [*SPOT_CHECKS[1][:4], "对", "周工"]]))
    assert read(checked) == [("house-ledger", 2, "城关街道"), ("spot-check", 1, "城关街道")]
    column = max(map(len, LEDGER)) + 1 + SPOT_CHECKS[0].index("抽查结论")
    (wrong,) = [problem for problem in checked.problems if problem.code == "C104"]
    assert (wrong.cell, wrong.field, wrong.table) == (a1(2, column), "finding", 1)


def test_figures_of_the_villages_beside_a_ledger_are_told_and_cost_it_nothing() -> None:
    figures = [["村（社区）", "栋数"], ["东村", "2"]]
    checked = checked_as("xlsx", beside(LEDGER, figures))
    assert (read(checked), codes_of(checked)) == ([("house-ledger", 2, "城关街道")], ["F016"])
    assert checked.status == "warnings"


def test_houses_beside_houses_are_never_passed_over() -> None:
    more = [["房屋编号", "村（社区）"], ["YS0003", "东村"]]
    checked = checked_as("xlsx", beside(LEDGER, more))
    assert "F005" in codes_of(checked)
    assert checked.status == "errors"


@pytest.mark.parametrize("place", range(2, len(LEDGER[0]) - 1))
def test_a_blank_column_in_a_ledger_parts_nothing(place: int) -> None:
    parted = [[*row[:place], "", *row[place:]] for row in LEDGER]
    checked = checked_as("xlsx", [["填报单位：城关街道"], *parted])
    assert (read(checked), codes_of(checked)) == ([("house-ledger", 2, "城关街道")], [])
