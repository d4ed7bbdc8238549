"""A large house ledger, made from the sample county's stories: the standard columns, or every one of the form."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import xlsxwriter

from sample_data.places import PERIODS, Place
from sample_data.population import lives_of
from zjf.schemas import FORMS

UNIT = "大河镇"
PERIOD = "2024-W23"
_FORM = FORMS["house-ledger"]
_HOUSES_AT_A_TIME = 1000
_ORDINARY = {
    "user_name": "本人",
    "occupants": 4,
    "pro_design": "是",
    "pro_build": "是",
    "alterations": "无",
    "land_permit": "有",
    "planning_permit": "有",
    "construction_permit": "有",
    "business_permit": "有",
    "safety_certificate": "有",
    "geo_hazard": "否",
    "key_area": "其他",
    "controls": "无",
}
"""What a diligent surveyor writes where there is nothing to tell, so that the cells are not blank."""


def houses(
    unit: str = UNIT, period: str = PERIOD, first: int = 1, thousands: int = 9_000
) -> Iterator[dict[str, Any]]:
    """Houses, by field name, as they stood on a period's closing day.

    Args:
        unit: Whose they are.
        period: The period.
        first: Where their numbers begin: units that begin a hundred apart share none.
        thousands: How many thousand there were before the first period; a few are found in each.
    """
    for number in range(first, first + thousands):
        place = Place(f"{number:02}", unit, _HOUSES_AT_A_TIME, commercial=0.12, pace=1.0)
        for life in lives_of(place):
            if house := life.on(PERIODS[period]):
                own = house["house_id"].removeprefix("YS")
                yield {
                    **_ORDINARY,
                    "remarks": f"档案盒 {own}",
                    **house,
                    "address": f"{house['village']}{own}号",
                }


def write_ledger(path: Path, size: int, *, every_column: bool = False) -> None:
    """Writes a unit's ledger of so many houses, all of them without fault, as .xlsx.

    Args:
        path: Where to write it.
        size: How many houses.
        every_column: Whether the columns stand in it, too, that a blank form has on demand only.
    """
    write_houses(path, houses(), size, every_column=every_column)


def write_houses(
    path: Path,
    rows: Iterable[dict[str, Any]],
    size: int | None,
    unit: str = UNIT,
    *,
    every_column: bool = False,
) -> None:
    """Writes the first so many of the given houses, or all of them, as a unit's ledger."""
    fields = _FORM.fields if every_column else _FORM.standard_fields
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("台账")
        sheet.write(0, 0, f"{unit}{_FORM.info.title}")
        sheet.write(1, 0, f"填报单位：{unit}")
        sheet.write_row(2, 0, [field.heading.text for field in fields])
        for row, house in enumerate(islice(rows, size), start=3):
            for column, field in enumerate(fields):
                value = house.get(field.name)
                if isinstance(value, date):
                    sheet.write_datetime(row, column, value, day)
                elif value is not None:
                    sheet.write(row, column, "、".join(value) if isinstance(value, tuple) else value)
