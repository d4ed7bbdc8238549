"""Ledgers on paper: bands of columns, stretches of rows."""

from datetime import date
from pathlib import Path

import pandas as pd
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.render.made_up_county import houses
from zjf.documents.layout import ems
from zjf.documents.ledger_table import LedgerTable
from zjf.render.pdf.ledger import lay_out, wrapped, write_ledger_paper
from zjf.render.pdf.press import Imprint, Press
from zjf.schemas import FORMS

HOUSES = FORMS["house-ledger"]


def ledger(rows: pd.DataFrame, *, personal: bool = False) -> LedgerTable:
    return LedgerTable(HOUSES, rows, unit="云水县", period="2024年第23周", shows_personal=personal)


def test_every_line_of_every_cell_is_on_a_page(tmp_path: Path) -> None:
    frame = houses(150)
    frame["remarks"] = [f"第{place}户须于汛期前完成加固，" * 4 for place in range(len(frame))]
    table = ledger(frame)
    path = tmp_path / "台账.pdf"
    write_ledger_paper(path, table, Press(), Imprint("云水县", date(2024, 6, 7)))
    pages = ["".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages]
    sheets = lay_out(table).sheets
    assert len(pages) == len(sheets)
    for page, sheet in zip(pages, sheets, strict=True):
        for lines in sheet.columns:
            assert "".join("".join(lines).split()) in page


def test_the_pages_hold_every_row_and_column_once() -> None:
    table = ledger(houses(500))
    pages = lay_out(table)
    columns = [at for band in pages.bands for at in band if at > table.key_columns]
    assert columns == list(range(table.key_columns + 1, len(pages.columns)))
    for band in range(len(pages.bands)):
        rows = [row for sheet in pages.sheets if sheet.band == band for row in range(*sheet.rows)]
        assert rows == list(range(500))


def test_every_band_names_its_rows() -> None:
    pages = lay_out(ledger(houses(3)))
    for sheet in pages.sheets:
        assert [pages.columns[at].text for at in sheet.shown[:2]] == ["序号", "房屋编号"]
        assert sheet.columns[0] == ["1", "2", "3"]


def test_cells_of_a_row_stand_on_one_level_in_all_columns() -> None:
    frame = houses(40)
    frame.loc[3, "remarks"] = "汛期前完成加固。" * 20
    for sheet in lay_out(ledger(frame)).sheets:
        assert {len(lines) for lines in sheet.columns} == {sheet.ends[-1]}
        numbers = [line for line in sheet.columns[0] if line]
        starts = [0, *sheet.ends[:-1]]
        assert [sheet.columns[0][start] for start in starts] == numbers


@given(st.text(st.characters(codec="gb18030", exclude_categories=["C", "Z"]), max_size=80), st.floats(4, 16))
def test_wrapped_lines_fit_and_lose_nothing(text: str, room: float) -> None:
    lines = wrapped(text, room)
    assert "".join(lines) == text
    assert all(ems(line) <= room for line in lines)


def test_personal_data_is_masked_unless_asked_for() -> None:
    frame = houses(1)
    (hidden,), (shown,) = ledger(frame).grid, ledger(frame, personal=True).grid
    at = {name: place for place, name in enumerate(HOUSES.by_name)}
    assert hidden[at["owner_name"]] == "赵**"
    assert hidden[at["owner_id"]][2:-2] == "*" * 14
    assert shown[at["owner_id"]] == frame.owner_id[0]
    assert hidden[at["address"]] == shown[at["address"]]


@pytest.mark.parametrize("form", [form.id for form in FORMS.values() if not form.info.number])
def test_an_empty_ledger_of_any_form_says_none(tmp_path: Path, form: str) -> None:
    columns = [name for field in FORMS[form].fields for name in field.columns]
    nothing = pd.DataFrame(columns=columns, dtype=object)
    path = tmp_path / "台账.pdf"
    table = LedgerTable(FORMS[form], nothing, unit="云水县")
    write_ledger_paper(path, table, Press(), Imprint("云水县", date(2024, 6, 7)))
    for page in pypdf.PdfReader(path).pages:
        words = "".join(page.extract_text().split())
        assert f"云水县{FORMS[form].info.title}共0行" in words
