"""Returns of plain houses, and what is marked in their copies."""

import io
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.sheets import A_PLAIN_HOUSE, CLOSING_DAY, COUNTY, Cells
from zjf.checking.alone import check_return
from zjf.checking.one_return import CheckedReturn, CheckSettings
from zjf.checking.problem_keys import keys_of
from zjf.intake.limits import Limits
from zjf.intake.settings import Intake
from zjf.problems import Severity
from zjf.render.marked_copy import marked_copy as marking
from zjf.render.marked_copy.looks import FILLS
from zjf.rules.registry import Judgement

SETTINGS = CheckSettings(Intake(COUNTY, CLOSING_DAY), Judgement(closing_day=CLOSING_DAY, demands=None))
RED, YELLOW = FILLS[Severity.ERROR], FILLS[Severity.WARNING]


def ledger(*changes: dict[str, str], unit: str = "城关街道") -> Cells:
    """Plain houses from row 3 on, changed in the columns that are given."""
    headings = list(dict.fromkeys([*A_PLAIN_HOUSE, "联系电话"]))
    rows = [
        [
            ({k: v.format(number=number) for k, v in A_PLAIN_HOUSE.items()} | change).get(name, "")
            for name in headings
        ]
        for number, change in enumerate(changes, 1)
    ]
    return [[f"填报单位：{unit}"], headings, *rows]


def copy_of(checked: CheckedReturn) -> bytes:
    """The marked copy of a return."""
    return marking.annotated(marking.MarkRequest(checked, keys_of(checked)), Limits()).data


def received(path: Path, data: bytes) -> CheckedReturn:
    path.write_bytes(data)
    return check_return(path, SETTINGS, keep_rows=False)


def annotated(path: Path, data: bytes) -> openpyxl.Workbook:
    """The annotated copy of a return with these bytes."""
    return openpyxl.load_workbook(io.BytesIO(copy_of(received(path, data))))


def marks(sheet: Worksheet) -> dict[str, str]:
    """The cells that are filled, and with which colour."""
    return {
        cell.coordinate: str(cell.fill.fgColor.rgb)
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fill_type
    }
