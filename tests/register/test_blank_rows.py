"""A workbook with a hundred thousand blank rows below its table, as after whole columns were formatted."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from zjf.register.sight.workbook import without_blank_rows
from zjf.register.verdicts import Verdict

from .offices import PrintedCounty, part_changed

SHEET = "xl/worksheets/sheet1.xml"
MANY = "".join(f'<row r="{row}" spans="1:18"><c r="A{row}" s="1"/></row>' for row in range(50, 100_000))


def with_many(rows: str) -> Callable[[bytes], bytes]:
    """A sheet with many blank rows behind its own, and more rows among them."""
    return lambda xml: xml.replace(b"</sheetData>", (MANY + rows).encode() + b"</sheetData>")


def test_a_table_above_them_is_the_same_and_they_are_left_out(county: PrintedCounty, tmp_path: Path) -> None:
    path, data = tmp_path / "表.xlsx", county.file("附件2_云水县.xlsx")
    path.write_bytes(part_changed(data, SHEET, with_many("")))
    found = county.judged(path)
    assert (found.verdict, found.differences) == (Verdict.CURRENT, ())
    assert len(without_blank_rows(path.read_bytes(), 12)) < path.stat().st_size / 2


@pytest.mark.parametrize(
    "row",
    [
        '<row r="8"><c r="B8" s="1"/></row>',  # a figure's own cell once more, which some programs show
        '<row r="200000"><c r="B8" s="1"/></row>',
        '<row r="200000" r="8"><c r="B200000" s="1"/></row>',
        '<row r="200000"><c r="B200000" t="str"><v>另有3栋</v></c></row>',
        '<row r="200000"><c r="B200000" t="str"><f>"另有3栋"</f></c></row>',
        '<row r="200000"><c r="B200000" t="inlineStr"><is><t>另有3栋</t></is></c></row>',
        '<row r="8" hidden="1"/>',
    ],
)
def test_what_stands_among_them_is_seen(county: PrintedCounty, row: str) -> None:
    changed = part_changed(county.file("附件2_云水县.xlsx"), SHEET, with_many(row))
    seen = without_blank_rows(changed, 12)
    assert seen != changed
    assert row.encode() in _sheet(seen)


def test_a_short_sheet_stays_as_it_is(county: PrintedCounty) -> None:
    data = county.file("附件2_云水县.xlsx")
    assert without_blank_rows(data, 12) is data


def _sheet(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(SHEET)
