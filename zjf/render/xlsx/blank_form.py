"""Blank forms, made from the declarations: only the cells to be filled in are unlocked."""

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from math import ceil
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from zjf import __version__
from zjf.documents.layout import (
    Column,
    ems,
    header_heights,
    inches,
    join_neighbours,
    spans,
    text_height,
    widened,
)
from zjf.documents.paper_sizes import BODY_POINTS, READABLE_SCALE, paper_for
from zjf.render.xlsx.blank_cells import BlankCell, OptionLists, blank_rate_formula, required_formula
from zjf.render.xlsx.blank_form_guide import write_guide
from zjf.render.xlsx.workbook import (
    HEAD_FONT,
    HEAD_POINTS,
    Styles,
    new_workbook,
    set_page,
    write_header,
    write_signatures,
    write_span,
)
from zjf.schemas import Field, Form
from zjf.schemas.conditions import TALL_FROM
from zjf.schemas.kinds import Kind

_NOTES_WIDTH = 140.0
_VILLAGE_ROWS = 40
_ROW_HEIGHT, _NOTES_HEIGHT = 22, 24
_FEWEST_ROWS = 20
_LAST_ROW = 50_000
_NEARLY_BLACK = "#010101"
"""A border colour unlike that of the rest of the column: else LibreOffice does not print empty rows."""
_ALLOWED_WHEN_PROTECTED = dict.fromkeys(
    ("format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows", "sort", "autofilter"),
    True,
)


def write_template(
    path: Path,
    form: Form,
    *,
    unit: str = "",
    units: Sequence[str] = (),
    rows: pd.DataFrame | None = None,
    with_optional: bool = False,
    floors: int = TALL_FROM,
) -> None:
    """Writes a blank form: headings locked, drop-downs, text and date formats, and how to fill it in.

    Args:
        unit: The reporting unit; empty: the clerk fills it in.
        units: The county's units, for the drop-down of a 乡镇（街道） column.
        rows: Prefilled rows: some typed columns of the form, blanks as None.
        floors: From how many storeys on a house counts as tall: more of it must be filled in.

    Raises:
        CannotDoError: The file cannot be written.
    """
    fields = form.fields if with_optional else form.standard_fields
    title = f"{unit}{form.info.title}"
    with new_workbook(path, title) as (book, styles):
        book.set_custom_property("zjf", f"{form.id} {__version__}")
        page = _Page(book, styles, form, fields, units)
        page.write(title, unit, rows, floors)
        write_guide(book.add_worksheet("填表说明"), styles, form, page.fields, floors)
        page.options.write(book)


