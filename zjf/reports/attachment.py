"""The official attachment tables, for one unit or for the county, made from the form's declaration."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd
from xlsxwriter.worksheet import Worksheet

from zjf.reports.figure_cells import FIGURES, FigureCells, column_of
from zjf.reports.layout import (
    Column,
    ems,
    fitting_width,
    header_heights,
    inches,
    spans,
    stretched,
    text_height,
)
from zjf.reports.workbook import (
    A3,
    A4,
    BODY_POINTS,
    HEAD_FONT,
    HEAD_POINTS,
    Styles,
    new_workbook,
    set_page,
    write_header,
    write_span,
)
from zjf.schemas import Field, Form
from zjf.tally import total

_NIL = "零报"
_TALL_ROW = 48
_ROW = 28
_SMALLEST_SCALE = 0.7


@dataclass(frozen=True)
class Notes:
    """What stands above the table; blank where a clerk is to fill it in by hand.

    Args:
        reporter: 填报人.
        contact: 联系方式.
        filled_on: 填报时间.
        office: 填报单位, printed on the county's tables.
    """

    reporter: str = ""
    contact: str = ""
    filled_on: date | None = None
    office: str = ""


@dataclass(frozen=True)
class Line:
    """A row of an attachment.

    Args:
        names: What the row is called, one text for each of the table's label columns: none on a unit's
            own attachment, the township and the village where the form has them.
        counts: Figure: count, pairs split. None at all means that the unit did not report.
    """

    names: tuple[str, ...]
    counts: Mapping[str, int]


def label_fields(form: Form, *, roll_up: bool) -> list[Field]:
    """The columns that name a row; the township's only on the county's roll-up."""
    return [
        field for field in form.fields if field.kind not in FIGURES and (roll_up or not field.roll_up_only)
    ]


def lines_of(form: Form, rows: pd.DataFrame, *, roll_up: bool = False) -> list[Line]:
    """The lines of a table of the form, as typed rows hold it (a sweep-table's villages).

    Args:
        form: The form.
        rows: Its typed columns, blanks as None.
        roll_up: Whether the lines are for the county's table, with the township in front.
    """
    labels = [field.name for field in label_fields(form, roll_up=roll_up)]
    return [
        Line(
            tuple(str(row[name] or "") for name in labels),
            {name: int(row[name]) for name in form.counts if row[name] is not None},
        )
        for row in rows.to_dict("records")
    ]


def write_attachment(
    path: Path,
    form: Form,
    lines: Sequence[Line],
    *,
    unit: str,
    roll_up: bool = False,
    period: str = "",
    notes: Notes | None = None,
    remarks: Sequence[str] = (),
) -> None:
    """Writes an attachment in the notice's layout, ready to be printed, signed and stamped.

    Args:
        path: The .xlsx to write.
        form: An attachment's form.
        lines: Its rows. None of them is a nil return, which the table says in words.
        unit: The name in the title: the reporting unit's, or the county's on a roll-up.
        roll_up: Whether it is the county's table: a row per unit (or village) and a 合计 row.
        period: The period as the foot of the page names it.
        notes: What stands above the table.
        remarks: Notes below the table, one paragraph each.

    Raises:
        CannotDoError: The file cannot be written.
    """
    title = f"{unit}{form.info.title}"
    with new_workbook(path, title) as (book, styles):
        sheet = book.add_worksheet(form.info.number or None)
        sheet.hide_gridlines(2)
        lines = lines or [_nil_return(form, roll_up)]
        _Page(sheet, styles, form, lines, roll_up).write(title, notes or Notes(), period, remarks)


def _nil_return(form: Form, roll_up: bool) -> Line:
    return Line((_NIL,) * len(label_fields(form, roll_up=roll_up)), dict.fromkeys(form.counts, 0))


class _Page:
    """One attachment on one sheet, written from top to bottom."""

    def __init__(
        self, sheet: Worksheet, styles: Styles, form: Form, lines: Sequence[Line], roll_up: bool
    ) -> None:
        self.sheet, self.styles, self.form, self.lines, self.roll_up = sheet, styles, form, lines, roll_up
        self.labels = label_fields(form, roll_up=roll_up)
        self.figures = FigureCells(sheet, styles, form, left=len(self.labels))
        self.columns = [self._label_column(at) for at in range(len(self.labels))] + self.figures.columns
        declared = [column.width for column in self.columns]
        self.paper = A4 if inches(declared) * _SMALLEST_SCALE <= A4.width else A3
        self.widths = stretched(declared, self.paper.width)
        self.height = 0.0
        self.whole = (0, len(self.columns) - 1)

    def _label_column(self, at: int) -> Column:
        column = column_of(self.labels[at])
        names = (line.names[at] for line in self.lines)
        return replace(column, width=fitting_width(names, column.width, BODY_POINTS))

    def write(self, title: str, notes: Notes, period: str, remarks: Sequence[str]) -> None:
        self._write_top(title, notes)
        header = 3
        first = write_header(self.sheet, header, self.columns, self.widths, self.styles)
        self.height += sum(header_heights(self.columns, self.widths, HEAD_POINTS))
        self.sheet.freeze_panes(first, len(self.labels))
        row = self._write_lines(first)
        for remark in remarks:
            row = self._write_remark(row, remark)
        if self.form.info.signed:
            row = self._write_signature(row)
        self.sheet.print_area(0, 0, row - 1, self.whole[1])
        # A signature line alone on the second page is worthless: shrink the sheet while it stays readable.
        one_page = self.form.info.signed and self.height * _SMALLEST_SCALE <= self.paper.height
        set_page(self.sheet, self.paper, (header, first - 1), period, pages_high=int(one_page))

    def _set_row(self, row: int, height: float) -> None:
        self.sheet.set_row(row, height)
        self.height += height

    def _write_top(self, title: str, notes: Notes) -> None:
        number = self.styles.plain(font_name=HEAD_FONT, font_size=16, text_wrap=False)
        self.sheet.write_string(0, 0, self.form.info.number, number)
        self._set_row(0, 24)
        write_span(self.sheet, 1, self.whole, title, self.styles.title)
        self._set_row(1, text_height(title, sum(self.widths), 20) + 18)
        self._write_notes(2, self._notes(notes))

    def _write_notes(self, row: int, texts: list[str]) -> None:
        places = spans(self.widths, [max(ems(text) + 2, 9) for text in texts])
        for text, span in zip(texts, places, strict=True):
            side = "right" if text == texts[-1] else "left"
            write_span(self.sheet, row, span, text, self.styles.plain(align=side))
        room = (sum(self.widths[first : last + 1]) for first, last in places)
        heights = (text_height(text, width, BODY_POINTS) for text, width in zip(texts, room, strict=True))
        self._set_row(row, max(heights) + 10)

    def _notes(self, notes: Notes) -> list[str]:
        day = notes.filled_on
        filled_on = f"{day.year}年{day.month}月{day.day}日" if day else ""
        texts = [f"填报人：{notes.reporter}", f"联系方式：{notes.contact}", f"填报时间：{filled_on}"]
        if self.roll_up:
            texts.insert(0, f"填报单位：{notes.office}")
        unit = self.form.info.unit_of_count
        return [*texts, f"（单位：{unit}）"] if unit else texts

    def _write_lines(self, first: int) -> int:
        summed = self.roll_up or bool(self.form.info.key)
        for row, line in enumerate(self.lines, first):
            for column, name in enumerate(line.names):
                self.sheet.write_string(row, column, name, self.styles.cell())
            self.figures.write(row, line.counts)
            needed = (text_height(name, self.widths[at], BODY_POINTS) for at, name in enumerate(line.names))
            self._set_row(row, max([_ROW if summed else _TALL_ROW, *needed]))
        below = first + len(self.lines)
        return self._write_total(below, (first, below - 1)) if summed else below

    def _write_total(self, row: int, summed: tuple[int, int]) -> int:
        label = f"总计（{self.form.info.unit_of_count}）" if self.form.info.key else "合计"
        write_span(self.sheet, row, (0, len(self.labels) - 1), label, self.styles.cell(bold=True))
        self.figures.write(row, total(line.counts for line in self.lines), summed)
        self._set_row(row, _ROW)
        return row + 1

    def _write_remark(self, row: int, remark: str) -> int:
        points = BODY_POINTS - 1
        write_span(self.sheet, row, self.whole, remark, self.styles.plain(font_size=points))
        self._set_row(row, text_height(remark, sum(self.widths), points) + 6)
        return row + 1

    def _write_signature(self, row: int) -> int:
        for text, span in zip(
            ("主要负责同志签字：", "单位（盖章）："), spans(self.widths, (1, 1)), strict=True
        ):
            write_span(self.sheet, row, span, text, self.styles.plain(font_size=14))
        self._set_row(row, 56)
        return row + 1
