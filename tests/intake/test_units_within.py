"""Lines among the rows of a list, or below them, that name another unit than the one above it."""

import pytest

from tests.intake.messy import rows_of
from tests.intake.typed_files import HEADINGS, TYPES, checked_as, codes_of, house, ledger
from tests.sheets import found_in
from tests.sweep_tables import swept

ANOTHER = [
    "填报单位：青石镇",
    "填报单位（盖章）：青石镇",
    "青石镇",
    "青石镇自建房台账",
    "云水县青石镇人民政府",
]


@pytest.mark.parametrize("extension", TYPES)
@pytest.mark.parametrize("line", ANOTHER)
def test_houses_below_the_name_of_another_unit_are_not_taken_for_the_first_ones(
    extension: str, line: str
) -> None:
    checked = checked_as(extension, ledger([house(1), house(2), [line], house(3), house(4)]))
    (said,) = [problem for problem in checked.problems if problem.code != "C111"]
    assert (said.code, said.cell, said.rows) == ("C114", "A6", (7, 8))
    assert "第 7–8 行" in said.message


def test_villages_below_the_name_of_another_unit_among_the_villages_are_not_the_first_ones() -> None:
    figures = " | ".join(["=1"] * 8)
    checked = swept(f"""
        | 青石镇 |
        | 东村 | {figures} |
        | 城关街道 [C114] |
        | 南村 | {figures} |
        | 总计（栋） | {figures.replace("1", "2")} |
    """)
    assert (rows_of(checked), found_in(checked)) == ([5, 7], {("C114", "A6")})


def test_villages_below_the_name_of_a_part_of_the_township_are_villages_alone() -> None:
    figures = " | ".join(["=1"] * 8)
    checked = swept(f"""
        | 城北片区 |
        | 东村 | {figures} |
        | 城南片区 |
        | 南村 | {figures} |
        | 总计（栋） | {figures.replace("1", "2")} |
    """)
    assert (rows_of(checked), found_in(checked)) == ([5, 7], set())


def test_as_far_as_the_next_line_that_names_a_unit() -> None:
    lines = [house(1), ["填报单位：青石镇"], house(2), ["填报单位：城关街道办"], house(3)]
    checked = checked_as("xlsx", ledger(lines))
    assert [(problem.code, problem.rows) for problem in checked.problems] == [("C114", (6,))]


@pytest.mark.parametrize("line", ["填报单位：青石镇", "填报单位（盖章）：青石镇"])
def test_a_list_that_is_of_one_unit_above_and_of_another_below_is_neither_ones(line: str) -> None:
    checked = checked_as("xlsx", ledger([house(1), house(2), [line]]))
    (said,) = checked.problems
    assert (said.code, said.cell, said.rows) == ("C114", "A6", (4, 5))


@pytest.mark.parametrize(
    "line",
    [
        "填报单位：城关街道",
        "填报单位：城关街道办事处（盖章）",
        "城关街道办",
        "云水县住房和城乡建设局",
        "联系地址：青石镇政府旁",
        "备注：青石镇移交的房屋另表报送。",
        "填报单位：东村村委会",
    ],
)
def test_lines_that_name_no_other_unit(line: str) -> None:
    checked = checked_as("xlsx", ledger([house(1), [line], house(2), [line]]))
    assert (codes_of(checked), rows_of(checked)) == ([], [4, 6])


def test_another_units_list_with_headings_of_its_own_is_its_own() -> None:
    lines = [house(1), ["自建房台账"], ["填报单位：青石镇"], HEADINGS, house(2)]
    checked = checked_as("xlsx", ledger(lines))
    assert codes_of(checked) == []
    assert [table.unit for table in checked.tables] == ["城关街道", "青石镇"]


@pytest.mark.parametrize(
    ("title", "is_told"),
    [
        ("青石镇自建房台账", True),
        ("云水县青石镇自建房安全专项整治台账", True),
        ("城关街道办事处自建房台账", False),
        ("云水县自建房台账", False),
        ("城关街道、青石镇自建房台账", False),
    ],
)
def test_a_title_of_another_unit_than_the_one_that_reports(title: str, *, is_told: bool) -> None:
    sheet = [[title], *ledger([house(1), house(2)])[1:]]
    problems = checked_as("xlsx", sheet).problems
    told = [("C114", "A1", (4, 5))] if is_told else []
    assert [(problem.code, problem.cell, problem.rows) for problem in problems] == told


def test_an_office_below_one_list_is_no_title_of_the_next() -> None:
    first = ledger([house(1)])
    second = [["城关街道自建房台账"], ["填报单位：城关街道"], HEADINGS, house(2)]
    first[1] = ["填报单位：青石镇"]
    checked = checked_as("xlsx", [*first, ["青石镇人民政府"], ["2024年6月5日"], *second])
    assert codes_of(checked) == []
    assert [table.unit for table in checked.tables] == ["青石镇", "城关街道"]
