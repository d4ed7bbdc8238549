"""A row that may be a note, or part of the row above, is one problem and not one for each blank cell."""

import pytest

from tests.intake.messy import rows_of
from tests.intake.typed_files import HEADINGS, checked_as, codes_of, house, ledger
from tests.sheets import A_PLAIN_HOUSE


def row(**filled: str) -> list[str]:
    return ["", *(filled.get(heading, "") for heading in HEADINGS[1:])]


@pytest.mark.parametrize("extension", ["xlsx", "xls", "ods", "csv"])
@pytest.mark.parametrize(
    ("filled", "said"),
    [
        ({"备注": "该户外出"}, "这一行填了备注，房屋编号等 7 项必填的都空着"),
        (
            {"产权人": "钱二", "产权人证件号码": "990101195001010010"},
            "这一行填了产权人、产权人证件号码，房屋编号等 6 项",
        ),
        ({"村（社区）": "东村", "备注": "待补录"}, "这一行填了村（社区）、备注，房屋编号等 6 项"),
    ],
)
def test_what_it_lacks_is_told_once(extension: str, filled: dict[str, str], said: str) -> None:
    checked = checked_as(extension, ledger([house(1), row(**filled), house(2)]))
    assert (rows_of(checked), codes_of(checked)) == ([4, 5, 6], ["C101"])
    (found,) = [problem for problem in checked.problems if problem.code == "C101"]
    assert (found.cell, found.rows) == ("B5", (5,))
    assert said in found.message
    assert "钱二" not in found.message
    blank = [heading for heading in list(A_PLAIN_HOUSE)[:7] if heading not in filled]
    assert len(found.cells) == len(blank)


@pytest.mark.parametrize("text", ["重点关注", "续上表", "经营性", "东村（续）"])
def test_a_text_alone_in_the_place_of_a_number_is_told_once(text: str) -> None:
    checked = checked_as("xlsx", ledger([house(1), row(房屋编号=text), house(2)]))
    (found,) = [problem for problem in checked.problems if problem.code != "C111"]
    assert (found.code, found.cell, found.rows) == ("C101", "B5", (5,))
    assert "像是备注" in found.message


def test_a_house_with_a_number_or_much_else_is_told_cell_by_cell() -> None:
    numbered = row(房屋编号="YS0009")
    full = row(使用人="钱二", 建成年份="1998", 复核人="周工", 备注="砖房")
    headings = [*HEADINGS, "使用人"]
    rows = [[*numbered, ""], [*full, "钱二"]]
    checked = checked_as("xlsx", ledger([[*house(1), "赵一"], *rows], headings))
    of_row = [problem.row for problem in checked.problems if problem.code == "C101"]
    assert (of_row.count(5), of_row.count(6)) == (6, 7)
