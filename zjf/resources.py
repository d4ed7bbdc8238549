"""Where the files beside the code lie: in the wheel inside the package, in a checkout beside it."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def package() -> Path:
    """The code."""
    return _PACKAGE


def sample_data() -> Path:
    """The made-up county."""
    return _beside("sample_data")


def templates() -> Path:
    """What a county may restyle."""
    return _beside("templates")


def _beside(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def template(county: Path, name: Path) -> Path:
    """A county's own template where it has one, else the toolkit's.

    Args:
        county: The county's folder.
        name: The template, from the folder of templates on.
    """
    own = county / "templates" / name
    return own if own.is_file() else templates() / name
