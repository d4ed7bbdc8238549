"""Lists of houses in a file: any sheet with a column of house numbers."""

from pathlib import Path

from zjf.errors import CannotDoError
from zjf.intake.limits import Limits
from zjf.intake.workbook import Sheet
from zjf.schemas import FORMS
from zjf.schemas.headings import plain_heading
from zjf.services.returns.isolated_reading import read_sheets

_HOUSE_ID = FORMS["house-ledger"].by_name["house_id"]


def house_ids_in(path: Path) -> list[str]:
    """Returns the house numbers of a list, each once, in its order.

    Raises:
        CannotDoError: The file cannot be read, or has no column of house numbers.
    """
    sheets = read_sheets(path, "清单", Limits())
    numbers = dict.fromkeys(number for sheet in sheets for number in _numbers(sheet))
    if not numbers:
        raise CannotDoError(
            f"清单 {path} 中没有房屋编号", f"请留一栏，栏目名写“{_HOUSE_ID.heading.text}”，编号写在下面。"
        )
    return list(numbers)


def _numbers(sheet: Sheet) -> list[str]:
    for row, values in enumerate(sheet.rows):
        for column, value in enumerate(values):
            if isinstance(value, str) and plain_heading(value) in _HOUSE_ID.plain_headings:
                cells_below = (
                    str(line[column]).strip() for line in sheet.rows[row + 1 :] if column < len(line)
                )
                return [number for number in cells_below if number]
    return []
