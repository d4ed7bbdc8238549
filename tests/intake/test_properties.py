"""Whatever a house is and however its row is laid out, it is read as it is; whatever junk a cell holds, reading goes on."""

import csv
import io
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.test_documents import OTHER, PERSON
from tests.sheets import CLOSING_DAY, COUNTY, check
from zjf.intake.values.cells import read_cell, read_column
from zjf.intake.values.readings import NOTHING, Context
from zjf.schemas import FORMS, Field
from zjf.schemas.kinds import Kind
from zjf.unit_names import Roster

LEDGER = FORMS["house-ledger"]
CONTEXT = Context(COUNTY, CLOSING_DAY)
WORDS = "东西南北上下大小山水云石青白黄村街坊巷里桥河田林"
UNITS = {"层": "层", "㎡": "㎡", "人": "人"}
SLOW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

Cell = str | float | date
"""What is written into a cell."""


def texts(least: int = 1) -> st.SearchStrategy[str]:
    return st.text(WORDS, min_size=least, max_size=8)


def values(field: Field) -> st.SearchStrategy[Any]:
    """Typed values of a field, in the forms that the reader gives them."""
    by_kind: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.TEXT: texts(),
        Kind.UNIT: st.just("城关街道"),
        Kind.DOCUMENTS: st.sampled_from([PERSON, f"{PERSON}、{OTHER}"]),
        Kind.PHONES: st.integers(0, 9999).map("1350000{:04}".format),
        Kind.DATE: st.dates(date(2000, 1, 1), CLOSING_DAY),
        Kind.YEAR: st.integers(1800, 2024),
        Kind.DECIMAL: st.integers(1, 10_000_000).map(lambda cents: Decimal(cents) / 100),
        Kind.INTEGER: st.integers(1, 99),
    }
    if field.codes and field.kind is Kind.CODES:
        return st.lists(st.sampled_from([code.value for code in field.codes]), min_size=1, unique=True).map(
            tuple
        )
    if field.codes:
        return st.sampled_from([code.value for code in field.codes])
    return by_kind[field.kind]


@st.composite
def houses(draw: st.DrawFn) -> list[dict[str, Any]]:
    rows = draw(st.integers(1, 4))
    return [
        {
            field.name: f"YS{row:04}"
            if field.name == "house_id"
            else draw(values(field) if field.required else st.none() | values(field))
            for field in LEDGER.fields
        }
        for row in range(rows)
    ]


DAYS: list[Callable[[date], Cell]] = [
    lambda day: day,
    lambda day: day.isoformat(),
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day:%Y%m%d}",
    lambda day: float((day - date(1899, 12, 30)).days),
]
JOINS = ["、", "，", ",", ";", "；", "\n"]


def written(draw: st.DrawFn, field: Field, value: Any) -> Cell:
    """The value in one of the ways that clerks write it."""
    if value is None:
        return ""
    if isinstance(value, date):
        return draw(st.sampled_from(DAYS))(value)
    if isinstance(value, tuple):
        return draw(st.sampled_from(JOINS)).join(str(wording(draw, field, code)) for code in value)
    if isinstance(value, int | Decimal):
        behind = UNITS.get(field.heading.unit, "")
        styles = [
            float(value),
            str(value),
            f"{value}{behind}",
            f"{value:,}",
            full_width(str(value)),
            f" {value} ",
        ]
        return draw(st.sampled_from(styles))
    return wording(draw, field, value) if field.codes else str(value)


def wording(draw: st.DrawFn, field: Field, value: str) -> str:
    assert field.codes is not None
    aliases = [alias for alias in field.codes(value).aliases if "SU" not in alias]
    return draw(st.sampled_from([value, f" {value}", *aliases]))


def full_width(text: str) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) if letter.isascii() else letter for letter in text)


@st.composite
def sheets(draw: st.DrawFn) -> tuple[io.BytesIO, list[dict[str, Any]]]:
    """A ledger in a random layout, and the houses in it."""
    ledger = draw(houses())
    fields = draw(st.permutations(LEDGER.fields))
    top, left = draw(st.integers(0, 3)), draw(st.integers(0, 3))
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"strings_to_numbers": False}) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy/m/d"})
        sheet.write_string(top, left, "填报单位：城关街道")
        for column, field in enumerate(fields, left):
            sheet.write_string(
                top + 1, column, draw(st.sampled_from([field.heading.text, *field.heading.aliases]))
            )
            for row, house in enumerate(ledger, top + 2):
                cell = written(draw, field, house[field.name])
                if isinstance(cell, date):
                    sheet.write_datetime(row, column, cell, day)
                elif isinstance(cell, float):
                    sheet.write_number(row, column, cell)
                else:
                    sheet.write_string(row, column, cell)
    return buffer, ledger


