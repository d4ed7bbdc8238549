"""Blank forms, made from the declarations: what may be typed where, and nothing else unlocked."""

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
from zjf.documents.paper_sizes import A3, A4, BODY_POINTS, PaperSize
from zjf.render.xlsx.blank_cells import BlankCell, asked_by, blank_rate_formula
from zjf.render.xlsx.blank_form_guide import write_guide
from zjf.render.xlsx.workbook import (
    HEAD_FONT,
    HEAD_POINTS,
    Styles,
    new_workbook,
    set_page,
    write_header,
    write_span,
)
from zjf.schemas import Field, Form
from zjf.schemas.conditions import STANDARD, Scale
from zjf.schemas.kinds import Kind

_LONG = 10
_OPTIONS = "选项"
_NOTES_WIDTH = 140.0
_VILLAGES = 40
_ROW, _NOTES_ROW = 22, 24
_FEWEST_ROWS = 20
_LAST_ROW = 50_000
_NEARLY_BLACK = "#010101"
"""LibreOffice prints the empty rows of a table only where they look otherwise than the rest of their columns."""
_READABLE_SCALE = 0.6
_FREEDOMS = dict.fromkeys(
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
    scale: Scale = STANDARD,
) -> None:
    """Writes a blank form: headings locked, drop-downs, text and date formats, and how to fill it in.

    Args:
        path: The .xlsx to write.
        form: The form.
        unit: The reporting unit; blank where the clerk is to write it.
        units: The county's units, for the drop-down of a 乡镇（街道） column.
        rows: Rows that are filled in already: some typed columns of the form, blanks as None.
        with_optional: Whether the form's optional columns are there too.
        scale: The notice's figures that decide what must be filled in.

    Raises:
        CannotDoError: The file cannot be written.
    """
    fields = form.fields if with_optional else form.standard_fields
    title = f"{unit}{form.info.title}"
    with new_workbook(path, title) as (book, styles):
        book.set_custom_property("zjf", f"{form.id} {__version__}")
        page = _Page(book, styles, form, fields, units)
        page.write(title, unit, rows, scale)
        write_guide(book.add_worksheet("填表说明"), styles, form, page.fields, scale)
        page.write_options()


