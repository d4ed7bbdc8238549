"""Where a county's folder is. Light to import: nothing of its settings is read."""

from pathlib import Path

SETTINGS_FILE = "zjf.toml"


def nearest_county(start: Path) -> Path | None:
    """Returns the folder at or above a path that holds a county's settings; None where there is none."""
    here = start.resolve()
    return next((folder for folder in (here, *here.parents) if (folder / SETTINGS_FILE).is_file()), None)
