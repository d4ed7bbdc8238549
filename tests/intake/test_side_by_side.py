"""A list printed in parts side by side is one table: every row counts, and every finding stands at its own cell."""

import io
from collections import Counter
from itertools import zip_longest

import pandas as pd
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.typed_files import checked_as, codes_of, counted
from tests.sheets import check, found_in, parse, workbook
from zjf.checking.one_return import CheckedReturn


def checked(markdown: str, **options: object) -> CheckedReturn:
    cells, _ = parse(markdown)
    return check(workbook(cells, **options))  # type: ignore[arg-type]


HOUSES = """
| 填报单位：城关街道 |          |                |          |        |            |          |          |     |      |          |                |          |        |            |          |          |
| 序号 | 房屋编号 | 村（社区） | 房屋地址 | 产权人 | 是否经营性 | 地上层数 | 结构类型 |     | 序号 | 房屋编号 | 村（社区） | 房屋地址 | 产权人 | 是否经营性 | 地上层数 | 结构类型 |
| 1    | YS01     | 东村           | 东村1号  | 赵一   | 否         | 2        | 砖混结构 |     | 3    | YS03     | 东村           | 东村3号  | 孙三   | 否         | 2        | 砖昆     |
| 2    | YS02     | 东村           | 东村2号  | 钱二   | 否         | 二楼     | 砖混结构 |     | 4    | YS01     | 东村村         | 东村4号  | 李四   | 否         | ３       | 砖木结构 |
"""


def test_findings_of_each_part_stand_at_their_own_cells() -> None:
    found = checked(HOUSES)
    of_cells = {(code, cell) for code, cell in found_in(found, infos=True) if code not in ("F005", "L201")}
    assert of_cells == {
        ("F018", "K2"),
        ("C104", "Q3"),
        ("C102", "G4"),
        ("C111", "P4"),
        ("D401", "K4"),
        ("D405", "L4"),
    }
    assert counted(found) == [2, 2]
    # What both parts lack is said once, and neither counts.
    assert sum(problem.field == "grade" for problem in found.problems if problem.code == "F005") == 1
    assert [len(found.rejected_rows(table)) for table in found.tables] == [2, 2]


SPOT_CHECKS = """
| 填报单位：城关街道 |          |        |          |        |   |          |          |        |          |        |
| 房屋编号 | 抽查日期 | 原结论 | 抽查结论 | 抽查人 |   | 房屋编号 | 抽查日期 | 原结论 | 抽查结论 | 抽查人 |
| YS01     | 2024-06-03 | 未发现安全隐患 | 无误 | 周五 | | YS03 | 2024-06-04 | 未发现安全隐患 | 无误 | 周五 |
| YS02     | 2024-06-03 | 未发现安全隐患 | 无误 |      | | YS04 | 2024-06-04 | 未发现安全隐患 | 错排 | 周五 |
| 填表人： |          |        |          |        |   |          | 吴六     |        |          |        |
"""


def test_an_error_in_one_part_leaves_the_row_beside_it_in_order() -> None:
    found = checked(SPOT_CHECKS)
    left, right = found.tables
    assert [(problem.code, problem.cell) for problem in found.problems if problem.blocks] == [("C101", "E4")]
    assert (found.rejected_rows(left), found.rejected_rows(right)) == ({4}, set())
    assert right.notes.reporter == left.notes.reporter


@pytest.mark.parametrize(
    ("totals", "expected"),
    [
        (["总计", "15", "6", "1", "", "", "", ""], set()),
        (["", "", "", "", "总计", "15", "6", "1"], set()),
        (["合计", "5", "3", "0", "合计", "10", "3", "1"], set()),
        (["总计", "", "", "", "", "15", "6", "1"], set()),
        (["小计", "5", "3", "0", "总计", "15", "6", "1"], set()),
        (["总计", "14", "6", "1", "", "", "", ""], {("A306", "B6")}),
        (["总计", "5", "3", "0", "", "", "", ""], {("A306", "B6"), ("A306", "C6"), ("A306", "D6")}),
        (["", "", "", "", "总计", "15", "6", "2"], {("A306", "H6")}),
        (["", "", "", "", "", "", "", ""], {("A308", "")}),
        (["总计", "15", "", "1", "", "", "", ""], {("A308", "C6")}),
    ],
)
@pytest.mark.parametrize("extension", ["xlsx", "xls", "csv", "ods"])
def test_a_total_adds_up_all_parts_or_its_own(
    totals: list[str], expected: set[tuple[str, str]], extension: str
) -> None:
    cells = [
        ["填报单位：城关街道"],
        ["", "错漏排专项核查", "", "", "", "错漏排专项核查", "", ""],
        ["村", "共核查房屋", "错排房屋", "漏排房屋", "村", "共核查房屋", "错排房屋", "漏排房屋"],
        ["东村", "2", "1", "0", "南村", "4", "1", "0"],
        ["西村", "3", "2", "0", "北村", "6", "2", "1"],
        totals,
    ]
    found = checked_as(extension, cells)
    lacking = {finding for finding in found_in(found) if finding[0] not in ("F018", "F005")}
    assert lacking == expected
    assert counted(found) == [2, 2]
    added = [problem.cells for problem in found.problems if problem.code == "A306"]
    assert all(
        {cell[0] for cell in cells} & set("ABCD") and {cell[0] for cell in cells} & set("FGH")
        for cells in added
    )


