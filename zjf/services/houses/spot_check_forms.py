"""The files of a draw: a blank spot-check form for each unit, its houses filled in, and the record of the draw."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from zjf import public_json
from zjf.county import County
from zjf.ledger import RecordedDraw
from zjf.problems import People
from zjf.render.xlsx.blank_form import write_template
from zjf.schemas import FORMS
from zjf.schemas.form_ids import SPOT_CHECKS
from zjf.services.houses.spot_checks import RECORD, DrawsOfPeriod

SPOT_CHECK = FORMS[SPOT_CHECKS]


def write_draw(drawing: DrawsOfPeriod, people: People, home: County, folder: Path) -> list[Path]:
    """Writes the forms of every draw of a period, and the record.

    Returns:
        The files, the record last.

    Raises:
        CannotDoError: A file cannot be written.
    """
    by_id = drawing.pool.houses.set_index(["township", "house_id"], drop=False)
    forms = [
        form
        for number, recorded in enumerate(drawing.draws, 1)
        for form in _write_forms(number, recorded, by_id, people, home, folder)
    ]
    record = folder / RECORD
    public_json.write(record, drawing.as_json())
    return [*forms, record]


def _write_forms(
    number: int, recorded: RecordedDraw, by_id: pd.DataFrame, people: People, home: County, folder: Path
) -> Iterator[Path]:
    """Writes the forms of one draw, one for each unit; addresses are in the remarks, to find the houses by."""
    suffix = f"_第{number}次" if number > 1 else ""
    for unit in recorded.units:
        if not unit.houses:
            continue
        # A house that has left the ledger since the draw is known by its number only.
        drawn = by_id.reindex(pd.MultiIndex.from_product([[unit.unit], unit.houses]))
        drawn = drawn.astype(object).where(drawn.notna(), None)
        rows = pd.DataFrame(
            {
                "house_id": list(unit.houses),
                "township": unit.unit,
                "village": drawn.village.tolist(),
                "original": drawn.initial_judgement.tolist(),
                "remarks": [address and people.shown(address) for address in drawn.address],
            }
        )
        path = folder / f"{SPOT_CHECK.info.title}_{unit.unit}{suffix}.xlsx"
        write_template(path, SPOT_CHECK, unit=unit.unit, units=home.roster.names, rows=rows)
        yield path