class _Page:
    """The sheet that is filled in, written from top to bottom."""

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
        declared = [column.width for column in self.columns]
        self.paper: PaperSize = A4 if inches(declared) * _READABLE_SCALE <= A4.width else A3
        self.widths = widened(declared, self.paper.width) if self.official else declared
        self.long_lists: list[tuple[str, ...]] = []

    def _column(self, field: Field) -> Column:
        heading = field.heading
        star = "*" if field.required and not self.official else ""
        unit = f"\n（{heading.unit}）" if heading.unit and heading.unit not in heading.text else ""
        return Column(heading.text + star + unit, heading.groups, heading.width)

    def write(self, title: str, unit: str, rows: pd.DataFrame | None, scale: Scale) -> None:
        self.sheet.hide_gridlines(2)
        header = self._write_top(title, unit)
        first = write_header(self.sheet, header, self.columns, self.widths, self.styles)
        self.sheet.freeze_panes(first, 1)
        last = self._write_body(first, rows) if self.official else self._write_ledger(first, rows)
        for column, entry in enumerate(self.entries):
            if rule := entry.validation(self._source):
                self.sheet.data_validation(first, column, last, column, rule)
        self._mark_what_is_missing(first, last, scale)
        self.sheet.protect("", _FREEDOMS)
        # An official form ends with its own signature line; a ledger has one below each page.
        signed = "" if self.official else "主要负责同志签字：　　　　　　　　　　单位（盖章）："
        set_page(self.sheet, self.paper, (header, first - 1), signed, pages_wide=self._pages_wide)

    def _mark_what_is_missing(self, first: int, last: int, scale: Scale) -> None:
        """A cell that must be filled in is coloured while it is blank: its row is begun, or another cell asks for it."""
        cells = {
            field.name: xl_rowcol_to_cell(first, column, col_abs=True)
            for column, field in enumerate(self.fields)
        }
        *_, last_cell = cells.values()
        # A rate that is still blank is a formula that says "": COUNTA would count it.
        begun = f"SUMPRODUCT(LEN({next(iter(cells.values()))}:{last_cell}))>0"
        missing = self.book.add_format({"bg_color": "#FFF2CC"})
        for column, field in enumerate(self.fields):
            if field.kind is Kind.RATE:
                continue
            formula = begun if field.required else asked_by(field, cells, scale)
            if formula:
                rule = f"=AND({formula},LEN({xl_rowcol_to_cell(first, column)})=0)"
                look = {"type": "formula", "criteria": rule, "format": missing}
                self.sheet.conditional_format(first, column, last, column, look)

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
        # The formats of the rows keep those of the open columns out of what stands above the table.
        self.sheet.set_row(row, text_height(title, width, 20) + 10, plain())
        self._write_notes(row + 1, unit)
        return row + 2

    def _write_ledger_title(self, row: int, title: str) -> None:
        """Centred over the columns that are seen without scrolling; the first column is frozen, and stays apart."""
        style = self.styles.plain(bold=True, font_size=16, text_wrap=False, align="center_across")
        seen = sum(sum(self.widths[: at + 1]) <= _NOTES_WIDTH for at in range(len(self.widths)))
        self.sheet.write_string(row, 0, title, style)
        for column in range(1, max(seen, 2)):
            self.sheet.write_blank(row, column, None, style)

    def _write_notes(self, row: int, unit: str) -> None:
        texts = [f"填报单位：{unit}", "填报人：", "联系方式：", "填报时间："]
        if self.form.info.unit_of_count:
            texts.append(f"（单位：{self.form.info.unit_of_count}）")
        # A wide ledger keeps its notes where they are seen without scrolling.
        near = [width for at, width in enumerate(self.widths) if sum(self.widths[: at + 1]) <= _NOTES_WIDTH]
        within = self.widths if self.official else near
        texts = join_neighbours(texts, len(within))
        open_cell = self.styles.plain(locked=False, text_wrap=False)
        for text, span in zip(texts, spans(within, [ems(text) + 6 for text in texts]), strict=True):
            write_span(self.sheet, row, span, text, open_cell)
        self.sheet.set_row(row, _NOTES_ROW, self.styles.plain())

    @property
    def _pages_wide(self) -> int:
        return 1 if self.official else ceil(inches(self.widths) * _READABLE_SCALE / self.paper.width)

    @property
    def _rows_of_a_page(self) -> int:
        """How many rows fill a printed page below its heading."""
        scale = min(1.0, self._pages_wide * self.paper.width / inches(self.widths))
        above = text_height(self.form.info.title, sum(self.widths), 20) + 10 + _NOTES_ROW
        room = self.paper.height / scale - above - sum(header_heights(self.columns, self.widths, HEAD_POINTS))
        return max(_FEWEST_ROWS, int(room // _ROW) - 1)

    def _write_ledger(self, first: int, rows: pd.DataFrame | None) -> int:
        """Columns that stay open all the way down; the rows that are filled in, and some more to print."""
        filled = 0 if rows is None else len(rows)
        shown = filled or self._rows_of_a_page
        for column, (entry, width) in enumerate(zip(self.entries, self.widths, strict=True)):
            style = self._open(entry)
            self.sheet.set_column(column, column, width, style)
            values = list(rows[entry.field.name]) if rows is not None and entry.field.name in rows else []
            ruled = self._open(entry, border_color=_NEARLY_BLACK)
            for row in range(shown):
                _write(self.sheet, first + row, column, values[row] if values else None, ruled)
        for row in range(shown):
            self.sheet.set_row(first + row, _ROW)
        self.sheet.autofilter(first - 1, 0, first + shown - 1, len(self.columns) - 1)
        return _LAST_ROW

    def _write_body(self, first: int, rows: pd.DataFrame | None) -> int:
        """The open rows of an attachment: one, or one for each village with their sum below."""
        several = bool(self.form.info.key)
        last = first + (max(_VILLAGES, 0 if rows is None else len(rows)) if several else 1) - 1
        filled = [] if rows is None else rows.to_dict("records")
        for row in range(first, last + 1):
            known = filled[row - first] if row - first < len(filled) else {}
            for column, entry in enumerate(self.entries):
                self._write_open_cell(row, column, entry, known)
            self.sheet.set_row(row, 22 if several else 48)
        below = self._write_total(last + 1, first) if several else last + 1
        if self.form.info.signed:
            self._write_signature(below)
        return last

    def _write_open_cell(
        self, row: int, column: int, entry: BlankCell, known: Mapping[Hashable, object]
    ) -> None:
        if entry.field.kind is Kind.RATE:
            style = self.styles.cell(num_format="0.00%")
            self.sheet.write_formula(
                row, column, blank_rate_formula(entry.field, self.fields, row), style, ""
            )
        else:
            values = [known.get(name) for name in entry.field.columns]
            is_complete = not entry.field.pair or None not in values
            value = (
                "/".join(map(str, values))
                if entry.field.pair and is_complete
                else values[0]
                if is_complete
                else None
            )
            _write(self.sheet, row, column, value, self._open(entry))

    def _write_total(self, row: int, first: int) -> int:
        style = self.styles.cell(bold=True)
        self.sheet.write_string(row, 0, f"总计（{self.form.info.unit_of_count}）", style)
        for column, field in enumerate(self.fields):
            if field.kind is Kind.COUNT:
                area = xlsxwriter.utility.xl_range(first, column, row - 1, column)
                self.sheet.write_formula(row, column, f"=SUM({area})", style, 0)
        self.sheet.set_row(row, 24)
        return row + 1

    def _write_signature(self, row: int) -> None:
        texts = ("主要负责同志签字：", "单位（盖章）：")
        for text, span in zip(texts, spans(self.widths, (1, 1)), strict=True):
            write_span(self.sheet, row, span, text, self.styles.plain(font_size=14))
        self.sheet.set_row(row, 56)

    def _open(self, entry: BlankCell, **look: Any) -> Format:
        side = "left" if entry.field.heading.width >= 20 else "center"
        return self.styles.cell(
            locked=False, num_format=entry.num_format, font_size=BODY_POINTS - 1, align=side, **look
        )

    def _source(self, options: tuple[str, ...]) -> list[str] | str:
        """Where a drop-down takes its options from: itself, or a column of the hidden sheet."""
        if len(options) <= _LONG:
            return list(options)
        if options not in self.long_lists:
            self.long_lists.append(options)
        column = self.long_lists.index(options)
        area = xlsxwriter.utility.xl_range_abs(0, column, len(options) - 1, column)
        return f"={_OPTIONS}!{area}"

    def write_options(self) -> None:
        """The long lists, on a sheet that nobody needs to see."""
        if self.long_lists:
            sheet = self.book.add_worksheet(_OPTIONS)
            for column, options in enumerate(self.long_lists):
                sheet.write_column(0, column, options)
            sheet.very_hidden()


def _write(sheet: Worksheet, row: int, column: int, value: object, style: Format) -> None:
    if value is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, style)
    elif isinstance(value, int | Decimal):
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_string(row, column, "、".join(value) if isinstance(value, tuple) else str(value), style)
