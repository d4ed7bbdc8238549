"""Lists in which a line above the houses names their village."""

import pytest

from tests.intake.messy import assert_sheet, column, rows_of
from tests.intake.typed_files import HEADINGS, TYPES, checked_as, codes_of, house, ledger, written
from tests.sheets import check
from zjf.intake.limits import Limits

BLANK = {"村（社区）": ""}
OTHER = {"村（社区）": "西岭村"}


@pytest.mark.parametrize("extension", TYPES)
@pytest.mark.parametrize("line", ["{}", "一、{}", "（二）{}", "{}（2栋）", "{} 共2栋", "{}：", "3.{}"])
def test_houses_are_of_the_village_that_the_line_above_names(extension: str, line: str) -> None:
    first, second = line.format("东村"), line.format("石桥社区")
    rows = [[first], house(1, **BLANK), house(2, **BLANK), ["", second], house(3, **BLANK)]
    checked = checked_as(extension, ledger(rows))
    assert codes_of(checked) == []
    assert column(checked, "village") == ["东村", "东村", "石桥社区"]
    (said,) = [problem for problem in checked.problems if "空着" in problem.message]
    assert (said.code, said.cells) == ("C111", ("C5", "C6", "C8"))


@pytest.mark.parametrize("long_from", [0, 10**9], ids=["long", "short"])
def test_in_a_long_list(long_from: int) -> None:
    rows = [
        line
        for village in ("东村", "石桥社区")
        for line in [[village], *(house(number, **BLANK) for number in range(40))]
    ]
    for number, row in enumerate(rows):
        row[1:2] = [f"YS{number}"] if len(row) > 1 else []
    checked = check(written(ledger(rows), "xlsx"), limits=Limits(long_from=long_from))
    assert column(checked, "village") == ["东村"] * 40 + ["石桥社区"] * 40


def test_a_line_beside_villages_that_are_filled_in_is_no_house() -> None:
    rows = [["", "", "东村（2栋）"], house(1), house(2, **BLANK), ["", "", "", "西岭村"], house(3, **BLANK)]
    checked = checked_as("xlsx", ledger(rows))
    assert codes_of(checked) == []
    assert (rows_of(checked), column(checked, "village")) == ([5, 6, 8], ["东村", "东村", "西岭村"])


def test_a_village_alone_above_a_house_of_another_one_may_be_a_house_of_which_no_more_is_written() -> None:
    checked = assert_sheet(
        """
        | 房屋编号 | 村（社区） | 房屋地址      | 产权人        | 地上层数 |
        | YS1      | 东村       | 东村1号       | 赵一          | =2       |
        |          | 南山村     |               |               |          |
        | YS2      | 西岭村     | 西岭村2号     | 钱二          | =2       |
        |          | 北坡村     |               |               |          |
        """,
        ledger_header=1,
        also=[("C101", "A3"), ("C101", "A5")],
    )
    assert column(checked, "village") == ["东村", "南山村", "西岭村", "北坡村"]


def test_a_line_speaks_of_no_house_below_the_total_of_its_village() -> None:
    checked = checked_as(
        "xlsx", ledger([["东村"], house(1, **BLANK), ["东村小计"], house(2, **BLANK), ["合计"]])
    )
    assert [(problem.code, problem.cell) for problem in checked.problems if problem.code != "C111"] == [
        ("C101", "C7")
    ]


@pytest.mark.parametrize("label", ["小计", "东村小计"])
def test_the_figures_of_a_village_may_stand_right_below_its_line(label: str) -> None:
    rows = [["东村"], [label], house(1, **BLANK), ["西村"], ["小计"], house(2, **BLANK)]
    checked = checked_as("xlsx", ledger(rows))
    assert (codes_of(checked), column(checked, "village")) == ([], ["东村", "西村"])


