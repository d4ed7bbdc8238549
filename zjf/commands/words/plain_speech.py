"""Whether plain output is asked for: by `--plain`, the environment's ZJF_PLAIN, or zjf.toml."""

import os
import tomllib
from collections.abc import Sequence
from pathlib import Path

from zjf.county_folder import SETTINGS_FILE, nearest_county

OPTION = "--plain"
_NO = ("", "0", "no", "false", "否")


def plain_wanted(arguments: Sequence[str]) -> bool:
    """Returns whether the command line, the environment or the county of this folder asks for plain output."""
    if OPTION in arguments:
        return True
    setting = os.environ.get("ZJF_PLAIN")
    if setting is not None:
        return setting.strip().lower() not in _NO
    folder = nearest_county(Path.cwd())
    return folder is not None and _set_in(folder / SETTINGS_FILE)


def _set_in(settings: Path) -> bool:
    try:
        display = tomllib.loads(settings.read_text("utf-8-sig")).get("display", {})
    except (OSError, ValueError):  # reported by the command that needs the settings
        return False
    return isinstance(display, dict) and display.get("plain") is True
