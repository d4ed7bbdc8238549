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
    assert (told.sheet, "1 行，编号都在「台账」里" in told.message) == ("隐患房屋", True)


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
