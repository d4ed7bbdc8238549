"""A ledger printed in two parts side by side, through every command that reads it."""

import io
from pathlib import Path

import openpyxl
import pytest

from tests.sheets import Cells, workbook

from .office import PERIOD, TOWN, House, Office, ledger


def beside(*houses: House) -> Cells:
    """A unit's ledger, its second half beside the first."""
    half = len(houses) // 2
    left = ledger(TOWN, *houses[:half])
    right = ledger(TOWN, *houses[half:], number_from=half + 1)
    return [left[0], *([*one, "", *other] for one, other in zip(left[1:], right[1:], strict=True))]


@pytest.fixture
def sent(office: Office) -> Path:
    """Four houses; one in the right part is wrong, another unusual."""
    return office.receive("城关街道.xlsx", beside({}, {}, {"结构类型": "砖昆"}, {"地上层数": "１"}))


@pytest.mark.usefixtures("sent")
def test_both_parts_are_taken_but_for_what_is_wrong(office: Office) -> None:
    ran = office.aggregate("--partial", "--format", "json")
    assert ran.json["rows"] == {"read": 4, "accepted": 3, "rejected": 1}
    assert (ran.json["county"]["counts"]["surveyed"], ran.code) == (3, 1)


def test_the_marked_copy_marks_the_right_part(office: Office, sent: Path) -> None:
    office.run("validate", sent, "--annotate", office.folder / "标注", "--county", office.folder)
    (copy,) = (office.folder / "标注").iterdir()
    page = openpyxl.load_workbook(copy).worksheets[1]
    marked = {cell.coordinate for row in page.iter_rows() for cell in row if cell.comment}
    assert marked == {"R2", "X3"}


def test_a_repair_is_written_into_the_right_part(office: Office, sent: Path) -> None:
    fixed = office.folder / "改好.xlsx"
    office.run("repair", sent, "-o", fixed, "--county", office.folder)
    page = openpyxl.load_workbook(io.BytesIO(fixed.read_bytes())).active
    assert page is not None
    assert (page["W4"].value, page["F4"].value) == (1, "2")


def test_what_changed_is_told_by_its_cell(office: Office, sent: Path) -> None:
    mended = office.receive("后.xlsx", workbook(beside({}, {}, {}, {"地上层数": "2"})))
    ran = office.run("diff", sent, mended, "--county", office.folder, "--format", "json")
    cells = {
        house["house_id"]: [(cell["stood"]["cell"], cell["stands"]["cell"]) for cell in house["cells"]]
        for house in ran.json["houses"]["changed"]
    }
    assert cells == {"YS0003": [("X3", "X3")], "YS0004": [("W4", "W4")]}


def test_houses_sent_below_each_other_the_next_time_are_the_same(office: Office) -> None:
    office.receive("城关街道.xlsx", beside({}, {}, {}, {}))
    office.aggregate()
    office.receive("城关街道.xlsx", ledger(TOWN, {}, {}, {}, {"地上层数": "1"}))
    office.aggregate()
    found = office.run("diff", PERIOD, PERIOD, "--county", office.folder, "--format", "json").json
    (house,) = found["houses"]["changed"]
    places = [(cell["field"], cell["stood"]["cell"], cell["stands"]["cell"]) for cell in house["cells"]]
    assert places == [("floors", "W4", "F6")]