@SLOW
@given(sheets())
def test_any_house_in_any_layout_is_read_as_it_is(case: tuple[io.BytesIO, list[dict[str, Any]]]) -> None:
    file, ledger = case
    checked = check(file.getvalue())
    (table,) = checked.tables
    read = table.frame[list(ledger[0])].to_dict("records")
    for house, as_read in zip(ledger, read, strict=True):
        written = house | {"township": "城关街道"}
        assert {name: cell for name, cell in as_read.items() if cell != written[name]} == {}
    assert not [
        problem
        for problem in checked.problems
        if problem.code[0] in "FC" and problem.severity.value == "error"
    ]


FIGURES = st.from_regex(r"[0-9０-９]{1,6}[.,/\-年月日 ]?[0-9０-９]{0,4}[.,/\-层㎡ 人]?", fullmatch=True)


@given(st.sampled_from(LEDGER.fields), st.text(max_size=12) | FIGURES)
def test_what_was_repaired_reads_the_same_once_more(field: Field, text: str) -> None:
    """A repair gives the official wording: reading that gives the same value, with nothing to repair."""
    reading = read_cell(field, text, CONTEXT)
    if reading.value in (None, ()) or reading.bad:
        return
    again = read_cell(field, officially(reading.value), CONTEXT)
    assert (again.value, again.bad, again.repaired) == (reading.value, False, False)


def officially(value: Any) -> str:
    if isinstance(value, tuple):
        return "、".join(value)
    return value.isoformat() if isinstance(value, date) else str(value)


@given(
    st.sampled_from([field for field in LEDGER.fields if field.kind in (Kind.INTEGER, Kind.DECIMAL)]), FIGURES
)
def test_a_repaired_figure_has_the_digits_that_were_typed(field: Field, text: str) -> None:
    reading = read_cell(field, text, CONTEXT)
    if reading.value is None:
        return
    plain = unicodedata.normalize("NFKC", text).replace("m2", "")
    assert Decimal("".join(letter for letter in plain if letter.isdigit() or letter == ".")) == reading.value


JUNK = st.one_of(
    st.text(max_size=40),
    st.sampled_from(sorted(NOTHING)),
    st.sampled_from(
        ["合计", "小计", "无", "零报", "备注：", "#REF!", "=1+1", "_x000D_", "\x07", "1e999", "٣", "①", "½"]
    ),
    st.floats(),
    st.integers(-(10**20), 10**20),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@given(
    st.sampled_from([field for form in FORMS.values() for field in form.fields]),
    st.lists(JUNK, min_size=1, max_size=8),
)
def test_no_cell_is_too_strange_to_be_read(
    field: Field, raws: list[str | float | date | datetime | time | timedelta]
) -> None:
    for roster in (COUNTY, Roster()):
        readings = read_column(field, raws, Context(roster, CLOSING_DAY))
        assert len(readings) == len(raws)


@SLOW
@given(
    st.sampled_from(list(FORMS.values())), st.lists(st.lists(st.text(max_size=15), max_size=60), max_size=8)
)
def test_every_row_of_a_strange_table_is_counted_or_rejected(form: Any, rows: list[list[str]]) -> None:
    headings = [f"{''.join(field.heading.groups[:1])}{field.heading.text}" for field in form.fields]
    text = io.StringIO()
    csv.writer(text).writerows([["填报单位：城关街道"], headings, *rows])
    checked = check(text.getvalue().encode("utf-8", "replace"), "城关街道.csv")
    for table in checked.tables:
        assert checked.rejected_rows(table) <= {row + 1 for row in table.rows}
        named = {
            number for number, row in enumerate(rows, 3) if row and row[0].isascii() and row[0].isalnum()
        }
        if form.id == "house-ledger":
            assert {number for number in named if any(map(str.isdigit, rows[number - 3][0]))} <= {
                row + 1 for row in table.rows
            }
