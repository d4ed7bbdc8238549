"""Blank forms say their version: an earlier one is named with what it lacks (F019), and taken all the same."""

from pathlib import Path

import openpyxl
import pytest

from tests.sheets import A_PLAIN_HOUSE, check
from zjf.render.xlsx.blank_form import write_template
from zjf.schemas import FORMS
from zjf.schemas.form_version import form_version

HOUSES = FORMS["house-ledger"]


def filled_in(tmp_path: Path, *, version: str = "", without: str = "", optional: bool = False) -> bytes:
    """A blank form with one house in it, as an earlier zjf might have made it."""
    path = tmp_path / "台账.xlsx"
    write_template(path, HOUSES, unit="城关街道", with_optional=optional)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = {str(cell.value).rstrip("*").split("\n")[0]: place for place, cell in enumerate(sheet[3], 1)}
    for heading, text in A_PLAIN_HOUSE.items():
        value = text.format(number=1)
        sheet.cell(4, heads[heading]).value = int(value) if value.isdigit() else value or None
    if without:
        sheet.delete_cols(heads[without])
    if version:
        for row in book["填表说明"].iter_rows(max_col=1):
            if str(row[0].value).startswith("表样版本"):
                row[0].value = f"表样版本：house-ledger · {version}"
    book.save(path)
    return path.read_bytes()


def versions_said(data: bytes) -> list[str]:
    return [problem.message for problem in check(data).problems if problem.code == "F019"]


@pytest.mark.parametrize("optional", [False, True])
def test_the_form_of_today_is_silent(tmp_path: Path, optional: bool) -> None:
    assert versions_said(filled_in(tmp_path, optional=optional)) == []


def test_an_earlier_form_is_named_with_what_it_lacks(tmp_path: Path) -> None:
    data = filled_in(tmp_path, version="zjf 0.1.0", without="用地手续")
    (said,) = versions_said(data)
    assert "空白表是旧版（zjf 0.1.0），没有现行表中的“用地手续”" in said
    assert not check(data).blocked


def test_an_earlier_form_with_the_same_columns_says_so(tmp_path: Path) -> None:
    (said,) = versions_said(filled_in(tmp_path, version="0badcafe"))
    assert "栏目与现行的相同" in said


def test_a_form_of_the_county_s_own_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "自制.xlsx"
    path.write_bytes(filled_in(tmp_path))
    book = openpyxl.load_workbook(path)
    del book["填表说明"]
    book.save(path)
    assert versions_said(path.read_bytes()) == []


def test_it_is_said_once_and_beside_nothing_else(tmp_path: Path) -> None:
    checked = check(filled_in(tmp_path, version="0badcafe"))
    assert {problem.code for problem in checked.problems} == {"F019"}


def test_versions_differ_from_form_to_form() -> None:
    assert len({form_version(form) for form in FORMS.values()}) == len(FORMS)
