"""Writing the figures of a form into a row of cells: as numbers, and rates as formulas, the same in blank forms."""

from collections.abc import Mapping
from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from zjf.counting.rates import Rate
from zjf.counting.tally import rates
from zjf.documents.figure_texts import NOT_REPORTED, column_of, figure_fields, pair_text
from zjf.documents.layout import Column
from zjf.render.xlsx.workbook import Styles
from zjf.schemas import Field, Form
from zjf.schemas.headings import RateOf
from zjf.schemas.kinds import Kind
from zjf.schemas.terms import Terms

_COUNT = {"num_format": "0"}
_RATE = {"num_format": "0.00%"}


@dataclass(frozen=True)
class FigureCells:
    """The columns of a sheet that have a form's figures.

    Args:
        left: The column of its first figure.
    """

    sheet: Worksheet
    styles: Styles
    form: Form
    left: int

    @property
    def fields(self) -> list[Field]:
        return figure_fields(self.form)

    @property
    def columns(self) -> list[Column]:
        return [column_of(field) for field in self.fields]

    @property
    def right(self) -> int:
        return self.left + len(self.fields) - 1

    def write(
        self,
        row: int,
        counts: Mapping[str, int],
        summed: tuple[int, int] | None = None,
        *,
        flag: bool = False,
        absent: str = NOT_REPORTED,
    ) -> None:
        """Writes one row of figures; a figure that was not reported is left blank.

        Args:
            counts: The counts by figure, pairs split.
            summed: The first and the last of the rows above whose sum this row is.
            flag: Whether a rate above 100 % is set in red (never on a table to be signed).
            absent: The text across the whole row where there are no figures at all.
        """
        if not counts:
            self.sheet.merge_range(row, self.left, row, self.right, absent, self.styles.cell())
            return
        bold = {"bold": True} if summed else {}
        rates_by_name = rates(self.form, counts)
        for column, field in enumerate(self.fields, self.left):
            if field.kind is Kind.RATE:
                red = (
                    {"font_color": "#C00000", "bold": True} if flag and rates_by_name[field.name].over else {}
                )
                self._write_rate(row, column, field, rates_by_name[field.name], bold | red)
            elif field.pair:
                text = pair_text(field.pair, counts)
                self.sheet.write(row, column, text, self.styles.cell(num_format="@", **bold))
            else:
                self._write_count(
                    row, column, counts.get(field.name), summed, self.styles.cell(**_COUNT, **bold)
                )

    def _write_count(
        self, row: int, column: int, value: int | None, summed: tuple[int, int] | None, style: Format
    ) -> None:
        if value is None:
            self.sheet.write_blank(row, column, None, style)
        elif summed:
            self.sheet.write_formula(row, column, sum_formula(column, *summed), style, value)
        else:
            self.sheet.write_number(row, column, value, style)

    def _write_rate(self, row: int, column: int, field: Field, rate: Rate, look: dict[str, object]) -> None:
        if rate.bound or not rate.exists:
            self.sheet.write_string(row, column, rate.display, self.styles.cell(**look))
            return
        value, style = rate.numerator / rate.denominator, self.styles.cell(**_RATE, **look)
        formula = printed_rate_formula(self.form, field, row, self.left)
        if formula:
            self.sheet.write_formula(row, column, formula, style, value)
        else:
            self.sheet.write_number(row, column, value, style)


def sum_formula(column: int, first_row: int, last_row: int) -> str:
    """Returns the formula of a column's sum from one row to another."""
    return f"=SUM({xl_rowcol_to_cell(first_row, column)}:{xl_rowcol_to_cell(last_row, column)})"


def printed_rate_formula(form: Form, field: Field, row: int, left: int) -> str | None:
    """Returns the formula of a printed rate; None where a figure is in a pair ("3/5"), without its own cell."""
    cells = {
        figure.name: xl_rowcol_to_cell(row, column)
        for column, figure in enumerate(figure_fields(form), left)
        if figure.kind is Kind.COUNT
    }
    if not field.rate or not cells.keys() >= set(field.rate.figures):
        return None
    return f"={rate_formula(field.rate, cells)}"


def rate_formula(rate: RateOf, cells: Mapping[str, str]) -> str:
    """Returns a rate's formula, without =, with the brackets that its heading leaves out (facts.md#formulas)."""
    return f"{sum_of_cells(rate.numerator, cells)}/{sum_of_cells(rate.denominator, cells)}"


def sum_of_cells(terms: Terms, cells: Mapping[str, str]) -> str:
    """Returns a signed sum over cells: H6, or (H6-I6-J6)."""
    return terms.bracketed(cells.__getitem__, plus="+", minus="-", around="()")
