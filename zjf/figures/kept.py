"""The figures of units as they were counted once: told again where nothing that they depend on has changed.

A unit's figures are worked out by `figures_of` from what it sent, its audits, the notice and the closing day.
What they are kept by names all of these, and the program; nothing can change without its changing.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from zjf.counting.rates import Rate
from zjf.counting.tally import Figures
from zjf.figures.units import UnitFigures
from zjf.kept_results import digest, keep, kept, place_of, state_of_program
from zjf.ledger import Submission
from zjf.notices.notice import Notice
from zjf.schemas.masked_rows import mask_house_id


def keys_of(
    units: Iterable[str],
    sent: Sequence[Submission],
    audits: Sequence[Submission],
    notice: Notice,
    closing_day: date,
) -> dict[str, str]:
    """Returns by unit what its figures of a period are kept by.

    Args:
        units: The units, as they are called now.
        sent: What counts for the period, of them and of others. Submissions are never changed.
        audits: The audits of appraisal reports that count, up to the period.
        notice: The notice by which one counts.
        closing_day: The day as of which.
    """
    of_all = [state_of_program(), notice.model_dump(mode="json"), closing_day.isoformat()]
    common = digest(json.dumps(of_all, ensure_ascii=False))
    keys = {}
    for unit in units:
        content = {
            "common": common,
            "unit": unit,
            "sent": [submission.said for submission in sent if submission.unit == unit],
            "audits": [submission.said for submission in audits if submission.unit == unit],
        }
        keys[unit] = digest(json.dumps(content, ensure_ascii=False))
    return keys


def kept_figures(county: Path, period: str, keys: Mapping[str, str]) -> dict[str, UnitFigures | None]:
    """Returns the figures that are kept under the units' keys; None of a unit whose rows hold no figures.

    Args:
        county: The county's folder.
        period: The period.
        keys: By unit, what its figures are kept by (`keys_of`).
    """
    entries = kept(_place(county, period)) or {}
    return {unit: _read(unit, entries[key]) for unit, key in keys.items() if key in entries}


def keep_figures(
    county: Path, period: str, keys: Mapping[str, str], figures: Sequence[UnitFigures | None]
) -> None:
    """Keeps the figures of a period's units, in the order of their keys.

    Raises:
        CannotDoError, OSError: They cannot be written.
    """
    entries = {
        key: _written(unit)
        for key, unit in zip(keys.values(), figures, strict=True)
        if unit is None or not _names_a_person(unit)
    }
    place = _place(county, period)
    if kept(place) != entries:
        keep(place, entries)


def _place(county: Path, period: str) -> Path:
    return place_of(county, f"figures/{period}.json")


def _names_a_person(figures: UnitFigures) -> bool:
    """Whether a house's number in them is a person's: nothing of a person is written beside the ledger."""
    return any(mask_house_id(house_id) != house_id for house_id in figures.to_reappraise)


def _written(figures: UnitFigures | None) -> dict[str, Any] | None:
    if figures is None:
        return None
    return {
        "source": figures.source,
        "figures": {form: own.counts for form, own in figures.figures.items()},
        "breaches": dict(figures.breaches),
        "progress": {name: [rate.numerator, rate.denominator] for name, rate in figures.progress.items()},
        "to_reappraise": list(figures.to_reappraise),
    }


def _read(unit: str, entry: dict[str, Any] | None) -> UnitFigures | None:
    if entry is None:
        return None
    return UnitFigures(
        unit,
        entry["source"],
        {form: Figures(form, counts) for form, counts in entry["figures"].items()},
        entry["breaches"],
        {name: Rate(*parts) for name, parts in entry["progress"].items()},
        tuple(entry["to_reappraise"]),
    )