class _Page:
    """The sheet to be filled in, written from top to bottom."""

    def __init__(
        self,
        book: xlsxwriter.Workbook,
        styles: Styles,
        form: Form,
        fields: Sequence[Field],
        units: Sequence[str],
    ) -> None:
        self.book, self.styles, self.form, self.units = book, styles, form, units
        self.sheet: Worksheet = book.add_worksheet(form.info.title)
        self.official = bool(form.info.number)
        self.fields = [field for field in fields if not (self.official and field.roll_up_only)]
        self.entries = [BlankCell(field, units) for field in self.fields]
        self.columns = [self._column(field) for field in self.fields]
        column_widths = [column.width for column in self.columns]
        self.paper = paper_for(self.columns, READABLE_SCALE)
        self.widths = widened(column_widths, self.paper.width) if self.official else column_widths
        self.options = OptionLists()

    def _column(self, field: Field) -> Column:
        heading = field.heading
        star = "*" if field.required and not self.official else ""
        unit = f"\n（{heading.unit}）" if heading.unit and heading.unit not in heading.text else ""
        return Column(heading.text + star + unit, heading.groups, heading.width)

    def write(self, title: str, unit: str, rows: pd.DataFrame | None, floors: int) -> None:
        self.sheet.hide_gridlines(2)
        header_row = self._write_top(title, unit)
        first_row = write_header(self.sheet, header_row, self.columns, self.widths, self.styles)
        self.sheet.freeze_panes(first_row, 1)
        last_row = self._write_body(first_row, rows) if self.official else self._write_ledger(first_row, rows)
        for column, entry in enumerate(self.entries):
            if rule := entry.validation(self.options.source):
                self.sheet.data_validation(first_row, column, last_row, column, rule)
        self._mark_what_is_missing(first_row, last_row, floors)
        self.sheet.protect("", _ALLOWED_WHEN_PROTECTED)
        # An official form ends with its own signature line; a ledger has one below each page.
        signature_line = "" if self.official else "主要负责同志签字：　　　　　　　　　　单位（盖章）："
        set_page(
            self.sheet, self.paper, (header_row, first_row - 1), signature_line, pages_wide=self._pages_wide
        )

    def _mark_what_is_missing(self, first_row: int, last_row: int, floors: int) -> None:
        """Colours blank cells that must be filled in: because the row is begun, or another cell requires them."""
        cells = {
            field.name: xl_rowcol_to_cell(first_row, column, col_abs=True)
            for column, field in enumerate(self.fields)
        }
        *_, last_cell = cells.values()
        # A rate that is still blank is a formula with the result "", which COUNTA would count.
        row_begun = f"SUMPRODUCT(LEN({next(iter(cells.values()))}:{last_cell}))>0"
        missing_format = self.book.add_format({"bg_color": "#FFF2CC"})
        for column, field in enumerate(self.fields):
            if field.kind is Kind.RATE:
                continue
            formula = row_begun if field.required else required_formula(field, cells, floors)
            if formula:
                rule = f"=AND({formula},LEN({xl_rowcol_to_cell(first_row, column)})=0)"
                rule_format = {"type": "formula", "criteria": rule, "format": missing_format}
                self.sheet.conditional_format(first_row, column, last_row, column, rule_format)

    def _write_top(self, title: str, unit: str) -> int:
        plain, row = self.styles.plain, 0
        if self.official:
            self.sheet.write_string(0, 0, self.form.info.number, plain(font_name=HEAD_FONT, text_wrap=False))
            row = 1
        width = sum(self.widths)
        if self.official:
            write_span(self.sheet, row, (0, len(self.widths) - 1), title, self.styles.title)
        else:
            self._write_ledger_title(row, title)
        # The rows above the table have formats of their own, or they would be unlocked like the columns.
        self.sheet.set_row(row, text_height(title, width, 20) + 10, plain())
        self._write_notes(row + 1, unit)
        return row + 2

    def _write_ledger_title(self, row: int, title: str) -> None:
        """Writes the title, centred over the columns in sight; the first column is frozen, so it is not merged."""
        style = self.styles.plain(bold=True, font_size=16, text_wrap=False, align="center_across")
        columns_in_sight = sum(
            sum(self.widths[: position + 1]) <= _NOTES_WIDTH for position in range(len(self.widths))
        )
        self.sheet.write_string(row, 0, title, style)
        for column in range(1, max(columns_in_sight, 2)):
            self.sheet.write_blank(row, column, None, style)

    def _write_notes(self, row: int, unit: str) -> None:
        texts = [f"填报单位：{unit}", "填报人：", "联系方式：", "填报时间："]
        if self.form.info.unit_of_count:
            texts.append(f"（单位：{self.form.info.unit_of_count}）")
        # In a wide ledger the notes are put into the columns that are seen without scrolling.
        widths_in_sight = [
            width
            for position, width in enumerate(self.widths)
            if sum(self.widths[: position + 1]) <= _NOTES_WIDTH
        ]
        widths = self.widths if self.official else widths_in_sight
        texts = join_neighbours(texts, len(widths))
        open_cell = self.styles.plain(locked=False, text_wrap=False)
        for text, span in zip(texts, spans(widths, [ems(text) + 6 for text in texts]), strict=True):
            write_span(self.sheet, row, span, text, open_cell)
        self.sheet.set_row(row, _NOTES_HEIGHT, self.styles.plain())

    @property
    def _pages_wide(self) -> int:
        return 1 if self.official else ceil(inches(self.widths) * READABLE_SCALE / self.paper.width)

    @property
    def _rows_of_a_page(self) -> int:
        """How many rows fit on a printed page below its heading."""
        scale = min(1.0, self._pages_wide * self.paper.width / inches(self.widths))
        height_above = text_height(self.form.info.title, sum(self.widths), 20) + 10 + _NOTES_HEIGHT
        height_left = (
            self.paper.height / scale
            - height_above
            - sum(header_heights(self.columns, self.widths, HEAD_POINTS))
        )
        return max(_FEWEST_ROWS, int(height_left // _ROW_HEIGHT) - 1)

    def _write_ledger(self, first_row: int, rows: pd.DataFrame | None) -> int:
        """Writes unlocked columns, and in them the prefilled rows, or without any, empty rows that fill a page."""
        prefilled_count = 0 if rows is None else len(rows)
        row_count = prefilled_count or self._rows_of_a_page
        for column, (entry, width) in enumerate(zip(self.entries, self.widths, strict=True)):
            style = self._open(entry)
            self.sheet.set_column(column, column, width, style)
            values = list(rows[entry.field.name]) if rows is not None and entry.field.name in rows else []
            ruled_style = self._open(entry, border_color=_NEARLY_BLACK)
            for row in range(row_count):
                _write(self.sheet, first_row + row, column, values[row] if values else None, ruled_style)
        for row in range(row_count):
            self.sheet.set_row(first_row + row, _ROW_HEIGHT)
        self.sheet.autofilter(first_row - 1, 0, first_row + row_count - 1, len(self.columns) - 1)
        return _LAST_ROW

    def _write_body(self, first_row: int, rows: pd.DataFrame | None) -> int:
        """Writes the unlocked rows of an attachment: one, or several for villages with their sum below."""
        has_several_rows = bool(self.form.info.key)
        last_row = (
            first_row + (max(_VILLAGE_ROWS, 0 if rows is None else len(rows)) if has_several_rows else 1) - 1
        )
        prefilled = [] if rows is None else rows.to_dict("records")
        for row in range(first_row, last_row + 1):
            values = prefilled[row - first_row] if row - first_row < len(prefilled) else {}
            for column, entry in enumerate(self.entries):
                self._write_open_cell(row, column, entry, values)
            self.sheet.set_row(row, 22 if has_several_rows else 48)
        row_below = self._write_total(last_row + 1, first_row) if has_several_rows else last_row + 1
        if self.form.info.signed:
            write_signatures(self.sheet, self.styles, row_below, self.widths)
        return last_row

    def _write_open_cell(
        self, row: int, column: int, entry: BlankCell, prefilled: Mapping[Hashable, object]
    ) -> None:
        if entry.field.kind is Kind.RATE:
            style = self.styles.cell(num_format="0.00%")
            self.sheet.write_formula(
                row, column, blank_rate_formula(entry.field, self.fields, row), style, ""
            )
        else:
            values = [prefilled.get(name) for name in entry.field.columns]
            is_complete = not entry.field.pair or None not in values
            value = (
                "/".join(map(str, values))
                if entry.field.pair and is_complete
                else values[0]
                if is_complete
                else None
            )
            _write(self.sheet, row, column, value, self._open(entry))

    def _write_total(self, row: int, first_row: int) -> int:
        style = self.styles.cell(bold=True)
        self.sheet.write_string(row, 0, f"总计（{self.form.info.unit_of_count}）", style)
        for column, field in enumerate(self.fields):
            if field.kind is Kind.COUNT:
                area = xlsxwriter.utility.xl_range(first_row, column, row - 1, column)
                self.sheet.write_formula(row, column, f"=SUM({area})", style, 0)
        self.sheet.set_row(row, 24)
        return row + 1

    def _open(self, entry: BlankCell, **look: Any) -> Format:
        side = "left" if entry.field.heading.width >= 20 else "center"
        return self.styles.cell(
            locked=False, num_format=entry.num_format, font_size=BODY_POINTS - 1, align=side, **look
        )


def _write(sheet: Worksheet, row: int, column: int, value: object, style: Format) -> None:
    if value is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, style)
    elif isinstance(value, int | Decimal):
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_string(row, column, "、".join(value) if isinstance(value, tuple) else str(value), style)
