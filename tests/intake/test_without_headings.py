"""A part of a list without headings of its own is read by those in front of it, where every row speaks for it."""

from collections.abc import Callable

import pytest

from tests.intake.messy import column
from tests.intake.typed_files import HEADINGS, WORKBOOKS, checked_as, codes_of, counted, house, ledger
from tests.sheets import Cells, check, found_in, parse, workbook
from tests.sweep_tables import SWEEP_HEADER


def village(name: str, count: int = 1) -> list[str]:
    return [name, *[f"={count}"] * 8]


@pytest.mark.parametrize("extension", WORKBOOKS)
@pytest.mark.parametrize(
    "rows",
    [
        [house(3), house(4)],
        [["自建房台账（续）"], house(3), house(4), [], ["填报人：周文"]],
        [["", "", *house(3)], ["", "", *house(4)]],
        [house(3)[1:], house(4)[1:]],
        [house(3), ["小计"], house(4)],
    ],
    ids=["as before", "titled", "moved", "not numbered", "with subtotals"],
)
def test_houses_on_a_sheet_without_headings_are_read_and_it_is_said(rows: Cells, extension: str) -> None:
    checked = checked_as(extension, ledger([house(1), house(2)]), rows)
    assert (counted(checked), codes_of(checked)) == ([2, 2], ["F020"])
    assert column(checked, "house_id", 1) == ["YS0003", "YS0004"]
    assert {table.unit for table in checked.tables} == {"城关街道"}


@pytest.mark.parametrize("title", ["本周核减房屋", "上期台账", "已拆除（不再上报）", "草稿"])
def test_houses_that_are_set_aside_are_asked_about_and_not_counted(title: str) -> None:
    checked = checked_as("xlsx", ledger([house(1), house(2)]), [[title], house(8), house(9)])
    assert (counted(checked), codes_of(checked)) == ([2], ["F016"])


def test_a_house_on_it_that_was_listed_before_is_there_twice() -> None:
    checked = checked_as("xlsx", ledger([house(1), house(2)]), [house(2)])
    assert codes_of(checked) == ["D401", "F020"]


def test_a_fault_on_it_is_shown_at_its_own_cell() -> None:
    checked = checked_as("xlsx", ledger([house(1)]), [house(2), house(3, 地上层数="约3")])
    (fault,) = (problem for problem in checked.problems if problem.code == "C102")
    assert (fault.sheet, fault.cell) == ("辅助1", "G2")


def test_what_the_headings_lack_is_said_once() -> None:
    short = [row[: HEADINGS.index("销号后复核结论")] for row in ledger([house(1)])]
    checked = checked_as("xlsx", short, [house(2)[: len(short[2])]])
    assert codes_of(checked) == ["F005", "F020"]
    assert [checked.rejected_rows(table) for table in checked.tables] == [{4}, {1}]


@pytest.mark.parametrize(
    "rows",
    [
        [["姓名", "单位", "电话", "职务"], ["周文", "东村", "13800138000", "主任"]],
        [["砖混结构", "是", "A", "复核无隐患"], ["砖木结构", "否", "B", "工程措施"]],
        [["1", "YS0003", "东村", "东村3号", "赵3"], ["2", "YS0004", "东村", "东村4号", "赵4"]],
        [["填报要求"], ["一、层数只计地上"], ["二、没有的填“无”"]],
    ],
    ids=["telephones", "options", "half a list", "how to fill in"],
)
def test_a_sheet_of_something_else_is_passed_over(rows: Cells) -> None:
    checked = checked_as("xlsx", ledger([house(1), house(2)]), rows)
    (said,) = checked.problems
    assert (counted(checked), said.code in ("F015", "F016"), said.sheet) == ([2], True, "辅助1")


