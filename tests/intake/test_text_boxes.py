"""Text boxes over a table, as LibreOffice saves them: their words are no part of a cell, and are told of.

The fixtures are the ledger of three houses below: at D5 a box speaks of a row, at C10 one names who checked it, at G4 there is
a comment.
"""

from pathlib import Path

import pytest

from tests.intake.messy import column
from tests.intake.typed_files import codes_of, counted
from tests.sheets import check

FIXTURES = Path(__file__).parent.parent / "fixtures"


@pytest.mark.parametrize("extension", ["xls", "ods"])
def test_their_words_are_no_part_of_a_cell_and_are_told_of(extension: str) -> None:
    checked = check((FIXTURES / f"text_boxes.{extension}").read_bytes(), f"城关街道.{extension}")
    assert (counted(checked), codes_of(checked)) == ([3], ["F024"])
    assert column(checked, "address") == ["东村1号", "东村2号", "东村3号"]
    assert column(checked, "village") == ["东村", "东村", "东村"]
    (told,) = [problem for problem in checked.problems if problem.code == "F024"]
    assert told.cells == ("G4", "D5")
    assert "核减" not in told.message
