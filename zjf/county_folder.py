"""Finds a county's folder. Light to import: the settings are not read."""

from pathlib import Path

SETTINGS_FILE = "zjf.toml"


def nearest_county(start: Path) -> Path | None:
    """Returns the folder at or above a path that holds a county's settings; None where there is none."""
    here = start.resolve()
    return next((folder for folder in (here, *here.parents) if (folder / SETTINGS_FILE).is_file()), None)