@pytest.mark.parametrize("figure", ["2", "2栋", "120.5㎡"])
def test_a_line_may_have_the_figures_of_its_village(figure: str) -> None:
    beside = [""] * (HEADINGS.index("地上层数") - 1)
    rows = [["东村", *beside, figure], house(1, **BLANK), ["西村", *beside, figure], house(2, **BLANK)]
    checked = checked_as("xlsx", ledger(rows))
    assert (codes_of(checked), column(checked, "village")) == ([], ["东村", "西村"])


def test_a_village_in_its_own_column_with_figures_is_an_unfinished_house() -> None:
    rows = [house(1), ["", "", "东村", "", "", "", "2"], house(2, **BLANK)]
    assert codes_of(checked_as("xlsx", ledger(rows))) == ["C101", "C101"]


def test_a_printed_page_ends_no_village() -> None:
    page = [["本页小计"], ["自建房台账"], HEADINGS, ["承前页"]]
    rows = [["东村"], house(1, **BLANK), *page, house(2, **BLANK)]
    checked = checked_as("xlsx", ledger(rows))
    assert (codes_of(checked), column(checked, "village")) == ([], ["东村", "东村"])


@pytest.mark.parametrize("first", ["东村", "一、东村（2栋）"])
def test_each_village_may_have_the_headings_below_its_line(first: str) -> None:
    rows = [house(1, **BLANK), house(2, **BLANK), [], ["二、西村（2栋）"], HEADINGS, house(3, **BLANK)]
    checked = checked_as("xlsx", [["自建房台账"], ["填报单位：城关街道"], [first], HEADINGS, *rows])
    assert (codes_of(checked), column(checked, "village")) == ([], ["东村", "东村", "西村"])


@pytest.mark.parametrize(
    "foot", [[], [["填报单位：城关街道", "填报时间：2024年6月5日"]]], ids=["last", "each"]
)
def test_the_pages_of_a_list_whose_unit_stands_at_their_foot(foot: list[list[str]]) -> None:
    page = [*foot, ["自建房台账"], HEADINGS]
    rows = [
        ["东村"],
        house(1, **BLANK),
        *page,
        house(2, **BLANK),
        ["填报单位：城关街道", "填报时间：2024年6月5日"],
    ]
    checked = check(written([["自建房台账"], HEADINGS, *rows], "xlsx"), "台账.xlsx")
    (table,) = checked.tables
    assert (codes_of(checked), table.unit, table.notes.filled_on) == ([], "城关街道", "2024年6月5日")
    assert column(checked, "village") == ["东村", "东村"]


def test_a_line_speaks_of_no_house_below_one_of_another_village() -> None:
    rows = [["东村"], house(1, **BLANK), house(2), house(3, **BLANK), house(4, **OTHER), house(5, **BLANK)]
    checked = checked_as("xlsx", ledger(rows))
    assert column(checked, "village") == ["东村", "东村", "东村", "西岭村", None]
    assert codes_of(checked) == ["C101"]


@pytest.mark.parametrize(
    "line", ["城中村", "以下为东村", "本村", "其余村", "东村合计", "东村小学", "东村1号"]
)
def test_other_lines_name_no_village(line: str) -> None:
    checked = checked_as("xlsx", ledger([[line], house(1, **BLANK)]))
    assert ("C101", "C5") in {(problem.code, problem.cell) for problem in checked.problems}


def test_a_sweep_table_has_a_row_for_each_village() -> None:
    assert_sheet(
        """
        | 行政村 | 错漏排专项核查 |  |  | “三类重点”全面复核 |  |  | 安全鉴定专项抽查 |  |
        |        | 共核查房屋 | 错排房屋 | 漏排房屋 | 共核查房屋 | 发现隐患房屋 | 整改完成 | 共核查 | 发现安全鉴定不合格 |
        | 东村 | [C101] | [C101] | [C101] | [C101] | [C101] | [C101] | [C101] | [C101] |
        | 西岭村 | =1 | =0 | =0 | =1 | =0 | =0 | =1 | =0 |
        | 总计 | =1 | =0 | =0 | =1 | =0 | =0 | =1 | =0 |
        | 填报单位：城关街道 | | | | | | | | |
        """
    )
