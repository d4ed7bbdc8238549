"""Signs that a row of few cells is a house or a note: whether its values fit their columns."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from zjf.intake.sheets.remarks import awaits_an_answer, is_label
from zjf.intake.values.cells import read_column
from zjf.intake.values.dates import read_day
from zjf.intake.values.readings import NOTHING, Cell, Context
from zjf.schemas import Field
from zjf.schemas.kinds import Kind
from zjf.unit_names import Roster

_ANYWHERE_AND_ALWAYS = Context(Roster(), date.max)
_FIGURES = frozenset({Kind.INTEGER, Kind.COUNT, Kind.DECIMAL, Kind.YEAR, Kind.RATE, Kind.PAIR})
_NEVER_IN_A_NOTE = frozenset({Kind.CODE, Kind.CODES, Kind.DOCUMENTS})
_LONGEST_NAME = 4


class RowSigns:
    """Weighs the cells of a row by the columns they stand in."""

    def __init__(self, fields: Mapping[int, Field]) -> None:
        self._fields = fields

    def of_a_note(self, cells: Sequence[Cell], *, led_by_label: bool = False) -> bool:
        """Whether a row consists of labels and their answers, and is no house.

        Args:
            led_by_label: Whether its first cell is a label: then one label is enough.
        """
        labels = sum(is_label(text) for _, text in cells)
        days = sum(
            read_day(text) is not None and (labels > 0 or not self.is_dated(column)) for column, text in cells
        )
        if not led_by_label and (labels + days < 2 or 2 * (labels + days) < len(cells)):
            return False
        house = [column for column, text in _unasked(cells) if self._at_home(column, text)]
        certain = any(self._fields[column].kind in _NEVER_IN_A_NOTE for column in house)
        return len(house) <= labels and not certain

    def _at_home(self, column: int, text: str) -> bool:
        """Whether a text fits its column, where not any text does."""
        field = self._fields.get(column)
        if field is None or text in NOTHING:
            return False
        if field.kind is Kind.TEXT:
            return field.personal
        return (field.kind in _FIGURES | _NEVER_IN_A_NOTE or self.is_dated(column)) and _fits(field, text)

    def names_a_house(self, column: int, text: str) -> bool:
        """Whether a text alone in its row more likely belongs to a house than to a note."""
        field = self._fields.get(column)
        if field is None or not (field.personal or field.kind in _NEVER_IN_A_NOTE):
            return False
        return _fits(field, text) and (field.kind is not Kind.TEXT or len(text) <= _LONGEST_NAME)

    def is_dated(self, column: int) -> bool:
        return column in self._fields and self._fields[column].kind is Kind.DATE

    def fits(self, column: int, text: str) -> bool:
        """Whether a text is a valid value of its column."""
        return column in self._fields and _fits(self._fields[column], text)


def _fits(field: Field, text: str) -> bool:
    (reading,) = read_column(field, [text], _ANYWHERE_AND_ALWAYS)
    return reading.value is not None and not reading.code


def _unasked(cells: Sequence[Cell]) -> Iterator[Cell]:
    """Yields the cells that are neither labels nor answers to a label."""
    asked = False
    for column, text in cells:
        if is_label(text):
            asked = awaits_an_answer(text)
        elif asked:
            asked = False
        else:
            yield column, text
