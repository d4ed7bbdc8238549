"""Of a long sheet each distinct cell is parsed once: nobody can tell it from one that was read whole."""

import gc
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
from zjf.intake.formats.containers import with_parts
from zjf.intake.formats.xlsx_long_sheet import begin_long_sheet
from zjf.intake.limits import Limits
from zjf.intake.refusals import UnreadableError
from zjf.intake.rows.sheet_column import SheetColumn
from zjf.intake.rows.sheet_values import Value
from zjf.intake.workbook import Sheet, open_sheets
from zjf.pipeline.isolated_work import run_in_worker
from zjf.problems import Problem

_WHOLE = Limits()
_ONCE = replace(_WHOLE, long_from=0)

values = st.one_of(
    st.sampled_from(["", "大河镇", "无", "<row r=", "a&b", " 东村 ", "⻘⽯镇", "合计", '4"管', '12"']),
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


def both(data: bytes) -> tuple[list[Sheet] | Problem, list[Sheet] | Problem]:
    return read(data, _WHOLE), read(data, _ONCE)


def read(data: bytes, limits: Limits) -> list[Sheet] | Problem:
    """The sheets of a workbook, or why it cannot be read."""
    try:
        opened = open_sheets("台账.xlsx", data, limits)
    except UnreadableError as unreadable:
        return unreadable.problem
    for sheet in opened:
        sheet.extras.size = None  # it is asked for before a sheet is parsed, and never of one that is
    return opened


@given(cells=sheets, inline=st.booleans(), others=st.integers(0, 2), merged=st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_sheet_says_what_it_says_as_a_whole(
    cells: dict[tuple[int, int], Value], inline: bool, others: int, merged: bool
) -> None:
    data = written(cells, inline=inline, others=others, merged=merged and not inline)
    whole, once = both(data)
    assert once == whole


def test_a_cell_that_does_not_say_which_text_it_has_is_refused() -> None:
    """python-calamine would take the first text of the workbook for it."""
    sheet = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(written({(row, 0): f"第{row}行" for row in range(9)}))) as package:
        unclear = package.read(sheet).replace(b"<v>5</v>", b"<v> 5 </v>")
        whole, once = both(with_parts(package, {sheet: unclear}))
    assert isinstance(whole, Problem)
    assert once == whole


@pytest.mark.parametrize("first_column", [0, 3])
def test_rows_left_out(first_column: int) -> None:
    cells: dict[tuple[int, int], Value] = {
        (row, first_column): f"第{row}行" for row in (*range(9), *range(40, 49))
    }
    whole, once = both(written(cells))
    assert once == whole
    assert isinstance(once, list)
    assert len(once[0].rows) == 49


def test_the_last_row_is_wider() -> None:
    cells: dict[tuple[int, int], Value] = {(row, 0): row for row in range(20)} | {(19, 7): "备注"}
    whole, once = both(written(cells))
    assert once == whole
    assert isinstance(once, list)
    assert {len(row) for row in once[0].rows} == {8}


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
    "a style named as its row is": lambda xml: re.sub(rb'(<c r="[A-Z]+(\d)")', rb'\1 s="0" cm="\2"', xml),
    "a row that is as high as its number": lambda xml: re.sub(rb'(<row r="(\d+)")', rb'\1 ht="\2"', xml),
    "blank space between rows and cells": lambda xml: re.sub(rb"(</c>|<row[^>]*>|</row>)", rb"\1\n ", xml),
    "rows without cells": lambda xml: xml.replace(
        b"</sheetData>", b'<row r="40" ht="9"/><row r="41"></row></sheetData>'
    ),
    "empty cells behind": lambda xml: xml.replace(
        b"</sheetData>", b'<row r="40"><c r="A40" s="0"/><c r="K40" s="0"></c></row></sheetData>'
    ),
    "an empty text behind": lambda xml: xml.replace(
        b"</sheetData>",
        b'<row r="40"><c r="A40"/><c r="F40" t="str"><f>IF(A1=1,1,"")</f><v></v></c></row></sheetData>',
    ),
    "a cell in another row's place": lambda xml: xml.replace(b'<c r="B4"', b'<c r="B5"'),
    "two cells in one place": lambda xml: xml.replace(b'<c r="C4"', b'<c r="B4"'),
    "a cell without a name among others": lambda xml: xml.replace(b'<c r="B4"', b"<c"),
    "a cell that names its style first": lambda xml: xml.replace(b'<c r="B4"', b'<c s="0" r="B4"'),
    "a row that is not well-formed": lambda xml: xml.replace(b'<row r="4"', b'<row r="4" ht="1" "'),
    "no size": lambda xml: re.sub(rb"<dimension[^>]*>", b"", xml),
}


@pytest.mark.parametrize("writing", WRITINGS)
def test_a_sheet_written_in_another_way(writing: str) -> None:
    cells: dict[tuple[int, int], Value] = {
        (row, column): f"第{row}行" for row in range(30) for column in range(3)
    }
    data = rewritten(written(cells, inline=True), WRITINGS[writing])
    whole, once = both(data)
    assert once == whole


@pytest.mark.parametrize(
    "writing",
    ["a style named as its row is", "a row that is as high as its number", "an empty text behind", "no size"],
)
def test_most_sheets_need_not_be_read_whole(writing: str) -> None:
    cells: dict[tuple[int, int], Value] = {(row, 1): f'第{row}"行' for row in range(30)}
    data = rewritten(written(cells, inline=True), WRITINGS[writing])
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        long = begin_long_sheet(package, data, ["xl/worksheets/sheet1.xml"], _ONCE.cells, 0)
    assert long
    assert long.parsed
    assert long.parsed.cells.height in (30, 40)


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
def test_what_is_found_is_the_same(cells: list[list[str]], merged: bool) -> None:
    data = book_of(cells, merges=["B5:B6"] if merged and len(cells[4]) > 1 else [])
    assert all_of(check(data, limits=_ONCE)) == all_of(check(data, limits=_WHOLE))


def held() -> int:
    """How many sheets and columns are in memory."""
    return sum(isinstance(thing, Sheet | SheetColumn) for thing in gc.get_objects())


def read_twice(data: bytes) -> tuple[int, int, int]:
    """In a worker: how many tables there are, and what is held after the first reading and after the second."""
    check(data, limits=_ONCE)  # what is made once stays
    gc.collect()
    before = held()
    return len(check(data, limits=_ONCE).tables), before, held()


def test_what_was_read_is_let_go_of_where_nobody_collects_garbage() -> None:
    """A worker reads one return after another, and its memory must not grow with their number.

    It has no thread that makes something meanwhile: that fails where somebody looks at all objects.
    """
    headings = [*A_PLAIN_HOUSE, *A_PLAIN_HOUSE]
    houses = [
        [text.format(number=number) for text in A_PLAIN_HOUSE.values()] * (1 + (number < 4))
        for number in range(9)
    ]
    tables, before, after = run_in_worker(
        read_twice, book_of([["填报单位：城关街道"], headings, *houses]), _WHOLE
    )
    assert (tables, after) == (2, before)
