"""A list of some houses in a few columns, beside the list that has them whole."""

import pytest

from tests.intake.typed_files import HEADINGS, codes_of, counted, house, ledger
from tests.sheets import Cells, check, workbook

HOUSES = [house(number) for number in range(1, 4)]
A_FEW = ["房屋编号", "村（社区）", "产权人", "初判结论", "整治措施", "备注"]


def in_a_few_columns(*houses: list[str]) -> Cells:
    return [["隐患房屋清单"], A_FEW, *([row[HEADINGS.index(name)] for name in A_FEW] for row in houses)]


@pytest.mark.parametrize("is_first", [False, True])
def test_it_is_told_once_and_not_read(*, is_first: bool) -> None:
    sheets = {"台账": ledger(HOUSES), "隐患房屋": in_a_few_columns(HOUSES[1])}
    names = [*sheets][:: -1 if is_first else 1]
    checked = check(workbook(*(sheets[name] for name in names), names=names))
    assert (counted(checked), codes_of(checked)) == ([3], ["F016"])
    (told,) = [problem for problem in checked.problems if problem.code == "F016"]
    assert told.sheet == "隐患房屋"
    assert "第 2 行起的表有 1 行，编号都在「台账」第 3 行起的表里" in told.message


def test_it_may_stand_below_the_list() -> None:
    checked = check(workbook([*ledger(HOUSES), [""], *in_a_few_columns(HOUSES[1])]))
    assert (counted(checked), codes_of(checked)) == ([3], ["F016"])


@pytest.mark.parametrize(
    ("name", "title"), [("核减", "房屋清单"), ("Sheet2", "已拆除房屋清单"), ("已拆除", "")]
)
def test_houses_that_are_not_to_be_reported_need_no_other_columns(name: str, title: str) -> None:
    removed = [[title], A_FEW, ["YS0091", "东村", "赵九"]]
    checked = check(workbook(ledger(HOUSES), removed, names=["台账", name]))
    assert (counted(checked), codes_of(checked)) == ([3], ["F016"])
    below = check(workbook([*ledger(HOUSES), [""], ["核减房屋清单"], *removed[1:]]))
    assert (counted(below), codes_of(below)) == ([3], ["F016"])


@pytest.mark.parametrize(
    ("name", "title", "heading"),
    [
        ("核减", "新增、核减房屋清单", "备注"),
        ("核减", "新增房屋清单", "备注"),
        ("Sheet2", "房屋清单", "是否核减"),
    ],
)
def test_new_houses_are_never_passed_over_beside_those_removed(name: str, title: str, heading: str) -> None:
    changed = [[title], [*A_FEW[:-1], heading], ["YS0091", "东村", "赵九"]]
    assert check(workbook(ledger(HOUSES), changed, names=["台账", name])).status == "errors"


@pytest.mark.parametrize(
    "second",
    [
        in_a_few_columns(HOUSES[1], house(9)),
        in_a_few_columns(house(2, 房屋编号="")),
        [["隐患房屋清单"], HEADINGS, HOUSES[1]],
    ],
    ids=["a house of its own", "no number", "whole"],
)
def test_what_is_more_than_an_extract_is_read(second: Cells) -> None:
    checked = check(workbook(ledger(HOUSES), second))
    assert (len(counted(checked)), checked.status) == (2, "errors")
