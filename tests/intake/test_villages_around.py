"""Houses without a village of their own: the title, the notes or the sheet's name tell it, or a line among them."""

import pytest

from tests.intake.messy import column
from tests.intake.typed_files import HEADINGS, codes_of, house
from tests.sheets import Cells, check, workbook
from zjf.checking.one_return import CheckedReturn

VILLAGE = HEADINGS.index("村（社区）")
NOTE = ["填报单位：城关街道"]


def without_village(row: list[str]) -> list[str]:
    return [*row[:VILLAGE], *row[VILLAGE + 1 :]]


def of_a_village(above: Cells, *, has_column: bool = False) -> Cells:
    """Two houses that name no village, below some lines."""
    rows = [HEADINGS, house(1, **{"村（社区）": ""}), house(2, **{"村（社区）": ""})]
    return [*above, *(rows if has_column else map(without_village, rows))]


def told(checked: CheckedReturn) -> list[str]:
    return [problem.message for problem in checked.problems if "村（社区）" in problem.message]


@pytest.mark.parametrize("has_column", [False, True])
@pytest.mark.parametrize(
    ("sheet", "above", "where"),
    [
        ("东村", [["自建房台账"], NOTE], "工作表的名称"),
        ("东村台账", [["自建房台账"], NOTE], "工作表的名称"),
        ("一、东村", [["自建房台账"], NOTE], "工作表的名称"),
        ("Sheet1", [["云水县城关街道东村自建房台账"]], "表上方的标题"),
        ("Sheet1", [["东村经营性自建房排查台账"], NOTE], "表上方的标题"),
        ("Sheet1", [["自建房台账"], ["填报单位：城关街道东村"]], "表上方写的填报单位"),
        ("Sheet1", [["自建房台账"], ["填报单位：城关街道办事处东村村民委员会"]], "表上方写的填报单位"),
        ("Sheet1", [["自建房台账"], ["填报单位：城关街道人民政府东村村委会"]], "表上方写的填报单位"),
        ("Sheet1", [["自建房台账"], ["填报单位：城关街道 村（社区）：东村 填报人：周文"]], "表上方写的村"),
        ("东村", [["东村自建房台账"], NOTE], "表上方的标题"),
    ],
)
def test_the_one_village_that_stands_around_a_table(
    sheet: str, above: Cells, where: str, *, has_column: bool
) -> None:
    checked = check(workbook(of_a_village(above, has_column=has_column), names=[sheet]))
    assert (codes_of(checked), column(checked, "village")) == ([], ["东村", "东村"])
    (said,) = told(checked)
    assert f"已按{where}读作「东村」" in said
    assert checked.tables[0].unit == "城关街道"


def test_a_sheet_for_each_village_with_headings_on_the_first_alone() -> None:
    first = of_a_village([["自建房台账"], NOTE])
    checked = check(workbook(first, [without_village(house(3))], names=["东村", "西岭村"]))
    villages = [table.cells("village") for table in checked.tables]
    assert (codes_of(checked), villages) == (["F020"], [["东村", "东村"], ["西岭村"]])


def test_lines_among_the_houses_of_a_list_without_that_column() -> None:
    rows = [["东村"], without_village(house(1)), ["西岭村（1栋）"], without_village(house(2))]
    checked = check(workbook([["自建房台账"], NOTE, without_village(HEADINGS), *rows]))
    assert (codes_of(checked), column(checked, "village")) == ([], ["东村", "西岭村"])


@pytest.mark.parametrize("rows", [[house(1)], [house(1), ["东村"], house(2)]])
def test_of_which_village_some_houses_are_is_not_told(rows: Cells) -> None:
    cells = [["自建房台账"], NOTE, without_village(HEADINGS), *map(without_village, rows)]
    checked = check(workbook(cells))
    assert "F005" in codes_of(checked)


@pytest.mark.parametrize(
    ("sheet", "title"),
    [
        ("西岭村", "东村自建房台账"),
        ("农村", "云水县农村自建房台账"),
        ("各行政村", "城关街道各村自建房台账"),
        ("东村和西岭村", "自建房台账"),
        ("Sheet1", "城关街道自建房台账"),
    ],
    ids=["two that differ", "the countryside", "all of them", "two in one", "none"],
)
def test_no_village_is_taken_from_words_that_name_none_or_several(sheet: str, title: str) -> None:
    checked = check(workbook(of_a_village([[title], NOTE]), names=[sheet]))
    assert (codes_of(checked), told(checked)) == (
        ["F005"],
        ["缺少「村（社区）」一列。请补上这一列后重新报送。"],
    )


def test_houses_that_name_another_village_keep_the_others_blank() -> None:
    rows = [HEADINGS, house(1, **{"村（社区）": "西岭村"}), house(2, **{"村（社区）": ""})]
    checked = check(workbook([["自建房台账"], NOTE, *rows], names=["东村"]))
    assert codes_of(checked) == ["C101"]


def test_a_unit_that_is_not_on_the_roster_stays_unknown() -> None:
    checked = check(workbook(of_a_village([["自建房台账"], ["填报单位：红岩镇东村"]])))
    assert [problem.code for problem in checked.problems if problem.severity.value == "error"] == ["F008"]


def test_a_line_that_belongs_to_the_house_above_is_told_as_ever() -> None:
    cells = of_a_village([["自建房台账"], NOTE])
    second_owner = ["" if heading != "产权人" else "钱二" for heading in without_village(HEADINGS)]
    checked = check(workbook([*cells, second_owner], names=["东村"]))
    (found,) = [problem for problem in checked.problems if problem.code != "C111"]
    assert (found.code, found.row) == ("C101", len(cells) + 1)
    assert "这一行填了产权人，房屋编号等 5 项必填的都空着" in found.message


def villages_of(*lines: list[str]) -> list[list[str | None]]:
    checked = check(workbook([*lines]))
    return [table.cells("village") if "village" not in table.missing else [] for table in checked.tables]


def a_page(number: int) -> Cells:
    return [without_village(HEADINGS), without_village(house(number))]


def test_pages_of_two_villages_are_two_tables() -> None:
    of = (
        [["自建房台账"], [*NOTE, "", "村（社区）：东村"]],
        [["自建房台账"], [*NOTE, "", "村（社区）：西岭村"]],
    )
    assert villages_of(*of[0], *a_page(1), *of[1], *a_page(2)) == [["东村"], ["西岭村"]]


def test_what_stands_at_the_foot_of_a_page_names_no_village_of_the_next() -> None:
    feet = ["填报单位：城关街道东村"], ["填报单位：城关街道西岭村"]
    pages = [["自建房台账"], *a_page(1), feet[0], ["自建房台账"], *a_page(2), feet[1]]
    assert villages_of(*pages) == [[], ["西岭村"]]


def test_below_another_villages_note_it_is_not_told_whose_the_houses_are() -> None:
    rows = [*a_page(1), ["填报单位：城关街道西岭村"], without_village(house(2))]
    assert villages_of(["自建房台账"], ["填报单位：城关街道东村"], *rows) == [[]]


def test_a_nil_return_of_a_village() -> None:
    checked = check(workbook([["东村自建房台账"], NOTE, without_village(HEADINGS), ["无"]]))
    assert (codes_of(checked), checked.tables[0].nil) == ([], True)
