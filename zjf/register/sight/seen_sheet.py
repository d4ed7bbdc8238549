"""One sheet of a workbook as a person sees it: what each cell shows, and why it may not be seen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from heapq import merge
from itertools import groupby
from typing import Any

from openpyxl.cell.rich_text import CellRichText

from zjf.intake.a1 import a1, place_of
from zjf.intake.formats.extras import UNCOMPUTED
from zjf.intake.rows.sheet_values import TruthValue, Value
from zjf.intake.workbook import Sheet
from zjf.register.readings import number_read
from zjf.register.sight.cell_room import Room
from zjf.register.sight.conditions import CellLook
from zjf.register.sight.legibility import Palette, why_font_illegible, why_illegible
from zjf.register.sight.number_formats import (
    UnknownFormatError,
    format_of,
    shown_day,
    shown_number,
    shown_text,
)
from zjf.register.sight.overlays import Overlay
from zjf.register.sight.page_edges import PageEdge
from zjf.register.sight.places import is_within

_LOWEST_ROW = 4.0
_NARROWEST_COLUMN = 1.0


@dataclass(frozen=True)
class Shown:
    """The text that a cell shows.

    Args:
        text: The text that it shows, if it can be seen.
        hidden: Why it, or a part of it, cannot be seen; empty where it can.
        cut: Why most of its text is out of sight; empty where it is not. How text is set is but estimated.
        by_format: Whether its number format makes it show something else than its value.
        formula: Its formula; empty where it has none.
        value: What it holds.
    """

    text: str
    hidden: str = ""
    cut: str = ""
    by_format: bool = False
    formula: str = ""
    value: Value = ""


@dataclass(eq=False)
class SeenSheet:
    """A sheet.

    Args:
        values: Its values as they were last worked out, which is what a person sees.
        page: The same sheet by openpyxl: formulas, formats, rows and columns.
        overlays: What lies over it.
        edges: The heads and feet of its pages.
        print_area: What is set to be printed, as it is written; empty where nothing is.
        switches: What shows other figures, or fewer, when somebody chooses it, in words.
        worked_out: What its formulas came to, as the file says, by cell.
    """

    values: Sheet
    page: Any
    palette: Palette
    overlays: tuple[Overlay, ...]
    edges: dict[tuple[str, str], PageEdge]
    print_area: str = ""
    has_links: bool = False
    switches: tuple[str, ...] = ()
    worked_out: Mapping[str, str] = field(default_factory=dict)
    _looks: dict[int, str] = field(default_factory=dict, init=False)
    _looks_of_areas: dict[str, list[CellLook]] = field(default_factory=dict, init=False)

    @property
    def name(self) -> str:
        return self.values.name

    @property
    def height(self) -> int:
        return len(self.values.rows)

    @cached_property
    def width(self) -> int:
        return max(map(len, self.values.rows), default=0)

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing on it."""
        return not self.overlays and next(iter(self.filled_cells()), None) is None

    def filled_cells(self) -> Iterator[tuple[int, int]]:
        """Yields the row and column of each cell that shows something, or may: a formula may not be worked out yet."""
        with_value = (
            (row, column)
            for row, values in enumerate(self.values.rows)
            for column, value in enumerate(values)
            if value != ""
        )
        formulas = ((cell.row - 1, cell.column - 1) for cell in self.page._cells.values() if _formula(cell))
        for place, _ in groupby(merge(with_value, sorted({*self.values.extras.errors, *formulas}))):
            yield place

    def value(self, row: int, column: int) -> Value:
        """Returns the value of the cell at a row and a column (counted from 0); blank: the empty string."""
        if error := self.values.extras.errors.get((row, column)):
            return error
        cells = self.values.rows[row] if row < self.height else []
        value = cells[column] if column < len(cells) else ""
        return value.holds if isinstance(value, TruthValue) else value

    def shown(self, row: int, column: int, worked_out: float | None = None) -> Shown:
        """Returns what the cell at a row and a column (counted from 0) shows.

        Args:
            worked_out: What its formula comes to, for a cell whose formula no program has worked out yet.
        """
        cell = self.page.cell(row + 1, column + 1)
        value = self.value(row, column)
        formula = _formula(cell)
        if value in ("", UNCOMPUTED):
            if not formula or worked_out is None:
                # Where it holds an empty text, its format may show words.
                return Shown(_words_for_no_text(cell), by_format=True, formula=formula)
            value = worked_out
        if isinstance(cell.value, CellRichText):
            return self._shown_runs(cell, str(value).strip())
        try:
            text = _with_format(value, format_of(cell))
        except UnknownFormatError:
            text = f"{_without_format(value)}（按格式「{format_of(cell)}」显示，认不出）"
            return Shown(text, by_format=True, formula=formula)
        if hidden := self._why_hidden(cell, value, text):
            return Shown(text, hidden, formula=formula, value=value)
        held = (self._worked_out(cell) or value) if formula else cell.value
        if not _reads_the_same(held, value):
            return Shown(f"{_without_format(value)}（文件中又写着「{held}」）", formula=formula)
        cut = self.room.why_text_cut(cell, value) if isinstance(value, str) else ""
        if (
            cut and isinstance(value, str) and value[:1].isspace()
        ):  # no long text, but one that was moved away
            return Shown(text, cut, formula=formula, value=value)
        return Shown(text, cut=cut, by_format=text != _without_format(value), formula=formula, value=value)

    def _worked_out(self, cell: Any) -> object:
        """Returns what the file says that a cell's formula came to; empty where it does not say."""
        text = self.worked_out.get(a1(cell.row - 1, cell.column - 1), "")
        number = number_read(text)
        return text if number is None else number

    def _shown_runs(self, cell: Any, whole_text: str) -> Shown:
        """Returns what is shown of a text in pieces, each with a style of its own."""
        grounds = self.palette.grounds(cell.fill)
        pieces = []
        for run in cell.value:
            font = cell.font if isinstance(run, str) else run.font
            hidden = why_font_illegible(font, grounds, self.palette)
            if not hidden and not isinstance(run, str) and font.vertAlign not in (None, "baseline"):
                hidden = "其中一部分是上标或下标"
            if not hidden:
                pieces.append(str(run) if isinstance(run, str) else run.text)
        visible_text = "".join(pieces).strip()
        return Shown(visible_text, "" if visible_text == whole_text else hidden or "其中一部分看不见")

    def _why_hidden(self, cell: Any, value: Value, text: str) -> str:
        """Returns why a cell cannot be seen although its row and column can."""
        if (cell.row - 1, cell.column - 1) in self.room.covered:
            return "被合并单元格盖住"
        if reason := self._look(cell) or self.room.why_row_hides(cell, text):
            return reason
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        return self.room.why_number_unseen(cell, text) if is_number else ""

    @cached_property
    def room(self) -> Room:
        """How much room its cells have."""
        return Room(self.page, self.width, self._runs_over)

    def _runs_over(self, row: int, column: int) -> bool:
        """Whether the text of the cell before may run over a cell: it is empty and has no formula."""
        return self.value(row, column) == "" and not _formula(self.page.cell(row + 1, column + 1))

    def looks_within(self, area: Any) -> list[CellLook]:
        """Returns the styles of an area's cells, each once; hundreds of conditions may ask for one area."""
        key = str(area)
        if key not in self._looks_of_areas:
            self._looks_of_areas[key] = list(self._looks_of(area))
        return self._looks_of_areas[key]

    def _looks_of(self, area: Any) -> Iterator[CellLook]:
        seen_styles: set[int] = set()
        for part in area.ranges:
            rows = self.page.iter_rows(
                part.min_row,
                min(part.max_row, self.page.max_row),
                part.min_col,
                min(part.max_col, self.page.max_column),
            )
            for cell in (cell for row in rows for cell in row):
                if cell.style_id not in seen_styles:
                    seen_styles.add(cell.style_id)
                    yield CellLook(cell.font, cell.fill)

    def _look(self, cell: Any) -> str:
        """Returns why type in a cell's format cannot be read; worked out once for each format."""
        key = cell.style_id
        if key not in self._looks:
            self._looks[key] = why_illegible(cell, self.palette) or ""
        return self._looks[key]

    @cached_property
    def hidden_rows(self) -> set[int]:
        """The rows that are out of sight, counted from 0."""
        dimensions = self.page.row_dimensions
        hidden = {
            number - 1
            for number, dimension in dimensions.items()
            if dimension.hidden or (dimension.height is not None and dimension.height < _LOWEST_ROW)
        }
        usual_height = self.room.height_of_others
        if usual_height is not None and usual_height < _LOWEST_ROW:
            hidden |= {row for row in range(self.height) if row not in self.room.heights}
        if self.page.sheet_format.zeroHeight:
            hidden |= {row for row in range(self.height) if row + 1 not in dimensions}
        return hidden | set(range(self._scrolled_off[0]))

    @cached_property
    def hidden_columns(self) -> set[int]:
        """The columns that are out of sight, counted from 0."""
        hidden = {
            column
            for column, dimension in self.room.columns()
            if dimension.hidden or self.room.width_of(column) < _NARROWEST_COLUMN
        }
        if self.room.width_of_others < _NARROWEST_COLUMN:
            hidden |= {column for column in range(self.width) if column not in self.room.widths}
        return hidden | set(range(self._scrolled_off[1]))

    @cached_property
    def _scrolled_off(self) -> tuple[int, int]:
        """How many rows and columns lie above and before frozen ones: nobody can scroll to them."""
        view = self.page.sheet_view
        if view.pane is None or view.pane.state not in ("frozen", "frozenSplit") or not view.topLeftCell:
            return 0, 0
        return place_of(view.topLeftCell)

    def prints(self, rows: range, columns: range) -> bool:
        """Whether all of a range is within what is set to be printed."""
        return is_within(self.print_area, rows, columns)


