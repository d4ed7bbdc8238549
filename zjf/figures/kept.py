"""The units' figures kept on disk, and used again as long as nothing that they depend on has changed.

`figures_of` counts a unit's figures from what it sent, its audits, the notice and the closing day. The key under
which they are kept is a digest of all of these and of the program, so that a change of any gives another key.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter

from zjf.figures.units import UnitFigures
from zjf.kept_results import digest, keep, kept, place_of, state_of_program
from zjf.ledger import Submission
from zjf.notices.notice import Notice
from zjf.schemas.masked_rows import mask_house_id

_FIGURES: TypeAdapter[UnitFigures | None] = TypeAdapter(UnitFigures | None)


def keys_of(
    units: Iterable[str],
    submissions: Sequence[Submission],
    audits: Sequence[Submission],
    notice: Notice,
    closing_day: date,
) -> dict[str, str]:
    """Returns, by unit, the key under which its figures of a period are kept.

    Submissions, which never change, are those that count for the period, audits those that count up to it, of any unit.
    """
    shared_content = [state_of_program(), notice.model_dump(mode="json"), closing_day.isoformat()]
    common = digest(json.dumps(shared_content, ensure_ascii=False))
    keys = {}
    for unit in units:
        content = {
            "common": common,
            "unit": unit,
            "sent": [submission.identifying_values for submission in submissions if submission.unit == unit],
            "audits": [submission.identifying_values for submission in audits if submission.unit == unit],
        }
        keys[unit] = digest(json.dumps(content, ensure_ascii=False))
    return keys


def kept_figures(county: Path, period: str, keys: Mapping[str, str]) -> dict[str, UnitFigures | None]:
    """Returns the figures kept under the units' keys; None stands for a unit whose rows hold no figures."""
    entries = kept(_place(county, period)) or {}
    return {unit: _FIGURES.validate_python(entries[key]) for unit, key in keys.items() if key in entries}


def keep_figures(
    county: Path, period: str, keys: Mapping[str, str], figures: Sequence[UnitFigures | None]
) -> None:
    """Keeps the figures of a period's units, in the order of their keys.

    Raises:
        CannotDoError, OSError: They cannot be written.
    """
    entries = {
        key: _FIGURES.dump_python(unit, mode="json")
        for key, unit in zip(keys.values(), figures, strict=True)
        if unit is None or not _names_a_person(unit)
    }
    place = _place(county, period)
    if kept(place) != entries:
        keep(place, entries)


def _place(county: Path, period: str) -> Path:
    return place_of(county, f"figures/{period}.json")


def _names_a_person(figures: UnitFigures) -> bool:
    """Returns whether a house number in them is an identity number: those are written nowhere but in the ledger."""
    return any(mask_house_id(house_id) != house_id for house_id in figures.to_reappraise)
