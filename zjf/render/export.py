"""The ledger's rows for other programs: CSV and xlsx for spreadsheets, Parquet for computing."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from zjf.documents.layout import Column
from zjf.documents.ledger_table import printed_values, text_of
from zjf.documents.list_sheet import ListSheet
from zjf.extras import optional
from zjf.files import replacing
from zjf.problems import People
from zjf.render.xlsx.sheets import write_sheets
from zjf.schemas import Form
from zjf.schemas.kinds import Kind, PrintedRate
from zjf.schemas.masked_rows import mask_rows

PERIOD = "期次"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A cell of a CSV that begins with one of these is a formula to a spreadsheet."""

Part = tuple[str, pd.DataFrame]
"""A period and the rows of a unit in it: every column of the form, dtype object, blank = None."""


@dataclass(frozen=True)
class ExportedRows:
    """The rows of one form, period by period, unit by unit.

    Args:
        parts: Read once, one at a time.
        people: The people whose names are masked in other texts; those in the rows themselves unless given.
    """

    form: Form
    parts: Iterable[Part]
    show_personal: bool = False
    people: People | None = None

    def masked(self) -> Iterator[Part]:
        """Yields the parts as they may leave the office, personal data masked."""
        for period, rows in self.parts:
            yield period, mask_rows(self.form, rows, whole=self.show_personal, people=self.people)


def write_csv(path: Path, rows: ExportedRows) -> None:
    """Writes a CSV that a spreadsheet opens: UTF-8 with BOM, headings, no cell that acts as a formula.

    Raises:
        CannotDoError: The file cannot be written.
    """
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([PERIOD, *(field.heading.text for field in rows.form.fields)])
        for period, part in rows.masked():
            for cells in _lines(rows.form, part):
                writer.writerow([period, *(_without_formula(text_of(cell)) for cell in cells)])


def write_xlsx(path: Path, rows: ExportedRows) -> None:
    """Writes a workbook of one sheet.

    Raises:
        CannotDoError: The file cannot be written, or the rows do not fit on a sheet.
    """
    fields = rows.form.fields
    columns = (
        Column(PERIOD, width=12),
        *(Column(field.heading.text, width=field.heading.width) for field in fields),
    )
    lines = [(period, *cells) for period, part in rows.masked() for cells in _lines(rows.form, part)]
    write_sheets(path, rows.form.info.title, [ListSheet(rows.form.info.title, columns, lines)])


def write_parquet(path: Path, rows: ExportedRows) -> None:
    """Writes Parquet: a column for each of the form's, by its name, typed; a row group for each part.

    Raises:
        CannotDoError: The file cannot be written, or the extra `parquet` is not installed.
    """
    pyarrow, parquet = (optional(name, extra="parquet") for name in ("pyarrow", "pyarrow.parquet"))
    types: dict[Kind, Any] = {
        Kind.CODES: pyarrow.list_(pyarrow.string()),
        Kind.DATE: pyarrow.date32(),
        Kind.DECIMAL: pyarrow.decimal128(38, 18),
        **dict.fromkeys((Kind.INTEGER, Kind.COUNT, Kind.YEAR, Kind.PAIR), pyarrow.int64()),
    }
    columns = {
        name: types.get(field.kind, pyarrow.string()) for field in rows.form.fields for name in field.columns
    }
    schema = pyarrow.schema({"period": pyarrow.string(), **columns})
    with replacing(path) as temporary, parquet.ParquetWriter(temporary, schema) as writer:
        for period, part in rows.masked():
            cells = {name: [_storable(cell) for cell in part[name]] for name in columns}
            writer.write_table(pyarrow.table({"period": [period] * len(part), **cells}, schema=schema))


STYLES: dict[str, Callable[[Path, ExportedRows], None]] = {
    "csv": write_csv,
    "xlsx": write_xlsx,
    "parquet": write_parquet,
}
"""The writers, by the file's suffix."""


def _lines(form: Form, rows: pd.DataFrame) -> Iterator[Sequence[object]]:
    return zip(*(printed_values(rows, field) for field in form.fields), strict=True)


def _without_formula(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _storable(value: object) -> object:
    return value.text if isinstance(value, PrintedRate) else value
