"""How a reporting unit words its cells: dates, ticks, short forms, units, blanks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sample_data.files import Cell
from zjf.schemas import vocabulary as codes
from zjf.schemas.form import Field
from zjf.schemas.kinds import Kind

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_FIRST_SERIAL = date(1899, 12, 30)
_YES_NO = (codes.YesNo, codes.YesNoUnknown, codes.Permit)

DATES: dict[str, Callable[[date], Cell]] = {
    "real": lambda day: day,
    "iso": lambda day: f"{day:%Y-%m-%d}",
    "dots": lambda day: f"{day.year}.{day.month}.{day.day}",
    "slashes": lambda day: f"{day.year}/{day.month}/{day.day}",
    "chinese": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "compact": lambda day: f"{day:%Y%m%d}",
    "serial": lambda day: (day - _FIRST_SERIAL).days,
}
"""The ways to write a date."""


@dataclass(frozen=True)
class Wording:
    """One unit's way with words.

    Args:
        dates: A key of `DATES`.
        short: Whether codes are written in their short form (砖混).
        ticks: Whether yes and no are √ and ×.
        units: Whether the unit stands behind the figure (3层, 120㎡).
        full_width: Whether figures are typed full-width.
        joiner: What stands between the codes of a list.
        blank: What stands in an empty cell.
        asu: Whether a grade of GB 50292 is written Asu–Dsu.
    """

    dates: str = "real"
    short: bool = False
    ticks: bool = False
    units: bool = False
    full_width: bool = False
    joiner: str = "、"
    blank: str | None = None
    asu: bool = False

    def of(self, field: Field, house: dict[str, Any]) -> Cell:
        """The cell of one field of a house."""
        value = house.get(field.name)
        if value is None:
            return None if field.required else self.blank
        if field.name == "grade" and self.asu and house.get("appraisal_standard") == "GB50292":
            return f"{value}su"
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, tuple):
            return self.joiner.join(self._code(field, code) for code in value)
        if isinstance(value, int | Decimal):
            return self._figure(field, value)
        return self._code(field, value) if field.codes else str(value)

    def day(self, day: date) -> Cell:
        return DATES[self.dates](day)

    def _figure(self, field: Field, value: int | Decimal) -> Cell:
        behind = field.heading.unit if self.units and field.kind is not Kind.YEAR else ""
        if self.full_width and field.kind is Kind.INTEGER:
            return f"{value}{behind}".translate(_FULL_WIDTH)
        return f"{value}{behind}" if behind else value

    def _code(self, field: Field, value: str) -> str:
        assert field.codes is not None
        if field.codes in _YES_NO:
            return {"是": "√", "有": "√", "否": "×", "无": "×"}.get(value, value) if self.ticks else value
        aliases = field.codes(value).aliases
        return aliases[0] if self.short and aliases else value
