"""The names that a county's folder gives: of its units, its notices, its periods.

Loads little, and raises nothing: a file that cannot be read gives no names.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from zjf.county_folder import SETTINGS_FILE
from zjf.naming.names import Name
from zjf.period import Period
from zjf.unit_names import without_kind

WHOLE_COUNTY = ("全县", "本县", "县")
_KIND_OF_COUNTY = re.compile(r"(?<=..)[县区市旗]$")
_PLACE = re.compile(r"[\u4e00-\u9fff]+")
_TOOLKIT_NOTICES = Path(__file__).parents[1] / "notices"
_SHORTEST = 2


def units_of(units: Sequence[tuple[str, tuple[str, ...]]], county_name: str = "") -> Iterator[Name]:
    """Yields the reporting units: by name, alias, with the county's name in front, and short (青石 for 青石镇)."""
    for unit, aliases in units:
        names = (unit, *aliases)
        short = (without_kind(name) for name in names)
        yield Name(
            unit,
            unit,
            (*aliases, *(f"{county_name}{name}" for name in names if county_name)),
            tuple(dict.fromkeys(name for name in short if len(name) >= _SHORTEST and name not in names)),
        )


def county_itself(name: str) -> Name:
    """Returns the names of the county as a whole, for commands that print its own table."""
    return Name(name, name, (*WHOLE_COUNTY, short_name_of_county(name)))


def short_name_of_county(name: str) -> str:
    """Returns a county's name without its kind: 云水 for 云水县."""
    return _KIND_OF_COUNTY.sub("", name)


def units_in(folder: Path) -> tuple[Name, ...]:
    """Returns the units listed in a county's settings."""
    settings = _read(folder / SETTINGS_FILE)
    county = settings.get("county", {})
    units = [
        (str(unit["name"]), tuple(map(str, unit.get("aliases", ()))))
        for unit in settings.get("units", ())
        if "name" in unit
    ]
    return tuple(units_of(units, str(county.get("name", ""))))


def county_name_in(folder: Path) -> str:
    """Returns the county's name from its settings; empty if they do not name it."""
    return str(_read(folder / SETTINGS_FILE).get("county", {}).get("name", ""))


def notices_in(folder: Path | None) -> tuple[Name, ...]:
    """Returns the notices of the toolkit and of a county: by id, title, document number, and place (嘉祥)."""
    shelves = (folder / "notices", _TOOLKIT_NOTICES) if folder else (_TOOLKIT_NOTICES,)
    paths = {path.stem: path for shelf in reversed(shelves) for path in sorted(shelf.glob("*.toml"))}
    return tuple(_notice(stem, _read(path)) for stem, path in sorted(paths.items()))


def _notice(stem: str, content: dict[str, Any]) -> Name:
    title, document = str(content.get("title", stem)), str(content.get("document") or "")
    place = _PLACE.match(title)
    return Name(stem, title, (document,) if document else (), (place[0],) if place else ())


def periods_in(folder: Path | None, today: date) -> tuple[Name, ...]:
    """Returns the periods with a folder of returns or results, and this week and month, the latest first."""
    folders = [folder / subfolder for subfolder in ("returns", "out")] if folder else []
    periods = [period for folder_of_periods in folders for period in Period.of_folders(folder_of_periods)]
    periods += [Period.around(today, "week"), Period.around(today, "month")]
    distinct = {str(period): period for period in periods}
    latest_first = sorted(distinct.values(), key=lambda period: period.by_end, reverse=True)
    return tuple(Name(str(period), period.label) for period in latest_first)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError):
        return {}
