"""Blank forms: read back as what they are, open where a clerk writes, and full of drop-downs."""

from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.sheets import CLOSING_DAY, COUNTY, check, found_in
from zjf.checking.alone import check_bytes
from zjf.checking.one_return import CheckSettings
from zjf.intake.settings import Intake
from zjf.render.xlsx.blank_cells import blank_rate_formula, limits
from zjf.render.xlsx.blank_form import write_template
from zjf.rules.registry import Judgement
from zjf.schemas import FORMS, Form

LEDGERS = [form for form in FORMS.values() if not form.info.number]
NAMES = {"ids": lambda form: form.id}


def blank(tmp_path: Path, form: Form, rows: pd.DataFrame | None = None) -> Path:
    path = tmp_path / f"{form.id}.xlsx"
    write_template(path, form, unit="青石镇", units=("城关街道", "青石镇"), rows=rows)
    return path


def sheet(path: Path) -> Worksheet:
    return openpyxl.load_workbook(path).worksheets[0]


def headings(page: Worksheet) -> dict[str, int]:
    """Column by the heading's first line without its star, in the row above the first open one."""
    row = page.freeze_panes
    assert isinstance(row, str)
    last = int("".join(filter(str.isdigit, row))) - 1
    return {
        str(cell.value).split("\n")[0].rstrip("*"): cell.column
        for cell in page[last]
        if cell.value is not None
    }


@pytest.mark.parametrize("form", FORMS.values(), **NAMES)
def test_a_blank_form_is_recognised_and_lacks_nothing_but_data(tmp_path: Path, form: Form) -> None:
    checked = check(blank(tmp_path, form).read_bytes())
    (table,) = checked.tables
    assert (table.form.id, table.unit) == (form.id, "青石镇")
    assert found_in(checked) == {("F009", "")}
    left_out = {field.name for field in form.standard_fields} - set(table.columns)
    assert left_out == ({"township"} if form.info.number else set())


@pytest.mark.parametrize("form", FORMS.values(), **NAMES)
def test_a_blank_form_is_told_when_only_it_is_looked_for(tmp_path: Path, form: Form) -> None:
    """Then a single heading will do: the guide must not hold one."""
    only = Intake(COUNTY, CLOSING_DAY, forms=(form.id,))
    settings = CheckSettings(only, Judgement(closing_day=CLOSING_DAY))
    path = blank(tmp_path, form)
    assert len(check_bytes(path, path.read_bytes(), settings, keep_rows=True).tables) == 1


@pytest.mark.parametrize("form", FORMS.values(), **NAMES)
def test_the_headings_are_locked_and_the_cells_below_are_open(tmp_path: Path, form: Form) -> None:
    page = sheet(blank(tmp_path, form))
    assert page.protection.sheet
    first = page[str(page.freeze_panes)]
    assert page.cell(first.row - 1, 1).protection.locked
    assert not page.cell(first.row, 1).protection.locked


def test_identity_and_telephone_numbers_are_text_and_dates_are_dates(tmp_path: Path) -> None:
    page = sheet(blank(tmp_path, FORMS["house-ledger"]))
    first = page[str(page.freeze_panes)].row
    formats = {name: page.cell(first, column).number_format for name, column in headings(page).items()}
    assert formats["产权人证件号码"] == formats["联系电话"] == formats["房屋编号"] == "@"
    assert formats["初判日期"] == "yyyy-mm-dd"
    assert formats["地上层数"] == "0"


def test_codes_are_chosen_from_lists_and_the_long_ones_stand_on_a_hidden_sheet(tmp_path: Path) -> None:
    path = blank(tmp_path, FORMS["house-ledger"])
    book = openpyxl.load_workbook(path)
    page, options = book.worksheets[0], book["选项"]
    assert options.sheet_state == "veryHidden"
    column = openpyxl.utils.get_column_letter(headings(page)["经营业态"])
    (rule,) = [
        validation for validation in page.data_validations.dataValidation if f"{column}4" in validation.sqref
    ]
    assert str(rule.formula1).startswith("选项!")
    assert not rule.showErrorMessage
    assert "餐饮饭店" in {cell for row in options.iter_rows(values_only=True) for cell in row}
    lists = {
        str(validation.formula1)
        for validation in page.data_validations.dataValidation
        if validation.type == "list"
    }
    assert '"是,否"' in lists
    assert '"城关街道,青石镇"' in lists


@pytest.mark.parametrize(
    ("form", "field", "expected"),
    [
        ("house-ledger", "floors", (1, 99)),
        ("house-ledger", "build_year", (1800, 100_000_000)),
        ("house-ledger", "occupants", (0, 100_000)),
        ("attachment-2", "closed", (0, 100_000_000)),
    ],
)
def test_whole_numbers_are_limited_as_declared(form: str, field: str, expected: tuple[int, int]) -> None:
    assert limits(FORMS[form].by_name[field]) == expected


def test_rates_carry_the_parentheses_that_their_headings_leave_out() -> None:
    """facts.md#formulas: blank while nothing is filled in, — over zero (facts.md#no-rate)."""
    fields = [field for field in FORMS["attachment-2"].fields if not field.roll_up_only]
    rates = {field.name: blank_rate_formula(field, fields, 5) for field in fields if field.rate}
    assert rates["appraisal_rate"] == '=IF(COUNT(K6,H6,I6,J6)=0,"",IF((H6-I6-J6)>0,K6/(H6-I6-J6),"—"))'
    assert "(N6+J6)/(L6+J6)" in rates["rectification_rate"]
    assert 'LEFT(E6,FIND("/",E6)-1)' in rates["confirmation_rate"]


def test_rows_that_are_filled_in_are_read_back(tmp_path: Path) -> None:
    rows = pd.DataFrame(
        {
            "house_id": ["YS0001", "YS0002"],
            "village": ["东村", None],
            "checked_on": [date(2024, 6, 5)] * 2,
            "original": ["未发现安全隐患"] * 2,
            "finding": ["无误", "错排"],
            "checker": ["周工"] * 2,
        },
        dtype=object,
    )
    checked = check(blank(tmp_path, FORMS["spot-check"], rows).read_bytes())
    assert not found_in(checked)
    (table,) = checked.tables
    assert table.frame[list(rows)].equals(rows)


@pytest.mark.parametrize("form", LEDGERS, **NAMES)
def test_the_guide_explains_every_column(tmp_path: Path, form: Form) -> None:
    guide = openpyxl.load_workbook(blank(tmp_path, form))["填表说明"]
    said = "\n".join(str(cell) for row in guide.iter_rows(values_only=True) for cell in row if cell)
    assert all(field.heading.text in said for field in form.standard_fields)
    assert all(code.value in said for field in form.standard_fields if field.codes for code in field.codes)
    assert f"表样版本：{form.id}" in said