@pytest.mark.parametrize(
    ("first", "second", "wrong"),
    [
        ([], [["总计", *["=3"] * 8]], []),
        ([["总计", *["=2"] * 8]], [["总计", *["=1"] * 8]], []),
        ([], [["总计", *["=3"] * 7, "=4"]], [("A306", "I2")]),
    ],
)
def test_a_total_on_the_last_sheet_may_be_that_of_all(
    first: Cells, second: Cells, wrong: list[tuple[str, str]]
) -> None:
    pages = [*SWEEP_HEADER, village("东村"), village("西村"), *first], [village("北村"), *second]
    assert found_in(check(workbook(*pages))) == {("F020", "A1"), *wrong}


def test_figures_that_only_begin_like_the_table_are_none_of_it() -> None:
    page = [*SWEEP_HEADER, village("东村"), ["总计", *["=1"] * 8]]
    checked = check(workbook(page, [["东村", "=3", "=4", "=5", "=6"]]))
    assert (counted(checked), codes_of(checked)) == ([1], ["F015"])


@pytest.mark.parametrize("extension", ["xlsx", "xls", "ods", "csv"])
@pytest.mark.parametrize("gap", [0, 2])
@pytest.mark.parametrize("numbered", [True, False])
def test_the_right_half_may_lack_headings(extension: str, gap: int, numbered: bool) -> None:
    right = [house(number)[0 if numbered else 1 :] for number in (3, 4)]
    rows = [[*house(left), *[""] * gap, *row] for left, row in enumerate(right, 1)]
    checked = checked_as(extension, ledger(rows))
    assert (counted(checked), codes_of(checked)) == ([2, 2], ["F018"])
    assert column(checked, "house_id", 1) == ["YS0003", "YS0004"]


def test_the_right_half_may_have_its_columns_in_another_order() -> None:
    backwards = [[*house(number)[:0:-1]] for number in (3, 4)]
    rows = [[*house(left), *row] for left, row in enumerate(backwards, 1)]
    checked = checked_as("xlsx", ledger(rows, [*HEADINGS, *HEADINGS[:0:-1]]))
    assert (counted(checked), codes_of(checked)) == ([2, 2], ["F018"])
    assert column(checked, "owner_name", 1) == ["赵3", "赵4"]


def test_notes_at_the_right_are_no_half_of_the_list() -> None:
    cells, _ = parse("| 已核 | YS9 | 东村 | 3 |\n| 未核 |  |  | 是 |")
    rows = [[*house(number), *notes] for number, notes in enumerate(cells, 1)]
    checked = checked_as("xlsx", ledger(rows))
    assert (counted(checked), codes_of(checked)) == ([2], ["F006"] * 4)


ON_ITS_SIDE = [list(texts) for texts in zip(*ledger([house(1), house(2)])[2:], strict=True)]
CARD = [
    ["自建房基本情况"],
    *(["房屋编号", "YS0001", "村（社区）", "东村"], ["房屋地址", "东村1号", "产权人", "赵一"]),
    *(["是否经营性", "否", "地上层数", "2"], ["结构类型", "砖混结构", "初判结论", "未发现安全隐患"]),
    ["初判日期", "2024-03-05", "鉴定等级", ""],
]


@pytest.mark.parametrize("cells", [ON_ITS_SIDE, CARD], ids=["on its side", "a card"])
@pytest.mark.parametrize("extension", ["xlsx", "xls", "gb.csv"])
def test_headings_below_each_other_are_told_for_what_they_are(cells: Cells, extension: str) -> None:
    checked = checked_as(extension, cells)
    assert codes_of(checked) == ["F004", "F016"]
    assert "竖着排" in checked.problems[1].message


@pytest.mark.parametrize("cards", [2, 30])
def test_many_cards_are_told_of_once(cards: int) -> None:
    checked = checked_as("xlsx", *[CARD] * cards, ledger([house(1)]))
    assert (counted(checked), codes_of(checked)) == ([1], ["F016"])
    (told,) = (problem for problem in checked.problems if problem.code == "F016")
    assert (told.count, told.sheet) == (cards, "台账")
    assert f"{cards} 张工作表的栏目是竖着排的" in told.message
    assert "：「台账」、「辅助1」" in told.message


