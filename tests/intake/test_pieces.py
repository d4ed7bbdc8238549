"""A long sheet is parsed in pieces and kept by column: nobody can tell it from one that was read whole."""

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

from tests.sheets import A_PLAIN_HOUSE, check
from tests.sheets import workbook as book_of
from zjf.checking.one_return import CheckedReturn
from zjf.intake.limits import Limits
from zjf.intake.sheet_values import Value
from zjf.intake.workbook import Sheet, open_sheets

_WHOLE = Limits()
_IN_PIECES = replace(_WHOLE, halved_from=0)

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
    whole, pieced = (open_sheets("台账.xlsx", data, limits) for limits in (_WHOLE, _IN_PIECES))
    return whole, pieced


@given(cells=sheets, inline=st.booleans(), others=st.integers(0, 2), merged=st.booleans())
@settings(max_examples=60, deadline=None)
def test_pieces_make_the_whole(
    cells: dict[tuple[int, int], Value], inline: bool, others: int, merged: bool
) -> None:
    data = written(cells, inline=inline, others=others, merged=merged and not inline)
    whole, pieced = both(data)
    assert pieced == whole


@pytest.mark.parametrize("first_column", [0, 3])
def test_rows_left_out_between_the_pieces(first_column: int) -> None:
    cells: dict[tuple[int, int], Value] = {
        (row, first_column): f"第{row}行" for row in (*range(9), *range(40, 49))
    }
    whole, pieced = both(written(cells))
    assert pieced == whole
    assert len(pieced[0].rows) == 49


def test_the_last_piece_is_wider() -> None:
    cells: dict[tuple[int, int], Value] = {(row, 0): row for row in range(20)} | {(19, 7): "备注"}
    whole, pieced = both(written(cells))
    assert pieced == whole
    assert {len(row) for row in pieced[0].rows} == {8}


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
    whole, pieced = both(rewritten(written(cells), WRITINGS[writing]))
    assert pieced == whole


HEADINGS = list(A_PLAIN_HOUSE)
TEXTS = (
    "",
    "同上",
    "〃",
    "合计",
    "小计",
    "其中：",
    "无",
    "/",
    "东村",
    "东村1号",
    "Ｃｓｕ级",
    "大 河镇",
    "填表说明：每户一行",
)
TYPED = ("=1", "=0", "=TRUE", "=FALSE", "=3.50", "=2024-06-03", "=45000", "99999999999999999")
messy_cells = st.sampled_from([*TEXTS, *TYPED, *HEADINGS[:3]])
messy_rows = st.one_of(
    st.integers(1, 30).map(lambda number: [text.format(number=number) for text in A_PLAIN_HOUSE.values()]),
    st.just(HEADINGS),
    st.just([]),
    st.just(["合计", "=2"]),
    st.lists(messy_cells, max_size=len(HEADINGS) + 1),
)


@st.composite
def messy_tables(draw: st.DrawFn) -> list[list[str]]:
    """A ledger in whose rows some cells say something else than they should, among rows that are no houses."""
    rows = draw(st.lists(messy_rows, min_size=3, max_size=25))
    for row in rows:
        for column in draw(st.sets(st.integers(0, len(HEADINGS) - 1), max_size=3)):
            if column < len(row) and row is not HEADINGS:
                row[column] = draw(messy_cells)
    return [["大河镇房屋台账"], ["填报单位：城关街道"], HEADINGS, *rows]


def all_of(checked: CheckedReturn) -> list[object]:
    """Everything that a check came to; values with their types."""
    cells = [
        [(name, [(type(value), value) for value in table.frame[name]]) for name in table.frame]
        for table in checked.tables
    ]
    rows = [(table.rows, table.columns, table.totals, table.unknown, table.nil) for table in checked.tables]
    return [checked.problems, cells, rows, checked.keys, checked.counts, checked.villages]


@given(cells=messy_tables(), merged=st.booleans())
@settings(max_examples=25, deadline=None)
def test_what_is_found_is_the_same_in_pieces(cells: list[list[str]], merged: bool) -> None:
    data = book_of(cells, merges=["B5:B6"] if merged and len(cells[4]) > 1 else [])
    assert all_of(check(data, limits=_IN_PIECES)) == all_of(check(data, limits=_WHOLE))