def _formula(cell: Any) -> str:
    """Returns a cell's formula; openpyxl has an object for one over a range of cells."""
    if cell.data_type != "f":
        return ""
    return cell.value if isinstance(cell.value, str) else f"{{{getattr(cell.value, 'text', None) or '=…'}}}"


def _without_format(value: Value) -> str:
    """Returns a value as it is shown without a format."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value.isoformat()[:10] if isinstance(value, (date, datetime)) else str(value).strip()
    return shown_number(value, "General")


def _words_for_no_text(cell: Any) -> str:
    """Returns what a cell's format shows of the empty text that it holds; nothing where it holds none."""
    try:
        return shown_text("", format_of(cell)).strip() if cell.value == "" else ""
    except UnknownFormatError:
        return ""


def _with_format(value: Value, number_format: str) -> str:
    if isinstance(value, (date, datetime)):
        return shown_day(value, number_format)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return shown_number(value, number_format)
    return shown_text(str(value), number_format).strip()


def _reads_the_same(openpyxl_value: object, value: Value) -> bool:
    """Whether two readers of the file read the same of a cell that has no formula."""
    if isinstance(openpyxl_value, (int, float)) and isinstance(value, (int, float)):
        return float(openpyxl_value) == float(value)
    if isinstance(openpyxl_value, (date, datetime)) or isinstance(value, (date, datetime)):
        return isinstance(openpyxl_value, (date, datetime)) and openpyxl_value.isoformat()[
            :10
        ] == _without_format(value)
    return "".join(str(openpyxl_value).split()) == "".join(str(value).split())
