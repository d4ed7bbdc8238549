"""Small tables below a list that are no part of it: options, pivot tables, figures by village."""

import pytest

from tests.intake.typed_files import codes_of, counted, house, ledger
from tests.sheets import Cells, check, workbook

HOUSES = [house(number) for number in range(1, 4)]
BELOW: dict[str, Cells] = {
    "options in columns": [["结构类型", "鉴定等级"], ["砖混结构", "A"], ["土木结构", "B"]],
    "options in rows": [["是否经营性", "是", "否"], ["结构类型", "砖混结构", "土木结构"]],
    "options with numbers": [
        ["类别", "代码", "名称"],
        ["是否经营性", "=1", "是"],
        ["是否经营性", "=2", "否"],
    ],
    "a pivot table": [["行标签", "计数项:房屋编号"], ["东村", "=3"], ["总计", "=3"]],
    "a pivot table of WPS": [["村（社区）", "房屋编号（计数）"], ["东村", "=3"], ["合计", "=3"]],
    "figures": [
        ["各村统计"],
        ["村（社区）", "栋数", "", "建筑面积"],
        ["东村", "=3", "", "=1200"],
        ["合计", "=3", "", "=1200"],
    ],
}


A_FEW_HOUSES: dict[str, Cells] = {
    "what changed": [["变更情况"], ["房屋编号", "变更前", "变更后"], ["YS0002", "土木结构", "砖混结构"]],
    "houses removed": [
        ["核减房屋"],
        ["房屋编号", "房屋地址"],
        ["YS0091", "东村91号"],
        ["YS0092", "东村92号"],
    ],
    "a title that might be a number": [
        ["已搬走核减户"],
        ["", "房屋编号", "核减原因"],
        ["", "YS0091", "已搬走"],
    ],
    "why they were removed": [["序号", "房屋编号", "核减原因"], ["1", "YS0091", "已拆除"]],
}


@pytest.mark.parametrize(
    ("gap", "below"),
    [
        *((gap, below) for gap in (1, 3) for below in (BELOW | A_FEW_HOUSES).values()),
        *((0, below) for name, below in (BELOW | A_FEW_HOUSES).items() if name != "options in rows"),
    ],
)
def test_a_table_below_is_told_once_and_costs_the_list_nothing(below: Cells, gap: int) -> None:
    checked = check(workbook([*ledger(HOUSES), *[[""]] * gap, *below]))
    assert (counted(checked), checked.status) == ([3], "warnings")
    (told,) = [problem for problem in checked.problems if problem.code == "F016"]
    last = len(ledger(HOUSES)) + gap + len(below)
    assert told.message.startswith(f"{told.cell} 第 ")
    assert f"{last} 行在上面的表之后" in told.message


def test_notes_below_such_a_table_are_notes() -> None:
    below = [*BELOW["a pivot table"], [""], ["填报单位：青石镇"]]
    untitled = [["自建房台账"], *ledger(HOUSES)[2:]]
    checked = check(workbook([*untitled, [""], *below]), "台账.xlsx")
    assert ([table.unit for table in checked.tables], codes_of(checked)) == (["青石镇"], ["F016"])


@pytest.mark.parametrize(
    "below",
    [
        [house(4)],
        [["村（社区）", "房屋编号"], ["东村", "YS0009"]],
        [["结构类型", "地址"], ["砖混结构", "东村三组12号"]],
        [["", "待补", "城关街道", "东村"]],
        [["产权人", "结构类型"], ["赵一", "砖混结构"], ["钱二", "土木结构"]],
        [["房屋编号", "变更后"], ["YS0002", "砖混结构"], ["YS0009", "砖混结构"]],
    ],
    ids=["a house", "numbers of houses", "addresses", "no headings", "names", "one more number"],
)
def test_what_may_be_houses_is_never_passed_over(below: Cells) -> None:
    checked = check(workbook([*ledger(HOUSES), [""], *below]))
    assert "F016" not in codes_of(checked)
    assert counted(checked) == [4] or checked.status == "errors"
