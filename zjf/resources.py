"""Finds the data files: in a wheel they are inside the package, in a checkout beside it."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def package() -> Path:
    """Returns the folder of the code."""
    return _PACKAGE


def sample_data() -> Path:
    """Returns the folder of the made-up county."""
    return _beside("sample_data")


def templates() -> Path:
    """Returns the folder of the templates, which a county may replace by its own."""
    return _beside("templates")


def _beside(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def template(county: Path, name: Path) -> Path:
    """Returns a county's own template if it has one, else the toolkit's."""
    own = county / "templates" / name
    return own if own.is_file() else templates() / name
