"""A table printed again from its entry in the register, to be compared with a saved file."""

import hashlib
from datetime import date
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from zjf.documents.wording import Wording
from zjf.errors import CannotDoError
from zjf.render.html.attachment import TEMPLATE, attachment_page
from zjf.render.pdf.attachment import write_attachment_paper
from zjf.render.pdf.ledger import write_ledger_paper
from zjf.render.pdf.press import Imprint, Press
from zjf.resources import template, templates

_ANY_DAY = date(2024, 1, 1)
"""Written into the document's properties only: its pages do not show it."""


_PAPER_TEMPLATES = tuple(Path("paper") / f"{name}.typ" for name in ("attachment", "house", "ledger"))
"""What tables are set by, with what a county's own templates import. Letters and papers about houses have templates of
their own, and are never compared."""


def templates_used(folder: Path) -> str:
    """Returns a digest of the templates that a county's printed tables are set by.

    Two prints can be compared as drawings only where their templates are the same.
    """
    shipped = {path.name for path in (templates() / "paper").glob("*.typ")}
    further = [path for path in (folder / "templates" / "paper").glob("*.typ") if path.name not in shipped]
    digest = hashlib.blake2b(digest_size=8)
    for path in (*(template(folder, name) for name in (*_PAPER_TEMPLATES, TEMPLATE)), *sorted(further)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def reprinted_paper(table: Wording, folder: Path) -> bytes:
    """Prints the table as a PDF, with this machine's fonts and the county's templates.

    Raises:
        CannotDoError: It cannot be printed here: Typst or Chinese fonts are missing, or the county's own
            template does not compile.
    """
    with TemporaryDirectory() as temporary:
        path = Path(temporary) / "表.pdf"
        write = write_ledger_paper if table.is_ledger else write_attachment_paper
        write(path, table, _press(folder), Imprint("", _ANY_DAY))
        return path.read_bytes()


def press_used(folder: Path) -> str:
    """Returns the fingerprint of this machine's press for a county's papers; empty where it has none."""
    try:
        return _press(folder).fingerprint
    except CannotDoError:
        return ""


@lru_cache(maxsize=1)
def _press(folder: Path) -> Press:
    """Returns a cached press: looking for fonts takes longer than printing a page."""
    return Press(folder)


def reprinted_page(table: Wording, folder: Path) -> str:
    """Makes the table as HTML, with the county's template.

    Raises:
        CannotDoError: The QR code cannot be drawn here, or the county's template does not fit.
    """
    return attachment_page(table, template(folder, TEMPLATE))