def test_a_list_of_the_columns_is_only_passed_over() -> None:
    explained = [[name, "文本，必填" if place % 2 else "下拉选择"] for place, name in enumerate(HEADINGS[1:])]
    checked = checked_as("xlsx", ledger([house(1)]), [["填写要求"], *explained])
    assert (counted(checked), codes_of(checked)) == ([1], ["F015"])


@pytest.mark.parametrize("extension", ["xlsx", "xls", "gb.csv"])
@pytest.mark.parametrize("above", [1, 2, 3])
def test_houses_above_their_header_are_read_by_it(extension: str, above: int) -> None:
    title, note, headings, *houses = ledger([house(1), house(2), house(3)])
    checked = checked_as(extension, [title, note, *houses[:above], headings, *houses[above:]])
    assert (counted(checked), codes_of(checked)) == ([3], ["F020"])
    assert column(checked, "house_id") == ["YS0001", "YS0002", "YS0003"]
    (told,) = (problem for problem in checked.problems if problem.code == "F020")
    assert (told.cell, "在表头的上面" in told.message) == ("B3", True)


def test_a_house_above_the_header_is_checked_like_the_others() -> None:
    title, note, headings, *houses = ledger([house(1), house(2, 地上层数="二"), house(3)])
    checked = checked_as("xlsx", [title, note, *houses[:2], headings, houses[2]])
    assert (counted(checked), codes_of(checked)) == ([3], ["C102", "F020"])


def test_villages_above_their_header_are_read_by_it() -> None:
    note, *headings = SWEEP_HEADER
    rows = [note, village("东村"), *headings, village("西村"), village("总计（栋）", 2)]
    checked = check(workbook(rows), "青石镇.xlsx")
    assert (counted(checked), codes_of(checked)) == ([2], ["F020"])
    assert column(checked, "village") == ["东村", "西村"]


@pytest.mark.parametrize("page", [1, 2])
def test_headings_printed_again_where_only_one_page_has_houses_beside_it(page: int) -> None:
    title, note, headings, *houses = ledger([house(1), house(2), house(3), house(4)])
    beside = [*houses[1], *houses[3]] if page == 1 else [*houses[2], *houses[3]]
    rows = [houses[0], beside, headings, houses[2]] if page == 1 else [*houses[:2], headings, beside]
    checked = checked_as("xlsx", [title, note, headings, *rows])
    listed = [house_id for table in checked.tables for house_id in table.frame.house_id]
    assert sorted(listed) == ["YS0001", "YS0002", "YS0003", "YS0004"]
    assert codes_of(checked) == ["F018"]


def test_the_right_half_begins_at_its_row_numbers_where_another_column_stands_in_front() -> None:
    title, note, headings, *houses = ledger([house(1), house(2)])
    rows = [["核实情况", *headings], ["已核", *houses[0]], [*[""] * (len(headings) + 3), *houses[1]]]
    checked = checked_as("xlsx", [title, note, *rows])
    assert (counted(checked), codes_of(checked)) == ([1, 1], ["F006", "F018"])


@pytest.mark.parametrize(
    "lose",
    [
        lambda text: text.encode("ascii", "replace").decode(),
        lambda text: text.encode("gb18030").decode("latin-1"),
        lambda text: text.encode("gb18030").decode("utf-8", "replace"),
    ],
    ids=["saved as ANSI", "GB18030 as Latin", "GB18030 as UTF-8"],
)
def test_a_sheet_that_lost_all_its_letters_is_told_for_what_it_is(lose: Callable[[str], str]) -> None:
    cells = [[lose(str(value)) for value in row] for row in ledger([house(1), house(2)])]
    checked = checked_as("xlsx", cells)
    assert codes_of(checked) == ["F004", "F016"]
    assert "问号或乱码" in checked.problems[1].message


@pytest.mark.parametrize("between", ["\t", ",", "  ", " | "])
def test_a_table_pasted_into_one_column_is_told_to_be_split(between: str) -> None:
    cells = [[between.join(map(str, row))] for row in ledger([house(1), house(2)])]
    checked = checked_as("xlsx", cells)
    assert codes_of(checked) == ["F004", "F016"]
    assert "分列" in checked.problems[1].hint
