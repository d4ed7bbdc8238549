"""Several numbers in one cell: two houses on one row are not counted as one without a word."""

import pytest

from tests.intake.messy import assert_cells
from tests.intake.typed_files import HEADINGS, checked_as, codes_of, counted, house, ledger
from tests.sheets import check, workbook


def test_lists_and_ranges_of_house_numbers() -> None:
    assert_cells(
        r"""
        | 房屋编号            | 读作        |
        | YS01、YS02 [C120]   |             |
        | YS03\nYS04 [C120]   |             |
        | YS05 YS06 [C120]    |             |
        | YS07至YS09 [C120]   |             |
        | YS10-YS12 [C120]    |             |
        | YS13/YS14 [C120]    |             |
        | YS0103\nYS0103-1 [C120] |          |
        | YS0105 YS0105B [C120] |            |
        | YS15等3栋 [C120]    |             |
        | 445201001、445201002 [C120] |     |
        | 东村31号、32号 [C120] |           |
        | 东村-33至东村-35 [C120] |         |
        | 和平村36号          | 和平村36号  |
        | 三里及第巷37号      | 三里及第巷37号 |
        | 3组/38号            | 3组/38号    |
        | ys-20\n24 [C111]    | YS-2024     |
        | 云水/21             | 云水/21     |
        | A1-B2               | A1-B2       |
        | YS22(1)             | YS22(1)     |
        | 12-3号              | 12-3号      |
        | 2024/0023           | 2024/0023   |
        | 东村、西村界24      | 东村、西村界24 |
        """
    )


@pytest.mark.parametrize("extension", ["xls", "ods", "gb.csv"])
def test_such_a_row_is_rejected(extension: str) -> None:
    rows = [house(1), house(2, 房屋编号="YS0002，YS0003"), house(4)]
    checked = checked_as(extension, ledger(rows))
    assert (counted(checked), codes_of(checked)) == ([3], ["C120"])
    assert HEADINGS[1] == "房屋编号"


def test_a_problem_may_concern_several_houses() -> None:
    cells = [
        ["填报单位：城关街道"],
        ["问题编号", "房屋编号", "村（社区）", "来源", "发现日期", "问题描述"],
        ["W1", "YS1、YS2", "东村", "县级检查", "2024-05-06", "墙体开裂"],
        ["W2、W3", "YS3", "东村", "县级检查", "2024-05-06", "墙体开裂"],
    ]
    checked = check(workbook(cells))
    assert [(problem.code, problem.cell) for problem in checked.problems] == [("C120", "A4")]
