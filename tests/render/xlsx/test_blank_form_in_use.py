"""Blank forms in other hands: cells asked for by other cells, and what LibreOffice leaves of a form it saved."""

import shutil
import subprocess
from itertools import product
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils import column_index_from_string

from tests.sheets import check
from zjf.render.xlsx.blank_cells import required_formula
from zjf.render.xlsx.blank_form import write_template
from zjf.schemas import FORMS, Field
from zjf.schemas.conditions import TALL_FROM, CellTest

ASKED = [
    pytest.param(form.id, field, id=f"{form.id}-{field.name}")
    for form in FORMS.values()
    for field in form.fields
    if field.required_when
]


@pytest.mark.parametrize(("form", "field"), ASKED)
def test_a_cell_is_marked_only_where_the_rule_asks_for_it(form: str, field: Field) -> None:
    assert field.required_when
    when = field.required_when.when
    assert when.seen, "a condition that no sheet can see"
    names = [column for field in FORMS[form].fields for column in field.columns]
    for tests in when.seen:
        values = [_values(FORMS[form].by_name[test.field], test) for test in tests]
        for chosen in product(*values):
            row = dict.fromkeys(names) | dict(zip((test.field for test in tests), chosen, strict=True))
            frame = pd.DataFrame([row], dtype=object)
            assert bool(when.holds(frame, TALL_FROM).iloc[0]), chosen


def _values(field: Field, test: CellTest) -> list[object]:
    """Typed values for which the test of a cell holds."""
    if test.blank:
        return [None]
    if test.tall:
        return [3, 9]
    texts = list(test.texts) or [code.value for code in field.codes or ()] or ["某"]
    several = field.annotation is not None and "tuple" in str(field.annotation)
    return [(text,) if several else text for text in texts]


def test_the_formula_names_the_cells_that_ask() -> None:
    field = FORMS["house-ledger"].by_name["responsible"]
    cells = {"grade": "$AJ4", "rectified_on": "$AQ4"}
    assert required_formula(field, cells, TALL_FROM) == 'OR(AND(OR($AJ4="C",$AJ4="D"),LEN($AQ4)=0))'
    assert required_formula(field, {"grade": "$AJ4"}, TALL_FROM) == ""
    design = FORMS["house-ledger"].by_name["pro_design"]
    cells = {"floors": "$M4", "is_commercial": "$J4"}
    assert "$M4>=4" in required_formula(design, cells, 4)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
@pytest.mark.parametrize("form", ["house-ledger", "attachment-2"])
def test_drop_downs_formats_and_marks_outlive_another_program(tmp_path: Path, form: str) -> None:
    path, saved = tmp_path / "表.xlsx", tmp_path / "存过"
    write_template(path, FORMS[form], unit="城关街道", units=["城关街道", "青石镇"])
    convert = ["soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless", "--convert-to", "xlsx"]
    subprocess.run(
        [*convert, "--outdir", str(saved), str(path)], check=True, capture_output=True, timeout=120
    )
    before, after = (openpyxl.load_workbook(book) for book in (path, saved / path.name))
    one, other = before.worksheets[0], after.worksheets[0]
    assert _lists(other) == _lists(one)
    assert _formats(other) == _formats(one)
    assert len(other.conditional_formatting) >= len(one.conditional_formatting) > 0
    assert other.protection.sheet
    (table,) = (table for table in check((saved / path.name).read_bytes()).tables)
    assert table.form.id == form


def _formats(sheet: Any) -> dict[int, str]:
    """Column: how what is typed into it is taken: as text, a day, a number."""
    found: dict[int, str] = {}
    for letter, column in sheet.column_dimensions.items():
        first = column.min or column_index_from_string(letter)
        found |= dict.fromkeys(
            range(first, (column.max or first) + 1), column.number_format.upper().replace("\\", "")
        )
    return found


def _lists(sheet: Any) -> dict[int, str]:
    """Column: where its drop-down takes its options from."""
    found: dict[int, str] = {}
    for rule in sheet.data_validations.dataValidation:
        if rule.type == "list":
            source = str(rule.formula1).replace("$", "").replace("'", "").replace('"', "")
            for area in rule.sqref.ranges:
                found[area.min_col] = source
    return found
