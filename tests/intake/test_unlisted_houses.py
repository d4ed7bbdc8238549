"""Lines above, between and below the rows that speak of houses which are no rows (F026)."""

import pytest

from tests.intake.typed_files import checked_as, codes_of, counted, house, ledger
from tests.sheets import Cells

NOTE, HEADINGS = ["填报单位：城关街道"], ledger([])[2]
HOUSES = [house(1), house(2), house(3)]

OF_OTHERS = [
    "另有东村9号赵九房屋1栋未列入",
    "注：另有2栋见附页",
    "还有一栋待补报",
    "漏报1栋：东村9号",
    "其余3栋下周补报",
    "说明：西村尚有5户未排查",
    "注：2栋房屋正在核实，暂未录入",
    "备注：YS0009",
    "9 YS0009 东村 东村9号 赵9 否 2 砖混结构",
    "东村9号，赵九，2层，砖混",
]
OF_NONE = [
    "以下为本周新增2栋",
    "以上3栋已销号",
    "YS0002正在整治",
    "如有漏报请及时补报",
    "其中经营性2栋未纳入监管平台",
    "填报说明：每栋填一行，未排查的不填",
    "联系电话：13800000000",
    "填报时间：20240605",
    "本周已鉴定2栋",
]


def at(place: int, line: str) -> Cells:
    """The list with a line in front of one of its houses, or behind the last one."""
    return [["自建房台账"], NOTE, HEADINGS, *HOUSES[:place], [line], *HOUSES[place:]]


@pytest.mark.parametrize("line", OF_OTHERS)
@pytest.mark.parametrize("place", [1, 3])
def test_houses_that_are_no_rows_are_told(line: str, place: int) -> None:
    checked = checked_as("xlsx", at(place, line))
    assert (counted(checked), codes_of(checked)) == ([3], ["F026"])


@pytest.mark.parametrize("line", OF_NONE)
@pytest.mark.parametrize("place", [1, 3])
def test_other_lines_are_not_spoken_of(line: str, place: int) -> None:
    checked = checked_as("xlsx", at(place, line))
    assert (counted(checked), codes_of(checked)) == ([3], [])


def test_many_lines_are_told_in_one() -> None:
    checked = checked_as("xlsx", [*at(3, "另有2栋未列入"), ["YS0008"], ["YS0009"]])
    (told,) = (problem for problem in checked.problems if problem.code == "F026")
    assert told.cells == ("A7", "A8", "A9")
    assert "共 3 处" in told.message


def test_the_rows_of_another_table_below_are_none_of_them() -> None:
    issues = [
        ["问题编号", "房屋编号", "来源", "发现日期", "问题描述"],
        ["W1", "YS0009", "自查", "2024-05-01", "裂缝"],
    ]
    assert "F026" not in codes_of(checked_as("xlsx", [*ledger(HOUSES), [], ["问题整改台账"], *issues]))


def test_a_house_at_the_right_that_fits_no_columns_is_told() -> None:
    away = [*[""] * (len(HEADINGS) + 2), "YS0009", "赵9", "砖混结构", "东村9号", "2", "否", "东村"]
    checked = checked_as("xlsx", [["自建房台账"], NOTE, HEADINGS, *HOUSES, away])
    assert (counted(checked), codes_of(checked)) == ([3], ["F026"])


def test_a_problem_typed_into_one_cell_is_told() -> None:
    headings = ["问题编号", "村（社区）", "来源", "发现日期", "问题描述"]
    rows = [[f"W00{number}", "东村", "自查", "2024-05-01", "裂缝"] for number in (1, 2)]
    line = ["W003 东村 自查 2024-05-01 裂缝"]
    checked = checked_as("xlsx", [["问题整改台账"], NOTE, headings, *rows, line])
    assert (counted(checked), "F026" in codes_of(checked)) == ([2], True)


def test_a_line_among_the_rows_is_told_where_a_house_stands_above_the_header() -> None:
    rows = [["自建房台账"], NOTE, HOUSES[0], HEADINGS, HOUSES[1], ["另有2栋见附页"], HOUSES[2]]
    checked = checked_as("xlsx", rows)
    assert (counted(checked), codes_of(checked)) == ([3], ["F020", "F026"])