def test_what_stands_below_or_is_left_empty_says_nothing_of_parts() -> None:
    cells = [
        ["村", "共核查房屋", "发现隐患房屋", "整改完成", "村", "共核查房屋", "发现隐患房屋", "整改完成"],
        ["东村", "2", "1", "0"],
        ["总计", "2", "1", "0"],
    ]
    cells = [["填报单位：城关街道"], ["", "“三类重点”全面复核", "", "", "", "“三类重点”全面复核"], *cells]
    found = checked_as("xlsx", cells)
    assert "F018" not in codes_of(found)
    assert counted(found) == [1]


def test_an_unknown_unit_is_said_once_and_no_part_counts() -> None:
    found = checked(SPOT_CHECKS.replace("城关街道", "不知何处镇").replace("|      | |", "| 周五 | |"))
    assert codes_of(found) == ["F008", "F018"]
    assert [len(found.rejected_rows(table)) for table in found.tables] == [2, 2]


def test_a_column_that_is_there_twice_is_no_second_part() -> None:
    found = checked("""
| 填报单位：城关街道 | | | | | |
| 房屋编号 | 抽查日期 | 原结论 | 抽查结论 | 抽查人 | 抽查结论 |
| YS01 | 2024-06-03 | 未发现安全隐患 | 无误 | 周五 | 错排 |
""")
    assert codes_of(found) == ["F007"]


def test_pages_that_are_printed_in_parts_go_on_part_by_part() -> None:
    headings = ["房屋编号", "抽查日期", "原结论", "抽查结论", "抽查人"]

    def house(number: int) -> list[str]:
        return [f"YS0{number}", "2024-06-03", "未发现安全隐患", "无误", "周五"]

    cells = [
        ["填报单位：城关街道"],
        [*headings, "", *headings],
        [*house(1), "", *house(2)],
        ["（第2页）"],
        [*headings, "", *headings],
        [*house(3), "", *house(4)],
    ]
    found = checked_as("xlsx", cells)
    assert codes_of(found) == ["F018"]
    assert [table.frame.house_id.tolist() for table in found.tables] == [["YS01", "YS03"], ["YS02", "YS04"]]


CHECKED = ["房屋编号", "抽查日期", "原结论", "抽查结论", "抽查人"]
spot_checks = st.lists(
    st.tuples(
        st.sampled_from(["YS1", "YS2", "YS3", "YS4"]),
        st.sampled_from(["2024-06-03", "2024年6月3日", "去年"]),
        st.sampled_from(["未发现安全隐患", "无隐患", ""]),
        st.sampled_from(["无误", "错排", "对的", ""]),
        st.sampled_from(["周文", ""]),
    ),
    min_size=2,
    max_size=9,
)


@given(spot_checks, st.integers(2, 3), st.integers(0, 2), st.booleans())
@settings(max_examples=15, deadline=None)
def test_however_a_list_is_printed_the_same_is_read(
    rows: list[tuple[str, ...]], parts: int, gap: int, numbered: bool
) -> None:
    long = -(-len(rows) // parts)
    headings = ["序号", *CHECKED] if numbered else CHECKED
    lines = [[str(number), *row] if numbered else [*row] for number, row in enumerate(rows, 1)]
    blank = [""] * len(headings)
    blocks = [lines[first : first + long] for first in range(0, len(lines), long)]
    across = [[headings] * len(blocks), *zip_longest(*blocks, fillvalue=blank)]
    beside = [[cell for block in line for cell in (*block, *[""] * gap)] for line in across]
    whole, printed = (
        check(workbook([["填报单位：城关街道"], *sheet])) for sheet in ([headings, *lines], beside)
    )
    assert counted(printed) == [len(block) for block in blocks]
    assert (
        pd.concat([table.frame for table in printed.tables]).values.tolist()
        == whole.tables[0].frame.values.tolist()
    )
    told = Counter((problem.code, problem.field) for problem in printed.problems if problem.code != "C111")
    assert told - Counter({("F018", None): 1}) == Counter(
        (problem.code, problem.field) for problem in whole.problems if problem.code != "C111"
    )


def test_rows_that_are_hidden_are_told_once_over_all_parts() -> None:
    cells = [["填报单位：城关街道"], [*CHECKED, "", *CHECKED]]
    for number in (1, 3, 5):
        rows = ([f"YS{at}", "2024-06-03", "未发现安全隐患", "无误", "周文"] for at in (number, number + 1))
        cells.append([*next(rows), "", *next(rows)])
    cells[-1][:5] = [""] * 5  # the left part is one row shorter
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("台账")
        for row, line in enumerate(cells):
            sheet.write_row(row, 0, line)
        for row in (2, 4):
            sheet.set_row(row, None, None, {"hidden": True})
    found = [problem for problem in check(file.getvalue()).problems if problem.code == "F017"]
    assert [problem.cells for problem in found] == [("A3",), ("G5",)]
