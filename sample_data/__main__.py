"""`python -m sample_data`: makes every file of the sample county anew."""

from itertools import chain
from pathlib import Path

from sample_data.clean import clean_set
from sample_data.dirty import dirty_set


def main(folder: Path) -> None:
    """Writes both sets below a folder."""
    for path, content in chain(clean_set(), dirty_set()):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


if __name__ == "__main__":
    main(Path(__file__).parent)
