"""Folders for files that hold personal data whole."""

from pathlib import Path

from zjf.files import cannot_write


def private_folder(folder: Path) -> Path:
    """The folder, made where it is not there, that only its owner may open.

    Raises:
        CannotDoError: It cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise cannot_write(folder, error) from error
    return folder
