"""A long sheet is parsed in two halves: nobody can tell it from one that was read whole."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from zjf.intake.limits import Limits
from zjf.intake.sheet_values import Value
from zjf.intake.workbook import Sheet, open_sheets

_WHOLE = Limits()
_HALVED = replace(_WHOLE, halved_from=0)

values = st.one_of(
    st.sampled_from(["", "大河镇", "无", "<row r=", "a&b", " 东村 ", "⻘⽯镇", "合计"]),
    st.floats(-1e9, 1e9).map(lambda number: round(number, 3)),
    st.booleans(),
    st.datetimes(datetime(1950, 1, 1), datetime(2099, 12, 31)).map(lambda day: day.replace(microsecond=0)),
)
places = st.tuples(st.integers(0, 60), st.integers(0, 8))
sheets = st.dictionaries(places, values, max_size=80)


def written(
    cells: dict[tuple[int, int], Value], *, inline: bool = False, others: int = 0, merged: bool = False
) -> bytes:
    file = io.BytesIO()
    options = {"constant_memory": inline, "in_memory": True, "strings_to_formulas": False}
    with xlsxwriter.Workbook(file, options) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet = book.add_worksheet("台账")
        if merged:
            sheet.merge_range(70, 2, 75, 3, "并")
        for row, column in sorted(cells):
            value = cells[row, column]
            sheet.write(row, column, value, *([day] if isinstance(value, datetime) else []))
        for number in range(others):
            book.add_worksheet(f"说明{number}").write(number, 1, "填表说明")
    return file.getvalue()


def both(data: bytes) -> tuple[list[Sheet], list[Sheet]]:
    whole, halved = (open_sheets("台账.xlsx", data, limits) for limits in (_WHOLE, _HALVED))
    return whole, halved


@given(cells=sheets, inline=st.booleans(), others=st.integers(0, 2), merged=st.booleans())
@settings(max_examples=60, deadline=None)
def test_halves_make_the_whole(
    cells: dict[tuple[int, int], Value], inline: bool, others: int, merged: bool
) -> None:
    data = written(cells, inline=inline, others=others, merged=merged and not inline)
    whole, halved = both(data)
    assert halved == whole


@pytest.mark.parametrize("first_column", [0, 3])
def test_rows_left_out_between_the_halves(first_column: int) -> None:
    cells: dict[tuple[int, int], Value] = {
        (row, first_column): f"第{row}行" for row in (*range(9), *range(40, 49))
    }
    whole, halved = both(written(cells))
    assert halved == whole
    assert len(halved[0].rows) == 49


def test_the_lower_half_is_wider() -> None:
    cells: dict[tuple[int, int], Value] = {(row, 0): row for row in range(20)} | {(19, 7): "备注"}
    whole, halved = both(written(cells))
    assert halved == whole
    assert {len(row) for row in halved[0].rows} == {8}


def rewritten(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with the XML of its sheet as another program might write it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(made, "w") as copy:
        for name in package.namelist():
            xml = package.read(name)
            copy.writestr(name, change(xml) if "worksheets" in name else xml)
    return made.getvalue()


def in_another_order(xml: bytes) -> bytes:
    rows = re.findall(rb"<row .*?</row>", xml, re.DOTALL)
    return xml[: xml.find(b"<row ")] + b"".join(reversed(rows)) + xml[xml.find(b"</sheetData>") :]


WRITINGS: dict[str, Callable[[bytes], bytes]] = {
    "rows without numbers": lambda xml: re.sub(rb'(<row) r="\d+"', rb"\1", xml),
    "every other row without a number": lambda xml: re.sub(rb'(<row) r="\d*[02468]"', rb"\1", xml),
    "cells without names": lambda xml: re.sub(rb'(<c) r="[A-Z]+\d+"', rb"\1", xml),
    "rows in another order": in_another_order,
    "a comment that looks like rows": lambda xml: xml.replace(
        b"<sheetData>", b'<sheetData><!-- <row r="1"> --><!-- ' + b'<row r="9">' * 90 + b" -->"
    ),
    "tags with a prefix": lambda xml: re.sub(rb"<(/?)(\w)", rb"<\1x:\2", xml).replace(b"xmlns=", b"xmlns:x="),
    "single quotes": lambda xml: xml.replace(b'"', b"'"),
    "no size": lambda xml: re.sub(rb"<dimension[^>]*>", b"", xml),
}


@pytest.mark.parametrize("writing", WRITINGS)
def test_a_sheet_written_in_another_way(writing: str) -> None:
    cells: dict[tuple[int, int], Value] = {
        (row, column): f"第{row}行" for row in range(30) for column in range(3)
    }
    whole, halved = both(rewritten(written(cells), WRITINGS[writing]))
    assert halved == whole
