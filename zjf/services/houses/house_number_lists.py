"""Lists of houses or households in a file: any sheet with a column of their numbers."""

from pathlib import Path

from zjf.errors import CannotDoError
from zjf.intake.limits import Limits
from zjf.intake.workbook import Sheet
from zjf.schemas import FORMS
from zjf.schemas.form import Field
from zjf.schemas.headings import plain_heading
from zjf.services.returns.isolated_reading import read_sheets


def numbers_in(path: Path, form: str) -> list[str]:
    """Returns the numbers of a form's rows in a list, each once, in its order.

    Raises:
        CannotDoError: The file cannot be read, or has no column of such numbers.
    """
    key = FORMS[form].by_name[FORMS[form].info.key[0]]
    sheets = read_sheets(path, "清单", Limits())
    numbers = dict.fromkeys(number for sheet in sheets for number in _numbers(sheet, key))
    if not numbers:
        heading = key.heading.text
        raise CannotDoError(f"清单 {path} 中没有{heading}", f"请留一栏，栏目名写“{heading}”，编号写在下面。")
    return list(numbers)


def _numbers(sheet: Sheet, key: Field) -> list[str]:
    for row, values in enumerate(sheet.rows):
        for column, value in enumerate(values):
            if isinstance(value, str) and plain_heading(value) in key.plain_headings:
                cells_below = (
                    str(line[column]).strip() for line in sheet.rows[row + 1 :] if column < len(line)
                )
                return [number for number in cells_below if number]
    return []
